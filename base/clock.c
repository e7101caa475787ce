#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"

void clock_init(struct clock *c, int64_t now)
{
    c->shift = now == TIME_NONE ? 0 : now - (int64_t)time(NULL);
}

int64_t clock_wall(const struct clock *c)
{
    return (int64_t)time(NULL) + c->shift;
}

int64_t clock_mono_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Beyond this, about a thousand million years, a year would not fit an int. */
static const int64_t TIME_FAR = INT64_C(1) << 55;

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;

    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

/* Days since 1970-01-01 of the first of MONTH (1-12), counting years from March so that a leap
 * day is a year's last; the arithmetic is the Gregorian calendar's 400-year cycle. */
static int64_t month_start(int64_t year, int month)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = floor_div(y, 400);
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int64_t civil_to_time(const struct civil *c, int offset)
{
    int64_t months = (int64_t)c->year * 12 + c->month - 1;
    int64_t year = floor_div(months, 12);
    int64_t days = month_start(year, (int)(months - year * 12) + 1) + c->day - 1;

    return ((days * 24 + c->hour) * 60 + c->minute) * 60 + c->second - offset;
}

void civil_from_time(int64_t t, int offset, struct civil *out)
{
    int64_t local = (t < -TIME_FAR ? -TIME_FAR : t > TIME_FAR ? TIME_FAR : t) + offset;
    int64_t days = floor_div(local, 86400);
    int secs = (int)(local - days * 86400);
    int64_t z = days + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    out->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    out->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    out->year = (int)(yoe + era * 400 + (out->month <= 2));
    out->hour = secs / 3600;
    out->minute = secs / 60 % 60;
    out->second = secs % 60;
}

int civil_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return 29;
    return days[month - 1];
}

struct scan {
    const char *p, *end;
};

static bool digits(struct scan *s, int count, int *out)
{
    int v = 0;

    if (s->end - s->p < count)
        return false;
    for (int i = 0; i < count; i++) {
        char c = s->p[i];

        if (c < '0' || c > '9')
            return false;
        v = v * 10 + (c - '0');
    }
    s->p += count;
    *out = v;
    return true;
}

static bool one_of(struct scan *s, const char *set)
{
    if (s->p >= s->end || *s->p == '\0' || strchr(set, *s->p) == NULL)
        return false;
    s->p++;
    return true;
}

static bool scan_clock(struct scan *s, struct civil *c)
{
    if (!digits(s, 2, &c->hour) || !one_of(s, ":") || !digits(s, 2, &c->minute))
        return false;
    if (one_of(s, ":") && !digits(s, 2, &c->second))
        return false;
    if (one_of(s, ".,")) {
        int n = 0;

        while (s->p < s->end && *s->p >= '0' && *s->p <= '9' && n < 9) {
            s->p++;
            n++;
        }
        if (n == 0)
            return false;
    }
    return true;
}

static bool scan_offset(struct scan *s, int *offset)
{
    int sign, h, m = 0;

    *offset = 0;
    if (s->p == s->end || one_of(s, "Zz"))
        return true;
    sign = *s->p == '-' ? -1 : 1;
    if (!one_of(s, "+-") || !digits(s, 2, &h))
        return false;
    if (s->p < s->end && (one_of(s, ":"), !digits(s, 2, &m)))
        return false;
    *offset = sign * (h * 3600 + m * 60);
    return h < 24 && m < 60;
}

static bool civil_valid(const struct civil *c)
{
    return c->year >= 1 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= civil_days_in_month(c->year, c->month) && c->hour < 24 && c->minute < 60 &&
           c->second <= 60;
}

int time_parse(const char *s, size_t n, int64_t *out, int *offset)
{
    struct scan sc = {s, s + n};
    struct civil c = {0};
    int off = 0;
    bool ok;

    if (n > 2 && s[2] == '/')
        ok = digits(&sc, 2, &c.month) && one_of(&sc, "/") && digits(&sc, 2, &c.day) &&
             one_of(&sc, "/") && digits(&sc, 4, &c.year) && one_of(&sc, " ") && scan_clock(&sc, &c);
    else
        ok = digits(&sc, 4, &c.year) && one_of(&sc, "-") && digits(&sc, 2, &c.month) &&
             one_of(&sc, "-") && digits(&sc, 2, &c.day) &&
             (sc.p == sc.end || (one_of(&sc, "Tt ") && scan_clock(&sc, &c)));
    ok = ok && scan_offset(&sc, &off) && sc.p == sc.end && civil_valid(&c);
    if (!ok)
        return ERR_DATA;
    *out = c.year == 1 ? TIME_NONE : civil_to_time(&c, off);
    if (offset != NULL)
        *offset = off;
    return 0;
}

const char *time_iso(int64_t t, char out[32])
{
    struct civil c;

    out[0] = '\0';
    if (t == TIME_NONE)
        return out;
    civil_from_time(t, 0, &c);
    if (c.year < 1 || c.year > 9999)
        return out;
    snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year % 10000, c.month, c.day, c.hour,
             c.minute, c.second);
    return out;
}

/* libc knows one zone at a time, the one in TZ: another is entered for the length of a call. */
struct zone_visit {
    char *saved;
    bool entered;
};

static void zone_enter(const char *zone, struct zone_visit *v)
{
    const char *tz = getenv("TZ");

    v->entered = zone != NULL && zone[0] != '\0';
    v->saved = v->entered && tz != NULL ? strdup(tz) : NULL;
    if (v->entered)
        setenv("TZ", zone, 1);
    tzset();
}

static void zone_leave(struct zone_visit *v)
{
    if (!v->entered)
        return;
    if (v->saved != NULL)
        setenv("TZ", v->saved, 1);
    else
        unsetenv("TZ");
    free(v->saved);
    tzset();
}

/* The folder holds tables and sub-folders too; zone data begins with "TZif". */
static bool zone_file(const char *path)
{
    char magic[4];
    FILE *f = fopen(path, "re");
    bool ok = f != NULL && fread(magic, 1, 4, f) == 4 && memcmp(magic, "TZif", 4) == 0;

    if (f != NULL)
        fclose(f);
    return ok;
}

int zone_check(const char *zone, struct err *err)
{
    const char *dir = getenv("TZDIR");
    char path[512];

    if (zone == NULL || zone[0] == '\0' || strcmp(zone, "UTC") == 0)
        return 0;
    if (dir == NULL || dir[0] == '\0')
        dir = "/usr/share/zoneinfo";
    if (zone[0] != '/' && strstr(zone, "..") == NULL && strlen(zone) < 64 &&
        snprintf(path, sizeof(path), "%s/%s", dir, zone) < (int)sizeof(path) && zone_file(path))
        return 0;
    err_set(err, ERR_SETTINGS, "time zone \"%.64s\" is not known on this machine", zone);
    err_next(err, "Use a name such as \"UTC\" or \"Europe/Berlin\" (package tzdata)");
    return ERR_SETTINGS;
}

void zone_civil(const char *zone, int64_t t, struct civil *out)
{
    struct zone_visit v;
    time_t when = (time_t)t;
    struct tm tm;

    if (zone != NULL && strcmp(zone, "UTC") == 0) {
        civil_from_time(t, 0, out);
        return;
    }
    zone_enter(zone, &v);
    if (t < -TIME_FAR || t > TIME_FAR || localtime_r(&when, &tm) == NULL)
        civil_from_time(t, 0, out);
    else
        *out = (struct civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                              tm.tm_hour,        tm.tm_min,     tm.tm_sec};
    zone_leave(&v);
}

int64_t zone_time(const char *zone, const struct civil *c)
{
    struct zone_visit v;
    struct tm tm = {.tm_year = c->year - 1900,
                    .tm_mon = c->month - 1,
                    .tm_mday = c->day,
                    .tm_hour = c->hour,
                    .tm_min = c->minute,
                    .tm_sec = c->second,
                    .tm_isdst = -1};
    time_t t;

    if (zone != NULL && strcmp(zone, "UTC") == 0)
        return civil_to_time(c, 0);
    zone_enter(zone, &v);
    t = mktime(&tm);
    zone_leave(&v);
    return (int64_t)t;
}
