/*
 * What test_oracle_numbers.c asks the provider's records: one query for each list of the command
 * line and for the numbers on the screen, over the tables of sql.h. ?1 is the term.
 */
#ifndef TESTS_E2E_SQL_QUERIES_H
#define TESTS_E2E_SQL_QUERIES_H

#include "tests/e2e/sql.h"

/* clang-format off */

#define PRESENT "24322"

/* Whether a month's numbers lack those of silent servers; only the running one's do here. */
#define INCOMPLETE " iif(term = " PRESENT " AND (SELECT count(*) FROM silent) > 0, 'true', 'false')"

static const char by_edition[] =
    "SELECT name AS term, sku_id, feature_id, total, paid, free, free_percent, servers,"
    " free_servers, customers FROM editions JOIN terms USING(term) WHERE term = ?1"
    " ORDER BY feature";

static const char by_edition_csv[] =
    "SELECT name AS term, sku_id, feature_id, total, paid, free, free_percent, servers,"
    " free_servers, customers," INCOMPLETE " AS incomplete"
    " FROM editions JOIN terms USING(term) WHERE term = ?1 ORDER BY feature";

/* Every edition has its row of users without a customer, the last one. */
static const char by_customer[] =
    "WITH linked AS (SELECT feature, customer, count(*) AS total, sum(is_free) AS free"
    " FROM counted WHERE term = ?1 AND customer IS NOT NULL GROUP BY feature, customer"
    " UNION ALL SELECT e.feature, NULL, (SELECT count(*) FROM counted c WHERE c.term = ?1"
    " AND c.feature = e.feature AND c.customer IS NULL), (SELECT coalesce(sum(is_free), 0)"
    " FROM counted c WHERE c.term = ?1 AND c.feature = e.feature AND c.customer IS NULL)"
    " FROM editions e WHERE e.term = ?1)"
    "SELECT e.feature_id, l.total, l.total-l.free AS paid, l.free,"
    " iif(l.total = 0, 0, (200*l.free+l.total)/(2*l.total)) AS free_percent,"
    " c.customer_id, iif(l.customer IS NULL, 'false', 'true') AS linked,"
    " iif(l.customer IS NULL, 'Not linked', iif(c.org_id IS NULL, c.nickname, c.display_name))"
    " AS customer, iif(?1 = " PRESENT ", 'true', 'false') AS incomplete"
    " FROM linked l JOIN editions e ON e.term = ?1 AND e.feature = l.feature"
    " LEFT JOIN customers c ON c.id = l.customer"
    " ORDER BY l.feature, l.customer IS NULL, l.customer";

/* This month beside the one before, a customer and edition that either of them has. What the month
 * before does not list is not known. */
static const char customers_by_edition[] =
    "WITH n AS (SELECT term, feature, customer, count(*) AS total, sum(is_free) AS free FROM counted"
    " WHERE term IN (?1, ?1 - 1) GROUP BY term, feature, customer),"
    " p AS (SELECT feature, customer FROM n WHERE customer IS NOT NULL"
    " UNION SELECT feature, NULL FROM editions WHERE term IN (?1, ?1 - 1)),"
    " r AS (SELECT p.*, coalesce(a.total, 0) AS t, coalesce(a.free, 0) AS f,"
    " iif(e.term IS NULL, NULL, coalesce(b.total, 0)) AS tb,"
    " iif(e.term IS NULL, NULL, coalesce(b.free, 0)) AS fb FROM p"
    " LEFT JOIN editions e ON e.term = ?1 - 1 AND e.feature = p.feature"
    " LEFT JOIN n a ON a.term = ?1 AND a.feature = p.feature AND a.customer IS p.customer"
    " LEFT JOIN n b ON b.term = ?1 - 1 AND b.feature = p.feature AND b.customer IS p.customer)"
    "SELECT (SELECT name FROM terms WHERE term = ?1) AS term, c.customer_id,"
    " (SELECT feature_id FROM editions e WHERE e.feature = r.feature) AS feature_id,"
    " iif(r.customer IS NULL, 'false', 'true') AS linked, t AS total, t - f AS paid, f AS free,"
    " tb AS total_before, tb - fb AS paid_before, fb AS free_before, t - tb AS change,"
    " iif(?1 = " PRESENT ", 'true', 'false') AS incomplete FROM r"
    " LEFT JOIN customers c ON c.id = r.customer"
    " ORDER BY r.customer IS NULL, c.customer_id, feature_id";

static const char by_server[] =
    "WITH part AS (SELECT t.feature, t.server, count(*) AS total, sum(c.is_free) AS free"
    " FROM told t JOIN counted c USING(term, feature, user) WHERE t.term = ?1"
    " GROUP BY t.feature, t.server)"
    "SELECT e.feature_id, s.fqdn, p.total, p.total-p.free AS paid, p.free,"
    " (200*p.free+p.total)/(2*p.total) AS free_percent,"
    " iif(s.free, 'true', 'false') AS server_free,"
    " iif(?1 = " PRESENT " AND NOT s.reporting, 'true', 'false') AS incomplete"
    " FROM part p JOIN editions e ON e.term = ?1 AND e.feature = p.feature"
    " JOIN servers s ON s.id = p.server ORDER BY p.feature, p.server";

/* Newest first; a month that nobody has numbers of is a row of nulls. */
static const char history[] =
    "SELECT t.name AS term, feature_id, total, paid, free, servers, customers"
    " FROM terms t LEFT JOIN editions e USING(term) ORDER BY t.term DESC, feature";

static const char customers[] =
    "SELECT customer_id, type, display_name AS name, iif(notices IS NULL, NULL,"
    " (SELECT count(*) FROM customer_notices n WHERE n.customer = c.id)) AS notifications"
    " FROM customers c WHERE org_id IS NOT NULL ORDER BY id";

static const char netscaler[] =
    "SELECT v.host_id, v.fqdn, l.product, l.days AS days_to_expire,"
    " iif(NOT h.reporting, 'not_reporting', iif(h.warning, 'reporting_warning', 'reporting'))"
    " AS status, iif(NOT h.reporting, 'error', iif(h.warning, 'warning', 'ok')) AS severity,"
    " iif(l.expired, 'true', 'false') AS expired, iif(l.permanent, 'true', 'false') AS permanent,"
    " iif(l.reporting, 'true', 'false') AS reporting,"
    " iif(l.in_back_office, 'true', 'false') AS in_back_office, l.mode, l.deployment,"
    " l.entitlement_id AS serial FROM vpx_licences l JOIN vpx v ON v.id = l.host"
    " JOIN hosts h ON h.host = v.id ORDER BY v.id, l.id";

/* Tenancies of the customers (extensions.md, CloudSummary): in use by licences, halves up. */
static const char cloud_by_customer[] =
    "SELECT (SELECT name FROM terms WHERE term = ?1) AS term,"
    " iif(multi, 'multi', 'single') AS tenancy, customer_id, name AS customer, org_id,"
    " licences AS licenses, users,"
    " iif(licences > 0, (200 * users + licences) / (2 * licences), NULL) AS percent,"
    " max(0, users - licences) AS overage,"
    " CASE WHEN users > licences THEN 'over' WHEN licences = 0 THEN 'none'"
    " WHEN (200 * users + licences) / (2 * licences) >= 95 THEN 'near' ELSE 'ok' END AS level,"
    " iif(multi, (SELECT count(*) FROM partner_tenants t WHERE t.term = p.term AND t.item = p.item),"
    " NULL) AS tenants FROM partner_cloud p WHERE term = ?1 ORDER BY multi, item";

static const char cloud_by_tenant[] =
    "SELECT (SELECT name FROM terms WHERE term = ?1) AS term, p.name AS owner, c.customer_id,"
    " iif(t.customer = 0, 'Not linked', c.display_name) AS customer, c.org_id, t.users,"
    " iif(t.customer = 0, 'false', 'true') AS linked"
    " FROM partner_tenants t JOIN partner_cloud p ON p.term = t.term AND p.item = t.item AND p.multi"
    " LEFT JOIN customers c ON c.id = t.customer WHERE t.term = ?1"
    " ORDER BY p.item, t.customer = 0, t.customer";

static const char cloud[] =
    "SELECT name AS term, available, user_total AS assigned, user_new AS new,"
    " user_released AS released FROM cloud_months JOIN terms USING(term)"
    " WHERE term > " PRESENT " - 12 ORDER BY term";

/* Licensed deployments: what reports counts. A peak is the largest sum of a day over those servers;
 * 20779 is today, 20758 the first of the month. */
#define PEAK(servers, from) \
    "(SELECT max(n) FROM (SELECT sum(d.in_use) AS n FROM deploy_samples d WHERE d.pool = u.pool" \
    " AND d.server IN (" servers ") AND d.day >= " from " GROUP BY d.day))"
#define PEAKS(servers) \
    PEAK(servers, "20779-6") " AS peak_7d, " PEAK(servers, "20758") " AS peak_month, " \
    PEAK(servers, "0") " AS peak_all"
#define IN_USE_OF_INSTALLED \
    "installed, in_use, (200*in_use+installed)/(2*installed) AS available_percent," \
    " max(0, in_use-installed) AS overdraft"

static const char deployments[] =
    "SELECT p.product, p.edition, p.model, " IN_USE_OF_INSTALLED ", "
    PEAKS("SELECT server FROM uploads x WHERE x.pool = u.pool AND x.reporting")
    ", servers, servers_excluded FROM"
    " (SELECT pool, sum(iif(reporting, installed, 0)) AS installed,"
    " sum(iif(reporting, in_use, 0)) AS in_use, sum(reporting) AS servers,"
    " sum(NOT reporting) AS servers_excluded FROM uploads GROUP BY pool) u"
    " JOIN deploy_pools p ON p.id = u.pool ORDER BY p.id";

static const char deployments_by_server[] =
    "SELECT p.product, p.edition, p.model, u.fqdn,"
    " iif(reporting, 'reporting', 'not_reporting') AS status, " IN_USE_OF_INSTALLED ", "
    PEAKS("u.server")
    " FROM uploads u JOIN deploy_pools p ON p.id = u.pool ORDER BY p.id, u.server";

/* What a chart of the command line is made of: rows term, total, free. */
#define ALL_EDITIONS \
    "SELECT term, sum(total) AS total, sum(free) AS free FROM editions GROUP BY term"
#define ONE_EDITION \
    "SELECT term, total, free FROM editions WHERE feature_id = 'XDT_STD_UD'"
#define OF_CUSTOMER(which) \
    "SELECT t.term, count(c.user) AS total, coalesce(sum(c.is_free), 0) AS free FROM terms t" \
    " LEFT JOIN counted c ON c.term = t.term AND " which " GROUP BY t.term"

/* Numbers of the running month are lower bounds while servers are silent; its free users may also
 * become fewer, once a paid server tells of them. */
#define BOUND_AS(sign) "iif(term = " PRESENT " AND (SELECT count(*) FROM silent) > 0, '" sign " ', '')"
#define BOUND          BOUND_AS(">=")

/* The table that stands for the chart: a line a month, with the change to the month before. */
#define TREND_LINES(series) \
    "WITH s AS (" series "), n AS (SELECT *, lag(total) OVER (ORDER BY term) AS old FROM s)" \
    " SELECT month||' '||" BOUND "||(total-free)||' '||" BOUND_AS("~") "||free||' '||" BOUND "||total||" \
    " iif(old IS NULL, '', ' '||" SQL_CHANGE("total", "old") ")" \
    " || iif(term = " PRESENT ", ' so far', '') FROM n JOIN terms USING(term) ORDER BY term"

/* The same as rows. */
#define TREND_ROWS(series) \
    "WITH s AS (" series ") SELECT name AS term, total, total-free AS paid, free," \
    " iif(term = " PRESENT ", 'so_far', 'complete') AS state," INCOMPLETE " AS incomplete" \
    " FROM s JOIN terms USING(term) ORDER BY term"

/* The numbers of the sentence: first month, last whole one, the running one. */
#define MONTH_OF(point) "(SELECT month FROM terms WHERE term = " point ".term)"
#define TREND_SENTENCE(series) \
    "WITH s AS (" series ") SELECT printf('from %d in %s to %d in %s, %s; %s so far %s%d'," \
    " a.total, " MONTH_OF("a") ", b.total, " MONTH_OF("b") ", " \
    SQL_PERCENT("b.total", "a.total") ", " MONTH_OF("c") "," \
    " (SELECT iif(count(*) > 0, '>= ', '') FROM silent), c.total) FROM s a, s b, s c" \
    " WHERE a.term = (SELECT min(term) FROM s) AND b.term = " PRESENT " - 1" \
    " AND c.term = " PRESENT

/* The forecast of model/forecast.h: the running month by the days of it that have begun, and the
 * line of least squares through the twelve months before; how far the line was off wherever it
 * could have been drawn in the past. Every month before the running one is complete here. */
#define LINE_SUMS \
    "count(*) AS n, sum(q.x) AS sx, sum(q.y) AS sy, sum(q.x*q.y) AS sxy, sum(q.x*q.x) AS sxx"
#define LINE_AT(x) \
    "max(0, (2*(sy*(n*sxx-sx*sx)+(n*(" x ")-sx)*(n*sxy-sx*sy))+n*(n*sxx-sx*sx))" \
    "/(2*n*(n*sxx-sx*sx)))"
static const char forecast[] =
    "WITH RECURSIVE s AS (" ALL_EDITIONS "),"
    " p AS (SELECT term-24299 AS x, total AS y FROM s WHERE term < " PRESENT "),"
    " fits AS (SELECT k.x AS k, " LINE_SUMS " FROM p k JOIN p q ON q.x BETWEEN k.x-11 AND k.x"
    "  GROUP BY k.x HAVING n >= 6),"
    " tests AS (SELECT (2000*abs(" LINE_AT("a.x") "-a.y)+a.y)/(2*a.y) AS off"
    "  FROM fits JOIN p a ON a.x BETWEEN k+1 AND k+12),"
    " error AS (SELECT (SELECT off FROM tests ORDER BY off"
    "  LIMIT 1 OFFSET ((SELECT count(*) FROM tests)-1)/2) AS permille, count(*) AS tests"
    "  FROM tests),"
    " band AS (SELECT f.*, (SELECT max(abs(q.y-" LINE_AT("q.x") ")) FROM p q"
    "  WHERE q.x BETWEEN k-11 AND k) AS b FROM fits f WHERE k = (SELECT max(x) FROM p)),"
    " ahead(x) AS (SELECT " PRESENT "-24299+1 UNION ALL SELECT x+1 FROM ahead"
    "  WHERE x < " PRESENT "-24299+11),"
    " out AS (SELECT term, total, NULL AS forecast, NULL AS low, NULL AS high, NULL AS method,"
    "  NULL AS error_permille, NULL AS error_tests FROM s WHERE term < " PRESENT
    "  UNION ALL SELECT term, total, (2*total*30+22)/44, total, (2*total*30+22)/44, 'run-rate',"
    "  NULL, NULL FROM s WHERE term = " PRESENT
    "  UNION ALL SELECT 24299+x, NULL, f, max(0, f-b), f+b, 'trend', permille, tests"
    "  FROM (SELECT x, " LINE_AT("x") " AS f, b FROM ahead, band), error)"
    "SELECT printf('%d-%02d', term/12, term%12+1) AS term, total, forecast, low, high, method,"
    " error_permille, error_tests FROM out ORDER BY 1";

static const char status[] =
    "SELECT s.*, u.*, (SELECT count(*) FROM customers WHERE org_id IS NOT NULL)"
    " AS \"customers.count\", h.*, l.*, (SELECT count(*) FROM notices) AS \"notifications.count\""
    " FROM (SELECT count(*) AS \"servers.all\", sum(reporting) AS \"servers.reporting\","
    " sum(NOT reporting AND ever_reported) AS \"servers.not_reporting\","
    " sum(NOT ever_reported) AS \"servers.never_reported\" FROM servers) s,"
    " (SELECT sum(total) AS \"usage.total\", sum(paid) AS \"usage.paid\","
    " sum(free) AS \"usage.free\", (SELECT count(*) FROM counted WHERE term = ?1"
    " AND customer IS NULL) AS \"usage.not_linked\" FROM editions WHERE term = ?1) u,"
    " (SELECT count(*) AS \"netscaler.hosts\", sum(reporting) AS \"netscaler.reporting_hosts\""
    " FROM hosts) h,"
    " (SELECT count(*) AS \"netscaler.licences\", sum(expired) AS \"netscaler.expired\","
    " sum(days BETWEEN 1 AND 30) AS \"netscaler.expiring_30\" FROM vpx_licences) l";

/* On the screen: the line of the month with what it lacks, and of each edition its numbers and the
 * change to the month before, wherever they stand. */
static const char headline[] =
    "SELECT printf('>= %d users, %d paid', sum(total), sum(paid)) FROM editions WHERE term = ?1"
    " UNION ALL SELECT printf('(%d of %d servers silent)', (SELECT count(*) FROM silent),"
    " (SELECT count(*) FROM servers))";
static const char numbers[] =
    "WITH e AS (SELECT * FROM editions WHERE term = ?1 AND total > 0)"
    "SELECT total FROM e UNION ALL SELECT paid FROM e UNION ALL SELECT free FROM e";
static const char changes[] =
    "SELECT " SQL_PERCENT("n.total", "o.total") " FROM editions n JOIN editions o"
    " ON o.term = n.term - 1 AND o.feature = n.feature WHERE n.term = ?1 AND n.total > 0"
    " AND o.total > 0 AND o.total <> n.total";

/* clang-format on */

#endif
