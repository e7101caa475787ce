#include "api_client/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_client/errors.h"
#include "base/clock.h"

static void enqueue(struct api *a, struct api_call *c)
{
    c->prev = a->tail;
    if (a->tail != NULL)
        a->tail->next = c;
    else
        a->head = c;
    a->tail = c;
    a->count++;
}

static void dequeue(struct api_call *c)
{
    struct api *a = c->api;

    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        a->head = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    else
        a->tail = c->prev;
    c->prev = c->next = NULL;
    a->count--;
}

void call_to_end(struct api_call *c)
{
    dequeue(c);
    enqueue(c->api, c);
}

static void release(struct api_call *c)
{
    transfer_drop(&c->transfer);
    if (c->decoding)
        decode_release(&c->decode);
    buf_release(&c->url);
    buf_release(&c->complaint);
    buf_release(&c->kept);
    buf_release(&c->page);
    free(c);
}

/* An ETag from a snapshot goes into a header: nothing that could begin another may be in it. */
static void set_etag(struct api_call *c, const char *etag)
{
    size_t n = etag != NULL ? strlen(etag) : 0;

    if (n >= sizeof(c->etag))
        return;
    for (size_t i = 0; i < n; i++)
        if (etag[i] < ' ' || etag[i] >= 0x7f)
            return;
    memcpy(c->etag, etag != NULL ? etag : "", n + 1);
}

/* BASE and the kind's path, with the key in its place. */
static void add_url(struct api_call *c, const char *base, const struct call_ask *ask)
{
    const char *hole = c->kind->hole, *at = hole != NULL ? strstr(base, hole) : NULL;

    if (at != NULL) {
        buf_add(&c->url, base, (size_t)(at - base));
        percent_encode(&c->url, ask->key, strlen(ask->key));
        base = at + strlen(hole);
    }
    buf_addstr(&c->url, base);
    buf_addstr(&c->url, c->kind->path);
    if (ask->query != NULL)
        buf_addf(&c->url, "%c%s", strchr(c->url.data, '?') != NULL ? '&' : '?', ask->query);
}

static int prepare(struct api_call *c, const struct api_want *w, const struct call_ask *ask,
                   struct err *err)
{
    const char *base;
    struct url_target target;
    int rc;

    memcpy(&base, (const char *)&c->api->s.urls + c->kind->base, sizeof(base));
    if (base == NULL || base[0] == '\0') {
        err_set(err, ERR_SETTINGS, "%s", c->kind->what);
        err_why(err, "the profile has no URL for it");
        return ERR_SETTINGS;
    }
    if (c->kind->hole != NULL && strstr(base, c->kind->hole) == NULL) {
        err_set(err, ERR_SETTINGS, "%s", c->kind->what);
        err_why(err, "its URL in the profile has no %s", c->kind->hole);
        return ERR_SETTINGS;
    }
    /* A name from the service; these two would make it another address. */
    if (c->kind->hole != NULL && (strcmp(ask->key, ".") == 0 || strcmp(ask->key, "..") == 0)) {
        err_set(err, ERR_DATA, "%s", c->kind->what);
        err_why(err, "\"%s\" is no name that can be asked for", ask->key);
        return ERR_DATA;
    }
    add_url(c, base, ask);
    if (c->url.failed != 0)
        return err_set(err, ERR_SETTINGS, "the URL is too long");
    rc = http_check_url(c->url.data, &target, err);
    if (rc < 0)
        return rc;
    memcpy(c->host, target.host, sizeof(c->host));
    set_etag(c, w->etag);
    rc = decode_init(&c->decode, c->kind->codec, c->into);
    if (rc < 0)
        return err_set(err, (enum err_code)rc, "%s", c->kind->what);
    c->decoding = true;
    return 0;
}

int call_new(struct api *a, const struct call_kind *kind, const struct api_want *w,
             const struct call_ask *ask, void *into, struct api_call **out, struct err *err)
{
    struct api_call *c = calloc(1, sizeof(*c));
    int rc;

    if (c == NULL)
        return err_set(err, ERR_NOMEM, "%s", kind->what);
    c->api = a;
    c->kind = kind;
    c->into = into;
    c->term = ask->term;
    c->done = w->done;
    c->ctx = w->ctx;
    c->keep = w->keep_body;
    c->attempt = 1;
    buf_init(&c->url, CALL_URL_MAX);
    buf_init(&c->complaint, ERRORS_BODY_MAX);
    buf_init(&c->kept, CALL_KEPT_MAX);
    buf_init(&c->page, CALL_URL_MAX);
    rc = prepare(c, w, ask, err);
    if (rc < 0) {
        release(c);
        return rc;
    }
    enqueue(a, c);
    if (out != NULL)
        *out = c;
    return 0;
}

void call_free(struct api_call *c)
{
    dequeue(c);
    release(c);
}

void call_end_attempt(struct api_call *c, const struct err *err)
{
    struct api *a = c->api;

    if (c->transfer.http != NULL)
        trail_add(&a->trail, &c->transfer, c->attempt, clock_wall(a->s.clock), err, a->s.log);
    transfer_drop(&c->transfer);
}

void call_finish(struct api_call *c)
{
    call_end_attempt(c, &c->err);
    c->received = clock_wall(c->api->s.clock);
    c->state = CALL_FINISHED;
}

void call_fail(struct api_call *c, const struct err *err)
{
    c->err = *err;
    call_finish(c);
}

void call_deliver(struct api_call *c)
{
    bool kept = c->keep && c->err.code == 0 && !c->not_modified && c->kept.len > 0;
    struct api_reply reply = {
        .err = c->err.code != 0 ? &c->err : NULL,
        .not_modified = c->not_modified,
        .etag = c->err.code == 0 ? c->reply_etag : "",
        .received = c->received,
        .unreadable = c->decode.unreadable,
        .first_unreadable = c->decode.first_unreadable,
        .body = kept ? &c->kept : NULL,
    };

    /* Out of the queue first: `done` may start and cancel other calls. */
    dequeue(c);
    c->state = CALL_TOLD;
    if (c->done != NULL)
        c->done(c->ctx, &reply);
    release(c);
}

static void page_url(const struct api_call *c, struct buf *out)
{
    buf_add(out, c->url.data, c->url.len);
    if (c->page.len == 0)
        return;
    buf_addf(out, "%ccontinuationToken=", strchr(c->url.data, '?') != NULL ? '&' : '?');
    percent_encode(out, c->page.data, c->page.len);
}

static void transaction_header(struct retry *r, char *out, size_t size)
{
    uint64_t a = retry_random(r), b = retry_random(r);

    snprintf(out, size, "Citrix-TransactionId: %08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32),
             (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
             (unsigned)(b >> 48 & 0x3fff) | 0x8000, (unsigned long long)b & 0xffffffffffff);
}

void call_send(struct api_call *c)
{
    struct api *a = c->api;
    char customer[300], transaction[80], etag[200];
    const char *headers[5];
    struct http_request r = {.headers = headers};
    struct buf url, token;
    struct err err = {0};

    buf_init(&url, 4 * CALL_URL_MAX);
    buf_init(&token, TOKEN_MAX + 64);
    page_url(c, &url);
    buf_reserve(&token, a->token.value.len + 64);
    buf_addf(&token, "Authorization: CwsAuth Bearer=%s", a->token.value.data);
    snprintf(customer, sizeof(customer), "Citrix-CustomerId: %s", a->s.customer_id);
    transaction_header(&a->retry, transaction, sizeof(transaction));
    snprintf(etag, sizeof(etag), "If-None-Match: %s", c->etag);
    headers[r.header_count++] = token.data;
    headers[r.header_count++] = "Accept: application/json";
    headers[r.header_count++] = customer;
    headers[r.header_count++] = transaction;
    if (c->etag[0] != '\0' && c->page.len == 0)
        headers[r.header_count++] = etag;
    r.url = url.data;
    c->token_generation = a->token.generation;
    c->fed = 0;
    buf_reset(&c->complaint);
    if (url.failed != 0 || token.failed != 0) {
        err_set(&err, ERR_TOOBIG, "%s", c->kind->what);
        err_why(&err, "the service asked for a longer URL than can be");
        call_fail(c, &err);
    } else if (transfer_start(&c->transfer, a->http, &r, &err) < 0) {
        call_fail(c, &err);
    } else {
        c->state = CALL_FLYING;
    }
    buf_release(&url);
    buf_wipe(&token);
}
