/* Users and link targets: extensions.md, Read. */
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/params.h"
#include "sandbox/router.h"
#include "sandbox/rows.h"
#include "sandbox/usage.h"
#include "sandbox/usage_rules.h"

enum { NAMES_BYTES_MAX = 8 << 20 };

struct user_list {
    const struct sandbox *sb;
    int term;
    struct usage_rules rules;
    struct arena names;
    const char **fqdn; /* by server */
    char feature_id[USAGE_FEATURES][32];
    int since[USAGE_FEATURES];
    sqlite3_stmt *users, *servers, *customer;
};

static int load_names(struct user_list *l, sqlite3 *db)
{
    sqlite3_stmt *st = NULL;
    int rc;

    l->fqdn = arena_array(&l->names, (size_t)l->rules.server_max + 1, sizeof(*l->fqdn));
    if (l->fqdn == NULL)
        return ERR_NOMEM;
    rc = db_prepare(db, "SELECT id, fqdn FROM servers WHERE fqdn IS NOT NULL", &st, NULL);
    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW)
        l->fqdn[sqlite3_column_int(st, 0)] = arena_strdup(&l->names, db_text(st, 1));
    sqlite3_finalize(st);
    st = NULL;
    if (rc == 0)
        rc = db_prepare(db, "SELECT id, feature_id, since FROM features", &st, NULL);
    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW) {
        int f = sqlite3_column_int(st, 0);

        if (f < 0 || f >= USAGE_FEATURES)
            continue;
        snprintf(l->feature_id[f], sizeof(l->feature_id[f]), "%s", db_text(st, 1));
        l->since[f] = sqlite3_column_int(st, 2);
    }
    sqlite3_finalize(st);
    return rc;
}

static int list_init(struct user_list *l, const struct sandbox *sb, int term)
{
    int rc;

    *l = (struct user_list){.sb = sb, .term = term};
    arena_init(&l->names, NAMES_BYTES_MAX);
    rc = usage_rules_load(sb->db, &l->rules, NULL);
    if (rc == 0)
        rc = load_names(l, sb->db);
    if (rc == 0)
        rc = db_prepare(sb->db,
                        "SELECT " USAGE_USER_COLUMNS ", u.user_name, u.domain, u.full_name,"
                        " u.type_changed, g.group_id, s.site_id FROM users u"
                        " LEFT JOIN delivery_groups g ON g.id = u.delivery_group"
                        " LEFT JOIN sites s ON s.id = g.site"
                        " WHERE u.id > ?2 AND ?1 BETWEEN u.first_term AND u.last_term"
                        " AND (?1 - u.first_term) % u.period = 0 ORDER BY u.id",
                        &l->users, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db, "SELECT server FROM user_servers WHERE user = ? ORDER BY server",
                        &l->servers, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db, CUSTOMER_BY_ID, &l->customer, NULL);
    return rc;
}

static void list_release(struct user_list *l)
{
    sqlite3_finalize(l->users);
    sqlite3_finalize(l->servers);
    sqlite3_finalize(l->customer);
    usage_rules_release(&l->rules);
    arena_release(&l->names);
}

/* When U was first and last seen in TERM. False when no server that tells of him knows times.
 * What he did is derived from his number and the term, so that it need not be kept. */
static bool seen_in(const struct user_list *l, const struct usage_user *u, int term, int64_t *first,
                    int64_t *last)
{
    int64_t start = term_start(term) + (int64_t)(u->day - 1) * 86400;
    int64_t end = term_start(term + 1), latest = 0;
    uint64_t h = rng_mix((uint64_t)l->sb->o.seed ^ rng_mix((uint64_t)u->id) ^ (uint64_t)term);
    int told[USER_SERVERS_MAX];
    bool is_free, known = false;
    int n = usage_told(&l->rules, u, term, told, &is_free);

    for (int i = 0; i < n; i++) {
        const struct usage_server *s = &l->rules.servers[told[i]];

        known = known || !s->dates_unknown;
        latest = s->last_report > latest ? s->last_report : latest;
    }
    if (!known)
        return false;
    latest = latest < end ? latest : end - 1;
    *first = start + (int64_t)(h % 36000);
    if (*first > latest)
        *first = latest;
    *last = *first + (int64_t)(rng_mix(h) % (uint64_t)(latest - *first + 1));
    return true;
}

static void add_times(json_t *o, const struct user_list *l, const struct usage_user *u)
{
    int64_t first = 0, last = 0, unused;
    bool begun = seen_in(l, u, u->first, &first, &unused);
    bool seen = seen_in(l, u, l->term, &unused, &last);

    json_object_set_new(o, "firstUsed", begun ? json_stamp(first, STAMP_UTC_Z, 0, 0) : json_null());
    json_object_set_new(o, "lastUsed", seen ? json_stamp(last, STAMP_UTC_Z, 0, 0) : json_null());
}

static json_t *features_json(const struct user_list *l, const struct usage_user *u)
{
    json_t *list = json_array();

    for (int f = 0; f < USAGE_FEATURES; f++)
        if ((u->features & 1 << f) != 0 && l->since[f] <= l->term)
            json_array_append_new(list, json_string(l->feature_id[f]));
    return list;
}

/* The user of the row, or NULL when no server tells of him in the term. */
static json_t *user_json(sqlite3_stmt *st, void *list)
{
    static const char *const sources[] = {[LINK_USER] = "User",
                                          [LINK_SERVER] = "LicenseServer",
                                          [LINK_SITE] = "Site",
                                          [LINK_GROUP] = "DeliveryGroup"};
    enum { NAME = USAGE_USER_COLUMN_COUNT, DOMAIN, FULL, CHANGED, GROUP, SITE };
    int told[USER_SERVERS_MAX], n, customer;
    struct user_list *l = list;
    enum link_source source;
    struct usage_user u;
    bool is_free;
    json_t *o, *servers;

    usage_user_read(st, &u);
    if (db_bind(l->servers, "i", u.id) == 0)
        while (sqlite3_step(l->servers) == SQLITE_ROW)
            usage_user_add_server(&l->rules, &u, sqlite3_column_int(l->servers, 0));
    n = usage_told(&l->rules, &u, l->term, told, &is_free);
    if (n == 0)
        return NULL;
    servers = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(servers, json_string(l->fqdn[told[i]]));
    customer = usage_customer(&l->rules, &u, &source);
    o = json_pack("{s:o, s:o, s:o, s:s, s:o}", "userName", column_text(st, NAME), "domain",
                  column_text(st, DOMAIN), "fullName", column_text(st, FULL), "userType",
                  is_free ? "Free" : "Paid", "userTypeChanged",
                  column_stamp(st, CHANGED, STAMP_UTC_Z, 0, 0));
    add_times(o, l, &u);
    json_object_set_new(o, "features", features_json(l, &u));
    json_object_set_new(o, "licenseServers", servers);
    json_object_set_new(o, "siteId", column_text(st, SITE));
    json_object_set_new(o, "deliveryGroupId", column_text(st, GROUP));
    json_object_set_new(o, "linkedCustomer", customer_or_null(l->customer, customer));
    json_object_set_new(o, "linkSource",
                        source != LINK_NONE ? json_string(sources[source]) : json_null());
    return o;
}

static int64_t users_total(const struct sandbox *sb, int term)
{
    sqlite3_stmt *st = NULL;
    int64_t total = 0;

    if (db_prepare(sb->db, "SELECT total FROM usage_users WHERE term = ? AND delivery_group = 0",
                   &st, NULL) == 0 &&
        db_bind(st, "i", (int64_t)term) == 0 && sqlite3_step(st) == SQLITE_ROW)
        total = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return total;
}

static void users(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    struct user_list l;
    struct page page;
    int term;
    bool ok;

    if (!params_term(rq, "date", &term, rp) || !params_page(sb, rq, &page, rp))
        return;
    ok = list_init(&l, sb, term) == 0 && db_bind(l.users, "ii", (int64_t)term, page.after) == 0;
    page_fill(&page, ok ? l.users : NULL, user_json, &l);
    list_release(&l);
    reply_page(sb, rq, &page, users_total(sb, term), rp);
}

static json_t *customer_row(sqlite3_stmt *st, void *ctx)
{
    (void)ctx;
    return customer_object(st, 1);
}

static void link_targets(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    struct page page;

    if (!params_page(sb, rq, &page, rp))
        return;
    if (db_prepare(sb->db,
                   "SELECT id, " CUSTOMER_COLUMNS " FROM customers WHERE id > ? ORDER BY id", &st,
                   NULL) == 0)
        db_bind(st, "i", page.after);
    page_fill(&page, st, customer_row, NULL);
    sqlite3_finalize(st);
    reply_page(sb, rq, &page, db_integer(sb->db, "SELECT count(*) FROM customers", 0), rp);
}

static const struct route rows[] = {
    {"GET", "/lui/{customer}/users", users, true, PRODUCT_USAGE},
    {"GET", "/lui/{customer}/customers", link_targets, true, PRODUCT_NONE},
};
const struct route_table users_routes = {rows, sizeof(rows) / sizeof(rows[0])};
