/* Heads, error bodies and token answers: whatever they hold, what is made of them is bounded, on
 * one line, and without the secret. */
#include "api_client/errors.h"

#include <stdint.h>
#include <string.h>

#include "api_client/answer.h"
#include "api_client/retry.h"
#include "api_client/token.h"
#include "tests/fuzz/fuzz.h"

static void check_words(const struct answer *a, const char *body, size_t len)
{
    const char *hide[] = {"hunter2"};
    struct words w;
    struct err e;

    words_read(&w, body, len, hide, 1);
    FUZZ_CHECK(memchr(w.text, '\0', sizeof(w.text)) != NULL);
    FUZZ_CHECK(strpbrk(w.text, "\r\n\t") == NULL);
    FUZZ_CHECK(strstr(w.text, "hunter2") == NULL && strstr(w.oauth, "hunter2") == NULL);
    FUZZ_CHECK(w.told_ms >= -1 && w.told_ms <= RETRY_TOLD_CAP_MS);
    FUZZ_CHECK(error_of_answer(&e, "what", a, &w) < 0);
    FUZZ_CHECK(strstr(e.why, "hunter2") == NULL || strstr(a->location, "hunter2") != NULL);
    FUZZ_CHECK(e.why[0] != '\0' && e.next[0] != '\0');
    /* A 404 of the sign-in must never read as "the account does not have it". */
    FUZZ_CHECK(error_of_sign_in(&e, a, &w) < 0);
    FUZZ_CHECK(e.code != ERR_NOTFOUND);
}

static void check_token(const char *body, size_t len)
{
    struct buf value;
    int64_t seconds = 0;

    buf_init(&value, TOKEN_MAX);
    if (token_parse(body, len, 1780000000, &value, &seconds) == 0) {
        FUZZ_CHECK(value.len > 0 && seconds >= 1 && seconds <= 86400);
        for (size_t i = 0; i < value.len; i++)
            FUZZ_CHECK(value.data[i] > ' ' && value.data[i] < 0x7f);
    } else {
        FUZZ_CHECK(value.len == 0);
    }
    buf_release(&value);
}

/* Lines up to the first empty one are the head; the rest is the body. */
int fuzz_one(const uint8_t *data, size_t size)
{
    const char *p = (const char *)data, *end = p + size;
    struct answer a = {0};

    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl != NULL ? nl + 1 : end) - p);

        answer_line(&a, p, n);
        p += n;
        if (n <= 2)
            break;
    }
    FUZZ_CHECK(strpbrk(a.etag, "\r\n") == NULL && strpbrk(a.txid, "\r\n ") == NULL);
    FUZZ_CHECK(a.status >= 0 && a.status <= 999);
    FUZZ_CHECK(retry_after_ms(a.retry_after, 1780000000) <= RETRY_TOLD_CAP_MS);
    check_words(&a, p, (size_t)(end - p));
    check_token(p, (size_t)(end - p));
    return 0;
}
