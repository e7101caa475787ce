#include "tests/e2e/golden.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/e2e/run.h"

enum { GOLDEN_MAX = 4 << 20 };

static void golden_path(const char *name, char *path, size_t size)
{
    const char *dir = env_path("LUITOP_GOLDEN_DIR", "tests/golden");

    if (snprintf(path, size, "%s/%s.txt", dir, name) >= (int)size)
        fail_msg("%s: name too long", name);
}

static bool read_all(const char *path, struct buf *out)
{
    char chunk[4096];
    FILE *f = fopen(path, "r");
    size_t n;

    if (f == NULL)
        return false;
    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
        buf_add(out, chunk, n);
    fclose(f);
    return out->failed == 0;
}

/* NAME may have folders; they are made when a golden is written. */
static void make_folders(char *path)
{
    for (char *p = strchr(path + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
        *p = '\0';
        mkdir(path, 0777);
        *p = '/';
    }
}

static size_t line_length(const char *s)
{
    return (size_t)(strchrnul(s, '\n') - s);
}

/* Screens have a fixed number of lines, so lines are compared by their number. */
static void show_difference(const char *was, const char *is, struct buf *diff)
{
    for (int line = 1; *was != '\0' || *is != '\0'; line++) {
        size_t a = line_length(was), b = line_length(is);
        bool gone = *was == '\0', added = *is == '\0';

        if (gone || added || a != b || memcmp(was, is, a) != 0) {
            if (!gone)
                buf_addf(diff, "%3d -%.*s\n", line, (int)a, was);
            if (!added)
                buf_addf(diff, "%3d +%.*s\n", line, (int)b, is);
        }
        was += a + (was[a] == '\n');
        is += b + (is[b] == '\n');
    }
}

/* luitop's clock runs on from SANDBOX_NOW: the seconds of its minute read 00 in a golden. */
static void mask_seconds(char *text)
{
    static const char minute[] = "T14:02:";
    size_t n = sizeof(minute) - 1;

    for (char *p = strstr(text, minute); p != NULL; p = strstr(p + n, minute))
        for (size_t i = n; i < n + 2 && p[i] >= '0' && p[i] <= '9'; i++)
            p[i] = '0';
}

static bool same_as_kept(const char *name, const char *text, struct buf *diff)
{
    const char *update = getenv("UPDATE");
    char path[512];
    struct buf was;
    bool same, known;

    golden_path(name, path, sizeof(path));
    if (update != NULL && strcmp(update, "1") == 0) {
        make_folders(path);
        temp_write(path, 0644, text);
        return true;
    }
    buf_init(&was, GOLDEN_MAX);
    known = read_all(path, &was);
    same = known && strcmp(was.data, text) == 0;
    if (!known)
        buf_addf(diff, "%s is not there; UPDATE=1 writes it\n", path);
    if (!same)
        show_difference(was.data, text, diff);
    buf_release(&was);
    return same;
}

bool golden_same(const char *name, const char *text, struct buf *diff)
{
    struct buf masked;
    bool same;

    buf_init(&masked, GOLDEN_MAX);
    buf_addstr(&masked, text);
    mask_seconds(masked.data);
    same = same_as_kept(name, masked.data, diff);
    buf_release(&masked);
    return same;
}

void golden_check(const char *name, const char *text)
{
    struct buf diff;
    bool same;

    buf_init(&diff, GOLDEN_MAX);
    same = golden_same(name, text, &diff);
    if (!same)
        print_error("golden %s differs:\n%s", name, diff.data);
    buf_release(&diff);
    if (!same)
        fail();
}
