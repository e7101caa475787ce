/*
 * Writing a list to a file: what `x` and `:export PATH` do.
 *
 * The rows are those of the list pane in its order, written as the list's command writes them
 * (session/lists.h): the same scope gives the same bytes. A file is complete or not there, and
 * never replaces another one unasked (session/file.h). Writing goes in one go and keeps the loop
 * for as long as formatting and the disk take.
 */
#ifndef TUI_EXPORT_H
#define TUI_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/listing.h"
#include "widgets/chrome.h"
#include "widgets/prompt.h"

struct app;
struct err;
struct pane;
struct rect;

enum export_scope { EXPORT_ALL, EXPORT_FILTERED, EXPORT_MARKED, EXPORT_SCOPES };

struct export_wish {
    enum export_scope scope;
    bool visible; /* the columns on the screen only; what makes a total incomplete comes along */
    enum list_format format; /* not the table */
    bool bom;                /* CSV: a byte order mark in front, for spreadsheets that need one */
    bool replace;            /* a file that is there */
};
struct export_done {
    size_t rows, bytes;
    char gap[LIST_GAP_SIZE]; /* why the rows do not tell everything; "" when they do */
};

/* export_write.c */
size_t export_rows(const struct pane *p, enum export_scope scope);
size_t export_column_count(const struct pane *p, bool visible);
/* The usual file name for the pane's list. */
void export_name(const struct pane *p, enum list_format format, char out[LIST_FILE_NAME]);
/* P is a list pane. 0, ERR_USAGE (a file is there), ERR_IO, ERR_NOMEM, ERR_TOOBIG. */
int export_write(struct pane *p, const char *path, const struct export_wish *wish,
                 struct export_done *done, struct err *err);

/* The dialog, OVERLAY_EXPORT. */
enum export_field {
    EXPORT_FIELD_SCOPE,
    EXPORT_FIELD_COLUMNS,
    EXPORT_FIELD_FORMAT,
    EXPORT_FIELD_BOM,
    EXPORT_FIELD_FILE,
    EXPORT_FIELDS
};
struct export
{
    struct pane *pane; /* whose list it is */
    struct export_wish wish;
    enum export_field focus;
    struct prompt path;
    bool asking; /* whether to replace the file that is there */
    char error[600];
};

enum { EXPORT_KEY_REPLACE = 'o' };

void export_init(struct export *e);
void export_release(struct export *e);
/* Opens the dialog for P, or with PATH writes at once and opens it only where a file is there. */
void export_start(struct pane *p, const char *path);
void export_key(struct app *a, key_code k);
void export_draw(struct app *a, struct rect area);
/* How many choices a field has, 0 for the file's name, and which one is taken. */
size_t export_choices(const struct export *e, enum export_field f, size_t *taken);
bool export_field_in_use(const struct export *e, enum export_field f);
/* How many hints it put into OUT (room for 4). */
size_t export_hints(const struct app *a, struct hint *out);

#endif
