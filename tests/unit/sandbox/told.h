/* An oracle for who counts: temporary tables `told` and `counted`, made by SQL alone. */
#ifndef TESTS_SANDBOX_TOLD_H
#define TESTS_SANDBOX_TOLD_H

#include "tests/unit/sandbox/ask.h"

/* The rules of usage.h once more, in SQL: one row for each user, term and server that tells. */
static const char told_sql[] =
    "CREATE TEMP TABLE told AS"
    " WITH RECURSIVE terms(term) AS (SELECT min(term) FROM usage_totals UNION ALL"
    "  SELECT term + 1 FROM terms WHERE term < (SELECT max(term) FROM usage_totals))"
    " SELECT term, u.id AS user, s.id AS server, s.free AS server_free, u.features, u.user_type,"
    "  coalesce(u.customer, (SELECT customer FROM servers x JOIN user_servers y ON y.server = x.id"
    "   WHERE y.user = u.id AND customer IS NOT NULL ORDER BY x.id LIMIT 1),"
    "   (SELECT coalesce(g.customer, p.customer) FROM delivery_groups g JOIN sites p"
    "    ON p.id = g.site WHERE g.id = u.delivery_group), 0) AS customer"
    " FROM terms JOIN users u ON term BETWEEN first_term AND last_term"
    "  AND (term - first_term) % period = 0"
    " JOIN user_servers us ON us.user = u.id JOIN servers s ON s.id = us.server"
    " WHERE (strftime('%Y', last_report, 'unixepoch') * 12"
    "   + strftime('%m', last_report, 'unixepoch') - 1 > term)"
    "  OR (strftime('%Y', last_report, 'unixepoch') * 12"
    "   + strftime('%m', last_report, 'unixepoch') - 1 = term"
    "   AND first_day <= CAST(strftime('%d', last_report, 'unixepoch') AS INTEGER));"
    "CREATE TEMP TABLE counted AS SELECT term, user, features, customer,"
    " coalesce(user_type, min(server_free)) AS is_free FROM told GROUP BY term, user;";

#endif
