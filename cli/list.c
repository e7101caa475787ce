#include "cli/list.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/nearest.h"
#include "cli/args.h"
#include "cli/json.h"
#include "cli/rows.h"
#include "model/export.h"
#include "model/term.h"
#include "model/view.h"

enum { SCHEMA = 1 };

/* command, --by, resource, further ones, row type, what its rows are of */
#define LIST_LIST(X)                                                                               \
    X("servers", NULL, SERVERS, 0, server, LIST_NOW)                                               \
    X("usage", NULL, USAGE, RESOURCE_BIT(RESOURCE_SERVERS), usage_gap, LIST_TERM)                  \
    X("usage", "customer", USAGE,                                                                  \
      RESOURCE_BIT(RESOURCE_SERVERS) | RESOURCE_BIT(RESOURCE_CUSTOMERS), usage_customer,           \
      LIST_TERM)                                                                                   \
    X("usage", "server", USAGE, RESOURCE_BIT(RESOURCE_SERVERS), usage_server, LIST_TERM)           \
    X("history", NULL, USAGE, RESOURCE_BIT(RESOURCE_SERVERS), history, LIST_MONTHS)                \
    X("customers", NULL, CUSTOMERS, 0, customer, LIST_NOW)                                         \
    X("netscaler", NULL, NETSCALERS, 0, netscaler, LIST_NOW)                                       \
    X("notifications", NULL, NOTICES, 0, notice, LIST_NOW)                                         \
    X("cloud", NULL, CLOUD_HISTORY, 0, cloud_month, LIST_NOW)

static const struct list_command list_table[] = {
#define LIST_ROW(command, by, kind, also, type, when)                                              \
    {command, by, RESOURCE_##kind, also, &type##_row_type, type##_rows, when},
    LIST_LIST(LIST_ROW)
#undef LIST_ROW
};
enum { LIST_COUNT = sizeof(list_table) / sizeof(list_table[0]) };

const struct list_command *list_command_find(const char *command)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (strcmp(list_table[i].command, command) == 0)
            return &list_table[i];
    return NULL;
}

int list_command_by(const char *command, const char *by, const struct list_command **out,
                    struct err *err)
{
    const char *names[LIST_COUNT], *near;
    size_t n = 0;

    for (size_t i = 0; i < LIST_COUNT; i++) {
        const struct list_command *l = &list_table[i];

        if (strcmp(l->command, command) != 0)
            continue;
        if (by == NULL ? l->by == NULL : l->by != NULL && strcmp(l->by, by) == 0) {
            *out = l;
            return 0;
        }
        if (l->by != NULL)
            names[n++] = l->by;
    }
    if (by == NULL)
        return err_set(err, ERR_BUG, "no list behind this command");
    near = nearest_name(by, names, n);
    err_set(err, ERR_USAGE, "%s cannot be listed by \"%.40s\"", command, by);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "Leave --by out, or give customer or server");
    return ERR_USAGE;
}

int list_format_parse(const char *text, enum list_format *out, struct err *err)
{
    static const char *const names[FORMAT_COUNT] = {
#define FORMAT_NAME(upper, name) [FORMAT_##upper] = name,
        FORMAT_LIST(FORMAT_NAME)
#undef FORMAT_NAME
    };
    const char *near;

    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (text == NULL || strcmp(text, names[i]) == 0) {
            *out = (enum list_format)i;
            return 0;
        }
    near = nearest_name(text, names, FORMAT_COUNT);
    err_set(err, ERR_USAGE, "there is no format \"%.40s\"", text);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "%s", option_table[OPTION_FORMAT].help);
    return ERR_USAGE;
}

void list_about_gap(struct list_about *about, const char *fmt, ...)
{
    va_list ap;

    if (about->gap_count >= LIST_GAPS_MAX)
        return;
    va_start(ap, fmt);
    vsnprintf(about->gaps[about->gap_count++], LIST_GAP_SIZE, fmt, ap);
    va_end(ap);
}

static void write_json(struct buf *out, const struct view *v, const size_t *cols, size_t count,
                       const struct row_ctx *ctx, const struct list_about *a)
{
    char term[TERM_TEXT];

    buf_addf(out, "{\"schema\":%d,\"resource\":", SCHEMA);
    json_put_text(out, a->resource);
    buf_addstr(out, ",\"account\":");
    json_put_text(out, a->account);
    buf_addstr(out, ",\"term\":");
    json_put_text(out, a->term != TERM_NONE ? term_text(a->term, term) : NULL);
    buf_addstr(out, ",\"as_of\":");
    json_put_time(out, a->as_of);
    buf_addf(out, ",\"from_snapshot\":%s,\"complete\":%s,\"incomplete\":[",
             a->from_snapshot ? "true" : "false", a->gap_count == 0 ? "true" : "false");
    for (size_t i = 0; i < a->gap_count; i++) {
        buf_addstr(out, i > 0 ? "," : "");
        json_put_text(out, a->gaps[i]);
    }
    buf_addf(out, "],\"unreadable\":%zu,\"count\":%zu,\"total\":%zu,\"rows\":[", a->unreadable,
             v->count, v->source.count);
    for (size_t i = 0; i < v->count; i++) {
        buf_addstr(out, i > 0 ? ",\n" : "\n");
        json_put_row(out, v->source.type, cols, count, view_row(v, i), ctx);
    }
    buf_addstr(out, v->count > 0 ? "\n]}\n" : "]}\n");
}

int list_write(struct buf *out, enum list_format format, const struct view *v, const size_t *cols,
               size_t count, const struct row_ctx *ctx, const struct list_about *about)
{
    int rc = 0;

    switch (format) {
    case FORMAT_TABLE:
        rc = export_table(out, v, cols, count, ctx);
        break;
    case FORMAT_CSV:
    case FORMAT_TSV:
        rc = export_csv(out, v, cols, count, format == FORMAT_CSV ? ',' : '\t', ctx);
        break;
    case FORMAT_JSON:
        write_json(out, v, cols, count, ctx, about);
        break;
    case FORMAT_JSONL:
        for (size_t i = 0; i < v->count && out->failed == 0; i++) {
            json_put_row(out, v->source.type, cols, count, view_row(v, i), ctx);
            buf_addc(out, '\n');
        }
        break;
    case FORMAT_COUNT:
        break;
    }
    return rc < 0 ? rc : out->failed;
}
