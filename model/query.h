/*
 * Filters: the language of `/` on the screen and of --filter on the command line.
 *
 *     query   = or
 *     or      = and { "or" and }
 *     and     = not { ["and"] not }          words side by side are joined by AND
 *     not     = ["!" | "not"] primary
 *     primary = "(" or ")" | column op value | word
 *     op      = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"     "~" here: contains
 *     word    = text without blanks | "quoted text"
 *
 * A word matches when any COLUMN_SEARCH column contains it; letter case and Latin accents do not
 * count. "quoted" matches such a column's whole value. `column=null` is the empty value. `=` on
 * text compares whole values without case and accents; on a list, any of its items. Numbers, times
 * and yes/no/true/false compare by kind; a date (2026-10-01) is that whole day in UTC, a month
 * (2026-10) that whole month, anything longer an instant in ISO-8601. A column with a closed set of
 * words (column.h) orders by rank: severity>=warning. A comparison with null is false unless it
 * asks for null; `!=` is the negation of `=`.
 *
 * and, or, not and null are keywords in any case, where they stand alone and unquoted. A word with
 * an operator in it that is not a known column is an error, since a misspelt column must not turn
 * into a search for text: fqdn~"a=b" searches for such text. A value runs to the next blank or to
 * a ")" that has no "(" in the value. In quotes, \" and \\ stand for " and \.
 *
 * A query compiles once and matches in O(columns searched * text length) a row, no allocation
 * beyond one scratch buffer.
 */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct row_ctx;
struct row_type;

enum { QUERY_TEXT_MAX = 1000, QUERY_DEPTH_MAX = 32 };

struct query;

/* Compiles TEXT for TYPE. An empty or blank text gives a query that matches all.
 * On ERR_USAGE, *AT (may be NULL) is the byte at fault and ERR says what is wrong, with the
 * nearest column name where one was misspelt. Free with query_free(). */
int query_compile(const char *text, const struct row_type *type, struct query **out, size_t *at,
                  struct err *err);
void query_free(struct query *q);
bool query_matches(const struct query *q, const void *row, const struct row_ctx *ctx);
/* True when the query matches everything (blank text, or NULL). */
bool query_is_all(const struct query *q);

#endif
