#include "sandbox/request.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/utf8.h"

const char *const header_names[HEADER_COUNT] = {
#define HEADER_NAME(id, name) [HEADER_##id] = name,
    HEADER_LIST(HEADER_NAME)
#undef HEADER_NAME
};

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The decoded copy of N bytes of S, or NULL. PLUS: '+' is a space, as in queries and forms. */
static const char *decode(struct arena *a, const char *s, size_t n, bool plus)
{
    char *out = arena_strndup(a, s, n);
    const char *p, *end;
    size_t len = 0;

    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];

        if (c == '%') {
            int high = n - i > 2 ? hex(s[i + 1]) : -1;
            int low = n - i > 2 ? hex(s[i + 2]) : -1;

            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        if (c == '\0')
            return NULL;
        out[len++] = c;
    }
    out[len] = '\0';
    for (p = out, end = out + len; p < end;)
        if (utf8_next(&p, end) < 0)
            return NULL;
    return out;
}

int form_parse(struct arena *a, const char *text, size_t len, struct pair *out, size_t max)
{
    const char *p = text, *end = text + len;
    size_t n = 0;

    while (p < end) {
        const char *amp = memchr(p, '&', (size_t)(end - p));
        const char *stop = amp != NULL ? amp : end;
        const char *eq = memchr(p, '=', (size_t)(stop - p));
        const char *name_end = eq != NULL ? eq : stop;

        if (stop > p) {
            if (n == max)
                return ERR_DATA;
            out[n].name = decode(a, p, (size_t)(name_end - p), true);
            out[n].value = eq != NULL ? decode(a, eq + 1, (size_t)(stop - eq - 1), true) : "";
            if (out[n].name == NULL || out[n].value == NULL)
                return ERR_DATA;
            n++;
        }
        p = stop + (amp != NULL);
    }
    return (int)n;
}

int request_init(struct request *r, const char *method, const char *target)
{
    size_t path = strcspn(target, "?"), at = 0;
    int n;

    *r = (struct request){.method = method, .target = target, .body = ""};
    arena_init(&r->arena, 1 << 20);
    if (target[0] != '/' || strlen(target) > TARGET_MAX)
        return ERR_DATA;
    while (at < path) {
        size_t len = strcspn(target + at + 1, "/?");

        /* One slash at the end changes nothing. */
        if (len > 0 || at + 1 < path) {
            if (r->segments == SEGMENTS_MAX)
                return ERR_DATA;
            r->segment[r->segments] = decode(&r->arena, target + at + 1, len, false);
            if (r->segment[r->segments] == NULL)
                return ERR_DATA;
            r->segments++;
        }
        at += len + 1;
    }
    if (target[path] == '?') {
        n = form_parse(&r->arena, target + path + 1, strcspn(target + path + 1, "#"), r->query,
                       PAIRS_MAX);
        if (n < 0)
            return n;
        r->pairs = (size_t)n;
    }
    return 0;
}

void request_release(struct request *r)
{
    arena_release(&r->arena);
}

const char *request_query(const struct request *r, const char *name)
{
    for (size_t i = 0; i < r->pairs; i++)
        if (strcasecmp(r->query[i].name, name) == 0)
            return r->query[i].value;
    return NULL;
}
