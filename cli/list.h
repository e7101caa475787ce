/* Lists as commands: which command shows which resource, and the rows in each format. */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/column.h"
#include "session/session.h"

struct buf;
struct err;
struct view;

struct list_rows;

enum list_when {
    LIST_NOW,
    LIST_TERM,   /* its rows are of one term, with gaps while servers are silent (features.md M3) */
    LIST_MONTHS, /* its rows are of the last --months */
};
struct list_command {
    const char *command;
    const char *by; /* of --by; NULL: without it */
    enum resource_kind kind;
    unsigned also; /* RESOURCE_BITs of what its rows are made from besides KIND */
    const struct row_type *type;
    /* Makes the rows (cli/rows.h). 0, ERR_NOMEM, ERR_TOOBIG. */
    int (*rows)(struct list_rows *rows, const struct session *s);
    enum list_when when;
};
/* The list of COMMAND without --by; NULL when COMMAND is not a list. */
const struct list_command *list_command_find(const char *command);
/* The list of COMMAND --by BY (NULL: without). 0, or ERR_USAGE with the nearest name. */
int list_command_by(const char *command, const char *by, const struct list_command **out,
                    struct err *err);

/* type, name, what the file looks like */
#define FORMAT_LIST(X)                                                                             \
    X(TABLE, "table")                                                                              \
    X(CSV, "csv")                                                                                  \
    X(TSV, "tsv")                                                                                  \
    X(JSON, "json")                                                                                \
    X(JSONL, "jsonl")
enum list_format {
#define FORMAT_ENUM(upper, name) FORMAT_##upper,
    FORMAT_LIST(FORMAT_ENUM)
#undef FORMAT_ENUM
        FORMAT_COUNT
};
/* NULL text is the table. 0 or ERR_USAGE with the nearest name. */
int list_format_parse(const char *text, enum list_format *out, struct err *err);

enum { LIST_GAPS_MAX = 8, LIST_GAP_SIZE = 400 };

/* What a JSON document says of its rows. */
struct list_about {
    const char *resource, *account;
    int term; /* TERM_NONE: the rows are not of one term */
    int64_t as_of;
    bool from_snapshot;
    size_t unreadable;
    /* Why the rows do not tell everything, each a sentence. */
    char gaps[LIST_GAPS_MAX][LIST_GAP_SIZE];
    size_t gap_count;
};

/* The shown rows of V in FORMAT, appended to OUT. JSON is one object
 *
 *     {"schema":1,"resource":"servers","account":"nimbus7q2x","term":null,
 *      "as_of":"2026-11-23T02:10:00Z","from_snapshot":false,"complete":true,"incomplete":[],
 *      "unreadable":0,"count":14,"total":14,"rows":[{…},…]}
 *
 * where "total" counts the rows before the filter and "incomplete" holds sentences; JSON Lines is
 * one row a line. 0, ERR_TOOBIG or ERR_NOMEM. */
int list_write(struct buf *out, enum list_format format, const struct view *v, const size_t *cols,
               size_t count, const struct row_ctx *ctx, const struct list_about *about);

/* Adds a sentence why the rows do not tell everything; one too many is left out. */
void list_about_gap(struct list_about *about, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
