/*
 * What went wrong, in one sentence: every family of error body of published.md §2.3, and every way
 * a request can fail, as a struct err. Private to api_client/.
 *
 * The body of an error is hostile like any other: it is read within limits, its text becomes one
 * line, is bounded, and never repeats a secret. What cannot be read says nothing; the status alone
 * then decides.
 */
#ifndef API_CLIENT_ERRORS_H
#define API_CLIENT_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct answer;
struct fault;

enum { ERRORS_BODY_MAX = 64 * 1024 };

/* What the body of an error says. */
struct words {
    char type[96];   /* the end of `type`: "common/authorization", "404", "" */
    char oauth[64];  /* OAuth's `error`: "invalid_client" */
    char text[400];  /* the service's own words on one line, "" where there are none */
    char txid[80];   /* activityId, where the body has one */
    int64_t told_ms; /* retryDelay, at most RETRY_TOLD_CAP_MS; -1: none */
    bool html;
};

/* HIDE: up to HIDE_COUNT texts that must not appear in what is made of the body ("" and NULL are
 * passed over). A body over ERRORS_BODY_MAX is not looked into. Never fails. */
void words_read(struct words *w, const char *body, size_t len, const char *const *hide,
                size_t hide_count);

/* WHAT failed ("license servers could not be read") because the service answered A with W.
 * Sets code, status, why, next and txid. */
int error_of_answer(struct err *e, const char *what, const struct answer *a, const struct words *w);
/* The same for the token call, whose 4xx all mean: not signed in. */
int error_of_sign_in(struct err *e, const struct answer *a, const struct words *w);
/* No whole answer came. */
int error_of_fault(struct err *e, const char *what, const struct fault *f, const struct answer *a);
/* An answer of success that could not be used: WHY, or a web page when HTML. CODE as it is. */
int error_of_body(struct err *e, const char *what, enum err_code code, const char *why, bool html,
                  const struct answer *a);

#endif
