/*
 * What the sandbox has and was asked, read without any of luitop's own code: the oracle of the
 * tests that compare numbers and count requests.
 *
 * It signs in at the JSON token endpoint (/trust/…), so that its own sign-ins are not taken for
 * luitop's, which uses the form endpoint in the usual settings.
 */
#ifndef TESTS_E2E_ORACLE_H
#define TESTS_E2E_ORACLE_H

#include <jansson.h>

#include "tests/e2e/sandbox.h"

#define ORACLE_SERVERS "/lui/" SANDBOX_CUSTOMER "/licenseservers"
#define ORACLE_USAGE   "/lui/" SANDBOX_CUSTOMER "/licenseusagedata?date="

/* The answer to a GET of PATH, signed in; fails the test when it is not a 200 with JSON. A new
 * reference. */
json_t *oracle_get(struct sandbox *s, const char *path);

/* The users of TERM ("2026-10") over all features, and the free ones among them; false when the
 * service has none of it. */
bool oracle_users(struct sandbox *s, const char *term, long long *total, long long *free_users);

/* Which logged requests are meant: NULL and 0 stand for any; PATH is a part of the path. */
struct oracle_match {
    const char *method, *path, *fault;
    int status;
    bool unauthorized; /* only those without a good token */
};
int oracle_count(struct sandbox *s, const struct oracle_match *m);
/* The bytes of the body of the last one; -1 when there is none. */
long oracle_bytes(struct sandbox *s, const struct oracle_match *m);
/* Waits until N of them were logged; fails the test when they do not come. Returns now_ms(). */
int64_t oracle_wait(struct sandbox *s, const struct oracle_match *m, int n);

/* published.md §3.1 on an element of licenseServersStatus, in the words of the command line. */
const char *oracle_server_status(const json_t *server);
const char *oracle_server_severity(const json_t *server);
int oracle_server_messages(const json_t *server);

#endif
