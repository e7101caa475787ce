#include "sandbox/usage_rules.h"

#include <limits.h>
#include <stdlib.h>

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/stamp.h"

static int int_or(sqlite3_stmt *st, int column, int fallback)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? fallback
                                                          : sqlite3_column_int(st, column);
}

static int load_servers(sqlite3 *db, struct usage_rules *r, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = db_prepare(db, "SELECT id, last_report, free, customer, dates_unknown FROM servers",
                        &st, err);

    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW) {
        struct usage_server *s = &r->servers[sqlite3_column_int(st, 0)];
        bool never = sqlite3_column_type(st, 1) == SQLITE_NULL;

        s->last_report = sqlite3_column_int64(st, 1);
        s->last_term = never ? INT_MIN : term_of(s->last_report);
        s->last_day = never ? 0 : day_of(s->last_report);
        s->free = sqlite3_column_int(st, 2) != 0;
        s->customer = int_or(st, 3, 0);
        s->dates_unknown = sqlite3_column_int(st, 4) != 0;
    }
    sqlite3_finalize(st);
    return rc;
}

static int load_groups(sqlite3 *db, struct usage_rules *r, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = db_prepare(db,
                        "SELECT g.id, g.customer, s.customer FROM delivery_groups g"
                        " JOIN sites s ON s.id = g.site",
                        &st, err);

    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW) {
        struct usage_group *g = &r->groups[sqlite3_column_int(st, 0)];
        int own = int_or(st, 1, 0), site = int_or(st, 2, 0);

        g->customer = own != 0 ? own : site;
        g->source = own != 0 ? LINK_GROUP : site != 0 ? LINK_SITE : LINK_NONE;
    }
    sqlite3_finalize(st);
    return rc;
}

int usage_rules_load(sqlite3 *db, struct usage_rules *r, struct err *err)
{
    int rc;

    *r = (struct usage_rules){0};
    r->server_max = (int)db_integer(db, "SELECT max(id) FROM servers", 0);
    r->group_max = (int)db_integer(db, "SELECT max(id) FROM delivery_groups", 0);
    r->customer_max = (int)db_integer(db, "SELECT max(id) FROM customers", 0);
    r->servers = calloc((size_t)r->server_max + 1, sizeof(*r->servers));
    r->groups = calloc((size_t)r->group_max + 1, sizeof(*r->groups));
    if (r->servers == NULL || r->groups == NULL)
        return err_set(err, ERR_NOMEM, "out of memory");
    rc = load_servers(db, r, err);
    return rc == 0 ? load_groups(db, r, err) : rc;
}

void usage_rules_release(struct usage_rules *r)
{
    free(r->servers);
    free(r->groups);
    *r = (struct usage_rules){0};
}

void usage_user_read(sqlite3_stmt *st, struct usage_user *u)
{
    *u = (struct usage_user){.id = sqlite3_column_int64(st, 0),
                             .features = sqlite3_column_int(st, 1),
                             .customer = int_or(st, 2, 0),
                             .type = int_or(st, 3, -1),
                             .first = sqlite3_column_int(st, 4),
                             .last = sqlite3_column_int(st, 5),
                             .period = sqlite3_column_int(st, 6),
                             .day = sqlite3_column_int(st, 7),
                             .group = int_or(st, 8, 0)};
}

void usage_user_add_server(const struct usage_rules *r, struct usage_user *u, int server)
{
    if (u->n < USER_SERVERS_MAX && server > 0 && server <= r->server_max)
        u->servers[u->n++] = server;
}

static bool server_tells(const struct usage_server *s, const struct usage_user *u, int term)
{
    return term < s->last_term || (term == s->last_term && u->day <= s->last_day);
}

int usage_told(const struct usage_rules *r, const struct usage_user *u, int term,
               int told[USER_SERVERS_MAX], bool *is_free)
{
    bool all_free = true;
    int n = 0;

    for (int i = 0; i < u->n; i++) {
        const struct usage_server *s = &r->servers[u->servers[i]];

        if (!server_tells(s, u, term))
            continue;
        told[n++] = u->servers[i];
        all_free = all_free && s->free;
    }
    *is_free = u->type >= 0 ? u->type == 1 : all_free;
    return n;
}

int usage_customer(const struct usage_rules *r, const struct usage_user *u,
                   enum link_source *source)
{
    enum link_source found = LINK_NONE;
    int customer = u->customer;

    if (customer != 0)
        found = LINK_USER;
    for (int i = 0; i < u->n && customer == 0; i++) {
        customer = r->servers[u->servers[i]].customer;
        found = customer != 0 ? LINK_SERVER : LINK_NONE;
    }
    if (customer == 0 && u->group > 0 && u->group <= r->group_max) {
        customer = r->groups[u->group].customer;
        found = r->groups[u->group].source;
    }
    if (source != NULL)
        *source = found;
    return customer;
}
