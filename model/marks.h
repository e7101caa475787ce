/*
 * The rows a person has marked: a set of row ids (row_type.id).
 *
 * Marks belong to items, not to lines: filters, orders, refreshes and a row that is gone for a
 * while leave them alone. What is marked but not in the list at the moment stays in the set and is
 * not counted by marks_in(). Good for millions: has, set and toggle cost O(1), the rest as said;
 * 16 to 32 bytes a mark.
 *
 * Each function that can fail (ERR_NOMEM, ERR_TOOBIG over MARKS_MAX) leaves the set as it was.
 */
#ifndef MODEL_MARKS_H
#define MODEL_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view;

enum { MARKS_MAX = 16 * 1000 * 1000 };

struct mark_set {
    uint64_t *slots; /* owned; 0 is a free one */
    size_t cap;      /* a power of two, or 0 */
    size_t count;    /* with the id 0 */
    bool has_zero;   /* the id 0 is in the set */
};

struct marks {
    struct mark_set now;
    struct mark_set cleared; /* what marks_clear() took away last */
};

void marks_init(struct marks *m);
void marks_release(struct marks *m); /* afterwards as after init */

bool marks_has(const struct marks *m, uint64_t id);
size_t marks_count(const struct marks *m);
int marks_set(struct marks *m, uint64_t id, bool marked);
/* The shown rows of V. O(shown). */
int marks_add_shown(struct marks *m, const struct view *v);
/* The shown rows of V: marked ones are so no more, the others are. Rows that are not shown keep
 * what they have. O(shown). */
int marks_invert_shown(struct marks *m, const struct view *v);
/* No row is marked any more. marks_restore() brings the marks back, as long as none is set: one
 * step. Clearing an empty set changes nothing. */
void marks_clear(struct marks *m);
bool marks_can_restore(const struct marks *m);
void marks_restore(struct marks *m); /* nothing happens where it cannot */

/* How many rows of V's source are marked, and how many of these V shows; the others are hidden by
 * its filter. O(rows), or O(1) without marks. */
struct marks_in {
    size_t marked, shown;
};
void marks_in(const struct marks *m, const struct view *v, struct marks_in *out);

#endif
