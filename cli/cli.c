#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utf8.h"
#include "cli/check.h"
#include "cli/fetch.h"
#include "cli/help.h"
#include "cli/output.h"

/* The largest list (100 000 rows) with room to spare. */
enum { OUT_MAX = 512 * 1024 * 1024, CHECK_SECONDS = 50, SECONDS_MAX = 86400 };

/* --now, else LUITOP_NOW, else the system's clock. */
static int start_clock(struct cli *c, struct err *err)
{
    const char *flag = c->args.value[OPTION_NOW], *env = getenv("LUITOP_NOW");
    const char *text = flag != NULL ? flag : env;
    int64_t now = TIME_NONE;
    enum err_code code = flag != NULL ? ERR_USAGE : ERR_SETTINGS;

    if (text != NULL && text[0] != '\0' &&
        (time_parse(text, strlen(text), &now, NULL) < 0 || now == TIME_NONE)) {
        err_set(err, code, "%s \"%.40s\" is not a time", flag != NULL ? "--now" : "LUITOP_NOW",
                text);
        err_next(err, "Write it like 2026-12-03T09:00:00Z");
        return code;
    }
    clock_init(&c->clock, now);
    return 0;
}

int cli_start(struct cli *c, int argc, char *const argv[], struct err *err)
{
    int rc;

    memset(c, 0, sizeof(*c));
    clock_init(&c->clock, TIME_NONE);
    log_init(&c->log);
    account_init(&c->account);
    buf_init(&c->out, OUT_MAX);
    rc = args_parse(&c->args, argc, argv, err);
    if (rc == 0)
        rc = start_clock(c, err);
    if (rc == 0 && c->args.value[OPTION_LOG] != NULL)
        rc = log_open(&c->log, c->args.value[OPTION_LOG], err);
    return rc;
}

void cli_release(struct cli *c)
{
    account_release(&c->account);
    log_release(&c->log);
    buf_release(&c->out);
}

static bool terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool cli_wants_dashboard(const struct cli *c)
{
    return c->args.command == NULL && !c->args.given[OPTION_HELP] &&
           !c->args.given[OPTION_VERSION] && terminal();
}

void cli_say(const struct err *err)
{
    char sentence[1200];

    fprintf(stderr, "luitop: %s\n", err_sentence(err, sentence, sizeof(sentence)));
}

void cli_note(const struct cli *c, const char *fmt, ...)
{
    struct err e = {0};
    va_list ap;

    if (c->args.given[OPTION_QUIET])
        return;
    va_start(ap, fmt);
    vsnprintf(e.why, sizeof(e.why), fmt, ap);
    va_end(ap);
    snprintf(e.what, sizeof(e.what), "note");
    cli_say(&e);
}

int cli_fail(const struct cli *c, const struct err *err)
{
    const struct command *command = c->args.command;
    struct err ignored;
    struct buf line;

    log_line((struct log *)&c->log, "failed: %s", err->what);
    if (err->code == ERR_CANCELLED || command == NULL || !command->plugin) {
        cli_say(err);
        return err_exit_status(err->code);
    }
    buf_init(&line, 8192);
    check_unknown(&line, "SERVERS", err);
    output_write(NULL, false, line.data, line.len, &ignored);
    buf_release(&line);
    return check_exit_status(CHECK_UNKNOWN);
}

int cli_open(struct cli *c, struct err *err)
{
    int rc = account_open(&c->account, &c->args, &c->clock, &c->log, false, err);

    if (rc == 0 && c->account.note[0] != '\0')
        cli_note(c, "%s", c->account.note);
    return rc;
}

int cli_fetch_history(struct cli *c, unsigned mask, int from, int to, struct err *err)
{
    bool plugin = c->args.command != NULL && c->args.command->plugin;
    struct fetch f = {
        .progress = !c->args.given[OPTION_QUIET] && isatty(STDERR_FILENO), .from = from, .to = to};
    int64_t seconds;
    int rc = args_number(&c->args, OPTION_TIMEOUT, 1, SECONDS_MAX, plugin ? CHECK_SECONDS : 0,
                         &seconds, err);

    f.seconds = (int)seconds;
    return rc < 0 ? rc : fetch_run(c->account.session, mask, &f, err);
}

int cli_fetch(struct cli *c, unsigned mask, struct err *err)
{
    return cli_fetch_history(c, mask, 0, 0, err);
}

/* Nothing that can be run was asked for. */
static int explain(struct cli *c)
{
    help_short(&c->out);
    if (write(STDERR_FILENO, c->out.data, c->out.len) < 0)
        log_line(&c->log, "stderr is closed");
    return err_exit_status(ERR_USAGE);
}

int cli_run(struct cli *c)
{
    struct args *a = &c->args;
    struct err err = {0};
    int rc = 0;

    if (a->command == NULL && a->given[OPTION_DEMO] && !a->given[OPTION_HELP])
        a->command = command_find("status");
    if (a->given[OPTION_VERSION])
        help_version(&c->out);
    else if (a->given[OPTION_HELP])
        rc = cli_help(c, &err);
    else if (a->command == NULL)
        return explain(c);
    else
        rc = a->command->run(c, &err);
    if (rc == 0 || c->wrote_all) {
        struct err failed = {0};
        int written = output_write(a->value[OPTION_OUTPUT], a->given[OPTION_FORCE], c->out.data,
                                   c->out.len, &failed);

        if (written < 0) {
            rc = written;
            err = failed;
        }
    }
    if (rc == 0)
        return c->plugin_status;
    if (err.code == 0)
        err_set(&err, (enum err_code)rc, "luitop failed");
    return cli_fail(c, &err);
}
