/* What the tests of queries search in. */
#ifndef TESTS_QUERY_ROWS_H
#define TESTS_QUERY_ROWS_H

#include "base/err.h"
#include "demo_rows.h"
#include "model/query.h"

/* 2026-10-01T00:00:00Z */
#define OCT INT64_C(1790812800)

static const struct demo rows[] = {
    {.id = 0,
     .name = "lic01.example",
     .note = "M\xc3\xbcller GmbH",
     .n = 5,
     .t = OCT,
     .on = true,
     .level = 0,
     .items = {"Cedar Clinic", "Zo\xc3\xab"}},
    {.id = 1,
     .name = "LIC02.example",
     .note = NULL,
     .n = DEMO_NONE,
     .t = TIME_NONE,
     .on = false,
     .level = 3,
     .items = {NULL}},
    {.id = 2,
     .name = "vpx-a",
     .note = "a=b",
     .n = -3,
     .t = OCT + 86399,
     .on = false,
     .level = 2,
     .items = {"Cedar", NULL}},
    {.id = 3,
     .name = "and",
     .note = "Foo (Bar) \"q\"",
     .n = 90,
     .t = OCT - 1,
     .on = true,
     .level = 1,
     .items = {"null"}},
    {.id = 4,
     .name = "x.y",
     .note = "",
     .n = 30,
     .t = OCT + 86400 * 31,
     .on = true,
     .level = 2,
     .items = {"Cedar Clinic"}},
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

static struct buf scratch;
static const struct row_ctx ctx = {.now = OCT, .scratch = &scratch, .zone = "Asia/Tokyo"};

/* The ids of the rows that match, as digits; "!" when the text does not compile. */
static const char *found(const char *text, char out[ROWS + 1])
{
    struct query *q = NULL;
    struct err err;
    size_t n = 0;

    if (query_compile(text, &demo_type, &q, NULL, &err) < 0)
        return "!";
    for (size_t i = 0; i < ROWS; i++) {
        if (query_matches(q, &rows[i], &ctx))
            out[n++] = (char)('0' + i);
    }
    out[n] = '\0';
    query_free(q);
    return out;
}

static int set_up(void **state)
{
    (void)state;
    buf_init(&scratch, 10000);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&scratch);
    return 0;
}

#endif
