/*
 * The lists of an account: what the list commands and the dashboard's exports show, where its rows
 * come from, and what has to be said of them. One table for both, so that both say the same.
 */
#ifndef SESSION_LISTS_H
#define SESSION_LISTS_H

#include <stdbool.h>

#include "model/customer_usage.h"
#include "model/deployment.h"
#include "model/gap.h"
#include "model/history.h"
#include "model/listing.h"
#include "model/usage_parts.h"
#include "session/session.h"

enum list_when {
    LIST_NOW,
    LIST_TERM,   /* its rows are of one term; usage has gaps while servers are silent (features.md
                  * M3) */
    LIST_MONTHS, /* its rows are of several months */
};

struct list_rows;
struct list_command {
    const char *command;
    const char *by; /* of --by; NULL: without it */
    enum resource_kind kind;
    unsigned also; /* RESOURCE_BITs of what its rows are made from besides KIND */
    const struct row_type *type;
    /* Makes the rows. Usage is marked by the gap of its own term (model/gap.h): today's silent
     * servers say nothing of a closed one. 0, ERR_NOMEM, ERR_TOOBIG. */
    int (*rows)(struct list_rows *rows, const struct session *s);
    enum list_when when;
};

enum { LIST_COMMANDS_MAX = 32 };
extern const struct list_command list_commands[];
extern const size_t list_command_count;
/* The list of COMMAND --by BY (NULL: without); NULL when there is none. */
const struct list_command *list_command_find(const char *command, const char *by);

/* Owns what is not the session's own. Borrows from the session all the same: good until its next
 * step. */
struct list_rows {
    int from, to;                  /* the terms of a LIST_MONTHS; set before the rows are made */
    const struct server_set *only; /* usage of these servers; NULL: of all; set before */
    struct row_source source;
    struct gap gap; /* of usage */
    struct usage_list usage;
    struct usage_customer_list customers;
    struct usage_server_list servers;
    struct usage_list usage_before;
    struct customer_usage_list customer_usage;
    struct history_list history;
    struct deployment_server_list deployment_servers; /* as of now */
    struct deployment_list deployments;
    struct deployment_total deployment_total;
};

void list_rows_init(struct list_rows *r);
void list_rows_release(struct list_rows *r);

/* The servers' status is known and of now (or of an earlier run, offline). */
bool list_servers_known(const struct session *s);
/* Adds what GAP, of the session's usage, says: "2 of 14 servers are silent", or that it is not
 * known. */
void list_silent_gap(struct list_about *about, const struct session *s, const struct gap *gap);
/* The resource without which L has no rows either, or L's own. */
enum resource_kind list_needs(const struct list_command *l);
/* lists_deployments.c */
int deployment_rows(struct list_rows *r, const struct session *s);
int deployment_by_server_rows(struct list_rows *r, const struct session *s);
/* Adds what the rows of licensed deployments are without: servers that do not report, and samples.
 */
void list_deployment_gaps(struct list_about *about, const struct session *s,
                          const struct list_rows *rows);
/* Fills ABOUT (anything) for the rows of L: account, term, age, gaps. Of a LIST_MONTHS the age and
 * the gaps are the caller's. list_about_unreadable() is left to the caller. Borrows from the
 * session's profile. */
void list_describe(const struct list_command *l, const struct session *s,
                   const struct list_rows *rows, struct list_about *about);

#endif
