#include "api_client/api.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "api_client/call.h"
#include "base/clock.h"

enum { STRINGS_MAX = 256 * 1024, ID_MAX = 256 };

/* It goes into a header: nothing that could begin another may be in it. */
static bool header_safe(const char *s)
{
    if (s == NULL || s[0] == '\0' || strlen(s) > ID_MAX)
        return false;
    for (; *s != '\0'; s++)
        if (*s <= ' ' || *s >= 0x7f)
            return false;
    return true;
}

static int or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

/* A URL of the profile ends without a slash, so that a path can be put behind it. */
static int copy_url(struct arena *arena, const char **url)
{
    size_t n;

    if (*url == NULL)
        return 0;
    for (n = strlen(*url); n > 0 && (*url)[n - 1] == '/'; n--)
        ;
    *url = arena_strndup(arena, *url, n);
    return *url != NULL ? 0 : ERR_NOMEM;
}

static int copy_settings(struct api *a, const struct api_settings *from)
{
    struct api_settings *s = &a->s;
    const char **urls[] = {
        &s->urls.lui,          &s->urls.partner, &s->urls.notifications,   &s->urls.api,
        &s->urls.cloudlicense, &s->urls.core,    &s->urls.notifications_of};

    *s = *from;
    s->secret = NULL;
    s->secret_len = 0;
    s->connect_seconds = or_default(from->connect_seconds, 10);
    s->stall_seconds = or_default(from->stall_seconds, 30);
    s->total_seconds = or_default(from->total_seconds, 120);
    s->attempts = or_default(from->attempts, 4);
    s->backoff_ms = or_default(from->backoff_ms, 1000);
    s->customer_id = arena_strdup(&a->arena, from->customer_id);
    s->client_id = arena_strdup(&a->arena, from->client_id);
    s->urls.token = arena_strdup(&a->arena, from->urls.token);
    if (from->ca_file != NULL && (s->ca_file = arena_strdup(&a->arena, from->ca_file)) == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
        if (copy_url(&a->arena, urls[i]) < 0)
            return ERR_NOMEM;
    for (int op = 0; op < OPERATION_COUNT; op++)
        if (copy_url(&a->arena, &s->urls.operations[op]) < 0)
            return ERR_NOMEM;
    return s->customer_id != NULL && s->client_id != NULL && s->urls.token != NULL ? 0 : ERR_NOMEM;
}

static int check_settings(const struct api_settings *s, struct err *err)
{
    if (!header_safe(s->customer_id) || !header_safe(s->client_id)) {
        err_set(err, ERR_SETTINGS, "customer_id and client_id cannot be right");
        err_why(err, "they are letters, digits and signs without blanks");
        err_next(err, "Copy them from Citrix Cloud > Identity and Access Management > API Access");
        return ERR_SETTINGS;
    }
    if (s->secret == NULL || s->secret_len == 0 || s->secret_len > TOKEN_SECRET_MAX) {
        err_set(err, ERR_SETTINGS, "the client secret cannot be right");
        err_why(err, s->secret_len > TOKEN_SECRET_MAX ? "it is too long" : "it is empty");
        err_next(err, "Check client_secret_command or client_secret_file in the profile");
        return ERR_SETTINGS;
    }
    return http_check_url(s->urls.token != NULL ? s->urls.token : "", NULL, err);
}

int api_new(struct api **out, const struct api_settings *settings, struct err *err)
{
    struct api *a;
    struct http_settings hs;
    int rc = check_settings(settings, err);

    if (rc < 0)
        return rc;
    a = calloc(1, sizeof(*a));
    if (a == NULL)
        return err_set(err, ERR_NOMEM, "out of memory");
    arena_init(&a->arena, STRINGS_MAX);
    rc = copy_settings(a, settings);
    if (rc < 0)
        goto out;
    hs = (struct http_settings){
        .token_url = a->s.urls.token,
        .ca_file = a->s.ca_file,
        .connect_seconds = a->s.connect_seconds,
        .stall_seconds = a->s.stall_seconds,
        .total_seconds = a->s.total_seconds,
        .read_only = a->s.read_only,
    };
    a->retry = (struct retry){
        .attempts = a->s.attempts, .base_ms = a->s.backoff_ms, .random = settings->jitter_seed};
    if (a->retry.random == 0 &&
        getrandom(&a->retry.random, sizeof(a->retry.random), GRND_NONBLOCK) < 0)
        a->retry.random = (uint64_t)clock_mono_ms();
    rc = http_new(&a->http, &hs);
    if (rc == 0)
        rc = token_init(&a->token, a->s.urls.token, a->s.client_id, settings->secret,
                        settings->secret_len);
out:
    if (rc < 0) {
        http_free(a->http);
        arena_release(&a->arena);
        free(a);
        return err_set(err, (enum err_code)rc, "out of memory");
    }
    *out = a;
    return 0;
}

void api_free(struct api *a)
{
    if (a == NULL)
        return;
    while (a->head != NULL)
        call_free(a->head);
    token_release(&a->token);
    http_free(a->http);
    arena_release(&a->arena);
    free(a);
}

int api_poll(struct api *a, struct api_fd *fds, size_t count, int timeout_ms)
{
    return http_poll(a->http, fds, count, timeout_ms);
}

/* ---- the turn ---- */

/* Whether another call may go to the host of C. */
static bool host_free(const struct api_call *c)
{
    int flying = 0;

    for (const struct api_call *o = c->api->head; o != NULL; o = o->next)
        flying += o->state == CALL_FLYING && strcmp(o->host, c->host) == 0;
    return flying < CALL_HOST_MAX;
}

static void fail_waiting(struct api *a, const struct err *err)
{
    for (struct api_call *c = a->head; c != NULL; c = c->next)
        if (c->state == CALL_WAITING)
            call_fail(c, err);
}

static void step_token(struct api *a, int64_t now)
{
    struct token *t = &a->token;
    struct err err = {0};
    int rc;

    if (t->state != TOKEN_ASKED || !t->transfer.done)
        return;
    rc = token_settle(t, &a->retry, now, clock_wall(a->s.clock), &err);
    trail_add(&a->trail, &t->transfer, t->attempt, clock_wall(a->s.clock), rc < 0 ? &err : NULL,
              a->s.log);
    token_settled(t);
    if (t->state == TOKEN_SLEEPING)
        a->retries++;
    else if (rc < 0)
        fail_waiting(a, &err);
}

/* Sends what is due and may go. */
static void start_due(struct api *a, int64_t now)
{
    struct err err = {0};

    for (struct api_call *c = a->head; c != NULL; c = c->next) {
        if (c->state == CALL_SLEEPING && now >= c->retry_at_ms)
            c->state = CALL_WAITING;
        if (c->state != CALL_WAITING)
            continue;
        if (token_ready(&a->token, now)) {
            if (host_free(c))
                call_send(c);
        } else if (token_ask(&a->token, a->http, now, &err) < 0) {
            fail_waiting(a, &err);
        }
    }
}

static int64_t now_us(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* One piece for each in turn, so that a long list does not hold up a short one. At least one piece
 * is done, whatever the time. */
static void work(struct api *a, int64_t until_us)
{
    struct api_call *c, *next;
    bool any = true;

    while (any) {
        any = false;
        for (c = a->head; c != NULL; c = next) {
            next = c->next;
            if (!call_work(c))
                continue;
            any = true;
            if (now_us() >= until_us) {
                /* Whoever comes after it goes first the next time. */
                call_to_end(c);
                return;
            }
        }
    }
}

static void deliver(struct api *a)
{
    struct api_call *c = a->head;

    while (c != NULL) {
        if (c->state == CALL_FINISHED) {
            call_deliver(c);
            /* `done` may have changed the queue in any way. */
            c = a->head;
        } else {
            c = c->next;
        }
    }
}

bool api_step(struct api *a, int budget_us)
{
    int64_t until = now_us() + budget_us;

    http_perform(a->http);
    step_token(a, clock_mono_ms());
    start_due(a, clock_mono_ms());
    work(a, until);
    deliver(a);
    return api_timeout_ms(a) == 0;
}

static int until_ms(int64_t then, int64_t now)
{
    if (then <= now)
        return 0;
    return then - now < INT_MAX ? (int)(then - now) : INT_MAX;
}

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* When C itself, without any socket, has something to do; -1: not before something else happens. */
static int call_timeout(const struct api_call *c, int64_t now)
{
    const struct token *t = &c->api->token;

    switch (c->state) {
    case CALL_FINISHED:
        return 0;
    case CALL_FLYING:
        return call_has_work(c) ? 0 : -1;
    case CALL_TOLD:
        return -1;
    case CALL_SLEEPING:
        return until_ms(c->retry_at_ms, now);
    case CALL_WAITING:
        break;
    }
    if (token_ready(t, now))
        return host_free(c) ? 0 : -1;
    if (t->state == TOKEN_ASKED)
        return t->transfer.done ? 0 : -1;
    return t->state == TOKEN_SLEEPING ? until_ms(t->retry_at_ms, now) : 0;
}

int api_timeout_ms(struct api *a)
{
    int64_t now = clock_mono_ms();
    int ms = http_timeout_ms(a->http);

    if (a->token.state == TOKEN_ASKED && a->token.transfer.done)
        return 0;
    for (const struct api_call *c = a->head; c != NULL && ms != 0; c = c->next)
        ms = sooner(ms, call_timeout(c, now));
    return ms;
}

size_t api_active(const struct api *a)
{
    return a->count;
}

/* ---- one call, and what is told about all ---- */

void api_call_cancel(struct api_call *c)
{
    struct err err;

    if (c->state == CALL_TOLD)
        return;
    err_set(&err, ERR_CANCELLED, "%s", c->kind->what);
    err_why(&err, "it was cancelled");
    call_fail(c, &err);
    call_deliver(c);
}

void api_call_progress(const struct api_call *c, struct api_progress *out)
{
    const struct token *t = &c->api->token;

    *out = (struct api_progress){
        .phase = API_QUEUED,
        .attempt = c->attempt,
        .attempts = c->api->retry.attempts,
        .bytes = c->transfer.bytes,
        .last = c->last,
    };
    if (c->state == CALL_SLEEPING) {
        out->phase = API_RETRYING;
        out->retry_at_ms = c->retry_at_ms;
    } else if (c->state == CALL_WAITING && t->state == TOKEN_SLEEPING) {
        out->phase = API_RETRYING;
        out->retry_at_ms = t->retry_at_ms;
        out->attempt = t->attempt + 1;
        out->last = t->last;
    } else if (c->state != CALL_WAITING) {
        out->phase = c->transfer.answer.status == 0 ? API_SENT : API_RECEIVING;
    }
}

void api_traffic(const struct api *a, struct api_traffic *out)
{
    struct http_counts counts;

    http_count(a->http, &counts);
    *out = (struct api_traffic){
        .requests = counts.requests,
        .retries = a->retries,
        .bytes_in = counts.bytes_in,
        .token_ends_ms = a->token.state == TOKEN_HELD ? a->token.ends_ms : 0,
    };
}

size_t api_trail_count(const struct api *a)
{
    return trail_count(&a->trail);
}

const struct api_trail *api_trail_at(const struct api *a, size_t i)
{
    return trail_at(&a->trail, i);
}

const char *api_library(char *out, size_t size)
{
    return http_library(out, size);
}
