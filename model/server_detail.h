/*
 * One license server with its licence files: published.md §3.2.
 *
 * Dates of licences come without a zone (`YYYY-MM-DD HH:MM:SS`) and are taken as UTC. Whether a
 * licence has expired and how many days it has left is the service's word, never computed.
 */
#ifndef MODEL_SERVER_DETAIL_H
#define MODEL_SERVER_DETAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/server.h"

enum { LICENCES_MAX = 10000 };

struct licence {
    const char *name;                                               /* may be NULL */
    const char *const *products, *const *serials, *const *features; /* texts never NULL */
    size_t product_count, serial_count, feature_count;
    int64_t created, expires; /* TIME_NONE: unknown */
    bool expired;
    int32_t days_to_expire; /* DAYS_NONE: unknown; negative when past */
    uint64_t id;
};
struct server_detail {
    struct arena arena;        /* owns the texts of the licences */
    const char *name;          /* the fqdn; may be NULL */
    struct server_list status; /* the server's rows of §3.1: one, or none when not told */
    int64_t told;              /* how many licences the service counts; -1: not told */
    struct licence *rows;
    size_t count, cap;
};
void server_detail_init(struct server_detail *d);
void server_detail_release(struct server_detail *d); /* afterwards as after init */
struct licence *server_detail_add(struct server_detail *d);
void server_detail_finish(struct server_detail *d); /* ids, and finishes the status */
/* The status row, or NULL. */
const struct server *server_detail_status(const struct server_detail *d);

struct row_source server_detail_source(const struct server_detail *d);
/* name products features serials created expires days_to_expire expired */
extern const struct row_type licence_row_type;

/* 2 for expired or <= 30 days, 1 for <= 90, else 0 (as of servers, published.md §3.1). */
int licence_severity(const struct licence *l);

/* The two halves of a serial `<entitlementId>:<fulfillmentId>` and of a feature
 * `<product>|<model>`: where the first SEPARATOR is; false when there is none, then the whole text
 * is the first half. Halves point into TEXT. */
struct text_half {
    const char *text;
    size_t len;
};
bool licence_split(const char *text, char separator, struct text_half *first,
                   struct text_half *second);

struct licence_totals {
    size_t licences, expired;
    size_t expiring_30, expiring_90; /* 0 < days <= 30; 30 < days <= 90; not expired */
};
void server_detail_totals(const struct server_detail *d, struct licence_totals *out);

#endif
