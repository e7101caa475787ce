#include "widgets/textview.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { LABEL_GAP = 2, EDGE = 2, PAGE_BEFORE_DRAW = 10 };

struct textline {
    enum role role;
    char *label;    /* owned; may be NULL */
    char *text;     /* owned */
    size_t wrapped; /* screen lines it takes */
};

void textview_init(struct textview *t)
{
    memset(t, 0, sizeof(*t));
}

void textview_clear(struct textview *t)
{
    for (size_t i = 0; i < t->count; i++) {
        free(t->lines[i].label);
        free(t->lines[i].text);
    }
    t->count = 0;
    t->width = 0;
}

void textview_release(struct textview *t)
{
    textview_clear(t);
    free(t->lines);
    textview_init(t);
}

static int add(struct textview *t, enum role role, const char *label, const char *fmt, va_list ap)
{
    struct textline line = {.role = role};
    struct buf text;
    int rc;

    buf_init(&text, TEXTVIEW_TEXT_MAX);
    rc = buf_vaddf(&text, fmt, ap);
    if (rc == 0)
        rc = vec_grow(&t->lines, &t->cap, t->count + 1, sizeof(*t->lines), TEXTVIEW_LINES_MAX);
    if (rc < 0)
        goto out;
    line.text = strdup(text.data);
    line.label = label != NULL ? strdup(label) : NULL;
    if (line.text == NULL || (label != NULL && line.label == NULL)) {
        free(line.text);
        free(line.label);
        rc = ERR_NOMEM;
        goto out;
    }
    t->lines[t->count++] = line;
    t->width = 0;
out:
    buf_release(&text);
    return rc;
}

int textview_add(struct textview *t, enum role role, const char *fmt, ...)
{
    va_list ap;
    int rc;

    va_start(ap, fmt);
    rc = add(t, role, NULL, fmt, ap);
    va_end(ap);
    return rc;
}

int textview_pair(struct textview *t, enum role role, const char *label, const char *fmt, ...)
{
    va_list ap;
    int rc;

    va_start(ap, fmt);
    rc = add(t, role, label, fmt, ap);
    va_end(ap);
    return rc;
}

bool textview_move(struct textview *t, enum motion m)
{
    size_t page = t->page > 0 ? (size_t)t->page : PAGE_BEFORE_DRAW;
    size_t last = t->wrapped > page ? t->wrapped - page : 0, to = t->top;
    size_t half = page > 1 ? page / 2 : 1;

    switch (m) {
    case MOTION_UP:
        to = to > 0 ? to - 1 : 0;
        break;
    case MOTION_DOWN:
        to++;
        break;
    case MOTION_PAGE_UP:
        to = to > page ? to - page : 0;
        break;
    case MOTION_PAGE_DOWN:
        to += page;
        break;
    case MOTION_HALF_UP:
        to = to > half ? to - half : 0;
        break;
    case MOTION_HALF_DOWN:
        to += half;
        break;
    case MOTION_TOP:
        to = 0;
        break;
    case MOTION_BOTTOM:
        to = last;
        break;
    case MOTION_LEFT:
    case MOTION_RIGHT:
        return false;
    }
    to = to < last ? to : last;
    if (to == t->top)
        return false;
    t->top = to;
    return true;
}

/* The bytes of harmless TEXT that go on one screen line of W cells; *SKIP: blanks after them that
 * no line shows. A word longer than a line is cut where the line ends. */
static size_t wrap_at(const char *text, size_t n, size_t w, size_t *skip)
{
    size_t taken, fit = utf8_fit(text, n, w, &taken), at = fit;

    *skip = 0;
    if (fit == n)
        return n;
    if (fit == 0) {
        /* A wide character in a single cell: it is dropped, for nothing else would end. */
        const char *p = text;

        utf8_next(&p, text + n);
        *skip = (size_t)(p - text);
        return 0;
    }
    while (at > 0 && text[at] != ' ')
        at--;
    if (at == 0)
        return fit;
    while (at + *skip < n && text[at + *skip] == ' ')
        *skip += 1;
    return at;
}

/* Where the text of a line goes. */
struct block {
    struct screen *s;
    enum role role;
    struct rect r;     /* clipped to this */
    int y;             /* of its first screen line; may lie above r */
    struct buf *clean; /* scratch */
};

/* Walks the screen lines of one paragraph; draws those in view when DRAW. Returns their number. */
static size_t paragraph(const struct block *b, size_t before, const char *text, size_t n, bool draw)
{
    const char *p;
    size_t left, lines = 0;

    buf_reset(b->clean);
    screen_text(b->s, b->clean, text, n);
    p = b->clean->data;
    left = b->clean->len;
    do {
        size_t skip, len = wrap_at(p, left, (size_t)b->r.w, &skip);
        long y = b->y + (long)(before + lines);

        if (draw && y >= b->r.y && y < b->r.y + b->r.h)
            draw_textn(b->s, (int)y, b->r.x, b->r.w, b->role, p, len);
        p += len + skip;
        left -= len + skip;
        lines++;
    } while (left > 0);
    return lines;
}

static size_t wrap_text(const struct block *b, const char *text, bool draw)
{
    size_t lines = 0;

    for (;;) {
        size_t n = strcspn(text, "\n");

        lines += paragraph(b, lines, text, n, draw);
        if (text[n] == '\0')
            return lines;
        text += n + 1;
    }
}

/* The column that labels stand in: as wide as the widest, at most a third of the width. */
static int label_cells(const struct textview *t, const struct screen *s, int width)
{
    int most = 0;

    for (size_t i = 0; i < t->count; i++) {
        int cells = t->lines[i].label != NULL ? text_cells(s, t->lines[i].label) : 0;

        most = cells > most ? cells : most;
    }
    return most < width / 3 ? most : width / 3;
}

static struct rect text_rect(const struct textview *t, const struct textline *line, struct rect r)
{
    int indent = line->label != NULL && t->label > 0 ? t->label + LABEL_GAP : 0;

    r.x += indent;
    r.w -= indent;
    return r;
}

static void wrap_all(struct textview *t, struct screen *s, struct rect in, struct buf *clean)
{
    if (t->width == in.w && t->ascii == screen_ascii(s))
        return;
    t->label = label_cells(t, s, in.w);
    t->wrapped = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct textline *line = &t->lines[i];
        struct block b = {s, line->role, text_rect(t, line, in), 0, clean};

        line->wrapped = wrap_text(&b, line->text, false);
        t->wrapped += line->wrapped;
    }
    t->width = in.w;
    t->ascii = screen_ascii(s);
}

static void draw_lines(const struct textview *t, struct screen *s, struct rect in,
                       struct buf *clean)
{
    long y = in.y - (long)t->top;

    for (size_t i = 0; i < t->count && y < in.y + in.h; i++) {
        const struct textline *line = &t->lines[i];
        struct block b = {s, line->role, text_rect(t, line, in), (int)y, clean};

        if (y + (long)line->wrapped > in.y) {
            wrap_text(&b, line->text, true);
            if (line->label != NULL && y >= in.y)
                draw_text(s, (int)y, in.x, t->label, ROLE_MUTED, line->label);
        }
        y += (long)line->wrapped;
    }
}

void textview_draw(struct textview *t, struct screen *s, struct rect r)
{
    struct rect in = r;
    struct buf clean;
    size_t last;

    if (r.h <= 0 || r.w <= 0)
        return;
    in.w = r.w > 4 * EDGE ? r.w - EDGE : r.w;
    t->page = r.h;
    buf_init(&clean, TEXTVIEW_TEXT_MAX * 6);
    wrap_all(t, s, in, &clean);
    last = t->wrapped > (size_t)r.h ? t->wrapped - (size_t)r.h : 0;
    t->top = t->top < last ? t->top : last;
    draw_lines(t, s, in, &clean);
    draw_cursor(s, r.y, r.x, false);
    if (in.w < r.w && t->top > 0)
        draw_glyph(s, r.y, r.x + r.w - 1, ROLE_ACCENT, GLYPH_UP);
    if (in.w < r.w && t->top < last)
        draw_glyph(s, r.y + r.h - 1, r.x + r.w - 1, ROLE_ACCENT, GLYPH_DOWN);
    buf_release(&clean);
}
