#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/log.h"

struct place {
    char dir[64], path[80];
    char text[8192];
};

static int make_place(void **state)
{
    struct place *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return -1;
    *state = p;
    snprintf(p->dir, sizeof(p->dir), "/tmp/luitop-log-XXXXXX");
    if (mkdtemp(p->dir) == NULL)
        return -1;
    snprintf(p->path, sizeof(p->path), "%s/log", p->dir);
    return 0;
}

static int drop_place(void **state)
{
    struct place *p = *state;

    unlink(p->path);
    rmdir(p->dir);
    free(p);
    return 0;
}

static const char *contents(struct place *p)
{
    FILE *f = fopen(p->path, "r");
    size_t n;

    assert_non_null(f);
    n = fread(p->text, 1, sizeof(p->text) - 1, f);
    p->text[n] = '\0';
    fclose(f);
    return p->text;
}

static void test_off(void **state)
{
    struct log l;

    (void)state;
    log_line(NULL, "%d", 1);
    log_init(&l);
    log_line(&l, "%d", 1);
    log_release(&l);
    assert_int_equal(l.fd, -1);
}

static void test_lines(void **state)
{
    struct place *p = *state;
    struct stat st;
    struct log l;
    char *second;

    log_init(&l);
    assert_int_equal(log_open(&l, p->path, NULL), 0);
    log_line(&l, "GET %s %d", "/lui/x", 200);
    log_line(&l, "two\nlines \x1b[2J");
    log_release(&l);
    assert_int_equal(stat(p->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    contents(p);
    /* 2026-11-22T14:02:00Z and a space come first. */
    assert_int_equal(p->text[4], '-');
    assert_memory_equal(p->text + 19, "Z GET /lui/x 200\n", 17);
    second = p->text + 36;
    assert_string_equal(second + 20, " two\\x0alines \\x1b[2J\n");
}

static void test_appends(void **state)
{
    struct place *p = *state;
    struct log l;

    for (int i = 0; i < 2; i++) {
        log_init(&l);
        assert_int_equal(log_open(&l, p->path, NULL), 0);
        log_line(&l, "run %d", i);
        log_release(&l);
    }
    assert_non_null(strstr(contents(p), "run 0\n"));
    assert_non_null(strstr(p->text, "run 1\n"));
}

/* However long, a line is there, cut at a character. */
static void test_long_line(void **state)
{
    struct place *p = *state;
    size_t big = 100000;
    char *text = malloc(big + 1);
    struct log l;

    assert_non_null(text);
    for (size_t i = 0; i < big; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[big] = '\0';
    log_init(&l);
    assert_int_equal(log_open(&l, p->path, NULL), 0);
    log_line(&l, "%s", text);
    log_line(&l, "x%s", text);
    memset(text, '\x01', big);
    log_line(&l, "%s", text);
    log_release(&l);
    free(text);
    contents(p);
    for (char *line = p->text, *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        assert_in_range(end - line, 990, 1000);
        assert_true(end[-1] == '\xa9' || (end[-1] & 0x80) == 0);
    }
}

static void test_refuses(void **state)
{
    struct place *p = *state;
    struct err e;
    struct log l;

    log_init(&l);
    assert_int_equal(symlink("/dev/null", p->path), 0);
    assert_int_equal(log_open(&l, p->path, &e), ERR_IO);
    assert_int_equal(e.code, ERR_IO);
    assert_int_equal(l.fd, -1);
    assert_int_equal(log_open(&l, p->dir, &e), ERR_IO);
    assert_non_null(strstr(e.what, p->dir));
    assert_string_not_equal(e.why, "");
    assert_string_not_equal(e.next, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_off),
        cmocka_unit_test_setup_teardown(test_lines, make_place, drop_place),
        cmocka_unit_test_setup_teardown(test_appends, make_place, drop_place),
        cmocka_unit_test_setup_teardown(test_long_line, make_place, drop_place),
        cmocka_unit_test_setup_teardown(test_refuses, make_place, drop_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
