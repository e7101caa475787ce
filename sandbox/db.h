/*
 * The provider's database: one SQLite file, or memory.
 *
 * The database is made once from the seed (seed.h) and then served. A file remembers what it was
 * made from in the table `params`; db_open() uses it again when that is the same, and makes it anew
 * otherwise. A new file is built beside the old one and renamed, so a killed sandbox leaves no half
 * database. A file that is not a sandbox database is refused, never overwritten.
 *
 * Tables (ids count from 1 unless said; terms as in stamp.h; times UTC seconds):
 *   customers         the provider's customers; org_id is NULL for Lite
 *   servers           one row of licenseservers each; customer: the tag that its users follow
 *   server_ccu        ccuFeatureStatistics
 *   features          editions; id is the bit in users.features; since: the first term it is sold
 *   users             who used the provider's editions, see usage.h for the rules
 *   user_servers      which servers report a user
 *   usage_totals, usage_servers, usage_customers, server_customers
 *                     what usage_rebuild() counts from the four tables above
 *   vpx, vpx_licences NetScaler VPX hosts and their licences
 *   notices           newest first by id
 *   service_states, cloud_months, cloud_facts
 *   versions          one row; counts the changes of the data, so that list tokens grow old
 *   sites, delivery_groups
 *                     where users work; a link of either makes users' links (usage.h)
 *   usage_users       users of a term, all (group 0) and by delivery group
 *   server_licences   the files on a server; lists in a column are separated by newlines
 *   customer_notices  notifications of the provider's customers
 *   deploy_servers, deploy_pools, deploy_installed, deploy_samples, deploy_users
 *                     licensed deployments; day: days since 1970-01-01
 *   partner_cloud, partner_tenants
 *                     CloudSummary; tenant customer 0: Not Linked
 *   tenant_activity   cloud use of one tenant; licences NULL: no percentages
 */
#ifndef SANDBOX_DB_H
#define SANDBOX_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct err;
struct options;

/* Opens the database of O (whose `now` must be set), building it when needed.
 * ERR_SETTINGS for a file that is not ours, ERR_IO otherwise. *DB is closed by the caller. */
int db_open(const struct options *o, sqlite3 **db, struct err *err);

int db_exec(sqlite3 *db, const char *sql, struct err *err);
int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct err *err);
/* Binds the arguments by TYPES ('i' int64_t, 't' const char * or NULL, 'n' an int64_t that is NULL
 * when TIME_NONE) and runs ST once. 0 or ERR_IO. Texts need to live only until the call returns. */
int db_run(sqlite3_stmt *st, struct err *err, const char *types, ...);
/* Only binds, for a query. */
int db_bind(sqlite3_stmt *st, const char *types, ...);
/* The single integer of a query without parameters; FALLBACK when there is none. */
int64_t db_integer(sqlite3 *db, const char *sql, int64_t fallback);

static inline const char *db_text(sqlite3_stmt *st, int column)
{
    return (const char *)sqlite3_column_text(st, column);
}

#endif
