#include "model/listing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "model/export.h"
#include "model/json.h"
#include "model/term.h"

enum { FILE_PART_MAX = 64 };

const char *const list_format_names[FORMAT_COUNT] = {
#define FORMAT_NAME(upper, name) [FORMAT_##upper] = name,
    FORMAT_LIST(FORMAT_NAME)
#undef FORMAT_NAME
};

enum list_format list_format_find(const char *name)
{
    int f = 0;

    while (f < FORMAT_COUNT && strcmp(name, list_format_names[f]) != 0)
        f++;
    return (enum list_format)f;
}

void list_about_gap(struct list_about *about, const char *fmt, ...)
{
    va_list ap;

    if (about->gap_count >= LIST_GAPS_MAX)
        return;
    va_start(ap, fmt);
    vsnprintf(about->gaps[about->gap_count++], LIST_GAP_SIZE, fmt, ap);
    va_end(ap);
}

void list_about_unreadable(struct list_about *about)
{
    if (about->unreadable > 0)
        list_about_gap(about, "%zu %s could not be read", about->unreadable,
                       about->unreadable == 1 ? "row" : "rows");
}

static void write_json(struct buf *out, const struct view *v, const size_t *cols, size_t count,
                       const struct row_ctx *ctx, const struct list_about *a)
{
    char term[TERM_TEXT];

    buf_addf(out, "{\"schema\":%d,\"resource\":", LIST_SCHEMA);
    json_put_text(out, a->resource);
    buf_addstr(out, ",\"account\":");
    json_put_text(out, a->account);
    buf_addstr(out, ",\"term\":");
    json_put_text(out, a->term != TERM_NONE ? term_text(a->term, term) : NULL);
    buf_addstr(out, ",\"as_of\":");
    json_put_time(out, a->as_of);
    buf_addf(out, ",\"from_snapshot\":%s,\"complete\":%s,\"incomplete\":[",
             a->from_snapshot ? "true" : "false", a->gap_count == 0 ? "true" : "false");
    for (size_t i = 0; i < a->gap_count; i++) {
        buf_addstr(out, i > 0 ? "," : "");
        json_put_text(out, a->gaps[i]);
    }
    buf_addf(out, "],\"unreadable\":%zu,\"count\":%zu,\"total\":%zu,\"rows\":[", a->unreadable,
             v->count, v->source.count);
    for (size_t i = 0; i < v->count; i++) {
        buf_addstr(out, i > 0 ? ",\n" : "\n");
        json_put_row(out, v->source.type, cols, count, view_row(v, i), ctx);
    }
    buf_addstr(out, v->count > 0 ? "\n]}\n" : "]}\n");
}

int list_write(struct buf *out, enum list_format format, const struct view *v, const size_t *cols,
               size_t count, const struct row_ctx *ctx, const struct list_about *about)
{
    int rc = 0;

    switch (format) {
    case FORMAT_TABLE:
        rc = export_table(out, v, cols, count, ctx);
        break;
    case FORMAT_CSV:
    case FORMAT_TSV:
        rc = export_csv(out, v, cols, count, format == FORMAT_CSV ? ',' : '\t', ctx);
        break;
    case FORMAT_JSON:
        write_json(out, v, cols, count, ctx, about);
        break;
    case FORMAT_JSONL:
        for (size_t i = 0; i < v->count && out->failed == 0; i++) {
            json_put_row(out, v->source.type, cols, count, view_row(v, i), ctx);
            buf_addc(out, '\n');
        }
        break;
    case FORMAT_COUNT:
        break;
    }
    return rc < 0 ? rc : out->failed;
}

static bool is_safe(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (!first && (c == '.' || c == '-'));
}

const char *list_file_name(const char *account, const char *list, const char *when,
                           enum list_format format, char out[LIST_FILE_NAME])
{
    const char *const parts[] = {account, list, when};
    size_t n = 0;

    for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
        if (p > 0)
            out[n++] = '_';
        for (size_t i = 0; parts[p][i] != '\0' && i < FILE_PART_MAX; i++)
            out[n++] = is_safe(parts[p][i], i == 0) ? parts[p][i] : '_';
    }
    snprintf(out + n, LIST_FILE_NAME - n, ".%s", list_format_names[format]);
    return out;
}

enum list_format list_file_format(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    int f = 0;

    if (dot == NULL || dot == name)
        return FORMAT_COUNT;
    while (f < FORMAT_COUNT && strcasecmp(dot + 1, list_format_names[f]) != 0)
        f++;
    return (enum list_format)f;
}
