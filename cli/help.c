#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "api_client/api.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/nearest.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/list.h"
#include "model/account.h"
#include "model/limits.h"
#include "model/netscaler.h"
#include "model/query.h"
#include "model/server.h"

enum { NAME_CELLS = 26 };

static void option_line(struct buf *out, const struct option_row *o, const char *help)
{
    char name[64], letter[8] = "    ";

    if (o->letter != 0)
        snprintf(letter, sizeof(letter), "-%c, ", o->letter);
    if (o->value == NULL)
        snprintf(name, sizeof(name), "%s--%s", letter, o->name);
    else if (option_value_optional(o))
        snprintf(name, sizeof(name), "%s--%s[=%.*s]", letter, o->name, (int)strlen(o->value) - 2,
                 o->value + 1);
    else
        snprintf(name, sizeof(name), "%s--%s %s", letter, o->name, o->value);
    buf_addf(out, "  %-*s %s\n", NAME_CELLS, name, help);
}

/* FORMATS: the help of --format; NULL: its own. */
static void options(struct buf *out, uint64_t mask, const char *formats)
{
    for (size_t i = 0; i < OPTION_ALL; i++)
        if (mask & (UINT64_C(1) << i))
            option_line(out, &option_table[i],
                        i == OPTION_FORMAT && formats != NULL ? formats : option_table[i].help);
}

static uint64_t everywhere(void)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < OPTION_ALL; i++)
        if (option_table[i].scope == OPTION_EVERYWHERE)
            mask |= UINT64_C(1) << i;
    return mask;
}

static void command_line(struct buf *out, const struct command *c)
{
    char name[40];

    snprintf(name, sizeof(name), "%s%s%s", c->name, c->words != NULL ? " " : "",
             c->words != NULL ? c->words : "");
    buf_addf(out, "  %-16s %s\n", name, c->summary);
}

void help_full(struct buf *out)
{
    buf_addstr(out, "luitop shows what Citrix License Usage Insights knows of your account.\n"
                    "\n"
                    "Examples:\n"
                    "  luitop                       the dashboard\n"
                    "  luitop --demo                the dashboard of a made-up provider\n"
                    "  luitop status                what needs attention, as text\n"
                    "  luitop servers --filter 'severity>=warning' --format csv\n"
                    "  luitop check servers         for monitoring\n"
                    "\n"
                    "Usage: luitop [OPTIONS] [COMMAND]\n"
                    "\n"
                    "Commands:\n");
    for (size_t i = 0; i < command_count; i++)
        command_line(out, &command_table[i]);
    buf_addstr(out, "\nOptions:\n");
    options(out, everywhere(), NULL);
    buf_addstr(out, "\nOptions of the lists (servers, usage and so on):\n");
    options(out, command_find("usage")->options | command_find("history")->options, NULL);
    buf_addstr(out,
               "\nSettings come from options, then LUITOP_* variables, then the settings\n"
               "files: see \"luitop help config\".\n"
               "\n"
               "Exit status: 0 ok, 1 failed, 64 wrong use, 65 bad data, 69 service not\n"
               "available, 75 try later, 77 not permitted, 78 wrong settings, 130 interrupted;\n"
               "check: 0 ok, 1 warning, 2 critical, 3 unknown.\n");
}

void help_short(struct buf *out)
{
    buf_addstr(out, "luitop needs a terminal for its dashboard. Without one:\n"
                    "  luitop status          what needs attention, as text\n"
                    "  luitop servers         license servers; also as csv and json\n"
                    "  luitop --demo          the status of a made-up provider\n"
                    "  luitop help            everything else\n");
}

static void named_filters(struct buf *out, const struct server_filter *filters, size_t count)
{
    char query[QUERY_TEXT_MAX];

    buf_addstr(out, "\nFilters of the dashboard:\n");
    for (size_t i = 0; i < count; i++)
        if (filters[i].query[0] != '\0')
            buf_addf(out, "  %-16s --filter '%s'\n", filters[i].name,
                     limits_text(&limits_product, filters[i].query, query, sizeof(query)));
}

static void list_help(struct buf *out, const struct list_command *l)
{
    static const struct {
        enum resource_kind kind;
        const struct server_filter *filters;
        const size_t *count;
    } named[] = {
        {RESOURCE_SERVERS, server_filters, &server_filter_count},
        {RESOURCE_NETSCALERS, netscaler_filters, &netscaler_filter_count},
        {RESOURCE_NOTICES, notice_filters, &notice_filter_count},
    };

    buf_addstr(out, "\nColumns:\n");
    for (size_t i = 0; i < l->type->count; i++) {
        const struct column *c = &l->type->columns[i];

        if (!(c->flags & COLUMN_SCREEN))
            buf_addf(out, "  %-16s %s\n", c->name, c->help != NULL ? c->help : "");
    }
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
        if (l->kind == named[i].kind)
            named_filters(out, named[i].filters, *named[i].count);
    buf_addstr(out, "\nFilter: words, column=value, != < <= > >= ~ (contains), and, or, not, ( );\n"
                    "column=null for what is empty.\n");
}

void help_command(struct buf *out, const struct command *c)
{
    const struct list_command *list = list_command_find(c->name, NULL);

    buf_addf(out, "luitop %s: %s\n\nExamples:\n%s\nUsage: luitop %s%s%s [OPTIONS]\n", c->name,
             c->summary, c->examples, c->name, c->words != NULL ? " " : "",
             c->words != NULL ? c->words : "");
    if (c->about != NULL)
        buf_addf(out, "\n%s", c->about);
    if (c->options != 0) {
        buf_addstr(out, "\nOptions:\n");
        options(out, c->options, c->formats);
    }
    if (list != NULL)
        list_help(out, list);
    buf_addstr(out, "\nOptions for everything (--profile, --demo, --quiet ...): luitop help\n");
}

void help_version(struct buf *out)
{
    char library[160];

    buf_addf(out, "luitop %s (%s)\n", LUITOP_VERSION, api_library(library, sizeof(library)));
}

int cli_help(struct cli *c, struct err *err)
{
    const struct command *command = c->args.command;
    const char *names[64], *near, *word = NULL;
    size_t n = 0;

    /* "luitop help servers" and "luitop servers --help" are the same. */
    if (command != NULL && command->run == cli_help) {
        word = c->args.operand_count > 0 ? c->args.operands[0] : NULL;
        command = word != NULL ? command_find(word) : NULL;
    }
    if (word != NULL && command == NULL) {
        for (; n < command_count && n < 64; n++)
            names[n] = command_table[n].name;
        near = nearest_name(word, names, n);
        err_set(err, ERR_USAGE, "there is no command \"%.60s\"", word);
        if (near != NULL)
            err_next(err, "Did you mean \"luitop help %s\"?", near);
        else
            err_next(err, "\"luitop help\" lists the commands");
        return ERR_USAGE;
    }
    if (command != NULL)
        help_command(&c->out, command);
    else
        help_full(&c->out);
    return 0;
}
