#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "themes/theme.h"

static const char *const role_names[] = {
#define ROLE_TEXT_NAME(upper, name, help) name,
    ROLE_LIST(ROLE_TEXT_NAME)
#undef ROLE_TEXT_NAME
};

/* True when TEXT has a line that begins with "NAME:". */
static int mentions(const char *text, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = text; p != NULL; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (strncmp(p, name, n) == 0 && p[n] == ':')
            return 1;
    }
    return 0;
}

static void test_builtin_themes_are_whole(void **state)
{
    struct theme t;
    struct err err;

    (void)state;
    assert_true(theme_count() >= 2);
    assert_null(theme_name(theme_count()));
    for (size_t i = 0; i < theme_count(); i++) {
        assert_int_equal(theme_load(&t, theme_name(i), &err), 0);
        assert_string_equal(t.name, theme_name(i));
        for (size_t r = 0; r < ROLE_COUNT; r++) {
            assert_string_equal(role_name((enum role)r), role_names[r]);
            if (!mentions(theme_text(theme_name(i)), role_names[r]))
                fail_msg("theme %s says nothing of role %s", theme_name(i), role_names[r]);
        }
    }
}

static double channel(int v)
{
    /* sRGB to linear for the six steps of the 256-colour cube: 0 95 135 175 215 255. */
    static const double linear[6] = {0.0, 0.1144, 0.2423, 0.4287, 0.6795, 1.0};

    return linear[v];
}

static double luminance(int color)
{
    static const double gray[24] = {0.0024, 0.0060, 0.0116, 0.0194, 0.0296, 0.0423, 0.0578, 0.0762,
                                    0.0976, 0.1221, 0.1500, 0.1812, 0.2159, 0.2541, 0.2961, 0.3419,
                                    0.3916, 0.4452, 0.5029, 0.5647, 0.6308, 0.7011, 0.7758, 0.8550};

    if (color >= 232)
        return gray[color - 232];
    color -= 16;
    return 0.2126 * channel(color / 36) + 0.7152 * channel(color / 6 % 6) +
           0.0722 * channel(color % 6);
}

/* On black and on white, since nobody tells us which it is. */
static void test_default_is_readable_on_both(void **state)
{
    struct theme t;

    (void)state;
    assert_int_equal(theme_load(&t, "default", NULL), 0);
    for (size_t r = 0; r < ROLE_COUNT; r++) {
        const struct style *s = &t.styles[r];

        for (int i = 0; i < 3; i++)
            assert_int_equal(s->bg[i], -1);
        /* Dark grey on black, and yellow or white on white. */
        assert_int_not_equal(s->fg[1], 8);
        assert_int_not_equal(s->fg[1], 11);
        assert_int_not_equal(s->fg[1], 15);
        assert_int_equal(s->attrs & STYLE_DIM, 0);
        if (s->fg[0] >= 0) {
            assert_true(s->fg[0] >= 16);
            assert_true((luminance(s->fg[0]) + 0.05) / 0.05 >= 3.0);
            assert_true(1.05 / (luminance(s->fg[0]) + 0.05) >= 3.0);
        }
    }
    for (int i = 0; i < 3; i++)
        assert_int_equal(t.styles[ROLE_TEXT].fg[i], -1);
}

static void test_mono_has_no_color(void **state)
{
    struct theme t;

    (void)state;
    assert_int_equal(theme_load(&t, "mono", NULL), 0);
    for (size_t r = 0; r < ROLE_COUNT; r++) {
        for (int i = 0; i < 3; i++) {
            assert_int_equal(t.styles[r].fg[i], -1);
            assert_int_equal(t.styles[r].bg[i], -1);
        }
        assert_int_equal(t.styles[r].attrs, t.styles[r].mono);
    }
    assert_int_not_equal(t.styles[ROLE_CURSOR].mono, 0);
}

static void test_text_becomes_styles(void **state)
{
    struct theme t;

    (void)state;
    assert_int_equal(
        theme_parse(&t, "mine", "mine.theme",
                    "# mine\n"
                    "error: { fg = [255, 15, 7]; bg = [0, 0, 0];\n"
                    "  attrs = [\"bold\", \"reverse\"]; mono = [\"underline\", \"dim\"]; };\n"
                    "ok: { mono = []; };\n",
                    NULL),
        0);
    assert_string_equal(t.name, "mine");
    assert_int_equal(t.styles[ROLE_ERROR].fg[0], 255);
    assert_int_equal(t.styles[ROLE_ERROR].fg[1], 15);
    assert_int_equal(t.styles[ROLE_ERROR].fg[2], 7);
    assert_int_equal(t.styles[ROLE_ERROR].bg[0], 0);
    assert_int_equal(t.styles[ROLE_ERROR].attrs, STYLE_BOLD | STYLE_REVERSE);
    assert_int_equal(t.styles[ROLE_ERROR].mono, STYLE_UNDERLINE | STYLE_DIM);
    assert_int_equal(t.styles[ROLE_WARNING].fg[0], -1);
    assert_int_equal(t.styles[ROLE_WARNING].attrs, 0);
}

static void test_faults(void **state)
{
    static const struct {
        const char *text, *where, *hint;
    } cases[] = {
        {"ok: { };\nwarnin: { };\n", "f:2", "warning"},
        {"zzzzzzzzzz: { };\n", "f:1", "zzzzzzzzzz"},
        {"ok: {\n  fgg = [1, 1, 1]; };\n", "f:2", "\"fg\""},
        {"ok: { attrs = [\"bolt\"]; };\n", "f:1", "bold"},
        {"ok: { attrs = [1]; };\n", "f:1", "words"},
        {"ok: { attrs = \"bold\"; };\n", "f:1", "list"},
        {"ok: { fg = [256, 1, 1]; };\n", "f:1", "255"},
        {"ok: { fg = [1, 16, 1]; };\n", "f:1", "15"},
        {"ok: { fg = [1, 1, 8]; };\n", "f:1", "7"},
        {"ok: { fg = [1, 1, -2]; };\n", "f:1", "7"},
        {"ok: { fg = [4294967297L, 1L, 1L]; };\n", "f:1", "255"},
        {"ok: { fg = [1.5, 1.0, 1.0]; };\n", "f:1", "whole"},
        {"ok: { fg = [1, 1]; };\n", "f:1", "three"},
        {"ok: { fg = 1; };\n", "f:1", "three"},
        {"ok = 3;\n", "f:1", "group"},
        {"\n\nok: { fg = [1, 1, 1;\n", "f:3", "syntax"},
        {"ok: { };\n\n  @include \"/etc/passwd\"\n", "f:3", "include"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct theme t = {.name = "untouched"};
        struct err err;

        err_clear(&err);
        assert_int_equal(theme_parse(&t, "x", "f", cases[i].text, &err), ERR_SETTINGS);
        assert_int_equal(err.code, ERR_SETTINGS);
        assert_non_null(strstr(err.what, cases[i].where));
        if (strstr(err.why, cases[i].hint) == NULL)
            fail_msg("\"%s\" says nothing of %s", err.why, cases[i].hint);
        assert_string_equal(t.name, "untouched");
    }
}

static void test_names(void **state)
{
    struct theme t = {.name = "untouched"};
    struct err err;

    (void)state;
    assert_int_equal(theme_load(&t, "defualt", &err), ERR_SETTINGS);
    assert_non_null(strstr(err.next, "\"default\""));
    assert_int_equal(theme_load(&t, "", &err), ERR_SETTINGS);
    assert_int_equal(theme_load(&t, "/nonexistent/x.theme", &err), ERR_SETTINGS);
    assert_non_null(strstr(err.what, "/nonexistent/x.theme"));
    assert_int_equal(theme_load(&t, "/", &err), ERR_IO);
    assert_string_equal(t.name, "untouched");
    assert_null(theme_text("nothing"));
    assert_string_equal(role_name(ROLE_COUNT), "");
}

static void write_file(const char *path, const char *text, size_t n)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void test_files(void **state)
{
    char dir[] = "/tmp/luitop-theme-XXXXXX", path[64];
    char *big = malloc(70000);
    struct theme t;
    struct err err;

    (void)state;
    assert_non_null(big);
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/own.theme", dir);
    write_file(path, "ok: { fg = [2, 2, 2]; };\n", 25);
    assert_int_equal(theme_load(&t, path, &err), 0);
    assert_string_equal(t.name, "own.theme");
    assert_int_equal(t.styles[ROLE_OK].fg[2], 2);
    write_file(path, "ok: {};\0 error: 5", 17);
    assert_int_equal(theme_load(&t, path, &err), ERR_SETTINGS);
    memset(big, '#', 70000);
    write_file(path, big, 70000);
    assert_int_equal(theme_load(&t, path, &err), ERR_SETTINGS);
    write_file(path, "ok: {};\nokk: {};\n", 17);
    assert_int_equal(theme_load(&t, path, &err), ERR_SETTINGS);
    assert_non_null(strstr(err.what, "own.theme:2"));
    unlink(path);
    rmdir(dir);
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builtin_themes_are_whole),
        cmocka_unit_test(test_default_is_readable_on_both),
        cmocka_unit_test(test_mono_has_no_color),
        cmocka_unit_test(test_text_becomes_styles),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
