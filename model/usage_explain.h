/*
 * Where the numbers of an edition come from, as sentences with the arithmetic (features.md M6).
 *
 *     3 102 = 2 950 linked to 11 customers + 152 not linked
 *     paid 2 950 = 3 102 - 152 free (5 %)
 *     12 servers add up to 3 350, 248 more: a user of two counts on both
 *
 * The numbers are the service's own and are never mended: parts that do not add up to the total are
 * said to differ.
 */
#ifndef MODEL_USAGE_EXPLAIN_H
#define MODEL_USAGE_EXPLAIN_H

#include "model/usage.h"

struct buf;
struct server_set;

/* What to explain. */
enum { EXPLAIN_CUSTOMERS = 1, EXPLAIN_PAID = 2, EXPLAIN_SERVERS = 4, EXPLAIN_ALL = 7 };

/* Appends sentences on F, each with a '\n'. With ONLY (else NULL) F is the edition on chosen
 * servers (usage_list_choose()) and ALL the same on all of them; without, ALL is not looked at.
 * O(parts). */
void usage_explain(const struct usage_feature *f, const struct usage_feature *all,
                   const struct server_set *only, unsigned what, struct buf *out);

/* "4 405 = 2 802 + 1 041 + 559 + 3": the users of all editions, in the list's order; nothing for
 * less than two. Appends to OUT. */
void usage_explain_total(const struct usage_list *l, struct buf *out);

#endif
