/*
 * Tolerant reading of one JSON object (published.md, "Two warnings that apply everywhere").
 * Private to api_client/.
 *
 * Members are found by their exact name first, then in any letter case (ASCII); unknown ones are
 * ignored; null is the same as missing. What cannot be what it should be sets `rc` and stays, so
 * that a run of reads is checked once at its end:
 *
 *     struct jr r;
 *     jr_init(&r, element, &list->arena);
 *     row.host_id = jr_need_text(&r, "hostId");
 *     row.days_to_expire = jr_days(&r, "daysToExpire");
 *     if (r.rc < 0)
 *         return r.rc;
 *
 * A wrong number is worse than a missing row: whatever has no single clear value is ERR_DATA.
 */
#ifndef API_CLIENT_JSON_READ_H
#define API_CLIENT_JSON_READ_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define JR_COUNT_MAX (INT64_C(1) << 53) /* beyond, a count is absurd, and not exact everywhere */

struct jr {
    const json_t *object; /* borrowed */
    struct arena *arena;  /* where texts are copied to */
    int rc;               /* 0, or the first failure: ERR_DATA, ERR_NOMEM, ERR_TOOBIG */
};

/* A VALUE that is no object (NULL included) fails at once. */
void jr_init(struct jr *r, const json_t *value, struct arena *arena);
/* The member, or NULL when it is missing or null. O(1), O(members) when it is not there as NAME. */
const json_t *jr_get(const struct jr *r, const char *name);
/* Two names, letter case aside (ASCII). */
bool jr_same(const char *a, const char *b);

/* A copy in the arena of a string or, as text, of an integer; NULL when missing. ERR_DATA for
 * another type and for a text with a NUL in it, which could only be cut. Bytes are kept raw. */
const char *jr_text(struct jr *r, const char *name);
/* Missing or empty is ERR_DATA. */
const char *jr_need_text(struct jr *r, const char *name);
/* The same for a VALUE by itself (null gives NULL): 0 or negative. */
int jr_text_of(const json_t *value, struct arena *arena, const char **out);

/* An integer, one in a string, or a number with nothing behind its point; ABSENT when missing.
 * ERR_DATA for another type and outside of MIN..MAX. */
int64_t jr_int(struct jr *r, const char *name, int64_t min, int64_t max, int64_t absent);
/* 0..JR_COUNT_MAX; missing is ERR_DATA. */
int64_t jr_need_count(struct jr *r, const char *name);
/* A signed 32-bit day count; DAYS_NONE (model/server.h) when missing. */
int32_t jr_days(struct jr *r, const char *name);
/* true, false, those words in a string, 1 or 0. Missing or another value is ERR_DATA. */
bool jr_need_bool(struct jr *r, const char *name);
/* UTC seconds by time_parse(); TIME_NONE when missing or not a date. *OFFSET (may be NULL) gets the
 * text's own offset, 0 where there is none. */
int64_t jr_time(struct jr *r, const char *name, int *offset);

/* NULL when missing; another type is ERR_DATA. MAX: the most elements, more is ERR_DATA. */
const json_t *jr_array(struct jr *r, const char *name, size_t max);
const json_t *jr_object(struct jr *r, const char *name);
/* COUNT zeroed things of SIZE bytes from the arena; NULL, with `rc` set, when there is no room. */
void *jr_room(struct jr *r, size_t count, size_t size);
/* ERR_TOOBIG or ERR_NOMEM after a list's add function gave NULL: COUNT rows are in it. */
int jr_add_failed(size_t count, size_t max);

#endif
