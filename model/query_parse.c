#include "model/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/query_ast.h"

/* A query of QUERY_TEXT_MAX bytes has at most as many nodes. */
enum { ARENA_MAX = 1024 * 1024, TEXT_MAX = 1024 * 1024 };

struct parser {
    struct query *q;
    struct lexer lexer;
    struct token token; /* the next one, not yet used */
    int depth;
    struct err *err;
};

static int advance(struct parser *p)
{
    return lex_next(&p->lexer, &p->token, p->err);
}

/* NULL, and the error set, when memory is out. */
static struct node *node_new(struct parser *p, enum node_kind kind)
{
    struct node *n = arena_alloc(&p->q->arena, sizeof(*n));

    if (n == NULL)
        err_set(p->err, ERR_NOMEM, "The filter did not fit into memory");
    else
        n->kind = kind;
    return n;
}

/* Puts N inside a NOT. */
static int negate(struct parser *p, struct node **n)
{
    struct node *inverse = node_new(p, NODE_NOT);

    if (inverse == NULL)
        return ERR_NOMEM;
    inverse->child = *n;
    *n = inverse;
    return 0;
}

static int parse_or(struct parser *p, struct node **out);

static int parse_test(struct parser *p, struct node **out)
{
    const struct row_type *type = p->q->type;
    struct token value;
    size_t column;
    struct node *n;
    int rc = column_lookup(type, p->token.text, p->token.len, &column, p->err);

    if (rc < 0)
        return rc;
    n = node_new(p, NODE_TEST);
    if (n == NULL)
        return ERR_NOMEM;
    n->column = &type->columns[column];
    n->op = p->token.op;
    rc = lex_value(&p->lexer, &value, p->err);
    if (rc == 0)
        rc = operand_compile(p->q, n->column, n->op, &value, &n->operand, p->err);
    if (rc < 0) {
        p->token.at = value.at;
        return rc;
    }
    if (n->op == QUERY_NE) {
        n->op = QUERY_EQ;
        rc = negate(p, &n);
    }
    *out = n;
    return rc < 0 ? rc : advance(p);
}

static int parse_word(struct parser *p, struct node **out)
{
    bool quoted = p->token.kind == TOKEN_QUOTED;
    struct node *n;
    int rc;

    if (p->token.len == 0) {
        err_set(p->err, ERR_USAGE, "Nothing is between the quotes of the filter");
        err_next(p->err, "COLUMN=null finds empty values.");
        return ERR_USAGE;
    }
    n = node_new(p, quoted ? NODE_QUOTED : NODE_WORD);
    if (n == NULL)
        return ERR_NOMEM;
    rc = operand_text(p->q, &p->token, &n->operand, p->err);
    if (rc < 0)
        return rc;
    *out = n;
    return advance(p);
}

static int parse_group(struct parser *p, struct node **out)
{
    size_t open = p->token.at;
    int rc;

    if (p->depth == QUERY_DEPTH_MAX) {
        err_set(p->err, ERR_USAGE, "The filter nests more than %d deep", QUERY_DEPTH_MAX);
        return ERR_USAGE;
    }
    p->depth++;
    rc = advance(p);
    if (rc == 0)
        rc = parse_or(p, out);
    if (rc < 0)
        return rc;
    p->depth--;
    if (p->token.kind != TOKEN_CLOSE) {
        p->token.at = open;
        err_set(p->err, ERR_USAGE, "A parenthesis of the filter is not closed");
        err_next(p->err, "Add a \")\".");
        return ERR_USAGE;
    }
    return advance(p);
}

static int parse_primary(struct parser *p, struct node **out)
{
    switch (p->token.kind) {
    case TOKEN_OPEN:
        return parse_group(p, out);
    case TOKEN_COLUMN:
        return parse_test(p, out);
    case TOKEN_WORD:
    case TOKEN_QUOTED:
        return parse_word(p, out);
    case TOKEN_END:
        err_set(p->err, ERR_USAGE, "The filter ends too early");
        err_next(p->err, "Add what to look for; \"and\", \"or\" and \"not\" need it after them.");
        return ERR_USAGE;
    case TOKEN_CLOSE:
    case TOKEN_NOT:
    case TOKEN_AND:
    case TOKEN_OR:
        break;
    }
    err_set(p->err, ERR_USAGE, "The filter has \"%.*s\" where a condition is due",
            (int)p->token.len, p->token.text);
    err_next(p->err, "Put COLUMN=VALUE or a word there.");
    return ERR_USAGE;
}

static int parse_not(struct parser *p, struct node **out)
{
    bool negated = false;
    int rc = 0;

    while (rc == 0 && p->token.kind == TOKEN_NOT) {
        negated = !negated;
        rc = advance(p);
    }
    if (rc == 0)
        rc = parse_primary(p, out);
    if (rc == 0 && negated)
        rc = negate(p, out);
    return rc;
}

/* Reads a list of what ITEM reads for as long as MORE finds another one after it. */
static int parse_list(struct parser *p, enum node_kind kind,
                      int (*item)(struct parser *, struct node **),
                      int (*more)(struct parser *, bool *), struct node **out)
{
    struct node *first = NULL, *list, **last;
    bool again = false;
    int rc = item(p, &first);

    if (rc == 0)
        rc = more(p, &again);
    if (rc < 0)
        return rc;
    *out = first;
    if (!again)
        return 0;
    list = node_new(p, kind);
    if (list == NULL)
        return ERR_NOMEM;
    *out = list;
    list->child = first;
    last = &first->next;
    while (rc == 0 && again) {
        rc = item(p, last);
        if (rc == 0) {
            last = &(*last)->next;
            rc = more(p, &again);
        }
    }
    return rc;
}

static int more_and(struct parser *p, bool *again)
{
    enum token_kind k = p->token.kind;

    *again = k != TOKEN_END && k != TOKEN_CLOSE && k != TOKEN_OR;
    return k == TOKEN_AND ? advance(p) : 0;
}

static int more_or(struct parser *p, bool *again)
{
    *again = p->token.kind == TOKEN_OR;
    return *again ? advance(p) : 0;
}

static int parse_and(struct parser *p, struct node **out)
{
    return parse_list(p, NODE_AND, parse_not, more_and, out);
}

static int parse_or(struct parser *p, struct node **out)
{
    return parse_list(p, NODE_OR, parse_and, more_or, out);
}

static int parse_query(struct parser *p)
{
    int rc = advance(p);

    if (rc < 0 || p->token.kind == TOKEN_END)
        return rc;
    rc = parse_or(p, &p->q->root);
    if (rc == 0 && p->token.kind != TOKEN_END) {
        err_set(p->err, ERR_USAGE, "The filter closes a parenthesis that is not open");
        err_next(p->err, "Take the \")\" out, or put it in quotes.");
        rc = ERR_USAGE;
    }
    return rc;
}

static struct query *query_new(const struct row_type *type)
{
    struct query *q = calloc(1, sizeof(*q));

    if (q == NULL)
        return NULL;
    arena_init(&q->arena, ARENA_MAX);
    q->type = type;
    q->fold = arena_alloc(&q->arena, sizeof(*q->fold));
    q->print = arena_alloc(&q->arena, sizeof(*q->print));
    if (q->fold == NULL || q->print == NULL) {
        arena_release(&q->arena);
        free(q);
        return NULL;
    }
    buf_init(q->fold, TEXT_MAX);
    buf_init(q->print, TEXT_MAX);
    return q;
}

int query_compile(const char *text, const struct row_type *type, struct query **out, size_t *at,
                  struct err *err)
{
    size_t len = text != NULL ? strlen(text) : 0;
    struct parser p = {.lexer = {text != NULL ? text : "", len, 0}, .err = err};
    int rc;

    if (len > QUERY_TEXT_MAX) {
        if (at != NULL)
            *at = QUERY_TEXT_MAX;
        return err_set(err, ERR_USAGE, "The filter is longer than %d bytes", QUERY_TEXT_MAX);
    }
    p.q = query_new(type);
    if (p.q == NULL)
        return err_set(err, ERR_NOMEM, "The filter did not fit into memory");
    rc = parse_query(&p);
    if (rc == 0) {
        *out = p.q;
        return 0;
    }
    if (rc == ERR_USAGE) {
        err_why(err, "at byte %zu of \"%.200s\"", p.token.at + 1, text);
        if (at != NULL)
            *at = p.token.at;
    }
    query_free(p.q);
    return rc;
}

void query_free(struct query *q)
{
    if (q == NULL)
        return;
    buf_release(q->fold);
    buf_release(q->print);
    arena_release(&q->arena);
    free(q);
}

bool query_is_all(const struct query *q)
{
    return q == NULL || q->root == NULL;
}
