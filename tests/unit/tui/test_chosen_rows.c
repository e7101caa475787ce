/* The servers to choose from: each machine once, also those that only the usage names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "tui/chosen_rows.h"

static const struct usage_server parts[] = {
    {.fqdn = "OLD.x"}, {.fqdn = "b.x"}, {.fqdn = NULL}, {.fqdn = "old.x"}};

static void fill(struct server_list *servers, struct usage_list *usage)
{
    static const struct server rows[] = {
        {.host_id = "LIC02", .fqdn = "B.x", .ever_reported = true, .reporting = true},
        {.host_id = "LIC09"},
        {.host_id = "LIC01", .fqdn = "a.x", .ever_reported = true},
        {.host_id = "LIC01", .fqdn = "A.X", .ever_reported = true},
    };

    server_list_init(servers);
    for (size_t i = 0; i < 4; i++)
        *server_list_add(servers) = rows[i];
    server_list_finish(servers);
    usage_list_init(usage, 24000);
    *usage_list_add(usage) =
        (struct usage_feature){.feature_id = "F", .server_parts = parts, .server_part_count = 4};
    usage_list_finish(usage);
}

static void test_build(void **state)
{
    struct server_list servers;
    struct usage_list usage;
    struct chosen_rows l;
    struct server_set set;

    (void)state;
    fill(&servers, &usage);
    chosen_rows_init(&l);
    assert_int_equal(chosen_rows_build(&l, &servers, &usage, NULL), 0);
    server_list_release(&servers);
    usage_list_release(&usage);
    /* by name, those without one last; the texts are the list's own */
    assert_int_equal(l.count, 4);
    assert_string_equal(l.rows[0].host_id, "LIC01");
    assert_string_equal(l.rows[0].finding, "not reporting");
    assert_int_equal(l.rows[0].severity, 3);
    assert_string_equal(l.rows[1].host_id, "LIC02");
    assert_string_equal(l.rows[1].fqdn, "B.x");
    assert_string_equal(l.rows[2].host_id, "LIC09");
    assert_null(l.rows[2].fqdn);
    assert_false(l.rows[2].on);
    assert_null(l.rows[3].host_id);
    assert_null(l.rows[3].finding);
    assert_int_equal(strcasecmp(l.rows[3].fqdn, "old.x"), 0);
    assert_int_equal(chosen_rows_choosable(&l), 3);
    assert_int_equal(chosen_rows_on(&l), 3);

    fill(&servers, &usage);
    server_set_init(&set);
    server_set_add(&set, "b.X");
    assert_int_equal(chosen_rows_build(&l, &servers, &usage, &set), 0);
    assert_int_equal(chosen_rows_on(&l), 1);
    assert_true(l.rows[1].on);
    server_set_release(&set);
    server_list_release(&servers);
    usage_list_release(&usage);
    chosen_rows_release(&l);
    assert_int_equal(l.count, 0);
}

static void test_nothing(void **state)
{
    struct server_list servers;
    struct usage_list usage;
    struct chosen_rows l;

    (void)state;
    server_list_init(&servers);
    usage_list_init(&usage, 24000);
    chosen_rows_init(&l);
    assert_int_equal(chosen_rows_build(&l, &servers, &usage, NULL), 0);
    assert_int_equal(l.count, 0);
    assert_int_equal(chosen_rows_choosable(&l), 0);
    chosen_rows_release(&l);
    server_list_release(&servers);
    usage_list_release(&usage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_build),
        cmocka_unit_test(test_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
