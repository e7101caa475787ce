#include "api_client/scan.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '+' || c == '.';
}

/* The first quote or backslash at or after P, or END. Eight bytes at a time: a byte equal to C is
 * zero in `word ^ C...`, and the classic test finds a zero byte (it may only mistake bytes above a
 * true one, which ends the skipping anyway). */
static const char *string_stop(const char *p, const char *end)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;

    while (end - p >= 8) {
        uint64_t word, quote, slash;

        memcpy(&word, p, 8);
        quote = word ^ (ones * '"');
        slash = word ^ (ones * '\\');
        if ((((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & high)
            break;
        p += 8;
    }
    while (p < end && *p != '"' && *p != '\\')
        p++;
    return p;
}

const char *scan_string(struct scan *s, const char *p, const char *end)
{
    while (p < end) {
        if (s->escaped) {
            s->escaped = false;
            p++;
            continue;
        }
        p = string_stop(p, end);
        if (p == end)
            break;
        if (*p++ == '"') {
            s->in_string = false;
            break;
        }
        s->escaped = true;
    }
    return p;
}

enum bracket { NO_BRACKET, QUOTE, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT };

static const unsigned char brackets[256] = {
    ['"'] = QUOTE, ['['] = OPEN_LIST, ['{'] = OPEN_OBJECT, [']'] = CLOSE_LIST, ['}'] = CLOSE_OBJECT,
};

static int broken(const char **why, const char *phrase)
{
    *why = phrase;
    return ERR_DATA;
}

bool scan_begin(struct scan *s, char c, int depth_max)
{
    enum bracket b = brackets[(unsigned char)c];

    if (b == CLOSE_LIST || b == CLOSE_OBJECT || (b == NO_BRACKET && !is_word(c)))
        return false;
    *s = (struct scan){.scalar = b == NO_BRACKET, .depth_max = depth_max};
    return true;
}

/* One bracket of a value. 1 when it was the last. */
static int bracket(struct scan *s, enum bracket b, const char **why)
{
    bool object = b == OPEN_OBJECT || b == CLOSE_OBJECT;

    if (b == OPEN_LIST || b == OPEN_OBJECT) {
        if (s->depth >= s->depth_max)
            return broken(why, "it is nested too deeply");
        s->kinds = s->kinds << 1 | object;
        s->depth++;
        return 0;
    }
    if ((s->kinds & 1) != object)
        return broken(why, "a bracket is closed by one of the other kind");
    s->kinds >>= 1;
    return --s->depth == 0;
}

int scan_value(struct scan *s, const char **p, const char *end, const char **why)
{
    const char *q = *p;
    int rc = 0;

    if (s->scalar) {
        while (q < end && is_word(*q))
            q++;
        *p = q;
        return q < end;
    }
    while (q < end && rc == 0) {
        if (s->in_string) {
            q = scan_string(s, q, end);
            rc = !s->in_string && s->depth == 0;
            continue;
        }
        while (q < end && brackets[(unsigned char)*q] == NO_BRACKET)
            q++;
        if (q == end)
            break;
        if (*q == '"')
            s->in_string = true;
        else
            rc = bracket(s, brackets[(unsigned char)*q], why);
        if (rc >= 0)
            q++;
    }
    *p = q;
    return rc;
}
