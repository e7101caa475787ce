#include "sandbox/stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"

const char *stamp_iso(int64_t t, int offset, int digits, unsigned fraction, char out[STAMP_LEN])
{
    struct civil c;
    char frac[16] = "";
    char zone[16] = "Z";

    civil_from_time(t, offset == STAMP_UTC_Z ? 0 : offset, &c);
    if (digits > 0) {
        snprintf(frac, sizeof(frac), ".%07u", fraction % 10000000);
        frac[digits + 1] = '\0';
    }
    if (offset != STAMP_UTC_Z)
        snprintf(zone, sizeof(zone), "%c%02d:%02d", offset < 0 ? '-' : '+',
                 abs(offset) / 3600 % 100, abs(offset) / 60 % 60);
    snprintf(out, STAMP_LEN, "%04d-%02d-%02dT%02d:%02d:%02d%s%s", c.year % 10000, c.month, c.day,
             c.hour, c.minute, c.second, frac, zone);
    return out;
}

int term_parse(const char *s, int *term)
{
    int v[6];

    if (strlen(s) != 7 || s[4] != '-')
        return ERR_DATA;
    for (int i = 0; i < 6; i++) {
        char c = s[i < 4 ? i : i + 1];

        if (c < '0' || c > '9')
            return ERR_DATA;
        v[i] = c - '0';
    }
    int year = ((v[0] * 10 + v[1]) * 10 + v[2]) * 10 + v[3], month = v[4] * 10 + v[5];

    if (year < 1 || month < 1 || month > 12)
        return ERR_DATA;
    *term = year * 12 + month - 1;
    return 0;
}

const char *term_text(int term, char out[TERM_LEN])
{
    unsigned t = term < 0 ? 0 : (unsigned)term;

    snprintf(out, TERM_LEN, "%04u-%02u", t / 12 % 10000, t % 12 + 1);
    return out;
}

int term_of(int64_t t)
{
    struct civil c;

    civil_from_time(t, 0, &c);
    return c.year * 12 + c.month - 1;
}

int64_t term_start(int term)
{
    struct civil c = {.year = term / 12, .month = term % 12 + 1, .day = 1};

    return civil_to_time(&c, 0);
}

int day_of(int64_t t)
{
    struct civil c;

    civil_from_time(t, 0, &c);
    return c.day;
}

int64_t day_start(int64_t t)
{
    int64_t rest = t % 86400;

    return t - (rest < 0 ? rest + 86400 : rest);
}
