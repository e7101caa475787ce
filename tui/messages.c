#include "tui/messages.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"

int messages_init(struct messages *m)
{
    *m = (struct messages){0};
    m->ring = calloc(MESSAGES_MAX, sizeof(*m->ring));
    return m->ring != NULL ? 0 : ERR_NOMEM;
}

void messages_release(struct messages *m)
{
    free(m->ring);
    *m = (struct messages){0};
}

void messages_add(struct messages *m, int64_t now, enum role role, const char *text)
{
    struct message *msg;
    int n;

    if (m->count == MESSAGES_MAX) {
        m->start = (m->start + 1) % MESSAGES_MAX;
        m->count--;
    }
    msg = &m->ring[(m->start + m->count) % MESSAGES_MAX];
    m->count++;
    msg->number = ++m->total;
    msg->when = now;
    msg->role = role;
    n = snprintf(msg->text, sizeof(msg->text), "%s", text);
    if (n >= (int)sizeof(msg->text))
        msg->text[utf8_cut(msg->text, sizeof(msg->text) - 1)] = '\0';
    m->shown = true;
}

const struct message *messages_at(const struct messages *m, size_t i)
{
    if (i >= m->count)
        return NULL;
    return &m->ring[(m->start + m->count - 1 - i) % MESSAGES_MAX];
}

static const void *source_at(const void *list, size_t i)
{
    return messages_at(list, i);
}

struct row_source messages_source(const struct messages *m)
{
    return (struct row_source){
        .type = &message_row_type, .list = m, .count = m->count, .at = source_at};
}

static const char *kind_of(const struct message *m)
{
    switch (m->role) {
    case ROLE_ERROR:
        return "error";
    case ROLE_WARNING:
        return "warning";
    default:
        return "message";
    }
}

static void get_time(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_time(out, ((const struct message *)row)->when);
}

static void show_time(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    struct civil c;

    zone_civil(ctx->zone, ((const struct message *)row)->when, &c);
    buf_addf(out, "%02d:%02d:%02d", c.hour, c.minute, c.second);
}

static void get_kind(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, kind_of(row));
}

static void get_text(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, ((const struct message *)row)->text);
}

static uint64_t row_id(const void *row)
{
    return ((const struct message *)row)->number;
}

static int row_severity(const void *row)
{
    const struct message *m = row;

    return m->role == ROLE_ERROR ? 3 : m->role == ROLE_WARNING ? 2 : 0;
}

static const struct column columns[] = {
    {.name = "time",
     .title = "TIME",
     .help = "when it was said",
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_TIME,
     .get = get_time,
     .show = show_time},
    {.name = "kind",
     .title = "KIND",
     .help = "message, warning or error",
     .flags = COLUMN_SEARCH,
     .min_width = 7,
     .max_width = 7,
     .give = 1,
     .get = get_kind},
    {.name = "text",
     .title = "MESSAGE",
     .help = "what was said",
     .flags = COLUMN_SEARCH | COLUMN_KEY,
     .min_width = 20,
     .max_width = 240,
     .get = get_text},
};

const struct row_type message_row_type = {
    .name = "messages",
    .one = "message",
    .many = "messages",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "time,kind,text",
    .id = row_id,
    .severity = row_severity,
};
