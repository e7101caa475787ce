/* Keys: the table's defaults, the user's settings over them, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "session/config.h"
#include "tui/keymap.h"

static const char *const panes[] = {"overview", "servers"};
enum { OVERVIEW, SERVERS, PANES };

/* Builds a keymap from the `keys` group TEXT; the error's code, or 0. */
static int build(struct keymap *k, const char *text, struct err *err)
{
    char path[] = "/tmp/luitop-keys-XXXXXX";
    int fd = mkstemp(path), rc;
    struct config *config = NULL;
    struct config_flags flags = {.config_file = path, .read_only = -1};

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    rc = config_load(&config, &flags, err);
    if (rc == 0)
        rc = keymap_build(k, config, panes, PANES, err);
    config_free(config);
    unlink(path);
    return rc;
}

static void test_defaults(void **state)
{
    struct keymap k;
    char label[KEY_NAME_MAX];

    (void)state;
    assert_int_equal(keymap_build(&k, NULL, panes, PANES, NULL), 0);
    assert_int_equal(keymap_action(&k, SERVERS, 'j'), ACTION_DOWN);
    assert_int_equal(keymap_action(&k, SERVERS, K_DOWN), ACTION_DOWN);
    assert_int_equal(keymap_action(&k, OVERVIEW, '7'), ACTION_PANE_7);
    assert_int_equal(keymap_action(&k, OVERVIEW, KEY_CTRL('z')), ACTION_SUSPEND);
    assert_int_equal(keymap_action(&k, OVERVIEW, '&'), ACTION_NONE);
    assert_string_equal(keymap_label(&k, SERVERS, ACTION_REFRESH_ALL, label), "R");
    assert_string_equal(keymap_label(&k, SERVERS, ACTION_THEME, label), "");
}

/* Every action can be found by its name, and no two share one. */
static void test_names(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++)
        assert_int_equal(action_find(actions[i].name, strlen(actions[i].name)), i);
    assert_int_equal(action_find("refres", 6), ACTION_NONE);
}

static void test_pane_wins(void **state)
{
    struct keymap k;
    struct err err;
    char all[128];

    (void)state;
    assert_int_equal(build(&k,
                           "keys: { all: { \"ctrl-t\" = \"refresh\"; \"r\" = \"none\"; };\n"
                           "servers: { \"ctrl-t\" = \"sort\"; }; };\n",
                           &err),
                     0);
    assert_int_equal(keymap_action(&k, SERVERS, KEY_CTRL('t')), ACTION_SORT);
    assert_int_equal(keymap_action(&k, OVERVIEW, KEY_CTRL('t')), ACTION_REFRESH);
    assert_int_equal(keymap_action(&k, OVERVIEW, 'r'), ACTION_NONE);
    assert_string_equal(keymap_labels(&k, OVERVIEW, ACTION_REFRESH, all, sizeof(all)), "Ctrl-T");
    assert_string_equal(keymap_labels(&k, SERVERS, ACTION_REFRESH, all, sizeof(all)), "");
}

static void refused(const char *text, const char *place, const char *hint)
{
    struct keymap k;
    struct err err = {0};

    assert_int_equal(build(&k, text, &err), ERR_SETTINGS);
    assert_non_null(strstr(err.what, place));
    assert_non_null(strstr(err.next, hint));
}

static void test_refused(void **state)
{
    (void)state;
    refused("keys: {\n servers: {\n \"x\" = \"refrsh\"; }; };\n", ":3", "refresh");
    refused("keys: {\n server: {\n \"x\" = \"refresh\"; }; };\n", ":3", "servers");
    refused("keys: {\n all: {\n \"ctrl-t\" = \"sort\";\n \"Ctrl-T\" = \"refresh\"; }; };\n", ":4",
            ":3");
    refused("keys: {\n all: {\n \"ctrl-s\" = \"sort\"; }; };\n", ":3", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_pane_wins),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests_name("tui/keymap", tests, NULL, NULL);
}
