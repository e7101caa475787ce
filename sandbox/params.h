/*
 * Reading the query of an operation of extensions.md, and its pages.
 *
 * A reader that returns false has made the answer: 400 of family 1 with common/missing,
 * common/invalidString or common/outOfRange and the parameter's name, or 410.
 */
#ifndef SANDBOX_PARAMS_H
#define SANDBOX_PARAMS_H

#include <stdbool.h>

#include "sandbox/sandbox.h"

/* NAME as "YYYY-MM". */
bool params_term(const struct request *rq, const char *name, int *out, struct reply *rp);
/* startDate and endDate as "YYYY-MM", in order. */
bool params_terms(const struct request *rq, int *from, int *to, struct reply *rp);
/* startDate and endDate as "YYYY-MM-DD", in order, in days since 1970-01-01. */
bool params_days(const struct request *rq, int64_t *from, int64_t *to, struct reply *rp);

/*
 * A list goes by ids: a page holds the first LIMIT rows above AFTER. Its continuationToken names
 * the last id, the list (path and query), and the version of the data; one that was not made for
 * the same list, or before a change of the data, is a 410.
 */
enum { PAGE_LIMIT_MAX = 5000, PAGE_LIMIT = 1000 };

struct page {
    int64_t after; /* 0 for the first page */
    int64_t limit;
    json_t *items; /* from page_fill() to reply_page() */
    int64_t last;  /* the id of the last row */
    bool more;     /* rows follow */
};

/* One row of a list; NULL when it is not of the list. */
typedef json_t *page_row(sqlite3_stmt *st, void *ctx);

bool params_page(const struct sandbox *sb, const struct request *rq, struct page *out,
                 struct reply *rp);
/* Takes a page of rows from ST, which is bound, begins above `after`, and has the id in column 0.
 * ST may be NULL: no rows. */
void page_fill(struct page *p, sqlite3_stmt *st, page_row *make, void *ctx);
/* Answers {items, totalCount, continuationToken} and takes the items. */
void reply_page(const struct sandbox *sb, const struct request *rq, struct page *p, int64_t total,
                struct reply *rp);
/* Answers {items, totalCount, null}, for lists that are never long. ITEMS is taken. */
void reply_whole(json_t *items, struct reply *rp);

#endif
