/* What went over the wire: every attempt, its answer, time and bytes. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/human.h"
#include "tui/listpane.h"

static const struct api_trail *trail_of(const void *row)
{
    return row;
}

static void get_number(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, (int64_t)trail_of(row)->number);
}

static void get_time(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_time(out, trail_of(row)->when);
}

static void show_time(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    struct civil c;

    zone_civil(ctx->zone, trail_of(row)->when, &c);
    buf_addf(out, "%02d:%02d:%02d", c.hour, c.minute, c.second);
}

static void get_method(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, trail_of(row)->method);
}

static void get_path(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, trail_of(row)->path);
}

static void show_path(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const char *path = trail_of(row)->path, *slash = strchr(path, '/');

    (void)ctx;
    buf_addstr(out, slash != NULL ? slash : path);
}

static void get_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    if (trail_of(row)->status == 0)
        value_null(out);
    else
        value_int(out, trail_of(row)->status);
}

static void get_attempt(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, trail_of(row)->attempt);
}

static void get_ms(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, trail_of(row)->ms);
}

static void get_bytes(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, (int64_t)trail_of(row)->bytes);
}

static void get_note(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, trail_of(row)->note[0] != '\0' ? trail_of(row)->note : NULL);
}

static uint64_t row_id(const void *row)
{
    return trail_of(row)->number;
}

static int row_severity(const void *row)
{
    const struct api_trail *t = row;

    return t->note[0] == '\0' ? 0 : t->status == 0 || t->status >= 500 ? 3 : 2;
}

static const struct column columns[] = {
    {.name = "number",
     .title = "NO",
     .help = "counted from the start of this run",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 3,
     .max_width = 6,
     .give = 5,
     .kind = VALUE_INT,
     .get = get_number},
    {.name = "time",
     .title = "TIME",
     .help = "when the answer was complete",
     .flags = COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_TIME,
     .get = get_time,
     .show = show_time},
    {.name = "method",
     .title = "METHOD",
     .help = "GET, or POST for the token",
     .flags = COLUMN_SEARCH,
     .min_width = 6,
     .max_width = 6,
     .give = 4,
     .get = get_method},
    {.name = "path",
     .title = "ADDRESS",
     .help = "host and path; the screen leaves out the host",
     .flags = COLUMN_SEARCH | COLUMN_KEY,
     .min_width = 30,
     .max_width = 90,
     .get = get_path,
     .show = show_path},
    {.name = "status",
     .title = "ANSWER",
     .help = "HTTP status; empty: no answer came",
     .flags = COLUMN_RIGHT | COLUMN_SEARCH,
     .min_width = 6,
     .max_width = 6,
     .kind = VALUE_INT,
     .get = get_status},
    {.name = "attempt",
     .title = "TRY",
     .help = "which attempt of the same call",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 3,
     .max_width = 3,
     .give = 3,
     .kind = VALUE_INT,
     .get = get_attempt},
    {.name = "ms",
     .title = "MS",
     .help = "milliseconds from start to end",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 4,
     .max_width = 7,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_ms},
    {.name = "bytes",
     .title = "BYTES",
     .help = "of the answer's body, unpacked",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 11,
     .give = 2,
     .kind = VALUE_INT,
     .get = get_bytes},
    {.name = "note",
     .title = "NOTE",
     .help = "why it failed",
     .flags = COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 60,
     .give = 6,
     .get = get_note},
};

static const struct row_type request_row_type = {
    .name = "requests",
    .one = "request",
    .many = "requests",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "number,time,method,path,status,attempt,ms,bytes,note",
    .id = row_id,
    .severity = row_severity,
};

static const void *at(const void *list, size_t i)
{
    const struct api *api = list;

    return api_trail_at(api, api_trail_count(api) - 1 - i);
}

static struct row_source source(struct app *a)
{
    const struct api *api = session_api(a->session);

    return (struct row_source){
        .type = &request_row_type, .list = api, .count = api_trail_count(api), .at = at};
}

static int head(struct app *a, struct rect r)
{
    char bytes[HUMAN_MAX], token[HUMAN_MAX];
    struct api_traffic t;

    api_traffic(session_api(a->session), &t);
    if (t.token_ends_ms == 0)
        snprintf(token, sizeof(token), "no token yet");
    else
        snprintf(token, sizeof(token), "token good for %lld min",
                 (long long)((t.token_ends_ms - clock_mono_ms()) / 60000));
    draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE,
                "%llu requests, %llu of them again, %s received   %s",
                (unsigned long long)t.requests, (unsigned long long)t.retries,
                human_bytes(t.bytes_in, bytes), token);
    return 2;
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &request_row_type,
        .source = source,
        .head = head,
        .sort = "",
        .empty = "Nothing has been asked yet.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_requests = {
    .name = "requests",
    .title = "Requests",
    .brief = "Net",
    .is_local = true,
    .init = open_pane,
    LISTPANE_FUNCTIONS,
};
