#include "model/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/marks.h"
#include "model/query.h"

/* What sorting one list by text may take for a while. */
enum { KEY_BYTES_MAX = 512 * 1024 * 1024, KEY_MAX = 1024 * 1024 };

/* What a row is ordered by, made once a row. */
struct sort_key {
    uint32_t row;
    bool empty;
    const void *item;
    struct value value; /* text: the arena's copy, folded */
    const char *raw;    /* text: as it is, for equal folded ones */
    size_t raw_len;
};

struct sorter {
    const struct column *column;
    bool desc;
    struct arena arena;
    struct buf fold;
};

void view_init(struct view *v)
{
    *v = (struct view){.sort_column = -1};
}

void view_release(struct view *v)
{
    free(v->rows);
    free(v->ids);
    view_init(v);
}

static const void *source_row(const struct row_source *s, size_t i)
{
    return s->at(s->list, i);
}

uint64_t view_source_id(const struct view *v, size_t i)
{
    const struct row_source *s = &v->source;

    return s->type->id != NULL ? s->type->id(source_row(s, i)) : i;
}

static int bytes_compare(const char *a, size_t na, const char *b, size_t nb)
{
    int c = memcmp(a, b, na < nb ? na : nb);

    return c != 0 ? c : na < nb ? -1 : na > nb;
}

static int key_compare_values(const struct sort_key *a, const struct sort_key *b)
{
    bool text = a->value.kind == VALUE_TEXT || a->value.kind == VALUE_LIST;
    int c;

    if (a->value.kind != b->value.kind)
        return a->value.kind < b->value.kind ? -1 : 1;
    if (!text)
        return a->value.num < b->value.num ? -1 : a->value.num > b->value.num;
    c = bytes_compare(a->value.text, a->value.len, b->value.text, b->value.len);
    return c != 0 ? c : bytes_compare(a->raw, a->raw_len, b->raw, b->raw_len);
}

static int key_compare(const void *pa, const void *pb, void *arg)
{
    const struct sort_key *a = pa, *b = pb;
    const struct sorter *s = arg;
    int c = 0;

    if (a->empty != b->empty)
        return a->empty ? 1 : -1;
    if (s->column->compare != NULL)
        c = s->column->compare(a->item, b->item);
    else if (!a->empty)
        c = key_compare_values(a, b);
    if (c != 0)
        return (c < 0) != s->desc ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Folds the key's text into the arena, and keeps a copy of it as it is where that differs. */
static int key_text(struct sorter *s, struct sort_key *key)
{
    const char *text = key->value.text;
    size_t len = key->value.len;

    buf_reset(&s->fold);
    if (utf8_fold(&s->fold, text, len) == ERR_NOMEM)
        return ERR_NOMEM;
    key->value.text = arena_strndup(&s->arena, s->fold.data, s->fold.len);
    key->value.len = s->fold.len;
    key->raw = key->value.text;
    key->raw_len = len;
    if (len != s->fold.len || memcmp(text, s->fold.data, len) != 0)
        key->raw = arena_strndup(&s->arena, text, len);
    return key->value.text != NULL && key->raw != NULL ? 0 : ERR_NOMEM;
}

static int sort_rows(const struct view *v, uint32_t *rows, size_t count, const struct row_ctx *ctx)
{
    struct sorter s = {.column = &v->source.type->columns[v->sort_column], .desc = v->sort_desc};
    struct sort_key *keys = calloc(count, sizeof(*keys));
    int rc = keys != NULL ? 0 : ERR_NOMEM;

    arena_init(&s.arena, KEY_BYTES_MAX);
    buf_init(&s.fold, KEY_MAX);
    for (size_t i = 0; i < count && rc == 0; i++) {
        struct sort_key *k = &keys[i];

        k->row = rows[i];
        k->item = source_row(&v->source, rows[i]);
        if (s.column->compare != NULL)
            continue;
        column_get(s.column, k->item, ctx, &k->value);
        k->empty = value_is_empty(&k->value);
        if (!k->empty && (k->value.kind == VALUE_TEXT || k->value.kind == VALUE_LIST))
            rc = key_text(&s, k);
    }
    if (rc == 0)
        qsort_r(keys, count, sizeof(*keys), key_compare, &s);
    for (size_t i = 0; i < count && rc == 0; i++)
        rows[i] = keys[i].row;
    buf_release(&s.fold);
    arena_release(&s.arena);
    free(keys);
    return rc;
}

struct place {
    uint64_t id;
    size_t pos;
};

static int place_compare(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a->pos < b->pos ? -1 : a->pos > b->pos;
}

static bool place_find(const struct place *places, size_t count, uint64_t id, size_t *pos)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (places[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || places[low].id != id)
        return false;
    *pos = places[low].pos;
    return true;
}

/* Where the cursor goes when its item is gone: walks the rows shown before, first down and then up,
 * to the first that is still there. */
static int find_neighbour(const struct view *old, const uint64_t *ids, size_t count, size_t *pos)
{
    struct place *places = calloc(count, sizeof(*places));
    bool found = false;

    if (places == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){ids[i], i};
    qsort(places, count, sizeof(*places), place_compare);
    for (size_t i = old->cursor; i < old->count && !found; i++)
        found = place_find(places, count, old->ids[i], pos);
    for (size_t i = old->cursor; i > 0 && !found; i--)
        found = i <= old->count && place_find(places, count, old->ids[i - 1], pos);
    if (!found)
        *pos = old->cursor < count ? old->cursor : count - 1;
    free(places);
    return 0;
}

static int find_cursor(const struct view *old, const uint64_t *ids, size_t count, size_t *pos)
{
    *pos = 0;
    if (count == 0 || !old->has_cursor_id)
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == old->cursor_id) {
            *pos = i;
            return 0;
        }
    }
    return find_neighbour(old, ids, count, pos);
}

static size_t filter_rows(const struct view *v, const struct row_ctx *ctx, size_t limit,
                          uint32_t *rows)
{
    size_t count = 0;

    for (size_t i = 0; i < limit; i++) {
        if (v->only != NULL && !marks_has(v->only, view_source_id(v, i)))
            continue;
        if (query_is_all(v->query) || query_matches(v->query, source_row(&v->source, i), ctx))
            rows[count++] = (uint32_t)i;
    }
    return count;
}

int view_rebuild(struct view *v, const struct row_ctx *ctx)
{
    size_t limit = v->source.count < UINT32_MAX ? v->source.count : UINT32_MAX;
    uint32_t *rows = calloc(limit + 1, sizeof(*rows));
    uint64_t *ids = calloc(limit + 1, sizeof(*ids));
    size_t count, cursor = 0;
    int rc = ERR_NOMEM;

    if (rows == NULL || ids == NULL)
        goto out;
    count = filter_rows(v, ctx, limit, rows);
    rc = count > 1 && v->sort_column >= 0 ? sort_rows(v, rows, count, ctx) : 0;
    if (rc < 0)
        goto out;
    for (size_t i = 0; i < count; i++)
        ids[i] = view_source_id(v, rows[i]);
    rc = find_cursor(v, ids, count, &cursor);
    if (rc < 0)
        goto out;
    free(v->rows);
    free(v->ids);
    v->rows = rows;
    v->ids = ids;
    v->count = count;
    v->cap = limit + 1;
    if (count > 0)
        view_move(v, cursor);
    else
        v->cursor = 0;
    return 0;
out:
    free(rows);
    free(ids);
    return rc;
}

const void *view_row(const struct view *v, size_t pos)
{
    if (pos >= v->count || v->rows[pos] >= v->source.count)
        return NULL;
    return source_row(&v->source, v->rows[pos]);
}

const void *view_current(const struct view *v)
{
    return view_row(v, v->cursor);
}

void view_move(struct view *v, size_t pos)
{
    if (v->count == 0)
        return;
    v->cursor = pos < v->count ? pos : v->count - 1;
    v->cursor_id = v->ids[v->cursor];
    v->has_cursor_id = true;
}

bool view_seek_severity(struct view *v, int step, int level)
{
    size_t pos = v->cursor;

    if (v->source.type == NULL || v->source.type->severity == NULL)
        return false;
    for (size_t i = 0; i < v->count; i++) {
        const void *row;

        if (step >= 0)
            pos = pos + 1 < v->count ? pos + 1 : 0;
        else
            pos = pos > 0 ? pos - 1 : v->count - 1;
        row = view_row(v, pos);
        if (row != NULL && v->source.type->severity(row) >= level) {
            view_move(v, pos);
            return true;
        }
    }
    return false;
}

size_t view_count_severity(const struct row_source *source, int level)
{
    size_t count = 0;

    if (source->type == NULL || source->type->severity == NULL)
        return 0;
    for (size_t i = 0; i < source->count; i++)
        count += source->type->severity(source_row(source, i)) >= level;
    return count;
}

int sort_parse(const char *text, const struct row_type *type, int *column, bool *desc,
               struct err *err)
{
    bool down = text != NULL && text[0] == '-';
    size_t index = 0;
    int rc;

    if (text == NULL || text[0] == '\0') {
        *column = -1;
        *desc = false;
        return 0;
    }
    text += down;
    rc = column_lookup(type, text, strlen(text), &index, err);
    if (rc < 0)
        return rc;
    *column = (int)index;
    *desc = down;
    return 0;
}
