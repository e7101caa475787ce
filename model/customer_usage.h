/*
 * The customers with what they use: a row a customer and edition, this term beside the one before
 * (issue "Customers"; published.md §3.3 for the users, §3.12 for the customers).
 *
 * Rows come from both: a customer of the partner list without users in either term has one row
 * without an edition; users of a customer that is not in the list (a Lite one) have theirs; the
 * users linked to no customer are the rows "Not linked". A number is null when it is not known: the
 * term's usage is not known, or the edition's parts do not add up to its users so that a customer
 * that is not among them may still have some. Customers are the same when their ids are, byte by
 * byte. Texts are borrowed from the three lists.
 */
#ifndef MODEL_CUSTOMER_USAGE_H
#define MODEL_CUSTOMER_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/account.h"
#include "model/column.h"
#include "model/usage.h"

enum { CUSTOMER_USAGE_MAX = 500000 };

struct customer_usage {
    const char *customer_id; /* NULL: not linked */
    const char *customer;    /* display name, nickname or id; "Not linked" */
    const char *type;        /* may be NULL */
    bool linked;
    const char *feature_id; /* NULL: no usage */
    const char *edition;    /* may be NULL */
    int term;
    int64_t total, free;                /* USAGE_UNKNOWN: null */
    int64_t total_before, free_before;  /* the same of the term before */
    int64_t notifications;              /* -1: null */
    bool incomplete, incomplete_before; /* servers are silent for the term */
    uint64_t id;
};
struct customer_usage_list {
    struct arena arena;
    struct customer_usage *rows;
    size_t count, cap;
};
void customer_usage_list_init(struct customer_usage_list *l);
void customer_usage_list_release(struct customer_usage_list *l);
/* Replaces L. Each of the lists may be NULL: not known. Rows are in the order of customer ids and
 * editions, Not linked last. O(parts log parts). 0, ERR_NOMEM, ERR_TOOBIG. */
int customer_usage_list_build(struct customer_usage_list *l, const struct customer_list *customers,
                              const struct usage_list *now, const struct usage_list *before);
struct row_source customer_usage_list_source(const struct customer_usage_list *l);
/* term customer_id customer type linked feature_id edition total paid free total_before paid_before
 * free_before change notifications incomplete incomplete_before; change = total - total_before. By
 * customer, Not linked comes last. */
extern const struct row_type customer_usage_row_type;

#endif
