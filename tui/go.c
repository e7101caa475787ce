/* To a row by its number or by what it is called (features.md N9). */
#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "model/query.h"
#include "tui/listpane.h"

enum { DIGITS_MAX = 9 };

static void show(struct pane *p, size_t pos)
{
    struct listpane *l = p->state;

    view_move(&l->table.view, pos);
    if (!l->detail_open)
        return;
    l->detail_id = l->def->type->id(view_current(&l->table.view));
    l->detail.top = 0;
    p->def->data(p);
}

static bool is_number(const char *text)
{
    size_t n = strspn(text, "0123456789");

    return n > 0 && n <= DIGITS_MAX && text[n] == '\0';
}

/* The query that a whole value of the row is TEXT; letter case does not count. */
static int compile(const struct row_type *type, const char *text, struct query **out)
{
    struct buf quoted;
    int rc;

    buf_init(&quoted, QUERY_TEXT_MAX);
    buf_addc(&quoted, '"');
    for (const char *c = text; *c != '\0'; c++)
        buf_addf(&quoted, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    buf_addc(&quoted, '"');
    rc = quoted.failed != 0 ? quoted.failed : query_compile(quoted.data, type, out, NULL, NULL);
    buf_release(&quoted);
    return rc;
}

static void to_number(struct pane *p, const char *text)
{
    const struct view *v = &((const struct listpane *)p->state)->table.view;
    long n = strtol(text, NULL, 10);
    char count[HUMAN_MAX];

    if (n >= 1 && (size_t)n <= v->count)
        show(p, (size_t)n - 1);
    else
        app_say(p->app, ROLE_WARNING, "there is no row %ld: the list shows %s", n,
                human_count((int64_t)v->count, count));
}

static void to_name(struct pane *p, const char *text)
{
    const struct listpane *l = p->state;
    const struct view *v = &l->table.view;
    const struct row_type *type = l->def->type;
    struct row_ctx ctx = app_ctx(p->app);
    struct query *q = NULL;
    size_t found = 0, first = 0, hidden = 0;

    if (compile(type, text, &q) < 0) {
        app_say(p->app, ROLE_WARNING, "that name is too long to look for");
        return;
    }
    for (size_t i = 0; i < v->count; i++)
        if (query_matches(q, view_row(v, i), &ctx) && found++ == 0)
            first = i;
    for (size_t i = 0; found == 0 && i < v->source.count; i++)
        hidden += query_matches(q, v->source.at(v->source.list, i), &ctx);
    query_free(q);
    if (found > 0)
        show(p, first);
    if (found > 1)
        app_say(p->app, ROLE_INFORMATION, "the first of %zu of that name", found);
    else if (hidden > 0)
        app_say(p->app, ROLE_WARNING, "%.60s: the filter hides it", text);
    else if (found == 0)
        app_say(p->app, ROLE_WARNING, "no %s here is called exactly \"%.60s\"; / finds parts",
                type->one, text);
}

void listpane_go(struct pane *p, const char *to)
{
    if (to == NULL)
        app_say(p->app, ROLE_WARNING, "say where: :go 12 for a row, :go lic07 for a name");
    else if (is_number(to))
        to_number(p, to);
    else
        to_name(p, to);
}
