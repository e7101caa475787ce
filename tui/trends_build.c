#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "base/utf8.h"
#include "model/gap.h"
#include "model/term.h"
#include "session/config.h"
#include "tui/chosen.h"
#include "tui/trends.h"

enum { YEAR = 12, SPANS_NAMED = 3, STATE_TEXT = 400 };

int trends_running(struct app *a)
{
    return term_of(app_now(a), session_profile(a->session)->billing_timezone);
}

void trends_range(struct app *a, const struct trends *t, int *from, int *to)
{
    int now = trends_running(a);

    *to = t->to == TERM_NONE || t->to > now ? now : t->to;
    *from = *to - t->months + 1;
    if (t->by_year)
        *from -= *from % YEAR;
    if (t->by_year && *to < now)
        *to += YEAR - 1 - *to % YEAR;
    *to = *to > now ? now : *to;
    if (*from < TERM_FIRST)
        *from = TERM_FIRST;
}

static struct gap_input gap_of(struct app *a)
{
    return (struct gap_input){
        .servers = session_resource(a->session, RESOURCE_SERVERS)->known
                       ? session_servers(a->session)
                       : NULL,
        .now = app_now(a),
        .zone = session_profile(a->session)->billing_timezone,
    };
}

/* "All editions on 4 of 14 servers" */
static void subject_name(struct app *a, const struct trends *t, char *out, size_t size)
{
    const struct server_set *only = chosen_servers(a);
    const struct server_list *l = session_servers(a->session);
    struct server_set all;
    size_t unnamed = 0;

    snprintf(out, size, "%s", t->shown.name);
    if (only == NULL)
        return;
    server_set_init(&all);
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].fqdn == NULL)
            unnamed++;
        else
            server_set_add(&all, l->rows[i].fqdn);
    snprintf(out, size, "%.*s on %zu of %zu servers", TREND_NAME_MAX, t->shown.name, only->count,
             all.count + unnamed);
    server_set_release(&all);
}

/* Every edition that any of the shown months has, the newest month's first. */
static int add_editions(struct app *a, struct trends *t, const struct history_choice *choice)
{
    const struct history *h = session_history(a->session);
    int from = (int)t->set.first, rc = 0;
    const char *done[SERIES_MAX];
    size_t count = 0;

    for (int term = from + (int)t->set.count - 1; term >= from && rc == 0; term--) {
        const struct history_month *m = history_month(h, term);

        for (size_t i = 0; m != NULL && i < m->count && rc == 0; i++) {
            const struct history_feature *f = &m->features[i];
            struct history_choice one = *choice;
            size_t k = 0;

            one.feature_id = f->feature_id != NULL ? f->feature_id : f->edition;
            while (k < count && strcmp(done[k], one.feature_id) != 0)
                k++;
            if (k < count || count == SERIES_MAX)
                continue;
            done[count++] = one.feature_id;
            rc = trend_add_series(&t->set, f->edition, h, &one, &t->why);
        }
    }
    return rc;
}

static int build_side_by_side(struct app *a, struct trends *t, const struct trend_spec *spec)
{
    int rc = series_set_init(&t->set, spec->name, "users", SERIES_MONTH, spec->from,
                             (size_t)(spec->to - spec->from + 1));

    if (rc < 0)
        return err_set(&t->why, (enum err_code)rc, "The trend cannot be made");
    rc = add_editions(a, t, &spec->choice);
    if (rc == 0 && t->forecast && !t->by_year)
        series_remark(&t->set, "no forecast of editions side by side: v chooses one");
    if (rc < 0)
        series_set_release(&t->set);
    return rc;
}

/* The months of a forecast that are still on their way. */
static size_t awaited(struct app *a)
{
    struct history_term one;
    size_t n = 0;
    int from, to;

    trend_basis(trends_running(a), &from, &to);
    for (int term = from; term <= to; term++) {
        session_history_term(a->session, term, &one);
        n += one.loading && !one.known;
    }
    return n;
}

static int build_one(struct app *a, struct trends *t, struct trend_spec *spec)
{
    bool forecast = t->forecast && !t->by_year;
    size_t waiting = forecast ? awaited(a) : 0;
    struct history_term running;
    char text[80];
    int rc;

    session_history_term(a->session, session_history(a->session)->running, &running);
    /* One from some of the months would be another one a moment later. */
    spec->forecast = forecast && waiting == 0;
    spec->seen = running.known ? running.as_of : TIME_NONE;
    spec->zone = session_profile(a->session)->billing_timezone;
    rc = trend_list_build(&t->list, session_history(a->session), spec, &t->why);
    if (rc == 0 && (rc = trend_list_set(&t->list, &t->set)) < 0)
        err_set(&t->why, (enum err_code)rc, "The trend cannot be made");
    if (rc == 0 && waiting > 0) {
        snprintf(text, sizeof(text), "the forecast waits for %zu month%s", waiting,
                 waiting == 1 ? "" : "s");
        series_remark(&t->set, text);
    }
    return rc;
}

static int by_year(struct trends *t)
{
    struct series_set years;
    int rc;

    if (t->forecast)
        series_remark(&t->set, "no forecast by year: it is one of months");
    rc = series_by_year(&t->set, &years);
    series_set_release(&t->set);
    if (rc < 0)
        return err_set(&t->why, (enum err_code)rc, "The trend cannot be made");
    t->set = years;
    return 0;
}

static void hide(struct trends *t)
{
    for (size_t i = 0; i < t->set.series_count; i++)
        for (size_t k = 0; k < SERIES_SHOWN_MAX; k++)
            if (t->hidden[k][0] != '\0' &&
                strncmp(t->hidden[k], t->set.series[i].name, sizeof(t->hidden[k]) - 1) == 0)
                t->set.series[i].hidden = true;
}

/* Where NAME is remembered as hidden; else a free place, or NULL. */
static char *remembered(struct trends *t, const char *name)
{
    char *free_place = NULL;

    for (size_t k = 0; k < SERIES_SHOWN_MAX; k++) {
        if (t->hidden[k][0] == '\0')
            free_place = t->hidden[k];
        else if (strncmp(t->hidden[k], name, TREND_NAME_MAX - 1) == 0)
            return t->hidden[k];
    }
    return free_place;
}

bool trends_toggle(struct trends *t, int number)
{
    size_t order[SERIES_SHOWN_MAX];
    const struct series *s;
    char *place;

    if (!t->have_set || !chart_view_toggle(&t->set, number))
        return false;
    series_rank(&t->set, order);
    s = &t->set.series[order[number - 1]];
    place = remembered(t, s->name);
    if (place != NULL)
        snprintf(place, TREND_NAME_MAX, "%s", s->hidden ? s->name : "");
    return true;
}

int trends_build(struct app *a, struct trends *t)
{
    struct gap_input gap = gap_of(a);
    char name[2 * TREND_NAME_MAX];
    struct trend_spec spec = {.name = name, .choice = {.servers = chosen_servers(a), .gap = &gap}};
    int rc;

    trends_range(a, t, &spec.from, &spec.to);
    subject_name(a, t, name, sizeof(name));
    if (t->have_set)
        series_set_release(&t->set);
    t->have_set = false;
    trend_list_release(&t->list);
    if (t->shown.kind == TREND_EDITION)
        spec.choice.feature_id = t->shown.id;
    if (t->shown.kind == TREND_CUSTOMER)
        spec.choice.customer_id = t->shown.id;
    if (t->shown.kind == TREND_NOT_LINKED)
        spec.choice.customer_id = HISTORY_NOT_LINKED;
    rc = t->shown.kind == TREND_SIDE_BY_SIDE ? build_side_by_side(a, t, &spec)
                                             : build_one(a, t, &spec);
    if (rc == 0 && t->by_year)
        rc = by_year(t);
    if (rc < 0)
        return rc;
    t->have_set = true;
    hide(t);
    return 0;
}

/* Whether any number shown is only an upper bound. */
static bool has_bounds(const struct trends *t)
{
    for (size_t i = 0; t->have_set && i < t->set.count; i++)
        if (series_at(&t->set, SERIES_TOTAL, i).at_most)
            return true;
    return false;
}

/* "Nov 2026 is at least that much: 3 of 14 servers silent": the running month's number never stands
 * without it. */
static void gap_words(struct app *a, const struct trends *t, int to, struct buf *out)
{
    const struct history *h = session_history(a->session);
    const struct history_month *m = history_month(h, h->running);
    struct gap_input in = gap_of(a);
    char name[TERM_TEXT];
    struct gap gap;

    in.only = chosen_servers(a);
    if (m == NULL || m->count == 0 || to < h->running || t->shown.kind == TREND_SIDE_BY_SIDE ||
        history_gap(m, &in, &gap) < 0 || !gap_incomplete(&gap))
        return;
    buf_addf(out, "%s%s is at least that much: ", out->len > 0 ? "; " : "",
             term_human(m->term, name));
    gap_text(&gap, out);
}

void trends_state(struct app *a, const struct trends *t, char *out, size_t size, bool *failed)
{
    bool flags[TREND_MONTHS_ALL] = {false};
    size_t known = 0, loading = 0, failures = 0;
    struct history_progress all;
    char sentence[STATE_TEXT];
    struct buf text;
    int from, to;

    trends_range(a, t, &from, &to);
    for (int term = from; term <= to && term - from < TREND_MONTHS_ALL; term++) {
        struct history_term one;

        session_history_term(a->session, term, &one);
        known += one.known;
        loading += one.loading && !one.known;
        flags[term - from] = one.failed;
        failures += one.failed;
    }
    buf_init(&text, size > 0 ? size - 1 : 0);
    *failed = loading == 0 && failures > 0;
    if (loading > 0) {
        buf_addf(&text, "%zu of %d months here, the others are on their way", known, to - from + 1);
    } else if (*failed) {
        session_history_progress(a->session, &all);
        buf_addf(&text, "%zu of %d months could not be read: ", failures, to - from + 1);
        term_spans(&text, flags, (size_t)(to - from + 1), from, SPANS_NAMED);
        buf_addf(&text, ". %s", err_sentence(&all.err, sentence, sizeof(sentence)));
    } else {
        if (has_bounds(t))
            buf_addstr(&text, "<= because the chosen servers share users");
        gap_words(a, t, to, &text);
    }
    snprintf(out, size, "%s", text.data);
    buf_release(&text);
}
