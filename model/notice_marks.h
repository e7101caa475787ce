/*
 * Which notifications have been read. The service has no public call for it (published.md §3.14),
 * so the marks are the user's own, kept in the local store, by the id of the notice.
 *
 * A notice's id is the same from one reading to the next (the event's id, or time and title), so a
 * mark outlives refreshes and restarts. Marks of notices that are gone stay until
 * notice_marks_prune(); notice_marks_set_all() prunes by itself rather than fail at
 * NOTICE_MARKS_MAX.
 */
#ifndef MODEL_NOTICE_MARKS_H
#define MODEL_NOTICE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct notice_list;

enum { NOTICE_MARKS_MAX = 200000 };

struct notice_marks {
    uint64_t *ids; /* sorted, each once; what the store keeps. Owned */
    size_t count, cap;
};
void notice_marks_init(struct notice_marks *m);
void notice_marks_release(struct notice_marks *m);
bool notice_marks_has(const struct notice_marks *m, uint64_t id); /* O(log n) */
/* READ marks, !READ unmarks; what is so already stays. 0, ERR_NOMEM, ERR_TOOBIG. O(n). */
int notice_marks_set(struct notice_marks *m, uint64_t id, bool read);
/* All of L at once. O((marks + notices) log). */
int notice_marks_set_all(struct notice_marks *m, const struct notice_list *l, bool read);
/* From the store: any order, repeats allowed. Replaces M. 0, ERR_NOMEM, ERR_TOOBIG. */
int notice_marks_load(struct notice_marks *m, const uint64_t *ids, size_t count);
/* Drops the marks that no notice of L has. */
void notice_marks_prune(struct notice_marks *m, const struct notice_list *l);

/* Sets `read` of every notice of L. */
void notice_list_mark(struct notice_list *l, const struct notice_marks *m);
/* How many of L are not read, of all or (CUSTOMER_ID not NULL) of one customer; *WORST (may be
 * NULL) gets the highest severity among them as a number, -1 without any. */
size_t notice_list_unread(const struct notice_list *l, const char *customer_id, int *worst);

#endif
