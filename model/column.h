/*
 * Lists described by their columns.
 *
 * Every list in luitop (servers, usage, customers, …) is a `struct row_type`: one const table of
 * columns that the screen, filters, sorting, CSV, JSON and help are all made from. A column's
 * `name` is the same in every format and in filters (design.md, "Commands").
 *
 * Rows are opaque here: a column knows how to get its value out of one. A value borrows its text
 * from the row or from the scratch buffer and is good until the next get on that scratch.
 *
 * The order of the columns is the order in exports and in help. The screen has its own choice and
 * order, `screen` of the row type; a column may read differently there (`show`).
 */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

/* No list has more columns. */
enum { COLUMNS_MAX = 64 };

enum value_kind { VALUE_NULL, VALUE_TEXT, VALUE_INT, VALUE_TIME, VALUE_BOOL, VALUE_LIST };

struct value {
    enum value_kind kind;
    const char *text; /* VALUE_TEXT: raw bytes from outside; VALUE_LIST: see value_item() */
    size_t len;
    int64_t num; /* VALUE_INT, VALUE_TIME (UTC seconds), VALUE_BOOL (0/1) */
};

/* What a getter may need besides the row. */
struct row_ctx {
    int64_t now;         /* wall clock */
    struct buf *scratch; /* reset before each get by column_get(); NULL if no column composes */
    const char *zone;    /* the user's; NULL for TZ */
};

enum column_flag {
    COLUMN_RIGHT = 1 << 0,  /* numbers: right-aligned */
    COLUMN_KEY = 1 << 1,    /* identifies the row for a person; kept when space is short */
    COLUMN_HIDDEN = 1 << 2, /* not in the default screen set; always in exports */
    COLUMN_SEARCH = 1 << 3, /* plain filter words look here */
    COLUMN_SCREEN = 1 << 4, /* on screen only (a composed cell), never exported or filtered */
    COLUMN_DESC = 1 << 5,   /* sorts descending at the first press */
};

struct column {
    const char *name;  /* lower_snake_case */
    const char *title; /* heading on the screen */
    const char *help;  /* one line: what it means and where it comes from */
    unsigned flags;
    unsigned char min_width, max_width; /* cells on screen; shrinks to min, grows to max */
    unsigned char give; /* when space is short, the highest gives way first; 0 never */
    /* What get() gives where it does not give null. Filters check what a person compares it with;
     * VALUE_NULL stands for text. */
    enum value_kind kind;
    /* The closed set of a VALUE_TEXT column's values, lowest rank first, ended by NULL: filters
     * refuse other words and order by rank (severity>=warning). NULL: any text. */
    const char *const *words;
    /* The machine value: exports, filters, sorting. */
    void (*get)(const void *row, const struct row_ctx *ctx, struct value *out);
    /* The value as a person reads it on the screen, appended to OUT raw (not yet cleaned);
     * NULL: made from get() by kind. */
    void (*show)(const void *row, const struct row_ctx *ctx, struct buf *out);
    /* Orders two rows where the value's own order is not the meaningful one (severity);
     * NULL: by value, nulls last in both directions. */
    int (*compare)(const void *a, const void *b);
};

struct row_type {
    const char *name;       /* "servers" */
    const char *one, *many; /* "server", "servers" */
    const struct column *columns;
    size_t count;
    const char *screen; /* names of the columns shown by default, in order: "status,host_id" */
    /* A stable identity for the row, so that the cursor stays on the same item. */
    uint64_t (*id)(const void *row);
    /* 0 none, 1 information, 2 warning, 3 error: what next/previous problem stops at (>= 2). */
    int (*severity)(const void *row);
};

/* Rows by index, pulled only as needed. `list` is whatever `at` understands. */
struct row_source {
    const struct row_type *type;
    const void *list;
    size_t count;
    const void *(*at)(const void *list, size_t i);
};

void value_null(struct value *v);
void value_text(struct value *v, const char *text); /* NULL text is VALUE_NULL */
void value_int(struct value *v, int64_t n);
void value_time(struct value *v, int64_t t); /* TIME_NONE is VALUE_NULL */
void value_bool(struct value *v, bool b);

/* A VALUE_LIST holds its items one after the other with a NUL between them, since an item may hold
 * any other byte. A getter adds items to the scratch buffer and then makes the value from it; an
 * empty or NULL item is left out. */
void value_list_add(struct buf *scratch, const char *item);
void value_list(struct value *v, const struct buf *scratch);
/* The next item, NUL-terminated, or NULL after the last. *AT starts at 0. */
const char *value_item(const struct value *v, size_t *at);

/* True for null, an empty text and an empty list: what a filter's `column=null` means. */
bool value_is_empty(const struct value *v);
/* Appends the machine text that exports carry: digits, ISO-8601 UTC, true/false, list items joined
 * with "; ", nothing for null; raw text. */
void value_print(const struct value *v, struct buf *out);

/* The index of the column called NAME (exactly), or -1. */
int column_find(const struct row_type *type, const char *name);
/* The column that a person meant by the LEN bytes of NAME (letter case does not count; not one of
 * the COLUMN_SCREEN ones): 0, or ERR_USAGE naming the nearest column or else all of them. */
int column_lookup(const struct row_type *type, const char *name, size_t len, size_t *out,
                  struct err *err);
/* The indexes of type->screen, at most MAX; returns how many. */
size_t column_screen(const struct row_type *type, size_t *out, size_t max);
/* Resets the scratch, then gets the machine value. */
void column_get(const struct column *c, const void *row, const struct row_ctx *ctx,
                struct value *out);
/* Appends the value as a person reads it: thousands, "-" for null, yes/no, ages; raw text.
 * OUT must not be ctx->scratch. */
void column_show(const struct column *c, const void *row, const struct row_ctx *ctx,
                 struct buf *out);
/* What several lists show: "02:10" of today, "Nov 9 01:31", "2025-11-09" in ZONE, "never"; "13 d
 * ago", "just now", "never"; and "in 9 d", "today", "7 d ago" from a day count of the service
 * (INT32_MIN: none), else the date of EXPIRES (TIME_NONE: "-"). */
void column_show_moment(int64_t now, int64_t then, const char *zone, struct buf *out);
void column_show_age(int64_t now, int64_t then, struct buf *out);
void column_show_days(int32_t days, int64_t expires, struct buf *out);
/* <0, 0, >0; null (as value_is_empty() says) sorts after everything. Text compares folded (case and
 * Latin accents do not count), then by bytes. */
int value_compare(const struct value *a, const struct value *b);
/* FNV-1a over the parts, each marked as present and ended by NUL, or marked as missing: a NULL part
 * differs from "", and {"ab","c"} from {"a","bc"}. For row ids. */
uint64_t row_hash(const char *const *parts, size_t count);

#endif
