#include "model/json.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/column.h"

static void escape(struct buf *out, int32_t cp)
{
    if (cp >= 0x10000) {
        cp -= 0x10000;
        buf_addf(out, "\\u%04x\\u%04x", 0xd800u | ((unsigned)cp >> 10),
                 0xdc00u | ((unsigned)cp & 0x3ff));
    } else {
        buf_addf(out, "\\u%04x", (unsigned)cp);
    }
}

void json_put_string(struct buf *out, const char *s, size_t n)
{
    const char *p = s, *end = s + n;

    buf_addc(out, '"');
    while (p < end) {
        const char *start = p;
        int32_t cp = utf8_next(&p, end);

        if (cp < 0)
            escape(out, 0xfffd);
        else if (cp == '"' || cp == '\\')
            buf_addf(out, "\\%c", (char)cp);
        else if (cp == '\n')
            buf_addstr(out, "\\n");
        else if (cp == '\t')
            buf_addstr(out, "\\t");
        else if (cp < 0x20 || utf8_unsafe(cp))
            escape(out, cp);
        else
            buf_add(out, start, (size_t)(p - start));
    }
    buf_addc(out, '"');
}

void json_put_text(struct buf *out, const char *s)
{
    if (s == NULL)
        buf_addstr(out, "null");
    else
        json_put_string(out, s, strlen(s));
}

void json_put_time(struct buf *out, int64_t t)
{
    char text[32];

    time_iso(t, text);
    json_put_text(out, text[0] != '\0' ? text : NULL);
}

static void json_put_list(struct buf *out, const struct value *v)
{
    size_t at = 0;
    const char *item, *sep = "";

    buf_addc(out, '[');
    while ((item = value_item(v, &at)) != NULL) {
        buf_addstr(out, sep);
        json_put_text(out, item);
        sep = ",";
    }
    buf_addc(out, ']');
}

void json_put_value(struct buf *out, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        buf_addstr(out, "null");
        break;
    case VALUE_TEXT:
        json_put_string(out, v->text, v->len);
        break;
    case VALUE_INT:
        buf_addf(out, "%" PRId64, v->num);
        break;
    case VALUE_TIME:
        json_put_time(out, v->num);
        break;
    case VALUE_BOOL:
        buf_addstr(out, v->num ? "true" : "false");
        break;
    case VALUE_LIST:
        json_put_list(out, v);
        break;
    }
}

void json_put_row(struct buf *out, const struct row_type *type, const size_t *cols, size_t count,
                  const void *row, const struct row_ctx *ctx)
{
    buf_addc(out, '{');
    for (size_t i = 0; i < count; i++) {
        const struct column *c = &type->columns[cols[i]];
        struct value v;

        column_get(c, row, ctx, &v);
        if (i > 0)
            buf_addc(out, ',');
        json_put_text(out, c->name);
        buf_addc(out, ':');
        json_put_value(out, &v);
    }
    buf_addc(out, '}');
}

void json_put_error(struct buf *out, const struct err *e)
{
    char sentence[1024];

    buf_addstr(out, "{\"code\":");
    json_put_text(out, err_word(e->code));
    buf_addf(out, ",\"status\":%d,\"text\":", e->status);
    json_put_text(out, err_sentence(e, sentence, sizeof(sentence)));
    buf_addstr(out, ",\"transaction\":");
    json_put_text(out, e->txid[0] != '\0' ? e->txid : NULL);
    buf_addc(out, '}');
}
