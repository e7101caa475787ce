#include "sandbox/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/exchange.h"

enum { PEM_MAX = 1 << 17, IDLE_SECONDS = 300, CONNECTION_MEMORY = 64 << 10 };

static char *read_pem(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = malloc(PEM_MAX + 1);
    size_t len = 0;
    ssize_t n = -1;

    while (fd >= 0 && text != NULL && len < PEM_MAX &&
           (n = read(fd, text + len, PEM_MAX - len)) > 0)
        len += (size_t)n;
    if (fd >= 0)
        close(fd);
    if (n < 0 || len == 0) {
        free(text);
        return NULL;
    }
    text[len] = '\0';
    return text;
}

static int load_tls(struct server *sv, const struct options *o, struct err *err)
{
    if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return err_set(err, ERR_TLS, "this libmicrohttpd has no TLS");
    sv->cert = read_pem(o->tls_cert);
    sv->key = read_pem(o->tls_key);
    if (sv->cert == NULL || sv->key == NULL)
        return err_set(err, ERR_SETTINGS, "%.150s cannot be read",
                       sv->cert == NULL ? o->tls_cert : o->tls_key);
    return 0;
}

/* The address to bind, IPv4 or IPv6. Returns true for IPv6. */
static bool make_address(const struct options *o, struct sockaddr_storage *out)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)o->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)o->port)};

    memset(out, 0, sizeof(*out));
    if (inet_pton(AF_INET, o->bind, &v4.sin_addr) == 1) {
        memcpy(out, &v4, sizeof(v4));
        return false;
    }
    inet_pton(AF_INET6, o->bind, &v6.sin6_addr);
    memcpy(out, &v6, sizeof(v6));
    return true;
}

int server_start(struct server *sv, struct sandbox *sb, struct err *err)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    const union MHD_DaemonInfo *info;
    struct sockaddr_storage address;
    int rc;

    *sv = (struct server){.sb = sb};
    if (!address_is_loopback(sb->o.bind))
        return err_set(err, ERR_SETTINGS, "%.60s is not a loopback address", sb->o.bind);
    if (sb->o.tls_cert != NULL) {
        rc = load_tls(sv, &sb->o, err);
        if (rc < 0)
            return rc;
        flags |= MHD_USE_TLS;
    }
    if (make_address(&sb->o, &address))
        flags |= MHD_USE_IPv6;
    struct MHD_OptionItem tls[] = {
        {sv->cert != NULL ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, sv->cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, sv->key},
        {MHD_OPTION_END, 0, NULL},
    };
    errno = 0;
    sv->mhd = MHD_start_daemon(flags, 0, NULL, NULL, exchange_access, sv, MHD_OPTION_SOCK_ADDR,
                               (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK,
                               exchange_begin, sv, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, sv,
                               MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                               MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
                               MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (sv->mhd == NULL)
        return err_set(err, sb->o.tls_cert != NULL && errno == 0 ? ERR_TLS : ERR_IO,
                       "cannot listen on %s port %lld: %s", sb->o.bind, (long long)sb->o.port,
                       errno != 0 ? strerror(errno) : "certificate or key not usable");
    info = MHD_get_daemon_info(sv->mhd, MHD_DAEMON_INFO_BIND_PORT);
    sv->port = info != NULL ? info->port : 0;
    return 0;
}

const char *server_url(const struct server *sv, char out[80])
{
    const char *bind = sv->sb->o.bind;
    bool v6 = strchr(bind, ':') != NULL;

    snprintf(out, 80, "%s://%s%s%s:%d", sv->cert != NULL ? "https" : "http", v6 ? "[" : "", bind,
             v6 ? "]" : "", sv->port);
    return out;
}

/* Milliseconds that poll() may wait; -1: for ever. */
static int patience(struct server *sv)
{
    MHD_UNSIGNED_LONG_LONG timeout = 0;
    int64_t due = exchange_next_due(sv), wait = -1;

    if (MHD_get_timeout(sv->mhd, &timeout) == MHD_YES)
        wait = timeout > 3600000 ? 3600000 : (int64_t)timeout;
    if (due != DUE_NEVER) {
        int64_t left = due - clock_mono_ms();

        left = left < 0 ? 0 : left;
        if (wait < 0 || left < wait)
            wait = left;
    }
    return (int)wait;
}

int server_run(struct server *sv, const int *watch, size_t n)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(sv->mhd, MHD_DAEMON_INFO_EPOLL_FD);

    if (info == NULL || n > WATCH_MAX)
        return ERR_IO;
    sv->fds[0] = (struct pollfd){.fd = info->epoll_fd, .events = POLLIN};
    for (size_t i = 0; i < n; i++)
        sv->fds[1 + i] = (struct pollfd){.fd = watch[i], .events = POLLIN};
    for (;;) {
        struct pollfd *more = &sv->fds[1 + n];
        size_t stalled = exchange_stalled(sv, more, sv->stalled);
        int rc = poll(sv->fds, 1 + n + stalled, patience(sv));

        if (rc < 0 && errno != EINTR)
            return ERR_IO;
        for (size_t i = 0; rc > 0 && i < n; i++)
            if (sv->fds[1 + i].revents != 0)
                return (int)i;
        for (size_t i = 0; rc > 0 && i < stalled; i++)
            if (more[i].revents != 0)
                exchange_abandon(sv->stalled[i]);
        exchange_wake(sv, clock_mono_ms());
        if (MHD_run(sv->mhd) != MHD_YES)
            return ERR_IO;
    }
}

void server_stop(struct server *sv)
{
    if (sv->mhd != NULL) {
        exchange_abandon_all(sv);
        MHD_run(sv->mhd);
        exchange_abandon_all(sv);
        MHD_stop_daemon(sv->mhd);
    }
    free(sv->cert);
    free(sv->key);
    *sv = (struct server){0};
}
