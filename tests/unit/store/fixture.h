/* A store in a folder of its own. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

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

#include "base/clock.h"
#include "base/err.h"
#include "store/store.h"

struct fixture {
    char dir[64];
    char path[PATH_MAX];
};

static inline int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    snprintf(f->dir, sizeof(f->dir), "/tmp/luitop-store-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->path, sizeof(f->path), "%s/state/luitop/luitop.db", f->dir);
    *state = f;
    return 0;
}

static inline void remove_tree(const char *dir)
{
    pid_t pid = fork();

    if (pid == 0) {
        execlp("rm", "rm", "-rf", "--", dir, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;

    remove_tree(f->dir);
    free(f);
    return 0;
}

static inline struct store *open_ok(const char *path)
{
    struct store *s = NULL;
    struct err err = {0};

    if (store_open(&s, path, &err) < 0)
        fail_msg("%s: %s", err.what, err.why);
    return s;
}

static inline struct snapshot_facts facts_of(int64_t as_of, const char *etag)
{
    struct snapshot_facts facts = {.as_of = as_of};

    snprintf(facts.etag, sizeof(facts.etag), "%s", etag);
    return facts;
}

static inline void put(struct store *s, const char *account, const char *name, int64_t as_of,
                       const char *body, size_t len)
{
    struct snapshot_facts facts = facts_of(as_of, "\"v1\"");

    assert_int_equal(store_put_snapshot(s, account, name, &facts, body, len, NULL), 0);
}

#endif
