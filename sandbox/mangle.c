#include "sandbox/mangle.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static bool is_name(const char *key)
{
    static const char *const names[] = {
        "hostId",      "fqdn",        "customerNickName",  "customerDisplayName", "displayName",
        "title",       "description", "adminFullName",     "productName",         "skuDescription",
        "serviceName", "component",   "featureDescription"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], key) == 0)
            return true;
    return false;
}

static void spoil_text(json_t *text, size_t sort)
{
    static const char *const endings[] = {
        "\x1b[31mred\x1b[0m", /* colours */
        "\x1b]0;title\x07",   /* sets a terminal's title */
        "\x1b[2J\x1b[1;1H",   /* clears a screen */
        "\xe2\x80\xae"
        "gnp.exe", /* U+202E: right-to-left override */
        "\xc2\x9b"
        "31m",                                   /* U+009B: CSI in one code point */
        " 株式会社テスト",                       /* two cells a character */
        " 👩‍👩‍👧 e\xcc\x81\xcc\x81", /* joined emoji, stacked accents */
        "\r\n\ttab\x7f",                         /* breaks lines */
    };
    struct buf b;

    buf_init(&b, 1 << 16);
    buf_add(&b, json_string_value(text), json_string_length(text));
    buf_addstr(&b, endings[sort % (sizeof(endings) / sizeof(endings[0]))]);
    if (b.failed == 0)
        json_string_setn(text, b.data, b.len);
    buf_release(&b);
}

static void spoil(json_t *value, size_t sort)
{
    const char *key;
    json_t *item;
    size_t i;

    if (json_is_array(value)) {
        json_array_foreach(value, i, item) spoil(item, sort);
        return;
    }
    json_object_foreach(value, key, item)
    {
        if (json_is_string(item) && is_name(key))
            spoil_text(item, sort);
        else
            spoil(item, sort);
    }
}

void mangle_names(struct reply *rp)
{
    json_t *item;
    size_t i;

    json_array_foreach(rp->list, i, item) spoil(item, i);
}

void mangle_element(struct reply *rp)
{
    size_t middle = json_array_size(rp->list) / 2;
    json_t *item = json_array_get(rp->list, middle);
    char *text = json_is_object(item) ? json_dumps(item, JSON_COMPACT) : NULL;
    char *at = text != NULL ? memmem(rp->body.data, rp->body.len, text, strlen(text)) : NULL;

    /* The text begins {"name": and no member name of the API holds a colon. */
    if (at != NULL && (at = strchr(at, ':')) != NULL)
        *at = ' ';
    free(text);
}

void mangle_json(struct reply *rp)
{
    while (rp->body.len > 0 && strchr("}]", rp->body.data[rp->body.len - 1]) == NULL)
        rp->body.len--;
    if (rp->body.len > 0)
        rp->body.data[--rp->body.len] = '\0';
    buf_addstr(&rp->body, ",,");
    rp->no_etag = true;
}

void mangle_html(struct reply *rp)
{
    reply_clear(rp);
    rp->status = 200;
    rp->type = "text/html";
    rp->no_etag = true;
    buf_addstr(&rp->body, "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n"
                          "<body><h1>Sign in to continue</h1></body></html>\n");
}
