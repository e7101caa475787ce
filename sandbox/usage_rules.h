/*
 * The rules of usage.h for one user and one term. Counting (usage.c) and the list of users
 * (routes_users.c) both ask here, so that a list has as many users as the counts say.
 */
#ifndef SANDBOX_USAGE_RULES_H
#define SANDBOX_USAGE_RULES_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct err;

enum { USER_SERVERS_MAX = 16 };

struct usage_server {
    int64_t last_report;
    int last_term, last_day; /* of the last report; last_term INT_MIN: never */
    bool free;
    bool dates_unknown; /* its reports have no times */
    int customer;       /* the tag; 0: none */
};

/* What made a user's link. */
enum link_source { LINK_NONE, LINK_USER, LINK_SERVER, LINK_SITE, LINK_GROUP };

struct usage_group {
    int customer;            /* the group's own link, else its site's; 0: none */
    enum link_source source; /* which of the two */
};

struct usage_rules {
    struct usage_server *servers; /* by id, 0 unused */
    struct usage_group *groups;   /* by id, 0: no group */
    int server_max, group_max, customer_max;
};

struct usage_user {
    int64_t id;
    int features, customer, type, first, last, period, day, group; /* 0, type -1: NULL */
    int servers[USER_SERVERS_MAX], n;                              /* by id */
};

/* Reads servers, tags, sites and groups. ERR_IO or ERR_NOMEM; release R either way. */
int usage_rules_load(sqlite3 *db, struct usage_rules *r, struct err *err);
void usage_rules_release(struct usage_rules *r);

/* The columns of a query for usage_user_read(), from users u; the servers come on their own. */
#define USAGE_USER_COLUMNS                                                                         \
    "u.id, u.features, u.customer, u.user_type, u.first_term, u.last_term, u.period, u.first_day," \
    " u.delivery_group"
enum { USAGE_USER_COLUMN_COUNT = 9 };
void usage_user_read(sqlite3_stmt *st, struct usage_user *u);
/* Servers come in the order of their ids; ids that R does not know are left out. */
void usage_user_add_server(const struct usage_rules *r, struct usage_user *u, int server);

/* The servers that tell of U in TERM, in which U is active: their number, ids in TOLD. IS_FREE is
 * meaningful when there are any. */
int usage_told(const struct usage_rules *r, const struct usage_user *u, int term,
               int told[USER_SERVERS_MAX], bool *is_free);
/* The customer that U is linked to, 0 for none; SOURCE may be NULL. */
int usage_customer(const struct usage_rules *r, const struct usage_user *u,
                   enum link_source *source);

#endif
