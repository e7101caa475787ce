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

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* luitop's clock runs on from SANDBOX_NOW, and how far it gets is the machine's business: in a
 * golden the minutes that follow are that minute, its seconds are 00, and data of it is of now. */
static void stop_clock(const char *text, struct buf *out)
{
    static const char instant[] = "14:02:00", of[] = "as of 14:02 today", age[] = ", 1 min ago";

    while (*text != '\0') {
        size_t n = sizeof(instant) - 1, m = sizeof(of) - 1, k = sizeof(age) - 1;

        if (strncmp(text, instant, 4) == 0 && text[4] >= '2' && is_digit(text[4]) &&
            text[5] == ':' && is_digit(text[6]) && is_digit(text[7])) {
            buf_addstr(out, instant);
            text += n;
        } else if (strncmp(text, of, 10) == 0 && text[10] >= '2' && is_digit(text[10]) &&
                   strncmp(text + 11, of + 11, m - 11) == 0) {
            buf_addstr(out, of);
            text += m;
            if (strncmp(text, age, 2) == 0 && is_digit(text[2]) &&
                strncmp(text + 3, age + 3, k - 3) == 0) {
                buf_addstr(out, ", just now");
                text += k;
            }
        } else {
            buf_addc(out, *text++);
        }
    }
}

static const char *digits_before(const char *p, const char *start)
{
    while (p > start && is_digit(p[-1]))
        p--;
    return p;
}

/* Ages in minutes grow while the program runs: where IS tells up to nine more than WAS in the same
 * place, it is made to tell the same. */
static void forgive_minutes(const char *was, char *is)
{
    static const char unit[] = " min ago";
    const char *a = strstr(was, unit);
    char *b = strstr(is, unit);

    for (; a != NULL && b != NULL; a = strstr(a + 1, unit), b = strstr(b + 1, unit)) {
        const char *old = digits_before(a, was);
        size_t at = (size_t)(digits_before(b, is) - is), n = (size_t)(a - old);
        long grown = strtol(is + at, NULL, 10) - strtol(old, NULL, 10);

        if (is + at + n == b && grown > 0 && grown < 10)
            memcpy(is + at, old, n);
    }
}

static bool same_as_kept(const char *name, char *text, struct buf *diff)
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
    if (known)
        forgive_minutes(was.data, text);
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
    struct buf stopped;
    bool same;

    buf_init(&stopped, GOLDEN_MAX);
    stop_clock(text, &stopped);
    same = same_as_kept(name, stopped.data, diff);
    buf_release(&stopped);
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
