#include "cells.h"

#include <strings.h>

#include "base/err.h"
#include "model/gap.h"
#include "model/term.h"
#include "model/usage.h"

enum { NOV = 2026 * 12 + 10, OCT = NOV - 1, NOV_1 = 1793491200, DAY = 86400 };

static struct server *add(struct server_list *l, const char *host, const char *fqdn, int64_t last,
                          bool reporting)
{
    struct server *s = server_list_add(l);

    s->host_id = host;
    s->fqdn = fqdn;
    s->last_report = last;
    s->reporting = reporting;
    s->ever_reported = last != TIME_NONE;
    return s;
}

static void text_is(const struct gap *g, int64_t total, const char *expected)
{
    struct buf out;

    buf_init(&out, 200);
    gap_total(g, total, &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void test_running_term(void **state)
{
    struct server_list l;
    struct gap_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};
    struct server_set only;
    struct gap g;

    (void)state;
    assert_int_equal(term_of(CELLS_NOW, "UTC"), NOV);
    assert_int_equal(term_start(NOV, "UTC"), NOV_1);
    server_list_init(&l);
    for (int i = 0; i < 11; i++) {
        static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};

        add(&l, names[i], names[i], CELLS_NOW - 3600, true);
    }
    add(&l, "LIC07", "lic07", CELLS_NOW - 13 * DAY, false);
    add(&l, "LIC11", "lic11", CELLS_NOW - 4 * DAY, false);
    add(&l, "LIC14", NULL, TIME_NONE, false);
    assert_int_equal(gap_find(&in, NOV, NULL, 0, &g), 0);
    assert_true(g.known);
    assert_int_equal(g.servers, 14);
    assert_int_equal(g.silent, 3);
    assert_int_equal(g.since, CELLS_NOW - 13 * DAY);
    text_is(&g, 4812, ">= 4 812 (3 of 14 servers silent)");
    /* One machine under two rows: it reports when one of them does. */
    add(&l, "LIC07B", "LIC07", CELLS_NOW - 3600, true);
    assert_int_equal(gap_find(&in, NOV, NULL, 0, &g), 0);
    assert_int_equal(g.servers, 14);
    assert_int_equal(g.silent, 2);
    server_set_init(&only);
    assert_int_equal(server_set_add(&only, "LIC11"), 0);
    assert_int_equal(server_set_add(&only, "a"), 0);
    in.only = &only;
    assert_int_equal(gap_find(&in, NOV, NULL, 0, &g), 0);
    assert_int_equal(g.servers, 2);
    assert_int_equal(g.silent, 1);
    text_is(&g, 7, ">= 7 (1 of 2 servers silent)");
    server_set_remove(&only, "lic11");
    assert_int_equal(gap_find(&in, NOV, NULL, 0, &g), 0);
    assert_false(gap_incomplete(&g));
    text_is(&g, 7, "7");
    in.only = NULL;
    l.unavailable = true;
    assert_int_equal(gap_find(&in, NOV, NULL, 0, &g), 0);
    assert_false(g.known);
    assert_false(gap_incomplete(&g));
    text_is(&g, 7, "7 (whether all servers report is not known)");
    assert_int_equal(gap_find(&in, NOV + 1, NULL, 0, &g), 0);
    assert_false(g.known);
    server_set_release(&only);
    server_list_release(&l);
}

static void test_closed_term(void **state)
{
    /* The last upload of October on the last day, a day and a half before, and a second earlier. */
    const struct gap_report reports[] = {
        {"a", NOV_1 - 3600},     {"b", NOV_1 - GAP_SLACK}, {"c", NOV_1 - GAP_SLACK - 1},
        {"A", NOV_1 - 20 * DAY}, {"d", TIME_NONE},         {NULL, NOV_1 - 20 * DAY},
        {"e", NOV_1 - 10 * DAY},
    };
    struct server_list l;
    struct gap_input in = {.servers = NULL, .now = CELLS_NOW, .zone = "UTC"};
    struct gap_judge judge;
    struct gap g;

    (void)state;
    assert_int_equal(gap_find(&in, OCT, reports, 7, &g), 0);
    assert_true(g.known);
    assert_int_equal(g.servers, 5);
    assert_int_equal(g.silent, 2);
    assert_int_equal(g.undated, 1);
    assert_int_equal(g.since, NOV_1 - 10 * DAY);
    assert_int_equal(gap_find(&in, OCT, NULL, 0, &g), 0);
    assert_false(g.known);
    server_list_init(&l);
    in.servers = &l;
    add(&l, "D", "d", NOV_1 - 15 * DAY, false); /* undated in the term: the list says */
    add(&l, "E", "E", CELLS_NOW, true);         /* dated in the term: that counts */
    add(&l, "F", "f", NOV_1 - 12 * DAY, false); /* no part: silent since before the end */
    add(&l, "G", "g", NOV_1 + DAY, true);       /* no part: reported since, no users */
    add(&l, "H", NULL, TIME_NONE, false);       /* never */
    assert_int_equal(gap_find(&in, OCT, reports, 7, &g), 0);
    assert_int_equal(g.servers, 7); /* a b c d e f g */
    assert_int_equal(g.silent, 4);  /* c d e f */
    assert_int_equal(g.undated, 0);
    assert_int_equal(g.since, NOV_1 - 15 * DAY);
    assert_int_equal(gap_judge_init(&judge, &in, OCT), 0);
    assert_int_equal(gap_judge_server(&judge, "f", TIME_NONE), GAP_SILENT);
    assert_int_equal(gap_judge_server(&judge, "g", TIME_NONE), GAP_REPORTED);
    assert_int_equal(gap_judge_server(&judge, "zz", TIME_NONE), GAP_UNDATED);
    assert_int_equal(gap_judge_server(&judge, NULL, NOV_1), GAP_REPORTED);
    gap_judge_release(&judge);
    assert_int_equal(gap_judge_init(&judge, &in, NOV), 0);
    assert_int_equal(gap_judge_server(&judge, "f", CELLS_NOW), GAP_SILENT);
    assert_int_equal(gap_judge_server(&judge, "G", TIME_NONE), GAP_REPORTED);
    assert_int_equal(gap_judge_server(&judge, "zz", CELLS_NOW), GAP_UNKNOWN);
    gap_judge_release(&judge);
    server_list_release(&l);
}

/* In the zone of the bill the term ends elsewhere. */
static void test_zone(void **state)
{
    const struct gap_report r = {"a", NOV_1 - GAP_SLACK - 3600};
    struct gap_input in = {.now = CELLS_NOW, .zone = "UTC"};
    struct gap g;

    (void)state;
    assert_int_equal(gap_find(&in, OCT, &r, 1, &g), 0);
    assert_int_equal(g.silent, 1);
    in.zone = "Asia/Tokyo";
    assert_int_equal(gap_find(&in, OCT, &r, 1, &g), 0);
    assert_int_equal(g.silent, 0);
}

/* One server at a time, without sorting or merging. */
static void oracle(const struct server_list *l, const struct gap_report *r, size_t n,
                   struct gap *out)
{
    static const char *const names[] = {"a", "B", "c", "D", "e", "F", "g"};

    *out = (struct gap){.known = true, .since = TIME_NONE};
    for (size_t k = 0; k < 7; k++) {
        int64_t part = TIME_NONE, last = TIME_NONE, best;
        bool any = false, ever = false;

        for (size_t i = 0; i < n; i++)
            if (strcasecmp(r[i].fqdn, names[k]) == 0) {
                any = true;
                part = r[i].reported > part ? r[i].reported : part;
            }
        for (size_t i = 0; i < l->count; i++)
            if (l->rows[i].fqdn != NULL && strcasecmp(l->rows[i].fqdn, names[k]) == 0 &&
                l->rows[i].ever_reported) {
                ever = true;
                last = l->rows[i].last_report > last ? l->rows[i].last_report : last;
            }
        if (!any && !ever)
            continue;
        best = part != TIME_NONE ? part : last;
        out->servers++;
        out->undated += best == TIME_NONE;
        if (best == TIME_NONE || best >= NOV_1 - GAP_SLACK)
            continue;
        out->silent++;
        if (out->since == TIME_NONE || best < out->since)
            out->since = best;
    }
}

static void test_random(void **state)
{
    static const char *const spelt[] = {"a", "A", "b", "B", "c", "d", "E", "f", "g", "G"};
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct gap_report r[12];
        struct server_list l;
        struct gap_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};
        struct gap g, expected;
        size_t n = dice(&seed, 12);

        server_list_init(&l);
        for (size_t i = 0; i < n; i++)
            r[i] = (struct gap_report){spelt[dice(&seed, 10)],
                                       dice(&seed, 3) == 0 ? TIME_NONE
                                                           : NOV_1 - (int64_t)dice(&seed, 3 * DAY)};
        for (size_t i = dice(&seed, 8); i > 0; i--)
            add(&l, "H", dice(&seed, 5) == 0 ? NULL : spelt[dice(&seed, 10)],
                dice(&seed, 4) == 0 ? TIME_NONE : NOV_1 + DAY - (int64_t)dice(&seed, 6 * DAY),
                dice(&seed, 2) == 0);
        assert_int_equal(gap_find(&in, OCT, r, n, &g), 0);
        oracle(&l, r, n, &expected);
        assert_int_equal(g.servers, expected.servers);
        assert_int_equal(g.silent, expected.silent);
        assert_int_equal(g.undated, expected.undated);
        assert_true(g.since == expected.since);
        server_list_release(&l);
    }
}

static void test_of_usage(void **state)
{
    static const struct usage_server parts[] = {
        {.fqdn = "a", .total = 5, .reported = NOV_1 - 3600},
        {.fqdn = "b", .total = 5, .reported = NOV_1 - 9 * DAY}};
    struct gap_input in = {.now = CELLS_NOW, .zone = "UTC"};
    struct usage_list u;
    struct gap g;

    (void)state;
    usage_list_init(&u, OCT);
    *usage_list_add(&u) = (struct usage_feature){
        .feature_id = "X", .total = 10, .server_parts = parts, .server_part_count = 2};
    assert_int_equal(gap_of_usage(&in, &u, &g), 0);
    assert_int_equal(g.silent, 1);
    usage_list_mark(&u, &g);
    usage_list_finish(&u);
    assert_true(u.rows[0].incomplete);
    assert_cell(&usage_gap_row_type, &u.rows[0], "incomplete", "true");
    assert_shown(&usage_gap_row_type, &u.rows[0], "total", ">= 10");
    assert_shown(&usage_gap_row_type, &u.rows[0], "paid", ">= 10");
    assert_shown(&usage_gap_row_type, &u.rows[0], "free", "~ 0");
    assert_cell(&usage_gap_row_type, &u.rows[0], "total", "10");
    usage_list_release(&u);
}

static void test_set(void **state)
{
    struct server_set s;

    (void)state;
    assert_true(server_set_has(NULL, NULL));
    assert_true(server_set_has(NULL, "x"));
    server_set_init(&s);
    assert_false(server_set_has(&s, "x"));
    assert_false(server_set_has(&s, NULL));
    assert_int_equal(server_set_add(&s, "m"), 0);
    assert_int_equal(server_set_add(&s, "a"), 0);
    assert_int_equal(server_set_add(&s, "Z"), 0);
    assert_int_equal(server_set_add(&s, "M"), 0);
    assert_int_equal(s.count, 3);
    assert_true(server_set_has(&s, "z") && server_set_has(&s, "A") && server_set_has(&s, "M"));
    server_set_remove(&s, "q");
    server_set_remove(&s, "A");
    assert_int_equal(s.count, 2);
    assert_false(server_set_has(&s, "a"));
    server_set_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_running_term), cmocka_unit_test(test_closed_term),
        cmocka_unit_test(test_zone),         cmocka_unit_test(test_random),
        cmocka_unit_test(test_of_usage),     cmocka_unit_test(test_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
