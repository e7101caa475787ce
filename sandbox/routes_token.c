/* Token endpoints: published.md §1.2 (form) and §1.3 (JSON). */
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/router.h"

/* The media type without parameters. */
static bool media_type_is(const char *value, const char *type)
{
    size_t len = value != NULL ? strcspn(value, "; \t") : 0;

    return len == strlen(type) && strncasecmp(value, type, len) == 0;
}

static void reply_415(struct reply *rp, const char *want)
{
    char detail[128];

    snprintf(detail, sizeof(detail), "Content-Type must be %s.", want);
    reply_error(rp, 415, "common/unsupportedMediaType", detail, NULL);
}

static bool customer_known(const struct sandbox *sb, const char *customer)
{
    return strcmp(customer, "root") == 0 || strcmp(customer, sb->o.customer_id) == 0;
}

static bool client_known(const struct sandbox *sb, const char *id, const char *secret)
{
    return id != NULL && secret != NULL && strcmp(id, sb->o.client_id) == 0 &&
           strcmp(secret, sb->o.client_secret) == 0;
}

static void no_store(struct reply *rp)
{
    reply_header(rp, "Cache-Control", "no-store");
    reply_header(rp, "X-CC-LocalGeo", "US");
}

static void token_form(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    const char *type = rq->header[HEADER_CONTENT_TYPE], *grant = NULL, *id = NULL, *secret = NULL;
    struct pair pairs[PAIRS_MAX];
    char token[TOKEN_LEN + 1], life[24];
    struct arena arena;
    const char *body = rq->body;
    size_t len = rq->body_len;
    int n;

    no_store(rp);
    /* Exactly: a charset parameter is a documented cause of failure. */
    if (type == NULL || strcasecmp(type, "application/x-www-form-urlencoded") != 0) {
        reply_415(rp, "application/x-www-form-urlencoded");
        return;
    }
    while (len > 0 && strchr(" \t\r\n", body[0]) != NULL && body[0] != '\0') {
        body++;
        len--;
    }
    while (len > 0 && strchr(" \t\r\n", body[len - 1]) != NULL && body[len - 1] != '\0')
        len--;
    arena_init(&arena, 1 << 18);
    n = form_parse(&arena, body, len, pairs, PAIRS_MAX);
    for (int i = 0; i < n; i++) {
        if (strcmp(pairs[i].name, "grant_type") == 0)
            grant = pairs[i].value;
        else if (strcmp(pairs[i].name, "client_id") == 0)
            id = pairs[i].value;
        else if (strcmp(pairs[i].name, "client_secret") == 0)
            secret = pairs[i].value;
    }
    if (n < 0 || grant == NULL) {
        reply_oauth_error(rp, 400, "invalid_request", "The request body is not a token request.");
    } else if (strcmp(grant, "client_credentials") != 0) {
        reply_oauth_error(rp, 400, "unsupported_grant_type", "Use client_credentials.");
    } else if (!customer_known(sb, rq->arg[0]) || !client_known(sb, id, secret)) {
        reply_oauth_error(rp, 400, "invalid_client", "Invalid client id or client secret.");
    } else if (tokens_issue(&sb->tokens, clock_mono_ms(), token) == 0) {
        snprintf(life, sizeof(life), "%lld", (long long)sb->o.token_life);
        reply_json(rp, 200,
                   json_pack("{s:s, s:s, s:s}", "token_type", "bearer", "access_token", token,
                             "expires_in", life));
        rp->pad = true;
    }
    arena_release(&arena);
}

/* The member NAME of O in any case, as the trust service reads them. */
static const char *member(const json_t *o, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)o, key, value)
    {
        if (strcasecmp(key, name) == 0)
            return json_string_value(value);
    }
    return NULL;
}

static void token_json(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    char token[TOKEN_LEN + 1];
    json_t *in;

    no_store(rp);
    if (!media_type_is(rq->header[HEADER_CONTENT_TYPE], "application/json")) {
        reply_415(rp, "application/json");
        return;
    }
    in = json_loadb(rq->body, rq->body_len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(in)) {
        reply_error(rp, 400, "common/invalidJson", "The body is not a JSON object.", NULL);
    } else if (!customer_known(sb, rq->arg[0]) ||
               !client_known(sb, member(in, "clientId"), member(in, "clientSecret"))) {
        reply_cws_401(rp, "Invalid client id or client secret.");
    } else if (tokens_issue(&sb->tokens, clock_mono_ms(), token) == 0) {
        reply_json(rp, 200,
                   json_pack("{s:s, s:s, s:s, s:s, s:I}", "principal", sb->o.client_id, "subject",
                             sb->o.client_id, "token", token, "openIdToken", "sandbox.none",
                             "expiresIn", (json_int_t)sb->o.token_life));
    }
    json_decref(in);
}

static const struct route rows[] = {
    {"POST", "/cctrustoauth2/{customer}/tokens/clients", token_form, false, PRODUCT_NONE},
    {"POST", "/trust/{customer}/tokens/clients", token_json, false, PRODUCT_NONE},
};
const struct route_table token_routes = {rows, sizeof(rows) / sizeof(rows[0])};
