#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "widgets/key.h"

static void test_names(void **state)
{
    static const struct {
        const char *name;
        key_code code;
        const char *label;
    } cases[] = {
        {"a", 'a', "a"},
        {"Q", 'Q', "Q"},
        {"/", '/', "/"},
        {"é", 0xe9, "é"},
        {"-", '-', "-"},
        {"space", ' ', "Space"},
        {"ctrl-r", 18, "Ctrl-R"},
        {"enter", K_ENTER, "Enter"},
        {"esc", K_ESC, "Esc"},
        {"pgdn", K_PAGE_DOWN, "PgDn"},
        {"shift-tab", K_SHIFT_TAB, "Shift-Tab"},
        {"f5", K_F5, "F5"},
        {"alt-x", KEY_ALT_BIT | 'x', "Alt-x"},
        {"alt-up", KEY_ALT_BIT | K_UP, "Alt-Up"},
        {"alt-shift-tab", KEY_ALT_BIT | K_SHIFT_TAB, "Alt-Shift-Tab"},
        {"alt-ctrl-a", KEY_ALT_BIT | 1, "Alt-Ctrl-A"},
    };
    char out[KEY_NAME_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        key_code k = 0;

        assert_int_equal(key_parse(cases[i].name, &k), 0);
        assert_int_equal(k, cases[i].code);
        assert_string_equal(key_code_name(k, out), cases[i].name);
        assert_string_equal(key_label(k, out), cases[i].label);
        k = 0;
        assert_int_equal(key_parse(cases[i].label, &k), 0);
        assert_int_equal(k, cases[i].code);
    }
}

static void test_words_in_any_case(void **state)
{
    key_code k = 0;

    (void)state;
    assert_int_equal(key_parse("CTRL-R", &k), 0);
    assert_int_equal(k, 18);
    assert_int_equal(key_parse("PAGEUP", &k), ERR_USAGE);
    assert_int_equal(key_parse("PgUp", &k), 0);
    assert_int_equal(k, K_PAGE_UP);
}

static void test_no_keys(void **state)
{
    static const char *const names[] = {
        "",       "ab",      "ctrl-",
        "ctrl-h", "ctrl-i",  "ctrl-j",
        "ctrl-m", "ctrl-s",  "ctrl-q",
        "ctrl-1", "ctrl-\\", "f10",
        "f0",     "alt-",    "alt-alt-x",
        "\x01",   "\x7f",    "\xff",
        "\xc3",   "é!",      "\xe2\x80\xae" /* a bidi control */,
    };
    key_code k = 77;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_int_equal(key_parse(names[i], &k), ERR_USAGE);
    assert_int_equal(k, 77);
}

/* Whatever has a name and may be set is read back as the same key. */
static void test_round_trip(void **state)
{
    char name[KEY_NAME_MAX];
    size_t settable = 0;

    (void)state;
    for (key_code plain = 1; plain < K_END_OF_LIST; plain++) {
        if (plain == 0x3000)
            plain = KEY_SPECIAL + 1;
        for (int alt = 0; alt < 2; alt++) {
            key_code k = alt != 0 ? plain | KEY_ALT_BIT : plain, back = 0;

            if (key_code_name(k, name)[0] != '\0' && key_parse(name, &back) == 0) {
                assert_int_equal(back, k);
                settable++;
            }
        }
    }
    /* 25 words of the list, 20 control letters and the printable ASCII, with and without Alt. */
    assert_true(settable > 2 * (25 + 20 + 95));
}

static void test_is_text(void **state)
{
    (void)state;
    assert_true(key_is_text('a'));
    assert_true(key_is_text(' '));
    assert_true(key_is_text(0x6f22));
    assert_false(key_is_text(0));
    assert_false(key_is_text(KEY_CTRL('a')));
    assert_false(key_is_text(127));
    assert_false(key_is_text(0x9b));
    assert_false(key_is_text(K_UP));
    assert_false(key_is_text(KEY_ALT_BIT | 'x'));
    assert_false(key_is_text(-1));
}

static void test_no_name(void **state)
{
    char out[KEY_NAME_MAX];

    (void)state;
    assert_string_equal(key_code_name(0, out), "");
    assert_string_equal(key_code_name(K_END_OF_LIST, out), "");
    assert_string_equal(key_code_name(0xd800, out), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),   cmocka_unit_test(test_words_in_any_case),
        cmocka_unit_test(test_no_keys), cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_is_text), cmocka_unit_test(test_no_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
