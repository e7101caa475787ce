/* /sandbox/…: what a test sets and asks. No token, never faulted, delayed or logged. */
#include "base/err.h"
#include "sandbox/router.h"

static void faults_get(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    (void)rq;
    reply_json(rp, 200, faults_to_json(&sb->faults));
    rp->no_etag = true;
}

static void faults_post(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    json_t *in = json_loadb(rq->body, rq->body_len, JSON_REJECT_DUPLICATES, NULL);
    struct err err = {0};

    if (in == NULL)
        reply_error(rp, 400, "common/invalidJson", "The body is not JSON.", NULL);
    else if (faults_replace(&sb->faults, in, &err) < 0)
        reply_error(rp, 400, "common/invalidJson", err.what, NULL);
    else
        reply_empty(rp, 204);
    json_decref(in);
}

static void log_get(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    (void)rq;
    reply_json(rp, 200, reqlog_to_json(&sb->log));
    rp->no_etag = true;
}

static void log_delete(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    (void)rq;
    reqlog_clear(&sb->log);
    reply_empty(rp, 204);
}

static void tokens_expire(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    (void)rq;
    tokens_expire_all(&sb->tokens);
    reply_empty(rp, 204);
}

static const struct route rows[] = {
    {"GET", "/sandbox/faults", faults_get, false, PRODUCT_NONE},
    {"POST", "/sandbox/faults", faults_post, false, PRODUCT_NONE},
    {"GET", "/sandbox/log", log_get, false, PRODUCT_NONE},
    {"DELETE", "/sandbox/log", log_delete, false, PRODUCT_NONE},
    {"POST", "/sandbox/tokens/expire", tokens_expire, false, PRODUCT_NONE},
};
const struct route_table control_routes = {rows, sizeof(rows) / sizeof(rows[0])};
