#include "model/finding.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/buf.h"
#include "model/getters.h"
#include "model/list.h"

enum { FINDING_TEXT_MAX = 4096 };

LIST_INIT(finding_list)
LIST_SOURCE(finding_list, finding_row_type)

void finding_list_release(struct finding_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct finding_list){.arena = l->arena};
}

void finding_add(struct finding_list *l, enum severity severity, const char *about, const char *fmt,
                 ...)
{
    const char *identity[2];
    struct finding *row = NULL;
    struct buf text;
    char *kept = NULL;
    va_list ap;

    buf_init(&text, FINDING_TEXT_MAX);
    va_start(ap, fmt);
    buf_vaddf(&text, fmt, ap);
    va_end(ap);
    if (text.failed == 0)
        kept = arena_strndup(&l->arena, text.data, text.len);
    if (kept != NULL)
        row = list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), FINDINGS_MAX);
    if (row != NULL) {
        row->severity = severity;
        row->about = about != NULL ? arena_strdup(&l->arena, about) : NULL;
        row->text = kept;
        identity[0] = row->about;
        identity[1] = row->text;
        row->id = row_hash(identity, 2);
    } else {
        l->more++;
    }
    buf_release(&text);
}

GET_TEXT(finding, about)
GET_TEXT(finding, text)

static void get_severity(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, severity_name(((const struct finding *)row)->severity));
}

static const struct column columns[] = {
    {.name = "severity",
     .title = "SEVERITY",
     .help = "information or warning",
     .min_width = 11,
     .max_width = 11,
     .kind = VALUE_TEXT,
     .words = severity_words,
     .get = get_severity},
    {.name = "about",
     .title = "ABOUT",
     .help = "the product code, server or customer concerned",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 24,
     .give = 1,
     .kind = VALUE_TEXT,
     .get = get_about},
    {.name = "text",
     .title = "FINDING",
     .help = "what does not agree",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 20,
     .max_width = 200,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_text},
};

static uint64_t row_id(const void *row)
{
    return ((const struct finding *)row)->id;
}

static int row_severity(const void *row)
{
    return (int)((const struct finding *)row)->severity;
}

const struct row_type finding_row_type = {
    .name = "findings",
    .one = "finding",
    .many = "findings",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "severity,about,text",
    .id = row_id,
    .severity = row_severity,
};
