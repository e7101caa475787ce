#include "widgets/table.h"

#include <string.h>

#include "base/buf.h"
#include "model/marks.h"
#include "widgets/table_layout.h"

static const struct {
    enum role role;
    enum glyph glyph;
} severities[] = {
    /* Without a colour: most rows are well, and a page of them costs half the bytes so. */
    {ROLE_TEXT, GLYPH_OK},
    {ROLE_INFORMATION, GLYPH_INFORMATION},
    {ROLE_WARNING, GLYPH_WARNING},
    {ROLE_ERROR, GLYPH_ERROR},
};

enum { SEVERITIES = sizeof(severities) / sizeof(severities[0]), SEVERITY_COLORED = 2 };

/* One draw of one table. */
struct painter {
    const struct table *t;
    struct screen *s;
    struct rect r;
    const struct row_ctx *ctx;
    struct layout layout;
    struct buf cell;
};

static void draw_heading(const struct painter *p)
{
    const struct row_type *type = p->t->view.source.type;

    for (size_t i = 0; i < p->layout.count; i++) {
        const struct placed *c = &p->layout.cells[i];
        const struct column *column = &type->columns[c->column];
        bool sorted = p->t->view.sort_column == (int)c->column;
        /* The arrow goes into the gap; at the edge the title makes room for it. */
        int w = sorted && c->x + c->w >= p->r.w ? c->w - 1 : c->w, end, x = p->r.x + c->x;

        if ((column->flags & COLUMN_RIGHT) != 0) {
            draw_right(p->s, p->r.y, x, w, ROLE_HEADING, column->title);
            end = x + w;
        } else {
            end = x + draw_text(p->s, p->r.y, x, w, ROLE_HEADING, column->title);
        }
        if (sorted)
            draw_glyph(p->s, p->r.y, end, ROLE_ACCENT,
                       p->t->view.sort_desc ? GLYPH_DOWN : GLYPH_UP);
    }
    if (p->t->scroll > 0)
        draw_glyph(p->s, p->r.y, p->r.x, ROLE_ACCENT, GLYPH_ARROW_LEFT);
    if (p->layout.left_out)
        draw_glyph(p->s, p->r.y, p->r.x + p->r.w - 1, ROLE_ACCENT, GLYPH_ARROW);
}

static bool tells_severity(const struct column *c)
{
    return strcmp(c->name, "status") == 0 || strcmp(c->name, "severity") == 0;
}

static enum role cell_role(const struct placed *c, const struct column *column, int severity,
                           bool focused)
{
    if (focused && c->key)
        return ROLE_CURSOR;
    if (severity >= SEVERITY_COLORED && tells_severity(column))
        return severities[severity].role;
    return ROLE_TEXT;
}

/* The glyph and, where the words for it follow, the blank between them in the same role: one change
 * of colour less to send. */
static void draw_severity(const struct painter *p, int y, int severity)
{
    const struct column *columns = p->t->view.source.type->columns;
    enum role role = severities[severity].role;

    draw_glyph(p->s, y, p->r.x + 1, role, severities[severity].glyph);
    if (severity >= SEVERITY_COLORED && p->layout.gutter > 2 &&
        tells_severity(&columns[p->layout.cells[0].column]))
        draw_text(p->s, y, p->r.x + 2, 1, role, " ");
}

static void draw_cell(struct painter *p, int y, const struct placed *c, const void *row,
                      int severity, bool focused)
{
    const struct column *column = &p->t->view.source.type->columns[c->column];
    enum role role = cell_role(c, column, severity, focused);

    buf_reset(&p->cell);
    column_show(column, row, p->ctx, &p->cell);
    if ((column->flags & COLUMN_RIGHT) != 0)
        draw_right(p->s, y, p->r.x + c->x, c->w, role, p->cell.data);
    else
        draw_textn(p->s, y, p->r.x + c->x, c->w, role, p->cell.data, p->cell.len);
}

/* In the blank cell that ends the gutter; where that has no blank, there is no room for a row. In
 * the role of what follows it: no change of colour to send. */
static void draw_mark(const struct painter *p, int y, int severity)
{
    const struct placed *first = &p->layout.cells[0];
    const struct column *columns = p->t->view.source.type->columns;

    if (p->layout.gutter > 1 + p->layout.severity)
        draw_glyph(p->s, y, p->r.x + p->layout.gutter - 1,
                   cell_role(first, &columns[first->column], severity, false), GLYPH_MARK);
}

static void draw_row(struct painter *p, int y, const void *row, bool marked, bool focused)
{
    const struct row_type *type = p->t->view.source.type;
    int severity = type->severity != NULL ? type->severity(row) : 0;

    if (severity < 0 || severity >= SEVERITIES)
        severity = SEVERITIES - 1;
    /* In the colour of the glyph that follows it: one change less to send. */
    if (focused && p->layout.gutter > 0)
        draw_glyph(p->s, y, p->r.x, p->layout.severity ? severities[severity].role : ROLE_ACCENT,
                   GLYPH_FOCUS);
    if (p->layout.severity)
        draw_severity(p, y, severity);
    if (marked)
        draw_mark(p, y, severity);
    for (size_t i = 0; i < p->layout.count; i++)
        draw_cell(p, y, &p->layout.cells[i], row, severity, focused);
    if (focused)
        draw_cursor(p->s, y, p->r.x, false);
}

/* The cursor is in view, and no line stays empty that could show a row. */
static void settle_top(struct table *t)
{
    size_t page = t->page > 0 ? (size_t)t->page : 1, count = t->view.count;
    size_t last = count > page ? count - page : 0;

    if (t->top > last)
        t->top = last;
    if (t->view.cursor < t->top)
        t->top = t->view.cursor;
    else if (t->view.cursor - t->top >= page)
        t->top = t->view.cursor - page + 1;
}

/* Where all columns fit, none stays scrolled away. */
static void lay_out(struct table *t, int width, struct layout *out)
{
    size_t scrolled = t->scroll;

    t->scroll = 0;
    table_layout(t, width, out);
    if (scrolled > 0 && out->left_out) {
        t->scroll = scrolled;
        table_layout(t, width, out);
    }
    t->can_scroll = out->left_out;
}

void table_draw(struct table *t, struct screen *s, struct rect r, const struct row_ctx *ctx,
                bool focused)
{
    struct painter p = {.t = t, .s = s, .r = r, .ctx = ctx};
    int heading = r.h > 1;

    if (r.h <= 0 || r.w <= 0)
        return;
    t->page = r.h - heading;
    settle_top(t);
    table_measure_times(t, ctx, t->top, t->top + (size_t)t->page);
    lay_out(t, r.w, &p.layout);
    buf_init(&p.cell, TABLE_CELL_MAX);
    if (heading)
        draw_heading(&p);
    for (int i = 0; i < t->page; i++) {
        size_t pos = t->top + (size_t)i;
        const void *row = view_row(&t->view, pos);

        if (row != NULL)
            draw_row(&p, r.y + heading + i, row,
                     t->marks != NULL && marks_has(t->marks, t->view.ids[pos]),
                     focused && pos == t->view.cursor);
    }
    buf_release(&p.cell);
}
