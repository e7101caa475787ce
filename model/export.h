/*
 * A view as text: CSV, TSV and an aligned table (model/listing.h knows the other formats). Pure
 * formatting into a buffer; who writes it where is not its business.
 *
 * CSV follows RFC 4180 with LF line ends, TSV is the same with tabs between cells. A cell that a
 * spreadsheet could take for a formula (first character = + - @ or its full-width twin, tab or CR,
 * and not a plain number such as -12 or +3.5) is prefixed with an apostrophe; a cell so marked is
 * not marked again when it is read and exported anew. Text is made harmless (utf8.h), so no cell
 * holds a line end or a tab. Null is an empty cell in CSV and TSV and "-" in the table. Times are
 * ISO-8601 UTC; yes/no is true/false in CSV and TSV, yes/no in the table. Items of a list are
 * joined with "; ".
 */
#ifndef MODEL_EXPORT_H
#define MODEL_EXPORT_H

#include <stddef.h>

#include "model/view.h"

struct buf;
struct err;

/* Column indexes for "a,b,c"; NULL or "" means all but the COLUMN_SCREEN ones.
 * OUT holds up to MAX. 0 or ERR_USAGE naming the nearest column. */
int export_columns(const char *text, const struct row_type *type, size_t *out, size_t max,
                   size_t *count, struct err *err);

/* A heading line of column names, then a line a row. SEP is ',' or a tab. ROWS * COUNT gets.
 * 0, or what OUT or the scratch buffer failed with (ERR_TOOBIG, ERR_NOMEM); then OUT is partial. */
int export_csv(struct buf *out, const struct view *v, const size_t *cols, size_t count, char sep,
               const struct row_ctx *ctx);
/* Aligned columns two blanks apart, numbers to the right, a heading line of column names; no
 * wrapping, no trailing blanks. Reads every cell twice. Fails as export_csv() does. */
int export_table(struct buf *out, const struct view *v, const size_t *cols, size_t count,
                 const struct row_ctx *ctx);

#endif
