#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/human.h"
#include "model/getters.h"
#include "model/history.h"
#include "model/list.h"

enum { HISTORY_ROWS_MAX = 1000000 };

LIST_INIT(history_list)
LIST_SOURCE(history_list, history_row_type)

void history_list_release(struct history_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct history_list){.arena = l->arena};
}

static struct history_row *add_row(struct history_list *l, const struct history_row *row)
{
    struct history_row *added =
        list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), HISTORY_ROWS_MAX);
    char term[TERM_TEXT];
    const char *const identity[] = {term_text(row->term, term), row->feature_id, row->edition};

    if (added == NULL)
        return NULL;
    *added = *row;
    added->id = row_hash(identity, 3);
    return added;
}

static bool add_month(struct history_list *l, const struct history *h,
                      const struct history_month *m, const struct server_set *servers)
{
    const struct history_choice choice = {.servers = servers};

    for (size_t i = 0; i < m->count; i++) {
        const struct history_feature *f = &m->features[i];
        struct history_count c = {USAGE_UNKNOWN, USAGE_UNKNOWN, false};
        struct history_row row = {.term = m->term,
                                  .feature_id = f->feature_id,
                                  .edition = f->edition,
                                  .servers = f->servers,
                                  .customers = servers != NULL ? USAGE_UNKNOWN : f->customers,
                                  .state = m->term == h->running ? HISTORY_PARTIAL
                                           : m->incomplete       ? HISTORY_INCOMPLETE
                                                                 : HISTORY_KNOWN,
                                  .incomplete = m->incomplete};

        if (!history_count(f, &choice, &c))
            row.state = HISTORY_MISSING;
        row.total = c.total;
        row.free = c.free;
        row.at_most = c.at_most;
        if (servers != NULL)
            row.servers = f->servers_told ? 0 : USAGE_UNKNOWN;
        for (size_t k = 0; servers != NULL && k < f->server_part_count; k++)
            row.servers += server_set_has(servers, f->server_parts[k].fqdn);
        if (add_row(l, &row) == NULL)
            return false;
    }
    return true;
}

int history_list_build(struct history_list *l, const struct history *h, int from, int to,
                       const struct server_set *servers)
{
    bool ok = true;
    size_t full;

    history_list_release(l);
    for (int term = to; term >= from && term >= 0 && ok; term--) {
        const struct history_month *m = history_month(h, term);
        const struct history_row gap = {.term = term,
                                        .total = USAGE_UNKNOWN,
                                        .free = USAGE_UNKNOWN,
                                        .servers = USAGE_UNKNOWN,
                                        .customers = USAGE_UNKNOWN};

        if (m != NULL && m->count > 0)
            ok = add_month(l, h, m, servers);
        else
            ok = add_row(l, &gap) != NULL;
    }
    full = l->count;
    if (!ok) {
        history_list_release(l);
        return full >= HISTORY_ROWS_MAX ? ERR_TOOBIG : ERR_NOMEM;
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct history_row, id));
    return 0;
}

static void value_count(struct value *v, int64_t n)
{
    if (n == USAGE_UNKNOWN)
        value_null(v);
    else
        value_int(v, n);
}
#define GET_COUNT(row_struct, member) GETTER(row_struct, member, value_count)

GET_TERM(history_row, term)
GET_TEXT(history_row, feature_id)
GET_TEXT(history_row, edition)
GET_COUNT(history_row, total)
GET_COUNT(history_row, free)
GET_COUNT(history_row, servers)
GET_COUNT(history_row, customers)

static void get_paid(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct history_row *r = row;

    (void)ctx;
    value_null(out);
    if (r->total != USAGE_UNKNOWN)
        value_int(out, usage_paid(r->total, r->free));
}

/* "Nov 2026 so far": the state of the month beside its name. */
static void show_term(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct history_row *r = row;
    char text[TERM_TEXT];

    (void)ctx;
    buf_addstr(out, term_human(r->term, text));
    if (r->state == HISTORY_PARTIAL)
        buf_addstr(out, " so far");
}

static void show_edition(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct history_row *r = row;

    (void)ctx;
    buf_addstr(out, r->edition != NULL ? r->edition : "no data");
}

static void show_total(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct history_row *r = row;
    char n[HUMAN_MAX];

    (void)ctx;
    if (r->total == USAGE_UNKNOWN) {
        buf_addc(out, '?');
        return;
    }
    if (r->incomplete)
        buf_addstr(out, r->at_most ? "~ " : ">= ");
    else if (r->at_most)
        buf_addstr(out, "<= ");
    buf_addstr(out, human_count(r->total, n));
}

static const struct column columns[] = {
    {.name = "term",
     .title = "MONTH",
     .help = "the month, YYYY-MM",
     .flags = COLUMN_KEY | COLUMN_SEARCH | COLUMN_DESC,
     .min_width = 8,
     .max_width = 16,
     .kind = VALUE_TEXT,
     .get = get_term,
     .show = show_term},
    {.name = "feature_id",
     .title = "CODE",
     .help = "product code; empty where only the product's name is known, or nothing at all",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 24,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_feature_id},
    {.name = "edition",
     .title = "EDITION",
     .help = "what luitop calls the product; empty for a month without data",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 12,
     .max_width = 40,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_edition,
     .show = show_edition},
    {.name = "total",
     .title = "USERS",
     .help = "unique users of the month; empty when missing, which is not zero",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 7,
     .max_width = 14,
     .kind = VALUE_INT,
     .get = get_total,
     .show = show_total},
    {.name = "paid",
     .title = "PAID",
     .help = "total less free: what is billed",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 7,
     .max_width = 12,
     .kind = VALUE_INT,
     .get = get_paid},
    {.name = "free",
     .title = "FREE",
     .help = "users marked free or seen on free servers only",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 12,
     .kind = VALUE_INT,
     .get = get_free},
    {.name = "servers",
     .title = "SERVERS",
     .help = "license servers that reported it",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 7,
     .max_width = 9,
     .give = 2,
     .kind = VALUE_INT,
     .get = get_servers},
    {.name = "customers",
     .title = "CUSTOMERS",
     .help = "customers that users of it are linked to",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 9,
     .max_width = 9,
     .give = 2,
     .kind = VALUE_INT,
     .get = get_customers},
};

static uint64_t row_id(const void *row)
{
    return ((const struct history_row *)row)->id;
}

static int row_severity(const void *row)
{
    const struct history_row *r = row;

    return r->state == HISTORY_MISSING || r->incomplete ? 2 : 0;
}

const struct row_type history_row_type = {
    .name = "history",
    .one = "month",
    .many = "months",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "term,edition,total,paid,free,servers,customers",
    .id = row_id,
    .severity = row_severity,
};
