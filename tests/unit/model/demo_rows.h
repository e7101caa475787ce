/* A small list with a column of every kind, for the tests of query, view and export. */
#ifndef TESTS_DEMO_ROWS_H
#define TESTS_DEMO_ROWS_H

#include "base/buf.h"
#include "base/clock.h"
#include "model/column.h"

#define DEMO_NONE INT64_MIN

struct demo {
    uint64_t id;
    const char *name; /* searched */
    const char *note; /* searched */
    int64_t n;        /* DEMO_NONE: null */
    int64_t t;        /* TIME_NONE: null */
    bool on;
    int level; /* 0-3 */
    const char *items[3];
};

static const char *const demo_levels[] = {"ok", "information", "warning", "error", NULL};

static void demo_name(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, ((const struct demo *)row)->name);
}

static void demo_note(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, ((const struct demo *)row)->note);
}

static void demo_n(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct demo *d = row;

    (void)ctx;
    if (d->n == DEMO_NONE)
        value_null(out);
    else
        value_int(out, d->n);
}

static void demo_t(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_time(out, ((const struct demo *)row)->t);
}

static void demo_on(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_bool(out, ((const struct demo *)row)->on);
}

static void demo_level(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, demo_levels[((const struct demo *)row)->level]);
}

static int demo_level_compare(const void *a, const void *b)
{
    return ((const struct demo *)a)->level - ((const struct demo *)b)->level;
}

static void demo_items(const void *row, const struct row_ctx *ctx, struct value *out)
{
    for (size_t i = 0; i < 3; i++)
        value_list_add(ctx->scratch, ((const struct demo *)row)->items[i]);
    value_list(out, ctx->scratch);
}

static const struct column demo_columns[] = {
    {.name = "name", .flags = COLUMN_SEARCH, .kind = VALUE_TEXT, .get = demo_name},
    {.name = "note", .flags = COLUMN_SEARCH, .kind = VALUE_TEXT, .get = demo_note},
    {.name = "n", .flags = COLUMN_RIGHT, .kind = VALUE_INT, .get = demo_n},
    {.name = "t", .kind = VALUE_TIME, .get = demo_t},
    {.name = "on", .kind = VALUE_BOOL, .get = demo_on},
    {.name = "level",
     .kind = VALUE_TEXT,
     .words = demo_levels,
     .get = demo_level,
     .compare = demo_level_compare},
    {.name = "items", .flags = COLUMN_SEARCH, .kind = VALUE_LIST, .get = demo_items},
    {.name = "drawn", .flags = COLUMN_SCREEN, .get = demo_name},
};

static uint64_t demo_id(const void *row)
{
    return ((const struct demo *)row)->id;
}

static int demo_severity(const void *row)
{
    return ((const struct demo *)row)->level;
}

static const struct row_type demo_type = {
    .name = "demo",
    .one = "row",
    .many = "rows",
    .columns = demo_columns,
    .count = sizeof(demo_columns) / sizeof(demo_columns[0]),
    .screen = "name,n",
    .id = demo_id,
    .severity = demo_severity,
};

static const void *demo_at(const void *list, size_t i)
{
    return &((const struct demo *)list)[i];
}

static inline struct row_source demo_source(const struct demo *rows, size_t count)
{
    return (struct row_source){&demo_type, rows, count, demo_at};
}

/* A fixed sequence of numbers below LIMIT. */
static inline unsigned demo_random(uint64_t *seed, unsigned limit)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(*seed >> 33) % limit;
}

#endif
