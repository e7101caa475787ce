#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* Shared by every empty buffer; never written, since cap is 0 then. */
static const char empty[1] = "";

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.data = (char *)(uintptr_t)empty, .max = max};
}

void buf_release(struct buf *b)
{
    size_t max = b->max;

    if (b->cap > 0)
        free(b->data);
    buf_init(b, max);
}

void buf_wipe(struct buf *b)
{
    if (b->cap > 0)
        explicit_bzero(b->data, b->cap);
    buf_release(b);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = 0;
    if (b->cap > 0)
        b->data[0] = '\0';
}

int buf_reserve(struct buf *b, size_t len)
{
    size_t cap = b->cap > 0 ? b->cap : 64;
    char *data;

    if (b->failed != 0)
        return b->failed;
    if (len > b->max || len > SIZE_MAX / 2 - 1)
        return b->failed = ERR_TOOBIG;
    if (len < b->cap)
        return 0;
    while (cap <= len)
        cap *= 2;
    data = realloc(b->cap > 0 ? b->data : NULL, cap);
    if (data == NULL)
        return b->failed = ERR_NOMEM;
    b->data = data;
    b->cap = cap;
    b->data[b->len] = '\0';
    return 0;
}

int buf_add(struct buf *b, const void *data, size_t len)
{
    int rc;

    if (len > b->max - b->len)
        return b->failed != 0 ? b->failed : (b->failed = ERR_TOOBIG);
    rc = buf_reserve(b, b->len + len);
    if (rc < 0)
        return rc;
    if (len > 0)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
    return 0;
}

int buf_addstr(struct buf *b, const char *s)
{
    return buf_add(b, s, strlen(s));
}

int buf_addc(struct buf *b, char c)
{
    return buf_add(b, &c, 1);
}

int buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    int n, rc;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        return b->failed = ERR_BUG;
    if ((size_t)n > b->max - b->len)
        return b->failed != 0 ? b->failed : (b->failed = ERR_TOOBIG);
    rc = buf_reserve(b, b->len + (size_t)n);
    if (rc < 0)
        return rc;
    vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
    b->len += (size_t)n;
    return 0;
}

int buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int rc;

    va_start(ap, fmt);
    rc = buf_vaddf(b, fmt, ap);
    va_end(ap);
    return rc;
}

void buf_consume(struct buf *b, size_t n)
{
    if (b->cap == 0 || n == 0)
        return;
    if (n > b->len)
        n = b->len;
    memmove(b->data, b->data + n, b->len - n + 1);
    b->len -= n;
}
