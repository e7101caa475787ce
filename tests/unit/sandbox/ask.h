/* Asking the sandbox without HTTP, for the tests of this folder. */
#ifndef TESTS_SANDBOX_ASK_H
#define TESTS_SANDBOX_ASK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/sandbox.h"
#include "sandbox/stamp.h"

/* 2026-11-22T14:02:00Z */
#define TEST_NOW INT64_C(1795356120)

#define LUI "/lui/nimbus7q2x"
#define UD  "/api/licensing/license/enterprise/cloud/cvad/ud"

struct ask {
    struct sandbox sb;
    char auth[TOKEN_LEN + 32];
    struct request rq;
    struct reply rp;
    json_t *json; /* the last answer's body, parsed */
};

static inline void ask_start(struct ask *a, const struct options *o)
{
    struct err err = {0};
    char token[TOKEN_LEN + 1];

    memset(a, 0, sizeof(*a));
    if (sandbox_init(&a->sb, o, &err) < 0)
        fail_msg("%s: %s", err.what, err.why);
    assert_int_equal(tokens_issue(&a->sb.tokens, clock_mono_ms(), token), 0);
    snprintf(a->auth, sizeof(a->auth), "CwsAuth Bearer=%s", token);
    reply_init(&a->rp);
    arena_init(&a->rq.arena, 1);
}

static inline void ask_defaults(struct options *o)
{
    options_init(o);
    o->now = TEST_NOW;
}

/* Begins a request with all the headers that a good client sends; the test may change them. */
static inline void ask_prepare(struct ask *a, const char *method, const char *target)
{
    json_decref(a->json);
    a->json = NULL;
    reply_release(&a->rp);
    reply_init(&a->rp);
    request_release(&a->rq);
    assert_int_equal(request_init(&a->rq, method, target), 0);
    a->rq.header[HEADER_AUTHORIZATION] = a->auth;
    a->rq.header[HEADER_ACCEPT] = "application/json";
    a->rq.header[HEADER_CUSTOMER_ID] = "nimbus7q2x";
}

static inline int ask_send(struct ask *a)
{
    sandbox_answer(&a->sb, &a->rq, &a->rp);
    a->json =
        json_loadb(a->rp.body.data, a->rp.body.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    return a->rp.status;
}

static inline int ask_get(struct ask *a, const char *target)
{
    ask_prepare(a, "GET", target);
    return ask_send(a);
}

static inline int ask_post(struct ask *a, const char *target, const char *type, const char *body)
{
    ask_prepare(a, "POST", target);
    a->rq.header[HEADER_CONTENT_TYPE] = type;
    a->rq.body = body;
    a->rq.body_len = strlen(body);
    return ask_send(a);
}

static inline int ask_get_with(struct ask *a, const char *target, enum header h, const char *value)
{
    ask_prepare(a, "GET", target);
    a->rq.header[h] = value;
    return ask_send(a);
}

static inline const char *ask_header(const struct ask *a, const char *name)
{
    for (size_t i = 0; i < a->rp.header_count; i++)
        if (strcmp(a->rp.headers[i].name, name) == 0)
            return a->rp.headers[i].value;
    return NULL;
}

static inline void ask_stop(struct ask *a)
{
    json_decref(a->json);
    reply_release(&a->rp);
    request_release(&a->rq);
    sandbox_release(&a->sb);
}

static inline const json_t *at(const json_t *o, const char *name)
{
    return json_object_get(o, name);
}

static inline const char *text_at(const json_t *o, const char *name)
{
    return json_string_value(json_object_get(o, name));
}

static inline long long int_at(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);

    if (!json_is_integer(v))
        fail_msg("%s is not an integer", name);
    return json_integer_value(v);
}

/* A small provider for each test. */
static inline int ask_setup(void **state)
{
    struct ask *a = malloc(sizeof(*a));
    struct options o;

    assert_non_null(a);
    ask_defaults(&o);
    o.users = 300;
    ask_start(a, &o);
    *state = a;
    return 0;
}

static inline int ask_teardown(void **state)
{
    ask_stop(*state);
    free(*state);
    return 0;
}

#endif
