#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "session/config.h"

enum { SECRET_MAX = 4096 };

/* Where the secret is while it is looked at: no heap, wiped by profile_secret(). */
struct secret {
    char data[SECRET_MAX + 2];
    size_t len;
};

static int no_secret(struct err *err, enum err_code code, const char *why, const char *next)
{
    err_set(err, code, "the client secret could not be read");
    err_why(err, "%s", why);
    err_next(err, "%s", next);
    return code;
}

/* Reads FD to its end; ERR_TOOBIG beyond the limit, ERR_IO. */
static int drain(int fd, struct secret *s)
{
    ssize_t n;

    do {
        n = read(fd, s->data + s->len, sizeof(s->data) - s->len);
        if (n > 0)
            s->len += (size_t)n;
        if (s->len > SECRET_MAX)
            return ERR_TOOBIG;
    } while (n > 0 || (n < 0 && errno == EINTR));
    return n < 0 ? ERR_IO : 0;
}

static int check_file(int fd, const char *path, struct err *err)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return no_secret(err, ERR_IO, strerror(errno), "Check client_secret_file");
    err_set(err, ERR_SETTINGS, "the secret file %s is refused", path);
    if (!S_ISREG(st.st_mode)) {
        err_why(err, "it is not a regular file");
    } else if (st.st_uid != geteuid() && st.st_uid != 0) {
        err_why(err, "it belongs to somebody else");
    } else if ((st.st_mode & 07777) != 0600 && (st.st_mode & 07777) != 0400) {
        err_why(err, "its mode is %04o", (unsigned)(st.st_mode & 07777));
        err_next(err, "chmod 600 it, and renew the secret if others could read it");
    } else {
        err_clear(err);
        return 0;
    }
    return ERR_SETTINGS;
}

static int from_file(const char *path, struct secret *s, struct err *err)
{
    /* Without O_NONBLOCK a pipe put there would hold up the start. */
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), rc;

    if (fd < 0) {
        const char *why = errno == ELOOP ? "it is a symbolic link" : strerror(errno);

        err_set(err, ERR_SETTINGS, "the secret file %s cannot be used", path);
        err_why(err, "%s", why);
        err_next(err, "Check client_secret_file");
        return ERR_SETTINGS;
    }
    rc = check_file(fd, path, err);
    if (rc == 0) {
        rc = drain(fd, s);
        if (rc == ERR_TOOBIG)
            rc = no_secret(err, ERR_SETTINGS, "the file has more than 4096 bytes",
                           "It must hold the secret and nothing else");
        else if (rc < 0)
            rc = no_secret(err, ERR_IO, strerror(errno), "Check client_secret_file");
    }
    close(fd);
    return rc;
}

/* Starts COMMAND with its output in the pipe OUT. Signals are as a shell expects them. */
static int start(const char *command, const int out[2], pid_t *pid)
{
    char shell[] = "sh", option[] = "-c",
         *argv[] = {shell, option, (char *)(uintptr_t)command, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, defaults;
    int rc;

    if (posix_spawn_file_actions_init(&files) != 0)
        return ERR_NOMEM;
    if (posix_spawnattr_init(&attr) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ERR_NOMEM;
    }
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGTERM);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &defaults);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    rc = posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
    if (rc == 0)
        rc = posix_spawn(pid, "/bin/sh", &files, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    errno = rc;
    return rc == 0 ? 0 : ERR_IO;
}

static int command_result(int status, int read_rc, struct err *err)
{
    static const char next[] = "Run the client_secret_command by hand to see what it does";

    if (read_rc == ERR_TOOBIG)
        return no_secret(err, ERR_SETTINGS, "the command wrote more than 4096 bytes", next);
    if (read_rc < 0)
        return no_secret(err, ERR_IO, "the command's output could not be read", next);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    err_set(err, ERR_SETTINGS, "the client secret could not be read");
    if (WIFEXITED(status))
        err_why(err, "client_secret_command ended with status %d%s", WEXITSTATUS(status),
                WEXITSTATUS(status) == 127 ? " (no such command)" : "");
    else
        err_why(err, "client_secret_command was ended by signal %d", WTERMSIG(status));
    err_next(err, "%s", next);
    return ERR_SETTINGS;
}

static int from_command(const char *command, struct secret *s, struct err *err)
{
    int out[2], rc, status = 0;
    pid_t pid = 0, got;

    if (pipe2(out, O_CLOEXEC) < 0)
        return no_secret(err, ERR_IO, strerror(errno), "");
    rc = start(command, out, &pid);
    close(out[1]);
    if (rc < 0) {
        close(out[0]);
        return no_secret(err, ERR_IO, strerror(errno), "");
    }
    rc = drain(out[0], s);
    /* A command that goes on writing gets a broken pipe. */
    close(out[0]);
    do {
        got = waitpid(pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return no_secret(err, ERR_IO, strerror(errno), "");
    return command_result(status, rc, err);
}

/* One line, without its end; nothing that could not have been typed. */
static int check_line(struct secret *s, bool from_file_was, struct err *err)
{
    const char *next = from_file_was
                           ? "client_secret_file must hold the secret and nothing else"
                           : "client_secret_command must write the secret and nothing else; "
                             "\"… | head -n 1\" keeps the first line";

    if (s->len > 0 && s->data[s->len - 1] == '\n')
        s->len--;
    if (s->len > 0 && s->data[s->len - 1] == '\r')
        s->len--;
    if (s->len == 0)
        return no_secret(err, ERR_SETTINGS, "it is empty", next);
    for (size_t i = 0; i < s->len; i++) {
        unsigned char c = (unsigned char)s->data[i];

        if (c == '\n' || c == '\r')
            return no_secret(err, ERR_SETTINGS, "it has more than one line", next);
        if (c < ' ' || c == 0x7f)
            return no_secret(err, ERR_SETTINGS, "it has a control character in it", next);
    }
    return 0;
}

int profile_secret(const struct profile *p, struct buf *out, struct err *err)
{
    struct secret s = {.len = 0};
    bool file = p->secret_file != NULL;
    int rc;

    if (file)
        rc = from_file(p->secret_file, &s, err);
    else if (p->secret_command != NULL)
        rc = from_command(p->secret_command, &s, err);
    else
        rc = no_secret(err, ERR_SETTINGS, "the profile names no source for it",
                       "Set client_secret_command or client_secret_file");
    if (rc == 0)
        rc = check_line(&s, file, err);
    /* All at once, so that growing leaves no copy behind. */
    if (rc == 0 && (buf_reserve(out, out->len + s.len) < 0 || buf_add(out, s.data, s.len) < 0))
        rc = no_secret(err, ERR_NOMEM, "there is no room for it", "");
    explicit_bzero(&s, sizeof(s));
    return rc;
}
