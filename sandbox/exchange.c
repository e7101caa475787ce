#include "sandbox/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

enum { DRIP_BYTES = 16, DRIP_MS = 100, READER_BLOCK = 4096 };

enum stage { STAGE_NEW, STAGE_READING, STAGE_ANSWERED, STAGE_SENDING, STAGE_GONE };

struct exchange {
    struct server *sv;
    struct MHD_Connection *c;
    struct exchange *prev, *next; /* in sv->parked, while suspended */
    char *target;
    struct request rq;
    struct reply rp;
    struct buf in;
    enum stage stage;
    bool target_ok, waited;
    int64_t due_ms;
};

void *exchange_begin(void *server, const char *target, struct MHD_Connection *c)
{
    struct exchange *ex = calloc(1, sizeof(*ex));

    if (ex == NULL)
        return NULL;
    ex->sv = server;
    ex->c = c;
    ex->target = strdup(target);
    reply_init(&ex->rp);
    buf_init(&ex->in, REQUEST_BODY_MAX);
    arena_init(&ex->rq.arena, 0);
    return ex;
}

void exchange_end(void *server, struct MHD_Connection *c, void **state,
                  enum MHD_RequestTerminationCode why)
{
    struct exchange *ex = *state;

    (void)server;
    (void)c;
    (void)why;
    if (ex == NULL)
        return;
    request_release(&ex->rq);
    reply_release(&ex->rp);
    buf_release(&ex->in);
    free(ex->target);
    free(ex);
    *state = NULL;
}

static void park(struct exchange *ex, int64_t due_ms)
{
    ex->due_ms = due_ms;
    ex->prev = NULL;
    ex->next = ex->sv->parked;
    if (ex->next != NULL)
        ex->next->prev = ex;
    ex->sv->parked = ex;
    MHD_suspend_connection(ex->c);
}

static void unpark(struct exchange *ex)
{
    if (ex->prev != NULL)
        ex->prev->next = ex->next;
    else
        ex->sv->parked = ex->next;
    if (ex->next != NULL)
        ex->next->prev = ex->prev;
    ex->prev = ex->next = NULL;
    MHD_resume_connection(ex->c);
}

int64_t exchange_next_due(const struct server *sv)
{
    int64_t due = DUE_NEVER;

    for (const struct exchange *ex = sv->parked; ex != NULL; ex = ex->next)
        if (ex->due_ms < due)
            due = ex->due_ms;
    return due;
}

void exchange_wake(struct server *sv, int64_t now_ms)
{
    for (struct exchange *ex = sv->parked, *next; ex != NULL; ex = next) {
        next = ex->next;
        if (ex->due_ms <= now_ms)
            unpark(ex);
    }
}

void exchange_abandon(struct exchange *ex)
{
    ex->stage = STAGE_GONE;
    unpark(ex);
}

void exchange_abandon_all(struct server *sv)
{
    while (sv->parked != NULL)
        exchange_abandon(sv->parked);
}

static int socket_of(const struct exchange *ex)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(ex->c, MHD_CONNECTION_INFO_CONNECTION_FD);

    return info != NULL ? info->connect_fd : -1;
}

size_t exchange_stalled(struct server *sv, struct pollfd *fds, struct exchange **out)
{
    size_t n = 0;

    for (struct exchange *ex = sv->parked; ex != NULL && n < CONNECTIONS_MAX; ex = ex->next) {
        if (ex->due_ms != DUE_NEVER)
            continue;
        fds[n] = (struct pollfd){.fd = socket_of(ex), .events = POLLRDHUP};
        out[n++] = ex;
    }
    return n;
}

/* RST at once: dissolving the association makes the kernel send it, where close() would first
 * have sent what is pending and a FIN. */
static void reset_socket(const struct exchange *ex)
{
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    int fd = socket_of(ex);

    if (fd < 0)
        return;
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    (void)!connect(fd, &none, sizeof(none));
}

static ssize_t read_body(void *closure, uint64_t pos, char *out, size_t max)
{
    struct exchange *ex = closure;
    size_t all = ex->rp.body.len, left, n;

    if (ex->stage == STAGE_GONE || pos >= all)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    left = all - (size_t)pos;
    if (ex->rp.delivery == DELIVER_TRUNCATED) {
        if (pos >= all / 2)
            return MHD_CONTENT_READER_END_WITH_ERROR;
        left = all / 2 - (size_t)pos;
    } else {
        int64_t now = clock_mono_ms();

        if (now < ex->due_ms) {
            park(ex, ex->due_ms);
            return 0;
        }
        ex->due_ms = now + DRIP_MS;
        left = left < DRIP_BYTES ? left : DRIP_BYTES;
    }
    n = left < max ? left : max;
    memcpy(out, ex->rp.body.data + pos, n);
    return (ssize_t)n;
}

static enum MHD_Result send_reply(struct exchange *ex)
{
    struct reply *rp = &ex->rp;
    struct MHD_Response *r;
    enum MHD_Result rc;
    bool whole = rp->delivery == DELIVER || rp->body.len < 2;

    if (whole)
        r = MHD_create_response_from_buffer(rp->body.len, rp->body.data, MHD_RESPMEM_PERSISTENT);
    else
        r = MHD_create_response_from_callback(rp->body.len, READER_BLOCK, read_body, ex, NULL);
    if (r == NULL)
        return MHD_NO;
    if (rp->type != NULL)
        MHD_add_response_header(r, "Content-Type", rp->type);
    for (size_t i = 0; i < rp->header_count; i++)
        MHD_add_response_header(r, rp->headers[i].name, rp->headers[i].value);
    ex->stage = STAGE_SENDING;
    ex->due_ms = 0;
    rc = MHD_queue_response(ex->c, (unsigned)rp->status, r);
    MHD_destroy_response(r);
    return rc;
}

/* Sends, waits or breaks off, as the answer says. */
static enum MHD_Result deliver(struct exchange *ex)
{
    if (ex->rp.delay_ms > 0 && !ex->waited) {
        ex->waited = true;
        park(ex, clock_mono_ms() + ex->rp.delay_ms);
        return MHD_YES;
    }
    switch (ex->rp.delivery) {
    case DELIVER_RESET:
        reset_socket(ex);
        return MHD_NO;
    case DELIVER_NEVER:
        park(ex, DUE_NEVER);
        return MHD_YES;
    default:
        return send_reply(ex);
    }
}

static void start(struct exchange *ex, const char *method)
{
    ex->stage = STAGE_READING;
    ex->target_ok = request_init(&ex->rq, method, ex->target) == 0;
    for (int i = 0; i < HEADER_COUNT; i++)
        ex->rq.header[i] = MHD_lookup_connection_value(ex->c, MHD_HEADER_KIND, header_names[i]);
}

enum MHD_Result exchange_access(void *server, struct MHD_Connection *c, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **state)
{
    struct exchange *ex = *state;

    (void)server;
    (void)c;
    (void)url;
    (void)version;
    if (ex == NULL || ex->target == NULL || ex->stage == STAGE_GONE)
        return MHD_NO;
    if (ex->stage == STAGE_NEW) {
        start(ex, method);
        return MHD_YES;
    }
    if (*size > 0) {
        buf_add(&ex->in, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (ex->stage == STAGE_READING) {
        ex->stage = STAGE_ANSWERED;
        ex->rq.body = ex->in.data;
        ex->rq.body_len = ex->in.len;
        if (ex->in.failed == 0 && ex->target_ok)
            sandbox_answer(ex->sv->sb, &ex->rq, &ex->rp);
        else
            sandbox_refuse(ex->sv->sb, &ex->rq, &ex->rp, ex->in.failed != 0);
    }
    return deliver(ex);
}
