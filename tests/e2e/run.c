#include "tests/e2e/run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { ENV_MAX = 64, OUTPUT_MAX = 64 << 20 };

int64_t now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int slow_ms(int ms)
{
    const char *s = getenv("LUITOP_TEST_SLOW");
    long factor = s != NULL ? strtol(s, NULL, 10) : 1;

    if (ms == 0)
        ms = 120000;
    return factor > 1 && factor <= 100 ? ms * (int)factor : ms;
}

const char *env_path(const char *name, const char *fallback)
{
    const char *value = getenv(name);

    if (value == NULL || value[0] == '\0')
        value = fallback;
    if (value == NULL)
        fail_msg("set %s to the program to test", name);
    return value;
}

static char *join(const char *name, const char *value)
{
    char *s = NULL;

    if (asprintf(&s, "%s=%s", name, value) < 0)
        abort();
    return s;
}

static void env_put(char **env, char *entry)
{
    size_t name = (size_t)(strchrnul(entry, '=') - entry), i;

    for (i = 0; env[i] != NULL; i++)
        if (strncmp(env[i], entry, name) == 0 && env[i][name] == '=')
            break;
    if (i + 1 >= ENV_MAX)
        abort();
    free(env[i]);
    env[i] = entry;
}

char **env_make(const char *home, const char *const *extra)
{
    static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
    static const char *const fixed[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=UTC"};
    char **env = calloc(ENV_MAX, sizeof(*env));

    if (env == NULL)
        abort();
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        if (getenv(kept[i]) != NULL)
            env_put(env, join(kept[i], getenv(kept[i])));
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        env_put(env, strdup(fixed[i]));
    env_put(env, join("HOME", home));
    for (size_t i = 0; extra != NULL && extra[i] != NULL; i++)
        env_put(env, strdup(extra[i]));
    return env;
}

void env_free(char **env)
{
    for (size_t i = 0; env != NULL && env[i] != NULL; i++)
        free(env[i]);
    free(env);
}

void temp_make(char path[TEMP_PATH])
{
    const char *dir = getenv("TMPDIR");

    if (dir == NULL || dir[0] != '/' || strlen(dir) > TEMP_PATH / 2)
        dir = "/tmp";
    snprintf(path, TEMP_PATH, "%s/luitop-test-XXXXXX", dir);
    if (mkdtemp(path) == NULL)
        fail_msg("%s: %s", path, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

void temp_remove(const char *path)
{
    if (path[0] != '\0')
        nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void temp_write(const char *path, unsigned mode, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    size_t n = strlen(text);

    if (fd < 0 || fchmod(fd, mode) < 0 || write(fd, text, n) != (ssize_t)n)
        fail_msg("%s: %s", path, strerror(errno));
    close(fd);
}

static void feed(int *fd, const char **input)
{
    ssize_t n = *input != NULL ? write(*fd, *input, strlen(*input)) : 0;

    if (n > 0)
        *input += n;
    if (n >= 0 ? *input == NULL || **input == '\0' : errno != EAGAIN) {
        close(*fd);
        *fd = -1;
    }
}

static void take(int *fd, struct buf *b)
{
    char chunk[65536];
    ssize_t n = read(*fd, chunk, sizeof(chunk));

    if (n > 0)
        buf_add(b, chunk, (size_t)n);
    else if (n == 0 || errno != EAGAIN) {
        close(*fd);
        *fd = -1;
    }
}

static void run_child(const char *const *argv, char **env, int in, int out, int err)
{
    sigset_t none;

    dup2(in, 0);
    dup2(out, 1);
    dup2(err, 2);
    setsid(); /* no terminal but the one a test gives */
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(argv[0], (char *const *)(uintptr_t)argv, env);
    dprintf(2, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

/* Moves bytes until both outputs are closed; false past DEADLINE. */
static bool converse(struct run *r, int fd[3], const char *input, int64_t deadline)
{
    struct buf *sinks[3] = {NULL, &r->out, &r->err};

    while (fd[1] >= 0 || fd[2] >= 0) {
        struct pollfd p[3] = {{fd[0], POLLOUT, 0}, {fd[1], POLLIN, 0}, {fd[2], POLLIN, 0}};
        int64_t left = deadline - now_ms();

        if (left <= 0)
            return false;
        poll(p, 3, (int)left);
        if (p[0].revents != 0)
            feed(&fd[0], &input);
        for (int i = 1; i < 3; i++)
            if (p[i].revents != 0)
                take(&fd[i], sinks[i]);
    }
    return true;
}

void run(struct run *r, const char *const *argv, const char *const *extra_env, const char *input)
{
    char home[TEMP_PATH];
    int in[2], out[2], err[2], fd[3], status = 0;
    void (*pipe_was)(int) = signal(SIGPIPE, SIG_IGN);
    bool ended;
    char **env;
    pid_t pid;

    temp_make(home);
    env = env_make(home, extra_env);
    buf_init(&r->out, OUTPUT_MAX);
    buf_init(&r->err, OUTPUT_MAX);
    if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
        fail_msg("pipe: %s", strerror(errno));
    pid = fork();
    if (pid == 0)
        run_child(argv, env, in[0], out[1], err[1]);
    close(in[0]);
    close(out[1]);
    close(err[1]);
    fd[0] = in[1];
    fd[1] = out[0];
    fd[2] = err[0];
    for (int i = 0; i < 3; i++)
        fcntl(fd[i], F_SETFL, O_NONBLOCK);
    ended = pid > 0 && converse(r, fd, input, now_ms() + slow_ms(0));
    for (int i = 0; i < 3; i++)
        if (fd[i] >= 0)
            close(fd[i]);
    if (pid > 0 && !ended)
        kill(-pid, SIGKILL);
    if (pid > 0)
        waitpid(pid, &status, 0);
    r->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    signal(SIGPIPE, pipe_was);
    env_free(env);
    temp_remove(home);
    if (!ended)
        fail_msg("%s did not end\nstdout: %s\nstderr: %s", argv[0], r->out.data, r->err.data);
}

void run_release(struct run *r)
{
    buf_release(&r->out);
    buf_release(&r->err);
}
