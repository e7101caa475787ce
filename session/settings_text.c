#include "session/settings_text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

/* What may come next. After a value libconfig also takes the next name, without a ';'. */
enum expect { WANT_NAME, WANT_EQUALS, WANT_VALUE, WANT_END };

struct reader {
    const char *p, *end;
    const char *label;
    struct buf *out;
    struct err *err;
    enum expect want;
    bool after_text; /* neighbouring texts are one */
    int line, depth;
};

__attribute__((format(printf, 2, 3))) static int fault(struct reader *r, const char *fmt, ...)
{
    char what[160];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    err_set(r->err, ERR_SETTINGS, "%s:%d: %s", r->label, r->line, what);
    return ERR_SETTINGS;
}

/* Something stands where something else has to. */
static int misplaced(struct reader *r, const char *what)
{
    static const char *const wanted[] = {
        [WANT_NAME] = "the name of a setting or '}'",
        [WANT_EQUALS] = "'=' after the name",
        [WANT_VALUE] = "a value after the '='",
        [WANT_END] = "';' after the value",
    };

    fault(r, "%s stands here, but it should be %s", what, wanted[r->want]);
    err_next(r->err, "Look also at the line before");
    return ERR_SETTINGS;
}

/* Copies N bytes, counting lines. */
static void take(struct reader *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r->line += r->p[i] == '\n';
    buf_add(r->out, r->p, n);
    r->p += n;
}

/* How many bytes from the next one on are in SET. */
static size_t span(const struct reader *r, const char *set)
{
    size_t n = 0, left = (size_t)(r->end - r->p);

    while (n < left && strchr(set, r->p[n]) != NULL)
        n++;
    return n;
}

static bool looking_at(const struct reader *r, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(r->end - r->p) >= n && memcmp(r->p, word, n) == 0;
}

static void take_comment(struct reader *r)
{
    const char *stop;

    if (looking_at(r, "/*")) {
        stop = memmem(r->p + 2, (size_t)(r->end - r->p) - 2, "*/", 2);
        stop = stop != NULL ? stop + 2 : r->end;
    } else {
        stop = memchr(r->p, '\n', (size_t)(r->end - r->p));
        stop = stop != NULL ? stop : r->end;
    }
    take(r, (size_t)(stop - r->p));
}

static int took_name(struct reader *r)
{
    if (r->want != WANT_NAME && r->want != WANT_END)
        return misplaced(r, "a name");
    r->want = WANT_EQUALS;
    return 0;
}

static int took_value(struct reader *r, const char *what)
{
    if (r->want != WANT_VALUE)
        return misplaced(r, what);
    r->want = WANT_END;
    return 0;
}

static int take_quoted_name(struct reader *r, size_t len)
{
    if (len == 0 || len > SETTINGS_QUOTED_MAX)
        return fault(r, "a name in quotes has 1 to %d bytes", SETTINGS_QUOTED_MAX);
    buf_addc(r->out, '*');
    for (size_t i = 1; i <= len; i++) {
        unsigned char c = (unsigned char)r->p[i];

        if (c < ' ' || c == '\\' || c == 0x7f)
            return fault(r, "a name in quotes has no backslash or control character");
        buf_addf(r->out, "%02x", (unsigned)c);
    }
    r->p += len + 2;
    return took_name(r);
}

/* A quoted text: a value, or with '=' or ':' behind it a name. */
static int take_quoted(struct reader *r)
{
    const char *stop = r->p + 1, *after;
    int rc = 0;

    while (stop < r->end && *stop != '"')
        stop += *stop == '\\' ? 2 : 1;
    if (stop >= r->end)
        return fault(r, "a text that begins here has no closing quote");
    for (after = stop + 1; after < r->end && strchr(" \t\r\n\f", *after) != NULL;)
        after++;
    if (after < r->end && (*after == '=' || *after == ':'))
        return take_quoted_name(r, (size_t)(stop - r->p) - 1);
    if (r->want != WANT_END || !r->after_text)
        rc = took_value(r, "a text");
    r->after_text = true;
    take(r, (size_t)(stop + 1 - r->p));
    return rc;
}

static int take_number(struct reader *r)
{
    size_t sign = span(r, "+-") > 0, len = sign, digits;
    char token[64], *end = NULL;
    bool hex;
    unsigned long long n;

    r->p += sign;
    len += span(r, LETTERS DIGITS ".");
    r->p -= sign;
    if (len >= sizeof(token))
        return fault(r, "a number is too large");
    memcpy(token, r->p, len);
    token[len] = '\0';
    hex = strncasecmp(token, "0x", 2) == 0;
    digits = hex ? strspn(token + 2, DIGITS "abcdefABCDEF") : strspn(token + sign, DIGITS);
    n = strtoull(hex ? token + 2 : token + sign, &end, hex ? 16 : 10);
    if (digits == 0 || (strcmp(end, "") != 0 && strcmp(end, "L") != 0 && strcmp(end, "LL") != 0))
        return fault(r, "\"%s\" is not a whole number", token);
    if (n > INT32_MAX)
        return fault(r, "a number is too large");
    take(r, len);
    return took_value(r, "a number");
}

static int take_word(struct reader *r)
{
    size_t len = span(r, LETTERS DIGITS "-_*");
    int shown = len < 40 ? (int)len : 40;
    bool truth = (len == 4 && strncasecmp(r->p, "true", 4) == 0) ||
                 (len == 5 && strncasecmp(r->p, "false", 5) == 0);

    if (*r->p == '*')
        return fault(r, "a name may not begin with '*'");
    if (r->want == WANT_VALUE && !truth)
        return fault(r, "the value %.*s must stand in quotes", shown, r->p);
    if (r->want == WANT_EQUALS)
        return misplaced(r, "another word");
    take(r, len);
    return truth ? took_value(r, "true or false") : took_name(r);
}

static int take_brace(struct reader *r)
{
    if (*r->p == '{') {
        if (r->want != WANT_VALUE)
            return misplaced(r, "'{'");
        if (++r->depth > SETTINGS_NEST_MAX)
            return fault(r, "groups are nested too deeply");
        r->want = WANT_NAME;
    } else {
        if (r->want == WANT_EQUALS || r->want == WANT_VALUE)
            return misplaced(r, "'}'");
        if (r->depth == 0)
            return fault(r, "a '}' closes nothing");
        r->depth--;
        r->want = WANT_END;
    }
    take(r, 1);
    return 0;
}

static int take_mark(struct reader *r)
{
    char c = *r->p;

    if (c == '{' || c == '}')
        return take_brace(r);
    if (c == '=' || c == ':') {
        if (r->want != WANT_EQUALS)
            return misplaced(r, "'='");
        r->want = WANT_VALUE;
    } else if (c == ';' || c == ',') {
        if (r->want != WANT_END)
            return misplaced(r, "';'");
        r->want = WANT_NAME;
    } else if (c == '[' || c == '(') {
        return fault(r, "no setting is a list");
    } else if (looking_at(r, "@include")) {
        fault(r, "@include is not supported");
        err_next(r->err, "Put all settings into one file");
        return ERR_SETTINGS;
    } else if (c > ' ' && c < 0x7f) {
        return fault(r, "the character %c means nothing here", c);
    } else {
        return fault(r, "a character that is not ASCII stands outside of quotes");
    }
    take(r, 1);
    return 0;
}

static int take_token(struct reader *r)
{
    size_t blanks = span(r, " \t\r\n\f");
    char c = *r->p;

    if (blanks > 0) {
        take(r, blanks);
        return 0;
    }
    if (c == '#' || looking_at(r, "//") || looking_at(r, "/*")) {
        take_comment(r);
        return 0;
    }
    if (c == '"')
        return take_quoted(r);
    r->after_text = false;
    if (strchr(DIGITS "+-", c) != NULL)
        return take_number(r);
    if (strchr(LETTERS "*", c) != NULL)
        return take_word(r);
    return take_mark(r);
}

int settings_text(struct buf *out, const char *label, const char *text, size_t len, struct err *err)
{
    struct reader r = {
        .p = text, .end = text + len, .label = label, .out = out, .err = err, .line = 1};
    int rc = 0;

    if (memchr(text, '\0', len) != NULL) {
        /* In comments and texts too: libconfig would take it for the end of the file. */
        for (const char *p = text; *p != '\0'; p++)
            r.line += *p == '\n';
        return fault(&r, "a NUL byte stands here; this is not a text file");
    }
    while (rc == 0 && r.p < r.end)
        rc = take_token(&r);
    if (rc == 0 && (r.want == WANT_EQUALS || r.want == WANT_VALUE))
        rc = misplaced(&r, "the end of the file");
    if (rc == 0 && r.depth > 0)
        rc = fault(&r, "the file ends where a '}' is missing");
    buf_addc(out, '\n');
    if (rc == 0 && out->failed != 0)
        rc = err_set(err, (enum err_code)out->failed, "%s cannot be read", label);
    return rc;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

const char *settings_text_name(const char *name, char out[SETTINGS_QUOTED_MAX + 1])
{
    size_t n = 0;

    if (name[0] != '*')
        return name;
    for (const char *p = name + 1; n < SETTINGS_QUOTED_MAX && p[0] != '\0' && p[1] != '\0'; p += 2)
        out[n++] = (char)(hex_digit(p[0]) * 16 + hex_digit(p[1]));
    out[n] = '\0';
    return out;
}
