#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "model/deployment.h"
#include "model/getters.h"
#include "model/list.h"
#include "model/usage.h"

enum { DAY_SECONDS = 86400 };

LIST_INIT(deployment_server_list)
LIST_ROWS(deployment_server_list, deployment_server, DEPLOYMENT_SERVERS_MAX)
LIST_SOURCE(deployment_server_list, deployment_server_row_type)
LIST_INIT(deployment_user_list)
LIST_ROWS(deployment_user_list, deployment_user, DEPLOYMENT_USERS_MAX)
LIST_SOURCE(deployment_user_list, deployment_user_row_type)

static const char *const status_words[] = {
    [DEPLOYMENT_REPORTING] = "reporting",
    [DEPLOYMENT_NOT_REPORTING] = "not_reporting",
    [DEPLOYMENT_DROPPED] = "not_listed",
    NULL,
};

enum deployment_status deployment_status_of(int64_t registered, int64_t reported,
                                            const struct deployment_rules *rules, int64_t now)
{
    int64_t reporting = DEPLOYMENT_REPORTING_DAYS, listed = DEPLOYMENT_LISTED_DAYS;
    int64_t since = reported != TIME_NONE ? reported : registered;

    if (rules != NULL && rules->reporting_days > 0)
        reporting = rules->reporting_days;
    if (rules != NULL && rules->listed_days > 0)
        listed = rules->listed_days;
    if (since == TIME_NONE)
        return DEPLOYMENT_NOT_REPORTING;
    if (reported != TIME_NONE && now - reported <= reporting * DAY_SECONDS)
        return DEPLOYMENT_REPORTING;
    return now - since <= listed * DAY_SECONDS ? DEPLOYMENT_NOT_REPORTING : DEPLOYMENT_DROPPED;
}

void deployment_server_list_identify(struct deployment_server_list *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->rows[i].id = row_hash(&l->rows[i].fqdn, 1);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct deployment_server, id));
}

void deployment_server_list_finish(struct deployment_server_list *l,
                                   const struct deployment_rules *rules, int64_t now)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++) {
        struct deployment_server *s = &l->rows[i];

        s->status = deployment_status_of(s->registered, s->reported, rules, now);
        if (s->status == DEPLOYMENT_DROPPED)
            l->dropped++;
        else
            l->rows[n++] = *s;
    }
    l->count = n;
    deployment_server_list_identify(l);
}

int deployment_server_list_judge(struct deployment_server_list *out,
                                 const struct deployment_server_list *l,
                                 const struct deployment_rules *rules, int64_t now)
{
    deployment_server_list_release(out);
    for (size_t i = 0; i < l->count; i++) {
        struct deployment_server *s = deployment_server_list_add(out);

        if (s == NULL) {
            deployment_server_list_release(out);
            return l->count > DEPLOYMENT_SERVERS_MAX ? ERR_TOOBIG : ERR_NOMEM;
        }
        *s = l->rows[i];
    }
    out->dropped = l->dropped;
    deployment_server_list_finish(out, rules, now);
    return 0;
}

void deployment_user_list_finish(struct deployment_user_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct deployment_user *u = &l->rows[i];
        const char *const identity[] = {u->user, u->domain, u->device, u->feature_id, u->fqdn};

        u->id = row_hash(identity, 5);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct deployment_user, id));
}

GET_TEXT(deployment_server, fqdn)
GET_TEXT(deployment_server, version)
GET_TIME(deployment_server, registered)
GET_TIME(deployment_server, reported)

static void get_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, status_words[((const struct deployment_server *)row)->status]);
}

static void show_status(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    buf_addstr(out, ((const struct deployment_server *)row)->status == DEPLOYMENT_REPORTING
                        ? "reporting"
                        : "not reporting");
}

static void get_age_hours(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment_server *s = row;

    value_null(out);
    if (s->reported != TIME_NONE)
        value_int(out, s->reported < ctx->now ? (ctx->now - s->reported) / 3600 : 0);
}

static void show_age(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    column_show_age(ctx->now, ((const struct deployment_server *)row)->reported, out);
}

static void show_registered(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    column_show_moment(ctx->now, ((const struct deployment_server *)row)->registered, ctx->zone,
                       out);
}

static int compare_status(const void *pa, const void *pb)
{
    const struct deployment_server *a = pa, *b = pb;

    return (int)a->status - (int)b->status;
}

static const struct column server_columns[] = {
    {.name = "fqdn",
     .title = "SERVER",
     .help = "license server",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_fqdn},
    {.name = "status",
     .title = "STATUS",
     .help = "reporting: last report within 3 days; not_reporting: within 30; older ones go",
     .min_width = 13,
     .max_width = 13,
     .kind = VALUE_TEXT,
     .words = status_words,
     .get = get_status,
     .show = show_status,
     .compare = compare_status},
    {.name = "last_reported",
     .title = "LAST REPORT",
     .help = "when it last uploaded to Citrix Cloud",
     .flags = COLUMN_DESC,
     .min_width = 12,
     .max_width = 21,
     .kind = VALUE_TIME,
     .get = get_reported,
     .show = show_age},
    {.name = "age_hours",
     .title = "AGE H",
     .help = "whole hours since the last report",
     .flags = COLUMN_RIGHT | COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 6,
     .max_width = 8,
     .kind = VALUE_INT,
     .get = get_age_hours},
    {.name = "registered",
     .title = "REGISTERED",
     .help = "when it was registered with Citrix Cloud",
     .flags = COLUMN_DESC,
     .min_width = 12,
     .max_width = 21,
     .give = 4,
     .kind = VALUE_TIME,
     .get = get_registered,
     .show = show_registered},
    {.name = "version",
     .title = "VERSION",
     .help = "License Server version; this page needs 11.15.0.0 or later",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 24,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_version},
};

static uint64_t server_id(const void *row)
{
    return ((const struct deployment_server *)row)->id;
}

static int server_severity(const void *row)
{
    return ((const struct deployment_server *)row)->status == DEPLOYMENT_REPORTING ? 0 : 3;
}

const struct row_type deployment_server_row_type = {
    .name = "deployment_servers",
    .one = "server",
    .many = "servers",
    .columns = server_columns,
    .count = sizeof(server_columns) / sizeof(server_columns[0]),
    .screen = "status,fqdn,last_reported,registered,version",
    .id = server_id,
    .severity = server_severity,
};
