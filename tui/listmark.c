/* Marking rows of a list pane. */
#include "tui/listmark.h"
#include "base/human.h"

static struct listpane *state_of(const struct pane *p)
{
    return p->state;
}

static const char *rows_of(const struct listpane *l, size_t n)
{
    return n == 1 ? l->def->type->one : l->def->type->many;
}

static void say_memory(struct pane *p)
{
    app_say(p->app, ROLE_ERROR, "out of memory: the marks are as they were");
}

static void show_only(struct pane *p, bool only)
{
    struct listpane *l = state_of(p);
    struct row_ctx ctx = app_ctx(p->app);

    if (table_set_only_marked(&l->table, only, &ctx) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory: the rows shown are as before");
}

/* While only marked rows are shown, the list follows the marks; without any, all come back. */
static void take_over(struct pane *p)
{
    struct listpane *l = state_of(p);

    listpane_count_marks(l);
    if (l->table.view.only == NULL)
        return;
    show_only(p, l->marked.marked > 0);
    listpane_count_marks(l);
}

static void mark_row(struct pane *p)
{
    struct listpane *l = state_of(p);
    struct view *v = &l->table.view;
    bool marked = !marks_has(&l->marks, v->cursor_id);

    if (marks_set(&l->marks, v->cursor_id, marked) < 0) {
        say_memory(p);
        return;
    }
    if (v->only != NULL) { /* the row leaves, and the next one takes its place */
        take_over(p);
        return;
    }
    if (marked) {
        l->marked.marked++;
        l->marked.shown++;
    } else {
        l->marked.marked--;
        l->marked.shown--;
    }
    table_move(&l->table, MOTION_DOWN);
}

static void mark_shown(struct pane *p, bool invert)
{
    struct listpane *l = state_of(p);
    char n[HUMAN_MAX];

    if ((invert ? marks_invert_shown : marks_add_shown)(&l->marks, &l->table.view) < 0) {
        say_memory(p);
        return;
    }
    take_over(p);
    app_say(p->app, ROLE_TEXT, "%s %s marked", human_count((int64_t)l->marked.marked, n),
            rows_of(l, l->marked.marked));
}

static void clear(struct pane *p)
{
    struct listpane *l = state_of(p);
    size_t count = marks_count(&l->marks);
    char n[HUMAN_MAX], label[KEY_NAME_MAX];

    if (marks_can_restore(&l->marks)) {
        marks_restore(&l->marks);
        take_over(p);
        app_say(p->app, ROLE_TEXT, "the marks are back: %s %s",
                human_count((int64_t)l->marked.marked, n), rows_of(l, l->marked.marked));
        return;
    }
    marks_clear(&l->marks);
    take_over(p);
    keymap_label(&p->app->keymap, p->id, ACTION_MARK_CLEAR, label);
    app_say(p->app, ROLE_TEXT, "%s %s no longer marked; %s again brings the marks back",
            human_count((int64_t)count, n), rows_of(l, count), label);
}

bool listmark_act(struct pane *p, enum action action)
{
    struct listpane *l = state_of(p);

    switch (action) {
    case ACTION_MARK:
        mark_row(p);
        return true;
    case ACTION_MARK_ALL:
    case ACTION_MARK_INVERT:
        mark_shown(p, action == ACTION_MARK_INVERT);
        return true;
    case ACTION_MARK_CLEAR:
        clear(p);
        return true;
    case ACTION_MARK_ONLY:
        show_only(p, l->table.view.only == NULL);
        listpane_count_marks(l);
        return true;
    default:
        return false;
    }
}

bool listmark_back(struct pane *p)
{
    struct listpane *l = state_of(p);

    if (l->table.view.only == NULL)
        return false;
    show_only(p, false);
    listpane_count_marks(l);
    app_say(p->app, ROLE_TEXT, "all rows again; the marks stay");
    return true;
}

const char *listmark_refusal(const struct pane *p, enum action action)
{
    const struct listpane *l = state_of(p);

    switch (action) {
    case ACTION_MARK:
    case ACTION_MARK_ALL:
    case ACTION_MARK_INVERT:
        return l->detail_open             ? "go back to the list first (Esc)"
               : l->table.view.count == 0 ? "there is no row to mark"
                                          : NULL;
    case ACTION_MARK_CLEAR:
        return marks_count(&l->marks) == 0 && !marks_can_restore(&l->marks) ? "nothing is marked"
                                                                            : NULL;
    case ACTION_MARK_ONLY:
        return l->table.view.only == NULL && l->marked.marked == 0 ? "nothing is marked" : NULL;
    default:
        return NULL;
    }
}
