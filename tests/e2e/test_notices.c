/* Which notifications are new: signs and words, keys, filters, the Overview's count, and that all
 * of it outlives the program. Judged by the sandbox's own data. */
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

#define NOTICES "/notifications/" SANDBOX_CUSTOMER "/notifications"

/* All pages of the sandbox's list. */
static json_t *all_notices(struct sandbox *s)
{
    json_t *all = json_array(), *page;
    char path[512] = NOTICES;
    size_t n;

    for (;;) {
        const char *token;

        page = oracle_get(s, path);
        json_array_extend(all, json_object_get(page, "items"));
        token = json_string_value(json_object_get(page, "continuationToken"));
        if (token == NULL || token[0] == '\0')
            break;
        n = (size_t)snprintf(path, sizeof(path), NOTICES "?continuationToken=");
        for (; *token != '\0' && n + 4 < sizeof(path); token++)
            n += (size_t)snprintf(path + n, sizeof(path) - n, "%%%02X", (unsigned char)*token);
        json_decref(page);
    }
    json_decref(page);
    return all;
}

/* How many have one of the severities in WORDS. */
static long count_of(const json_t *all, const char *words)
{
    long n = 0;
    size_t i;
    json_t *row;

    json_array_foreach(all, i, row)
    {
        const char *s = json_string_value(json_object_get(row, "severity"));

        n += s != NULL && strstr(words, s) != NULL;
    }
    return n;
}

static const char *path_of(struct lt *lt, const char *name, char out[TEMP_PATH * 2])
{
    snprintf(out, TEMP_PATH * 2, "%s/%s", lt->sb.dir, name);
    return out;
}

static void run_again(struct lt *lt)
{
    char state[TEMP_PATH * 2 + 20], path[TEMP_PATH * 2];
    const char *env[] = {state, NULL};

    term_stop(&lt->t);
    snprintf(state, sizeof(state), "XDG_STATE_HOME=%s", path_of(lt, "state", path));
    lt_run(lt, 24, 80, NULL, env);
    lt_wait_loaded(lt);
}

static void expect_new(struct lt *lt, long n)
{
    char text[64];

    lt_keys(lt, "1 g");
    snprintf(text, sizeof(text), "%ld new notice", n);
    if (n > 0)
        lt_expect(lt, text);
    else
        lt_expect_not(lt, "new notice");
}

static void test_read_and_new(void **state)
{
    static const char *const args[] = {"--users", "200", NULL};
    struct lt *lt = *state;
    json_t *all;
    long total;

    lt_sandbox(lt, args);
    all = all_notices(&lt->sb);
    total = (long)json_array_size(all);
    assert_true(total > 100); /* more than a page */
    run_again(lt);
    lt_expect(lt, "worst: critical");
    expect_new(lt, total);
    lt_keys(lt, ":notices g");
    lt_expect_shown(lt, total, total);
    assert_non_null(strstr(lt_focus(lt, &lt->b), "* new"));
    lt_keys(lt, "Enter Esc");
    assert_null(strstr(lt_focus(lt, &lt->b), "* new"));
    assert_non_null(strstr(lt_focus(lt, &lt->b), "read"));
    lt_keys(lt, "m");
    assert_non_null(strstr(lt_focus(lt, &lt->b), "* new"));
    lt_keys(lt, "m j m");
    expect_new(lt, total - 2);
    /* The ready-made filter, and a notice that stays open though the filter hides it now. */
    lt_keys(lt, ":notices v");
    lt_type(lt, "unread\r");
    lt_expect_shown(lt, total - 2, total);
    lt_keys(lt, "g Enter");
    lt_expect(lt, "yes, here; Citrix is not told");
    lt_keys(lt, "Esc");
    lt_expect_shown(lt, total - 3, total);
    /* Through an end and a start. */
    lt_keys(lt, "Q");
    lt_expect_exit(lt, 0);
    run_again(lt);
    expect_new(lt, total - 3);
    lt_keys(lt, "Q");
    lt_expect_exit(lt, 0);
    term_stop(&lt->t);
    lt_run(lt, 24, 80, NULL, NULL); /* another home: nothing read there */
    lt_wait_loaded(lt);
    expect_new(lt, total);
    lt_keys(lt, "Q");
    lt_expect_exit(lt, 0);
    json_decref(all);
}

static void test_read_all_marks_what_is_shown(void **state)
{
    static const char *const args[] = {"--users", "200", NULL};
    struct lt *lt = *state;
    json_t *all;
    long total, warnings, errors;

    lt_sandbox(lt, args);
    all = all_notices(&lt->sb);
    total = (long)json_array_size(all);
    warnings = count_of(all, "Warning");
    errors = count_of(all, "Error Critical");
    assert_true(warnings > 0 && errors > 0 && warnings + errors < total);
    run_again(lt);
    lt_keys(lt, ":notices v");
    lt_type(lt, "warning\r");
    lt_expect_shown(lt, warnings, total);
    lt_keys(lt, "c");
    lt_expect(lt, "what the filter hides stays as it was");
    expect_new(lt, total - warnings);
    lt_keys(lt, ":notices Backspace /");
    lt_type(lt, "read=no severity=error\r");
    lt_expect_shown(lt, errors, total);
    lt_keys(lt, "Esc :read-all");
    expect_new(lt, 0);
    lt_keys(lt, ":notices c");
    lt_expect(lt, "read-all: there is no new notice");
    lt_keys(lt, "Q");
    lt_expect_exit(lt, 0);
    json_decref(all);
}

/* Every customer's own list, from the row of the customer, back, and through the views. */
static void test_notices_of_a_customer(void **state)
{
    static const char *const args[] = {"--users", "200", NULL};
    struct lt *lt = *state;
    json_t *answer, *row, *list;
    char path[200], text[80];
    size_t i, n;

    lt_sandbox(lt, args);
    answer = oracle_get(&lt->sb, "/partner/" SANDBOX_CUSTOMER "/customers");
    run_again(lt);
    json_array_foreach(json_object_get(answer, "items"), i, row)
    {
        const char *id = json_string_value(json_object_get(row, "customerId"));

        if (i == 3)
            break;
        snprintf(path, sizeof(path), "/notifications/%s/notifications", id);
        list = oracle_get(&lt->sb, path);
        n = json_array_size(json_object_get(list, "items"));
        lt_keys(lt, ":customers /");
        snprintf(text, sizeof(text), "customer_id=\"%s\"\r", id);
        lt_type(lt, text);
        lt_keys(lt, "i");
        lt_wait_loaded(lt);
        lt_expect_shown(lt, (long)n, (long)n);
        snprintf(text, sizeof(text), "%zu notice", n);
        lt_expect(lt, text);
        if (n > 0) {
            lt_keys(lt, "g Enter");
            lt_expect(lt, id);
            lt_keys(lt, "Esc");
            snprintf(text, sizeof(text), n > 1 ? "%zu new" : "none new", n - 1);
            lt_expect(lt, text);
        }
        lt_keys(lt, "Esc");
        lt_expect(lt, "filter: customer_id=");
        lt_keys(lt, "Backspace");
        json_decref(list);
    }
    /* What was read of a customer is not the account's own. */
    list = all_notices(&lt->sb);
    expect_new(lt, (long)json_array_size(list));
    json_decref(list);
    json_decref(answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_read_and_new),
        LT_TEST(test_read_all_marks_what_is_shown),
        LT_TEST(test_notices_of_a_customer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
