/*
 * Numbers and times as people read them. Every function writes into a caller's buffer, always
 * NUL-terminated, and returns it.
 */
#ifndef BASE_HUMAN_H
#define BASE_HUMAN_H

#include <stddef.h>
#include <stdint.h>

enum { HUMAN_MAX = 48 };

/* "4 812", "-1 204": a plain space between thousands, since it is one cell everywhere. */
const char *human_count(int64_t n, char out[HUMAN_MAX]);
/* How long ago: "now" (under a minute), "12 min", "5 h", "13 d"; "never" for TIME_NONE;
 * a time in the future reads "now". Whole units, rounded down. */
const char *human_age(int64_t now, int64_t then, char out[HUMAN_MAX]);
/* A span with two units: "18 d 04 h", "3 h 07 min", "12 min"; negative reads "0 min". */
const char *human_span(int64_t seconds, char out[HUMAN_MAX]);
/* "in 9 d", "today", "7 d ago" for a day count. */
const char *human_days(int64_t days, char out[HUMAN_MAX]);
/* "41 KB", "3.2 MB". */
const char *human_bytes(uint64_t bytes, char out[HUMAN_MAX]);
/* "+4.1 %", "-0.4 %", "+12 %" (one digit below 10; rounded, halves away
 * from 0), "new" from 0, "=" when equal. */
const char *human_change(int64_t before, int64_t after, char out[HUMAN_MAX]);
/* "02:10 today", "23:55 yesterday", else "Nov 20 02:10", with the year when it is not NOW's;
 * in ZONE (NULL: the user's own). */
const char *human_when(int64_t now, int64_t then, const char *zone, char out[HUMAN_MAX]);
/* "Jan" … "Dec"; MONTH 1-12. English, since the whole program is. */
const char *human_month(int month);

#endif
