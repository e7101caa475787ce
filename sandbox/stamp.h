/*
 * Dates as the API spells them, and terms (calendar months).
 *
 * A term is year * 12 + month - 1, so that terms can be subtracted. All instants are UTC seconds.
 */
#ifndef SANDBOX_STAMP_H
#define SANDBOX_STAMP_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum { STAMP_LEN = 48, TERM_LEN = 8, STAMP_UTC_Z = INT_MIN };

/* The .NET minimum, which the service sends for "unknown" (published.md §3.3). */
#define STAMP_UNKNOWN "0001-01-01T00:00:00"

/* "2026-03-04T01:05:09.00-05:00". OFFSET: seconds east of UTC, or STAMP_UTC_Z for 'Z'.
 * DIGITS: fraction digits, 0 to 7; FRACTION: ten-millionths of a second. Returns OUT. */
const char *stamp_iso(int64_t t, int offset, int digits, unsigned fraction, char out[STAMP_LEN]);

/* Exactly "YYYY-MM", month 01-12. 0 or ERR_DATA. */
int term_parse(const char *s, int *term);
const char *term_text(int term, char out[TERM_LEN]);
int term_of(int64_t t);
/* The first instant of TERM; the last one is term_start(term + 1) - 1. */
int64_t term_start(int term);
/* Day of the month (1-31) of T in UTC. */
int day_of(int64_t t);
/* Midnight UTC of the day of T. */
int64_t day_start(int64_t t);

#endif
