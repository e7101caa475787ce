#include "model/account.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/getters.h"
#include "model/list.h"

LIST_INIT(cloud_history)
LIST_ROWS(cloud_history, cloud_month, CLOUD_MONTHS_MAX)
LIST_SOURCE(cloud_history, cloud_month_row_type)

void cloud_ud_init(struct cloud_ud *c)
{
    *c = (struct cloud_ud){
        .as_of = TIME_NONE, .next_expiry = TIME_NONE, .days_to_expire = DAYS_NONE};
    arena_init(&c->arena, LIST_BYTES_MAX);
}

void cloud_ud_release(struct cloud_ud *c)
{
    arena_release(&c->arena);
    cloud_ud_init(c);
}

void cloud_history_finish(struct cloud_history *l)
{
    for (size_t i = 0; i < l->count; i++) {
        char text[TERM_TEXT];
        const char *const identity[] = {term_text(l->rows[i].term, text)};

        l->rows[i].id = row_hash(identity, 1);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct cloud_month, id));
}

static void show_term(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    char text[TERM_TEXT];

    (void)ctx;
    buf_addstr(out, term_human(((const struct cloud_month *)row)->term, text));
}

GET_TERM(cloud_month, term)
GET_INT(cloud_month, available)
GET_INT(cloud_month, assigned)
GET_INT(cloud_month, newly)
GET_INT(cloud_month, released)

static const struct column columns[] = {
    {.name = "term",
     .title = "MONTH",
     .help = "the month, YYYY-MM",
     .flags = COLUMN_KEY | COLUMN_SEARCH | COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_TEXT,
     .get = get_term,
     .show = show_term},
    {.name = "available",
     .title = "LICENCES",
     .help = "licences owned in the month",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 12,
     .kind = VALUE_INT,
     .get = get_available},
    {.name = "assigned",
     .title = "ASSIGNED",
     .help = "licences assigned by the end of the month",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 12,
     .kind = VALUE_INT,
     .get = get_assigned},
    {.name = "new",
     .title = "NEW",
     .help = "licences assigned in the month",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 12,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_newly},
    {.name = "released",
     .title = "RELEASED",
     .help = "licences released in the month",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 12,
     .give = 2,
     .kind = VALUE_INT,
     .get = get_released},
};

static uint64_t row_id(const void *row)
{
    return ((const struct cloud_month *)row)->id;
}

const struct row_type cloud_month_row_type = {
    .name = "cloud",
    .one = "month",
    .many = "months",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "term,available,assigned,new,released",
    .id = row_id,
};
