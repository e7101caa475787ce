#include "model/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/view.h"

enum { CAP_MIN = 16 };

void marks_init(struct marks *m)
{
    *m = (struct marks){0};
}

static void set_release(struct mark_set *s)
{
    free(s->slots);
    *s = (struct mark_set){0};
}

void marks_release(struct marks *m)
{
    set_release(&m->now);
    set_release(&m->cleared);
}

/* Ids may be plain numbers: their bits are spread (the finisher of splitmix64). */
static size_t home(uint64_t id, size_t cap)
{
    id = (id ^ (id >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    id = (id ^ (id >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(id ^ (id >> 31)) & (cap - 1);
}

/* The slot that holds ID, or the free one where it belongs. There is always a free one. */
static size_t find(const struct mark_set *s, uint64_t id)
{
    size_t at = home(id, s->cap);

    while (s->slots[at] != 0 && s->slots[at] != id)
        at = (at + 1) & (s->cap - 1);
    return at;
}

static bool has(const struct mark_set *s, uint64_t id)
{
    if (id == 0)
        return s->has_zero;
    return s->cap > 0 && s->slots[find(s, id)] == id;
}

/* Room for COUNT ids, half of the slots at least staying free. */
static int reserve(struct mark_set *s, size_t count)
{
    struct mark_set grown = {.cap = CAP_MIN, .count = s->count, .has_zero = s->has_zero};

    if (count > MARKS_MAX)
        return ERR_TOOBIG;
    while (grown.cap < 2 * count)
        grown.cap *= 2;
    if (grown.cap <= s->cap)
        return 0;
    grown.slots = calloc(grown.cap, sizeof(*grown.slots));
    if (grown.slots == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < s->cap; i++)
        if (s->slots[i] != 0)
            grown.slots[find(&grown, s->slots[i])] = s->slots[i];
    free(s->slots);
    *s = grown;
    return 0;
}

/* There is room for it. */
static void add(struct mark_set *s, uint64_t id)
{
    if (has(s, id))
        return;
    if (id == 0)
        s->has_zero = true;
    else
        s->slots[find(s, id)] = id;
    s->count++;
}

/* Moves later ids of the same run up into the hole, so that they are still found. */
static void take_out(struct mark_set *s, uint64_t id)
{
    size_t mask = s->cap - 1, hole, at;

    if (!has(s, id))
        return;
    s->count--;
    if (id == 0) {
        s->has_zero = false;
        return;
    }
    hole = find(s, id);
    for (at = (hole + 1) & mask; s->slots[at] != 0; at = (at + 1) & mask) {
        size_t want = home(s->slots[at], s->cap);

        if (((at - want) & mask) < ((at - hole) & mask))
            continue;
        s->slots[hole] = s->slots[at];
        hole = at;
    }
    s->slots[hole] = 0;
}

bool marks_has(const struct marks *m, uint64_t id)
{
    return has(&m->now, id);
}

size_t marks_count(const struct marks *m)
{
    return m->now.count;
}

int marks_set(struct marks *m, uint64_t id, bool marked)
{
    int rc = 0;

    if (!marked)
        take_out(&m->now, id);
    else if ((rc = reserve(&m->now, m->now.count + !has(&m->now, id))) == 0)
        add(&m->now, id);
    return rc;
}

static size_t shown_marked(const struct marks *m, const struct view *v)
{
    size_t n = 0;

    for (size_t i = 0; i < v->count && m->now.count > 0; i++)
        n += has(&m->now, v->ids[i]);
    return n;
}

int marks_add_shown(struct marks *m, const struct view *v)
{
    int rc = reserve(&m->now, m->now.count + v->count - shown_marked(m, v));

    for (size_t i = 0; i < v->count && rc == 0; i++)
        add(&m->now, v->ids[i]);
    return rc;
}

int marks_invert_shown(struct marks *m, const struct view *v)
{
    /* While it goes on, all that were marked may still be. */
    int rc = reserve(&m->now, m->now.count + v->count - shown_marked(m, v));

    for (size_t i = 0; i < v->count && rc == 0; i++) {
        if (has(&m->now, v->ids[i]))
            take_out(&m->now, v->ids[i]);
        else
            add(&m->now, v->ids[i]);
    }
    return rc;
}

void marks_clear(struct marks *m)
{
    if (m->now.count == 0)
        return;
    set_release(&m->cleared);
    m->cleared = m->now;
    m->now = (struct mark_set){0};
}

bool marks_can_restore(const struct marks *m)
{
    return m->now.count == 0 && m->cleared.count > 0;
}

void marks_restore(struct marks *m)
{
    if (!marks_can_restore(m))
        return;
    set_release(&m->now);
    m->now = m->cleared;
    m->cleared = (struct mark_set){0};
}

void marks_in(const struct marks *m, const struct view *v, struct marks_in *out)
{
    *out = (struct marks_in){.shown = shown_marked(m, v)};
    for (size_t i = 0; i < v->source.count && m->now.count > 0; i++)
        out->marked += has(&m->now, view_source_id(v, i));
}
