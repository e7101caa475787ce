#include "sandbox/reqlog.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

void reqlog_init(struct reqlog *l)
{
    *l = (struct reqlog){0};
}

void reqlog_clear(struct reqlog *l)
{
    for (size_t i = 0; i < l->n; i++)
        free((char *)l->ring[(l->head + i) % REQLOG_MAX].method);
    l->head = l->n = 0;
    l->total = 0;
}

void reqlog_release(struct reqlog *l)
{
    reqlog_clear(l);
    free(l->ring);
    reqlog_init(l);
}

/* The three texts of an entry share one allocation, which `method` owns. */
static int copy_texts(struct logged *to, const struct logged *e)
{
    const char *from[3] = {e->method, e->target, e->idempotency_key};
    const char **into[3] = {&to->method, &to->target, &to->idempotency_key};
    size_t len[3], all = 0;
    char *p;

    for (int i = 0; i < 3; i++) {
        len[i] = from[i] != NULL ? strnlen(from[i], REQLOG_TEXT_MAX) : 0;
        all += len[i] + 1;
    }
    p = malloc(all);
    if (p == NULL)
        return -1;
    for (int i = 0; i < 3; i++) {
        *into[i] = from[i] != NULL ? p : NULL;
        if (len[i] > 0)
            memcpy(p, from[i], len[i]);
        p[len[i]] = '\0';
        p += len[i] + 1;
    }
    return 0;
}

void reqlog_add(struct reqlog *l, const struct logged *e)
{
    struct logged copy = *e;
    size_t at;

    l->total++;
    if (l->ring == NULL)
        l->ring = calloc(REQLOG_MAX, sizeof(*l->ring));
    if (l->ring == NULL || copy_texts(&copy, e) < 0)
        return;
    if (l->n == REQLOG_MAX) {
        free((char *)l->ring[l->head].method);
        l->head = (l->head + 1) % REQLOG_MAX;
        l->n--;
    }
    at = (l->head + l->n) % REQLOG_MAX;
    l->ring[at] = copy;
    l->n++;
}

/* Bytes that are not UTF-8 become visible escapes, since JSON cannot carry them. */
static json_t *text(const char *s)
{
    struct buf b;
    json_t *v;

    if (s == NULL)
        return json_null();
    v = json_string(s);
    if (v != NULL)
        return v;
    buf_init(&b, 5 * REQLOG_TEXT_MAX);
    utf8_clean(&b, s, strlen(s));
    v = json_string(b.data);
    buf_release(&b);
    return v;
}

json_t *reqlog_to_json(const struct reqlog *l)
{
    json_t *list = json_array();

    for (size_t i = 0; i < l->n; i++) {
        const struct logged *e = &l->ring[(l->head + i) % REQLOG_MAX];

        json_array_append_new(
            list, json_pack("{s:I, s:o, s:o, s:i, s:o, s:b, s:s?, s:I, s:b}", "n",
                            (json_int_t)(l->total - l->n + i + 1), "method", text(e->method),
                            "path", text(e->target), "status", e->status, "idempotencyKey",
                            text(e->idempotency_key), "etagMatch", e->etag_match, "fault", e->fault,
                            "bytes", (json_int_t)e->bytes, "authorized", e->authorized));
    }
    return json_pack("{s:I, s:o}", "total", (json_int_t)l->total, "requests", list);
}
