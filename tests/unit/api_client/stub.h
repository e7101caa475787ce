/*
 * A web server of a few lines that lives in the test's own loop, so that a test can do to its
 * client exactly what it wants and see exactly what came. Loopback only, one thread.
 */
#ifndef TEST_STUB_H
#define TEST_STUB_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "api_client/api.h"
#include "base/buf.h"
#include "base/clock.h"

enum { STUB_CONNS = 16, STUB_LOG = 1200, STUB_WAIT_MS = 120000 };

enum stub_how {
    STUB_SEND,
    STUB_TRUNCATE,  /* half of the body, then the connection ends */
    STUB_NO_LENGTH, /* HTTP/1.0 style: the end of the connection ends the body */
    STUB_RESET,     /* no answer at all, the connection is reset */
    STUB_STALL,     /* no answer, the connection stays */
    STUB_HALF,      /* half of the body, the connection stays */
};

struct stub_reply {
    int status;
    const char *headers; /* "Name: value\r\n…" */
    const char *body;
    size_t len; /* 0: strlen(body) */
    enum stub_how how;
};

struct stub_request {
    char head[8192]; /* request line and headers */
    char body[4096];
    char target[1024]; /* path and query */
};

struct stub_conn {
    int fd; /* 0: free */
    struct buf in, out;
    bool close_after, reset_after;
};

struct stub {
    int fd, port;
    struct stub_conn conns[STUB_CONNS];
    struct stub_request *log;
    size_t requests, accepted;
    void (*handle)(struct stub *s, const struct stub_request *q, struct stub_reply *r);
    void *ctx;
    /* for the usual token and count of calls */
    int tokens;
    char base[64];
};

static inline void stub_open(struct stub *s,
                             void (*handle)(struct stub *, const struct stub_request *,
                                            struct stub_reply *))
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);

    memset(s, 0, sizeof(*s));
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    assert_true(s->fd >= 0);
    assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(s->fd, 64), 0);
    assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &len), 0);
    s->port = ntohs(at.sin_port);
    snprintf(s->base, sizeof(s->base), "http://127.0.0.1:%d", s->port);
    s->handle = handle;
    s->log = calloc(STUB_LOG, sizeof(*s->log));
    assert_non_null(s->log);
}

static inline void stub_drop(struct stub_conn *c)
{
    struct linger hard = {.l_onoff = 1, .l_linger = 0};

    if (c->reset_after)
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    close(c->fd);
    buf_release(&c->in);
    buf_release(&c->out);
    memset(c, 0, sizeof(*c));
}

static inline void stub_close(struct stub *s)
{
    for (size_t i = 0; i < STUB_CONNS; i++)
        if (s->conns[i].fd > 0)
            stub_drop(&s->conns[i]);
    close(s->fd);
    free(s->log);
}

/* The value of a header of the request, "" where there is none; good until the next call. */
static inline const char *stub_header(const struct stub_request *q, const char *name)
{
    static char value[4096];
    size_t n = strlen(name);
    const char *line = strchr(q->head, '\n');

    value[0] = '\0';
    for (; line != NULL; line = strchr(line + 1, '\n'))
        if (strncasecmp(line + 1, name, n) == 0 && line[1 + n] == ':')
            snprintf(value, sizeof(value), "%.*s", (int)strcspn(line + n + 3, "\r\n"),
                     line + n + 3);
    return value;
}

static inline void stub_answer(struct stub *s, struct stub_conn *c, const struct stub_request *q)
{
    struct stub_reply r = {.status = 200, .headers = "", .body = "{}"};

    s->handle(s, q, &r);
    if (r.len == 0)
        r.len = strlen(r.body);
    if (r.how == STUB_RESET) {
        c->reset_after = c->close_after = true;
        return;
    }
    if (r.how == STUB_STALL)
        return;
    buf_addf(&c->out, "HTTP/1.1 %d Status\r\n%s", r.status, r.headers);
    if (strstr(r.headers, "Content-Type") == NULL)
        buf_addstr(&c->out, "Content-Type: application/json; charset=utf-8\r\n");
    if (r.how == STUB_NO_LENGTH)
        buf_addstr(&c->out, "Connection: close\r\n");
    else if (r.status != 204 && r.status != 304)
        buf_addf(&c->out, "Content-Length: %zu\r\n", r.len);
    buf_addstr(&c->out, "\r\n");
    if (r.status != 204 && r.status != 304)
        buf_add(&c->out, r.body, r.how == STUB_TRUNCATE || r.how == STUB_HALF ? r.len / 2 : r.len);
    c->close_after = r.how == STUB_NO_LENGTH || r.how == STUB_TRUNCATE;
    assert_int_equal(c->out.failed, 0);
}

/* Takes one whole request out of what came; false when there is none. */
static inline bool stub_take(struct stub *s, struct stub_conn *c)
{
    struct stub_request *q = &s->log[s->requests];
    const char *end = strstr(c->in.data, "\r\n\r\n"), *length;
    size_t head, body = 0;

    if (end == NULL)
        return false;
    head = (size_t)(end - c->in.data) + 2;
    assert_true(head < sizeof(q->head));
    memset(q, 0, sizeof(*q));
    memcpy(q->head, c->in.data, head);
    length = stub_header(q, "Content-Length");
    if (length[0] != '\0')
        body = strtoul(length, NULL, 10);
    assert_true(body < sizeof(q->body));
    if (c->in.len < head + 2 + body)
        return false;
    memcpy(q->body, c->in.data + head + 2, body);
    sscanf(q->head, "%*s %1023s", q->target);
    buf_consume(&c->in, head + 2 + body);
    assert_true(++s->requests < STUB_LOG);
    stub_answer(s, c, q);
    return true;
}

static inline void stub_accept(struct stub *s)
{
    int fd;

    while ((fd = accept4(s->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        size_t i = 0;

        while (i < STUB_CONNS && s->conns[i].fd > 0)
            i++;
        assert_true(i < STUB_CONNS);
        s->conns[i].fd = fd;
        buf_init(&s->conns[i].in, 1 << 20);
        buf_init(&s->conns[i].out, 64 << 20);
        s->accepted++;
    }
}

static inline void stub_serve(struct stub *s, struct stub_conn *c)
{
    char bytes[65536];
    ssize_t n = recv(c->fd, bytes, sizeof(bytes), 0);

    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        stub_drop(c);
        return;
    }
    if (n > 0)
        buf_add(&c->in, bytes, (size_t)n);
    if (c->in.data[0] == 0x16) { /* TLS, to which a plain server says this */
        buf_reset(&c->in);
        buf_addstr(&c->out, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        c->close_after = true;
    }
    while (stub_take(s, c))
        ;
    if (c->out.len > 0 && (n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL)) > 0)
        buf_consume(&c->out, (size_t)n);
    if (c->out.len == 0 && c->close_after)
        stub_drop(c);
}

static inline size_t stub_fds(struct stub *s, struct api_fd *fds)
{
    size_t n = 0;

    fds[n++] = (struct api_fd){.fd = s->fd, .events = POLLIN};
    for (size_t i = 0; i < STUB_CONNS; i++)
        if (s->conns[i].fd > 0)
            fds[n++] = (struct api_fd){
                .fd = s->conns[i].fd,
                .events = (short)(POLLIN | (s->conns[i].out.len > 0 ? POLLOUT : 0))};
    return n;
}

static inline void stub_turn(struct stub *s)
{
    stub_accept(s);
    for (size_t i = 0; i < STUB_CONNS; i++)
        if (s->conns[i].fd > 0)
            stub_serve(s, &s->conns[i]);
}

/* One turn of the loop: the client's part, then the wait, then the server's part. */
static inline void stub_loop(struct stub *s, struct api *a)
{
    struct api_fd fds[STUB_CONNS + 1];
    bool more = api_step(a, 4000);
    int timeout = more || api_active(a) == 0 ? 0 : api_timeout_ms(a);

    assert_int_equal(
        api_poll(a, fds, stub_fds(s, fds), timeout < 0 || timeout > 100 ? 100 : timeout), 0);
    stub_turn(s);
}

/* Until no call is left. */
static inline void stub_run(struct stub *s, struct api *a)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    while (api_active(a) > 0) {
        assert_true(clock_mono_ms() < end);
        stub_loop(s, a);
    }
}

#endif
