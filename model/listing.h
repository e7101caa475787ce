/*
 * A list as a document: its shown rows in one of the formats that commands and exports know.
 *
 * The same view, columns and facts make the same bytes, whoever asks. Pure formatting into a
 * buffer; CSV, TSV and the table are model/export.h's.
 */
#ifndef MODEL_LISTING_H
#define MODEL_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/view.h"

struct buf;

/* type, name; the name is also the suffix of a file */
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
extern const char *const list_format_names[FORMAT_COUNT];
/* The format called NAME; FORMAT_COUNT when there is none. */
enum list_format list_format_find(const char *name);

/* The version of the JSON below and of the rows in it: one more when a member goes or changes. */
enum { LIST_SCHEMA = 1 };

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

/* Adds a sentence why the rows do not tell everything; one too many is left out. */
void list_about_gap(struct list_about *about, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* … that some rows could not be read, where about->unreadable says so. */
void list_about_unreadable(struct list_about *about);

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

/* A name for a file of rows: "nimbus7q2x_usage_2026-11.csv" from the parts ACCOUNT, LIST, WHEN (a
 * term or a date). What is not a letter, digit, dot, "-" or "_" of ASCII becomes "_", and so does a
 * dot or "-" at a part's start; a part is cut at 64 bytes. Returns OUT. */
enum { LIST_FILE_NAME = 256 };
const char *list_file_name(const char *account, const char *list, const char *when,
                           enum list_format format, char out[LIST_FILE_NAME]);
/* The format that the suffix of PATH names (".csv"; letter case does not count); FORMAT_COUNT when
 * it names none, or nothing stands before it. */
enum list_format list_file_format(const char *path);

#endif
