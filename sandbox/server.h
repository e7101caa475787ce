/*
 * The HTTP side: libmicrohttpd (0.9.75, epoll, no threads of its own) driven by one poll() loop.
 *
 * Nothing here sleeps. An answer that waits (latency, stall, slowdrip) is a suspended connection on
 * a list; the loop wakes at the nearest due time. libmicrohttpd does not watch suspended
 * connections, so the loop watches for itself whether the client of a stalled one has gone.
 */
#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include <microhttpd.h>
#include <poll.h>

#include "sandbox/sandbox.h"

struct exchange;

enum { CONNECTIONS_MAX = 1024, REQUEST_BODY_MAX = 4 << 20, WATCH_MAX = 4 };

struct server {
    struct sandbox *sb;
    struct MHD_Daemon *mhd;
    struct exchange *parked; /* suspended connections */
    struct pollfd fds[1 + WATCH_MAX + CONNECTIONS_MAX];
    struct exchange *stalled[CONNECTIONS_MAX]; /* whose descriptors stand at the end of fds */
    char *cert, *key;
    int port; /* the actual one */
};

/* Listens as SB's options say; SB must outlive SV. ERR_IO when the address is taken, ERR_TLS,
 * ERR_SETTINGS for unreadable certificate files. */
int server_start(struct server *sv, struct sandbox *sb, struct err *err);
/* Serves until one of the N descriptors of WATCH (at most WATCH_MAX; -1 is skipped) is readable or
 * at its end; returns its index, or ERR_IO. */
int server_run(struct server *sv, const int *watch, size_t n);
/* Closes every connection, also stalled ones. */
void server_stop(struct server *sv);
/* "http://127.0.0.1:8080"; returns OUT. */
const char *server_url(const struct server *sv, char out[80]);

#endif
