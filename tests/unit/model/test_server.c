#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/server.h"
#include "model/view.h"

static const int32_t day_counts[] = {DAYS_NONE, -400, -1, 0, 1, 29, 30, 31, 89, 90, 91, 400};
#define DAY_COUNTS (sizeof(day_counts) / sizeof(day_counts[0]))

static const struct ccu_use uses[] = {
    {"MPS_ENT_CCU", 7},  {"MPS_ADV_CCU", 0}, {"XDS_STD_CCS", 1}, {"XDS_ENT_CCS", 9},
    {"MPS_PLT_CCU", -1}, {NULL, 3},          {"mps_ent_ccu", 3},
};

/* One server from the bits of HOW. */
static struct server made(unsigned how, int32_t days)
{
    return (struct server){
        .host_id = "LIC01",
        .fqdn = how & 1 ? "lic01.example" : NULL,
        .last_report = how & 2 ? 1000000 : TIME_NONE,
        .reporting = how & 4,
        .in_back_office = how & 8,
        .ever_reported = how & 16,
        .non_csp = how & 32,
        .ccu = how & 64,
        .expired = how & 128,
        .days_to_expire = days,
        .ccu_uses = uses,
        .ccu_count = how & 64 ? sizeof(uses) / sizeof(uses[0]) : 0,
    };
}

/* The icon of published.md §3.1, with an expired licence a warning and unknown days none. */
static enum severity icon(unsigned how, int32_t days)
{
    bool phoning_home = how & 4, back_office = how & 8, non_csp = how & 32, ccu = how & 64;
    bool fine = phoning_home && back_office && !ccu && !non_csp && !(how & 128);

    if (!phoning_home)
        return SEVERITY_ERROR;
    if (fine && (days == DAYS_NONE || days > 90))
        return SEVERITY_OK;
    if (fine && days > 30)
        return SEVERITY_INFORMATION;
    return SEVERITY_WARNING;
}

/* The message count of published.md §3.1, line by line. */
static int messages(unsigned how, int32_t days)
{
    bool fqdn = how & 1, time = how & 2, expired = how & 128;
    int n = 0;

    if (!(how & 8))
        n++;
    if (!(how & 4) && (fqdn || time))
        n++;
    if (how & 32)
        n++;
    if (expired && fqdn)
        n++;
    if (!expired && days != DAYS_NONE && days != 0 && days <= 90 && fqdn)
        n++;
    if (how & 64)
        n += 2; /* MPS_ENT_CCU and XDS_STD_CCS are supported and above zero */
    return n;
}

static void test_rules_of_every_server(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 10000);
    for (unsigned how = 0; how < 256; how++) {
        for (size_t d = 0; d < DAY_COUNTS; d++) {
            struct server s = made(how, day_counts[d]);
            enum server_status status = !(how & 16) ? SERVER_NEVER_REPORTED
                                        : how & 4   ? SERVER_REPORTING
                                                    : SERVER_NOT_REPORTING;
            int count = 0;

            assert_int_equal(server_severity_of(&s), icon(how, day_counts[d]));
            assert_int_equal(server_status_of(&s), status);
            assert_int_equal(server_message_count(&s), messages(how, day_counts[d]));
            while (buf_reset(&text), server_message(&s, (size_t)count, &text)) {
                assert_true(text.len > 20 && text.data[text.len - 1] == '.');
                count++;
            }
            assert_int_equal(count, messages(how, day_counts[d]));
            assert_true(strlen(server_finding(&s)) <= 15);
            /* "reporting" is said of nothing that needs a look. */
            if (status == SERVER_REPORTING)
                assert_int_equal(strcmp(server_finding(&s), "reporting") == 0,
                                 icon(how, day_counts[d]) == SEVERITY_OK);
        }
    }
    buf_release(&text);
}

static void test_messages_say_it(void **state)
{
    struct server s = made(1 | 2 | 16 | 64, 12);
    struct buf out;

    (void)state;
    s.report_offset = -5 * 3600;
    buf_init(&out, 10000);
    assert_true(server_message(&s, 0, &out));
    assert_non_null(strstr(out.data, "since 1970-01-12 08:46 (UTC-05:00)"));
    buf_reset(&out);
    assert_true(server_message(&s, 1, &out));
    assert_non_null(strstr(out.data, "in 12 days"));
    buf_reset(&out);
    assert_true(server_message(&s, 2, &out));
    assert_non_null(strstr(out.data, "LIC01"));
    buf_reset(&out);
    assert_true(server_message(&s, 3, &out));
    assert_non_null(strstr(out.data, "7 concurrent licences"));
    assert_non_null(strstr(out.data, "MPS_ENT_CCU"));
    buf_reset(&out);
    assert_true(server_message(&s, 4, &out));
    assert_non_null(strstr(out.data, "1 concurrent licence "));
    assert_non_null(strstr(out.data, "XDS_STD_CCS"));
    buf_reset(&out);
    assert_false(server_message(&s, 5, &out));
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

static void test_findings(void **state)
{
    static const struct {
        unsigned how;
        int32_t days;
        const char *finding;
    } cases[] = {
        {0, 400, "never reported"},
        {1 | 2 | 16, 400, "not reporting"},
        {1 | 2 | 4 | 8 | 16 | 128, 400, "expired"},
        {1 | 2 | 4 | 8 | 16, 9, "expires soon"},
        {1 | 2 | 4 | 8 | 16, -9, "past its expiry"},
        {1 | 2 | 4 | 16, 400, "not on record"},
        {1 | 2 | 4 | 8 | 16 | 32, 400, "non-CSP licence"},
        {1 | 2 | 4 | 8 | 16 | 64, 400, "CCU in use"},
        {1 | 2 | 4 | 8 | 16, 61, "renewal ahead"},
        {1 | 2 | 4 | 8 | 16, 400, "reporting"},
        {1 | 2 | 4 | 8 | 16, DAYS_NONE, "reporting"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct server s = made(cases[i].how, cases[i].days);

        assert_string_equal(server_finding(&s), cases[i].finding);
    }
}

static void add(struct server_list *l, const char *host, unsigned how, int32_t days, int64_t last)
{
    struct server *s = server_list_add(l);

    assert_non_null(s);
    *s = made(how, days);
    s->host_id = host;
    s->last_report = last;
}

static void test_list(void **state)
{
    struct server_list l;
    struct row_source source;
    struct server_totals t;

    (void)state;
    server_list_init(&l);
    server_list_totals(&l, &t);
    assert_int_equal(t.all, 0);
    assert_int_equal(t.soonest_days, DAYS_NONE);
    assert_null(t.soonest);
    add(&l, "A", 1 | 4 | 8 | 16, 200, 5000);
    add(&l, "B", 1 | 4 | 8 | 16, 9, 5000);
    add(&l, "B", 1 | 4 | 8 | 16, 90, 5000);
    add(&l, "C", 1 | 8 | 16, 31, 400);
    add(&l, "D", 1 | 8 | 16, -3, 300);
    add(&l, "E", 0, DAYS_NONE, TIME_NONE);
    add(&l, "F", 1 | 4 | 8 | 16 | 64 | 128, 0, 5000);
    add(&l, "G", 8 | 16 | 128, DAYS_NONE, TIME_NONE);
    l.rows[0].free = true;
    server_list_finish(&l);
    server_list_totals(&l, &t);
    assert_int_equal(t.all, 8);
    assert_int_equal(t.reporting, 4);
    assert_int_equal(t.not_reporting, 3);
    assert_int_equal(t.never, 1);
    assert_int_equal(t.errors, 4);
    assert_int_equal(t.warnings, 2);
    assert_int_equal(t.informations, 1);
    assert_int_equal(t.expiring_30, 1);
    assert_int_equal(t.expiring_90, 2);
    assert_int_equal(t.expired, 1);
    assert_int_equal(t.ccu, 1);
    assert_int_equal(t.free, 1);
    assert_int_equal(t.soonest_days, 9);
    assert_ptr_equal(t.soonest, &l.rows[1]);
    assert_ptr_equal(t.longest_silent, &l.rows[4]);
    source = server_list_source(&l);
    assert_int_equal(source.count, 8);
    assert_ptr_equal(source.at(source.list, 3), &l.rows[3]);
    assert_int_equal(view_count_severity(&source, SEVERITY_WARNING), 6);
    server_list_release(&l);
    assert_int_equal(l.count, 0);
    add(&l, "again", 0, 0, 0);
    server_list_release(&l);
}

/* The same host may come several times: ids differ, and are the same at the next reading. */
static void test_ids(void **state)
{
    enum { COUNT = 200 };
    uint64_t ids[COUNT];
    struct server_list l;

    (void)state;
    for (int round = 0; round < 2; round++) {
        server_list_init(&l);
        for (int i = 0; i < COUNT; i++)
            add(&l, i % 3 == 0 ? "LIC01" : "LIC02", i % 2, i, 1000 * round + i);
        server_list_finish(&l);
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < i; j++)
                assert_true(l.rows[i].id != l.rows[j].id);
            if (round == 1)
                assert_true(l.rows[i].id == ids[i]);
            ids[i] = l.rows[i].id;
        }
        server_list_release(&l);
    }
}

static void test_limit(void **state)
{
    struct server_list l;

    (void)state;
    server_list_init(&l);
    for (int i = 0; i < SERVERS_MAX; i++)
        assert_non_null(server_list_add(&l));
    assert_null(server_list_add(&l));
    assert_int_equal(l.count, SERVERS_MAX);
    server_list_release(&l);
}

static void shown(const struct server *s, const char *column, int64_t now, const char *machine,
                  const char *screen)
{
    const struct column *c = &server_row_type.columns[column_find(&server_row_type, column)];
    struct buf scratch, out;
    struct row_ctx ctx = {.now = now, .scratch = &scratch, .zone = "UTC"};
    struct value v;

    buf_init(&scratch, 1000);
    buf_init(&out, 1000);
    column_get(c, s, &ctx, &v);
    value_print(&v, &out);
    assert_string_equal(out.data, machine);
    buf_reset(&out);
    column_show(c, s, &ctx, &out);
    assert_string_equal(out.data, screen);
    buf_release(&scratch);
    buf_release(&out);
}

static void test_columns(void **state)
{
    static const struct customer_ref customers[] = {
        {.id = "c1", .nickname = "nick", .name = "Cedar Clinic"},
        {.id = "c2", .nickname = "Nick", .name = ""},
        {.id = "c3"},
        {.org_id = "7"},
    };
    struct server s = made(1 | 2 | 4 | 8 | 16, 9), never = made(0, DAYS_NONE);
    int64_t day = 86400, now = 1000000 + 13 * day + 7199;

    (void)state;
    s.expires = now + 9 * day;
    never.expires = TIME_NONE;
    s.severity = server_severity_of(&s);
    never.status = server_status_of(&never);
    never.severity = server_severity_of(&never);
    shown(&s, "status", now, "reporting", "expires soon");
    shown(&never, "status", now, "never_reported", "never reported");
    shown(&s, "severity", now, "warning", "warning");
    shown(&never, "severity", now, "error", "error");
    shown(&s, "last_reported", now, "1970-01-12T13:46:40Z", "Jan 12 13:46");
    shown(&s, "last_reported", 1000100, "1970-01-12T13:46:40Z", "13:46");
    shown(&s, "last_reported", now + 400 * day, "1970-01-12T13:46:40Z", "1970-01-12");
    shown(&never, "last_reported", now, "", "never");
    shown(&s, "age_hours", now, "313", "13 d");
    shown(&s, "age_hours", 0, "0", "now");
    shown(&never, "age_hours", now, "", "-");
    shown(&s, "expires", now, "1970-02-03T15:46:39Z", "in 9 d");
    shown(&never, "expires", now, "", "-");
    shown(&s, "days_to_expire", now, "9", "9");
    shown(&never, "fqdn", now, "", "-");
    shown(&s, "free", now, "false", "no");
    shown(&s, "customers", now, "", "-");
    s.customers = customers;
    s.customer_count = 1;
    shown(&s, "customers", now, "Cedar Clinic", "1");
    s.customer_count = 4;
    shown(&s, "customers", now, "Cedar Clinic; Nick; c3", "4");
    s.customers = &customers[3];
    s.customer_count = 1;
    shown(&s, "customers", now, "", "1");
}

static void test_sort_by_severity(void **state)
{
    static const char *const expected = "EDABC";
    struct buf scratch;
    struct row_ctx ctx = {.scratch = &scratch};
    struct server_list l;
    struct view v;

    (void)state;
    buf_init(&scratch, 1000);
    server_list_init(&l);
    add(&l, "A", 1 | 4 | 16, 400, 0);      /* warning */
    add(&l, "B", 1 | 4 | 8 | 16, 60, 0);   /* information */
    add(&l, "C", 1 | 4 | 8 | 16, 400, 0);  /* ok */
    add(&l, "D", 1 | 8 | 16, 400, 0);      /* error, not reporting */
    add(&l, "E", 0, DAYS_NONE, TIME_NONE); /* error, never reported */
    server_list_finish(&l);
    view_init(&v);
    v.source = server_list_source(&l);
    assert_int_equal(sort_parse("-status", &server_row_type, &v.sort_column, &v.sort_desc, NULL),
                     0);
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(((const struct server *)view_row(&v, i))->host_id[0], expected[i]);
    view_release(&v);
    server_list_release(&l);
    buf_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_of_every_server),
        cmocka_unit_test(test_messages_say_it),
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_sort_by_severity),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
