/* `luitop trend`: from the command line to the text. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "cli/list.h"
#include "cli/output.h"
#include "cli/past.h"
#include "cli/trend.h"
#include "model/term.h"
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

/* What the drawing does not tell by itself. */
static void notes(const struct cli *c, int from, int to)
{
    struct list_about about = {.as_of = TIME_NONE, .term = TERM_NONE};

    past_describe(&about, c->account.session, from, to);
    for (size_t i = 0; i < about.gap_count; i++)
        cli_note(c, "incomplete: %s", about.gaps[i]);
}

static int draw(struct cli *c, enum trend_form form, int cols, int from, int to, struct err *err)
{
    const struct session *s = c->account.session;
    const struct trend_choice wanted = {.edition = c->args.value[OPTION_EDITION],
                                        .customer = c->args.value[OPTION_CUSTOMER]};
    struct history_choice choice;
    struct series_set set;
    struct buf name;
    int rc;

    buf_init(&name, NAME_MAX_BYTES);
    rc = trend_resolve(&wanted, session_history(s), session_customers(s), from, to, &choice, &name,
                       err);
    if (rc == 0)
        rc = trend_series(&set, session_history(s), &choice, name.data, from, to, err);
    if (rc == 0) {
        notes(c, from, to);
        rc = trend_write(&c->out, &set, form, cols, glyphs(c));
        if (rc < 0)
            err_set(err, (enum err_code)rc, "the trend cannot be drawn");
        series_set_release(&set);
    }
    buf_release(&name);
    return rc;
}

int cli_trend(struct cli *c, struct err *err)
{
    const struct args *a = &c->args;
    unsigned mask = RESOURCE_BIT(RESOURCE_SERVERS);
    enum trend_form form;
    int months, cols, from, to;
    int rc = trend_form_parse(a->value[OPTION_FORMAT], &form, err);

    if (rc == 0)
        rc = past_months(c, &months, err);
    if (rc == 0)
        rc = width(c, &cols, err);
    if (rc == 0)
        rc = output_check(a->value[OPTION_OUTPUT], a->given[OPTION_FORCE], err);
    if (a->given[OPTION_CUSTOMER])
        mask |= RESOURCE_BIT(RESOURCE_CUSTOMERS);
    if (rc == 0)
        rc = past_fetch(c, mask, months, &from, &to, err);
    if (rc == 0)
        rc = draw(c, form, cols, from, to, err);
    if (rc == 0) {
        c->wrote_all = true;
        rc = past_fault(c->account.session, from, to, err);
    }
    return rc;
}
