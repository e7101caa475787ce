#include "tui/trends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "model/term.h"
#include "session/config.h"

void trends_range(struct app *a, const struct trends *t, int *from, int *to)
{
    int now = term_of(app_now(a), session_profile(a->session)->billing_timezone);

    *to = t->months > 0 || t->to > now ? now : t->to;
    *from = t->months > 0 ? *to - t->months + 1 : t->from;
    if (*from < TERM_FIRST)
        *from = TERM_FIRST;
}

static enum point_state state_of(enum history_state s)
{
    switch (s) {
    case HISTORY_KNOWN:
        return POINT_WHOLE;
    case HISTORY_PARTIAL:
        return POINT_SO_FAR;
    case HISTORY_INCOMPLETE:
        return POINT_INCOMPLETE;
    case HISTORY_MISSING:
        break;
    }
    return POINT_MISSING;
}

/* Adds one series called NAME with the numbers of CHOICE. */
static int add_series(struct app *a, struct trends *t, const char *name,
                      const struct history_choice *choice)
{
    struct history_point *points = calloc(t->set.count, sizeof(*points));
    int from = (int)t->set.first, to = from + (int)t->set.count - 1, which, rc;

    if (points == NULL)
        return ERR_NOMEM;
    rc = history_series(session_history(a->session), choice, from, to, points, NULL);
    which = rc == 0 ? series_add(&t->set, name) : rc;
    for (size_t i = 0; which >= 0 && i < t->set.count; i++)
        series_put(&t->set, (size_t)which, i, state_of(points[i].state), points[i].value);
    free(points);
    return which < 0 ? which : 0;
}

/* Paid and free, one on the other. */
static int add_parts(struct app *a, struct trends *t, struct history_choice choice)
{
    int rc;

    t->set.stacked = true;
    choice.measure = HISTORY_PAID;
    rc = add_series(a, t, "paid", &choice);
    choice.measure = HISTORY_FREE;
    return rc < 0 ? rc : add_series(a, t, "free", &choice);
}

/* The newest month of the shown ones that has usage, or NULL. */
static const struct history_month *newest(struct app *a, int from, int to)
{
    for (int term = to; term >= from; term--) {
        const struct history_month *m = history_month(session_history(a->session), term);

        if (m != NULL && m->count > 0)
            return m;
    }
    return NULL;
}

static int add_editions(struct app *a, struct trends *t, int from, int to)
{
    const struct history_month *m = newest(a, from, to);
    int rc = 0;

    for (size_t i = 0; m != NULL && i < m->count && i < SERIES_MAX && rc == 0; i++) {
        const struct history_feature *f = &m->features[i];
        struct history_choice choice = {.feature_id =
                                            f->feature_id != NULL ? f->feature_id : f->edition};

        rc = add_series(a, t, f->edition, &choice);
    }
    return rc;
}

int trends_build(struct app *a, struct trends *t)
{
    struct history_choice choice = {0};
    int from, to, rc;

    trends_range(a, t, &from, &to);
    if (t->have_set)
        series_set_release(&t->set);
    t->have_set = false;
    rc = series_set_init(&t->set, t->shown.name, "users", SERIES_MONTH, from,
                         (size_t)(to - from + 1));
    if (rc < 0)
        return rc;
    t->have_set = true;
    switch (t->shown.kind) {
    case TREND_TOTAL:
        return add_parts(a, t, choice);
    case TREND_SIDE_BY_SIDE:
        return add_editions(a, t, from, to);
    case TREND_EDITION:
        choice.feature_id = t->shown.id;
        return add_parts(a, t, choice);
    case TREND_CUSTOMER:
        choice.customer_id = t->shown.id;
        return add_parts(a, t, choice);
    case TREND_NOT_LINKED:
        choice.customer_id = HISTORY_NOT_LINKED;
        return add_parts(a, t, choice);
    }
    return 0;
}

static void copy_text(char *out, size_t size, const char *text)
{
    if (snprintf(out, size, "%s", text) >= (int)size)
        out[utf8_cut(out, size - 1)] = '\0';
}

static void add_subject(struct trends *t, enum trend_kind kind, const char *id, const char *name,
                        const char *detail)
{
    struct trend_subject *s;

    for (size_t i = 0; i < t->subject_count; i++)
        if (t->subjects[i].kind == kind && strcmp(t->subjects[i].id, id) == 0)
            return;
    if (t->subject_count == TREND_SUBJECTS_MAX || strlen(id) >= TREND_ID_MAX)
        return;
    s = &t->subjects[t->subject_count];
    s->kind = kind;
    copy_text(s->id, sizeof(s->id), id);
    copy_text(s->name, sizeof(s->name), name);
    t->items[t->subject_count++] = (struct picker_item){.name = s->name, .detail = detail};
}

/* The name of a customer in the partner's list, else what the usage calls it. */
static const char *customer_name(struct app *a, const struct history_customer *c)
{
    const struct customer_list *l = session_customers(a->session);

    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->rows[i].id, c->id) == 0 && l->rows[i].name != NULL)
            return l->rows[i].name;
    return c->name != NULL ? c->name : c->id;
}

int trends_subjects(struct app *a, struct trends *t)
{
    const struct history_month *m;
    int from, to;

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
    m = newest(a, from, to);
    for (size_t i = 0; m != NULL && i < m->count; i++) {
        const struct history_feature *f = &m->features[i];

        add_subject(t, TREND_EDITION, f->feature_id != NULL ? f->feature_id : f->edition,
                    f->edition, "an edition");
    }
    add_subject(t, TREND_NOT_LINKED, "", "Not linked", "users linked to no customer");
    for (size_t i = 0; m != NULL && i < m->count; i++) {
        const struct history_feature *f = &m->features[i];

        for (size_t j = 0; j < f->customer_part_count; j++)
            if (f->customer_parts[j].id != NULL)
                add_subject(t, TREND_CUSTOMER, f->customer_parts[j].id,
                            customer_name(a, &f->customer_parts[j]), "a customer");
    }
    return 0;
}
