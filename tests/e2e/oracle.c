#include "tests/e2e/oracle.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ANSWER_MAX = 64 << 20 };

static json_t *parse(const struct buf *b, const char *what)
{
    json_t *root = json_loadb(b->data, b->len, 0, NULL);

    if (root == NULL)
        fail_msg("%s: not JSON: %.200s", what, b->data);
    return root;
}

json_t *oracle_get(struct sandbox *s, const char *path)
{
    static const char sign_in[] = "{\"clientId\":\"demo-client\",\"clientSecret\":\"demo-secret\"}";
    struct buf b, head;
    json_t *root;
    int status;

    buf_init(&b, ANSWER_MAX);
    buf_init(&head, 1 << 20);
    status = http_request(s->port, "POST", "/trust/root/tokens/clients", sign_in, &b);
    if (status != 200)
        fail_msg("the oracle cannot sign in: %d %s", status, b.data);
    root = parse(&b, "token");
    buf_addf(&head,
             "Authorization: CwsAuth Bearer=%s\r\nAccept: application/json\r\n"
             "Citrix-CustomerId: " SANDBOX_CUSTOMER "\r\n",
             json_string_value(json_object_get(root, "token")));
    json_decref(root);
    status = http_request_with(s->port, "GET", path, head.data, NULL, &b);
    if (status != 200)
        fail_msg("%s: %d %s", path, status, b.data);
    root = parse(&b, path);
    buf_release(&head);
    buf_release(&b);
    return root;
}

static bool text_is(const json_t *o, const char *name, const char *want)
{
    const char *has = json_string_value(json_object_get(o, name));

    return want == NULL || (has != NULL && strcmp(has, want) == 0);
}

static bool matches(const json_t *one, const struct oracle_match *m)
{
    const char *path = json_string_value(json_object_get(one, "path"));

    return text_is(one, "method", m->method) && text_is(one, "fault", m->fault) && path != NULL &&
           (m->path == NULL || strstr(path, m->path) != NULL) &&
           (m->status == 0 || json_integer_value(json_object_get(one, "status")) == m->status) &&
           (!m->unauthorized || !json_is_true(json_object_get(one, "authorized")));
}

/* The number of matches; *LAST_BYTES those of the last one. */
static int scan(struct sandbox *s, const struct oracle_match *m, long *last_bytes)
{
    json_t *root, *one;
    struct buf b;
    size_t i;
    int n = 0;

    buf_init(&b, ANSWER_MAX);
    if (sandbox_get(s, "/sandbox/log", &b) != 200)
        fail_msg("no /sandbox/log: %s", b.data);
    root = parse(&b, "/sandbox/log");
    json_array_foreach(json_object_get(root, "requests"), i, one)
    {
        if (!matches(one, m))
            continue;
        n++;
        *last_bytes = (long)json_integer_value(json_object_get(one, "bytes"));
    }
    json_decref(root);
    buf_release(&b);
    return n;
}

int oracle_count(struct sandbox *s, const struct oracle_match *m)
{
    long bytes;

    return scan(s, m, &bytes);
}

long oracle_bytes(struct sandbox *s, const struct oracle_match *m)
{
    long bytes = -1;

    scan(s, m, &bytes);
    return bytes;
}

int64_t oracle_wait(struct sandbox *s, const struct oracle_match *m, int n)
{
    int64_t end = now_ms() + slow_ms(0);

    while (oracle_count(s, m) < n) {
        if (now_ms() > end)
            fail_msg("%d requests of %d came: %s %s", oracle_count(s, m), n,
                     m->method != NULL ? m->method : "any", m->path != NULL ? m->path : "");
        poll(NULL, 0, 5);
    }
    return now_ms();
}

static bool is(const json_t *server, const char *name)
{
    return json_is_true(json_object_get(server, name));
}

static bool has(const json_t *server, const char *name)
{
    const json_t *v = json_object_get(server, name);

    return v != NULL && !json_is_null(v);
}

const char *oracle_server_status(const json_t *server)
{
    if (is(server, "isPhoningHome"))
        return "reporting";
    return is(server, "isEverReported") ? "not_reporting" : "never_reported";
}

static int supported_ccu(const json_t *server)
{
    static const char *const known[] = {"MPS_ENT_CCU", "MPS_ADV_CCU", "MPS_PLT_CCU", "XDS_PLT_CCS",
                                        "XDS_STD_CCS"};
    json_t *one;
    size_t i;
    int n = 0;

    json_array_foreach(json_object_get(server, "ccuFeatureStatistics"), i, one)
    {
        for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
            n += text_is(one, "featureId", known[k]) &&
                 json_integer_value(json_object_get(one, "usageCount")) > 0;
    }
    return n;
}

const char *oracle_server_severity(const json_t *server)
{
    bool dated = has(server, "daysToExpire");
    json_int_t days = json_integer_value(json_object_get(server, "daysToExpire"));

    if (!is(server, "isPhoningHome"))
        return "error";
    if (!is(server, "isFoundInBackOffice") || is(server, "isCcu") ||
        is(server, "isNonCspLicenseInstalled") || (dated && days <= 30))
        return "warning";
    return dated && days <= 90 ? "information" : "ok";
}

int oracle_server_messages(const json_t *server)
{
    json_int_t days = json_integer_value(json_object_get(server, "daysToExpire"));
    bool named = has(server, "fqdn"), expired = is(server, "isExpired");

    return !is(server, "isFoundInBackOffice") +
           (!is(server, "isPhoningHome") && (named || has(server, "lastPhoningHomeTime"))) +
           is(server, "isNonCspLicenseInstalled") + (expired && named) +
           (!expired && days != 0 && days <= 90 && named) + supported_ccu(server);
}

bool oracle_users(struct sandbox *s, const char *term, long long *total, long long *free_users)
{
    json_t *root, *sku, *feature;
    size_t i, j, features = 0;
    char path[160];

    snprintf(path, sizeof(path), ORACLE_USAGE "%s", term);
    root = oracle_get(s, path);
    *total = *free_users = 0;
    json_array_foreach(json_object_get(root, "skus"), i, sku)
    {
        json_array_foreach(json_object_get(sku, "features"), j, feature)
        {
            *total += json_integer_value(json_object_get(feature, "count"));
            *free_users += json_integer_value(json_object_get(feature, "freeUsersCount"));
            features++;
        }
    }
    json_decref(root);
    return features > 0;
}
