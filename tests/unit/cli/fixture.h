/* Lists made by hand, for the tests of this folder. */
#ifndef TEST_CLI_FIXTURE_H
#define TEST_CLI_FIXTURE_H

#include <string.h>

#include "base/clock.h"
#include "model/server.h"

/* 2026-11-23T14:00:00Z */
#define NOW     INT64_C(1795442400)
#define DAYS(n) ((int64_t)(n)*86400)

/* A server that reported SILENT_DAYS ago (-1: never) and reports when that is 0. */
static inline struct server *fixture_server(struct server_list *l, const char *host,
                                            int silent_days, int days_to_expire)
{
    struct server *s = server_list_add(l);

    s->host_id = arena_strdup(&l->arena, host);
    s->fqdn = silent_days < 0 ? NULL : s->host_id;
    s->last_report = silent_days < 0 ? TIME_NONE : NOW - DAYS(silent_days) - 600;
    s->ever_reported = silent_days >= 0;
    s->reporting = silent_days == 0;
    s->in_back_office = s->compliant = true;
    s->days_to_expire = days_to_expire;
    s->expires = days_to_expire == DAYS_NONE ? TIME_NONE : NOW + DAYS(days_to_expire);
    return s;
}

#endif
