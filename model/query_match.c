#include "model/query.h"

#include <string.h>

#include "base/utf8.h"
#include "model/query_ast.h"

enum text_test { TEXT_CONTAINS, TEXT_IS, TEXT_BELOW, TEXT_ABOVE };

static bool folded_test(const struct buf *text, enum text_test test, const struct operand *o)
{
    size_t n = text->len < o->len ? text->len : o->len;
    int c;

    if (test == TEXT_CONTAINS)
        return memmem(text->data, text->len, o->text, o->len) != NULL;
    c = n > 0 ? memcmp(text->data, o->text, n) : 0;
    if (c == 0)
        c = text->len < o->len ? -1 : text->len > o->len;
    return test == TEXT_IS ? c == 0 : test == TEXT_BELOW ? c < 0 : c > 0;
}

static bool text_test(const struct query *q, const char *s, size_t len, enum text_test test,
                      const struct operand *o)
{
    buf_reset(q->fold);
    utf8_fold(q->fold, s, len);
    return folded_test(q->fold, test, o);
}

/* V's text, or that of any item of a list, against O. */
static bool value_test(const struct query *q, const struct value *v, enum text_test test,
                       const struct operand *o)
{
    size_t at = 0;

    if (v->kind == VALUE_LIST) {
        for (const char *item = value_item(v, &at); item != NULL; item = value_item(v, &at)) {
            if (text_test(q, item, strlen(item), test, o))
                return true;
        }
        return false;
    }
    if (v->kind == VALUE_TEXT)
        return text_test(q, v->text, v->len, test, o);
    buf_reset(q->print);
    value_print(v, q->print);
    return text_test(q, q->print->data, q->print->len, test, o);
}

static bool span_test(int64_t n, enum query_op op, const struct operand *o)
{
    switch (op) {
    case QUERY_LT:
        return n < o->low;
    case QUERY_LE:
        return n <= o->high;
    case QUERY_GT:
        return n > o->high;
    case QUERY_GE:
        return n >= o->low;
    case QUERY_EQ:
    case QUERY_NE:
    case QUERY_CONTAINS:
        break;
    }
    return n >= o->low && n <= o->high;
}

static bool test_matches(const struct query *q, const struct node *n, const void *row,
                         const struct row_ctx *ctx)
{
    const struct operand *o = &n->operand;
    struct value v;
    int rank;

    column_get(n->column, row, ctx, &v);
    if (o->null || value_is_empty(&v))
        return o->null && value_is_empty(&v);
    if (o->span && n->column->words != NULL && v.kind == VALUE_TEXT) {
        rank = operand_rank(n->column, v.text, v.len);
        return rank >= 0 && span_test(rank, n->op, o);
    }
    if (o->span && v.kind == n->column->kind)
        return span_test(v.num, n->op, o);
    switch (n->op) {
    case QUERY_CONTAINS:
        return value_test(q, &v, TEXT_CONTAINS, o);
    case QUERY_LT:
        return value_test(q, &v, TEXT_BELOW, o);
    case QUERY_GT:
        return value_test(q, &v, TEXT_ABOVE, o);
    case QUERY_LE:
        return !value_test(q, &v, TEXT_ABOVE, o);
    case QUERY_GE:
        return !value_test(q, &v, TEXT_BELOW, o);
    case QUERY_EQ:
    case QUERY_NE:
        break;
    }
    return value_test(q, &v, TEXT_IS, o);
}

static bool word_matches(const struct query *q, const struct node *n, const void *row,
                         const struct row_ctx *ctx)
{
    enum text_test test = n->kind == NODE_QUOTED ? TEXT_IS : TEXT_CONTAINS;

    for (size_t i = 0; i < q->type->count; i++) {
        const struct column *c = &q->type->columns[i];
        struct value v;

        if ((c->flags & COLUMN_SEARCH) == 0)
            continue;
        column_get(c, row, ctx, &v);
        if (!value_is_empty(&v) && value_test(q, &v, test, &n->operand))
            return true;
    }
    return false;
}

/* Recursion is as deep as the query nests, which query_compile() limits. */
static bool node_matches(const struct query *q, const struct node *n, const void *row,
                         const struct row_ctx *ctx)
{
    const struct node *c = n->child;

    switch (n->kind) {
    case NODE_AND:
        while (c != NULL && node_matches(q, c, row, ctx))
            c = c->next;
        return c == NULL;
    case NODE_OR:
        while (c != NULL && !node_matches(q, c, row, ctx))
            c = c->next;
        return c != NULL;
    case NODE_NOT:
        return !node_matches(q, c, row, ctx);
    case NODE_TEST:
        return test_matches(q, n, row, ctx);
    case NODE_WORD:
    case NODE_QUOTED:
        break;
    }
    return word_matches(q, n, row, ctx);
}

bool query_matches(const struct query *q, const void *row, const struct row_ctx *ctx)
{
    return query_is_all(q) || node_matches(q, q->root, row, ctx);
}
