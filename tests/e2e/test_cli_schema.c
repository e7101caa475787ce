/* `luitop schema`: what every command writes as JSON is what the schema says. */
#include <string.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

static const char *type_of(const json_t *v)
{
    return json_is_null(v)      ? "null"
           : json_is_string(v)  ? "string"
           : json_is_integer(v) ? "integer"
           : json_is_boolean(v) ? "boolean"
           : json_is_array(v)   ? "array"
           : json_is_object(v)  ? "object"
                                : "number";
}

static bool has_text(const json_t *list, const char *text)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item) if (json_is_string(item) &&
                                          strcmp(json_string_value(item), text) == 0) return true;
    return false;
}

static bool has_value(const json_t *list, const json_t *value)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item) if (json_equal(item, value)) return true;
    return false;
}

/* "2026-11-22T14:02:00Z" and "2026-11": by shape, letter by letter. */
static bool shaped(const char *text, const char *shape)
{
    if (strlen(text) != strlen(shape))
        return false;
    for (size_t i = 0; shape[i] != '\0'; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return true;
}

static const char *check(const json_t *schema, const json_t *v);

static const char *check_object(const json_t *schema, const json_t *v)
{
    const json_t *properties = json_object_get(schema, "properties"), *item, *name;
    const char *key, *fault;
    size_t i;

    json_array_foreach(json_object_get(schema, "required"), i,
                       name) if (json_object_get(v, json_string_value(name)) ==
                                 NULL) return json_string_value(name);
    json_object_foreach((json_t *)v, key, item)
    {
        const json_t *own = json_object_get(properties, key);

        if (own == NULL)
            return key;
        fault = check(own, item);
        if (fault != NULL)
            return strcmp(fault, "value") == 0 ? key : fault;
    }
    return NULL;
}

/* The part of JSON Schema that luitop uses; NULL: V fits, else what does not. */
static const char *check(const json_t *schema, const json_t *v)
{
    const json_t *type = json_object_get(schema, "type"), *item;
    const json_t *choice = json_object_get(schema, "enum");
    const json_t *constant = json_object_get(schema, "const");
    const char *fault;
    size_t i;

    if (constant != NULL && !json_equal(constant, v))
        return "value";
    if (json_is_string(type) && strcmp(json_string_value(type), type_of(v)) != 0)
        return "value";
    if (json_is_array(type) && !has_text(type, type_of(v)))
        return "value";
    if (choice != NULL && !has_value(choice, v))
        return "value";
    if (json_is_string(v) && json_object_get(schema, "format") != NULL &&
        !shaped(json_string_value(v), "0000-00-00T00:00:00Z"))
        return "value";
    if (json_is_string(v) && json_object_get(schema, "pattern") != NULL &&
        !shaped(json_string_value(v), "0000-00"))
        return "value";
    if (json_is_integer(v) && json_object_get(schema, "minimum") != NULL &&
        json_integer_value(v) < json_integer_value(json_object_get(schema, "minimum")))
        return "value";
    if (json_is_object(v))
        return check_object(schema, v);
    json_array_foreach(v, i, item)
    {
        fault = check(json_object_get(schema, "items"), item);
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

static const struct {
    const char *command, *by;
} lists[] = {
    {"servers", NULL},        {"usage", NULL},           {"usage", "customer"},
    {"usage", "server"},      {"history", NULL},         {"customers", NULL},
    {"customers", "edition"}, {"netscaler", NULL},       {"notifications", NULL},
    {"cloud", NULL},          {"cloud", "customer"},     {"cloud", "tenant"},
    {"deployments", NULL},    {"deployments", "server"}, {"deployments", "user"},
    {"trend", NULL},
};
enum { LISTS = sizeof(lists) / sizeof(lists[0]) };

static json_t *output(struct cmd *c)
{
    json_error_t error;
    json_t *v = json_loads(c->r.out.data, 0, &error);

    if (v == NULL)
        fail_msg("%s in: %s", error.text, c->r.out.data);
    return v;
}

static const json_t *definition(const json_t *schema, size_t i)
{
    char name[80];

    snprintf(name, sizeof(name), "%s%s%s", lists[i].command, lists[i].by != NULL ? "_by_" : "",
             lists[i].by != NULL ? lists[i].by : "");
    return json_object_get(json_object_get(schema, "$defs"), name);
}

static void run_list(struct cmd *c, size_t i)
{
    if (lists[i].by != NULL)
        cmd_run(c, lists[i].command, "--by", lists[i].by, "--format", "json", NULL);
    else if (strcmp(lists[i].command, "history") == 0 || strcmp(lists[i].command, "trend") == 0)
        cmd_run(c, lists[i].command, "--months", "3", "--format", "json", NULL);
    else
        cmd_run(c, lists[i].command, "--format", "json", NULL);
}

/* A row without a column that the schema has, or the other way round, is found. */
static void check_columns(const json_t *definition, const json_t *document)
{
    const json_t *row = json_array_get(json_object_get(document, "rows"), 0);
    const json_t *rows = json_object_get(json_object_get(definition, "properties"), "rows");
    const json_t *columns = json_object_get(json_object_get(rows, "items"), "properties");

    if (row != NULL)
        assert_int_equal(json_object_size(row), json_object_size(columns));
    assert_true(json_object_size(columns) > 0);
}

static void check_all(struct cmd *c)
{
    json_t *schema;

    sandbox_settings(&c->sb, "endpoints: { all = true; };", NULL);
    cmd_bare(c, "schema", NULL);
    cmd_expect(c, 0);
    schema = output(c);
    assert_int_equal(json_object_size(json_object_get(schema, "$defs")), LISTS);
    for (size_t i = 0; i < LISTS; i++) {
        const json_t *d = definition(schema, i);
        const char *fault;
        json_t *v;

        assert_non_null(d);
        run_list(c, i);
        v = output(c);
        fault = check(d, v);
        if (fault != NULL)
            fail_msg("%s: \"%s\" is not as the schema says: %s", lists[i].command, fault,
                     c->r.out.data);
        assert_true(json_integer_value(json_object_get(v, "total")) > 0);
        check_columns(d, v);
        json_decref(v);
    }
    json_decref(schema);
}

static void test_every_list(void **state)
{
    check_all(*state);
}

static void test_odd_data(void **state)
{
    static const char *const odd[] = {"--users", "100", "--months", "3", "--odd", NULL};
    struct cmd *c = *state;

    cmd_sandbox(c, odd);
    check_all(c);
}

/* The checker itself finds what is wrong. */
static void test_misfits(void **state)
{
    struct cmd *c = *state;
    json_t *schema, *v, *row;
    const json_t *d;

    cmd_bare(c, "schema", "usage", NULL);
    cmd_expect(c, 0);
    schema = output(c);
    assert_int_equal(json_object_size(json_object_get(schema, "$defs")), 3);
    assert_int_equal(json_integer_value(json_object_get(schema, "version")), 1);
    d = json_object_get(json_object_get(schema, "$defs"), "usage");
    cmd_run(c, "usage", "--format", "json", NULL);
    v = output(c);
    row = json_array_get(json_object_get(v, "rows"), 0);
    assert_null(check(d, v));
    json_object_set_new(row, "total", json_string("12"));
    assert_string_equal(check(d, v), "total");
    json_object_set_new(row, "total", json_null());
    assert_null(check(d, v));
    json_object_set_new(row, "new", json_null());
    assert_string_equal(check(d, v), "new");
    json_object_del(row, "new");
    json_object_set_new(v, "as_of", json_string("yesterday"));
    assert_string_equal(check(d, v), "as_of");
    json_object_del(v, "as_of");
    assert_string_equal(check(d, v), "as_of");
    json_decref(v);
    json_decref(schema);
}

static void test_misuse(void **state)
{
    struct cmd *c = *state;

    cmd_bare(c, "schema", "usge", NULL);
    cmd_expect_error(c, 64, "there is no list \"usge\"", "luitop schema usage", NULL);
    cmd_bare(c, "schema", "usage", "--by", "custmer", NULL);
    cmd_expect_error(c, 64, "custmer", "\"customer\"", NULL);
    cmd_bare(c, "schema", "--by", "customer", NULL);
    cmd_expect_error(c, 64, "--by needs a list", NULL);
    cmd_bare(c, "schema", "usage", "--by", "customer", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "\"usage_by_customer\"");
    expect_no_part(c->r.out.data, "\"usage_by_server\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_every_list),
        CMD_TEST(test_odd_data),
        CMD_TEST(test_misfits),
        CMD_TEST(test_misuse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
