#include "sandbox/router.h"

#include <string.h>

const struct host_rules host_rules[HOST_COUNT] = {
#define HOST_ROW(s, id, t, c, l)                                                                   \
    [HOST_##id] = {.segment = s, .token = t, .customer = c, .legacy = l},
    HOST_LIST(HOST_ROW)
#undef HOST_ROW
};

static const struct route_table *const tables[] = {
    &token_routes,      &lui_routes,     &detail_routes,  &users_routes, &sites_routes,
    &deployment_routes, &account_routes, &partner_routes, &cloud_routes, &control_routes};

bool method_is_known(const char *method)
{
    static const char *const known[] = {"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                        "CONNECT", "OPTIONS", "TRACE", "PATCH"};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strcmp(known[i], method) == 0)
            return true;
    return false;
}

static bool path_matches(const struct request *rq, const char *path, const char *arg[ARGS_MAX])
{
    size_t n = 0, args = 0;

    for (; *path == '/'; n++) {
        size_t len = strcspn(++path, "/");

        if (n == rq->segments)
            return false;
        if (*path == '{') {
            if (args == ARGS_MAX)
                return false;
            arg[args++] = rq->segment[n];
        } else if (strlen(rq->segment[n]) != len || strncmp(rq->segment[n], path, len) != 0) {
            return false;
        }
        path += len;
    }
    return n == rq->segments;
}

static void note_method(struct route_match *m, const char *method)
{
    size_t used = strlen(m->allow), need = strlen(method);

    m->other_method = true;
    if (used + need + 3 > sizeof(m->allow))
        return;
    if (used > 0) {
        memcpy(m->allow + used, ", ", 2);
        used += 2;
    }
    memcpy(m->allow + used, method, need + 1);
}

void route_find(struct request *rq, struct route_match *out)
{
    const char *arg[ARGS_MAX] = {0};

    *out = (struct route_match){.host = HOST_COUNT};
    for (int h = 0; h < HOST_COUNT && rq->segments > 0; h++)
        if (strcmp(host_rules[h].segment, rq->segment[0]) == 0)
            out->host = (enum host)h;
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        for (size_t i = 0; i < tables[t]->n; i++) {
            const struct route *r = &tables[t]->rows[i];

            if (!path_matches(rq, r->path, arg))
                continue;
            if (strcmp(r->method, rq->method) != 0) {
                note_method(out, r->method);
                continue;
            }
            memcpy(rq->arg, arg, sizeof(arg));
            out->route = r;
            return;
        }
    }
}
