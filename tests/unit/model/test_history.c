#include "cells.h"

#include "base/err.h"
#include "model/finding.h"
#include "model/history.h"
#include "model/term.h"

enum { NOV = 2026 * 12 + 10, NOV_1 = 1793491200, DAY = 86400 };

static const char *const features[] = {"XDT_PLT_UD", "XDT_ADV_UD", "ZZQ_NEW_UD"};
static const char *const ids[] = {"cedar9", "oak1", "elm7", NULL};
static const char *const hosts[] = {"a.x", "b.x", "c.x"};

static void series(const struct history *h, const struct history_choice *c, int from, int to,
                   struct history_point *out)
{
    assert_int_equal(history_series(h, c, from, to, out, NULL), 0);
}

/* Numbers that a term, a feature and a part have, so that any of them can be said again. */
static int64_t users(int term, int feature, int part)
{
    return (term * 7 + feature * 31 + part * 13) % 97 + 1;
}

/* A month in which servers share no users and customers add up. */
static void make_month(struct usage_list *l, int term, int feature_count)
{
    usage_list_init(l, term);
    for (int f = 0; f < feature_count; f++) {
        struct usage_feature *row = usage_list_add(l);
        struct usage_customer *c = arena_array(&l->arena, 4, sizeof(*c));
        struct usage_server *s = arena_array(&l->arena, 3, sizeof(*s));

        row->sku_id = "S";
        row->feature_id = features[f];
        row->customers = 3;
        row->servers = 3;
        for (int k = 0; k < 4; k++) {
            c[k] = (struct usage_customer){.linked = ids[k] != NULL,
                                           .id = ids[k],
                                           .total = users(term, f, k),
                                           .free = users(term, f, k) / 10};
            row->total += c[k].total;
            row->free += c[k].free;
        }
        for (int k = 0; k < 3; k++)
            s[k] = (struct usage_server){.fqdn = hosts[k],
                                         .total = row->total / 3,
                                         .reported = term_start(term + 1, "UTC") - 3600};
        s[0].total += row->total % 3;
        s[0].free = row->free;
        row->customer_parts = c;
        row->customer_part_count = 4;
        row->server_parts = s;
        row->server_part_count = 3;
    }
    usage_list_finish(l);
}

static void add_month(struct history *h, int term, int feature_count)
{
    struct usage_list l;

    make_month(&l, term, feature_count);
    assert_int_equal(history_add_usage(h, &l, NULL), 0);
    usage_list_release(&l);
}

static void test_series(void **state)
{
    struct history h;
    struct history_point p[24];
    struct server_set only;

    (void)state;
    history_init(&h);
    /* Out of order, one twice, March missing, a new edition from June on. */
    for (int i = 23; i >= 0; i--)
        if (i != 4)
            add_month(&h, NOV - 23 + i, i < 7 ? 2 : 3);
    add_month(&h, NOV - 10, 3);
    assert_int_equal(h.count, 23);
    assert_null(history_month(&h, NOV - 19));
    assert_non_null(history_month(&h, NOV));
    server_set_init(&only);
    server_set_add(&only, "B.X");
    for (int f = -1; f < 3; f++)
        for (int k = -1; k < 4; k++) {
            struct history_choice c = {.feature_id = f < 0 ? NULL : features[f],
                                       .customer_id = k < 0            ? NULL
                                                      : ids[k] != NULL ? ids[k]
                                                                       : HISTORY_NOT_LINKED,
                                       .measure = HISTORY_PAID};

            series(&h, &c, NOV - 23, NOV, p);
            for (int i = 0; i < 24; i++) {
                int64_t sum = 0, term = NOV - 23 + i;
                bool there = i != 4 && (f < 2 || i >= 7);

                for (int g = 0; g < (i < 7 ? 2 : 3); g++)
                    for (int m = 0; m < 4; m++)
                        if ((f < 0 || f == g) && (k < 0 || k == m))
                            sum += users((int)term, g, m) - users((int)term, g, m) / 10;
                assert_int_equal(p[i].term, term);
                assert_int_equal(p[i].state, there ? HISTORY_KNOWN : HISTORY_MISSING);
                assert_int_equal(p[i].value, there ? sum : 0);
            }
        }
    /* One server is exact. */
    {
        struct history_choice c = {.feature_id = features[0], .servers = &only};

        series(&h, &c, NOV, NOV, p);
        assert_int_equal(p[0].value, history_month(&h, NOV)->features[0].total / 3);
        assert_false(p[0].at_most);
        c.customer_id = "cedar9";
        assert_int_equal(history_series(&h, &c, NOV, NOV, p, NULL), ERR_DATA);
    }
    server_set_release(&only);
    history_release(&h);
}

/* An edition that could not be read is missing from the sums, not from the others. */
static void test_unreadable_edition(void **state)
{
    struct history_choice all = {0}, one = {.feature_id = features[0]};
    struct history_point p[2];
    struct history h;

    (void)state;
    history_init(&h);
    add_month(&h, NOV - 1, 2);
    add_month(&h, NOV, 2);
    history_lose(&h, NOV - 1, 1);
    history_lose(&h, NOV - 7, 1);
    series(&h, &all, NOV - 1, NOV, p);
    assert_int_equal(p[0].state, HISTORY_INCOMPLETE);
    assert_true(p[0].incomplete);
    assert_int_equal(p[1].state, HISTORY_KNOWN);
    series(&h, &one, NOV - 1, NOV, p);
    assert_int_equal(p[0].state, HISTORY_KNOWN);
    all.customer_id = ids[0];
    series(&h, &all, NOV - 1, NOV, p);
    assert_int_equal(p[0].state, HISTORY_INCOMPLETE);
    /* Read anew, it is whole. */
    add_month(&h, NOV - 1, 2);
    series(&h, &all, NOV - 1, NOV, p);
    assert_int_equal(p[0].state, HISTORY_KNOWN);
    history_release(&h);
}

static void test_absent_customer(void **state)
{
    struct history h;
    struct history_choice c = {.customer_id = "nobody"};
    struct history_point p;
    struct usage_list l;

    (void)state;
    history_init(&h);
    add_month(&h, NOV, 2);
    series(&h, &c, NOV, NOV, &p);
    assert_int_equal(p.state, HISTORY_KNOWN);
    assert_int_equal(p.value, 0);
    /* The parts contradict the total: then who is not listed may have users. */
    make_month(&l, NOV, 2);
    l.rows[1].total++;
    assert_int_equal(history_add_usage(&h, &l, NULL), 0);
    series(&h, &c, NOV, NOV, &p);
    assert_int_equal(p.state, HISTORY_MISSING);
    c.feature_id = features[0];
    series(&h, &c, NOV, NOV, &p);
    assert_int_equal(p.state, HISTORY_KNOWN);
    usage_list_release(&l);
    usage_list_init(&l, -1);
    assert_int_equal(history_add_usage(&h, &l, NULL), ERR_DATA);
    usage_list_release(&l);
    history_release(&h);
}

static void test_marks(void **state)
{
    struct server_list servers;
    struct gap_input in = {.servers = &servers, .now = NOV_1 + 22 * DAY, .zone = "UTC"};
    struct history h;
    struct history_choice c = {.feature_id = features[0]};
    struct history_point p[3];
    struct usage_list l;
    struct server *s;

    (void)state;
    server_list_init(&servers);
    s = server_list_add(&servers);
    s->host_id = "A";
    s->fqdn = "a.x";
    s->last_report = NOV_1 + 10 * DAY;
    s->ever_reported = true;
    history_init(&h);
    add_month(&h, NOV, 1);
    add_month(&h, NOV - 1, 1);
    make_month(&l, NOV - 2, 1);
    ((struct usage_server *)l.rows[0].server_parts)[1].reported -= 5 * DAY;
    assert_int_equal(history_add_usage(&h, &l, NULL), 0);
    usage_list_release(&l);
    assert_int_equal(history_mark(&h, &in), 0);
    series(&h, &c, NOV - 2, NOV, p);
    assert_int_equal(p[0].state, HISTORY_INCOMPLETE);
    assert_true(p[0].incomplete);
    assert_int_equal(p[1].state, HISTORY_KNOWN);
    assert_int_equal(p[2].state, HISTORY_PARTIAL);
    assert_true(p[2].incomplete);
    assert_int_equal(history_month(&h, NOV)->gap.silent, 1);
    assert_int_equal(history_month(&h, NOV - 2)->gap.servers, 3);
    /* A month later the same data is judged as that of a closed term. */
    in.now = NOV_1 + 32 * DAY;
    servers.rows[0].reporting = true;
    servers.rows[0].last_report = in.now;
    assert_int_equal(history_mark(&h, &in), 0);
    series(&h, &c, NOV - 2, NOV, p);
    assert_int_equal(p[2].state, HISTORY_KNOWN);
    server_list_release(&servers);
    history_release(&h);
}

static void add_product(struct usage_history *l, const char *product, int term, int64_t total,
                        int64_t paid, int64_t free_users)
{
    *usage_history_add(l) = (struct product_month){.category = "XenApp/XenDesktop",
                                                   .product = product,
                                                   .term = term,
                                                   .total = total,
                                                   .paid = paid,
                                                   .free = free_users,
                                                   .sources = 2,
                                                   .customers = 3};
}

static void test_products(void **state)
{
    struct history h;
    struct usage_history l;
    struct finding_list found;
    struct history_choice c = {.feature_id = "XDT_PLT_UD", .measure = HISTORY_PAID};
    struct history_point p[3];

    (void)state;
    history_init(&h);
    usage_history_init(&l);
    finding_list_init(&found);
    add_month(&h, NOV, 1);
    add_product(&l, "premium", NOV, 1, 1, 0);
    add_product(&l, "Premium", NOV - 1, 60, 52, 8);
    add_product(&l, "Novelty", NOV - 1, 5, 4, 0);
    add_product(&l, "Premium", NOV - 2, 50, 50, 0);
    assert_int_equal(history_add_products(&h, &l, NULL), 0);
    assert_int_equal(history_add_products(&h, &l, NULL), 0);
    series(&h, &c, NOV - 2, NOV, p);
    assert_int_equal(p[0].value, 50);
    assert_int_equal(p[1].value, 52);
    assert_true(p[2].value > 1); /* usage data stands */
    c.feature_id = "Novelty";
    series(&h, &c, NOV - 2, NOV, p);
    assert_int_equal(p[1].value, 5);
    assert_int_equal(p[0].state, HISTORY_MISSING);
    c.feature_id = NULL;
    c.customer_id = "cedar9"; /* not told */
    series(&h, &c, NOV - 2, NOV, p);
    assert_int_equal(p[1].state, HISTORY_MISSING);
    usage_history_findings(&l, &found);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.rows[0].text, "Novelty, 2026-10: 5 users less 0 free are not 4 paid");
    /* Usage data replaces it. */
    add_month(&h, NOV - 1, 2);
    assert_true(history_month(&h, NOV - 1)->detailed);
    assert_int_equal(h.count, 3);
    assert_null(usage_history_feature("Nothing"));
    assert_null(usage_history_feature(NULL));
    assert_string_equal(usage_history_feature("VDI EDITION"), "XDT_STD_UD");
    finding_list_release(&found);
    usage_history_release(&l);
    history_release(&h);
}

static void text_is(const struct history_change *c, const char *expected)
{
    struct buf out;

    buf_init(&out, 100);
    history_change_text(c, &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void test_change(void **state)
{
    struct history_point p[13] = {0};
    struct history_change c;

    (void)state;
    for (int i = 0; i < 13; i++)
        p[i] = (struct history_point){.term = NOV - 12 + i, .value = 100, .state = HISTORY_KNOWN};
    p[12].value = 4812;
    p[12].state = HISTORY_PARTIAL;
    p[11].value = 4622;
    history_change(p, 13, NOV, 1, &c);
    assert_true(c.known && c.rough);
    assert_int_equal(c.delta, 190);
    text_is(&c, "+190 (+4.1 %)");
    history_change(p, 13, NOV, 12, &c);
    assert_int_equal(c.before, 100);
    text_is(&c, "+4 712 (+4712 %)");
    history_change(p, 13, NOV - 2, 1, &c);
    assert_false(c.rough);
    text_is(&c, "=");
    p[9].state = HISTORY_MISSING;
    history_change(p, 13, NOV - 2, 1, &c);
    assert_false(c.known);
    text_is(&c, "-");
    history_change(p, 13, NOV - 12, 1, &c);
    assert_false(c.known);
    p[0].value = 0;
    p[1].value = INT64_MAX;
    history_change(p, 13, NOV - 11, 1, &c);
    text_is(&c, "+9 223 372 036 854 775 807 (new)");
    p[0].value = INT64_MIN;
    history_change(p, 13, NOV - 11, 1, &c);
    assert_true(c.delta == INT64_MAX);
}

static void test_list(void **state)
{
    struct history h;
    struct history_list l;
    struct usage_list empty;
    struct server_set only;
    struct gap_input in = {.now = NOV_1 + 22 * DAY, .zone = "UTC"};

    (void)state;
    history_init(&h);
    history_list_init(&l);
    add_month(&h, NOV, 2);
    add_month(&h, NOV - 3, 1);
    usage_list_init(&empty, NOV - 1);
    assert_int_equal(history_add_usage(&h, &empty, NULL), 0);
    assert_int_equal(history_mark(&h, &in), 0);
    assert_int_equal(history_list_build(&l, &h, NOV - 3, NOV, NULL), 0);
    assert_columns(&history_row_type, "term feature_id edition total paid free servers customers");
    assert_int_equal(l.count, 5);
    assert_row(&history_row_type, &l.rows[2], "2026-10|||||||");
    assert_row(&history_row_type, &l.rows[3], "2026-09|||||||");
    assert_shown(&history_row_type, &l.rows[2], "total", "?");
    assert_shown(&history_row_type, &l.rows[2], "edition", "no data");
    assert_shown(&history_row_type, &l.rows[0], "term", "Nov 2026 so far");
    assert_int_equal(history_row_type.severity(&l.rows[2]), 2);
    {
        const struct history_feature *f = &history_month(&h, NOV)->features[1];
        char expected[100];

        snprintf(expected, sizeof(expected), "2026-11|XDT_ADV_UD|Standard, apps|%d|%d|%d|3|3",
                 (int)f->total, (int)(f->total - f->free), (int)f->free);
        assert_row(&history_row_type, &l.rows[1], expected);
        server_set_init(&only);
        server_set_add(&only, "b.x");
        assert_int_equal(history_list_build(&l, &h, NOV, NOV, &only), 0);
        snprintf(expected, sizeof(expected), "2026-11|XDT_ADV_UD|Standard, apps|%d|%d|0|1|",
                 (int)(f->total / 3), (int)(f->total / 3));
        assert_row(&history_row_type, &l.rows[1], expected);
        server_set_release(&only);
    }
    assert_int_equal(history_list_source(&l).count, 2);
    usage_list_release(&empty);
    history_list_release(&l);
    history_release(&h);
}

/* Refreshing the running month for days must not grow the history. */
static void test_replacing_is_bounded(void **state)
{
    struct history h;
    size_t used, names;

    (void)state;
    history_init(&h);
    add_month(&h, NOV, 3);
    used = h.names.used;
    names = h.name_count;
    for (int i = 0; i < 500; i++)
        add_month(&h, NOV, 3);
    assert_int_equal(h.names.used, used);
    assert_int_equal(h.name_count, names);
    assert_int_equal(h.count, 1);
    for (int i = 1; i < HISTORY_MONTHS_MAX; i++)
        add_month(&h, NOV - i, 1);
    {
        struct usage_list l;

        make_month(&l, NOV + 1, 1);
        assert_int_equal(history_add_usage(&h, &l, NULL), ERR_TOOBIG);
        usage_list_release(&l);
    }
    history_release(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_unreadable_edition),
        cmocka_unit_test(test_absent_customer),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_change),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_replacing_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
