#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static const struct {
    int exit_status;
    const char *word;
} codes[ERR_COUNT] = {
#define ERR_ROW(name, status, word) [ERR_INDEX_##name] = {status, word},
    ERR_LIST(ERR_ROW)
#undef ERR_ROW
};

static void put(char *out, size_t size, const char *fmt, va_list ap)
{
    int n = vsnprintf(out, size, fmt, ap);

    if (n < 0)
        out[0] = '\0';
    else if ((size_t)n >= size)
        out[utf8_cut(out, size - 1)] = '\0';
}

int err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    va_list ap;

    if (e == NULL)
        return code;
    err_clear(e);
    e->code = code;
    va_start(ap, fmt);
    put(e->what, sizeof(e->what), fmt, ap);
    va_end(ap);
    return code;
}

void err_why(struct err *e, const char *fmt, ...)
{
    va_list ap;

    if (e == NULL)
        return;
    va_start(ap, fmt);
    put(e->why, sizeof(e->why), fmt, ap);
    va_end(ap);
}

void err_next(struct err *e, const char *fmt, ...)
{
    va_list ap;

    if (e == NULL)
        return;
    va_start(ap, fmt);
    put(e->next, sizeof(e->next), fmt, ap);
    va_end(ap);
}

void err_clear(struct err *e)
{
    if (e != NULL)
        memset(e, 0, sizeof(*e));
}

static const char *stop_after(const char *text)
{
    size_t n = strlen(text);

    return n > 0 && strchr(".!?", text[n - 1]) != NULL ? "" : ".";
}

const char *err_sentence(const struct err *e, char *out, size_t size)
{
    struct buf raw, clean;
    const char *sep = "";

    buf_init(&raw, 4096);
    buf_init(&clean, 8192);
    buf_addstr(&raw, e->what[0] != '\0' ? e->what : err_word(e->code));
    if (e->why[0] != '\0')
        buf_addf(&raw, ": %s", e->why);
    buf_addstr(&raw, stop_after(raw.data));
    if (e->next[0] != '\0')
        buf_addf(&raw, " %s%s", e->next, stop_after(e->next));
    if (e->status > 0 || e->txid[0] != '\0') {
        buf_addstr(&raw, " (");
        if (e->status > 0) {
            buf_addf(&raw, "HTTP %d", e->status);
            sep = ", ";
        }
        if (e->txid[0] != '\0')
            buf_addf(&raw, "%stransaction %s", sep, e->txid);
        buf_addstr(&raw, ")");
    }
    utf8_clean(&clean, raw.data, raw.len);
    if (size > 0) {
        size_t n = clean.len < size ? clean.len : utf8_cut(clean.data, size - 1);

        memcpy(out, clean.data, n);
        out[n] = '\0';
    }
    buf_release(&raw);
    buf_release(&clean);
    return out;
}

const char *err_word(enum err_code code)
{
    int i = -1 - (int)code;

    return i >= 0 && i < ERR_COUNT ? codes[i].word : "ok";
}

int err_exit_status(enum err_code code)
{
    int i = -1 - (int)code;

    return i >= 0 && i < ERR_COUNT ? codes[i].exit_status : 0;
}
