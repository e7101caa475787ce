/*
 * The oracle that reads the sandbox's database itself.
 *
 * What luitop says is compared with SQL over the base tables: users, their servers and links, the
 * servers, sites, customers, licences (sandbox/db.h). The totals that the sandbox counts for its
 * own answers (usage_totals and its kin) are not read, so a mistake there is found as well as one
 * in luitop. Queries see these temporary tables besides:
 *
 *   terms(term, name, month)     the last 24 terms: 24322, "2026-11", "Nov 2026"
 *   told(term, feature, user, server, server_free, customer, user_type)
 *                                one row for each server that tells of a user's use of an edition;
 *                                customer: whom the user is linked to, NULL for none
 *   counted(term, feature, user, customer, is_free)
 *                                each user once an edition, however many servers tell
 *   editions(term, feature, feature_id, sku_id, total, paid, free, free_percent, servers,
 *            free_servers, customers)
 *   silent(server)               servers that do not report now
 *   hosts(host, reporting, warning)
 *                                NetScaler hosts (published.md §3.10)
 *   uploads(pool, server, fqdn, installed, reporting, in_use)
 *                                listed servers of licensed deployments (published.md §3.16)
 *
 * In a query ?1 is the term. A column of it is compared with the column or member of the same name:
 * integers as whole numbers, NULL with "" in CSV and null in JSON, 'true' and 'false' with JSON's.
 */
#ifndef TESTS_E2E_SQL_H
#define TESTS_E2E_SQL_H

#include <jansson.h>
#include <sqlite3.h>

#include "base/buf.h"

/* The present month of SANDBOX_NOW. */
enum { SQL_NOW_TERM = 2026 * 12 + 10 };

/* Opens the database in FILE for reading and makes the temporary tables; sqlite3_close() it. */
sqlite3 *sql_open(const char *file);

/* The rows of QUERY are the rows of CSV (with its heading), or of the JSON array ROWS, in the same
 * order. */
void sql_expect_csv(sqlite3 *db, const char *query, int term, const char *csv);
void sql_expect_json(sqlite3 *db, const char *query, int term, json_t *rows);
/* The one row of QUERY: columns are named by the way to a member of ROOT, as "servers.all". */
void sql_expect_members(sqlite3 *db, const char *query, int term, json_t *root);
/* The first column of QUERY's rows, a line each, into OUT (reset); NULLs are left out. */
const char *sql_lines(sqlite3 *db, const char *query, int term, struct buf *out);
/* TEXT with each run of blanks made one and none at the ends of lines, into OUT (reset). */
const char *sql_squeeze(const char *text, struct buf *out);

/* SQL for the change from OLD to NEW as luitop writes it: "0", "+7 (+2.0 %)", "-40 (-12 %)"; and
 * for its percentage alone. OLD must not be 0. */
#define SQL_PERCENT(new, old)                                                                                                 \
    "CASE WHEN (abs((" new ")-(" old "))*2000+(" old "))/(2*(" old "))<100 THEN"                                              \
                           " printf('%s%d.%d %%', iif((" new ")<(" old "),'-','+'),"                                          \
                                                             " (abs((" new ")-(" old                                          \
                                                                           "))*2000+(" old                                    \
                                                                           "))/(2*(" old "))/10,"                             \
                                                                           " (abs((" new ")-(" old                            \
                                                                                         "))*"                                \
                                                                                         "2000+"                              \
                                                                                         "(" old                              \
                                                                                         "))/"                                \
                                                                                         "(2*"                                \
                                                                                         "(" old                              \
                                                                                         "))%10) "                            \
                                                                                         "ELSE"                               \
                                                                                         " printf"                            \
                                                                                         "('%s%d "                            \
                                                                                         "%%', "                              \
                                                                                         "iif("                               \
                                                                                         "(" new ")<(" old                    \
                                                                                                 "),'-','+'),"                \
                                                                                                 " (abs((" new ")-(" old      \
                                                                                                               "))*200+(" old \
                                                                                                               "))/(2*(" old  \
                                                                                                               "))) END"
#define SQL_CHANGE(new, old)                                                                       \
    "iif((" new ")=(" old "),'0',printf('%+d (%s)',(" new ")-(" old ")," SQL_PERCENT(new, old) ")" \
                                                                                               ")"

#endif
