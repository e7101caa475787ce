#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/err.h"

int32_t utf8_next(const char **p, const char *end)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)*p, (utf8proc_ssize_t)(end - *p), &cp);

    if (n <= 0) {
        *p += 1;
        return -1;
    }
    *p += n;
    return cp;
}

size_t utf8_put(char out[4], int32_t cp)
{
    utf8proc_ssize_t n = utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);

    return n > 0 ? (size_t)n : 0;
}

size_t utf8_cut(const char *s, size_t n)
{
    size_t back = 0;

    /* Step back over a character whose last bytes were cut off; leave other bytes alone. */
    while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xc0) == 0x80)
        back++;
    if (back < n) {
        unsigned char lead = (unsigned char)s[n - 1 - back];
        size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;

        if (want > back + 1)
            return n - 1 - back;
    }
    return n;
}

struct range {
    int32_t first, last;
};

static bool in_ranges(const struct range *r, size_t count, int32_t cp)
{
    size_t lo = 0, hi = count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (cp < r[mid].first)
            hi = mid;
        else if (cp > r[mid].last)
            lo = mid + 1;
        else
            return true;
    }
    return false;
}

#define IN(table, cp) in_ranges(table, sizeof(table) / sizeof((table)[0]), cp)

/* Unicode 15's characters. utf8proc knows them, the C library that ncurses measures with (glibc
 * 2.36, Unicode 14) does not, and what it cannot measure it draws in its own way. */
static const struct range too_new[] = {
    {0x00cf3, 0x00cf3}, {0x00ece, 0x00ece}, {0x10efd, 0x10eff}, {0x1123f, 0x11241},
    {0x11b00, 0x11b09}, {0x11f00, 0x11f10}, {0x11f12, 0x11f3a}, {0x11f3e, 0x11f59},
    {0x1342f, 0x1342f}, {0x13439, 0x13455}, {0x1b132, 0x1b132}, {0x1b155, 0x1b155},
    {0x1d2c0, 0x1d2d3}, {0x1df25, 0x1df2a}, {0x1e030, 0x1e06d}, {0x1e08f, 0x1e08f},
    {0x1e4d0, 0x1e4f9}, {0x1f6dc, 0x1f6dc}, {0x1f774, 0x1f776}, {0x1f77b, 0x1f77f},
    {0x1f7d9, 0x1f7d9}, {0x1fa75, 0x1fa77}, {0x1fa87, 0x1fa88}, {0x1faad, 0x1faaf},
    {0x1fabb, 0x1fabd}, {0x1fabf, 0x1fabf}, {0x1face, 0x1facf}, {0x1fada, 0x1fadb},
    {0x1fae8, 0x1fae8}, {0x1faf7, 0x1faf8}, {0x2b739, 0x2b739}, {0x31350, 0x323af},
};

/* What Unicode calls default-ignorable and is no format character: joiners, fillers, inherent
 * vowels and variation selectors draw nothing or change their neighbour's width. */
static const struct range invisible[] = {
    {0x034f, 0x034f}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
    {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xffa0, 0xffa0}, {0xe0100, 0xe01ef},
};

/* Where ncurses, and so the cell it moves to next, differs from utf8proc: conjoining vowels and
 * final consonants join the syllable before them, the other two tables are wide. */
static const struct range joining[] = {{0x1160, 0x11ff}, {0xd7b0, 0xd7fb}};
static const struct range wide[] = {{0x3248, 0x324f}, {0x4dc0, 0x4dff}};

bool utf8_unsafe(int32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
        return true;
    if (cp < 0x300)
        return cp == 0xad;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return IN(invisible, cp) || IN(too_new, cp);
    }
}

int utf8_clean(struct buf *out, const char *s, size_t n)
{
    const char *p = s, *end = s + n;
    int rc = 0;

    while (p < end && rc == 0) {
        const char *from = p;
        int32_t cp = utf8_next(&p, end);

        if (cp < 0)
            rc = buf_addf(out, "\\x%02x", (unsigned char)*from);
        else if (!utf8_unsafe(cp) && (from > s || utf8_width(cp) > 0))
            rc = buf_add(out, from, (size_t)(p - from));
        else if (cp < 0x80)
            rc = buf_addf(out, "\\x%02x", (unsigned)cp);
        else
            rc = buf_addf(out, "\\u%04x", (unsigned)cp);
    }
    return rc;
}

int utf8_width(int32_t cp)
{
    int w;

    if (cp < 0x300)
        return 1;
    if (IN(joining, cp))
        return 0;
    if (IN(wide, cp))
        return 2;
    w = utf8proc_charwidth(cp);
    /* A spacing mark has a cell of its own, as its name says. */
    if (w <= 0)
        return utf8proc_category(cp) == UTF8PROC_CATEGORY_MC;
    return w > 2 ? 2 : w;
}

size_t utf8_columns(const char *s, size_t n)
{
    const char *p = s, *end = s + n;
    size_t cols = 0;

    while (p < end) {
        int32_t cp = utf8_next(&p, end);

        cols += cp < 0 ? 1 : (size_t)utf8_width(cp);
    }
    return cols;
}

size_t utf8_fit(const char *s, size_t n, size_t columns, size_t *taken)
{
    const char *p = s, *end = s + n, *fits = s;
    size_t cols = 0;

    while (p < end) {
        int32_t cp = utf8_next(&p, end);
        size_t w = cp < 0 ? 1 : (size_t)utf8_width(cp);

        if (cols + w > columns)
            break;
        cols += w;
        fits = p;
    }
    *taken = cols;
    return (size_t)(fits - s);
}

/* Maps each valid run of S through utf8proc with OPTIONS and copies the rest as it is. */
static int map_runs(struct buf *out, const char *s, size_t n, utf8proc_option_t options)
{
    const char *p = s, *end = s + n;
    int rc = 0;

    while (p < end && rc == 0) {
        const char *from = p, *before = p;
        utf8proc_uint8_t *mapped = NULL;
        utf8proc_ssize_t len;

        while (p < end && utf8_next(&p, end) >= 0)
            before = p;
        if (before > from) {
            len = utf8proc_map((const utf8proc_uint8_t *)from, before - from, &mapped, options);
            rc = len < 0 ? buf_add(out, from, (size_t)(before - from))
                         : buf_add(out, mapped, (size_t)len);
            free(mapped);
        }
        if (rc == 0 && p > before)
            rc = buf_add(out, before, (size_t)(p - before));
    }
    return rc;
}

int utf8_fold(struct buf *out, const char *s, size_t n)
{
    size_t i;

    for (i = 0; i < n && (unsigned char)s[i] < 0x80; i++)
        ;
    if (i < n)
        return map_runs(out, s, n,
                        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                            UTF8PROC_STRIPMARK);
    for (i = 0; i < n; i++) {
        char c = s[i];
        int rc = buf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);

        if (rc < 0)
            return rc;
    }
    return 0;
}

int utf8_ascii(struct buf *out, const char *s, size_t n)
{
    struct buf flat;
    const char *p, *end;
    int rc;

    /* The longest compatibility form (U+FDFA) is eleven times its character. */
    buf_init(&flat, 12 * n);
    rc = map_runs(&flat, s, n,
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
    p = flat.data;
    end = flat.data + flat.len;
    while (p < end && rc == 0) {
        int32_t cp = utf8_next(&p, end);

        if (cp >= 0 && cp < 0x80)
            rc = buf_addc(out, (char)cp);
        else if (cp < 0 || utf8_width(cp) > 0)
            rc = buf_add(out, "??", cp < 0 ? 1 : (size_t)utf8_width(cp));
    }
    buf_release(&flat);
    return rc;
}
