/* The Overview's lines of the editions: as wide as their numbers, with a sparkline where it fits.
 */
#include <stdio.h>

#include "base/human.h"
#include "base/utf8.h"
#include "tui/overview.h"
#include "tui/usage_trend.h"
#include "widgets/spark.h"

enum { EDITION_GAP = 2, EDITION_LEAST = 12, EDITION_MOST = 40 };
enum { WIDE = 100, WIDE_GAP = 4 };

static void edition_text(const struct usage_feature *f, char out[OVERVIEW_TEXT])
{
    bool known;
    const char *name = edition_name(f->feature_id, f->description, &known);

    if (snprintf(out, OVERVIEW_TEXT, "%s%s", known ? name : f->feature_id,
                 known ? "" : " (unknown)") >= OVERVIEW_TEXT)
        out[utf8_cut(out, OVERVIEW_TEXT - 1)] = '\0';
}

/* "-3.6 %"; "" when the month before is not known. */
static void edition_change(struct app *a, const struct usage_feature *f, char out[HUMAN_MAX])
{
    const struct usage_list *before = session_usage_before(a->session);

    out[0] = '\0';
    for (size_t i = 0; i < before->count; i++)
        if (before->rows[i].id == f->id) {
            human_change(before->rows[i].total, f->total, out);
            return;
        }
}

static void widen(int *cells, int n)
{
    *cells = n > *cells ? n : *cells;
}

void overview_plan_editions(struct app *a, struct overview *o, const struct usage_list *list,
                            int cols)
{
    struct edition_columns c = {.name = EDITION_LEAST};
    char name[OVERVIEW_TEXT], n[HUMAN_MAX];
    int gap = cols >= WIDE ? WIDE_GAP : EDITION_GAP, used;

    for (size_t i = 0; i < list->count && i < OVERVIEW_LINES_MAX; i++) {
        const struct usage_feature *f = &list->rows[i];

        edition_text(f, name);
        widen(&c.name, text_cells(a->screen, name));
        widen(&c.total, text_cells(a->screen, human_count(f->total, n)));
        widen(&c.paid, text_cells(a->screen, human_count(usage_paid(f->total, f->free), n)));
        widen(&c.free, text_cells(a->screen, human_count(f->free, n)));
        edition_change(a, f, n);
        widen(&c.change, text_cells(a->screen, n));
    }
    used = EDITION_X + c.total + c.paid + c.free + c.change + 2 * EDITION_WORD + 4 * gap + 1;
    c.name = c.name > EDITION_MOST ? EDITION_MOST : c.name;
    c.spark = used + gap + c.name + USAGE_TREND_MONTHS <= cols ? USAGE_TREND_MONTHS : 0;
    if (used + c.name > cols)
        c.name = cols - used > EDITION_LEAST ? cols - used : EDITION_LEAST;
    c.total_x = EDITION_X + c.name + gap;
    c.paid_x = c.total_x + c.total + gap;
    c.free_x = c.paid_x + EDITION_WORD + c.paid + gap;
    c.change_x = c.free_x + EDITION_WORD + c.free + gap;
    c.spark_x = c.change_x + c.change + gap;
    o->editions = c;
}

void overview_draw_edition(struct app *a, const struct overview *o, const struct overview_line *l,
                           int y)
{
    const struct usage_feature *f = &session_usage(a->session)->rows[l->index];
    const struct edition_columns *c = &o->editions;
    struct screen *s = a->screen;
    char n[HUMAN_MAX], name[OVERVIEW_TEXT];
    struct usage_trend trend;

    edition_text(f, name);
    draw_text(s, y, EDITION_X, c->name, ROLE_TEXT, name);
    draw_right(s, y, c->total_x, c->total, ROLE_NUMBER, human_count(f->total, n));
    draw_text(s, y, c->paid_x, EDITION_WORD, ROLE_MUTED, "paid");
    draw_right(s, y, c->paid_x + EDITION_WORD, c->paid, ROLE_TEXT,
               human_count(usage_paid(f->total, f->free), n));
    draw_text(s, y, c->free_x, EDITION_WORD, ROLE_MUTED, "free");
    draw_right(s, y, c->free_x + EDITION_WORD, c->free, ROLE_TEXT, human_count(f->free, n));
    edition_change(a, f, n);
    draw_right(s, y, c->change_x, c->change, ROLE_TEXT, n);
    if (c->spark == 0)
        return;
    usage_trend_find(a, f->feature_id, NULL, &trend);
    if (trend.have)
        spark_draw(s, y, c->spark_x, c->spark, ROLE_ACCENT, &trend.set, 0, NULL);
    usage_trend_release(&trend);
}
