/*
 * luitop without a screen: status, lists, the monitoring plug-in, settings, help.
 *
 * Data goes to stdout, everything else to stderr: errors as one sentence behind "luitop: ", notes
 * and progress likewise. Exit statuses are those of base/err.h; `check` uses 0 to 3 as monitoring
 * plug-ins do. No escape code is ever written. A reader that goes away (EPIPE) ends luitop quietly
 * with 0; an interrupt ends it with 130.
 *
 * The only caller is luitop.c:
 *
 *     struct cli c;
 *     rc = cli_start(&c, argc, argv, &err);
 *     status = rc < 0 ? cli_fail(&c, &err) : cli_wants_dashboard(&c) ? … : cli_run(&c);
 *     cli_release(&c);
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "cli/account.h"
#include "cli/args.h"

struct err;

struct cli {
    struct args args;
    struct clock clock;
    struct log log;
    struct account account; /* opened by the commands that need it */
    struct buf out;         /* what a command says on stdout or into --output */
    bool wrote_all;         /* out is to be written although the command reports an error */
    int plugin_status;      /* a check's own exit status */
};

/* Reads the command line, the clock and the log file; opens nothing else and reads no settings.
 * C is initialised whatever happens. ERR_USAGE, ERR_SETTINGS (LUITOP_NOW), ERR_IO (log). */
int cli_start(struct cli *c, int argc, char *const argv[], struct err *err);
void cli_release(struct cli *c);

/* No command was given, and stdin and stdout are a terminal. */
bool cli_wants_dashboard(const struct cli *c);
/* Runs the command; without one, `--demo` runs `status` and anything else says how to use luitop.
 * Returns the exit status; errors have been said. */
int cli_run(struct cli *c);
/* Says ERR where the command's errors go, and gives the exit status for it. */
int cli_fail(const struct cli *c, const struct err *err);

/* Opens c->account as the command line says (account.h). */
int cli_open(struct cli *c, struct err *err);
/* Asks for the resources in MASK and waits, within --timeout and with a word on a terminal's stderr
 * when it takes long (fetch.h). */
int cli_fetch(struct cli *c, unsigned mask, struct err *err);
/* The same, and for the months FROM to TO of the history. */
int cli_fetch_history(struct cli *c, unsigned mask, int from, int to, struct err *err);
/* "luitop: SENTENCE" on stderr. */
void cli_say(const struct err *err);
/* "luitop: note: TEXT" on stderr, made harmless; nothing under --quiet. */
void cli_note(const struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The commands, for the command table. Each leaves its data in c->out. */
int cli_status(struct cli *c, struct err *err);
int cli_list(struct cli *c, struct err *err);
int cli_trend(struct cli *c, struct err *err);
int cli_check(struct cli *c, struct err *err);
int cli_schema(struct cli *c, struct err *err);
int cli_config(struct cli *c, struct err *err);
int cli_help(struct cli *c, struct err *err);

#endif
