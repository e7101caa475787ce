/*
 * `luitop status`: what needs attention, in a form for scripts and mails.
 *
 * First what is known is gathered into a struct, then it is written as text or JSON. What is not
 * known says so in its own line; it is never left out and never shown as nothing.
 */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/human.h"
#include "model/view.h"
#include "session/session.h"

struct err;

/* Everything is borrowed but the views. */
struct status {
    const struct profile *profile;
    int64_t now;
    int term;
    bool offline;
    const struct resource *resources[RESOURCE_COUNT];
    const struct server_list *servers;
    const struct usage_list *usage;
    const struct customer_list *customers;
    const struct netscaler_list *netscalers;
    const struct notice_list *notices;
    struct server_totals server_totals;
    struct view silent;   /* servers that do not report, longest silent first */
    struct view expiring; /* servers whose licences end within 30 days, soonest first */
    struct buf scratch;
    struct row_ctx ctx;
};

/* The resources that a status is made of, in the order of its sections. */
extern const enum resource_kind status_resources[];
extern const size_t status_resource_count;

void status_init(struct status *s);
void status_release(struct status *s);
/* Reads what the session knows. Good until the session's next step. 0 or ERR_NOMEM. */
int status_gather(struct status *s, const struct session *session, struct err *err);
/* Computes totals and views from the borrowed parts; status_gather() does it. */
int status_derive(struct status *s, struct err *err);

/* The data of KIND may be shown. */
bool status_known(const struct status *s, enum resource_kind kind);
/* Usage has gaps: some servers are silent, or it is not known whether any is, or features could not
 * be read. Appends why to OUT, "2 of 14 servers silent". */
bool status_gap(const struct status *s, struct buf *out);
/* The window that closes first: its term, or TERM_NONE; *CLOSES when. */
int status_window(const struct status *s, int64_t *closes);
/* The oldest answer among those shown; TIME_NONE when there is none. */
int64_t status_as_of(const struct status *s);

/* Both append to OUT, whose `failed` tells whether all fitted. */
void status_text(const struct status *s, struct buf *out);
void status_json(const struct status *s, struct buf *out);

#endif
