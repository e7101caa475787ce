#include "sandbox/reply.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/err.h"
#include "sandbox/request.h"
#include "sandbox/rng.h"

#define JSON_TYPE "application/json; charset=utf-8"

void reply_init(struct reply *rp)
{
    *rp = (struct reply){0};
    buf_init(&rp->body, REPLY_BODY_MAX);
}

void reply_clear(struct reply *rp)
{
    json_decref(rp->json);
    rp->json = rp->list = NULL;
    rp->type = NULL;
    rp->pad = false;
    buf_reset(&rp->body);
}

void reply_release(struct reply *rp)
{
    reply_clear(rp);
    buf_release(&rp->body);
}

void reply_header(struct reply *rp, const char *name, const char *fmt, ...)
{
    va_list ap;

    if (rp->header_count == REPLY_HEADERS_MAX)
        return;
    rp->headers[rp->header_count].name = name;
    va_start(ap, fmt);
    vsnprintf(rp->headers[rp->header_count++].value, sizeof(rp->headers[0].value), fmt, ap);
    va_end(ap);
}

void reply_json(struct reply *rp, int status, json_t *json)
{
    reply_clear(rp);
    rp->status = json != NULL ? status : 500;
    rp->json = json;
}

void reply_empty(struct reply *rp, int status)
{
    reply_clear(rp);
    rp->status = status;
}

void reply_error(struct reply *rp, int status, const char *code, const char *detail, json_t *params)
{
    char type[128];
    json_t *o;

    snprintf(type, sizeof(type), "https://errors-api.cloud.com/%s", code);
    o = json_pack("{s:s, s:s}", "type", type, "detail", detail);
    if (params != NULL)
        json_object_set_new(o, "parameters", params);
    reply_json(rp, status, o);
}

void reply_bad_parameter(struct reply *rp, const char *code, const char *name)
{
    char detail[128];

    snprintf(detail, sizeof(detail), "The parameter %s is %s.", name,
             strcmp(code, "common/missing") == 0 ? "missing" : "not valid");
    reply_error(rp, 400, code, detail, json_pack("[{s:s, s:s}]", "name", "name", "value", name));
}

void reply_licensing_400(struct reply *rp, const char *message)
{
    json_t *inner = json_pack("{s:i, s:s, s:s}", "Code", 400, "Message", message, "Details", "");
    char *text = json_dumps(inner, JSON_COMPACT);

    json_decref(inner);
    reply_json(rp, 400, text != NULL ? json_pack("{s:s}", "error_description", text) : NULL);
    free(text);
}

void reply_oauth_error(struct reply *rp, int status, const char *error, const char *description)
{
    reply_json(rp, status,
               json_pack("{s:s, s:s}", "error", error, "error_description", description));
}

void reply_cws_401(struct reply *rp, const char *message)
{
    reply_json(
        rp, 401,
        json_pack("{s:{s:s, s:s}}", "Error", "Message", message, "Type", "CWSAuthException"));
}

void reply_orchestration_500(struct reply *rp, const char *activity, const char *message)
{
    reply_json(rp, 500,
               json_pack("{s:s, s:s, s:i}", "activityId", activity, "message", message,
                         "statusCode", 500));
}

static int dump_into(const char *data, size_t size, void *body)
{
    return buf_add(body, data, size) < 0 ? -1 : 0;
}

int reply_dump(struct reply *rp)
{
    if (rp->json == NULL)
        return 0;
    buf_reset(&rp->body);
    if (rp->pad)
        buf_addstr(&rp->body, " \r\n");
    if (json_dump_callback(rp->json, dump_into, &rp->body,
                           JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) < 0) {
        reply_clear(rp);
        rp->status = 500;
        return ERR_NOMEM;
    }
    if (rp->pad)
        buf_addstr(&rp->body, "\r\n ");
    rp->type = JSON_TYPE;
    return rp->body.failed;
}

bool accepts_gzip(const char *value)
{
    while (value != NULL && *value != '\0') {
        size_t item = strcspn(value, ","), skip = strspn(value, " \t");
        size_t name = strcspn(value + skip, ",; \t");
        const char *q = memchr(value, '=', item);
        bool named = (name == 4 && strncasecmp(value + skip, "gzip", 4) == 0) ||
                     (name == 1 && value[skip] == '*');

        if (named)
            return q == NULL || strtod(q + 1, NULL) > 0;
        value += item + (value[item] == ',');
    }
    return false;
}

static void compress_body(struct reply *rp)
{
    z_stream z = {0};
    struct buf out;

    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    buf_init(&out, REPLY_BODY_MAX);
    if (rp->body.len < UINT32_MAX &&
        buf_reserve(&out, deflateBound(&z, (uLong)rp->body.len)) == 0) {
        z.next_in = (Bytef *)rp->body.data;
        z.avail_in = (uInt)rp->body.len;
        z.next_out = (Bytef *)out.data;
        z.avail_out = (uInt)(out.cap - 1);
        if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
            out.len = out.cap - 1 - z.avail_out;
            buf_release(&rp->body);
            rp->body = out;
            buf_init(&out, 0);
            reply_header(rp, "Content-Encoding", "gzip");
        }
    }
    deflateEnd(&z);
    buf_release(&out);
}

/* The tag's text without quotes: 128 bits of two differently seeded multiply-mix hashes. */
static void body_tag(const struct buf *b, char out[33])
{
    uint64_t x = 0x243f6a8885a308d3u, y = 0x13198a2e03707344u;

    for (size_t i = 0; i < b->len; i++) {
        x = (x ^ (unsigned char)b->data[i]) * 0x100000001b3u;
        y = (y + (unsigned char)b->data[i]) * 0x9e3779b97f4a7c15u;
        y ^= y >> 29;
    }
    snprintf(out, 33, "%016" PRIx64 "%016" PRIx64, rng_mix(x ^ b->len), rng_mix(y));
}

/* If-None-Match compares weakly (RFC 9110): a list of tags, or '*'. */
static bool tag_matches(const char *list, const char *tag)
{
    const char *p = list;

    if (list == NULL)
        return false;
    if (strcmp(list, "*") == 0)
        return true;
    while ((p = strchr(p, '"')) != NULL) {
        size_t len = strcspn(++p, "\"");

        if (len >= 32 && strncmp(p, tag, 32) == 0 &&
            (len == 32 || (len == 37 && strncmp(p + 32, "-gzip", 5) == 0)))
            return true;
        p += len + (p[len] == '"');
    }
    return false;
}

void reply_finish(struct reply *rp, const struct request *rq)
{
    bool gzip = rp->body.len >= GZIP_MIN && accepts_gzip(rq->header[HEADER_ACCEPT_ENCODING]);
    char tag[33];

    if (rp->body.len >= GZIP_MIN)
        reply_header(rp, "Vary", "Accept-Encoding");
    if (rp->status == 200 && strcmp(rq->method, "GET") == 0 && !rp->no_etag) {
        body_tag(&rp->body, tag);
        reply_header(rp, "ETag", "\"%s%s\"", tag, gzip ? "-gzip" : "");
        if (tag_matches(rq->header[HEADER_IF_NONE_MATCH], tag)) {
            reply_empty(rp, 304);
            rp->etag_match = true;
            return;
        }
    }
    if (gzip)
        compress_body(rp);
}
