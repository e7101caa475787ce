/*
 * The license servers as the sandbox serves them, judged by the rules of published.md §3.1 without
 * any code of luitop: the oracle for filters, sorting and problem rows.
 */
#ifndef TESTS_E2E_SERVERS_H
#define TESTS_E2E_SERVERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/e2e/sandbox.h"

enum { FACTS_MAX = 256 };

/* INT64_MIN in a number stands for null. */
struct server_fact {
    char host[24], fqdn[80], customers[400]; /* "" for null; names joined with "; " */
    int64_t last_report, expires, days;
    bool phoning, ever, free, ccu;
    int severity; /* 0 ok, 1 information, 2 warning, 3 error */
    int messages;
    size_t place; /* in the service's order */
};

struct server_facts {
    struct server_fact rows[FACTS_MAX];
    size_t count;
};

void servers_fetch(struct sandbox *s, struct server_facts *out);

/* The rows that PICK chooses, in the order they had. */
void servers_pick(const struct server_facts *all, bool (*pick)(const struct server_fact *),
                  struct server_facts *out);
/* Sorts by one of luitop's column names, equal rows and nulls (last) as luitop promises. NOW: for
 * age_hours. */
void servers_sort(struct server_facts *f, const char *column, bool desc, int64_t now);
/* The host names, blank-separated. */
const char *servers_hosts(const struct server_facts *f, struct buf *out);

#endif
