/* The commands that show a list: from the command line to the rows written out. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "cli/list.h"
#include "cli/output.h"
#include "cli/past.h"
#include "model/export.h"
#include "model/query.h"
#include "model/term.h"
#include "model/view.h"

enum { SCRATCH_MAX = 1024 * 1024 };

/* What the command line asks for, checked before anything is started. */
struct request {
    const struct list_command *list;
    enum list_format format;
    struct query *query;
    size_t cols[COLUMNS_MAX], col_count;
    int sort;
    bool desc;
    int term;                /* TERM_NONE: the running one */
    struct past_range range; /* of a LIST_MONTHS */
};

static int request_term(struct request *q, const char *text, struct err *err)
{
    if (q->list->when != LIST_TERM) {
        err_set(err, ERR_USAGE, "%s without --by is not about one month", q->list->command);
        err_next(err, "Leave --term out, or say what to list with --by");
        return ERR_USAGE;
    }
    if (term_parse(text, &q->term, NULL) == 0)
        return 0;
    err_set(err, ERR_USAGE, "\"%.40s\" is not a month with usage data", text);
    err_next(err, "Write it as 2026-11; the first one is 2016-02");
    return ERR_USAGE;
}

static int request_read(struct request *q, const struct cli *c, struct err *err)
{
    const struct args *a = &c->args;
    const struct row_type *type;
    int rc;

    rc = list_command_by(a->command->name, a->value[OPTION_BY], &q->list, err);
    if (rc < 0)
        return rc;
    type = q->list->type;
    q->sort = -1;
    q->term = TERM_NONE;
    rc = list_format_parse(a->value[OPTION_FORMAT], &q->format, err);
    if (rc == 0)
        rc = past_range(c, &q->range, err);
    if (rc == 0)
        rc = export_columns(a->value[OPTION_COLUMNS], type, q->cols, COLUMNS_MAX, &q->col_count,
                            err);
    if (rc == 0 && a->value[OPTION_SORT] != NULL)
        rc = sort_parse(a->value[OPTION_SORT], type, &q->sort, &q->desc, err);
    if (rc == 0 && a->value[OPTION_TERM] != NULL && q->list->when != LIST_TERM) {
        err_set(err, ERR_USAGE, "this list is not of one month");
        err_next(err, "Leave --term out, or add --by");
        rc = ERR_USAGE;
    }
    if (rc == 0 && a->value[OPTION_TERM] != NULL)
        rc = request_term(q, a->value[OPTION_TERM], err);
    if (rc == 0 && a->value[OPTION_FILTER] != NULL)
        rc = query_compile(a->value[OPTION_FILTER], type, &q->query, NULL, err);
    if (rc == 0)
        rc = output_check(a->value[OPTION_OUTPUT], a->given[OPTION_FORCE], err);
    return rc;
}

static int ask(struct cli *c, const struct request *q, struct err *err)
{
    unsigned mask = RESOURCE_BIT(q->list->kind) | q->list->also;
    struct session *s;
    int rc = cli_open(c, err);

    if (rc < 0)
        return rc;
    s = c->account.session;
    if (q->term != TERM_NONE && session_set_term(s, q->term) < 0) {
        err_set(err, ERR_USAGE, "there is no usage of %s", c->args.value[OPTION_TERM]);
        err_next(err, "Months go from 2016-02 to the running one");
        return ERR_USAGE;
    }
    rc = cli_fetch(c, mask, err);
    if (rc == 0) {
        enum resource_kind kind = q->list->kind;

        rc = fetch_fault(s, kind, err);
        if (rc == 0)
            rc = fetch_fault(s, kind = list_needs(q->list), err);
        if (rc < 0 && session_resource(s, kind)->known)
            cli_note(c, "--offline shows what was known before");
    }
    if (rc == 0 && q->list->kind == RESOURCE_SERVERS && session_servers(s)->unavailable) {
        err_set(err, ERR_SERVER, "the status of the license servers is not known");
        err_why(err, "the service answered with no list of servers at all");
        err_next(err, "Try again later");
        rc = ERR_SERVER;
    }
    return rc;
}

static void describe(struct list_about *about, const struct cli *c, const struct request *q,
                     const struct list_rows *rows)
{
    const struct session *s = c->account.session;
    const struct list_command *l = q->list;

    list_describe(l, s, rows, about);
    if (l->when == LIST_MONTHS)
        past_describe(about, s, rows->from, rows->to);
    for (size_t i = 0; i < about->gap_count; i++)
        cli_note(c, "incomplete: %s", about->gaps[i]);
    if ((l->also & RESOURCE_BIT(RESOURCE_CUSTOMERS)) != 0 &&
        fetch_fault_optional(s, RESOURCE_CUSTOMERS, NULL) < 0)
        cli_note(c, "customers are named as the usage names them; their list is not known");
    /* Said as an error when the rows are out. */
    list_about_unreadable(about);
}

static int show(struct cli *c, const struct request *q, struct list_rows *rows, struct err *err)
{
    struct list_about about;
    struct buf scratch;
    struct row_ctx ctx = {.now = clock_wall(&c->clock), .scratch = &scratch};
    struct view v;
    int rc = q->list->rows(rows, c->account.session);

    buf_init(&scratch, SCRATCH_MAX);
    view_init(&v);
    if (rc == 0) {
        v.source = rows->source;
        v.query = q->query;
        v.sort_column = q->sort;
        v.sort_desc = q->desc;
        describe(&about, c, q, rows);
        rc = view_rebuild(&v, &ctx);
    }
    if (rc == 0 && c->args.given[OPTION_COUNT])
        rc = buf_addf(&c->out, "%zu\n", v.count);
    else if (rc == 0)
        rc = list_write(&c->out, q->format, &v, q->cols, q->col_count, &ctx, &about);
    if (rc < 0)
        err_set(err, (enum err_code)rc, "the %s cannot be written out", q->list->type->many);
    view_release(&v);
    buf_release(&scratch);
    return rc;
}

int cli_list(struct cli *c, struct err *err)
{
    struct request q = {0};
    struct list_rows rows;
    int rc = request_read(&q, c, err);

    list_rows_init(&rows);
    if (rc == 0 && q.list->when == LIST_MONTHS)
        rc = past_fetch(c, q.list->also, &q.range, 0, &rows.from, &rows.to, err);
    else if (rc == 0)
        rc = ask(c, &q, err);
    if (rc == 0)
        rc = show(c, &q, &rows, err);
    if (rc == 0) {
        c->wrote_all = true;
        rc = q.list->when == LIST_MONTHS ? past_fault(c->account.session, rows.from, rows.to, err)
                                         : fetch_unreadable(c->account.session, q.list->kind, err);
        if (rc == 0)
            rc = fetch_unreadable(c->account.session, list_needs(q.list), err);
    }
    list_rows_release(&rows);
    query_free(q.query);
    return rc;
}
