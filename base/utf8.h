/*
 * Text from outside: decoding, cell widths, and making it harmless.
 *
 * Bytes from the API are an object's identity and are kept raw. Whatever goes to a terminal, a
 * table, a log or a CSV file goes through utf8_clean() first, so that nothing from outside can
 * drive a terminal: C0, DEL, C1, bidi controls, line/paragraph separators, zero-width and other
 * invisible formatting characters, unassigned, private and brand-new code points (which ncurses
 * cannot measure), and bytes that are not UTF-8, become visible ASCII escapes (\x1b, \u202e, \xff).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Decodes the code point at *P (before END) and moves *P past it. An invalid byte gives -1 and
 * moves one byte. Overlong forms, surrogates and values past U+10FFFF are invalid. */
int32_t utf8_next(const char **p, const char *end);
/* Encodes CP into OUT (4 bytes at most); returns the byte count. CP must be a valid code point. */
size_t utf8_put(char out[4], int32_t cp);
/* The largest prefix of S of at most N bytes that ends at a character's end. */
size_t utf8_cut(const char *s, size_t n);

/* True for a code point that must be escaped before it is shown. */
bool utf8_unsafe(int32_t cp);
/* Appends S made harmless. 0 or ERR_TOOBIG/ERR_NOMEM. A clean text is copied as it is. A combining
 * mark that S begins with is escaped too: it would change the cell before the text. */
int utf8_clean(struct buf *out, const char *s, size_t n);

/* Cells that CP takes in a terminal: 0 (combining), 1 or 2. Independent of the locale; for all that
 * utf8_unsafe() lets through it is what ncurses assumes, the C library's wcwidth(). */
int utf8_width(int32_t cp);
/* Cells of a clean text. */
size_t utf8_columns(const char *s, size_t n);
/* The longest prefix of a clean text that takes at most COLUMNS cells, combining marks included:
 * returns its bytes and, in *TAKEN, its cells (COLUMNS or, before a wide character, one less). */
size_t utf8_fit(const char *s, size_t n, size_t columns, size_t *taken);

/* Appends S folded for comparing without case and without Latin accents (Unicode case folding,
 * marks stripped); invalid bytes are kept. 0 or negative. */
int utf8_fold(struct buf *out, const char *s, size_t n);
/* Appends S, a clean text, with what has no ASCII twin replaced by '?', one a cell (accents are
 * dropped first). */
int utf8_ascii(struct buf *out, const char *s, size_t n);

#endif
