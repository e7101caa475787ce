/*
 * A term: the calendar month that usage is counted and billed in, and the windows in which a
 * change may still name it.
 *
 * A term is a plain int, months since year 0 (2026-11 is 2026 * 12 + 10), so that terms compare
 * and subtract; TERM_NONE where unknown. What month it is, and when a window closes, is decided
 * in the account's billing time zone (extensions.md, "Rules the server enforces").
 */
#ifndef MODEL_TERM_H
#define MODEL_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

/* The first term with data is 2016-02 (published.md §2.4). */
enum { TERM_NONE = -1, TERM_TEXT = 16, TERM_FIRST = 2016 * 12 + 1 };

/* "2026-11", both parts zero-padded, from TERM_FIRST on. 0 or ERR_DATA. */
int term_parse(const char *s, int *out, struct err *err);
const char *term_text(int term, char out[TERM_TEXT]);  /* "2026-11"; "" for TERM_NONE */
const char *term_human(int term, char out[TERM_TEXT]); /* "Nov 2026"; "-" for TERM_NONE */
/* "2026-01, 2026-03 to 2026-05 and 7 more": the terms of FLAGS, of which the first is FROM's.
 * Appends to OUT; at most MOST spans are named. */
void term_spans(struct buf *out, const bool *flags, size_t count, int from, size_t most);
/* The term that NOW falls in, in ZONE (base/clock.h). */
int term_of(int64_t now, const char *zone);
/* The first instant of TERM in ZONE, also where its midnight is skipped or comes twice. */
int64_t term_start(int term, const char *zone);

/* What a change names. The rows of extensions.md's table. */
enum change_kind {
    CHANGE_USER,       /* user to customer, user type, add free user */
    CHANGE_LINK,       /* server, site, delivery group, NetScaler to customer */
    CHANGE_FREE_SERVER /* free server on or off */
};

/* Until when a change of KIND may name TERM: the first instant at which it may not, or TIME_NONE
 * when it may not at NOW. The day-10 rule is inclusive: the previous term closes when the 11th
 * begins in ZONE. The current term never closes before its own previous-term window does; a kind
 * without one (free server: the present month only) closes when the next month begins. A term to
 * come is not open. */
int64_t window_closes(enum change_kind kind, int term, int64_t now, const char *zone);

#endif
