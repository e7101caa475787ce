#include "model/account.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/getters.h"
#include "model/list.h"

LIST_INIT(notice_list)
LIST_ROWS(notice_list, notice, NOTICES_MAX)
LIST_SOURCE(notice_list, notice_row_type)

/* TIME_NONE, the smallest number, comes last; for equal times the id makes the order the same at
 * every reading. */
static int newest_first(const void *pa, const void *pb)
{
    const struct notice *a = pa, *b = pb;

    if (a->created != b->created)
        return a->created > b->created ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

void notice_list_finish(struct notice_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct notice *n = &l->rows[i];
        char created[24];
        const char *const identity[] = {n->event_id, n->event_id != NULL ? NULL : created,
                                        n->event_id != NULL ? NULL : n->title, n->customer_id};

        snprintf(created, sizeof(created), "%lld", (long long)n->created);
        n->id = row_hash(identity, n->customer_id != NULL ? 4 : 3);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct notice, id));
    if (l->count > 1)
        qsort(l->rows, l->count, sizeof(*l->rows), newest_first);
}

GET_TIME(notice, created)
GET_BOOL(notice, critical)
GET_TEXT(notice, title)
GET_TEXT(notice, description)
GET_TEXT(notice, component)
GET_TEXT(notice, event_id)
GET_TEXT(notice, detail_uri)
GET_TEXT(notice, customer_id)
GET_TEXT(notice, customer)
GET_BOOL(notice, read)

static void get_severity(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, severity_name(((const struct notice *)row)->severity));
}

static void show_severity(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct notice *n = row;

    (void)ctx;
    buf_addstr(out, n->critical ? "critical" : severity_name(n->severity));
}

/* A sign and a word for what is new, so that it stands out without colour. */
static void show_read(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    buf_addstr(out, ((const struct notice *)row)->read ? "read" : "* new");
}

static int compare_severity(const void *pa, const void *pb)
{
    const struct notice *a = pa, *b = pb;
    int c = (int)a->severity - (int)b->severity;

    return c != 0 ? c : (int)a->critical - (int)b->critical;
}

static const struct column columns[] = {
    {.name = "created",
     .title = "WHEN",
     .help = "when it was issued",
     .flags = COLUMN_DESC,
     .min_width = 15,
     .max_width = 21,
     .kind = VALUE_TIME,
     .get = get_created},
    {.name = "severity",
     .title = "SEVERITY",
     .help = "information, warning or error; Critical counts as error",
     .min_width = 11,
     .max_width = 11,
     .give = 1,
     .kind = VALUE_TEXT,
     .words = severity_words,
     .get = get_severity,
     .show = show_severity,
     .compare = compare_severity},
    {.name = "critical",
     .title = "CRITICAL",
     .help = "yes: Citrix calls it critical",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_BOOL,
     .get = get_critical},
    {.name = "title",
     .title = "TITLE",
     .help = "its heading",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 16,
     .max_width = 120,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_title},
    {.name = "description",
     .title = "TEXT",
     .help = "what it says",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 16,
     .max_width = 200,
     .give = 5,
     .kind = VALUE_TEXT,
     .get = get_description},
    {.name = "component",
     .title = "FROM",
     .help = "the service that issued it",
     .flags = COLUMN_SEARCH,
     .min_width = 12,
     .max_width = 24,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_component},
    {.name = "event_id",
     .title = "EVENT",
     .help = "its id",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_event_id},
    {.name = "detail_uri",
     .title = "LINK",
     .help = "where Citrix says more",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 80,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_detail_uri},
    {.name = "read",
     .title = "READ",
     .help = "yes: marked as read here; Citrix does not know of it",
     .min_width = 5,
     .max_width = 5,
     .kind = VALUE_BOOL,
     .get = get_read,
     .show = show_read},
    {.name = "customer_id",
     .title = "ID",
     .help = "the customer whose notice it is; empty for the account's own",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_customer_id},
    {.name = "customer",
     .title = "CUSTOMER",
     .help = "name of that customer",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 40,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_customer},
};

const struct server_filter notice_filters[] = {
    {"all", "All notices", ""},
    {"unread", "New: not read here yet", "read=no"},
    {"problems", "Errors and warnings", "severity>=warning"},
    {"critical", "Critical", "critical=yes"},
    {"error", "Errors, critical ones too", "severity=error"},
    {"warning", "Warnings", "severity=warning"},
    {"information", "Information", "severity=information"},
};
const size_t notice_filter_count = sizeof(notice_filters) / sizeof(notice_filters[0]);

static uint64_t row_id(const void *row)
{
    return ((const struct notice *)row)->id;
}

static int row_severity(const void *row)
{
    return (int)((const struct notice *)row)->severity;
}

const struct row_type notice_row_type = {
    .name = "notifications",
    .one = "notice",
    .many = "notices",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "severity,read,created,title,component",
    .id = row_id,
    .severity = row_severity,
};
