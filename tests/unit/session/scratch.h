/* A scratch folder that is the whole world of a test: its home, its settings, its store. */
#ifndef TESTS_SESSION_SCRATCH_H
#define TESTS_SESSION_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct scratch {
    char dir[64];
};

static inline void scratch_remove(const char *dir)
{
    pid_t pid = fork();

    if (pid == 0) {
        execlp("rm", "rm", "-rf", "--", dir, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
}

static inline int scratch_setup(void **state)
{
    static const char *const unwanted[] = {
        "LUITOP_PROFILE",   "LUITOP_THEME",    "LUITOP_GLYPHS",         "LUITOP_MOUSE",
        "LUITOP_READ_ONLY", "LUITOP_READONLY", "LUITOP_CONFIG",         "XDG_CONFIG_HOME",
        "LUITOP_NOW",       "XDG_STATE_HOME",  "LUITOP_REFRESH_MINUTES"};
    struct scratch *s = calloc(1, sizeof(*s));
    char xdg[128];

    snprintf(s->dir, sizeof(s->dir), "/tmp/luitop-test-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++)
        unsetenv(unwanted[i]);
    snprintf(xdg, sizeof(xdg), "%s/xdg", s->dir);
    setenv("HOME", s->dir, 1);
    setenv("XDG_CONFIG_DIRS", xdg, 1);
    *state = s;
    return 0;
}

static inline int scratch_teardown(void **state)
{
    struct scratch *s = *state;

    scratch_remove(s->dir);
    free(s);
    return 0;
}

/* Writes TEXT into NAME below the folder, with the folders on the way; returns the path. */
static inline const char *scratch_write(const struct scratch *s, const char *name, const char *text,
                                        mode_t mode, char path[PATH_MAX])
{
    size_t len = strlen(text);
    int fd;

    snprintf(path, PATH_MAX, "%s/%s", s->dir, name);
    for (char *p = path + strlen(s->dir) + 1; *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        mkdir(path, 0700);
        *p = '/';
    }
    unlink(path);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), (ssize_t)len);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
    return path;
}

#endif
