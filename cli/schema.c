/* `luitop schema`: what the JSON of the lists looks like, as a JSON Schema made from the tables of
 * their columns. */
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "cli/cli.h"
#include "cli/list.h"
#include "model/json.h"
#include "model/trend_list.h"

/* A document of the command line; `trend` writes rows too, but is no list of session/lists.h. */
struct document {
    const char *command, *by;
    const struct row_type *type;
};
enum { DOCUMENTS_MAX = LIST_COMMANDS_MAX + 1 };

static size_t documents(const char *command, const char *by, struct document out[DOCUMENTS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < list_command_count; i++) {
        const struct list_command *l = &list_commands[i];

        if ((command == NULL || strcmp(command, l->command) == 0) &&
            (by == NULL || (l->by != NULL && strcmp(by, l->by) == 0)))
            out[n++] = (struct document){l->command, l->by, l->type};
    }
    if (by == NULL && (command == NULL || strcmp(command, "trend") == 0))
        out[n++] = (struct document){"trend", NULL, &trend_row_type};
    return n;
}

/* Any value may be missing, so each column may be null. */
static void put_kind(struct buf *out, const struct column *c)
{
    switch (c->kind) {
    case VALUE_INT:
        buf_addstr(out, "\"type\":[\"integer\",\"null\"]");
        break;
    case VALUE_BOOL:
        buf_addstr(out, "\"type\":[\"boolean\",\"null\"]");
        break;
    case VALUE_TIME:
        buf_addstr(out, "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"");
        break;
    case VALUE_LIST:
        buf_addstr(out, "\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"}");
        break;
    case VALUE_TEXT:
    case VALUE_NULL:
        buf_addstr(out, "\"type\":[\"string\",\"null\"]");
        break;
    }
    if (c->words == NULL)
        return;
    buf_addstr(out, ",\"enum\":[");
    for (const char *const *word = c->words; *word != NULL; word++) {
        json_put_text(out, *word);
        buf_addc(out, ',');
    }
    buf_addstr(out, "null]");
}

static void put_row(struct buf *out, const struct row_type *type)
{
    bool any = false;

    buf_addstr(out, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < type->count; i++) {
        const struct column *c = &type->columns[i];

        if ((c->flags & COLUMN_SCREEN) != 0)
            continue;
        buf_addstr(out, any ? ",\n    " : "\n    ");
        json_put_text(out, c->name);
        buf_addstr(out, ":{");
        put_kind(out, c);
        buf_addstr(out, ",\"description\":");
        json_put_text(out, c->help != NULL ? c->help : "");
        buf_addc(out, '}');
        any = true;
    }
    buf_addstr(out, "}}");
}

static void put_name(struct buf *out, const struct document *d)
{
    buf_addf(out, "%s%s%s", d->command, d->by != NULL ? "_by_" : "", d->by != NULL ? d->by : "");
}

static void put_document(struct buf *out, const struct document *d)
{
    static const char head[] =
        "\"as_of\":{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"},"
        "\"from_snapshot\":{\"type\":\"boolean\",\"description\":\"remembered from an earlier "
        "run\"},"
        "\"complete\":{\"type\":\"boolean\",\"description\":\"incomplete is empty\"},"
        "\"incomplete\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":"
        "\"why the rows do not tell everything, a sentence each\"},"
        "\"unreadable\":{\"type\":\"integer\",\"minimum\":0,\"description\":"
        "\"rows of the service that could not be read\"},"
        "\"count\":{\"type\":\"integer\",\"minimum\":0},"
        "\"total\":{\"type\":\"integer\",\"minimum\":0,\"description\":"
        "\"rows before the filter\"},\n   ";

    buf_addf(out, "{\"description\":\"luitop %s%s%s --format json\",\"type\":\"object\",\n   ",
             d->command, d->by != NULL ? " --by " : "", d->by != NULL ? d->by : "");
    buf_addstr(out, "\"required\":[\"schema\",\"resource\",\"account\",\"term\",\"as_of\","
                    "\"from_snapshot\",\"complete\",\"incomplete\",\"unreadable\",\"count\","
                    "\"total\",\"rows\"],\n   \"properties\":{");
    buf_addf(out, "\"schema\":{\"const\":%d},\"resource\":{\"const\":", LIST_SCHEMA);
    json_put_text(out, d->command);
    buf_addstr(out, "},\"account\":{\"type\":\"string\"},\"term\":{\"type\":[\"string\",\"null\"],"
                    "\"pattern\":\"^[0-9]{4}-[0-9]{2}$\"},\n   ");
    buf_addstr(out, head);
    buf_addstr(out, "\"rows\":{\"type\":\"array\",\"description\":"
                    "\"every column, or those of --columns\",\"items\":\n   ");
    put_row(out, d->type);
    buf_addstr(out, "}}}");
}

static void put_schema(struct buf *out, const struct document *d, size_t count)
{
    buf_addstr(out, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n");
    buf_addf(out, " \"title\":\"The lists of luitop\",\"version\":%d,\n \"anyOf\":[", LIST_SCHEMA);
    for (size_t i = 0; i < count; i++) {
        buf_addstr(out, i > 0 ? ",\n  {\"$ref\":\"#/$defs/" : "{\"$ref\":\"#/$defs/");
        put_name(out, &d[i]);
        buf_addstr(out, "\"}");
    }
    buf_addstr(out, "],\n \"$defs\":{");
    for (size_t i = 0; i < count; i++) {
        buf_addstr(out, i > 0 ? ",\n  \"" : "\n  \"");
        put_name(out, &d[i]);
        buf_addstr(out, "\":");
        put_document(out, &d[i]);
    }
    buf_addstr(out, "}}\n");
}

/* There is no list of that name. */
static int unknown(const char *command, struct err *err)
{
    struct document all[DOCUMENTS_MAX];
    size_t count = documents(NULL, NULL, all);
    const char *names[DOCUMENTS_MAX], *near;

    for (size_t i = 0; i < count; i++)
        names[i] = all[i].command;
    near = nearest_name(command, names, count);
    err_set(err, ERR_USAGE, "there is no list \"%.60s\"", command);
    if (near != NULL)
        err_next(err, "Did you mean \"luitop schema %s\"?", near);
    else
        err_next(err, "\"luitop schema\" describes them all");
    return ERR_USAGE;
}

int cli_schema(struct cli *c, struct err *err)
{
    const char *command = c->args.operand_count > 0 ? c->args.operands[0] : NULL;
    const char *by = c->args.value[OPTION_BY];
    struct document found[DOCUMENTS_MAX];
    const struct list_command *list;
    size_t count;
    int rc;

    if (command == NULL && by != NULL) {
        err_set(err, ERR_USAGE, "--by needs a list");
        err_next(err, "Write: luitop schema usage --by %.40s", by);
        return ERR_USAGE;
    }
    if (command != NULL && documents(command, NULL, found) == 0)
        return unknown(command, err);
    if (by != NULL && (rc = list_command_by(command, by, &list, err)) < 0)
        return rc;
    count = documents(command, by, found);
    put_schema(&c->out, found, count);
    return 0;
}
