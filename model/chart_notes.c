#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "model/chart_grid.h"

enum { NOTES_MAX = 24, NOTE_TEXT = 160, NOTE_GAP = 2, LEGEND_GAP = 2, LEGEND_NAME = 256 };

struct notes {
    char text[NOTES_MAX][NOTE_TEXT];
    int count;
};

/* One entry: "A Premium", "paid ██", in parentheses when hidden. Draws it where Y >= 0; returns its
 * cells. */
static int legend_entry(struct plot *p, int y, int x, int w, size_t k)
{
    const struct series *s = &p->set.series[k];
    char name[LEGEND_NAME];
    size_t n = strlen(s->name);
    int at = p->several ? 2 : 0, cells;

    n = n < LEGEND_NAME - 8 ? n : utf8_cut(s->name, LEGEND_NAME - 8);
    snprintf(name, sizeof(name), s->hidden ? "(%.*s)" : "%.*s", (int)n, s->name);
    cells = grid_cells(p, name);
    if (y < 0 || w <= 0)
        return cells + (p->several ? 2 : 3);
    grid_text(p, y, x + at, w - at, CHART_TEXT, name);
    if (p->several)
        grid_put(p->chart, y, x, series_letter(k), CHART_SERIES, (int)k);
    for (int i = cells + 1; i < cells + 3 && i < w && !p->several; i++)
        grid_put(p->chart, y, x + i, plot_fill(p, k), CHART_SERIES, (int)k);
    return cells + (p->several ? 2 : 3);
}

int notes_legend(struct plot *p, int y, int x, int w)
{
    int used = 0;

    if (p->set.series_count < 2)
        return 0;
    for (size_t k = 0; k < p->set.series_count; k++) {
        used += used > 0 ? LEGEND_GAP : 0;
        used += legend_entry(p, y, x + used, w - used, k);
    }
    return used;
}

static void __attribute__((format(printf, 2, 3))) note(struct notes *n, const char *fmt, ...)
{
    va_list ap;

    if (n->count == NOTES_MAX)
        return;
    va_start(ap, fmt);
    vsnprintf(n->text[n->count++], NOTE_TEXT, fmt, ap);
    va_end(ap);
}

/* How many places of the shown series are in STATE, and the last of them. */
static size_t places_in(const struct plot *p, enum point_state state, size_t *last)
{
    size_t n = 0;

    for (size_t i = 0; i < p->set.count; i++) {
        bool in = !p->several && plot_point(p, i).state == state;

        for (size_t k = 0; k < p->set.series_count && p->several; k++)
            in = in || (!p->set.series[k].hidden && p->set.series[k].points[i].state == state);
        if (in)
            *last = i;
        n += in;
    }
    return n;
}

/* "? 2 months missing", "o Sep incomplete", ": Nov so far"; without the mark for letters. */
static void note_state(const struct plot *p, struct notes *n, enum point_state state, char mark)
{
    char place[SERIES_PLACE_TEXT], before[3] = {mark, ' ', '\0'};
    size_t last = 0, count = places_in(p, state, &last);

    before[mark != '\0' ? 2 : 0] = '\0';
    if (count == 1)
        note(n, "%s%s %s", before, series_place(&p->set, last, false, place), point_word(state));
    else if (count > 1)
        note(n, "%s%zu %s %s", before, count, series_step_word(&p->set, count), point_word(state));
}

/* Of several series, each says what it misses, unless all miss the same. */
static void note_missing(const struct plot *p, struct notes *n)
{
    size_t all = series_states(&p->set, SERIES_TOTAL, POINT_MISSING), each[SERIES_SHOWN_MAX + 1];
    bool same = true;

    for (size_t k = 0; k < p->set.series_count; k++) {
        each[k] = p->set.series[k].hidden ? 0 : series_states(&p->set, k, POINT_MISSING);
        same = same && (p->set.series[k].hidden || each[k] == all);
    }
    if (!p->several || same) {
        note_state(p, n, POINT_MISSING, point_mark(POINT_MISSING));
        return;
    }
    for (size_t k = 0; k < p->set.series_count; k++)
        if (each[k] > 0)
            note(n, "%c: %zu %s missing", series_letter(k), each[k],
                 series_step_word(&p->set, each[k]));
}

/* What matters most comes first: the end of the list gives way. */
static void collect(const struct plot *p, struct notes *n, bool crowded, bool small_letters)
{
    char count[HUMAN_MAX];

    n->count = 0;
    if (p->shown == 0) {
        note(n, "all series are hidden");
        return;
    }
    if (p->cut)
        note(n, "(axis starts at %s)", human_count(p->chart->axis.low, count));
    note_missing(p, n);
    for (int state = POINT_AT_MOST; state <= POINT_FORECAST; state++)
        note_state(p, n, (enum point_state)state,
                   p->several ? '\0' : point_mark((enum point_state)state));
    if (p->set.has_limit)
        note(n, "- - limit %s", human_count(p->set.limit, count));
    for (size_t i = 0; i < p->set.remark_count; i++)
        note(n, "%s", p->set.remarks[i]);
    if (small_letters)
        note(n, "small letter: not whole");
    if (crowded)
        note(n, "&: more than one");
}

/* Lays the notes out in lines of W cells; draws them where Y >= 0. Returns the lines. */
static int flow(struct plot *p, const struct notes *n, int y, int x, int w, int most)
{
    int line = 0, used = 0;

    for (int i = 0; i < n->count; i++) {
        int cells = (int)strlen(n->text[i]);

        if (used > 0 && used + NOTE_GAP + cells > w && line + 1 < most) {
            line++;
            used = 0;
        }
        used += used > 0 ? NOTE_GAP : 0;
        if (y >= 0)
            grid_parts(p, y + line, x + used, w - used, CHART_MUTED, n->text[i]);
        used += cells;
    }
    return line + 1;
}

int notes_height(struct plot *p, int w, int most)
{
    struct notes n;
    size_t last;
    bool partial = false;

    for (int state = POINT_AT_MOST; state <= POINT_FORECAST; state++)
        partial = partial || places_in(p, (enum point_state)state, &last) > 0;
    collect(p, &n, p->several, p->several && partial);
    return flow(p, &n, -1, 0, w, most);
}

void notes_draw(struct plot *p, int y, int x, int w, int rows)
{
    struct notes n;

    collect(p, &n, p->crowded, p->small_letters);
    flow(p, &n, y, x, w, rows);
}

void notes_limit(struct plot *p)
{
    int y = p->set.has_limit ? plot_row(p, p->set.limit) : -1;

    for (int i = 0; i < p->w && y >= 0; i += 2)
        if (grid_blank(p->chart, y, p->x + i, 1))
            grid_put(p->chart, y, p->x + i, '-', CHART_LIMIT, 0);
}
