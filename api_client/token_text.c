#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "api_client/json_read.h"
#include "api_client/token.h"

int percent_encode(struct buf *out, const char *s, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '.' || c == '_' || c == '~') {
            buf_addc(out, (char)c);
        } else {
            buf_addc(out, '%');
            buf_addc(out, hex[c >> 4]);
            buf_addc(out, hex[c & 15]);
        }
    }
    return out->failed;
}

/* As the inside of a JSON string. Bytes from 0x80 on are kept. */
static void json_escape(struct buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c < ' ')
            buf_addf(out, "\\u%04x", c);
        else if (c == '"' || c == '\\') {
            buf_addc(out, '\\');
            buf_addc(out, (char)c);
        } else
            buf_addc(out, (char)c);
    }
}

int token_request(struct buf *out, bool form, const char *client_id, const char *secret,
                  size_t secret_len)
{
    if (form) {
        buf_addstr(out, "grant_type=client_credentials&client_id=");
        percent_encode(out, client_id, strlen(client_id));
        buf_addstr(out, "&client_secret=");
        percent_encode(out, secret, secret_len);
    } else {
        buf_addstr(out, "{\"clientId\":\"");
        json_escape(out, client_id, strlen(client_id));
        buf_addstr(out, "\",\"clientSecret\":\"");
        json_escape(out, secret, secret_len);
        buf_addstr(out, "\"}");
    }
    return out->failed;
}

/* A whole number given as a number or as text; -1 for anything else. */
static int64_t whole(const json_t *v)
{
    const char *text = json_string_value(v);
    char *end;
    double d;

    if (json_is_integer(v))
        return json_integer_value(v);
    if (json_is_real(v))
        d = json_real_value(v);
    else if (text != NULL && text[0] != '\0')
        d = strtod(text, &end);
    else
        return -1;
    if (text != NULL && *end != '\0')
        return -1;
    return d >= 0 && d < 1e15 ? (int64_t)d : -1;
}

static int64_t lifetime(const struct jr *r, int64_t now)
{
    static const char *const spans[] = {"expires_in", "expiresIn"};
    int64_t s = -1;

    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]) && s < 0; i++)
        s = whole(jr_get(r, spans[i]));
    if (s < 0) {
        s = whole(jr_get(r, "expiresAt"));
        if (s > INT64_C(100000000000)) /* an instant in milliseconds */
            s /= 1000;
        if (s > INT64_C(315360000)) /* over ten years is no span but an instant */
            s -= now;
        else if (s < 0)
            s = TOKEN_DEFAULT_S;
    }
    if (s < 1)
        return 1;
    return s < 86400 ? s : 86400;
}

static int copy_token(const json_t *v, struct buf *value)
{
    /* The copy in jansson's tree is ours to overwrite: nobody else looks at it. */
    char *text = (char *)(uintptr_t)json_string_value(v);
    size_t len = json_string_length(v);
    int rc = len > 0 ? 0 : ERR_DATA;

    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] >= 0x7f)
            rc = ERR_DATA;
    if (rc == 0)
        rc = buf_add(value, text, len);
    explicit_bzero(text, len);
    return rc;
}

int token_parse(const char *body, size_t len, int64_t now, struct buf *value, int64_t *seconds)
{
    static const char *const names[] = {"access_token", "token"};
    json_t *doc = NULL;
    const json_t *error, *v = NULL;
    struct jr r;
    int64_t life;
    int rc = ERR_DATA;

    if (len >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0) {
        body += 3;
        len -= 3;
    }
    doc = json_loadb(body, len, 0, NULL);
    jr_init(&r, doc, NULL);
    if (r.rc < 0)
        goto out;
    error = jr_get(&r, "error");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !json_is_string(v); i++)
        v = jr_get(&r, names[i]);
    life = lifetime(&r, now);
    if (error != NULL && !(json_is_string(error) && json_string_length(error) == 0))
        rc = ERR_AUTH;
    else if (json_is_string(v))
        rc = copy_token(v, value);
    if (rc == 0)
        *seconds = life;
out:
    json_decref(doc);
    return rc;
}
