#include "api_client/trail.h"

#include <stdio.h>
#include <string.h>

#include "api_client/http.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/utf8.h"

void trail_add(struct trail *t, const struct transfer *x, int attempt, int64_t when,
               const struct err *err, struct log *log)
{
    struct api_trail *row = &t->rows[t->total % API_TRAIL_MAX];
    int64_t ms = clock_mono_ms() - x->started_ms;

    *row = (struct api_trail){
        .number = ++t->total,
        .when = when,
        .method = x->post ? "POST" : "GET",
        .status = x->answer.status,
        .attempt = attempt,
        .ms = ms < INT32_MAX ? (int)ms : INT32_MAX,
        .bytes = x->bytes,
    };
    memcpy(row->path, x->target.path, sizeof(row->path));
    if (err != NULL && err->code != 0) {
        const char *why = err->why[0] != '\0' ? err->why : err_word(err->code);
        size_t n = utf8_cut(why, strnlen(why, sizeof(row->note) - 1));

        memcpy(row->note, why, n);
        row->note[n] = '\0';
    }
    log_line(log, "%s %s: %d, %d ms, %llu bytes, attempt %d%s%s", row->method, row->path,
             row->status, row->ms, (unsigned long long)row->bytes, attempt,
             row->note[0] != '\0' ? ": " : "", row->note);
}

size_t trail_count(const struct trail *t)
{
    return t->total < API_TRAIL_MAX ? (size_t)t->total : API_TRAIL_MAX;
}

const struct api_trail *trail_at(const struct trail *t, size_t i)
{
    size_t count = trail_count(t);

    return i < count ? &t->rows[(t->total - count + i) % API_TRAIL_MAX] : NULL;
}
