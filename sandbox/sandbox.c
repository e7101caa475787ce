#include "sandbox/sandbox.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/mangle.h"
#include "sandbox/odd.h"
#include "sandbox/router.h"
#include "sandbox/stamp.h"

int sandbox_init(struct sandbox *sb, const struct options *o, struct err *err)
{
    struct clock clock;
    int rc;

    *sb = (struct sandbox){.o = *o};
    if (sb->o.now == TIME_NONE) {
        clock_init(&clock, TIME_NONE);
        sb->o.now = clock_wall(&clock);
    }
    sb->now = sb->o.now;
    sb->term = term_of(sb->now);
    rc = db_open(&sb->o, &sb->db, err);
    if (rc < 0)
        return rc;
    tokens_init(&sb->tokens, (uint64_t)o->seed, o->token_life);
    sb->faults = o->faults;
    sb->faults.latency_ms = (int)o->latency_ms;
    faults_reseed(&sb->faults, (uint64_t)o->seed);
    reqlog_init(&sb->log);
    rng_init(&sb->ids, (uint64_t)o->seed, 0x1d);
    return 0;
}

void sandbox_release(struct sandbox *sb)
{
    reqlog_release(&sb->log);
    tokens_release(&sb->tokens);
    sqlite3_close(sb->db);
    explicit_bzero(sb->o.client_secret, sizeof(sb->o.client_secret));
}

/* "CwsAuth Bearer=<token>", scheme and keyword in any case (published.md §2.1). A plain OAuth
 * "Bearer x" is not accepted. Returns the token or NULL. */
static const char *bearer(const char *value)
{
    if (value == NULL || strncasecmp(value, "CwsAuth ", 8) != 0)
        return NULL;
    value += 8;
    value += strspn(value, " ");
    return strncasecmp(value, "Bearer=", 7) == 0 ? value + 7 : NULL;
}

static bool authorized(const struct sandbox *sb, const struct request *rq)
{
    const char *token = bearer(rq->header[HEADER_AUTHORIZATION]);

    return token != NULL && tokens_valid(&sb->tokens, clock_mono_ms(), token);
}

static void reply_401(enum host host, const struct request *rq, struct reply *rp)
{
    const char *reason = rq->header[HEADER_AUTHORIZATION] == NULL ? "missing" : "invalid";

    if (host == HOST_API)
        reply_error(rp, 401, "common/authentication", "The bearer token is missing or not valid.",
                    json_pack("[{s:s, s:s}]", "name", "reason", "value", reason));
    else
        reply_cws_401(rp, "Missing or invalid authentication token.");
}

static void reply_403(struct reply *rp)
{
    reply_error(rp, 403, "common/authorization",
                "The principal is not authenticated for the specified resource.", NULL);
}

/* False: RP is the answer. */
static bool api_headers_ok(const struct request *rq, struct reply *rp, const char *txid)
{
    const char *accept = rq->header[HEADER_ACCEPT];

    if (accept == NULL || strcasecmp(accept, "application/json") != 0) {
        reply_error(rp, 406, "common/notAcceptable", "Accept must be application/json.",
                    json_pack("{s:s}", "accept", accept != NULL ? "unsupported" : "missing"));
        return false;
    }
    if (rq->header[HEADER_CUSTOMER_ID] == NULL) {
        reply_orchestration_500(rp, txid, "An unexpected error has occurred.");
        return false;
    }
    return true;
}

/* The provider reads what is his, and the notifications of customers that are connected. */
static bool may_read(const struct sandbox *sb, enum host host, const char *customer)
{
    sqlite3_stmt *st = NULL;
    bool ok = strcmp(customer, sb->o.customer_id) == 0;

    if (ok || host != HOST_NOTIFICATIONS)
        return ok;
    ok = db_prepare(sb->db,
                    "SELECT 1 FROM customers WHERE customer_id = ? AND connection_id IS NOT NULL",
                    &st, NULL) == 0 &&
         db_bind(st, "t", customer) == 0 && sqlite3_step(st) == SQLITE_ROW;
    sqlite3_finalize(st);
    return ok;
}

static void answer_route(struct sandbox *sb, const struct request *rq, const struct route_match *m,
                         bool auth, const char *txid, struct reply *rp)
{
    const char *customer = NULL;

    if (m->host == HOST_COUNT || (m->route == NULL && !m->other_method)) {
        reply_error(rp, 404, "common/notFound", "There is no such resource.", NULL);
        return;
    }
    if (m->route == NULL && method_is_known(rq->method)) {
        reply_header(rp, "Allow", "%s", m->allow);
        reply_error(rp, 405, "common/methodNotAllowed", "The resource has no such method.", NULL);
        return;
    }
    if (host_rules[m->host].token && !auth) {
        reply_401(m->host, rq, rp);
        return;
    }
    if (m->route == NULL || m->route->handle == NULL) {
        reply_error(rp, 501, "common/notImplemented", "This is not implemented.", NULL);
        return;
    }
    if (m->host == HOST_API) {
        if (!api_headers_ok(rq, rp, txid))
            return;
        customer = rq->header[HEADER_CUSTOMER_ID];
    } else if (host_rules[m->host].customer) {
        customer = rq->segment[1];
    }
    if (customer != NULL && !may_read(sb, m->host, customer)) {
        reply_403(rp);
        return;
    }
    if ((sb->o.without & 1u << m->route->product) != 0) {
        reply_error(rp, 404, "licensing/notFound", "The customer is not entitled.", NULL);
        return;
    }
    m->route->handle(sb, rq, rp);
    if (sb->o.odd)
        odd_spoil(m->route, rq, sb->term, rp);
    if (rp->status == 0)
        reply_orchestration_500(rp, txid, "The sandbox is out of memory.");
}

/* A fault that needs no handler: true when RP is the answer. */
static bool answer_fault(struct sandbox *sb, const struct request *rq, enum host host,
                         const struct fault_hit *hit, const char *txid, struct reply *rp)
{
    char seconds[16];

    snprintf(seconds, sizeof(seconds), "%d", hit->retry_after);
    switch (hit->kind) {
    case FAULT_RATE_LIMIT:
        reply_header(rp, "Retry-After", "%s", seconds);
        reply_error(rp, 429, "common/rateLimitExceeded", "Too many requests.",
                    json_pack("[{s:s, s:s}]", "name", "retryDelay", "value", seconds));
        return true;
    case FAULT_UNAVAILABLE:
        reply_header(rp, "Retry-After", "%s", seconds);
        reply_error(rp, 503, "common/serviceUnavailable", "The service is unavailable.",
                    json_pack("{s:s}", "retryDelay", seconds));
        return true;
    case FAULT_INTERNAL:
        reply_orchestration_500(rp, txid, "An unexpected error has occurred.");
        return true;
    case FAULT_FORBIDDEN:
        reply_403(rp);
        return true;
    case FAULT_EXPIRE_TOKEN:
        tokens_expire_all(&sb->tokens);
        reply_401(host, rq, rp);
        return true;
    case FAULT_HTML:
        mangle_html(rp);
        return true;
    case FAULT_RESET:
    case FAULT_STALL:
        rp->delivery = hit->kind == FAULT_RESET ? DELIVER_RESET : DELIVER_NEVER;
        return true;
    default:
        return false;
    }
}

static void log_answer(struct sandbox *sb, const struct request *rq, const struct reply *rp,
                       enum fault_kind fault, bool auth)
{
    struct logged e = {.method = rq->method,
                       .target = rq->target,
                       .idempotency_key = rq->header[HEADER_IDEMPOTENCY_KEY],
                       .fault = fault_word(fault),
                       .status = rp->status,
                       .bytes = rp->body.len,
                       .etag_match = rp->etag_match,
                       .authorized = auth};

    if (rp->delivery == DELIVER_TRUNCATED)
        e.bytes /= 2;
    reqlog_add(&sb->log, &e);
}

static void add_ids(const struct request *rq, struct reply *rp, enum host host, const char *txid)
{
    const char *own = rq->header[HEADER_TRANSACTION_ID];

    reply_header(rp, "CC-TransactionId", "%s", txid);
    if (host != HOST_COUNT && host_rules[host].legacy)
        reply_header(rp, "X-Cws-TransactionId", "%s", txid);
    if (host == HOST_API && own != NULL && strlen(own) <= 64)
        reply_header(rp, "Citrix-TransactionId", "%s", own);
}

void sandbox_answer(struct sandbox *sb, struct request *rq, struct reply *rp)
{
    struct fault_hit hit = {FAULT_NONE, 0};
    struct route_match m;
    char txid[GUID_LEN];
    bool auth;

    rng_guid(&sb->ids, txid);
    route_find(rq, &m);
    add_ids(rq, rp, m.host, txid);
    if (m.host == HOST_CONTROL) {
        answer_route(sb, rq, &m, false, txid, rp);
        reply_dump(rp);
        reply_finish(rp, rq);
        return;
    }
    auth = authorized(sb, rq);
    hit = faults_pick(&sb->faults, rq->target, m.route != NULL && m.route->list);
    rp->delay_ms = sb->faults.latency_ms;
    if (!answer_fault(sb, rq, m.host, &hit, txid, rp))
        answer_route(sb, rq, &m, auth, txid, rp);
    if (hit.kind == FAULT_ESC)
        mangle_names(rp);
    reply_dump(rp);
    if (hit.kind == FAULT_BADELEMENT)
        mangle_element(rp);
    else if (hit.kind == FAULT_BADJSON)
        mangle_json(rp);
    else if (hit.kind == FAULT_TRUNCATE)
        rp->delivery = DELIVER_TRUNCATED;
    else if (hit.kind == FAULT_SLOWDRIP)
        rp->delivery = DELIVER_SLOWLY;
    if (rp->delivery != DELIVER_RESET && rp->delivery != DELIVER_NEVER)
        reply_finish(rp, rq);
    log_answer(sb, rq, rp, hit.kind, auth);
}

void sandbox_refuse(struct sandbox *sb, const struct request *rq, struct reply *rp, bool too_long)
{
    char txid[GUID_LEN];

    add_ids(rq, rp, HOST_COUNT, rng_guid(&sb->ids, txid));
    if (too_long)
        reply_error(rp, 413, "common/tooLong", "The body is too long.", NULL);
    else
        reply_bad_parameter(rp, "common/invalidString", "path");
    reply_dump(rp);
    log_answer(sb, rq, rp, FAULT_NONE, false);
}
