/*
 * The vocabulary of the command line: one table of options, one of commands. The parser, the help
 * texts and the tests are made from them.
 *
 * Options may stand before or after the command; "--" ends them; no abbreviations. A long option
 * takes its value after "=" or as the next word, a short one in the same word or the next. Where
 * an option is given twice, the last one counts.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cli;
struct err;

enum option_scope { OPTION_EVERYWHERE, OPTION_COMMAND };

/* id, letter or 0, name, placeholder of the value (NULL: none; "[X]": only after "="), scope,
 * help */
#define OPTION_LIST(X)                                                                             \
    X(PROFILE, 'p', "profile", "NAME", EVERYWHERE, "use this profile of the settings")             \
    X(CONFIG, 0, "config", "FILE", EVERYWHERE, "the settings file; \"none\": no file at all")      \
    X(DEMO, 0, "demo", "[USERS]", EVERYWHERE, "a made-up provider on this machine (5000 users)")   \
    X(READ_ONLY, 'r', "read-only", NULL, EVERYWHERE, "send nothing that changes anything")         \
    X(OFFLINE, 0, "offline", NULL, EVERYWHERE, "do not connect; show what was last known")         \
    X(TIMEOUT, 0, "timeout", "SECONDS", EVERYWHERE, "commands give up after so long (check: 50)")  \
    X(NOW, 0, "now", "TIME", EVERYWHERE, "set the clock: 2026-12-03T09:00:00Z")                    \
    X(THEME, 0, "theme", "NAME", EVERYWHERE, "colours of the dashboard")                           \
    X(GLYPHS, 0, "glyphs", "SET", EVERYWHERE, "auto, unicode or ascii")                            \
    X(NO_COLOR, 0, "no-color", NULL, EVERYWHERE, "no colours, as NO_COLOR=1")                      \
    X(LOG, 0, "log", "FILE", EVERYWHERE, "append what happens to this file")                       \
    X(QUIET, 'q', "quiet", NULL, EVERYWHERE, "no progress and no notes; errors remain")            \
    X(HELP, 'h', "help", NULL, EVERYWHERE, "help, also for one command")                           \
    X(VERSION, 'V', "version", NULL, EVERYWHERE, "one line with the version")                      \
    X(FORMAT, 0, "format", "FORMAT", COMMAND, "table, csv, tsv, json or jsonl")                    \
    X(FILTER, 0, "filter", "EXPR", COMMAND, "only rows that match: 'severity>=warning'")           \
    X(SORT, 's', "sort", "COLUMN", COMMAND, "order by this column; -COLUMN: downwards")            \
    X(COLUMNS, 0, "columns", "A,B", COMMAND, "these columns, in this order")                       \
    X(TERM, 't', "term", "YYYY-MM", COMMAND, "this month instead of the running one")              \
    X(BY, 0, "by", "WHAT", COMMAND, "customer, server, tenant or user; of a trend: year")          \
    X(MONTHS, 0, "months", "N", COMMAND, "the last N months, 1 to 240 (24)")                       \
    X(FROM, 0, "from", "YYYY-MM", COMMAND, "from this month on instead; the first is 2016-02")     \
    X(TO, 0, "to", "YYYY-MM", COMMAND, "up to this month instead of the running one")              \
    X(FORECAST, 0, "forecast", NULL, COMMAND, "also where the numbers are going, marked as such")  \
    X(EDITION, 0, "edition", "FEATURE", COMMAND, "only this feature code: XDT_PLT_UD")             \
    X(CUSTOMER, 0, "customer", "ID", COMMAND, "only this customer; \"none\": not linked")          \
    X(WIDTH, 0, "width", "CELLS", COMMAND, "so wide instead of the terminal's width")              \
    X(COUNT, 0, "count", NULL, COMMAND, "only how many rows match")                                \
    X(OUTPUT, 'o', "output", "FILE", COMMAND, "write to this file, complete or not at all")        \
    X(FORCE, 'f', "force", NULL, COMMAND, "let --output replace a file")                           \
    X(WARNING, 'w', "warning", "N", COMMAND, "more than N servers do not report (0; \"off\")")     \
    X(CRITICAL, 'c', "critical", "N", COMMAND, "the same for critical (1)")                        \
    X(EXPIRY_WARNING, 0, "expiry-warning", "DAYS", COMMAND, "a licence ends within DAYS (30)")     \
    X(EXPIRY_CRITICAL, 0, "expiry-critical", "DAYS", COMMAND, "the same for critical (7)")         \
    X(ORIGIN, 0, "origin", NULL, COMMAND, "tell where each value comes from")

enum option_id {
#define OPTION_ENUM(id, letter, name, value, scope, help) OPTION_##id,
    OPTION_LIST(OPTION_ENUM)
#undef OPTION_ENUM
        OPTION_ALL
};
#define OPTION_BIT(id) (UINT64_C(1) << OPTION_##id)

struct option_row {
    char letter;
    const char *name;
    const char *value;
    enum option_scope scope;
    const char *help;
};
extern const struct option_row option_table[OPTION_ALL];
/* The value's placeholder is in brackets. */
bool option_value_optional(const struct option_row *o);

struct command {
    const char *name;
    const char *words;    /* what must follow: "show"; "[COMMAND]": a word may follow; NULL: none */
    const char *summary;  /* one line */
    const char *about;    /* further help; may be NULL */
    const char *examples; /* whole lines */
    const char *formats;  /* help of --format; NULL: the option's own */
    uint64_t options;     /* OPTION_BITs it takes besides those for everywhere */
    bool plugin;          /* a failure exits 3 and is said on stdout (monitoring plug-ins) */
    int (*run)(struct cli *c, struct err *err);
};
extern const struct command command_table[];
extern const size_t command_count;
/* NULL when there is none of this name. */
const struct command *command_find(const char *name);

enum { OPERANDS_MAX = 4 };

struct args {
    const struct command *command; /* NULL: the dashboard */
    bool given[OPTION_ALL];
    const char *value[OPTION_ALL]; /* NULL without one; borrowed from argv */
    const char *operands[OPERANDS_MAX];
    size_t operand_count;
};

/* Reads ARGV. ERR_USAGE with the nearest name for an unknown command, option or operand, for a
 * missing or unwanted value, and for an option that the command does not take. Unlike elsewhere OUT
 * is filled as far as possible on failure too, so that a plug-in can fail the plug-in way. */
int args_parse(struct args *out, int argc, char *const argv[], struct err *err);

/* The value of option ID as a whole number between MIN and MAX, FALLBACK when not given. 0 or
 * ERR_USAGE. */
int args_number(const struct args *a, enum option_id id, int64_t min, int64_t max, int64_t fallback,
                int64_t *out, struct err *err);

/* "status, servers, usage": the commands that take option ID. At most SIZE bytes; returns OUT. */
const char *option_commands(enum option_id id, char *out, size_t size);

#endif
