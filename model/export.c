#include "model/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

/* One cell, cleaned and quoted. */
enum { CELL_MAX = 4 * 1024 * 1024 };

/* The cell being made: its text as it comes, and made harmless. */
struct cell {
    struct buf raw, clean;
};

static int export_column(const char *name, size_t len, const struct row_type *type, size_t *out,
                         struct err *err)
{
    while (len > 0 && name[0] == ' ') {
        name++;
        len--;
    }
    while (len > 0 && name[len - 1] == ' ')
        len--;
    return column_lookup(type, name, len, out, err);
}

int export_columns(const char *text, const struct row_type *type, size_t *out, size_t max,
                   size_t *count, struct err *err)
{
    size_t found[COLUMNS_MAX], n = 0;
    const char *p = text;

    for (size_t i = 0; (text == NULL || text[0] == '\0') && i < type->count && n < COLUMNS_MAX;
         i++) {
        if ((type->columns[i].flags & COLUMN_SCREEN) == 0)
            found[n++] = i;
    }
    while (p != NULL && text[0] != '\0') {
        size_t len = strcspn(p, ",");
        int rc;

        if (n == COLUMNS_MAX || n == max)
            return err_set(err, ERR_USAGE, "Too many columns are asked for");
        rc = export_column(p, len, type, &found[n], err);
        if (rc < 0)
            return rc;
        n++;
        p = p[len] == ',' ? p + len + 1 : NULL;
    }
    if (n > max)
        return err_set(err, ERR_USAGE, "Too many columns are asked for");
    memcpy(out, found, n * sizeof(*found));
    *count = n;
    return 0;
}

static size_t digits_at(const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && s[i] >= '0' && s[i] <= '9')
        i++;
    return i;
}

/* [+-]digits[.digits]: no spreadsheet computes anything with it. */
static bool is_number(const char *s, size_t n)
{
    size_t at = n > 0 && (s[0] == '-' || s[0] == '+'), whole, part;

    whole = digits_at(s + at, n - at);
    at += whole;
    if (whole == 0)
        return false;
    if (at == n)
        return true;
    if (s[at] != '.')
        return false;
    part = digits_at(s + at + 1, n - at - 1);
    return part > 0 && at + 1 + part == n;
}

/* What spreadsheets take for the beginning of a formula, full-width forms included. */
static bool is_formula(const char *s, size_t n)
{
    static const char *const starts[] = {
        "=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20",
    };

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        size_t len = strlen(starts[i]);

        if (n >= len && memcmp(s, starts[i], len) == 0)
            return !is_number(s, n);
    }
    return false;
}

static int cell_get(struct cell *cell, const struct column *c, const void *row,
                    const struct row_ctx *ctx, struct value *v)
{
    column_get(c, row, ctx, v);
    if (ctx->scratch != NULL && ctx->scratch->failed != 0)
        return ctx->scratch->failed;
    buf_reset(&cell->raw);
    buf_reset(&cell->clean);
    value_print(v, &cell->raw);
    return cell->raw.failed;
}

static int csv_cell(struct buf *out, struct cell *cell, const struct column *c, const void *row,
                    char sep, const struct row_ctx *ctx)
{
    const char special[] = {'"', '\n', '\r', sep, '\0'};
    struct value v;
    int rc = cell_get(cell, c, row, ctx, &v);

    if (rc < 0)
        return rc;
    if (is_formula(cell->raw.data, cell->raw.len))
        buf_addc(&cell->clean, '\'');
    utf8_clean(&cell->clean, cell->raw.data, cell->raw.len);
    if (cell->clean.failed != 0)
        return cell->clean.failed;
    if (strpbrk(cell->clean.data, special) == NULL)
        return buf_add(out, cell->clean.data, cell->clean.len);
    buf_addc(out, '"');
    for (const char *p = cell->clean.data; *p != '\0'; p++) {
        if (*p == '"')
            buf_addc(out, '"');
        buf_addc(out, *p);
    }
    return buf_addc(out, '"');
}

static void cell_init(struct cell *cell)
{
    buf_init(&cell->raw, CELL_MAX);
    buf_init(&cell->clean, CELL_MAX);
}

static void cell_release(struct cell *cell)
{
    buf_release(&cell->raw);
    buf_release(&cell->clean);
}

int export_csv(struct buf *out, const struct view *v, const size_t *cols, size_t count, char sep,
               const struct row_ctx *ctx)
{
    const struct column *columns = v->source.type->columns;
    struct cell cell;
    int rc = 0;

    cell_init(&cell);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_addc(out, sep);
        buf_addstr(out, columns[cols[i]].name);
    }
    rc = buf_addc(out, '\n');
    for (size_t r = 0; r < v->count && rc == 0; r++) {
        const void *row = view_row(v, r);

        for (size_t i = 0; i < count && rc == 0 && row != NULL; i++) {
            if (i > 0)
                buf_addc(out, sep);
            rc = csv_cell(out, &cell, &columns[cols[i]], row, sep, ctx);
        }
        if (rc == 0 && row != NULL)
            rc = buf_addc(out, '\n');
    }
    cell_release(&cell);
    return rc;
}

/* The cell's clean text in cell->clean. */
static int table_cell(struct cell *cell, const struct column *c, const void *row,
                      const struct row_ctx *ctx)
{
    struct value v;
    int rc = cell_get(cell, c, row, ctx, &v);

    if (rc < 0)
        return rc;
    if (value_is_empty(&v))
        return buf_addc(&cell->clean, '-');
    if (v.kind == VALUE_BOOL)
        return buf_addstr(&cell->clean, v.num != 0 ? "yes" : "no");
    return utf8_clean(&cell->clean, cell->raw.data, cell->raw.len);
}

static void pad(struct buf *out, size_t cells)
{
    while (cells-- > 0)
        buf_addc(out, ' ');
}

static void table_add(struct buf *out, const struct column *c, const struct buf *text, size_t width,
                      bool first)
{
    size_t taken = utf8_columns(text->data, text->len);
    size_t space = taken < width ? width - taken : 0;
    /* A list is words here, also where the screen shows its length. */
    bool right = (c->flags & COLUMN_RIGHT) != 0 && c->kind != VALUE_LIST;

    pad(out, (first ? 0 : 2) + (right ? space : 0));
    buf_add(out, text->data, text->len);
    pad(out, right ? 0 : space);
}

static int table_end_line(struct buf *out, size_t from)
{
    while (out->len > from && out->data[out->len - 1] == ' ')
        out->len--;
    return buf_addc(out, '\n');
}

static int table_widths(const struct view *v, const size_t *cols, size_t count, size_t *widths,
                        struct cell *cell, const struct row_ctx *ctx)
{
    const struct column *columns = v->source.type->columns;

    for (size_t i = 0; i < count; i++)
        widths[i] = strlen(columns[cols[i]].name);
    for (size_t r = 0; r < v->count; r++) {
        const void *row = view_row(v, r);

        for (size_t i = 0; i < count && row != NULL; i++) {
            int rc = table_cell(cell, &columns[cols[i]], row, ctx);
            size_t taken = utf8_columns(cell->clean.data, cell->clean.len);

            if (rc < 0)
                return rc;
            if (taken > widths[i])
                widths[i] = taken;
        }
    }
    return 0;
}

static int table_rows(struct buf *out, const struct view *v, const size_t *cols, size_t count,
                      const size_t *widths, struct cell *cell, const struct row_ctx *ctx)
{
    const struct column *columns = v->source.type->columns;
    size_t from = out->len;
    int rc;

    for (size_t i = 0; i < count; i++) {
        buf_reset(&cell->clean);
        buf_addstr(&cell->clean, columns[cols[i]].name);
        table_add(out, &columns[cols[i]], &cell->clean, widths[i], i == 0);
    }
    rc = table_end_line(out, from);
    for (size_t r = 0; r < v->count && rc == 0; r++) {
        const void *row = view_row(v, r);

        from = out->len;
        for (size_t i = 0; i < count && rc == 0 && row != NULL; i++) {
            rc = table_cell(cell, &columns[cols[i]], row, ctx);
            table_add(out, &columns[cols[i]], &cell->clean, widths[i], i == 0);
        }
        if (rc == 0 && row != NULL)
            rc = table_end_line(out, from);
    }
    return rc;
}

int export_table(struct buf *out, const struct view *v, const size_t *cols, size_t count,
                 const struct row_ctx *ctx)
{
    size_t *widths = calloc(count + 1, sizeof(*widths));
    struct cell cell;
    int rc = ERR_NOMEM;

    cell_init(&cell);
    if (widths != NULL)
        rc = table_widths(v, cols, count, widths, &cell, ctx);
    if (rc == 0)
        rc = table_rows(out, v, cols, count, widths, &cell, ctx);
    cell_release(&cell);
    free(widths);
    return rc;
}
