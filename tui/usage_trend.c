#include "tui/usage_trend.h"

#include <string.h>

#include "base/human.h"
#include "model/term.h"
#include "tui/gap.h"

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

static int first_term(struct app *a)
{
    return session_term(a->session) - USAGE_TREND_MONTHS + 1;
}

void usage_trend_want(struct app *a)
{
    session_want_history(a->session, first_term(a), session_term(a->session));
}

static bool listed_once(const struct usage_list *l, const char *feature_id)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++)
        n += strcmp(l->rows[i].feature_id, feature_id) == 0;
    return n == 1;
}

void usage_trend_find(struct app *a, const char *feature_id, const struct server_set *only,
                      struct usage_trend *out)
{
    const struct gap_input gap = gap_input_of(a, only);
    const struct history_choice choice = {.feature_id = feature_id, .servers = only, .gap = &gap};
    struct history_point points[USAGE_TREND_MONTHS];
    int from = first_term(a), to = session_term(a->session), which;

    *out = (struct usage_trend){0};
    if (!listed_once(session_usage(a->session), feature_id) ||
        history_series(session_history(a->session), &choice, from, to, points, NULL) < 0)
        return;
    history_change(points, USAGE_TREND_MONTHS, to, 1, &out->change);
    for (const struct history_point *p = &points[USAGE_TREND_MONTHS - 2];
         p < points + USAGE_TREND_MONTHS; p++)
        out->rough = out->rough || p->incomplete || p->at_most;
    if (series_set_init(&out->set, "", "users", SERIES_MONTH, from, USAGE_TREND_MONTHS) < 0)
        return;
    which = series_add(&out->set, "");
    for (size_t i = 0; which >= 0 && i < USAGE_TREND_MONTHS; i++)
        series_put(&out->set, (size_t)which, i, state_of(points[i].state), points[i].value);
    out->have = which >= 0;
    if (!out->have)
        series_set_release(&out->set);
}

void usage_trend_release(struct usage_trend *t)
{
    if (t->have)
        series_set_release(&t->set);
    *t = (struct usage_trend){0};
}

void usage_trend_text(struct app *a, const struct usage_trend *t, bool named, struct buf *out)
{
    int before = session_term(a->session) - 1;
    const struct history_month *m = history_month(session_history(a->session), before);
    const char *name = human_month(before % 12 + 1);
    struct history_term known;

    if (t->change.known) {
        buf_addstr(out, t->rough ? "~ " : "");
        history_change_text(&t->change, out);
        if (named)
            buf_addf(out, " on %s", name);
        return;
    }
    session_history_term(a->session, before, &known);
    if (m == NULL)
        buf_addf(out, "%s %s", name,
                 known.loading  ? "is on its way"
                 : known.failed ? "could not be read"
                                : "is not known");
    else if (m->count == 0)
        buf_addf(out, "%s: no data", name);
    else
        buf_addf(out, "%s: not comparable", name);
}
