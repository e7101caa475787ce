/*
 * A growing byte buffer with a ceiling.
 *
 * Invariants: `data` is never NULL and always NUL-terminated at `len` (the NUL is not counted);
 * `len` never passes `max`. An addition that would pass it adds nothing and returns ERR_TOOBIG.
 * After a failure `failed` stays set until buf_reset(), so a long run of additions may be checked
 * once at its end. Additions cost amortised O(bytes); buf_consume() moves the rest to the front.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t len;
    size_t cap; /* bytes allocated, 0 while `data` is the shared empty string */
    size_t max;
    int failed; /* 0, ERR_TOOBIG, ERR_NOMEM, or ERR_BUG for a broken format */
};

/* MAX: the ceiling in bytes. Allocates nothing yet. */
void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* Overwrites what the buffer holds or held before it frees it. For secrets: init such a buffer,
 * then buf_reserve() its full size, so that growing leaves no copy behind. */
void buf_wipe(struct buf *b);
int buf_reserve(struct buf *b, size_t len);
void buf_reset(struct buf *b); /* length 0, failure forgotten, memory kept */

int buf_add(struct buf *b, const void *data, size_t len);
int buf_addstr(struct buf *b, const char *s);
int buf_addc(struct buf *b, char c);
int buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int buf_vaddf(struct buf *b, const char *fmt, va_list ap);
/* Drops the first N bytes (all, when N is larger). */
void buf_consume(struct buf *b, size_t n);

#endif
