/*
 * What makes up the usage of a term: the parts of its customers and of its servers, and what can be
 * said of a chosen set of servers (published.md §3.3).
 *
 * Rows begin with a usage_feature in which the counts of users are the part's own; how many
 * servers or customers a part has is not told by the service (USAGE_UNKNOWN, null). Rows borrow
 * their texts from the usage list and the customer list they were made from, and are good as long
 * as those are.
 *
 * What can be known of some of the servers. The service counts users per server, but not which
 * users two servers share, so parts cannot simply be added up. For a feature of T users whose
 * servers have t1, t2, …, and a chosen set S of them:
 *   - S holds every server of the feature: the feature's own counts stand;
 *   - S holds one server, or none, of the feature: its own counts (or 0) are exact;
 *   - else the users of S are at most H = min(T, sum of S) and at least
 *     L = max(the largest in S, T - sum of the servers not in S). Where L = H the number is exact
 *     (so when all parts add up to T: then no user is on two servers); else H is shown, as an
 *     upper bound. Free users: the sum of S where H is the sum, the feature's own where H = T, so
 *     that paid = total - free holds and each of the three is an upper bound.
 *   - a feature whose servers the service does not list: at most T, at least none.
 * These rules take it that every user of the feature is in some server's part; where the parts
 * together are less than T this is not so, usage_findings() says it, and nothing is called exact.
 * Which customers' users are on the chosen servers is not known at all.
 */
#ifndef MODEL_USAGE_PARTS_H
#define MODEL_USAGE_PARTS_H

#include "model/account.h"
#include "model/gap.h"
#include "model/usage.h"

struct err;

struct usage_customer_row {
    struct usage_feature f;
    const char *customer_id; /* NULL: not linked */
    const char *customer;    /* "Not linked" where it is not; may be NULL */
    bool linked;
    int64_t total_before; /* users of the month before; USAGE_UNKNOWN after a build */
};
struct usage_customer_list {
    struct arena arena;
    struct usage_customer_row *rows;
    size_t count, cap;
};
void usage_customer_list_init(struct usage_customer_list *l);
void usage_customer_list_release(struct usage_customer_list *l);
struct usage_customer_row *usage_customer_list_add(struct usage_customer_list *l);
/* One row a customer and feature, in the service's order. FEATURE_ID: NULL for all. NAMES may be
 * NULL; a customer in it is called by its display name, else by nickname, else by id. Replaces
 * what L held. O(parts * log customers). 0, ERR_NOMEM, ERR_TOOBIG. */
int usage_customer_list_build(struct usage_customer_list *l, const struct usage_list *usage,
                              const char *feature_id, const struct customer_list *names);
struct row_source usage_customer_list_source(const struct usage_customer_list *l);
/* The columns of usage_gap_row_type, then customer_id customer linked. */
extern const struct row_type usage_customer_row_type;
/* The same rows as the screen shows them: `total_before` and `change` besides. */
extern const struct row_type usage_customer_change_row_type;
/* Fills in total_before of rows of one feature from BEFORE, that feature a month earlier (NULL:
 * stays unknown). A customer without a part there had no users if the parts add up
 * (usage_customers_add_up()); else, and where it has several, it is not known.
 * O(parts log parts). 0 or ERR_NOMEM. */
int usage_customer_list_compare(struct usage_customer_list *l, const struct usage_feature *before);

struct usage_server_row {
    struct usage_feature f; /* `incomplete`: this server is silent */
    const char *fqdn;       /* may be NULL */
    bool server_free;
    int64_t reporting_date; /* TIME_NONE: unknown */
    int64_t total_before;   /* as above */
};
struct usage_server_list {
    struct arena arena;
    struct usage_server_row *rows;
    size_t count, cap;
};
void usage_server_list_init(struct usage_server_list *l);
void usage_server_list_release(struct usage_server_list *l);
struct usage_server_row *usage_server_list_add(struct usage_server_list *l);
/* One row a server and feature of the servers in IN->only. As above; IN must not be NULL. */
int usage_server_list_build(struct usage_server_list *l, const struct usage_list *usage,
                            const char *feature_id, const struct gap_input *in);
struct row_source usage_server_list_source(const struct usage_server_list *l);
/* The columns of usage_gap_row_type, then fqdn server_free reporting_date. */
extern const struct row_type usage_server_row_type;
/* The same rows as the screen shows them: `total_before` and `change` besides, free servers and the
 * age of the report in words. */
extern const struct row_type usage_server_change_row_type;
/* As for customers; a server without a part in BEFORE is not known. */
int usage_server_list_compare(struct usage_server_list *l, const struct usage_feature *before);

/* A feature on a chosen set of servers, by the rules above. */
struct usage_subset {
    int64_t total, free;           /* exact or upper bounds */
    int64_t at_least;              /* L; equal to total where exact */
    int64_t servers, free_servers; /* chosen ones of the feature */
    bool exact;
    bool whole; /* every server of the feature is chosen */
};
void usage_subset(const struct usage_server *parts, size_t count, int64_t total, int64_t free_users,
                  const struct server_set *only, struct usage_subset *out);

/* The usage of a term on chosen servers, a row a feature as before: the counts of the subset, its
 * servers' parts, no customers (USAGE_UNKNOWN) unless the subset is whole; `at_most` where not
 * exact. OUT (initialised, empty) borrows all texts and the rest from L. 0, ERR_NOMEM. */
int usage_list_choose(const struct usage_list *l, const struct server_set *only,
                      struct usage_list *out);

/* True when the parts of F's customers, Not linked included, add up to its total and free users:
 * then a customer that is not among them has no users. Else its users are not known. */
bool usage_customers_add_up(const struct usage_feature *f);

#endif
