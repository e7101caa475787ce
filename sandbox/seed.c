#include "sandbox/seed.h"

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/stamp.h"
#include "sandbox/usage.h"

/* What the published operations need. */
static const char schema[] =
    "CREATE TABLE params(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE customers(id INTEGER PRIMARY KEY, customer_id TEXT NOT NULL UNIQUE, org_id TEXT,"
    " nickname TEXT, display_name TEXT NOT NULL, type TEXT NOT NULL, domain TEXT NOT NULL,"
    " connection_id TEXT, notices INTEGER, admin_name TEXT, admin_email TEXT);"
    "CREATE TABLE servers(id INTEGER PRIMARY KEY, host_id TEXT NOT NULL, fqdn TEXT,"
    " utc_offset INTEGER NOT NULL, last_report INTEGER, digits INTEGER NOT NULL,"
    " fraction INTEGER NOT NULL, reporting INTEGER NOT NULL, in_back_office INTEGER NOT NULL,"
    " ever_reported INTEGER NOT NULL, compliant INTEGER NOT NULL, free INTEGER NOT NULL,"
    " non_csp INTEGER NOT NULL, ccu INTEGER NOT NULL, expired INTEGER NOT NULL, expires INTEGER,"
    " days INTEGER, customer INTEGER, list_null INTEGER NOT NULL, dates_unknown INTEGER NOT NULL);"
    "CREATE INDEX servers_fqdn ON servers(fqdn);"
    "CREATE TABLE server_ccu(server INTEGER NOT NULL, feature_id TEXT NOT NULL,"
    " usage INTEGER NOT NULL, PRIMARY KEY(server, feature_id)) WITHOUT ROWID;"
    "CREATE TABLE features(id INTEGER PRIMARY KEY, feature_id TEXT NOT NULL, description TEXT,"
    " sku_id TEXT, sku_description TEXT, since INTEGER NOT NULL);"
    "CREATE TABLE users(id INTEGER PRIMARY KEY, user_name TEXT NOT NULL, domain TEXT NOT NULL,"
    " full_name TEXT, features INTEGER NOT NULL, customer INTEGER, user_type INTEGER,"
    " type_changed INTEGER, first_term INTEGER NOT NULL, last_term INTEGER NOT NULL,"
    " period INTEGER NOT NULL, first_day INTEGER NOT NULL, delivery_group INTEGER);"
    "CREATE TABLE user_servers(user INTEGER NOT NULL, server INTEGER NOT NULL,"
    " PRIMARY KEY(user, server)) WITHOUT ROWID;"
    "CREATE TABLE usage_totals(term INTEGER NOT NULL, feature INTEGER NOT NULL,"
    " total INTEGER NOT NULL, free INTEGER NOT NULL, PRIMARY KEY(term, feature)) WITHOUT ROWID;"
    "CREATE TABLE usage_servers(term INTEGER NOT NULL, feature INTEGER NOT NULL,"
    " server INTEGER NOT NULL, total INTEGER NOT NULL, free INTEGER NOT NULL,"
    " PRIMARY KEY(term, feature, server)) WITHOUT ROWID;"
    "CREATE TABLE usage_customers(term INTEGER NOT NULL, feature INTEGER NOT NULL,"
    " customer INTEGER NOT NULL, total INTEGER NOT NULL, free INTEGER NOT NULL,"
    " PRIMARY KEY(term, feature, customer)) WITHOUT ROWID;"
    "CREATE TABLE server_customers(server INTEGER NOT NULL, customer INTEGER NOT NULL,"
    " PRIMARY KEY(server, customer)) WITHOUT ROWID;"
    "CREATE TABLE vpx(id INTEGER PRIMARY KEY, host_id TEXT NOT NULL, fqdn TEXT, guid TEXT,"
    " customer INTEGER);"
    "CREATE TABLE vpx_licences(id INTEGER PRIMARY KEY, host INTEGER NOT NULL, host_type TEXT,"
    " utc_offset INTEGER NOT NULL, reported INTEGER, permanent INTEGER NOT NULL, product TEXT,"
    " expires INTEGER, entitlement_id TEXT, fulfillment_id TEXT, deployment TEXT, mode TEXT,"
    " expired INTEGER NOT NULL, days INTEGER, reporting INTEGER NOT NULL,"
    " in_back_office INTEGER NOT NULL);"
    "CREATE INDEX vpx_licences_host ON vpx_licences(host);"
    "CREATE TABLE notices(id INTEGER PRIMARY KEY, created INTEGER NOT NULL, event_id TEXT NOT NULL,"
    " component TEXT NOT NULL, severity TEXT NOT NULL, priority TEXT NOT NULL, flat INTEGER NOT"
    " NULL, title TEXT NOT NULL, description TEXT NOT NULL, detail_uri TEXT);"
    "CREATE TABLE service_states(id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL,"
    " type TEXT NOT NULL, quantity INTEGER, days INTEGER, future INTEGER);"
    "CREATE TABLE cloud_months(term INTEGER PRIMARY KEY, available INTEGER NOT NULL,"
    " user_total INTEGER NOT NULL, user_new INTEGER NOT NULL, user_released INTEGER NOT NULL,"
    " device_total INTEGER NOT NULL, device_new INTEGER NOT NULL,"
    " device_released INTEGER NOT NULL);"
    "CREATE TABLE cloud_facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL, at INTEGER NOT NULL);";

/* What the operations of extensions.md need besides, and the partner's view of its customers. */
static const char more_schema[] =
    "CREATE TABLE usage_users(term INTEGER NOT NULL, delivery_group INTEGER NOT NULL,"
    " total INTEGER NOT NULL, PRIMARY KEY(term, delivery_group)) WITHOUT ROWID;"
    "CREATE TABLE versions(version INTEGER NOT NULL); INSERT INTO versions VALUES(1);"
    "CREATE TABLE sites(id INTEGER PRIMARY KEY, site_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " customer INTEGER, last_report INTEGER NOT NULL);"
    "CREATE TABLE delivery_groups(id INTEGER PRIMARY KEY, site INTEGER NOT NULL,"
    " group_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, customer INTEGER);"
    "CREATE INDEX delivery_groups_site ON delivery_groups(site);"
    "CREATE TABLE server_licences(id INTEGER PRIMARY KEY, server INTEGER NOT NULL,"
    " name TEXT NOT NULL, products TEXT NOT NULL, serials TEXT NOT NULL, features TEXT NOT NULL,"
    " created INTEGER NOT NULL, expires INTEGER NOT NULL);"
    "CREATE INDEX server_licences_server ON server_licences(server);"
    "CREATE TABLE customer_notices(id INTEGER PRIMARY KEY, customer INTEGER NOT NULL,"
    " created INTEGER NOT NULL, event_id TEXT NOT NULL, component TEXT NOT NULL,"
    " severity TEXT NOT NULL, priority TEXT NOT NULL, flat INTEGER NOT NULL, title TEXT NOT NULL,"
    " description TEXT NOT NULL, detail_uri TEXT);"
    "CREATE INDEX customer_notices_customer ON customer_notices(customer);"
    "CREATE TABLE deploy_servers(id INTEGER PRIMARY KEY, fqdn TEXT NOT NULL UNIQUE,"
    " registered INTEGER NOT NULL, last_report INTEGER NOT NULL, version TEXT NOT NULL);"
    "CREATE TABLE deploy_pools(id INTEGER PRIMARY KEY, product TEXT NOT NULL,"
    " edition TEXT NOT NULL, model TEXT NOT NULL, feature_id TEXT NOT NULL);"
    "CREATE TABLE deploy_installed(pool INTEGER NOT NULL, server INTEGER NOT NULL,"
    " installed INTEGER NOT NULL, PRIMARY KEY(pool, server)) WITHOUT ROWID;"
    "CREATE TABLE deploy_samples(pool INTEGER NOT NULL, server INTEGER NOT NULL,"
    " day INTEGER NOT NULL, in_use INTEGER NOT NULL, PRIMARY KEY(pool, server, day))"
    " WITHOUT ROWID;"
    "CREATE TABLE deploy_users(id INTEGER PRIMARY KEY, user_name TEXT NOT NULL,"
    " domain TEXT NOT NULL, device TEXT, pool INTEGER NOT NULL, server INTEGER NOT NULL,"
    " last_login INTEGER NOT NULL);"
    "CREATE TABLE partner_cloud(term INTEGER NOT NULL, multi INTEGER NOT NULL,"
    " item INTEGER NOT NULL, customer_id TEXT NOT NULL, org_id TEXT NOT NULL, name TEXT NOT NULL,"
    " licences INTEGER NOT NULL, users INTEGER NOT NULL, PRIMARY KEY(term, multi, item))"
    " WITHOUT ROWID;"
    "CREATE TABLE partner_tenants(term INTEGER NOT NULL, item INTEGER NOT NULL,"
    " customer INTEGER NOT NULL, users INTEGER NOT NULL, PRIMARY KEY(term, item, customer))"
    " WITHOUT ROWID;"
    "CREATE TABLE tenant_activity(customer INTEGER PRIMARY KEY, concurrent INTEGER NOT NULL,"
    " licences INTEGER, day INTEGER NOT NULL, month INTEGER NOT NULL,"
    " day_devices INTEGER NOT NULL, month_devices INTEGER NOT NULL);";

/* The known codes of published.md §5 and one that no table knows, as the service may add one any
 * day. Stock codes are text: one looks like a number with leading zeros. */
static int seed_features(const struct seed *s, struct err *err)
{
    static const struct {
        const char *id, *description, *sku, *sku_description;
        int age; /* months since it came; -1: always there */
    } features[USAGE_FEATURES] = {
        {"XDT_PLT_UD", "Premium", "SPLANIMBUSPREM", "Apps and Desktops Premium, per user", -1},
        {"XDT_ADV_UD", "Base", "SPLANIMBUSBASE", "Apps Standard, per user", -1},
        {"XDT_STD_UD", "VDI Edition", "000740018215530942", "Desktops Standard, per user", -1},
        {"ZZQ_NEW_UD", NULL, "SPLANIMBUSNEW", NULL, 2},
    };
    sqlite3_stmt *st = NULL;
    int rc = db_prepare(s->db, "INSERT INTO features VALUES(?,?,?,?,?,?)", &st, err);

    for (int i = 0; i < USAGE_FEATURES && rc == 0; i++) {
        int since = features[i].age < 0 ? s->first_term : s->term - features[i].age;

        if (since < s->first_term)
            since = s->first_term;
        rc = db_run(st, err, "itttti", (int64_t)i, features[i].id, features[i].description,
                    features[i].sku, features[i].sku_description, (int64_t)since);
    }
    sqlite3_finalize(st);
    return rc;
}

int seed_all(sqlite3 *db, const struct options *o, struct err *err)
{
    static int (*const parts[])(const struct seed *, struct err *) = {
        seed_features, seed_customers, seed_servers,     seed_sites, seed_users,
        seed_vpx,      seed_notices,   seed_states,      seed_cloud, seed_customer_notices,
        seed_licences, seed_partner,   seed_deployments,
    };
    struct seed s = {.db = db, .o = o, .now = o->now, .term = term_of(o->now)};
    int rc = db_exec(db, schema, err);

    if (rc == 0)
        rc = db_exec(db, more_schema, err);
    s.first_term = s.term - (int)o->months + 1;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && rc == 0; i++)
        rc = parts[i](&s, err);
    if (rc == 0)
        rc = usage_rebuild(db, s.first_term, s.term, err);
    return rc;
}
