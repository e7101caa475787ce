/* `luitop trend`: from the command line to the text. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "cli/list.h"
#include "cli/output.h"
#include "cli/past.h"
#include "cli/trend.h"
#include "model/term.h"
#include "model/view.h"
#include "session/config.h"
#include "session/session.h"

enum { WIDTH_MIN = 20, WIDTH_MAX = 1000, WIDTH = 80, NAME_MAX_BYTES = 4096 };

/* --width, else COLUMNS where it makes sense, else 80. */
static int width(const struct cli *c, int *out, struct err *err)
{
    const char *env = getenv("COLUMNS");
    long columns = env != NULL ? strtol(env, NULL, 10) : 0;
    int64_t cells;
    int rc =
        args_number(&c->args, OPTION_WIDTH, WIDTH_MIN, WIDTH_MAX,
                    columns >= WIDTH_MIN && columns <= WIDTH_MAX ? columns : WIDTH, &cells, err);

    if (rc == 0)
        *out = (int)cells;
    return rc;
}

/* The environment's, without making it this program's. */
static enum chart_glyphs glyphs(const struct cli *c)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    const char *setting = config_ui(c->account.config)->glyphs;
    enum chart_glyphs g;

    if (locale == (locale_t)0)
        return CHART_GLYPHS_ASCII;
    g = trend_glyphs(setting, nl_langinfo_l(CODESET, locale));
    freelocale(locale);
    return g;
}

/* What the command line asks for. */
struct request {
    struct trend_format format;
    struct past_range range;
    int cols;
    bool by_year, forecast;
};

static int request_read(struct request *q, const struct cli *c, struct err *err)
{
    const struct args *a = &c->args;
    const char *by = a->value[OPTION_BY];
    int rc = trend_format_parse(a->value[OPTION_FORMAT], &q->format, err);

    if (rc == 0)
        rc = past_range(c, &q->range, err);
    if (rc == 0)
        rc = width(c, &q->cols, err);
    if (rc == 0)
        rc = output_check(a->value[OPTION_OUTPUT], a->given[OPTION_FORCE], err);
    if (rc < 0)
        return rc;
    q->by_year = by != NULL;
    q->forecast = a->given[OPTION_FORECAST];
    if (by != NULL && strcmp(by, "year") != 0) {
        err_set(err, ERR_USAGE, "a trend cannot be shown by \"%.40s\"", by);
        err_next(err, "Give --by year; --customer and --edition choose whose it is");
    } else if (q->by_year && q->forecast) {
        err_set(err, ERR_USAGE, "there is no forecast by year");
        err_next(err, "Leave --by out: a forecast is one of months");
    } else if (q->by_year && q->format.rows) {
        err_set(err, ERR_USAGE, "the rows of csv and json are months");
        err_next(err, "Leave --by out, or give chart, table or sentence");
    } else {
        return 0;
    }
    return ERR_USAGE;
}

static void describe(const struct cli *c, const struct trend_list *l, int from, int to,
                     struct list_about *about)
{
    *about = (struct list_about){.resource = "trend",
                                 .account = c->account.profile.customer_id,
                                 .as_of = TIME_NONE,
                                 .term = TERM_NONE};
    past_describe(about, c->account.session, from, to);
    for (size_t i = 0; i < about->gap_count; i++)
        cli_note(c, "incomplete: %s", about->gaps[i]);
    /* What is drawn carries its remarks itself, and rows their method. */
    for (size_t i = 0; i < l->remark_count; i++)
        if (l->remarks[i].refusal)
            list_about_gap(about, "%s", l->remarks[i].text);
}

static int write_rows(struct cli *c, const struct request *q, const struct trend_list *l,
                      const struct list_about *about)
{
    size_t cols[COLUMNS_MAX];
    struct buf scratch;
    struct row_ctx ctx = {.now = clock_wall(&c->clock), .scratch = &scratch};
    struct view v;
    int rc;

    for (size_t i = 0; i < trend_row_type.count; i++)
        cols[i] = i;
    buf_init(&scratch, NAME_MAX_BYTES);
    view_init(&v);
    v.source = trend_list_source(l);
    v.sort_column = -1;
    rc = view_rebuild(&v, &ctx);
    for (size_t i = 0; i < l->remark_count; i++)
        if (l->remarks[i].refusal)
            cli_note(c, "%s", l->remarks[i].text);
    if (rc == 0)
        rc = list_write(&c->out, q->format.format, &v, cols, trend_row_type.count, &ctx, about);
    view_release(&v);
    buf_release(&scratch);
    return rc;
}

static int write_drawing(struct cli *c, const struct request *q, const struct trend_list *l)
{
    struct series_set set, years;
    int rc = trend_list_set(l, &set);

    if (rc == 0 && q->by_year) {
        rc = series_by_year(&set, &years);
        series_set_release(&set);
        set = years;
    }
    if (rc < 0)
        return rc;
    rc = trend_write(&c->out, &set, q->format.form, q->cols, glyphs(c));
    series_set_release(&set);
    return rc;
}

static int make(struct cli *c, const struct request *q, int from, int to, struct trend_list *l,
                struct err *err)
{
    const struct session *s = c->account.session;
    const struct trend_choice wanted = {.edition = c->args.value[OPTION_EDITION],
                                        .customer = c->args.value[OPTION_CUSTOMER]};
    struct trend_spec spec = {.from = from, .to = to, .forecast = q->forecast};
    struct history_term running;
    struct buf name;
    int rc;

    session_history_term(s, session_history(s)->running, &running);
    spec.seen = running.known ? running.as_of : TIME_NONE;
    spec.zone = session_profile(s)->billing_timezone;
    buf_init(&name, NAME_MAX_BYTES);
    rc = trend_resolve(&wanted, session_history(s), session_customers(s), from, to, &spec.choice,
                       &name, err);
    spec.name = name.data;
    if (rc == 0)
        rc = trend_list_build(l, session_history(s), &spec, err);
    buf_release(&name);
    return rc;
}

static int show(struct cli *c, const struct request *q, int from, int to, struct err *err)
{
    struct list_about about;
    struct trend_list l;
    int rc;

    trend_list_init(&l);
    rc = make(c, q, from, to, &l, err);
    if (rc == 0) {
        describe(c, &l, from, to, &about);
        rc = q->format.rows ? write_rows(c, q, &l, &about) : write_drawing(c, q, &l);
        if (rc < 0)
            err_set(err, (enum err_code)rc, "the trend cannot be written out");
    }
    trend_list_release(&l);
    return rc;
}

int cli_trend(struct cli *c, struct err *err)
{
    unsigned mask = RESOURCE_BIT(RESOURCE_SERVERS), also;
    struct request q = {0};
    int from, to, rc = request_read(&q, c, err);

    if (c->args.given[OPTION_CUSTOMER])
        mask |= RESOURCE_BIT(RESOURCE_CUSTOMERS);
    also = (q.forecast ? PAST_BASIS : 0) | (q.by_year ? PAST_YEARS : 0);
    if (rc == 0)
        rc = past_fetch(c, mask, &q.range, also, &from, &to, err);
    if (rc == 0)
        rc = show(c, &q, from, to, err);
    if (rc == 0) {
        c->wrote_all = true;
        rc = past_fault(c->account.session, from, to, err);
    }
    return rc;
}
