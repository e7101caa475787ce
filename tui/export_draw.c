/* The export dialog on the screen. */
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "tui/export.h"
#include "tui/listpane.h"

enum { LABEL_CELLS = 10 };

static const char *choice_text(const struct export *e, enum export_field f, size_t choice,
                               char out[64])
{
    static const char *const scopes[] = {"all", "filtered", "marked"};
    char n[HUMAN_MAX];

    switch (f) {
    case EXPORT_FIELD_SCOPE:
        human_count((int64_t)export_rows(e->pane, (enum export_scope)choice), n);
        snprintf(out, 64, "%s %s", scopes[choice], n);
        break;
    case EXPORT_FIELD_COLUMNS:
        human_count((int64_t)export_column_count(e->pane, choice == 1), n);
        snprintf(out, 64, "%s %s", choice == 1 ? "on screen" : "all", n);
        break;
    case EXPORT_FIELD_FORMAT: {
        static const char *const names[] = {"CSV", "TSV", "JSON", "JSON Lines"};

        snprintf(out, 64, "%s", names[choice]);
        break;
    }
    default:
        snprintf(out, 64, "%s", choice == 1 ? "yes" : "no");
        break;
    }
    return out;
}

static void draw_choices(const struct export *e, struct screen *s, struct rect line,
                         enum export_field f)
{
    size_t taken, count = export_choices(e, f, &taken);
    int x = line.x, end = line.x + line.w;

    for (size_t i = 0; i < count; i++) {
        bool is_taken = i == taken && export_field_in_use(e, f);
        char text[64], shown[68];

        snprintf(shown, sizeof(shown), is_taken ? "[%s]" : " %s ", choice_text(e, f, i, text));
        x += 1 + draw_text(s, line.y, x, end - x,
                           !is_taken       ? ROLE_MUTED
                           : e->focus == f ? ROLE_CURSOR
                                           : ROLE_TEXT,
                           shown);
    }
    if (f == EXPORT_FIELD_BOM && x + 2 < end)
        draw_text(s, line.y, x + 2, end - x - 2, ROLE_MUTED,
                  export_field_in_use(e, f) ? "byte order mark, for spreadsheets that ask for it"
                                            : "CSV only");
}

static void draw_field(struct export *e, struct screen *s, struct rect line, enum export_field f)
{
    static const char *const labels[EXPORT_FIELDS] = {"rows", "columns", "format", "BOM", "file"};
    bool focused = e->focus == f;

    if (focused) {
        draw_glyph(s, line.y, line.x, ROLE_ACCENT, GLYPH_FOCUS);
        draw_cursor(s, line.y, line.x, false);
    }
    draw_text(s, line.y, line.x + 2, LABEL_CELLS - 2, ROLE_TEXT, labels[f]);
    line.x += LABEL_CELLS;
    line.w -= LABEL_CELLS;
    if (f != EXPORT_FIELD_FILE)
        draw_choices(e, s, line, f);
    else if (focused && !e->asking)
        prompt_draw(&e->path, s, line.y, line.x + 1, line.w - 1, "", -1);
    else
        draw_text(s, line.y, line.x + 1, line.w - 1, ROLE_TEXT, e->path.text.data);
}

static void draw_word(const struct export *e, struct screen *s, struct rect line)
{
    if (e->asking) {
        draw_format(s, line.y, line.x, line.w, ROLE_WARNING,
                    "This file is already there. %c replaces it, any other key keeps it.",
                    EXPORT_KEY_REPLACE);
        draw_cursor(s, line.y, line.x, false);
    } else if (e->error[0] != '\0') {
        draw_text(s, line.y, line.x, line.w, ROLE_ERROR, e->error);
    } else {
        draw_format(s, line.y, line.x, line.w, ROLE_MUTED, "Enter writes the file%s.",
                    strchr(e->path.text.data, '/') == NULL ? " in the folder luitop was started in"
                                                           : "");
    }
}

void export_draw(struct app *a, struct rect area)
{
    enum { WORD_LINES = 2, FRAME_LINES = 2 };
    struct export *e = &a->export;
    const struct listpane *l = e->pane->state;
    struct screen *s = a->screen;
    int want = EXPORT_FIELDS + WORD_LINES + FRAME_LINES, first = 0, lines;
    char title[80];
    struct rect in;

    if (area.h > want)
        area.h = want;
    snprintf(title, sizeof(title), "Export %s", l->def->type->many);
    if (area.h >= 5 && area.w >= 12) {
        in = draw_frame(s, area, title);
    } else {
        draw_fill(s, area, ROLE_TEXT);
        in = area;
    }
    /* What is asked or went wrong takes the last line; the fields have the others. */
    lines = in.h > 1 ? in.h - 1 : (e->asking || e->error[0] != '\0') ? 0 : in.h;
    if ((int)e->focus >= lines)
        first = (int)e->focus - lines + 1;
    for (int i = 0; i < lines && first + i < EXPORT_FIELDS; i++)
        draw_field(e, s, (struct rect){in.y + i, in.x, 1, in.w}, (enum export_field)(first + i));
    if (lines < in.h)
        draw_word(e, s, (struct rect){in.y + in.h - 1, in.x + 2, 1, in.w - 2});
}
