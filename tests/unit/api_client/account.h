/* An api whose every URL leads to a stub, and what its calls came to. */
#ifndef TEST_ACCOUNT_H
#define TEST_ACCOUNT_H

#include "model/account.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/usage.h"
#include "stub.h"

#define SECRET "s3cr&t/with=signs"

struct outcome {
    int times;
    enum err_code code;
    struct err err;
    bool not_modified;
    char etag[160];
    size_t unreadable;
    char *body; /* NULL: none */
};

struct account {
    struct stub stub;
    struct clock clock;
    struct api *api;
    struct api_settings settings;
    char token_url[128];
};

static inline void account_open(struct account *a,
                                void (*handle)(struct stub *, const struct stub_request *,
                                               struct stub_reply *))
{
    stub_open(&a->stub, handle);
    a->stub.ctx = a;
    clock_init(&a->clock, TIME_NONE);
    snprintf(a->token_url, sizeof(a->token_url), "%s/cctrustoauth2/root/tokens/clients",
             a->stub.base);
    a->settings = (struct api_settings){
        .customer_id = "nimbus7q2x",
        .client_id = "client-1",
        .secret = SECRET,
        .secret_len = strlen(SECRET),
        .urls = {.token = a->token_url,
                 .lui = a->stub.base,
                 .partner = a->stub.base,
                 .notifications = a->stub.base,
                 .api = a->stub.base,
                 .cloudlicense = a->stub.base,
                 .core = a->stub.base},
        .backoff_ms = 1,
        .jitter_seed = 1,
        .clock = &a->clock,
    };
    a->api = NULL;
}

static inline void account_start(struct account *a)
{
    assert_int_equal(api_new(&a->api, &a->settings, NULL), 0);
}

static inline void account_close(struct account *a)
{
    api_free(a->api);
    stub_close(&a->stub);
}

static inline void note_outcome(void *ctx, const struct api_reply *reply)
{
    struct outcome *o = ctx;

    o->times++;
    o->code = reply->err != NULL ? reply->err->code : ERR_NONE;
    if (reply->err != NULL)
        o->err = *reply->err;
    o->not_modified = reply->not_modified;
    snprintf(o->etag, sizeof(o->etag), "%s", reply->etag);
    o->unreadable = reply->unreadable;
    o->body = reply->body != NULL ? strdup(reply->body->data) : NULL;
}

static inline bool is_token(const struct stub_request *q)
{
    return strstr(q->target, "/tokens/clients") != NULL;
}

/* The usual token answer, with the number of the token in it. */
static inline bool serve_token(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    static char body[160];

    if (!is_token(q))
        return false;
    snprintf(body, sizeof(body),
             "{\"token_type\":\"bearer\",\"access_token\":\"token-%d\",\"expires_in\":\"3600\"}",
             ++s->tokens);
    r->body = body;
    return true;
}

/* Asks for the customers and waits for what comes. */
static inline void ask(struct account *a, struct outcome *o, struct customer_list *l)
{
    struct api_want w = {.done = note_outcome, .ctx = o};

    *o = (struct outcome){0};
    customer_list_init(l);
    assert_int_equal(api_get_customers(a->api, &w, l, NULL, NULL), 0);
    stub_run(&a->stub, a->api);
    assert_int_equal(o->times, 1);
}

static inline size_t calls_to(const struct stub *s, const char *target)
{
    size_t n = 0;

    for (size_t i = 0; i < s->requests; i++)
        n += strncmp(s->log[i].target, target, strlen(target)) == 0;
    return n;
}

#define CUSTOMERS                                                                                  \
    "{\"items\":[{\"customerId\":\"harborclinic9\",\"type\":\"Managed\"},"                         \
    "{\"customerId\":\"northwind4\",\"type\":\"Lite\"}]}"

#endif
