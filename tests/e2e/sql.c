#include "tests/e2e/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS_MAX = 40, CELL_MAX = 4096 };

/* The rules are those of published.md §3.3, §3.5 and §3.10, said anew. */
static const char tables[] =
    "CREATE TEMP TABLE terms AS WITH RECURSIVE t(term) AS"
    " (SELECT 24299 UNION ALL SELECT term+1 FROM t WHERE term < 24322)"
    " SELECT term, printf('%d-%02d', term/12, term%12+1) AS name,"
    " substr('JanFebMarAprMayJunJulAugSepOctNovDec', term%12*3+1, 3)||' '||(term/12) AS month"
    " FROM t;"
    /* A server tells of a term while it reports, and of its last one up to the day. */
    "CREATE TEMP TABLE reports AS SELECT id, strftime('%Y', last_report, 'unixepoch')*12"
    " + strftime('%m', last_report, 'unixepoch') - 1 AS term,"
    " CAST(strftime('%d', last_report, 'unixepoch') AS INTEGER) AS day"
    " FROM servers WHERE last_report IS NOT NULL;"
    "CREATE TEMP TABLE links AS SELECT u.id AS user, coalesce(u.customer,"
    " (SELECT s.customer FROM user_servers x JOIN servers s ON s.id = x.server"
    "  WHERE x.user = u.id AND s.customer IS NOT NULL ORDER BY s.id LIMIT 1),"
    " g.customer, i.customer) AS customer FROM users u"
    " LEFT JOIN delivery_groups g ON g.id = u.delivery_group LEFT JOIN sites i ON i.id = g.site;"
    "CREATE TEMP TABLE told AS SELECT t.term, f.id AS feature, u.id AS user, s.id AS server,"
    " s.free AS server_free, l.customer, u.user_type FROM users u"
    " JOIN links l ON l.user = u.id"
    " JOIN terms t ON t.term BETWEEN u.first_term AND u.last_term"
    "  AND (t.term - u.first_term) % u.period = 0"
    " JOIN user_servers x ON x.user = u.id JOIN servers s ON s.id = x.server"
    " JOIN reports r ON r.id = s.id"
    "  AND (t.term < r.term OR (t.term = r.term AND u.first_day <= r.day))"
    " JOIN features f ON (u.features & (1 << f.id)) <> 0 AND f.since <= t.term;"
    "CREATE INDEX temp.told_by ON told(term, feature, user);"
    "CREATE TEMP TABLE counted AS SELECT term, feature, user, customer,"
    " iif(user_type IS NULL, min(server_free), user_type = 1) AS is_free"
    " FROM told GROUP BY term, feature, user;"
    "CREATE INDEX temp.counted_by ON counted(term, feature);"
    "CREATE TEMP TABLE editions AS SELECT *, total-free AS paid,"
    " iif(total = 0, 0, (200*free+total)/(2*total)) AS free_percent FROM"
    " (SELECT t.term, f.id AS feature, f.feature_id, f.sku_id,"
    " (SELECT count(*) FROM counted c WHERE c.term = t.term AND c.feature = f.id) AS total,"
    " (SELECT coalesce(sum(is_free), 0) FROM counted c WHERE c.term = t.term"
    "  AND c.feature = f.id) AS free,"
    " (SELECT count(DISTINCT server) FROM told x WHERE x.term = t.term AND x.feature = f.id)"
    "  AS servers,"
    " (SELECT count(DISTINCT server) FROM told x WHERE x.term = t.term AND x.feature = f.id"
    "  AND server_free) AS free_servers,"
    " (SELECT count(DISTINCT customer) FROM told x WHERE x.term = t.term AND x.feature = f.id)"
    "  AS customers"
    " FROM terms t JOIN features f ON f.since <= t.term);"
    "CREATE TEMP TABLE silent AS SELECT id AS server FROM servers WHERE NOT reporting;"
    "CREATE TEMP TABLE hosts AS SELECT v.id AS host,"
    " (SELECT reporting FROM vpx_licences l WHERE l.host = v.id ORDER BY l.id LIMIT 1) AS "
    "reporting,"
    " (SELECT max(expired OR NOT in_back_office) FROM vpx_licences l WHERE l.host = v.id) AS "
    "warning"
    " FROM vpx v;"
    /* What a server of licensed deployments says while it is listed, by its last upload; the
     * latest sample is what is in use. */
    "CREATE TEMP TABLE uploads AS SELECT i.pool, s.id AS server, s.fqdn, i.installed,"
    " s.last_report >= 1795356120 - 3*86400 AS reporting,"
    " (SELECT d.in_use FROM deploy_samples d WHERE d.pool = i.pool AND d.server = s.id"
    "  ORDER BY d.day DESC LIMIT 1) AS in_use"
    " FROM deploy_installed i JOIN deploy_servers s ON s.id = i.server"
    " WHERE s.last_report >= 1795356120 - 30*86400;";

sqlite3 *sql_open(const char *file)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_exec(db, tables, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", file, sqlite3_errmsg(db));
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *query, int term)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(db, query, -1, &st, NULL) != SQLITE_OK)
        fail_msg("%s\n%s", sqlite3_errmsg(db), query);
    if (sqlite3_bind_parameter_count(st) > 0)
        sqlite3_bind_int(st, 1, term);
    assert_in_range(sqlite3_column_count(st), 1, COLUMNS_MAX);
    return st;
}

/* False after the last row. */
static bool next(sqlite3_stmt *st)
{
    int rc = sqlite3_step(st);

    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        fail_msg("%s\n%s", sqlite3_errmsg(sqlite3_db_handle(st)), sqlite3_sql(st));
    return rc == SQLITE_ROW;
}

static const char *text_at(sqlite3_stmt *st, int column)
{
    const char *text = (const char *)sqlite3_column_text(st, column);
    return text != NULL ? text : "";
}

/* One cell (RFC 4180) of a line that P points into; P then points behind its separator. */
static void take_cell(const char **p, char out[CELL_MAX], bool *last)
{
    const char *s = *p;
    bool quoted = *s == '"';
    size_t n = 0;

    for (s += quoted; *s != '\0' && (quoted || (*s != ',' && *s != '\n')); s++) {
        if (quoted && *s == '"' && *++s != '"')
            break;
        if (n + 1 < CELL_MAX)
            out[n++] = *s;
    }
    out[n] = '\0';
    *last = *s == '\n' || *s == '\0';
    *p = *s != '\0' ? s + 1 : s;
}

struct line {
    char cells[COLUMNS_MAX][CELL_MAX];
    int count;
};

static void take_line(const char **p, struct line *l)
{
    bool last = false;

    for (l->count = 0; !last; l->count++) {
        assert_true(l->count < COLUMNS_MAX);
        take_cell(p, l->cells[l->count], &last);
    }
}

static int place_of(const struct line *head, const char *name)
{
    for (int i = 0; i < head->count; i++)
        if (strcmp(head->cells[i], name) == 0)
            return i;
    fail_msg("no column %s in the CSV", name);
    return 0;
}

void sql_expect_csv(sqlite3 *db, const char *query, int term, const char *csv)
{
    struct line *head = calloc(1, sizeof(*head)), *row = calloc(1, sizeof(*row));
    sqlite3_stmt *st = prepare(db, query, term);
    const char *p = csv;
    int n = 0;

    assert_true(head != NULL && row != NULL);
    take_line(&p, head);
    for (; next(st); n++) {
        if (*p == '\0')
            fail_msg("only %d rows in the CSV:\n%s", n, csv);
        take_line(&p, row);
        for (int i = 0; i < sqlite3_column_count(st); i++) {
            const char *name = sqlite3_column_name(st, i), *is = row->cells[place_of(head, name)];

            if (strcmp(is, text_at(st, i)) != 0)
                fail_msg("CSV row %d: %s is %s, SQL says %s\n%s", n + 1, name, is, text_at(st, i),
                         csv);
        }
    }
    if (*p != '\0')
        fail_msg("more than %d rows in the CSV:\n%s", n, csv);
    sqlite3_finalize(st);
    free(head);
    free(row);
}

static void check_value(sqlite3_stmt *st, int column, const json_t *is, const char *name)
{
    const char *want = text_at(st, column);
    int type = sqlite3_column_type(st, column);
    bool same;

    if (type == SQLITE_NULL)
        same = json_is_null(is);
    else if (type == SQLITE_INTEGER)
        same = json_is_integer(is) && json_integer_value(is) == sqlite3_column_int64(st, column);
    else if (json_is_boolean(is))
        same = strcmp(want, json_is_true(is) ? "true" : "false") == 0;
    else
        same = json_is_string(is) && strcmp(json_string_value(is), want) == 0;
    if (!same) {
        char *has = is != NULL ? json_dumps(is, JSON_ENCODE_ANY) : NULL;

        fail_msg("JSON %s is %s, SQL says %s", name, has != NULL ? has : "not there", want);
    }
}

void sql_expect_json(sqlite3 *db, const char *query, int term, json_t *rows)
{
    sqlite3_stmt *st = prepare(db, query, term);
    size_t n = 0;

    assert_true(json_is_array(rows));
    for (; next(st); n++) {
        json_t *row = json_array_get(rows, n);

        for (int i = 0; i < sqlite3_column_count(st); i++) {
            char name[128];

            snprintf(name, sizeof(name), "row %zu: %s", n + 1, sqlite3_column_name(st, i));
            check_value(st, i, json_object_get(row, sqlite3_column_name(st, i)), name);
        }
    }
    assert_int_equal(json_array_size(rows), n);
    sqlite3_finalize(st);
}

void sql_expect_members(sqlite3 *db, const char *query, int term, json_t *root)
{
    sqlite3_stmt *st = prepare(db, query, term);

    assert_true(next(st));
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        const char *path = sqlite3_column_name(st, i);
        char name[64];
        json_t *o = root;

        for (const char *p = path; *p != '\0';) {
            size_t len = strcspn(p, ".");

            snprintf(name, sizeof(name), "%.*s", (int)len, p);
            o = json_object_get(o, name);
            p += len + (p[len] == '.');
        }
        check_value(st, i, o, path);
    }
    assert_false(next(st));
    sqlite3_finalize(st);
}

const char *sql_lines(sqlite3 *db, const char *query, int term, struct buf *out)
{
    sqlite3_stmt *st = prepare(db, query, term);

    buf_reset(out);
    while (next(st))
        if (sqlite3_column_type(st, 0) != SQLITE_NULL)
            buf_addf(out, "%s\n", text_at(st, 0));
    sqlite3_finalize(st);
    return out->data;
}

const char *sql_squeeze(const char *text, struct buf *out)
{
    buf_reset(out);
    for (const char *p = text; *p != '\0'; p++) {
        bool between = out->len > 0 && out->data[out->len - 1] != '\n';

        if (*p != ' ')
            buf_addc(out, *p);
        else if (between && p[1] != ' ' && p[1] != '\n' && p[1] != '\0')
            buf_addc(out, ' ');
    }
    return out->data;
}
