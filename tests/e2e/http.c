#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/e2e/sandbox.h"

enum { RESPONSE_MAX = 64 << 20 };

static int dial(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    struct timeval limit = {.tv_sec = slow_ms(0) / 1000};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool send_all(int fd, const char *data, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, data, n, MSG_NOSIGNAL);

        if (sent < 0 && errno != EINTR)
            return false;
        if (sent > 0) {
            data += sent;
            n -= (size_t)sent;
        }
    }
    return true;
}

static bool read_to_end(int fd, struct buf *in)
{
    char chunk[65536];
    ssize_t n;

    while ((n = recv(fd, chunk, sizeof(chunk), 0)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || buf_add(in, chunk, (size_t)n) < 0)
            return false;
    }
    return true;
}

static const char *header(const char *head, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = strstr(head, "\r\n"); p != NULL; p = strstr(p + 2, "\r\n")) {
        if (strncasecmp(p + 2, name, n) == 0 && p[2 + n] == ':') {
            p += 3 + n;
            return p + strspn(p, " \t");
        }
    }
    return NULL;
}

static bool unchunk(const char *p, const char *end, struct buf *out)
{
    for (;;) {
        char *after;
        unsigned long n = strtoul(p, &after, 16);
        const char *data = strstr(after, "\r\n");

        if (after == p || data == NULL)
            return false;
        data += 2;
        if (n == 0)
            return true;
        if (n > (size_t)(end - data))
            return false;
        if (out != NULL)
            buf_add(out, data, n);
        p = data + n;
        if (end - p < 2 || memcmp(p, "\r\n", 2) != 0)
            return false;
        p += 2;
    }
}

/* The status of a whole answer, its body in OUT; -1 when it breaks off. */
static int take_answer(struct buf *in, struct buf *out)
{
    char *body = strstr(in->data, "\r\n\r\n");
    const char *coding, *length, *end = in->data + in->len;
    int status;

    if (body == NULL || sscanf(in->data, "HTTP/1.%*d %d", &status) != 1)
        return -1;
    body[2] = '\0'; /* the head ends here for header() */
    body += 4;
    coding = header(in->data, "Transfer-Encoding");
    length = header(in->data, "Content-Length");
    if (coding != NULL && strncasecmp(coding, "chunked", 7) == 0)
        return unchunk(body, end, out) ? status : -1;
    if (length != NULL && strtoul(length, NULL, 10) != (size_t)(end - body))
        return -1;
    if (out != NULL)
        buf_add(out, body, (size_t)(end - body));
    return status;
}

int http_request(int port, const char *method, const char *path, const char *body, struct buf *out)
{
    return http_request_with(port, method, path, NULL, body, out);
}

int http_request_with(int port, const char *method, const char *path, const char *headers,
                      const char *body, struct buf *out)
{
    int fd = dial(port), status = -1;
    struct buf request, in;

    buf_init(&request, RESPONSE_MAX);
    buf_init(&in, RESPONSE_MAX);
    if (out != NULL)
        buf_reset(out);
    buf_addf(&request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s", method,
             path, port, headers != NULL ? headers : "");
    if (body != NULL)
        buf_addf(&request, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                 strlen(body));
    buf_addf(&request, "\r\n%s", body != NULL ? body : "");
    if (fd >= 0 && send_all(fd, request.data, request.len) && read_to_end(fd, &in))
        status = take_answer(&in, out);
    if (fd >= 0)
        close(fd);
    buf_release(&request);
    buf_release(&in);
    return status;
}
