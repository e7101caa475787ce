#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

/* Unicode 15, table 3-7 "Well-Formed UTF-8 Byte Sequences": the length of the character that S
 * begins with, 0 where none does. */
static size_t well_formed(const unsigned char *s, size_t n)
{
    static const struct {
        unsigned char first, last, lo, hi;
        size_t length;
    } rows[] = {
        {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (n < rows[i].length || s[0] < rows[i].first || s[0] > rows[i].last)
            continue;
        if (rows[i].length > 1 && (s[1] < rows[i].lo || s[1] > rows[i].hi))
            return 0;
        for (size_t k = 2; k < rows[i].length; k++)
            if (s[k] < 0x80 || s[k] > 0xbf)
                return 0;
        return rows[i].length;
    }
    return 0;
}

static void check_next(const unsigned char *s, size_t n)
{
    const char *p = (const char *)s;
    int32_t cp = utf8_next(&p, (const char *)s + n);
    size_t want = well_formed(s, n), got = (size_t)(p - (const char *)s);

    if (want == 0 ? cp != -1 || got != 1 : cp < 0 || got != want)
        fail_msg("%02x %02x %02x %02x of %zu: %d, moved %zu, want %zu", s[0], s[1], s[2], s[3], n,
                 (int)cp, got, want);
}

/* Every first two bytes with every kind of third and fourth one, at every length. */
static void test_next_against_the_standard(void **state)
{
    static const unsigned char kinds[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
                                          0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xf0, 0xff};
    enum { KINDS = sizeof(kinds) };

    (void)state;
    for (unsigned i = 0; i < 0x10000; i++) {
        for (unsigned k = 0; k < KINDS * KINDS; k++) {
            unsigned char s[4] = {(unsigned char)(i >> 8), (unsigned char)i, kinds[k / KINDS],
                                  kinds[k % KINDS]};

            check_next(s, 4);
            if (k == 0) {
                check_next(s, 1);
                check_next(s, 2);
            }
            if (k % KINDS == 0)
                check_next(s, 3);
        }
    }
}

static void test_put_and_next_are_inverse(void **state)
{
    (void)state;
    for (int32_t cp = 0; cp <= 0x10ffff; cp++) {
        char s[4];
        const char *p = s;
        size_t n;

        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        n = utf8_put(s, cp);
        assert_int_equal(utf8_next(&p, s + n), cp);
        assert_int_equal(p - s, n);
    }
}

static void test_cut(void **state)
{
    /* a é € 😀 with the bytes' offsets 0 1 3 6 10 */
    static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
    static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};

    (void)state;
    for (size_t n = 0; n <= 10; n++)
        assert_int_equal(utf8_cut(text, n), want[n]);
}

/* Bytes that are no character are left alone, and nothing before the text is read. */
static void test_cut_of_hostile_bytes(void **state)
{
    (void)state;
    assert_int_equal(utf8_cut("", 0), 0);
    assert_int_equal(utf8_cut("\x80\x80\x80\x80\x80", 5), 5);
    assert_int_equal(utf8_cut("\x80", 1), 1);
    assert_int_equal(utf8_cut("a\x80", 2), 2);
    assert_int_equal(utf8_cut("\xf0", 1), 0);
    assert_int_equal(utf8_cut("x\xe2\x82", 3), 1);
    for (unsigned i = 0; i < 0x10000; i++) {
        char s[2] = {(char)(i >> 8), (char)i};

        assert_true(utf8_cut(s, 2) <= 2 && utf8_cut(s, 1) <= 1);
    }
}

static void test_unsafe(void **state)
{
    static const int32_t unsafe[] = {
        0,      7,      0x0a,   0x1b,   0x1f,    0x7f,    0x80,    0x9b,    0x9f,     0xad,
        0x034f, 0x061c, 0x115f, 0x1160, 0x17b4,  0x180e,  0x180f,  0x200b,  0x200d,   0x200e,
        0x200f, 0x2028, 0x2029, 0x202a, 0x202e,  0x2060,  0x2066,  0x2069,  0xd800,   0xe000,
        0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0x3164,  0xe0001, 0xe0041, 0xe01ef, 0x10fffd, 0xffff,
        -1,     0x0378, 0xfdd0, 0xfffe, 0x1fffe, 0x1d173,
    };
    static const int32_t safe[] = {0x20,   0x41,   0x7e,   0xa0,   0xe9,    0x301,  0x3b1,
                                   0x5d0,  0x627,  0x20ac, 0x2502, 0x4e2d,  0xac00, 0xfffd,
                                   0x2713, 0x2581, 0x28ff, 0x3042, 0x1f600, 0x20000};

    (void)state;
    for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
        if (!utf8_unsafe(unsafe[i]))
            fail_msg("U+%04X is let through", (unsigned)unsafe[i]);
    for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++)
        if (utf8_unsafe(safe[i]))
            fail_msg("U+%04X is not let through", (unsigned)safe[i]);
}

/* ncurses moves by wcwidth(); a difference would shift the rest of the line. */
static void test_width_is_wcwidth(void **state)
{
    unsigned differ = 0, seen = 0;

    (void)state;
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    for (int32_t cp = 0; cp <= 0x10ffff; cp++) {
        if (utf8_unsafe(cp))
            continue;
        seen++;
        if (utf8_width(cp) != wcwidth((wchar_t)cp) && differ++ < 20)
            print_error("U+%04X: %d, wcwidth %d\n", (unsigned)cp, utf8_width(cp),
                        wcwidth((wchar_t)cp));
    }
    setlocale(LC_ALL, "C");
    assert_int_equal(differ, 0);
    /* Unicode 14 has 144 697 characters, format and control ones among them. */
    assert_in_range(seen, 140000, 144697);
}

static void assert_clean(const char *in, size_t n, const char *want)
{
    struct buf b;

    buf_init(&b, 4096);
    assert_int_equal(utf8_clean(&b, in, n), 0);
    assert_string_equal(b.data, want);
    assert_int_equal(b.len, strlen(want));
    buf_release(&b);
}

#define CLEAN(in, want) assert_clean(in, sizeof(in) - 1, want)

static void test_clean(void **state)
{
    (void)state;
    CLEAN("", "");
    CLEAN("lic01.example.net", "lic01.example.net");
    CLEAN("J\xc3\xb6rg \xe4\xb8\xad \xf0\x9f\x98\x80", "J\xc3\xb6rg \xe4\xb8\xad \xf0\x9f\x98\x80");
    CLEAN("\x1b[2J\x1b]0;x\x07", "\\x1b[2J\\x1b]0;x\\x07");
    CLEAN("a\nb\tc\rd\0e", "a\\x0ab\\x09c\\x0dd\\x00e");
    CLEAN("\x7f\xc2\x9b", "\\x7f\\u009b");
    CLEAN("user\xe2\x80\xaegpj.exe", "user\\u202egpj.exe");
    CLEAN("a\xe2\x80\x8b"
          "b\xef\xbb\xbf",
          "a\\u200bb\\ufeff");
    CLEAN("\xff\xc0\xaf\xed\xa0\x80\xf5", "\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xf5");
    CLEAN("cut \xe2\x82", "cut \\xe2\\x82");
    CLEAN("\xf3\xa0\x80\x81", "\\ue0001");
    CLEAN("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")");
}

/* A mark with nothing before it would sit on the neighbouring cell. */
static void test_clean_of_combining_marks(void **state)
{
    (void)state;
    CLEAN("e\xcc\x81", "e\xcc\x81");
    CLEAN("\xcc\x81"
          "e",
          "\\u0301e");
}

static void test_clean_at_the_ceiling(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 6);
    assert_int_equal(utf8_clean(&b, "ab\x1b", 3), 0);
    assert_string_equal(b.data, "ab\\x1b");
    buf_reset(&b);
    assert_int_equal(utf8_clean(&b, "abc\x1b", 4), ERR_TOOBIG);
    assert_int_equal(b.failed, ERR_TOOBIG);
    buf_release(&b);
}

static void test_columns_and_fit(void **state)
{
    /* a, é as e + acute, 中 (2 cells), b */
    static const char text[] = "ae\xcc\x81\xe4\xb8\xad"
                               "b";
    static const struct {
        size_t columns, bytes, taken;
    } rows[] = {{0, 0, 0}, {1, 1, 1}, {2, 4, 2}, {3, 4, 2}, {4, 7, 4}, {5, 8, 5}, {99, 8, 5}};
    size_t taken;

    (void)state;
    assert_int_equal(utf8_columns(text, 8), 5);
    assert_int_equal(utf8_columns("", 0), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(utf8_fit(text, 8, rows[i].columns, &taken), rows[i].bytes);
        assert_int_equal(taken, rows[i].taken);
    }
    assert_int_equal(utf8_fit("", 0, 10, &taken), 0);
    assert_int_equal(taken, 0);
}

static void assert_fold(const char *in, const char *want)
{
    struct buf b;

    buf_init(&b, 4096);
    assert_int_equal(utf8_fold(&b, in, strlen(in)), 0);
    assert_string_equal(b.data, want);
    buf_release(&b);
}

static void test_fold(void **state)
{
    (void)state;
    assert_fold("", "");
    assert_fold("LIC01.Example.NET", "lic01.example.net");
    assert_fold("J\xc3\x96RG", "jorg");
    assert_fold("Jo\xcc\x88rg", "jorg");
    assert_fold("Stra\xc3\x9f"
                "e",
                "strasse");
    assert_fold("\xce\x91\xce\xa3\xce\x9f\xcf\x82", "\xce\xb1\xcf\x83\xce\xbf\xcf\x83");
    assert_fold("\xd0\x96", "\xd0\xb6");
    assert_fold("\xe4\xb8\xad", "\xe4\xb8\xad");
}

static void test_fold_keeps_invalid_bytes(void **state)
{
    struct buf b;

    (void)state;
    assert_fold("A\xff\xc3\x89\xc3"
                "B\x80",
                "a\xff"
                "e\xc3"
                "b\x80");
    assert_fold("\xff\xff", "\xff\xff");
    buf_init(&b, 100);
    assert_int_equal(utf8_fold(&b, "A\0\xc3\x89\0Z", 6), 0);
    assert_int_equal(b.len, 5);
    assert_memory_equal(b.data, "a\0e\0z", 6);
    buf_release(&b);
    buf_init(&b, 3);
    assert_int_equal(utf8_fold(&b, "ABCD", 4), ERR_TOOBIG);
    buf_reset(&b);
    assert_int_equal(utf8_fold(&b, "AB\xc3\x89Z", 5), ERR_TOOBIG);
    buf_release(&b);
}

static void test_ascii(void **state)
{
    static const struct {
        const char *in, *want;
    } rows[] = {
        {"", ""},
        {"plain ~ text", "plain ~ text"},
        {"J\xc3\xb6rg", "Jorg"},
        {"\xef\xac\x81n", "fin"},
        {"\xe4\xb8\xad.", "??."},
        {"\xe2\x9c\x93", "?"},
        {"bad\xff", "bad?"},
        {"\xef\xbc\xa1", "A"},
        {"e\xcc\x81", "e"},
    };
    struct buf b;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_init(&b, 100);
        assert_int_equal(utf8_ascii(&b, rows[i].in, strlen(rows[i].in)), 0);
        assert_string_equal(b.data, rows[i].want);
        buf_release(&b);
    }
    /* One character that becomes eighteen, in room for just the text. */
    buf_init(&b, 18);
    assert_int_equal(utf8_ascii(&b, "\xef\xb7\xba", 3), 0);
    for (size_t i = 0; i < b.len; i++)
        assert_in_range((unsigned char)b.data[i], 0x20, 0x7e);
    buf_release(&b);
    buf_init(&b, 2);
    assert_int_equal(utf8_ascii(&b, "\xc3\xb6\xc3\xb6", 4), 0);
    assert_int_equal(utf8_ascii(&b, "\xc3\xb6", 2), ERR_TOOBIG);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next_against_the_standard),
        cmocka_unit_test(test_put_and_next_are_inverse),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_cut_of_hostile_bytes),
        cmocka_unit_test(test_unsafe),
        cmocka_unit_test(test_width_is_wcwidth),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_of_combining_marks),
        cmocka_unit_test(test_clean_at_the_ceiling),
        cmocka_unit_test(test_columns_and_fit),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_keeps_invalid_bytes),
        cmocka_unit_test(test_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
