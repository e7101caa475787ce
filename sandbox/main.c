#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "sandbox/server.h"

enum { WATCH_SIGNAL, WATCH_STDIN, WATCH_PARENT, WATCHES };

static int fail(const struct err *err)
{
    char line[1000];

    fprintf(stderr, "luitop-sandbox: %s\n", err_sentence(err, line, sizeof(line)));
    return err_exit_status(err->code);
}

static int print_help(void)
{
    struct buf text;
    int rc;

    buf_init(&text, 1 << 16);
    options_help(&text);
    rc = fputs(text.data, stdout) < 0 || fflush(stdout) != 0;
    buf_release(&text);
    return rc;
}

static int write_port_file(const char *path, int port, struct err *err)
{
    char fresh[4096];
    int fd = -1, rc = 0;

    if ((size_t)snprintf(fresh, sizeof(fresh), "%s.new-%ld", path, (long)getpid()) >= sizeof(fresh))
        return err_set(err, ERR_SETTINGS, "the path of the port file is too long");
    fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 || dprintf(fd, "%d\n", port) < 0 || rename(fresh, path) < 0)
        rc = err_set(err, ERR_IO, "port file %.150s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return rc;
}

/* A descriptor that becomes readable with SIGTERM, SIGINT or SIGHUP. */
static int open_signals(void)
{
    sigset_t set;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

/* What comes on standard input does not matter, only its end. */
static bool stdin_ended(void)
{
    char junk[512];
    ssize_t n = read(STDIN_FILENO, junk, sizeof(junk));

    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

static int serve(struct server *sv, const struct options *o, struct err *err)
{
    int watch[WATCHES] = {[WATCH_SIGNAL] = open_signals(),
                          [WATCH_STDIN] = o->exit_with_stdin ? STDIN_FILENO : -1,
                          [WATCH_PARENT] = -1};
    char url[80];
    int rc = 0;

    if (o->parent_pid > 0) {
        watch[WATCH_PARENT] = (int)syscall(SYS_pidfd_open, (pid_t)o->parent_pid, 0);
        if (watch[WATCH_PARENT] < 0 && errno == ESRCH)
            goto out;
        if (watch[WATCH_PARENT] < 0)
            rc = err_set(err, ERR_IO, "--parent-pid: %s", strerror(errno));
    }
    if (rc == 0 && o->port_file != NULL)
        rc = write_port_file(o->port_file, sv->port, err);
    if (rc == 0 && !o->quiet)
        printf("listening on %s\n", server_url(sv, url));
    if (rc == 0 && fflush(stdout) != 0)
        rc = err_set(err, ERR_IO, "standard output: %s", strerror(errno));
    while (rc == 0) {
        int which = server_run(sv, watch, WATCHES);

        if (which < 0)
            rc = err_set(err, ERR_IO, "serving failed");
        else if (which != WATCH_STDIN || stdin_ended())
            break;
    }
out:
    close(watch[WATCH_SIGNAL]);
    if (watch[WATCH_PARENT] >= 0)
        close(watch[WATCH_PARENT]);
    return rc;
}

int main(int argc, char **argv)
{
    struct options o;
    struct sandbox sb;
    struct server *sv;
    struct err err = {0};
    int rc;

    options_init(&o);
    rc = options_parse(&o, argc, argv, &err);
    if (rc < 0)
        return fail(&err);
    if (o.help)
        return print_help();
    if (o.version)
        return printf("luitop-sandbox %s\n", LUITOP_VERSION) < 0;
    sv = calloc(1, sizeof(*sv));
    if (sv == NULL)
        return 1;
    rc = sandbox_init(&sb, &o, &err);
    if (rc == 0) {
        rc = server_start(sv, &sb, &err);
        if (rc == 0)
            rc = serve(sv, &o, &err);
        server_stop(sv);
        sandbox_release(&sb);
    }
    free(sv);
    return rc < 0 ? fail(&err) : 0;
}
