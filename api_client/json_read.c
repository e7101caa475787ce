#include "api_client/json_read.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/server.h"

static void fail(struct jr *r, int rc)
{
    if (r->rc == 0)
        r->rc = rc;
}

void jr_init(struct jr *r, const json_t *value, struct arena *arena)
{
    *r = (struct jr){.object = value, .arena = arena};
    if (!json_is_object(value))
        fail(r, ERR_DATA);
}

bool jr_same(const char *a, const char *b)
{
    for (;; a++, b++) {
        int x = (unsigned char)*a, y = (unsigned char)*b;

        if (x >= 'A' && x <= 'Z')
            x += 'a' - 'A';
        if (y >= 'A' && y <= 'Z')
            y += 'a' - 'A';
        if (x != y)
            return false;
        if (x == '\0')
            return true;
    }
}

const json_t *jr_get(const struct jr *r, const char *name)
{
    const json_t *found = json_object_get(r->object, name);
    /* The iterators take an object that may be changed; nothing here does. */
    json_t *object = (json_t *)(uintptr_t)r->object;
    void *it = found == NULL ? json_object_iter(object) : NULL;

    for (; it != NULL && found == NULL; it = json_object_iter_next(object, it))
        if (jr_same(json_object_iter_key(it), name))
            found = json_object_iter_value(it);
    return json_is_null(found) ? NULL : found;
}

/* Room for N bytes is missing: the arena's ceiling, or the system's memory? */
static int no_room(const struct arena *arena, size_t n)
{
    return arena->max - arena->used <= n + 16 ? ERR_TOOBIG : ERR_NOMEM;
}

int jr_text_of(const json_t *value, struct arena *arena, const char **out)
{
    char number[32];
    const char *text = number;
    size_t len;
    char *copy;

    if (json_is_null(value)) {
        *out = NULL;
        return 0;
    }
    if (json_is_string(value)) {
        text = json_string_value(value);
        len = json_string_length(value);
        if (strlen(text) != len)
            return ERR_DATA;
    } else if (json_is_integer(value)) {
        len = (size_t)snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
                               json_integer_value(value));
    } else {
        return ERR_DATA;
    }
    copy = arena_strndup(arena, text, len);
    if (copy == NULL)
        return no_room(arena, len);
    *out = copy;
    return 0;
}

const char *jr_text(struct jr *r, const char *name)
{
    const json_t *value = jr_get(r, name);
    const char *text = NULL;
    int rc;

    if (value == NULL || r->rc < 0)
        return NULL;
    rc = jr_text_of(value, r->arena, &text);
    if (rc < 0)
        fail(r, rc);
    return text;
}

const char *jr_need_text(struct jr *r, const char *name)
{
    const char *text = jr_text(r, name);

    if (text == NULL || text[0] == '\0')
        fail(r, ERR_DATA);
    return text;
}

static bool int_in_text(const char *s, size_t len, int64_t *out)
{
    bool negative = len > 0 && s[0] == '-';
    size_t i = negative;
    int64_t v = 0;

    if (i == len)
        return false;
    for (; i < len; i++) {
        if (s[i] < '0' || s[i] > '9' || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_sub_overflow(v, s[i] - '0', &v))
            return false;
    }
    if (!negative && v == INT64_MIN)
        return false;
    *out = negative ? v : -v;
    return true;
}

static bool int_of(const json_t *value, int64_t *out)
{
    if (json_is_integer(value)) {
        *out = json_integer_value(value);
        return true;
    }
    if (json_is_real(value)) {
        double real = json_real_value(value);

        /* Within 2^53 a double is exact, so the comparison tells whether it was whole. */
        if (!(real >= -(double)JR_COUNT_MAX && real <= (double)JR_COUNT_MAX))
            return false;
        *out = (int64_t)real;
        return (double)*out == real;
    }
    return json_is_string(value) &&
           int_in_text(json_string_value(value), json_string_length(value), out);
}

int64_t jr_int(struct jr *r, const char *name, int64_t min, int64_t max, int64_t absent)
{
    const json_t *value = jr_get(r, name);
    int64_t v = absent;

    if (value == NULL)
        return absent;
    if (!int_of(value, &v) || v < min || v > max) {
        fail(r, ERR_DATA);
        return absent;
    }
    return v;
}

int64_t jr_need_count(struct jr *r, const char *name)
{
    int64_t v = jr_int(r, name, 0, JR_COUNT_MAX, -1);

    if (v < 0)
        fail(r, ERR_DATA);
    return v;
}

int32_t jr_days(struct jr *r, const char *name)
{
    return (int32_t)jr_int(r, name, (int64_t)DAYS_NONE + 1, INT32_MAX, DAYS_NONE);
}

bool jr_need_bool(struct jr *r, const char *name)
{
    const json_t *value = jr_get(r, name);
    const char *word = json_string_value(value);
    size_t len = word != NULL ? json_string_length(value) : 0;

    if (json_is_boolean(value))
        return json_is_true(value);
    if (json_is_integer(value) && (json_integer_value(value) | 1) == 1)
        return json_integer_value(value) == 1;
    if (len == 4 && jr_same(word, "true"))
        return true;
    if (len != 5 || !jr_same(word, "false"))
        fail(r, ERR_DATA);
    return false;
}

int64_t jr_time(struct jr *r, const char *name, int *offset)
{
    const json_t *value = jr_get(r, name);
    int64_t t = TIME_NONE;
    int off = 0;

    if (json_is_string(value))
        time_parse(json_string_value(value), json_string_length(value), &t, &off);
    if (offset != NULL)
        *offset = off;
    return t;
}

const json_t *jr_array(struct jr *r, const char *name, size_t max)
{
    const json_t *value = jr_get(r, name);

    if (value != NULL && (!json_is_array(value) || json_array_size(value) > max)) {
        fail(r, ERR_DATA);
        return NULL;
    }
    return value;
}

const json_t *jr_object(struct jr *r, const char *name)
{
    const json_t *value = jr_get(r, name);

    if (value != NULL && !json_is_object(value)) {
        fail(r, ERR_DATA);
        return NULL;
    }
    return value;
}

void *jr_room(struct jr *r, size_t count, size_t size)
{
    void *room = arena_array(r->arena, count, size);

    if (room == NULL)
        fail(r, no_room(r->arena, count * size));
    return room;
}

int jr_add_failed(size_t count, size_t max)
{
    return count >= max ? ERR_TOOBIG : ERR_NOMEM;
}
