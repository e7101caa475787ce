/* The splitter hands on the same pieces, or refuses, however its input is cut. First byte: how to
 * cut. */
#include "api_client/split.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

/* A running hash of all that the sink was given. */
struct seen {
    uint64_t hash;
};

static void note(struct seen *s, char kind, const char *data, size_t len)
{
    s->hash = (s->hash ^ (unsigned char)kind) * UINT64_C(1099511628211);
    for (size_t i = 0; i < len; i++)
        s->hash = (s->hash ^ (unsigned char)data[i]) * UINT64_C(1099511628211);
}

static int on_list(void *ctx, enum split_list kind, struct err *err)
{
    (void)err;
    note(ctx, (char)('0' + kind), "", 0);
    return 0;
}

static int on_element(void *ctx, const char *json, size_t len, struct err *err)
{
    (void)err;
    note(ctx, 'e', json, len);
    return 0;
}

static int on_member(void *ctx, const char *name, const char *json, size_t len, struct err *err)
{
    (void)err;
    note(ctx, 'n', name, strlen(name));
    note(ctx, 'm', json, len);
    return 0;
}

static int on_whole(void *ctx, const char *json, size_t len, struct err *err)
{
    (void)err;
    note(ctx, 'w', json, len);
    return 0;
}

static int on_next(void *ctx, struct err *err)
{
    (void)err;
    note(ctx, 'x', "", 0);
    return 0;
}

static int run(const char *data, size_t len, size_t step, struct seen *seen)
{
    const struct split_limits limits = {.piece = 4096, .document = 1 << 20};
    struct split_sink sink = {.list = "a",
                              .on_list = on_list,
                              .on_element = on_element,
                              .on_member = on_member,
                              .on_whole = on_whole,
                              .on_next = on_next,
                              .ctx = seen};
    struct split *s = split_new(&sink, &limits);
    int rc = s != NULL ? 0 : ERR_NOMEM;

    for (size_t i = 0; i < len && rc == 0; i += step)
        rc = split_feed(s, data + i, len - i < step ? len - i : step, NULL);
    if (rc == 0)
        rc = split_end(s, NULL);
    split_free(s);
    return rc;
}

int fuzz_one(const uint8_t *data, size_t size)
{
    struct seen whole = {0}, cut = {0};
    const char *text = (const char *)data + 1;
    int rc;

    if (size < 2)
        return 0;
    rc = run(text, size - 1, size, &whole);
    /* Where a limit and a fault lie close together, pieces may meet the other one first. */
    if (run(text, size - 1, data[0] % 32 + 1, &cut) != rc && size < 4096)
        abort();
    if (rc == 0 && whole.hash != cut.hash)
        abort();
    return 0;
}
