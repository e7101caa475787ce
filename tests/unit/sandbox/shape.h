/* Checking the shape of JSON bodies: names, types, nulls, date forms. */
#ifndef TESTS_SANDBOX_SHAPE_H
#define TESTS_SANDBOX_SHAPE_H

#include <regex.h>
#include <stdio.h>

#include "tests/unit/sandbox/ask.h"

/* s text, S text or null, i integer, I integer or null, b bool, a array, A array or null,
 * o object, O object or null, n null, t time with offset and 2 or 7 digits, T the same or null,
 * u text that is a time in UTC with 'Z', * anything */
struct member {
    const char *name;
    char kind;
};

#define OFFSET_TIME                                                                                \
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.([0-9]{2}|[0-9]{7})"                 \
    "[+-][0-9]{2}:[0-9]{2}$"
#define UTC_TIME "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$"

static inline bool matches(const char *pattern, const char *text)
{
    regex_t re;
    bool ok;

    assert_non_null(text);
    assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
    ok = regexec(&re, text, 0, NULL, 0) == 0;
    regfree(&re);
    return ok;
}

static inline bool kind_fits(const json_t *v, char kind)
{
    switch (kind) {
    case 's':
        return json_is_string(v);
    case 'S':
        return json_is_string(v) || json_is_null(v);
    case 'i':
        return json_is_integer(v);
    case 'I':
        return json_is_integer(v) || json_is_null(v);
    case 'b':
        return json_is_boolean(v);
    case 'a':
        return json_is_array(v);
    case 'A':
        return json_is_array(v) || json_is_null(v);
    case 'o':
        return json_is_object(v);
    case 'O':
        return json_is_object(v) || json_is_null(v);
    case 'n':
        return json_is_null(v);
    case 'T':
        if (json_is_null(v))
            return true;
        /* fall through */
    case 't':
        return json_is_string(v) && matches(OFFSET_TIME, json_string_value(v));
    case 'u':
        return json_is_string(v) && matches(UTC_TIME, json_string_value(v));
    case '*':
        return true;
    default:
        return false;
    }
}

/* O has exactly these members: the names' case counts, none is missing, none is added. */
static inline void check_shape(const json_t *o, const struct member *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const json_t *v = json_object_get(o, m[i].name);

        if (v == NULL)
            fail_msg("%s is missing", m[i].name);
        if (!kind_fits(v, m[i].kind))
            fail_msg("%s does not fit '%c'", m[i].name, m[i].kind);
    }
    assert_int_equal(json_object_size(o), n);
}

#define SHAPE(o, ...)                                                                              \
    check_shape(o, (const struct member[]){__VA_ARGS__},                                           \
                sizeof((const struct member[]){__VA_ARGS__}) / sizeof(struct member))

/* A provider with SERVERS license servers, on the heap. */
static inline struct ask *start(int64_t servers)
{
    struct ask *a = malloc(sizeof(*a));
    struct options o;

    assert_non_null(a);
    ask_defaults(&o);
    o.servers = servers;
    ask_start(a, &o);
    return a;
}

static inline void stop(struct ask *a)
{
    ask_stop(a);
    free(a);
}

#endif
