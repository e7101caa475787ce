/* The menu of what a trend can be of. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/utf8.h"
#include "tui/trends.h"

static void copy_text(char *out, size_t size, const char *text)
{
    if (snprintf(out, size, "%s", text) >= (int)size)
        out[utf8_cut(out, size - 1)] = '\0';
}

static void add_subject(struct trends *t, enum trend_kind kind, const char *id, const char *name,
                        const char *detail)
{
    struct trend_subject *s;

    if (t->subject_count == TREND_SUBJECTS_MAX || strlen(id) >= TREND_ID_MAX)
        return;
    s = &t->subjects[t->subject_count];
    s->kind = kind;
    copy_text(s->id, sizeof(s->id), id);
    copy_text(s->name, sizeof(s->name), name);
    t->items[t->subject_count++].detail = detail;
}

static void add_edition(struct trends *t, const struct history_feature *f)
{
    const char *id = f->feature_id != NULL ? f->feature_id : f->edition;

    for (size_t i = 0; i < t->subject_count; i++)
        if (t->subjects[i].kind == TREND_EDITION && strcmp(t->subjects[i].id, id) == 0)
            return;
    add_subject(t, TREND_EDITION, id, f->edition, "an edition");
}

/* One that has a name before one of the same id without. */
static int by_id(const void *pa, const void *pb)
{
    const struct history_customer *const *a = pa, *const *b = pb;
    int order = strcmp((*a)->id, (*b)->id);

    return order != 0 ? order : ((*a)->name == NULL) - ((*b)->name == NULL);
}

static const char *customer_name(const struct customer_list *l, const struct history_customer *c)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->rows[i].id, c->id) == 0 && l->rows[i].name != NULL)
            return l->rows[i].name;
    return c->name != NULL ? c->name : c->id;
}

/* Counts the customers of the months FROM to TO, and puts them into OUT unless that is NULL. */
static size_t customers(const struct history *h, int from, int to,
                        const struct history_customer **out)
{
    size_t n = 0;

    for (int term = to; term >= from; term--) {
        const struct history_month *m = history_month(h, term);

        for (size_t i = 0; m != NULL && i < m->count; i++)
            for (size_t k = 0; k < m->features[i].customer_part_count; k++) {
                const struct history_customer *c = &m->features[i].customer_parts[k];

                if (c->id == NULL)
                    continue;
                if (out != NULL)
                    out[n] = c;
                n++;
            }
    }
    return n;
}

static int by_name(const void *pa, const void *pb)
{
    const struct trend_subject *a = pa, *b = pb;
    int order = strcasecmp(a->name, b->name);

    return order != 0 ? order : strcmp(a->id, b->id);
}

static int add_customers(struct app *a, struct trends *t, int from, int to)
{
    const struct history *h = session_history(a->session);
    size_t n = customers(h, from, to, NULL), first = t->subject_count;
    const struct history_customer **all = calloc(n + 1, sizeof(*all));

    if (all == NULL)
        return ERR_NOMEM;
    customers(h, from, to, all);
    if (n > 0)
        qsort(all, n, sizeof(*all), by_id);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(all[i]->id, all[i - 1]->id) != 0)
            add_subject(t, TREND_CUSTOMER, all[i]->id,
                        customer_name(session_customers(a->session), all[i]), "a customer");
    free(all);
    qsort(t->subjects + first, t->subject_count - first, sizeof(*t->subjects), by_name);
    return 0;
}

int trends_subjects(struct app *a, struct trends *t)
{
    const struct history *h = session_history(a->session);
    int from, to, rc;

    trends_range(a, t, &from, &to);
    free(t->subjects);
    free(t->items);
    t->subjects = calloc(TREND_SUBJECTS_MAX, sizeof(*t->subjects));
    t->items = calloc(TREND_SUBJECTS_MAX, sizeof(*t->items));
    t->subject_count = 0;
    if (t->subjects == NULL || t->items == NULL)
        return ERR_NOMEM;
    add_subject(t, TREND_TOTAL, "", "All editions", "paid and free users of all editions");
    add_subject(t, TREND_SIDE_BY_SIDE, "", "Editions", "every edition beside the others");
    for (int term = to; term >= from; term--) {
        const struct history_month *m = history_month(h, term);

        for (size_t i = 0; m != NULL && i < m->count; i++)
            add_edition(t, &m->features[i]);
    }
    add_subject(t, TREND_NOT_LINKED, "", "Not linked", "users linked to no customer");
    rc = add_customers(a, t, from, to);
    for (size_t i = 0; i < t->subject_count; i++)
        t->items[i].name = t->subjects[i].name;
    return rc;
}

void trends_open_customer(struct app *a, const char *id, const char *name)
{
    struct trends *t = a->panes[PANE_TRENDS].state;

    if (id != NULL && strlen(id) >= TREND_ID_MAX) {
        app_say(a, ROLE_ERROR, "this customer's id is too long to look up");
        return;
    }
    t->shown.kind = id != NULL ? TREND_CUSTOMER : TREND_NOT_LINKED;
    copy_text(t->shown.id, sizeof(t->shown.id), id != NULL ? id : "");
    copy_text(t->shown.name, sizeof(t->shown.name), id != NULL ? name : "Not linked");
    app_open(a, PANE_TRENDS, NULL);
    a->panes[PANE_TRENDS].def->data(&a->panes[PANE_TRENDS]);
}
