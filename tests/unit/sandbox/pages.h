/* Reading a list of extensions.md to its end. */
#ifndef TESTS_SANDBOX_PAGES_H
#define TESTS_SANDBOX_PAGES_H

#include <stdio.h>

#include "tests/unit/sandbox/shape.h"

/* TARGET with ARG=VALUE added, VALUE percent-encoded as a whole. */
static inline void add_query(char *out, size_t size, const char *target, const char *arg,
                             const char *value)
{
    size_t n = (size_t)snprintf(out, size, "%s%c%s=", target, strchr(target, '?') ? '&' : '?', arg);

    for (; *value != '\0'; value++)
        n += (size_t)snprintf(out + n, size - n, "%%%02X", (unsigned char)*value);
}

/* All items of the list at TARGET, by pages of LIMIT, in a new array. Every page but the last is
 * full, and all tell the same total, which is the number of items. */
static inline json_t *read_pages(struct ask *a, const char *target, int limit)
{
    json_t *all = json_array();
    char base[256], next[512], text[16];
    long long total = -1;

    snprintf(text, sizeof(text), "%d", limit);
    add_query(base, sizeof(base), target, "limit", text);
    snprintf(next, sizeof(next), "%s", base);
    for (;;) {
        const char *token;

        if (ask_get(a, next) != 200)
            fail_msg("%s: %d", next, a->rp.status);
        SHAPE(a->json, {"items", 'a'}, {"totalCount", 'i'}, {"continuationToken", 'S'});
        assert_true(total < 0 || total == int_at(a->json, "totalCount"));
        total = int_at(a->json, "totalCount");
        assert_true(json_array_size(at(a->json, "items")) <= (size_t)limit);
        json_array_extend(all, (json_t *)at(a->json, "items"));
        token = text_at(a->json, "continuationToken");
        if (token == NULL)
            break;
        assert_int_equal(json_array_size(at(a->json, "items")), limit);
        add_query(next, sizeof(next), base, "continuationToken", token);
    }
    assert_int_equal(json_array_size(all), total);
    return all;
}

/* GET TARGET is refused with STATUS and the type's tail CODE. */
static inline void expect_refusal(struct ask *a, const char *target, int status, const char *code)
{
    char type[128];

    snprintf(type, sizeof(type), "https://errors-api.cloud.com/%s", code);
    if (ask_get(a, target) != status)
        fail_msg("%s: %d", target, a->rp.status);
    assert_string_equal(text_at(a->json, "type"), type);
    assert_non_null(text_at(a->json, "detail"));
}

#define CUSTOMER_SHAPE                                                                             \
    {"customerId", 's'}, {"customerOrgId", 'S'}, {"customerNickName", 'S'},                        \
        {"customerDisplayName", 's'},                                                              \
    {                                                                                              \
        "customerType", 's'                                                                        \
    }

#endif
