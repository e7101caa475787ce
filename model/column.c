#include "model/column.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* A text that is folded for comparing may grow, but not without end. */
enum { FOLD_MAX = 1024 * 1024 };

void value_null(struct value *v)
{
    *v = (struct value){.kind = VALUE_NULL};
}

void value_text(struct value *v, const char *text)
{
    if (text == NULL)
        value_null(v);
    else
        *v = (struct value){.kind = VALUE_TEXT, .text = text, .len = strlen(text)};
}

void value_int(struct value *v, int64_t n)
{
    *v = (struct value){.kind = VALUE_INT, .num = n};
}

void value_time(struct value *v, int64_t t)
{
    *v = (struct value){.kind = t == TIME_NONE ? VALUE_NULL : VALUE_TIME, .num = t};
}

void value_bool(struct value *v, bool b)
{
    *v = (struct value){.kind = VALUE_BOOL, .num = b};
}

void value_list_add(struct buf *scratch, const char *item)
{
    if (item == NULL || item[0] == '\0')
        return;
    if (scratch->len > 0)
        buf_addc(scratch, '\0');
    buf_addstr(scratch, item);
}

void value_list(struct value *v, const struct buf *scratch)
{
    *v = (struct value){.kind = VALUE_LIST, .text = scratch->data, .len = scratch->len};
}

const char *value_item(const struct value *v, size_t *at)
{
    const char *item;

    if (v->kind != VALUE_LIST || *at >= v->len)
        return NULL;
    item = v->text + *at;
    *at += strlen(item) + 1;
    return item;
}

bool value_is_empty(const struct value *v)
{
    return v->kind == VALUE_NULL ||
           ((v->kind == VALUE_TEXT || v->kind == VALUE_LIST) && v->len == 0);
}

static void list_join(const struct value *v, const char *between, struct buf *out)
{
    size_t at = 0;
    const char *item = value_item(v, &at);

    while (item != NULL) {
        buf_addstr(out, item);
        item = value_item(v, &at);
        if (item != NULL)
            buf_addstr(out, between);
    }
}

void value_print(const struct value *v, struct buf *out)
{
    char iso[32];

    switch (v->kind) {
    case VALUE_NULL:
        break;
    case VALUE_TEXT:
        buf_add(out, v->text, v->len);
        break;
    case VALUE_INT:
        buf_addf(out, "%" PRId64, v->num);
        break;
    case VALUE_TIME:
        buf_addstr(out, time_iso(v->num, iso));
        break;
    case VALUE_BOOL:
        buf_addstr(out, v->num != 0 ? "true" : "false");
        break;
    case VALUE_LIST:
        list_join(v, "; ", out);
        break;
    }
}

int column_find(const struct row_type *type, const char *name)
{
    for (size_t i = 0; i < type->count; i++) {
        if (strcmp(type->columns[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}

static void column_unknown(const struct row_type *type, const char *name, size_t len,
                           struct err *err)
{
    const char *names[COLUMNS_MAX], *near;
    char word[64], all[240];
    size_t count = 0, used = 0;

    for (size_t i = 0; i < type->count && count < COLUMNS_MAX; i++) {
        if ((type->columns[i].flags & COLUMN_SCREEN) == 0)
            names[count++] = type->columns[i].name;
    }
    len = utf8_cut(name, len < sizeof(word) - 1 ? len : sizeof(word) - 1);
    memcpy(word, name, len);
    word[len] = '\0';
    err_set(err, ERR_USAGE, "There is no column \"%s\" in %s", word, type->name);
    near = nearest_name(word, names, count);
    if (near != NULL) {
        err_next(err, "Did you mean \"%s\"?", near);
        return;
    }
    all[0] = '\0';
    for (size_t i = 0; i < count && used + strlen(names[i]) + 2 < sizeof(all); i++) {
        all[used] = ' ';
        memcpy(all + used + 1, names[i], strlen(names[i]) + 1);
        used += strlen(names[i]) + 1;
    }
    err_next(err, "The columns are:%s", all);
}

int column_lookup(const struct row_type *type, const char *name, size_t len, size_t *out,
                  struct err *err)
{
    for (size_t i = 0; i < type->count; i++) {
        const struct column *c = &type->columns[i];

        if ((c->flags & COLUMN_SCREEN) == 0 && strlen(c->name) == len &&
            strncasecmp(c->name, name, len) == 0) {
            *out = i;
            return 0;
        }
    }
    column_unknown(type, name, len, err);
    return ERR_USAGE;
}

size_t column_screen(const struct row_type *type, size_t *out, size_t max)
{
    const char *p = type->screen;
    size_t count = 0;

    while (p != NULL && *p != '\0' && count < max) {
        size_t len = strcspn(p, ",");

        for (size_t i = 0; i < type->count; i++) {
            if (strlen(type->columns[i].name) == len &&
                strncmp(type->columns[i].name, p, len) == 0) {
                out[count++] = i;
                break;
            }
        }
        p += len + (p[len] == ',');
    }
    return count;
}

void column_get(const struct column *c, const void *row, const struct row_ctx *ctx,
                struct value *out)
{
    if (ctx->scratch != NULL)
        buf_reset(ctx->scratch);
    c->get(row, ctx, out);
}

void column_show(const struct column *c, const void *row, const struct row_ctx *ctx,
                 struct buf *out)
{
    char human[HUMAN_MAX];
    struct value v;

    if (c->show != NULL) {
        c->show(row, ctx, out);
        return;
    }
    column_get(c, row, ctx, &v);
    if (value_is_empty(&v))
        buf_addc(out, '-');
    else if (v.kind == VALUE_INT)
        buf_addstr(out, human_count(v.num, human));
    else if (v.kind == VALUE_TIME)
        buf_addstr(out, human_when(ctx->now, v.num, ctx->zone, human));
    else if (v.kind == VALUE_BOOL)
        buf_addstr(out, v.num != 0 ? "yes" : "no");
    else if (v.kind == VALUE_LIST)
        list_join(&v, ", ", out);
    else
        buf_add(out, v.text, v.len);
}

void column_show_moment(int64_t now, int64_t then, const char *zone, struct buf *out)
{
    struct civil today, c;

    if (then == TIME_NONE) {
        buf_addstr(out, "never");
        return;
    }
    zone_civil(zone, now, &today);
    zone_civil(zone, then, &c);
    if (c.year != today.year)
        buf_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
    else if (c.month != today.month || c.day != today.day)
        buf_addf(out, "%s %d %02d:%02d", human_month(c.month), c.day, c.hour, c.minute);
    else
        buf_addf(out, "%02d:%02d", c.hour, c.minute);
}

void column_show_age(int64_t now, int64_t then, struct buf *out)
{
    char human[HUMAN_MAX];

    human_age(now, then, human);
    if (strcmp(human, "now") == 0)
        buf_addstr(out, "just now");
    else
        buf_addf(out, "%s%s", human, then == TIME_NONE ? "" : " ago");
}

void column_show_days(int32_t days, int64_t expires, struct buf *out)
{
    char text[HUMAN_MAX];

    if (days != INT32_MIN)
        buf_addstr(out, human_days(days, text));
    else if (expires != TIME_NONE)
        buf_add(out, time_iso(expires, text), strlen("2026-10-01"));
    else
        buf_addc(out, '-');
}

static int bytes_compare(const char *a, size_t na, const char *b, size_t nb)
{
    size_t n = na < nb ? na : nb;
    int c = n > 0 ? memcmp(a, b, n) : 0;

    return c != 0 ? c : na < nb ? -1 : na > nb;
}

static int text_compare(const struct value *a, const struct value *b)
{
    struct buf fa, fb;
    int c;

    buf_init(&fa, FOLD_MAX);
    buf_init(&fb, FOLD_MAX);
    utf8_fold(&fa, a->text, a->len);
    utf8_fold(&fb, b->text, b->len);
    c = bytes_compare(fa.data, fa.len, fb.data, fb.len);
    buf_release(&fa);
    buf_release(&fb);
    return c != 0 ? c : bytes_compare(a->text, a->len, b->text, b->len);
}

int value_compare(const struct value *a, const struct value *b)
{
    bool none_a = value_is_empty(a), none_b = value_is_empty(b);

    if (none_a || none_b)
        return (int)none_a - (int)none_b;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == VALUE_TEXT || a->kind == VALUE_LIST)
        return text_compare(a, b);
    return a->num < b->num ? -1 : a->num > b->num;
}

uint64_t row_hash(const char *const *parts, size_t count)
{
    const uint64_t prime = 1099511628211U;
    uint64_t h = 14695981039346656037U;

    for (size_t i = 0; i < count; i++) {
        const char *p = parts[i];

        h = (h ^ (p != NULL)) * prime;
        for (; p != NULL && *p != '\0'; p++)
            h = (h ^ (unsigned char)*p) * prime;
        if (p != NULL)
            h *= prime;
    }
    return h;
}
