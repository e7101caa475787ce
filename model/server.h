/*
 * License servers: the list of published.md §3.1 and its rules.
 *
 * The service decides whether a server reports (isPhoningHome) and how many days a licence has
 * left (daysToExpire); luitop never recomputes either. hostId is not unique: the same host may
 * have several rows.
 */
#ifndef MODEL_SERVER_H
#define MODEL_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"

struct buf;
struct limits;

enum { SERVERS_MAX = 100000, SERVER_ITEMS_MAX = 10000, DAYS_NONE = INT32_MIN };

enum server_status { SERVER_REPORTING, SERVER_NOT_REPORTING, SERVER_NEVER_REPORTED };
enum severity { SEVERITY_OK, SEVERITY_INFORMATION, SEVERITY_WARNING, SEVERITY_ERROR };

struct ccu_use {
    const char *feature;
    int64_t count;
};

struct customer_ref {
    const char *id, *org_id, *nickname, *name, *type; /* each may be NULL */
};

struct server {
    const char *host_id;    /* never NULL */
    const char *fqdn;       /* NULL: never reported */
    int64_t last_report;    /* UTC; TIME_NONE: never */
    int report_offset;      /* seconds east: the server's own offset in the report */
    int64_t expires;        /* nearest expiry; TIME_NONE: unknown */
    int32_t days_to_expire; /* DAYS_NONE: unknown; may be <= 0 */
    bool reporting, in_back_office, ever_reported, compliant, free, non_csp, ccu, expired;
    int warning_days, notice_days; /* set by server_list_judge(); 0: the product's */
    const struct ccu_use *ccu_uses;
    size_t ccu_count;
    const struct customer_ref *customers;
    size_t customer_count;
    /* derived by server_finish() */
    enum server_status status;
    enum severity severity;
    int messages;
    uint64_t id;
};

struct server_list {
    struct arena arena; /* owns every string and array below */
    const char *customer_id, *org_id;
    bool unavailable; /* the service answered null: status unknown, not "no servers" */
    struct server *rows;
    size_t count, cap;
};

void server_list_init(struct server_list *l);
void server_list_release(struct server_list *l);
/* Appends a zeroed row; strings and arrays it points to must live in l->arena. The row may move at
 * the next add. NULL at SERVERS_MAX or when memory is out. All lists of this room work so. */
struct server *server_list_add(struct server_list *l);
/* Derives status, severity, messages and ids of all rows; call once after the last add. */
void server_list_finish(struct server_list *l);
/* Derives severities anew by L's days to expiry (model/limits.h) in place of the product's. */
void server_list_judge(struct server_list *l, const struct limits *limits);
struct row_source server_list_source(const struct server_list *l);

/* The rules, one server at a time (published.md §3.1):
 * status   never reported when !isEverReported, else isPhoningHome decides;
 * severity error when not phoning home; else warning when unknown to the back office, CCU,
 *          non-CSP, expired, or <= 30 days; else information when <= 90 days; else ok.
 *          Unknown days are not a warning (the console treats them so; the scripts' 0 is a bug). */
enum server_status server_status_of(const struct server *s);
enum severity server_severity_of(const struct server *s);
const char *server_status_name(enum server_status s); /* "not_reporting" */
/* The same words for column.h, lowest rank first, ended by NULL. */
extern const char *const server_status_words[], *const severity_words[];
/* What a person calls a linked customer: display name, else nickname, else id; NULL if none. */
const char *customer_ref_name(const struct customer_ref *c);
const char *severity_name(enum severity s); /* "warning" */

/* How many messages a server has, by the console's rules (published.md §3.1). */
int server_message_count(const struct server *s);
/* The messages that `messages` counts, most important first, each a sentence.
 * I counts from 0; false past the end. OUT gets raw text. */
bool server_message(const struct server *s, size_t i, struct buf *out);
/* Two or three words for the status column of the screen, at most 15 cells: the most important
 * finding ("not reporting", "expires soon", "CCU in use", "reporting"). */
const char *server_finding(const struct server *s);

struct server_totals {
    size_t all, reporting, not_reporting, never, errors, warnings, informations;
    /* 0 < days <= 30; 30 < days <= 90; expired and fqdn known: each whatever else a server is */
    size_t expiring_30, expiring_90, expired;
    size_t ending; /* 0 < days <= the warning days that it was judged by */
    size_t ccu, free;
    int32_t soonest_days; /* the smallest days_to_expire > 0; DAYS_NONE */
    const struct server *soonest;
    const struct server *longest_silent; /* not reporting, oldest last report; never counts */
};
void server_list_totals(const struct server_list *l, struct server_totals *out);

/* host_id fqdn status severity last_reported age_hours expires days_to_expire free ccu messages
 * customers, in this order; see the table in server_columns.c. On the screen, status reads as
 * server_finding() says, and sorts by severity. */
extern const struct row_type server_row_type;

/* The named filters of the Servers pane: a key, a name, a query text, the latter two for
 * limits_text(). One table for the pane's filter menu, the command line's help and the Overview's
 * links. */
struct server_filter {
    const char *name, *title, *query;
};
extern const struct server_filter server_filters[];
extern const size_t server_filter_count;

#endif
