#include "tests/unit/sandbox/ask.h"

#include "sandbox/fault.h"

static struct faults *fresh(void)
{
    struct faults *f = malloc(sizeof(*f));

    assert_non_null(f);
    faults_init(f, 1);
    return f;
}

static void specs_are_read(void **state)
{
    struct faults *f = fresh();

    (void)state;
    assert_int_equal(faults_add_spec(f, "1:503", NULL), 0);
    assert_int_equal(faults_add_spec(f, "0.25:expire-token:/lui/nimbus7q2x/", NULL), 0);
    assert_int_equal(faults_add_spec(f, "0:reset:/a:b?c=1", NULL), 0);
    assert_int_equal(f->n, 3);
    assert_int_equal(f->rules[0].kind, FAULT_UNAVAILABLE);
    assert_string_equal(f->rules[0].prefix, "");
    assert_int_equal(f->rules[0].retry_after, 1);
    assert_true(f->rules[1].rate == 0.25);
    assert_int_equal(f->rules[1].kind, FAULT_EXPIRE_TOKEN);
    assert_string_equal(f->rules[1].prefix, "/lui/nimbus7q2x/");
    assert_string_equal(f->rules[2].prefix, "/a:b?c=1");
    free(f);
}

static void bad_specs_are_refused(void **state)
{
    static const char *const bad[] = {"",         "503",      "1",       ":503",   "x:503",
                                      "1.1:503",  "-1:503",   "nan:503", "1:",     "1:504",
                                      "1:reset ", "1x:reset", "1: 503",  "inf:503"};
    struct faults *f = fresh();
    char longer[400];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct err err = {0};

        if (faults_add_spec(f, bad[i], &err) != ERR_USAGE)
            fail_msg("'%s' was read", bad[i]);
        assert_true(err.what[0] != '\0');
    }
    memset(longer, 'x', sizeof(longer));
    memcpy(longer, "1:503:/", 7);
    longer[sizeof(longer) - 1] = '\0';
    assert_int_equal(faults_add_spec(f, longer, NULL), ERR_USAGE);
    assert_int_equal(f->n, 0);
    for (int i = 0; i < FAULTS_MAX; i++)
        assert_int_equal(faults_add_spec(f, "1:503", NULL), 0);
    assert_int_equal(faults_add_spec(f, "1:503", NULL), ERR_TOOBIG);
    free(f);
}

static void every_kind_has_a_word(void **state)
{
    (void)state;
    for (int k = 1; k < FAULT_KINDS; k++)
        assert_int_equal(fault_from_word(fault_word((enum fault_kind)k)), k);
    assert_null(fault_word(FAULT_NONE));
    assert_int_equal(fault_from_word("RESET"), FAULT_NONE);
}

static int replace(struct faults *f, const char *text)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
    int rc;

    assert_non_null(json);
    rc = faults_replace(f, json, NULL);
    json_decref(json);
    return rc;
}

static void json_replaces_all_rules_or_none(void **state)
{
    static const char *const bad[] = {
        "[]",
        "{\"faults\":{}}",
        "{\"faults\":[{\"rate\":1}]}",
        "{\"faults\":[{\"kind\":\"503\"}]}",
        "{\"faults\":[{\"rate\":2,\"kind\":\"503\"}]}",
        "{\"faults\":[{\"rate\":1,\"kind\":\"503\",\"count\":-1}]}",
        "{\"faults\":[{\"rate\":1,\"kind\":\"503\",\"path\":7}]}",
        "{\"faults\":[{\"rate\":1,\"kind\":\"503\",\"retryAfter\":\"1\"}]}",
        "{\"faults\":[{\"rate\":1,\"kind\":\"503\"},7]}",
        "{\"faults\":[],\"latencyMs\":-1}",
    };
    struct faults *f = fresh();

    (void)state;
    assert_int_equal(replace(f, "{\"faults\":[{\"rate\":1,\"kind\":\"429\",\"path\":\"/lui/\","
                                "\"count\":2,\"retryAfter\":9}],\"latencyMs\":30}"),
                     0);
    assert_int_equal(f->latency_ms, 30);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (replace(f, bad[i]) != ERR_DATA)
            fail_msg("%s was accepted", bad[i]);
    assert_int_equal(f->n, 1);
    assert_int_equal(f->rules[0].retry_after, 9);
    assert_int_equal(replace(f, "{\"faults\":[]}"), 0);
    assert_int_equal(f->n, 0);
    assert_int_equal(f->latency_ms, 30);
    free(f);
}

static void a_rule_hits_its_prefix_and_stops_after_its_count(void **state)
{
    struct faults *f = fresh();
    struct fault_hit hit;
    json_t *shown;

    (void)state;
    replace(f, "{\"faults\":[{\"rate\":1,\"kind\":\"429\",\"path\":\"/lui/\",\"count\":2,"
               "\"retryAfter\":9}]}");
    assert_int_equal(faults_pick(f, "/trust/root/tokens/clients", false).kind, FAULT_NONE);
    hit = faults_pick(f, "/lui/x", false);
    assert_int_equal(hit.kind, FAULT_RATE_LIMIT);
    assert_int_equal(hit.retry_after, 9);
    assert_int_equal(faults_pick(f, "/lui/x", false).kind, FAULT_RATE_LIMIT);
    assert_int_equal(faults_pick(f, "/lui/x", false).kind, FAULT_NONE);
    shown = faults_to_json(f);
    assert_int_equal(int_at(json_array_get(at(shown, "faults"), 0), "hits"), 2);
    json_decref(shown);
    free(f);
}

static void list_faults_wait_for_a_list(void **state)
{
    struct faults *f = fresh();

    (void)state;
    replace(f, "{\"faults\":[{\"rate\":1,\"kind\":\"badelement\",\"count\":1}]}");
    assert_int_equal(faults_pick(f, "/x", false).kind, FAULT_NONE);
    assert_int_equal(faults_pick(f, "/x", true).kind, FAULT_BADELEMENT);
    free(f);
}

static void rates_are_kept_and_repeatable(void **state)
{
    struct faults *f = fresh(), *g = fresh();
    int hits = 0;

    (void)state;
    assert_int_equal(faults_add_spec(f, "0.3:500", NULL), 0);
    assert_int_equal(faults_add_spec(g, "0.3:500", NULL), 0);
    for (int i = 0; i < 10000; i++) {
        enum fault_kind kind = faults_pick(f, "/", false).kind;

        assert_int_equal(kind, faults_pick(g, "/", false).kind);
        hits += kind == FAULT_INTERNAL;
    }
    assert_in_range(hits, 2850, 3150);
    free(f);
    free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specs_are_read),
        cmocka_unit_test(bad_specs_are_refused),
        cmocka_unit_test(every_kind_has_a_word),
        cmocka_unit_test(json_replaces_all_rules_or_none),
        cmocka_unit_test(a_rule_hits_its_prefix_and_stops_after_its_count),
        cmocka_unit_test(list_faults_wait_for_a_list),
        cmocka_unit_test(rates_are_kept_and_repeatable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
