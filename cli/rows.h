/* The rows of the list commands, made from what the session knows. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stdbool.h>

#include "model/gap.h"
#include "model/history.h"
#include "model/usage_parts.h"
#include "session/session.h"

struct list_about;

/* Owns what is not the session's own. Borrows from the session all the same: good until its next
 * step. */
struct list_rows {
    int from, to; /* the terms of a LIST_MONTHS; set before the rows are made */
    struct row_source source;
    struct gap gap; /* of a LIST_TERM */
    struct usage_list usage;
    struct usage_customer_list customers;
    struct usage_server_list servers;
    struct history_list history;
};

void list_rows_init(struct list_rows *r);
void list_rows_release(struct list_rows *r);

/* One for each row type, as in struct list_command. Usage is marked by the gap of its own term
 * (model/gap.h): today's silent servers say nothing of a closed one. */
#define ROWS_LIST(X)                                                                               \
    X(server)                                                                                      \
    X(usage_gap)                                                                                   \
    X(usage_customer)                                                                              \
    X(usage_server)                                                                                \
    X(history)                                                                                     \
    X(customer)                                                                                    \
    X(netscaler)                                                                                   \
    X(notice)                                                                                      \
    X(cloud_month)
#define ROWS_DECLARE(type) int type##_rows(struct list_rows *r, const struct session *s);
ROWS_LIST(ROWS_DECLARE)
#undef ROWS_DECLARE

/* The servers' status is known and of now (or of an earlier run, offline). */
bool list_servers_known(const struct session *s);
/* Adds what GAP, of the session's usage, says: "2 of 14 servers are silent", or that it is not
 * known. */
void list_silent_gap(struct list_about *about, const struct session *s, const struct gap *gap);

#endif
