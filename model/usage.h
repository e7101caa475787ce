/*
 * Usage of one term: published.md §3.3.
 *
 * The numbers end on invoices. They are the service's own, per feature; luitop computes only
 * paid = total - free, the free percentage, and sums over features of one SKU list. Server counts
 * are never added up to a total (one user may use several servers).
 */
#ifndef MODEL_USAGE_H
#define MODEL_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"

struct gap;

enum { USAGE_FEATURES_MAX = 10000, USAGE_PARTS_MAX = 200000 };

/* A count of a row that the service does not give; null in the columns. */
#define USAGE_UNKNOWN INT64_MIN

struct usage_server {
    const char *fqdn; /* may be NULL */
    int64_t total, free;
    int64_t reported; /* TIME_NONE: unknown */
    bool server_free;
};

struct usage_customer {
    bool linked; /* false: the "Not linked" remainder, every name NULL */
    const char *org_id, *id, *nickname, *type;
    int64_t total, free;
};

struct usage_feature {
    const char *sku_id, *sku_description; /* each may be NULL */
    const char *feature_id;               /* never NULL */
    const char *description;              /* may be NULL */
    int64_t total, free;                  /* users */
    int64_t servers, free_servers, customers;
    const struct usage_server *server_parts;
    size_t server_part_count;
    const struct usage_customer *customer_parts;
    size_t customer_part_count;
    int term;
    uint64_t id;
    bool incomplete; /* servers are silent (model/gap.h): the total is a lower bound */
    bool at_most;    /* of chosen servers that share users (model/usage_parts.h): upper bounds */
};

struct usage_list {
    struct arena arena;
    const char *customer_id, *org_id;
    int term;
    struct usage_feature *rows;
    size_t count, cap;
    size_t bare; /* products that list no edition: nothing is known of their users */
};

void usage_list_init(struct usage_list *l, int term);
void usage_list_release(struct usage_list *l);
struct usage_feature *usage_list_add(struct usage_list *l);
void usage_list_finish(struct usage_list *l); /* ids and terms of the rows; after the last add */
struct row_source usage_list_source(const struct usage_list *l);

/* Saturates, so that absurd numbers from outside stay absurd instead of wrapping. */
int64_t usage_paid(int64_t total, int64_t free_users);
/* round(100 * free / total), halves up; 0 when total <= 0 (published.md §3.3). */
int usage_free_percent(int64_t total, int64_t free_users);
/* The users of FEATURE that are linked to no customer; -1 when the service gave no such row. */
int64_t usage_not_linked(const struct usage_feature *f);
/* Sum over all features; a user counts once per feature. Saturates instead of overflowing. */
struct usage_sum {
    int64_t total, free, not_linked; /* not_linked -1: not told by every feature, or no feature */
    size_t features;
};
void usage_list_sum(const struct usage_list *l, struct usage_sum *out);
const struct usage_feature *usage_list_find(const struct usage_list *l, const char *feature_id);

/* Every row of the list carries whether GAP is incomplete. */
void usage_list_mark(struct usage_list *l, const struct gap *gap);

/* What luitop calls the edition of a feature code: the table of published.md §5 for known codes
 * ("Premium"), else the service's description, else the raw code. *KNOWN (may be NULL) tells
 * whether the code is in the table. Never NULL. */
const char *edition_name(const char *feature_id, const char *description, bool *known);
/* The full product name of a known code ("Citrix Virtual Apps and Desktops Premium"); where the
 * brand of today is not documented, the classic name. NULL for an unknown code. */
const char *edition_brand(const char *feature_id);

/* term sku_id feature_id edition total paid free free_percent servers free_servers customers */
extern const struct row_type usage_row_type;
/* The same and `incomplete`; the same rows. On the screen the counts of a row that is incomplete
 * or of chosen servers carry what they are: ">= 4 812", "<= 311", "~ 57" where neither holds. */
extern const struct row_type usage_gap_row_type;
struct row_source usage_gap_source(const struct usage_list *l);

#endif
