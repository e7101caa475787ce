#include "cli/demo.h"

#include "session/operation.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

enum { PATH_SIZE = 4096, START_MS = 60000, STOP_MS = 2000 };

void demo_init(struct demo *d)
{
    memset(d, 0, sizeof(*d));
    d->in = d->out = -1;
}

static int find_sandbox(char out[PATH_SIZE], struct err *err)
{
    static const char *const places[] = {"", "../libexec/luitop/", "../lib/luitop/"};
    char self[PATH_SIZE];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *slash;

    if (n > 0) {
        self[n] = '\0';
        slash = strrchr(self, '/');
        if (slash != NULL)
            slash[1] = '\0';
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
            int len = snprintf(out, PATH_SIZE, "%s%sluitop-sandbox", self, places[i]);

            if (len > 0 && len < PATH_SIZE && access(out, X_OK) == 0)
                return 0;
        }
    }
    err_set(err, ERR_NOTFOUND, "the demo cannot start");
    err_why(err, "its service, luitop-sandbox, is not installed beside luitop");
    err_next(err, "Build it with \"make\", or install it in ../libexec/luitop");
    return ERR_NOTFOUND;
}

static int start_failed(struct err *err, enum err_code code, const char *why)
{
    err_set(err, code, "the demo's service did not start");
    err_why(err, "%s", why);
    err_next(err, "Run luitop-sandbox --port 0 to see what is wrong");
    return code;
}

/* STDIN and OUT become the child's stdin and its stdout and stderr. */
static int spawn(pid_t *pid, const char *path, char *const argv[], int in, int out)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, defaults;
    int rc;

    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &defaults);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                        POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
    rc = posix_spawn(pid, path, &files, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return rc;
}

/* The first line of the sandbox, without its end. */
static int read_line(int fd, struct buf *line)
{
    int64_t end = clock_mono_ms() + START_MS;

    while (strchr(line->data, '\n') == NULL) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = end - clock_mono_ms();
        char bytes[512];
        ssize_t n;

        if (left <= 0)
            return ERR_TIMEOUT;
        if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
            return ERR_IO;
        if (p.revents == 0)
            continue;
        n = read(fd, bytes, sizeof(bytes));
        if (n == 0)
            return ERR_UNREACHABLE;
        if (n > 0 && buf_add(line, bytes, (size_t)n) < 0)
            return ERR_TOOBIG;
    }
    *strchr(line->data, '\n') = '\0';
    return 0;
}

static void fill_urls(struct demo *d, int port)
{
    static const char *const paths[URL_COUNT] = {
        [URL_TOKEN] = "/cctrustoauth2/nimbus7q2x/tokens/clients",
        [URL_LUI] = "/lui/nimbus7q2x",
        [URL_PARTNER] = "/partner/nimbus7q2x",
        [URL_NOTIFICATIONS] = "/notifications/nimbus7q2x",
        [URL_API] = "/api",
        [URL_CLOUDLICENSE] = "/cloudlicense/nimbus7q2x",
        [URL_CORE] = "/core/nimbus7q2x",
    };

    for (size_t i = 0; i < URL_COUNT; i++)
        snprintf(d->urls[i], sizeof(d->urls[i]), "http://127.0.0.1:%d%s", port, paths[i]);
    snprintf(d->notifications_of, sizeof(d->notifications_of),
             "http://127.0.0.1:%d/notifications/{customerId}", port);
}

static int wait_for_port(struct demo *d, struct err *err)
{
    static const char prefix[] = "listening on http://127.0.0.1:";
    struct buf line;
    int rc, port = 0;

    buf_init(&line, 4096);
    rc = read_line(d->out, &line);
    if (rc == 0 && strncmp(line.data, prefix, sizeof(prefix) - 1) == 0)
        port = (int)strtol(line.data + sizeof(prefix) - 1, NULL, 10);
    if (port > 0 && port < 65536)
        fill_urls(d, port);
    else if (rc == ERR_TIMEOUT)
        rc = start_failed(err, ERR_UNREACHABLE, "it said nothing for a minute");
    else
        rc = start_failed(err, ERR_UNREACHABLE,
                          line.len > 0 ? line.data : "it ended without a word");
    buf_release(&line);
    return rc;
}

int demo_start(struct demo *d, int64_t users, const struct clock *clock, struct err *err)
{
    char path[PATH_SIZE], count[24], now[32];
    char *argv[] = {path,    "--port", "0", "--exit-with-stdin", "--users", count, "--seed", "1",
                    "--now", now,      NULL};
    int in[2] = {-1, -1}, out[2] = {-1, -1}, rc;

    rc = find_sandbox(path, err);
    if (rc < 0)
        return rc;
    snprintf(count, sizeof(count), "%lld", (long long)users);
    time_iso(clock_wall(clock), now);
    if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
        rc = start_failed(err, ERR_IO, strerror(errno));
    if (rc == 0) {
        int failed = spawn(&d->pid, path, argv, in[0], out[1]);

        if (failed != 0) {
            d->pid = 0;
            rc = start_failed(err, ERR_IO, strerror(failed));
        }
    }
    if (in[0] >= 0)
        close(in[0]);
    if (out[1] >= 0)
        close(out[1]);
    d->in = in[1];
    d->out = out[0];
    if (rc == 0)
        rc = wait_for_port(d, err);
    if (rc < 0)
        demo_stop(d);
    return rc;
}

void demo_stop(struct demo *d)
{
    int64_t end = clock_mono_ms() + STOP_MS;
    bool ended = false;

    if (d->in >= 0)
        close(d->in);
    /* Its stdout is at its end when it is. */
    while (d->pid > 0 && !ended) {
        struct pollfd p = {.fd = d->out, .events = POLLIN};
        int64_t left = end - clock_mono_ms();
        char bytes[512];

        if (left <= 0 || (poll(&p, 1, (int)left) < 0 && errno != EINTR))
            break;
        ended = p.revents != 0 && read(d->out, bytes, sizeof(bytes)) <= 0;
    }
    if (d->pid > 0) {
        if (!ended)
            kill(d->pid, SIGKILL);
        while (waitpid(d->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (d->out >= 0)
        close(d->out);
    demo_init(d);
}

void demo_profile(struct demo *d, struct profile *out)
{
    memset(out, 0, sizeof(*out));
    out->name = "demo";
    out->customer_id = "nimbus7q2x";
    out->client_id = "demo-client";
    out->region = "us";
    out->billing_timezone = "UTC";
    for (size_t i = 0; i < URL_COUNT; i++)
        out->urls[i] = d->urls[i];
    out->notifications_of = d->notifications_of;
    for (int op = 0; op < OPERATION_COUNT; op++) {
        struct buf url;

        buf_init(&url, sizeof(d->operations[op]) - 1);
        if (operation_fill(&url, operation_default((enum operation)op), out) == 0) {
            snprintf(d->operations[op], sizeof(d->operations[op]), "%s", url.data);
            out->operations[op] = d->operations[op];
        }
        buf_release(&url);
    }
}
