#include "model/query_ast.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* Enough for the longest query, folded. */
enum { OPERAND_MAX = 64 * 1024, WORDS_MAX = 32, DAY = 86400 };

/* A text for a message: the token cut to what a message holds. */
#define SHOWN(token)                                                                               \
    (int)utf8_cut((token)->text, (token)->len < 60 ? (token)->len : 60), (token)->text

static bool token_is(const struct token *t, const char *word)
{
    return t->kind == TOKEN_WORD && strlen(word) == t->len &&
           strncasecmp(word, t->text, t->len) == 0;
}

int operand_text(struct query *q, const struct token *token, struct operand *out, struct err *err)
{
    struct buf plain, folded;
    const char *text = NULL;

    buf_init(&plain, OPERAND_MAX);
    buf_init(&folded, OPERAND_MAX);
    for (size_t i = 0; i < token->len; i++) {
        char c = token->text[i], after = i + 1 < token->len ? token->text[i + 1] : '\0';

        if (token->kind == TOKEN_QUOTED && c == '\\' && (after == '"' || after == '\\'))
            c = token->text[++i];
        buf_addc(&plain, c);
    }
    utf8_fold(&folded, plain.data, plain.len);
    if (plain.failed == 0 && folded.failed == 0)
        text = arena_strndup(&q->arena, folded.data, folded.len);
    if (text != NULL) {
        out->text = text;
        out->len = folded.len;
    }
    buf_release(&plain);
    buf_release(&folded);
    return text != NULL ? 0 : err_set(err, ERR_NOMEM, "The filter did not fit into memory");
}

int operand_rank(const struct column *c, const char *word, size_t len)
{
    for (int i = 0; c->words[i] != NULL; i++) {
        if (strlen(c->words[i]) == len && strncasecmp(c->words[i], word, len) == 0)
            return i;
    }
    return -1;
}

static int word_span(const struct column *c, const struct token *token, struct operand *out,
                     struct err *err)
{
    int rank = operand_rank(c, token->text, token->len);
    char word[64] = "", all[200] = "";
    size_t count = 0, used = 0;
    const char *near;

    out->span = true;
    out->low = out->high = rank;
    if (rank >= 0)
        return 0;
    for (; c->words[count] != NULL && used + strlen(c->words[count]) + 2 < sizeof(all); count++) {
        all[used++] = ' ';
        memcpy(all + used, c->words[count], strlen(c->words[count]) + 1);
        used += strlen(c->words[count]);
    }
    if (token->len < sizeof(word))
        memcpy(word, token->text, token->len);
    err_set(err, ERR_USAGE, "%s is never \"%.*s\"", c->name, SHOWN(token));
    near = nearest_name(word, c->words, count);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "It is one of:%s", all);
    return ERR_USAGE;
}

static int int_span(const struct column *c, const struct token *token, struct operand *out,
                    struct err *err)
{
    bool negative = token->len > 0 && token->text[0] == '-';
    size_t i = negative || (token->len > 0 && token->text[0] == '+');
    bool ok = i < token->len;
    int64_t n = 0;

    for (; ok && i < token->len; i++) {
        char d = token->text[i];

        ok = d >= '0' && d <= '9' && !__builtin_mul_overflow(n, 10, &n) &&
             !__builtin_sub_overflow(n, d - '0', &n);
    }
    /* Counted downwards, since the smallest number has no positive twin. */
    if (ok && !negative)
        ok = !__builtin_sub_overflow((int64_t)0, n, &n);
    if (!ok) {
        err_set(err, ERR_USAGE, "%s is a whole number, \"%.*s\" is not", c->name, SHOWN(token));
        err_next(err, "Write %s=30, or %s=null.", c->name, c->name);
        return ERR_USAGE;
    }
    out->span = true;
    out->low = out->high = n;
    return 0;
}

static int time_span(const struct column *c, const struct token *token, struct operand *out,
                     struct err *err)
{
    char text[40] = "";
    struct civil civil;
    int64_t t = TIME_NONE;
    size_t len = token->len;

    if (len < sizeof(text) - 3)
        memcpy(text, token->text, len);
    if (len == 7) {
        memcpy(text + 7, "-01", 4);
        len = 10;
    }
    if (strlen(text) != len || time_parse(text, len, &t, NULL) < 0 || t == TIME_NONE) {
        err_set(err, ERR_USAGE, "%s is a time, \"%.*s\" is not", c->name, SHOWN(token));
        err_next(err, "Write a month (2026-10), a date (2026-10-01) or 2026-10-01T06:00:00Z.");
        return ERR_USAGE;
    }
    out->span = true;
    out->low = out->high = t;
    if (token->len == 10) {
        out->high = t + DAY - 1;
    } else if (token->len == 7) {
        civil_from_time(t, 0, &civil);
        civil.month++;
        out->high = civil_to_time(&civil, 0) - 1;
    }
    return 0;
}

static int bool_span(const struct column *c, const struct token *token, struct operand *out,
                     struct err *err)
{
    bool yes = token_is(token, "yes") || token_is(token, "true");

    if (!yes && !token_is(token, "no") && !token_is(token, "false")) {
        err_set(err, ERR_USAGE, "%s is yes or no, not \"%.*s\"", c->name, SHOWN(token));
        err_next(err, "Write %s=yes or %s=no.", c->name, c->name);
        return ERR_USAGE;
    }
    out->span = true;
    out->low = out->high = yes;
    return 0;
}

/* Which operators have a meaning: null and yes/no have no order, and neither have lists. */
static int check_op(const struct column *c, enum query_op op, bool null, struct err *err)
{
    bool equality = op == QUERY_EQ || op == QUERY_NE;

    if (equality || (!null && c->kind == VALUE_LIST && op == QUERY_CONTAINS) ||
        (!null && c->kind != VALUE_LIST && c->kind != VALUE_BOOL))
        return 0;
    err_set(err, ERR_USAGE, "%s%s%s has no meaning", c->name, query_op_text(op),
            null ? "null" : "...");
    err_next(err, "Use = or !=%s.", !null && c->kind == VALUE_LIST ? " or ~" : "");
    return ERR_USAGE;
}

int operand_compile(struct query *q, const struct column *c, enum query_op op,
                    const struct token *token, struct operand *out, struct err *err)
{
    int rc;

    *out = (struct operand){.null = token_is(token, "null") || token->len == 0};
    rc = check_op(c, op, out->null, err);
    if (rc < 0 || out->null)
        return rc;
    rc = operand_text(q, token, out, err);
    if (rc < 0 || op == QUERY_CONTAINS)
        return rc;
    if (c->words != NULL)
        return word_span(c, token, out, err);
    switch (c->kind) {
    case VALUE_INT:
        return int_span(c, token, out, err);
    case VALUE_TIME:
        return time_span(c, token, out, err);
    case VALUE_BOOL:
        return bool_span(c, token, out, err);
    case VALUE_NULL:
    case VALUE_TEXT:
    case VALUE_LIST:
        break;
    }
    return 0;
}
