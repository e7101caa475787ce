#include "base/human.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

const char *human_count(int64_t n, char out[HUMAN_MAX])
{
    char digits[24];
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)u);
    char *p = out;

    if (n < 0)
        *p++ = '-';
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *p++ = ' ';
        *p++ = digits[i];
    }
    *p = '\0';
    return out;
}

const char *human_age(int64_t now, int64_t then, char out[HUMAN_MAX])
{
    int64_t s;

    if (then == TIME_NONE) {
        snprintf(out, HUMAN_MAX, "never");
        return out;
    }
    s = then >= now ? 0 : now - then;
    if (s < MINUTE)
        snprintf(out, HUMAN_MAX, "now");
    else if (s < HOUR)
        snprintf(out, HUMAN_MAX, "%d min", (int)(s / MINUTE));
    else if (s < DAY)
        snprintf(out, HUMAN_MAX, "%d h", (int)(s / HOUR));
    else
        snprintf(out, HUMAN_MAX, "%lld d", (long long)(s / DAY));
    return out;
}

const char *human_span(int64_t s, char out[HUMAN_MAX])
{
    if (s < 0)
        s = 0;
    if (s >= DAY)
        snprintf(out, HUMAN_MAX, "%lld d %02d h", (long long)(s / DAY), (int)(s % DAY / HOUR));
    else if (s >= HOUR)
        snprintf(out, HUMAN_MAX, "%d h %02d min", (int)(s / HOUR), (int)(s % HOUR / MINUTE));
    else
        snprintf(out, HUMAN_MAX, "%d min", (int)(s / MINUTE));
    return out;
}

const char *human_days(int64_t days, char out[HUMAN_MAX])
{
    if (days > 0)
        snprintf(out, HUMAN_MAX, "in %lld d", (long long)days);
    else if (days == 0)
        snprintf(out, HUMAN_MAX, "today");
    else
        snprintf(out, HUMAN_MAX, "%llu d ago", 0 - (unsigned long long)days);
    return out;
}

const char *human_bytes(uint64_t n, char out[HUMAN_MAX])
{
    static const char *const units[] = {"KB", "MB", "GB", "TB"};
    double v = (double)n / 1000;
    size_t u = 0;

    if (n < 1000) {
        snprintf(out, HUMAN_MAX, "%d B", (int)n);
        return out;
    }
    while (v >= 999.5 && u + 1 < sizeof(units) / sizeof(units[0])) {
        v /= 1000;
        u++;
    }
    snprintf(out, HUMAN_MAX, v < 9.95 ? "%.1f %s" : "%.0f %s", v, units[u]);
    return out;
}

const char *human_change(int64_t before, int64_t after, char out[HUMAN_MAX])
{
    /* Whole numbers: binary fractions round some halves up and some down. */
    __int128 by = (__int128)after - before, twice = (__int128)before * 2, tenths, whole;
    char sign = by < 0 ? '-' : '+';

    if (before == after || before <= 0) {
        snprintf(out, HUMAN_MAX, before == after ? "=" : "new");
        return out;
    }
    by = by < 0 ? -by : by;
    tenths = (by * 2000 + before) / twice;
    whole = (by * 200 + before) / twice;
    if (tenths < 100)
        snprintf(out, HUMAN_MAX, "%c%d.%d %%", sign, (int)tenths / 10, (int)tenths % 10);
    else
        snprintf(out, HUMAN_MAX, "%c%lld %%", sign,
                 (long long)(whole < INT64_MAX ? whole : INT64_MAX));
    return out;
}

const char *human_month(int month)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    return month >= 1 && month <= 12 ? names[month - 1] : "?";
}

const char *human_when(int64_t now, int64_t then, const char *zone, char out[HUMAN_MAX])
{
    struct civil n, c, y;

    if (then == TIME_NONE) {
        snprintf(out, HUMAN_MAX, "never");
        return out;
    }
    zone_civil(zone, now, &n);
    zone_civil(zone, then, &c);
    y = (struct civil){n.year, n.month, n.day - 1, 0, 0, 0};
    civil_from_time(civil_to_time(&y, 0), 0, &y);
    if (c.year == n.year && c.month == n.month && c.day == n.day)
        snprintf(out, HUMAN_MAX, "%02d:%02d today", c.hour, c.minute);
    else if (c.year == y.year && c.month == y.month && c.day == y.day)
        snprintf(out, HUMAN_MAX, "%02d:%02d yesterday", c.hour, c.minute);
    else if (c.year == n.year)
        snprintf(out, HUMAN_MAX, "%s %d %02d:%02d", human_month(c.month), c.day, c.hour, c.minute);
    else
        snprintf(out, HUMAN_MAX, "%s %d, %d %02d:%02d", human_month(c.month), c.day, c.year, c.hour,
                 c.minute);
    return out;
}
