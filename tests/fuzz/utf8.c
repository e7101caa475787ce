/* Whatever comes in, what utf8_clean() lets out cannot drive a terminal, and ncurses measures it
 * as utf8_columns() does. */
#include <locale.h>
#include <stdbool.h>
#include <wchar.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

/* The C library is the judge of what is UTF-8 and how wide it is. */
static void check_clean(const char *s, size_t n)
{
    const char *p = s;
    size_t cells = 0;
    mbstate_t mb;

    memset(&mb, 0, sizeof(mb));
    while (p < s + n) {
        wchar_t wc = 0;
        size_t used = mbrtowc(&wc, p, (size_t)(s + n - p), &mb);

        FUZZ_CHECK(used > 0 && used <= 4);
        FUZZ_CHECK(wc >= 0x20 && wc != 0x7f && !(wc >= 0x80 && wc < 0xa0));
        FUZZ_CHECK(!(wc >= 0x200b && wc <= 0x200f) && !(wc >= 0x2028 && wc <= 0x202e));
        FUZZ_CHECK(!(wc >= 0x2060 && wc <= 0x206f) && wc != 0xfeff && wc != 0x61c);
        FUZZ_CHECK(!utf8_unsafe((int32_t)wc));
        FUZZ_CHECK(wcwidth(wc) >= 0);
        FUZZ_CHECK(p > s || wcwidth(wc) > 0);
        cells += (size_t)wcwidth(wc);
        p += used;
    }
    FUZZ_CHECK(utf8_columns(s, n) == cells);
}

static void check_fit(const char *s, size_t n)
{
    size_t all = utf8_columns(s, n), before = 0;

    for (size_t columns = 0; columns <= all + 1 && columns < 64; columns++) {
        size_t taken, bytes = utf8_fit(s, n, columns, &taken);

        FUZZ_CHECK(bytes <= n && bytes >= before && taken <= columns);
        FUZZ_CHECK(utf8_columns(s, bytes) == taken);
        FUZZ_CHECK(bytes == n || utf8_cut(s, bytes) == bytes);
        FUZZ_CHECK(columns < all ? columns - taken <= 1 : bytes == n);
        before = bytes;
    }
}

static void check_cut(const char *s, size_t n)
{
    for (size_t i = 0; i <= n && i < 256; i++) {
        size_t cut = utf8_cut(s, i);

        FUZZ_CHECK(cut <= i && i - cut <= 3);
        FUZZ_CHECK(utf8_cut(s, cut) == cut || cut < i);
    }
}

static void check_ascii(const char *s, size_t n)
{
    struct buf b;

    buf_init(&b, 1 << 24);
    FUZZ_CHECK(utf8_ascii(&b, s, n) == 0);
    for (size_t i = 0; i < b.len; i++)
        FUZZ_CHECK(b.data[i] >= 0x20 && b.data[i] < 0x7f);
    buf_release(&b);
}

/* Of valid text: bytes that are no character can become one when a mark between them goes. */
static void check_fold(const char *s, size_t n)
{
    struct buf once, twice;

    buf_init(&once, 1 << 24);
    buf_init(&twice, 1 << 24);
    FUZZ_CHECK(utf8_fold(&once, s, n) == 0);
    FUZZ_CHECK(utf8_fold(&twice, once.data, once.len) == 0);
    FUZZ_CHECK(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    for (size_t i = 0; i < once.len; i++)
        FUZZ_CHECK(once.data[i] < 'A' || once.data[i] > 'Z');
    buf_release(&once);
    buf_release(&twice);
}

int fuzz_one(const uint8_t *data, size_t size)
{
    const char *s = (const char *)data;
    struct buf clean, again, small;

    if (size > 4096)
        size = 4096;
    setlocale(LC_ALL, "C.UTF-8");
    buf_init(&clean, 1 << 16);
    buf_init(&again, 1 << 16);
    FUZZ_CHECK(utf8_clean(&clean, s, size) == 0);
    check_clean(clean.data, clean.len);
    check_fit(clean.data, clean.len);
    check_ascii(clean.data, clean.len);
    FUZZ_CHECK(utf8_clean(&again, clean.data, clean.len) == 0);
    FUZZ_CHECK(again.len == clean.len && memcmp(again.data, clean.data, clean.len) == 0);
    buf_init(&small, clean.len / 2);
    FUZZ_CHECK(utf8_clean(&small, s, size) == (clean.len > clean.len / 2 ? ERR_TOOBIG : 0));
    FUZZ_CHECK(memcmp(small.data, clean.data, small.len) == 0);
    check_cut(s, size);
    check_fold(clean.data, clean.len);
    buf_reset(&again);
    FUZZ_CHECK(utf8_fold(&again, s, size) == 0);
    buf_release(&clean);
    buf_release(&again);
    buf_release(&small);
    return 0;
}
