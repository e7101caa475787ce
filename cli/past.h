/*
 * Months of the past as a command needs them: which ones, how well they are known, and what their
 * rows do not tell. Shared by `history` and `trend`.
 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct cli;
struct err;
struct list_about;
struct session;

enum { PAST_MONTHS = 24, PAST_MONTHS_MAX = 130 };

/* The number that --months gives. 0 or ERR_USAGE. */
int past_months(const struct cli *c, int *out, struct err *err);
/* Opens the account and asks for the resources in MASK and the last MONTHS months, up to the
 * running one; months before 2016-02 (published.md §2.4) do not count. 0 when any month is
 * known; else why none is. FROM and TO are set on success only. */
int past_fetch(struct cli *c, unsigned mask, int months, int *from, int *to, struct err *err);
/* After the output: the first failure of a month, what could not be read, or 0. */
int past_fault(const struct session *s, int from, int to, struct err *err);

/* Adds age, unreadable parts and gaps: months without data, months that could not be asked for,
 * and months with silent servers. The age is that of the oldest month that may still change; of
 * the newest where none may. */
void past_describe(struct list_about *about, const struct session *s, int from, int to);

/* "2026-01, 2026-03 to 2026-05 and 7 more": the terms of FLAGS, of which the first is FROM's.
 * Appends to OUT; at most MOST spans are named. */
void past_terms(struct buf *out, const bool *flags, size_t count, int from, size_t most);

#endif
