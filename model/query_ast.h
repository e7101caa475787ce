/*
 * What a filter's text becomes: tokens (query_lex.c), a tree (query_parse.c, query_operand.c), and
 * a verdict on a row (query_match.c). Inside model/ only; the language is described in query.h.
 */
#ifndef MODEL_QUERY_AST_H
#define MODEL_QUERY_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/column.h"

struct err;

enum query_op {
    QUERY_EQ,
    QUERY_NE,
    QUERY_LT,
    QUERY_LE,
    QUERY_GT,
    QUERY_GE,
    QUERY_CONTAINS,
};

enum token_kind {
    TOKEN_END,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_NOT, /* "!" or "not" */
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_WORD,
    TOKEN_QUOTED, /* the text is what stands between the quotes, escapes included */
    TOKEN_COLUMN, /* a word with an operator after it, which is read too */
};

struct token {
    enum token_kind kind;
    size_t at; /* byte of the query where it begins */
    const char *text;
    size_t len;
    enum query_op op; /* of a TOKEN_COLUMN */
};

struct lexer {
    const char *text;
    size_t len, at;
};

/* Both: 0, or ERR_USAGE with OUT->at set to the byte at fault. */
int lex_next(struct lexer *l, struct token *out, struct err *err);
/* The value after an operator: a TOKEN_WORD or a TOKEN_QUOTED. */
int lex_value(struct lexer *l, struct token *out, struct err *err);
const char *query_op_text(enum query_op op);

/* What a column is compared with. Numbers, times, truth values and ranks are a span of integers
 * (a date is a whole day), so that one rule compares them all. */
struct operand {
    bool null;
    bool span;
    int64_t low, high;
    const char *text; /* folded */
    size_t len;
};

enum node_kind {
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_WORD,   /* some COLUMN_SEARCH column contains the text */
    NODE_QUOTED, /* some COLUMN_SEARCH column is the text */
    NODE_TEST,   /* column op operand; never QUERY_NE, which is NOT of QUERY_EQ */
};

struct node {
    enum node_kind kind;
    struct node *child; /* AND, OR: the first of the list; NOT: the only one */
    struct node *next;  /* the next in the parent's list */
    const struct column *column;
    enum query_op op;
    struct operand operand;
};

struct query {
    struct arena arena;
    const struct row_type *type;
    struct node *root; /* NULL matches all */
    struct buf *fold;  /* a row's text, folded; rewritten at each comparison */
    struct buf *print; /* a value that is no text, as text */
};

/* Checks TOKEN against C's kind and words and makes the operand of it: 0, ERR_USAGE, ERR_NOMEM. */
int operand_compile(struct query *q, const struct column *c, enum query_op op,
                    const struct token *token, struct operand *out, struct err *err);
/* TOKEN's text, unquoted and folded: 0 or ERR_NOMEM. */
int operand_text(struct query *q, const struct token *token, struct operand *out, struct err *err);
/* The rank of a word of C->words, or -1. */
int operand_rank(const struct column *c, const char *word, size_t len);

#endif
