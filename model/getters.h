/*
 * Column getters that do no more than hand out one member of a row. Inside model/ only.
 * GET_TEXT(server, fqdn) defines get_fqdn() for rows of struct server.
 */
#ifndef MODEL_GETTERS_H
#define MODEL_GETTERS_H

#include "base/buf.h"
#include "model/column.h"
#include "model/term.h"

#define GETTER(row_struct, member, assign)                                                         \
    static void get_##member(const void *row, const struct row_ctx *ctx, struct value *out)        \
    {                                                                                              \
        (void)ctx;                                                                                 \
        assign(out, ((const struct row_struct *)row)->member);                                     \
    }
#define GET_TEXT(row_struct, member) GETTER(row_struct, member, value_text)
#define GET_INT(row_struct, member)  GETTER(row_struct, member, value_int)
#define GET_TIME(row_struct, member) GETTER(row_struct, member, value_time)
#define GET_BOOL(row_struct, member) GETTER(row_struct, member, value_bool)
/* A day count of the service; INT32_MIN is null. */
#define GET_DAYS(row_struct, member) GETTER(row_struct, member, value_days)
/* A term, as "2026-11" in the scratch buffer. */
#define GET_TERM(row_struct, member)                                                               \
    static void get_##member(const void *row, const struct row_ctx *ctx, struct value *out)        \
    {                                                                                              \
        value_term(out, ((const struct row_struct *)row)->member, ctx->scratch);                   \
    }

static inline void value_days(struct value *v, int32_t days)
{
    if (days == INT32_MIN)
        value_null(v);
    else
        value_int(v, days);
}

static inline void value_term(struct value *v, int term, struct buf *scratch)
{
    char text[TERM_TEXT];

    value_null(v);
    if (term < 0 || scratch == NULL)
        return;
    buf_addstr(scratch, term_text(term, text));
    value_text(v, scratch->data);
}

#endif
