#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "model/deployment.h"
#include "model/getters.h"
#include "model/list.h"
#include "model/series.h"
#include "model/sum.h"

LIST_INIT(deployment_use_list)
LIST_SOURCE(deployment_use_list, deployment_use_row_type)

void deployment_use_list_release(struct deployment_use_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct deployment_use_list){.arena = l->arena};
}

/* The days of one server that activity is told of, and the one before them. */
struct window {
    int32_t first; /* the day of use[0] */
    int64_t use[DEPLOYMENT_ACTIVITY_DAYS + 1];
};

static void fill_window(struct window *w, const struct pool_server *s, int32_t today)
{
    w->first = today - DEPLOYMENT_ACTIVITY_DAYS;
    for (size_t i = 0; i <= DEPLOYMENT_ACTIVITY_DAYS; i++)
        w->use[i] = DEPLOYMENT_UNKNOWN;
    for (size_t i = 0; i < s->sample_count; i++) {
        const struct pool_sample *p = &s->samples[i];

        if (p->day >= w->first && p->day <= today && p->in_use > w->use[p->day - w->first])
            w->use[p->day - w->first] = p->in_use;
    }
}

static int add_server(struct deployment_use_list *l, const struct pool_server *s, bool counted,
                      int32_t today)
{
    struct window w;
    int first = 1, last = DEPLOYMENT_ACTIVITY_DAYS;

    fill_window(&w, s, today);
    while (first <= last && w.use[first] == DEPLOYMENT_UNKNOWN)
        first++;
    while (last >= first && w.use[last] == DEPLOYMENT_UNKNOWN)
        last--;
    for (int i = first; i <= last; i++) {
        char day[DAY_TEXT];
        const char *const identity[] = {s->fqdn, day_text(w.first + i, day)};
        struct deployment_use *u =
            list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), DEPLOYMENT_ACTIVITY_MAX);

        if (u == NULL)
            return l->count >= DEPLOYMENT_ACTIVITY_MAX ? ERR_TOOBIG : ERR_NOMEM;
        *u = (struct deployment_use){.fqdn = s->fqdn,
                                     .day = w.first + i,
                                     .in_use = w.use[i],
                                     .before = w.use[i - 1],
                                     .installed = s->installed,
                                     .counted = counted,
                                     .id = row_hash(identity, 2)};
    }
    return 0;
}

static int newest_first(const void *pa, const void *pb)
{
    const struct deployment_use *a = pa, *b = pb;

    if (a->day != b->day)
        return a->day > b->day ? -1 : 1;
    return strcasecmp(a->fqdn, b->fqdn);
}

int deployment_use_list_build(struct deployment_use_list *l, const struct pool *pool,
                              const struct deployment_input *in)
{
    int32_t today = day_of(in->now, in->zone);
    struct deployment_list servers;
    size_t k = 0;
    int rc;

    deployment_use_list_release(l);
    deployment_list_init(&servers);
    rc = deployment_list_by_server(&servers, NULL, pool, in);
    /* They are the chosen servers of the pool, in its order. */
    for (size_t i = 0; i < pool->server_count && rc == 0; i++)
        if (server_set_has(in->only, pool->servers[i].fqdn))
            rc = add_server(l, &pool->servers[i], servers.rows[k++].counted, today);
    deployment_list_release(&servers);
    if (rc < 0) {
        deployment_use_list_release(l);
        return rc;
    }
    if (l->count > 1)
        qsort(l->rows, l->count, sizeof(*l->rows), newest_first);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct deployment_use, id));
    return 0;
}

GET_TEXT(deployment_use, fqdn)
GET_INT(deployment_use, installed)
GET_BOOL(deployment_use, counted)

static void get_date(const void *row, const struct row_ctx *ctx, struct value *out)
{
    char day[DAY_TEXT];

    value_null(out);
    if (ctx->scratch == NULL)
        return;
    buf_addstr(ctx->scratch, day_text(((const struct deployment_use *)row)->day, day));
    value_text(out, ctx->scratch->data);
}

static void get_in_use(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment_use *u = row;

    (void)ctx;
    value_null(out);
    if (u->in_use != DEPLOYMENT_UNKNOWN)
        value_int(out, u->in_use);
}

static bool has_change(const struct deployment_use *u)
{
    return u->in_use != DEPLOYMENT_UNKNOWN && u->before != DEPLOYMENT_UNKNOWN;
}

static void get_change(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment_use *u = row;

    (void)ctx;
    value_null(out);
    if (has_change(u))
        value_int(out, sum_sub(u->in_use, u->before));
}

static void show_change(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct deployment_use *u = row;
    char text[HUMAN_MAX];

    (void)ctx;
    buf_addstr(out, has_change(u) ? series_delta(u->before, u->in_use, text) : "-");
}

static void get_available_percent(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment_use *u = row;

    (void)ctx;
    value_null(out);
    if (u->in_use != DEPLOYMENT_UNKNOWN && u->installed > 0)
        value_int(out, sum_percent(u->in_use, u->installed));
}

static void show_in_use(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct deployment_use *u = row;
    char text[HUMAN_MAX];

    (void)ctx;
    buf_addstr(out, u->in_use != DEPLOYMENT_UNKNOWN ? human_count(u->in_use, text) : "no sample");
}

#define NUMBER(column_name, heading, text, width, way, extra, getter, shower)                      \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text,                                       \
        .flags = COLUMN_RIGHT | COLUMN_DESC | (extra), .min_width = width, .max_width = 12,        \
        .give = way, .kind = VALUE_INT, .get = getter, .show = shower                              \
    }

static const struct column columns[] = {
    {.name = "date",
     .title = "DAY",
     .help = "the day that the server's upload reported",
     .flags = COLUMN_DESC,
     .min_width = 10,
     .max_width = 10,
     .kind = VALUE_TEXT,
     .get = get_date},
    {.name = "fqdn",
     .title = "SERVER",
     .help = "license server",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_fqdn},
    NUMBER("in_use", "IN USE", "licences in use on that day", 9, 0, 0, get_in_use, show_in_use),
    NUMBER("change", "CHANGE", "to the day before", 7, 1, 0, get_change, show_change),
    NUMBER("installed", "INST", "licences installed on the server now", 5, 2, 0, get_installed,
           NULL),
    NUMBER("available_percent", "USE %", "in use in percent of what is installed now", 5, 1, 0,
           get_available_percent, NULL),
    {.name = "counted",
     .title = "COUNTED",
     .help = "no: the server does not report, so the product's numbers are without it",
     .min_width = 7,
     .max_width = 7,
     .give = 3,
     .kind = VALUE_BOOL,
     .get = get_counted},
};

static uint64_t row_id(const void *row)
{
    return ((const struct deployment_use *)row)->id;
}

static int row_severity(const void *row)
{
    const struct deployment_use *u = row;

    return u->in_use > u->installed ? 3 : u->in_use == DEPLOYMENT_UNKNOWN ? 2 : 0;
}

const struct row_type deployment_use_row_type = {
    .name = "deployment_activity",
    .one = "day",
    .many = "days",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "date,fqdn,in_use,change,installed,available_percent,counted",
    .id = row_id,
    .severity = row_severity,
};
