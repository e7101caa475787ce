/*
 * JSON for files and commands.
 *
 * Text keeps its exact characters, but whatever could drive a terminal or hide (utf8_unsafe()) is
 * written as \uXXXX, so that a document is as harmless on a terminal as a table. Bytes that are
 * not UTF-8, which no JSON can carry, become U+FFFD. jansson's writer escapes either too little or
 * every letter beyond ASCII.
 */
#ifndef MODEL_JSON_H
#define MODEL_JSON_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct row_ctx;
struct row_type;
struct value;

/* Each appends to OUT, whose `failed` tells in the end whether all fitted. */
void json_put_string(struct buf *out, const char *s, size_t n);
void json_put_text(struct buf *out, const char *s); /* NULL: null */
void json_put_time(struct buf *out, int64_t t);     /* ISO-8601 UTC; TIME_NONE: null */
void json_put_value(struct buf *out, const struct value *v);
/* {"host_id":"LIC01",…} for these columns. */
void json_put_row(struct buf *out, const struct row_type *type, const size_t *cols, size_t count,
                  const void *row, const struct row_ctx *ctx);
/* {"code":"forbidden"…}: the err's word, HTTP status, sentence and transaction. */
void json_put_error(struct buf *out, const struct err *e);

#endif
