/*
 * Time.
 *
 * Times are int64_t seconds since 1970-01-01T00:00:00Z, TIME_NONE where unknown. Durations that
 * drive timers are milliseconds of the monotonic clock, which no one can set back. The wall clock
 * can be moved with --now for tests and rehearsals; it runs on from there.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

#define TIME_NONE INT64_MIN

struct clock {
    int64_t shift; /* seconds added to the system's wall clock */
};

/* NOW: the instant to start from, or TIME_NONE for the system's own. */
void clock_init(struct clock *c, int64_t now);
int64_t clock_wall(const struct clock *c); /* UTC seconds */
int64_t clock_mono_ms(void);

struct civil {
    int year, month, day, hour, minute, second; /* month 1-12, day 1-31 */
};

/* Proleptic Gregorian; OFFSET is seconds east of UTC. Any T is safe: beyond a thousand million
 * years from 1970 it is clamped. */
void civil_from_time(int64_t t, int offset, struct civil *out);
/* Members out of range carry over (month 13 is January of the next year). */
int64_t civil_to_time(const struct civil *c, int offset);
int civil_days_in_month(int year, int month);

/* Reads the date forms of published.md: ISO-8601 with 'T' or a space, 0 to 9 fraction digits, 'Z',
 * an offset or none (then UTC), a date alone, and MM/DD/YYYY HH:MM:SS. Fractions are dropped.
 * The .NET minimum (0001-01-01T00:00:00) is a valid spelling of "unknown" and gives TIME_NONE, as
 * does the rest of year 1, which is the minimum in some other offset.
 * *OFFSET (may be NULL) gets the text's own offset in seconds. 0 or ERR_DATA. */
int time_parse(const char *s, size_t n, int64_t *out, int *offset);
/* "2026-03-04T01:05:09Z"; "" for TIME_NONE and outside the years 1 to 9999, which have no such
 * form. OUT holds 32 bytes. */
const char *time_iso(int64_t t, char out[32]);

/* Zones by name ("Europe/Berlin", "UTC"); NULL or "" is the user's own (TZ).
 * A name is looked up in the system's zone files; ERR_SETTINGS when it is not there. */
int zone_check(const char *zone, struct err *err);
void zone_civil(const char *zone, int64_t t, struct civil *out);
/* The instant at which ZONE's wall clocks show C; in a gap or an overlap, as mktime() decides. */
int64_t zone_time(const char *zone, const struct civil *c);

#endif
