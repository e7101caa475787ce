#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "api_client/errors.h"
#include "api_client/json_read.h"
#include "api_client/retry.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

/* Reading one body: where its text is gathered, whole, before secrets are struck out. */
struct reading {
    struct words *out;
    struct buf text;
};

static const json_t *member(const json_t *object, const char *name)
{
    struct jr r;

    jr_init(&r, object, NULL);
    return r.rc < 0 ? NULL : jr_get(&r, name);
}

static const char *text_of(const json_t *object, const char *name)
{
    const json_t *v = member(object, name);

    return json_is_string(v) && json_string_length(v) > 0 ? json_string_value(v) : NULL;
}

static void put(char *out, size_t size, const char *text)
{
    size_t n = strlen(text);

    n = n < size ? n : utf8_cut(text, size - 1);
    memcpy(out, text, n);
    out[n] = '\0';
}

static void say(struct reading *r, const char *text)
{
    if (text == NULL)
        return;
    if (r->text.len > 0)
        buf_addstr(&r->text, ": ");
    buf_addstr(&r->text, text);
}

static void parameter(struct reading *r, const char *name, const json_t *value)
{
    char number[32];
    const char *text = json_string_value(value);

    if (json_is_integer(value)) {
        snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        text = number;
    }
    if (text == NULL)
        return;
    if (jr_same(name, "retryDelay"))
        r->out->told_ms = retry_after_ms(text, TIME_NONE);
    else
        buf_addf(&r->text, "%s%s %s", r->text.len > 0 ? ", " : "", name, text);
}

/* An array of {name, value}, one such object, or a map. */
static void parameters(struct reading *r, const json_t *p)
{
    const char *name = text_of(p, "name"), *key;
    const json_t *value;
    size_t i;

    if (name != NULL && member(p, "value") != NULL) {
        parameter(r, name, member(p, "value"));
    } else if (json_is_object(p)) {
        /* jansson iterates over what it does not change, but asks for a non-const object. */
        json_object_foreach((json_t *)(uintptr_t)p, key, value) parameter(r, key, value);
    } else if (json_is_array(p)) {
        json_array_foreach(p, i, value) if (text_of(value, "name") != NULL)
            parameter(r, text_of(value, "name"), member(value, "value"));
    }
}

/* "https://errors-api.cloud.com/common/notFound" is "common/notFound". */
static const char *type_tail(const char *type)
{
    const char *p = strstr(type, "://");

    p = p != NULL ? strchr(p + 3, '/') : NULL;
    return p != NULL ? p + 1 : type;
}

/* The families of published.md §2.3, in its order; each tells whether the body is one of it. */

static bool errors_api(struct reading *r, const json_t *o)
{
    const char *type = text_of(o, "type");

    if (type == NULL || text_of(o, "title") != NULL ||
        (strstr(type, "errors-api") == NULL && member(o, "detail") == NULL &&
         member(o, "parameters") == NULL && strspn(type, "0123456789") != strlen(type)))
        return false;
    put(r->out->type, sizeof(r->out->type), type_tail(type));
    say(r, text_of(o, "detail"));
    parameters(r, member(o, "parameters"));
    return true;
}

static bool licensing(struct reading *r, const json_t *o)
{
    const char *inner = text_of(o, "error_description");
    json_t *doc = inner != NULL ? json_loads(inner, 0, NULL) : NULL;
    bool is = text_of(doc, "Message") != NULL || text_of(doc, "Details") != NULL;

    if (is) {
        say(r, text_of(doc, "Message"));
        say(r, text_of(doc, "Details"));
    }
    json_decref(doc);
    return is;
}

static bool oauth(struct reading *r, const json_t *o)
{
    const char *error = text_of(o, "error");

    if (error == NULL && text_of(o, "error_description") == NULL)
        return false;
    if (error != NULL)
        put(r->out->oauth, sizeof(r->out->oauth), error);
    say(r, text_of(o, "error_description") != NULL ? text_of(o, "error_description") : error);
    return true;
}

static bool cws(struct reading *r, const json_t *o)
{
    const json_t *error = member(o, "Error");

    if (!json_is_object(error))
        return false;
    say(r, text_of(error, "Message") != NULL ? text_of(error, "Message") : text_of(error, "Type"));
    return true;
}

static bool orchestration(struct reading *r, const json_t *o)
{
    const char *id = text_of(o, "activityId");

    if (id != NULL) {
        put(r->out->txid, sizeof(r->out->txid), id);
        say(r, text_of(o, "message"));
        return true;
    }
    say(r, text_of(o, "ErrorMessage"));
    return r->text.len > 0;
}

static bool problem(struct reading *r, const json_t *o)
{
    static const char *const names[] = {"title", "detail", "message", "description", "code"};
    const char *type = text_of(o, "type");
    const char *last = NULL;

    if (type != NULL && strcmp(type, "about:blank") != 0)
        put(r->out->type, sizeof(r->out->type), type_tail(type));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *text = text_of(o, names[i]);

        if (text != NULL && (last == NULL || strcmp(last, text) != 0))
            say(r, text);
        last = text != NULL ? text : last;
    }
    return true;
}

static bool (*const families[])(struct reading *r, const json_t *o) = {
    errors_api, licensing, oauth, cws, orchestration, problem,
};

/* Every place of SECRET in B becomes "***". */
static void strike(struct buf *b, const char *secret)
{
    size_t n = secret != NULL ? strlen(secret) : 0;
    char *at = b->data;

    while (n > 0 && (at = memmem(at, b->len - (size_t)(at - b->data), secret, n)) != NULL) {
        size_t keep = n < 3 ? n : 3;

        memset(at, '*', keep);
        memmove(at + keep, at + n, b->len - (size_t)(at - b->data) - n + 1);
        b->len -= n - keep;
        at += keep;
    }
}

/* Runs of blanks and control characters become one blank. */
static void one_line(struct buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->len; i++) {
        bool blank = (unsigned char)b->data[i] <= ' ' || b->data[i] == 0x7f;

        if (!blank)
            b->data[n++] = b->data[i];
        else if (n > 0 && b->data[n - 1] != ' ')
            b->data[n++] = ' ';
    }
    while (n > 0 && b->data[n - 1] == ' ')
        n--;
    b->len = n;
    if (b->cap > 0)
        b->data[n] = '\0';
}

static void read_body(struct reading *r, const char *body, size_t len)
{
    json_t *doc;

    if (len >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0) {
        body += 3;
        len -= 3;
    }
    for (; len > 0 && strchr(" \t\r\n", *body) != NULL && *body != '\0'; len--)
        body++;
    if (len == 0)
        return;
    if (*body == '<') {
        r->out->html = true;
        return;
    }
    doc = json_loadb(body, len, JSON_DECODE_ANY, NULL);
    if (json_is_object(doc)) {
        size_t i = 0;

        while (i < sizeof(families) / sizeof(families[0]) && !families[i](r, doc))
            i++;
    } else if (json_is_string(doc)) {
        say(r, json_string_value(doc));
    } else if (doc == NULL && strchr("{[", *body) == NULL && memchr(body, '\0', len) == NULL) {
        buf_add(&r->text, body, len);
    }
    json_decref(doc);
}

void words_read(struct words *w, const char *body, size_t len, const char *const *hide,
                size_t hide_count)
{
    struct reading r = {.out = w};

    *w = (struct words){.told_ms = -1};
    if (len > ERRORS_BODY_MAX)
        return;
    buf_init(&r.text, 4 * ERRORS_BODY_MAX);
    read_body(&r, body, len);
    for (size_t i = 0; i < hide_count; i++) {
        const char *secret = hide[i];

        strike(&r.text, secret);
        /* The short fields are codes and ids: one that holds a secret is not one of ours. */
        if (secret == NULL || secret[0] == '\0')
            continue;
        if (strstr(w->type, secret) != NULL)
            w->type[0] = '\0';
        if (strstr(w->oauth, secret) != NULL)
            w->oauth[0] = '\0';
        if (strstr(w->txid, secret) != NULL)
            w->txid[0] = '\0';
    }
    one_line(&r.text);
    put(w->text, sizeof(w->text), r.text.data);
    buf_wipe(&r.text);
}
