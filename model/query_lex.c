#include "model/query_ast.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"

static const struct {
    const char *text; /* a longer one stands before its beginning */
    enum query_op op;
} operators[] = {
    {"==", QUERY_EQ}, {"!=", QUERY_NE}, {"<=", QUERY_LE}, {">=", QUERY_GE},
    {"=", QUERY_EQ},  {"<", QUERY_LT},  {">", QUERY_GT},  {"~", QUERY_CONTAINS},
};

static const struct {
    const char *text;
    enum token_kind kind;
} keywords[] = {
    {"and", TOKEN_AND},
    {"or", TOKEN_OR},
    {"not", TOKEN_NOT},
};

const char *query_op_text(enum query_op op)
{
    for (size_t i = 1; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (operators[i].op == op)
            return operators[i].text;
    }
    return "?";
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_blanks(struct lexer *l)
{
    while (l->at < l->len && is_blank(l->text[l->at]))
        l->at++;
}

/* The length of the operator at AT, 0 where there is none. */
static size_t operator_at(const struct lexer *l, size_t at, enum query_op *op)
{
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        size_t n = strlen(operators[i].text);

        if (n <= l->len - at && memcmp(l->text + at, operators[i].text, n) == 0) {
            *op = operators[i].op;
            return n;
        }
    }
    return 0;
}

static int lex_quoted(struct lexer *l, struct token *out, struct err *err)
{
    size_t from = l->at + 1, to = from;

    while (to < l->len && l->text[to] != '"')
        to += l->text[to] == '\\' && to + 1 < l->len ? 2 : 1;
    if (to >= l->len) {
        err_set(err, ERR_USAGE, "The quote in the filter is not closed");
        err_next(err, "Add a \" after the text.");
        return ERR_USAGE;
    }
    *out = (struct token){TOKEN_QUOTED, l->at, l->text + from, to - from, QUERY_EQ};
    l->at = to + 1;
    return 0;
}

static void lex_word(struct lexer *l, struct token *out)
{
    size_t from = l->at, after, n;
    enum query_op op;

    while (l->at < l->len && !is_blank(l->text[l->at]) && strchr("()\"", l->text[l->at]) == NULL &&
           operator_at(l, l->at, &op) == 0)
        l->at++;
    *out = (struct token){TOKEN_WORD, from, l->text + from, l->at - from, QUERY_EQ};
    after = l->at;
    while (after < l->len && is_blank(l->text[after]))
        after++;
    n = operator_at(l, after, &op);
    if (n > 0) {
        out->kind = TOKEN_COLUMN;
        out->op = op;
        l->at = after + n;
        return;
    }
    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (strlen(keywords[i].text) == out->len &&
            strncasecmp(keywords[i].text, out->text, out->len) == 0)
            out->kind = keywords[i].kind;
    }
}

int lex_next(struct lexer *l, struct token *out, struct err *err)
{
    enum query_op op;
    size_t n;

    skip_blanks(l);
    *out = (struct token){TOKEN_END, l->at, l->text + l->at, 0, QUERY_EQ};
    if (l->at == l->len)
        return 0;
    n = operator_at(l, l->at, &op);
    if (n > 0) {
        err_set(err, ERR_USAGE, "\"%s\" in the filter has no column before it", query_op_text(op));
        err_next(err, "Write COLUMN%sVALUE; text with such a sign goes in quotes.",
                 query_op_text(op));
        return ERR_USAGE;
    }
    switch (l->text[l->at]) {
    case '(':
    case ')':
    case '!':
        out->kind = l->text[l->at] == '('   ? TOKEN_OPEN
                    : l->text[l->at] == ')' ? TOKEN_CLOSE
                                            : TOKEN_NOT;
        out->len = 1;
        l->at++;
        return 0;
    case '"':
        return lex_quoted(l, out, err);
    default:
        lex_word(l, out);
        return 0;
    }
}

int lex_value(struct lexer *l, struct token *out, struct err *err)
{
    size_t from, open = 0;

    skip_blanks(l);
    from = l->at;
    *out = (struct token){TOKEN_END, from, l->text + from, 0, QUERY_EQ};
    if (from < l->len && l->text[from] == '"')
        return lex_quoted(l, out, err);
    while (l->at < l->len && !is_blank(l->text[l->at])) {
        char c = l->text[l->at];

        if (c == ')' && open == 0)
            break;
        open = c == '(' ? open + 1 : c == ')' ? open - 1 : open;
        l->at++;
    }
    if (l->at == from) {
        err_set(err, ERR_USAGE, "The filter ends where a value is due");
        err_next(err, "Write one after the sign, or null for the empty value.");
        return ERR_USAGE;
    }
    *out = (struct token){TOKEN_WORD, from, l->text + from, l->at - from, QUERY_EQ};
    return 0;
}
