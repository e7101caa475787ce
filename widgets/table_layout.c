#include "widgets/table_layout.h"

#include <string.h>

#include "base/utf8.h"

/* The right edge of the heading, where a mark says that columns are left out. */
enum { MARK_CELLS = 2 };

struct slot {
    size_t column;
    int w, min;
    int give; /* -1 for a key */
    bool key;
};

static int clamp(int n, int low, int high)
{
    return n < low ? low : n > high ? high : n;
}

static struct slot slot_of(const struct table *t, size_t i)
{
    const struct column *c = &t->view.source.type->columns[t->columns[i]];
    int title = (int)utf8_columns(c->title, strlen(c->title));
    int min = c->min_width > 0 ? c->min_width : 1;
    int max = c->max_width > 0 ? c->max_width : 255;
    int want = t->content[i] > title ? t->content[i] : title;

    return (struct slot){
        .column = t->columns[i],
        .w = clamp(want, min, max > min ? max : min),
        .min = min,
        .give = c->give,
        .key = (c->flags & COLUMN_KEY) != 0,
    };
}

static bool has_key(const struct table *t)
{
    for (size_t i = 0; i < t->column_count; i++)
        if ((t->view.source.type->columns[t->columns[i]].flags & COLUMN_KEY) != 0)
            return true;
    return false;
}

/* The columns that are not scrolled away. */
static size_t collect(const struct table *t, struct slot *slots)
{
    bool keyed = has_key(t);
    size_t count = 0, passed = 0;

    for (size_t i = 0; i < t->column_count; i++) {
        struct slot s = slot_of(t, i);

        s.key = keyed ? s.key : i == 0;
        if (s.key)
            s.give = -1;
        if (s.key || passed++ >= t->scroll)
            slots[count++] = s;
    }
    return count;
}

static int total(const struct slot *slots, size_t count, bool least)
{
    int sum = count > 0 ? ((int)count - 1) * TABLE_GAP : 0;

    for (size_t i = 0; i < count; i++)
        sum += least ? slots[i].min : slots[i].w;
    return sum;
}

/* Who goes when the smallest widths do not fit: the one that gives most readily, or, while the user
 * scrolls sideways, the rightmost; keys last, the first key never. */
static size_t victim(const struct slot *slots, size_t count, bool scrolling)
{
    size_t who = count - 1;

    for (size_t i = count; i-- > 0;) {
        bool better = scrolling ? slots[who].key && !slots[i].key : slots[i].give > slots[who].give;

        if (better)
            who = i;
    }
    return who;
}

/* Takes cells from the columns that give most readily first. */
static void shrink(struct slot *slots, size_t count, int excess)
{
    while (excess > 0) {
        size_t who = count;
        int cells;

        for (size_t i = count; i-- > 0;)
            if (slots[i].w > slots[i].min && (who == count || slots[i].give > slots[who].give))
                who = i;
        if (who == count)
            return;
        cells = slots[who].w - slots[who].min;
        cells = cells < excess ? cells : excess;
        slots[who].w -= cells;
        excess -= cells;
    }
}

static void set_gutter(const struct table *t, int width, struct layout *out)
{
    bool severity = t->view.source.type->severity != NULL;
    int glyphs = severity ? 2 : 1;

    out->severity = severity && width > glyphs;
    out->gutter = width >= 3 * glyphs + 2 ? glyphs + 1 : width > glyphs ? glyphs : width > 1;
}

void table_layout(const struct table *t, int width, struct layout *out)
{
    struct slot slots[COLUMNS_MAX];
    size_t count = collect(t, slots);
    int x, room;

    memset(out, 0, sizeof(*out));
    set_gutter(t, width, out);
    x = out->gutter;
    room = width - x;
    while (count > 1 && total(slots, count, true) > room) {
        size_t who = victim(slots, count, t->scroll > 0);

        memmove(&slots[who], &slots[who + 1], (count - who - 1) * sizeof(*slots));
        count--;
        if (!out->left_out && room > 4 * MARK_CELLS)
            room -= MARK_CELLS;
        out->left_out = true;
    }
    shrink(slots, count, total(slots, count, false) - room);
    for (size_t i = 0; i < count && x < width; i++) {
        int w = slots[i].w < width - x ? slots[i].w : width - x;

        out->cells[out->count++] = (struct placed){slots[i].column, x, w, slots[i].key};
        x += w + TABLE_GAP;
    }
}
