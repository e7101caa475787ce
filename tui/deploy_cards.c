/* The texts of the cards: one a product edition and licensing model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "base/utf8.h"
#include "tui/deploy.h"

enum { NEAR_PERCENT = 95 };

enum role deploy_use_role(int64_t percent)
{
    return percent > 100 ? ROLE_ERROR : percent >= NEAR_PERCENT ? ROLE_WARNING : ROLE_OK;
}

const char *deploy_use_words(const struct deployment *row, char *out, size_t size)
{
    int64_t percent = row->available_percent;
    const char *sign = row->unsampled > 0 ? ">= " : "";

    out[0] = '\0';
    if (row->in_use == DEPLOYMENT_UNKNOWN)
        return out;
    if (percent < 0)
        snprintf(out, size, "%s", row->in_use > 0 ? "over" : "");
    else
        snprintf(out, size, "%s%lld %%%s", sign, (long long)percent,
                 row->overdraft > 0 || percent > 100 ? " over"
                 : percent >= NEAR_PERCENT           ? " near"
                                                     : "");
    return out;
}

const char *deploy_model_words(const char *model)
{
    if (model == NULL)
        return "model not told";
    return strcmp(model, "UserDevice") == 0 ? "User/Device" : model;
}

const char *deploy_product_words(const struct deployment *row, char *out, size_t size)
{
    if (snprintf(out, size, "%s%s%s", row->product, row->edition != NULL ? " " : "",
                 row->edition != NULL ? row->edition : "") >= (int)size)
        out[utf8_cut(out, size - 1)] = '\0';
    return out;
}

static void number(char out[HUMAN_MAX], int64_t n, bool at_least)
{
    char text[HUMAN_MAX];

    if (n == DEPLOYMENT_UNKNOWN)
        snprintf(out, HUMAN_MAX, "?");
    else
        snprintf(out, HUMAN_MAX, "%s%.40s", at_least ? ">= " : "", human_count(n, text));
}

static void add_line(struct card *c, struct deploy_card *t, const char *label, enum role role)
{
    size_t i = c->line_count++;

    c->lines[i] = (struct card_line){
        .label = label,
        .value = t->values[i],
        .note = t->notes[i][0] != '\0' ? t->notes[i] : NULL,
        .role = role,
    };
}

static void fill_lines(const struct deployment *row, struct deploy_card *t, struct card *c)
{
    static const char *const peaks[] = {"peak 7 days", "peak month", "peak ever"};
    const int64_t values[] = {row->peak_7d, row->peak_month, row->peak_all};
    bool at_least = row->unsampled > 0;
    size_t n = 0;

    add_line(c, t, deploy_model_words(row->model), ROLE_TEXT);
    n++;
    number(t->values[n++], row->installed, false);
    add_line(c, t, "installed", ROLE_NUMBER);
    number(t->values[n], row->in_use, at_least);
    deploy_use_words(row, t->notes[n++], sizeof(t->notes[0]));
    add_line(c, t, "in use",
             row->overdraft > 0            ? ROLE_ERROR
             : row->available_percent >= 0 ? deploy_use_role(row->available_percent)
                                           : ROLE_NUMBER);
    number(t->values[n], row->overdraft, at_least);
    if (row->overdraft > 0)
        snprintf(t->notes[n], sizeof(t->notes[0]), "too many");
    else if (row->overdrawn > 0)
        snprintf(t->notes[n], sizeof(t->notes[0]), "on %lld server%s", (long long)row->overdrawn,
                 row->overdrawn == 1 ? "" : "s");
    n++;
    add_line(c, t, "overdraft", row->overdraft > 0 ? ROLE_ERROR : ROLE_NUMBER);
    for (size_t i = 0; i < 3; i++) {
        number(t->values[n++], values[i], false);
        add_line(c, t, peaks[i], ROLE_NUMBER);
    }
}

/* "3 servers, 1 outside". */
static void fill_servers(const struct deployment *row, struct deploy_card *t)
{
    int n = snprintf(t->servers, sizeof(t->servers), "%lld server%s", (long long)row->servers,
                     row->servers == 1 ? "" : "s");

    if (row->servers_excluded > 0)
        snprintf(t->servers + n, sizeof(t->servers) - (size_t)n, ", %lld outside",
                 (long long)row->servers_excluded);
    else if (row->servers == 0)
        snprintf(t->servers, sizeof(t->servers), "on no chosen server");
}

static int fill_trend(struct app *a, size_t i, struct deploy_card *t)
{
    const struct pool *pool = &session_deployment_usage(a->session)->rows[i];
    struct deployment_input in = deploy_input(a);
    struct day_point *points = NULL;
    size_t n = 0;
    int rc = deployment_daily(pool, &in, &points, &n);

    if (rc == 0 && n > 0)
        rc = deploy_series(&t->trend, NULL, NULL, points, n, DAILY_MONTH, day_of(in.now, in.zone),
                           DEPLOY_SPARK);
    t->has_trend = rc == 0 && n > 0;
    free(points);
    return rc;
}

void deploy_cards_release(struct deploy *d)
{
    size_t n = d->texts != NULL ? d->card_count : 0;

    for (size_t i = 0; i < n; i++)
        if (d->texts[i].has_trend)
            series_set_release(&d->texts[i].trend);
    free(d->texts);
    free(d->cards);
    d->texts = NULL;
    d->cards = NULL;
    d->card_count = 0;
}

int deploy_cards_build(struct app *a, struct deploy *d)
{
    size_t n = d->pools.count;

    deploy_cards_release(d);
    d->texts = calloc(n > 0 ? n : 1, sizeof(*d->texts));
    d->cards = calloc(n > 0 ? n : 1, sizeof(*d->cards));
    if (d->texts == NULL || d->cards == NULL) {
        deploy_cards_release(d);
        return ERR_NOMEM;
    }
    d->card_count = n;
    for (size_t i = 0; i < n; i++) {
        const struct deployment *row = &d->pools.rows[i];
        struct deploy_card *t = &d->texts[i];
        struct card *c = &d->cards[i];
        int rc = fill_trend(a, i, t);

        if (rc < 0)
            return rc;
        c->title = deploy_product_words(row, t->title, sizeof(t->title));
        c->role = ROLE_TITLE;
        fill_lines(row, t, c);
        fill_servers(row, t);
        c->change = t->servers;
        c->trend = t->has_trend ? &t->trend : NULL;
    }
    return 0;
}
