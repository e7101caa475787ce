/* A session whose service is a stub in the test's own loop: what each resource answers is set in
 * `says`, and everything that was asked is in the stub's log. */
#ifndef TESTS_SESSION_WORLD_H
#define TESTS_SESSION_WORLD_H

#include "tests/unit/session/scratch.h"

#include "base/clock.h"
#include "base/err.h"
#include "model/term.h"
#include "session/config.h"
#include "session/session.h"
#include "store/store.h"
#include "tests/unit/api_client/stub.h"

/* 2026-11-22T12:00:00Z */
#define WORLD_NOW INT64_C(1795348800)

/* What every account has: all but operations and what is about one server or customer. */
enum { WORLD_RESOURCES = RESOURCE_CLOUD_SUMMARY };
#define WORLD_ALL ((1u << WORLD_RESOURCES) - 1)

struct saying {
    int status; /* 0: 200 */
    const char *body, *etag;
    enum stub_how how;
    int failures; /* so many 503 come first */
};

struct world {
    struct scratch scratch;
    struct stub stub;
    struct clock clock;
    struct profile profile;
    char token_url[128];
    struct store *store;
    struct session *session;
    struct session_options options;
    struct saying says[RESOURCE_COUNT];
    int token_status; /* 0: 200 */
    unsigned changed; /* all bits that session_step() gave */
};

static const char *const world_paths[RESOURCE_COUNT] = {
    [RESOURCE_SERVERS] = "/licenseservers",
    [RESOURCE_USAGE] = "/licenseusagedata",
    [RESOURCE_CUSTOMERS] = "/customers",
    [RESOURCE_NETSCALERS] = "/netscalercallinghomedata",
    [RESOURCE_NOTICES] = "/notifications",
    [RESOURCE_STATES] = "/serviceStates",
    [RESOURCE_CLOUD_UD] = "/ud/current",
    [RESOURCE_CLOUD_CCU] = "/ccu/summary",
    [RESOURCE_CLOUD_HISTORY] = "/ud/historicalusage",
    [RESOURCE_SERVER_DETAIL] = "/detail/",
    [RESOURCE_TENANT_USE] = "/activeuse/",
};

#define SERVER_ROW(host)                                                                           \
    "{\"hostId\":\"" host "\",\"isPhoningHome\":true,\"isFoundInBackOffice\":true,"                \
    "\"isEverReported\":true,\"isCompliant\":true,\"isLicenseServerFree\":false,"                  \
    "\"isNonCspLicenseInstalled\":false,\"isCcu\":false,\"isExpired\":false}"
#define SERVERS_OF(rows) "{\"customerId\":\"c\",\"licenseServersStatus\":[" rows "]}"

static const char *const world_bodies[RESOURCE_COUNT] = {
    [RESOURCE_SERVERS] = SERVERS_OF(SERVER_ROW("LIC01") "," SERVER_ROW("LIC02")),
    [RESOURCE_CUSTOMERS] = "{\"items\":[{\"customerId\":\"harborclinic9\",\"type\":\"Managed\"}]}",
    [RESOURCE_NETSCALERS] = "{\"customerId\":\"c\",\"netScalerCallingHomeDetails\":[{\"hostId\":"
                            "\"02ab\",\"netScalerLicenseModels\":[{\"isPermanent\":true,"
                            "\"isExpired\":false,\"isReporting\":true,"
                            "\"isFoundInBackOffice\":true}]}]}",
    [RESOURCE_NOTICES] = "{\"items\":[{\"title\":\"t\",\"eventId\":\"e1\"}]}",
    [RESOURCE_STATES] = "{\"items\":[{\"serviceName\":\"licensing\",\"state\":\"Production\"}]}",
    [RESOURCE_CLOUD_UD] =
        "{\"customerId\":\"c\",\"totalUsageCount\":7,\"totalAvailableLicenseCount\":10,"
        "\"remainingLicenseCount\":3,\"timeStamp\":\"2026-11-22T10:00:00Z\","
        "\"productName\":\"XenDesktop\","
        "\"userLicenseUsage\":{\"totalUsageCount\":7,\"releasedCount\":0},"
        "\"deviceLicenseUsage\":{\"totalUsageCount\":8,\"releasedCount\":0}}",
    [RESOURCE_CLOUD_CCU] = "{\"currentCcu\":{\"totalLicenseCount\":9,\"assignedLicenseCount\":4,"
                           "\"reportTime\":\"2026-11-22T10:00:00Z\"}}",
    [RESOURCE_SERVER_DETAIL] =
        "{\"serverName\":\"lic01\",\"serverLicenseCount\":1,"
        "\"serverLicenses\":[{\"licenseName\":\"a.lic\",\"isExpire\":false}]}",
    [RESOURCE_TENANT_USE] = "{\"ccuActiveUse\":null,\"udActiveUse\":null}",
    [RESOURCE_CLOUD_HISTORY] = "{\"historicalUsageType\":\"Monthly\",\"historicalUsageList\":[],"
                               "\"xenAppXenDesktopHistoricalUsageList\":[]}",
};

static inline void world_handle(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    static char body[400], headers[300];
    struct world *w = s->ctx;
    const char *date = strstr(q->target, "date=");

    headers[0] = '\0';
    r->headers = headers;
    if (strstr(q->target, "/tokens/clients") != NULL) {
        r->status = w->token_status != 0 ? w->token_status : 200;
        r->body = "{\"token_type\":\"bearer\",\"access_token\":\"t\",\"expires_in\":\"3600\"}";
        return;
    }
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        struct saying *says = &w->says[k];

        if (world_paths[k] == NULL || strstr(q->target, world_paths[k]) == NULL)
            continue;
        r->how = says->how;
        if (says->failures > 0) {
            says->failures--;
            r->status = 503;
            r->body = "{}";
            return;
        }
        if (says->status != 0)
            r->status = says->status;
        if (says->etag != NULL) {
            snprintf(headers, sizeof(headers), "ETag: %s\r\n", says->etag);
            if (r->status == 200 && strcmp(stub_header(q, "If-None-Match"), says->etag) == 0)
                r->status = 304;
        }
        r->body = says->body != NULL ? says->body : world_bodies[k];
        /* A month's users are its number, so that one is not taken for another. */
        if (k == RESOURCE_USAGE && says->body == NULL && date != NULL) {
            snprintf(
                body, sizeof(body),
                "{\"customerId\":\"c\",\"skus\":[{\"skuId\":\"S\",\"features\":[{\"featureId\":"
                "\"XDT_PLT_UD\",\"count\":%d,\"freeUsersCount\":1,\"isUserList\":true,"
                "\"licenseServerCount\":1,\"freeLicenseServerCount\":0,"
                "\"linkedCustomerCount\":0}]}]}",
                (int)strtol(date + 10, NULL, 10));
            r->body = body;
        }
        return;
    }
    r->status = 404;
}

static inline void world_open_session(struct world *w)
{
    struct err err = {0};

    w->changed = 0;
    if (session_new(&w->session, &w->options, &err) < 0)
        fail_msg("%s: %s", err.what, err.why);
}

/* The settings may be changed before a second world_open_session(). */
static inline int world_setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    char path[128];

    snprintf(w->scratch.dir, sizeof(w->scratch.dir), "/tmp/luitop-test-XXXXXX");
    assert_non_null(mkdtemp(w->scratch.dir));
    stub_open(&w->stub, world_handle);
    w->stub.ctx = w;
    clock_init(&w->clock, WORLD_NOW);
    snprintf(w->token_url, sizeof(w->token_url), "%s/tokens/clients", w->stub.base);
    w->profile = (struct profile){
        .name = "n", .customer_id = "c", .client_id = "i", .billing_timezone = "UTC"};
    for (int k = 0; k < URL_COUNT; k++)
        w->profile.urls[k] = k == URL_TOKEN ? w->token_url : w->stub.base;
    snprintf(path, sizeof(path), "%s/luitop.db", w->scratch.dir);
    assert_int_equal(store_open(&w->store, path, NULL), 0);
    w->options = (struct session_options){.profile = &w->profile,
                                          .secret = "s",
                                          .secret_len = 1,
                                          .store = w->store,
                                          .clock = &w->clock,
                                          .refresh_minutes = 15,
                                          .attempts = 1,
                                          .backoff_ms = 1};
    world_open_session(w);
    *state = w;
    return 0;
}

static inline int world_teardown(void **state)
{
    struct world *w = *state;

    session_free(w->session);
    store_close(w->store);
    stub_close(&w->stub);
    scratch_remove(w->scratch.dir);
    free(w);
    return 0;
}

static inline void world_restart(struct world *w)
{
    session_free(w->session);
    world_open_session(w);
}

static inline const struct resource *world_resource(const struct world *w, enum resource_kind kind)
{
    return session_resource(w->session, kind);
}

/* One turn of the loop, client and service. */
static inline bool world_turn(struct world *w)
{
    struct api_fd fds[STUB_CONNS + 1];
    unsigned changed = 0;
    bool more = session_step(w->session, 4000, &changed), loading = false;
    int timeout = more ? 0 : session_timeout_ms(w->session);

    w->changed |= changed;
    for (int k = 0; k < RESOURCE_COUNT; k++)
        loading |= world_resource(w, (enum resource_kind)k)->loading;
    if (loading) {
        assert_int_equal(session_poll(w->session, fds, stub_fds(&w->stub, fds),
                                      timeout < 0 || timeout > 1000 ? 1000 : timeout),
                         0);
        stub_turn(&w->stub);
    }
    return loading;
}

static inline void world_run(struct world *w)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    while (world_turn(w))
        assert_true(clock_mono_ms() < end);
}

/* Until the service has been asked COUNT times, the token's calls included. */
static inline void world_run_until_asked(struct world *w, size_t count)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    while (w->stub.requests < count) {
        world_turn(w);
        assert_true(clock_mono_ms() < end);
    }
}

static inline void world_refresh(struct world *w, unsigned mask)
{
    session_refresh(w->session, mask, false);
    world_run(w);
}

static inline size_t world_asked(const struct world *w, const char *text)
{
    size_t n = 0;

    for (size_t i = 0; i < w->stub.requests; i++)
        n += strstr(w->stub.log[i].target, text) != NULL;
    return n;
}

static inline const struct stub_request *world_last(const struct world *w)
{
    assert_true(w->stub.requests > 0);
    return &w->stub.log[w->stub.requests - 1];
}

#endif
