/*
 * The numbers of days behind words like "expires soon". The product's own are 30 and 90 days to an
 * expiry (published.md §3.1, §3.10) and, for licensed deployments, 3 days within which a server
 * reports and 30 after which it leaves the list (§3.16). A user may set others (`limits` in the
 * settings): then severities, words and filters are that user's own view, not the console's.
 */
#ifndef MODEL_LIMITS_H
#define MODEL_LIMITS_H

#include <stddef.h>

struct limits {
    int expiry_warning, expiry_notice; /* days left: a warning; worth knowing */
    int reporting, listed;             /* days since the last report; licensed deployments only */
};
extern const struct limits limits_product;

/* TEXT with L's days in place of {warning} and {notice}: the query and title of a named filter,
 * into OUT, which is cut at SIZE. Returns OUT. */
const char *limits_text(const struct limits *l, const char *text, char *out, size_t size);

#endif
