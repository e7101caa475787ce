/* What tests of lists ask of a row type: its columns, and what a row has in them. */
#ifndef TESTS_UNIT_MODEL_CELLS_H
#define TESTS_UNIT_MODEL_CELLS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/column.h"

enum { CELLS_NOW = 1795444920 }; /* 2026-11-23T14:42:00Z */

/* The names of TYPE's columns are NAMES, "a b c". */
static inline void assert_columns(const struct row_type *type, const char *names)
{
    struct buf all;
    size_t shown[COLUMNS_MAX];

    buf_init(&all, 2000);
    for (size_t i = 0; i < type->count; i++)
        buf_addf(&all, "%s%s", i > 0 ? " " : "", type->columns[i].name);
    assert_string_equal(all.data, names);
    buf_release(&all);
    assert_true(column_screen(type, shown, COLUMNS_MAX) > 0);
}

static inline void cell_text(const struct row_type *type, const void *row, const char *name,
                             bool shown, struct buf *out)
{
    int i = column_find(type, name);
    struct buf scratch;
    struct row_ctx ctx = {.now = CELLS_NOW, .scratch = &scratch, .zone = "UTC"};
    struct value v;

    assert_true(i >= 0);
    buf_init(&scratch, 10000);
    buf_init(out, 10000);
    if (shown) {
        column_show(&type->columns[i], row, &ctx, out);
    } else {
        column_get(&type->columns[i], row, &ctx, &v);
        value_print(&v, out);
    }
    buf_release(&scratch);
}

static inline void assert_cell(const struct row_type *type, const void *row, const char *name,
                               const char *machine)
{
    struct buf text;

    cell_text(type, row, name, false, &text);
    assert_string_equal(text.data, machine);
    buf_release(&text);
}

static inline void assert_shown(const struct row_type *type, const void *row, const char *name,
                                const char *screen)
{
    struct buf text;

    cell_text(type, row, name, true, &text);
    assert_string_equal(text.data, screen);
    buf_release(&text);
}

/* All columns of a row, joined with '|'. */
static inline void assert_row(const struct row_type *type, const void *row, const char *cells)
{
    struct buf all, text;

    buf_init(&all, 20000);
    for (size_t i = 0; i < type->count; i++) {
        cell_text(type, row, type->columns[i].name, false, &text);
        buf_addf(&all, "%s%s", i > 0 ? "|" : "", text.data);
        buf_release(&text);
    }
    assert_string_equal(all.data, cells);
    buf_release(&all);
}

/* The same numbers at every run. */
static inline uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % sides;
}

#endif
