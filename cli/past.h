/*
 * Months of the past as a command needs them: which ones, how well they are known, and what their
 * rows do not tell. Shared by `history` and `trend`.
 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include <stdbool.h>
#include <stddef.h>

struct cli;
struct err;
struct list_about;
struct session;

enum { PAST_MONTHS = 24, PAST_MONTHS_MAX = 240 };

/* Which months: the last so many, or those from a month to another. */
struct past_range {
    int months;   /* 0: FROM to TO */
    int from, to; /* terms; TERM_NONE: the running one */
};
/* What --months, --from and --to give; both ends of a range may be left out. 0 or ERR_USAGE. */
int past_range(const struct cli *c, struct past_range *out, struct err *err);
/* What else past_fetch() asks for: the months that a forecast is made from; the rest of the years
 * that the range begins and ends in, which then belong to it. */
enum { PAST_BASIS = 1, PAST_YEARS = 2 };
/* Opens the account and asks for the resources in MASK and the months of RANGE, up to the running
 * one; months before 2016-02 (published.md §2.4) do not count. 0 when any month is known; else why
 * none is. FROM and TO are set on success only. */
int past_fetch(struct cli *c, unsigned mask, const struct past_range *range, unsigned also,
               int *from, int *to, struct err *err);
/* After the output: the first failure of a month, what could not be read, or 0. */
int past_fault(const struct session *s, int from, int to, struct err *err);

/* Adds age, unreadable parts and gaps: months without data, months that could not be asked for,
 * and months with silent servers. The age is that of the oldest month that may still change; of
 * the newest where none may. */
void past_describe(struct list_about *about, const struct session *s, int from, int to);

#endif
