#include "tests/unit/sandbox/ask.h"

#include <stdio.h>
#include <unistd.h>

static int parse(struct options *o, struct err *err, int argc, const char *const *args)
{
    char *argv[16] = {(char *)"luitop-sandbox"};

    for (int i = 0; i < argc; i++)
        argv[i + 1] = (char *)args[i];
    options_init(o);
    *err = (struct err){0};
    return options_parse(o, argc + 1, argv, err);
}

#define PARSE(o, err, ...)                                                                         \
    parse(o, err, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)),                   \
          (const char *const[]){__VA_ARGS__})

static void defaults_are_the_documented_ones(void **state)
{
    struct options o;

    (void)state;
    options_init(&o);
    assert_int_equal(o.port, 0);
    assert_int_equal(o.users, 5000);
    assert_int_equal(o.servers, 14);
    assert_int_equal(o.customers, 12);
    assert_int_equal(o.months, 24);
    assert_int_equal(o.deployments, 10);
    assert_false(o.odd);
    assert_int_equal(o.without, 0);
    assert_int_equal(o.seed, 1);
    assert_true(o.now == TIME_NONE);
    assert_string_equal(o.db, ":memory:");
    assert_string_equal(o.customer_id, "nimbus7q2x");
    assert_string_equal(o.client_id, "demo-client");
    assert_string_equal(o.client_secret, "demo-secret");
    assert_string_equal(o.bind, "127.0.0.1");
}

static void values_are_read_in_both_spellings(void **state)
{
    struct options o;
    struct err err;

    (void)state;
    assert_int_equal(PARSE(&o, &err, "--port", "8080", "--users=7", "--now", "2026-11-22T14:02:00Z",
                           "--fault", "1:503", "--fault=0.5:reset:/lui/", "--quiet",
                           "--exit-with-stdin", "--without", "cloud,netscaler", "--odd"),
                     0);
    assert_true(o.odd);
    assert_int_equal(o.without, 1u << PRODUCT_CLOUD | 1u << PRODUCT_NETSCALER);
    assert_int_equal(o.port, 8080);
    assert_int_equal(o.users, 7);
    assert_true(o.now == TEST_NOW);
    assert_int_equal(o.faults.n, 2);
    assert_true(o.quiet && o.exit_with_stdin && !o.help);
}

static void bad_options_are_named(void **state)
{
    static const char *const bad[][2] = {
        {"--port", "65536"},
        {"--port", "-1"},
        {"--port", "1x"},
        {"--port", ""},
        {"--users", "99999999999999999999"},
        {"--months", "0"},
        {"--now", "soon"},
        {"--now", "2026-13-01"},
        {"--fault", "2:503"},
        {"--quiet=1", "--quiet"},
        {"--db", ""},
        {"--token-life", "0"},
        {"--customer-id", "a/b"},
        {"--customer-id", "root"},
        {"--tls-cert", "x.pem"},
        {"--without", "clouds"},
        {"--without", "cloud,"},
        {"--without", ""},
        {"--deployments", "1001"},
        {"--odd=1", "--odd"},
        {"--client-secret-file", "/nonexistent/secret"},
        {"--", "x"},
        {"-p", "1"},
    };
    struct options o;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (PARSE(&o, &err, bad[i][0], bad[i][1]) != ERR_USAGE)
            fail_msg("%s %s was accepted", bad[i][0], bad[i][1]);
        assert_true(err.what[0] != '\0');
    }
    assert_int_equal(PARSE(&o, &err, "--port"), ERR_USAGE);
    assert_int_equal(PARSE(&o, &err, "--prot=1"), ERR_USAGE);
    assert_non_null(strstr(err.next, "--port"));
    assert_int_equal(err_exit_status(ERR_USAGE), 64);
}

static void only_loopback_is_bound(void **state)
{
    static const char *const good[] = {"127.0.0.1", "127.255.0.7", "::1"};
    static const char *const bad[] = {"0.0.0.0",         "10.0.0.1", "128.0.0.1", "::",
                                      "::ffff:10.0.0.1", "fe80::1",  "localhost", "127.1"};
    struct options o;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_int_equal(PARSE(&o, &err, "--bind", good[i]), 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (PARSE(&o, &err, "--bind", bad[i]) != ERR_USAGE)
            fail_msg("%s was accepted", bad[i]);
}

static void the_secret_comes_from_its_file(void **state)
{
    char path[] = "/tmp/luitop-sandbox-secret-XXXXXX";
    int fd = mkstemp(path);
    struct options o;
    struct err err;

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "s3 cr&t\r\n", 9), 9);
    close(fd);
    assert_int_equal(PARSE(&o, &err, "--client-secret-file", path), 0);
    assert_string_equal(o.client_secret, "s3 cr&t");
    unlink(path);
}

static void help_names_every_option(void **state)
{
    static const char *const names[] = {"port",
                                        "users",
                                        "seed",
                                        "db",
                                        "now",
                                        "servers",
                                        "months",
                                        "customers",
                                        "deployments",
                                        "without",
                                        "odd",
                                        "bind",
                                        "latency-ms",
                                        "fault",
                                        "token-life",
                                        "client-id",
                                        "client-secret-file",
                                        "customer-id",
                                        "tls-cert",
                                        "tls-key",
                                        "port-file",
                                        "parent-pid",
                                        "exit-with-stdin",
                                        "quiet",
                                        "help",
                                        "version"};
    struct buf text;
    char want[64];

    (void)state;
    buf_init(&text, 1 << 16);
    options_help(&text);
    assert_int_equal(text.failed, 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(want, sizeof(want), "\n  --%s ", names[i]);
        assert_non_null(strstr(text.data, want));
    }
    for (int k = 1; k < FAULT_KINDS; k++)
        assert_non_null(strstr(text.data, fault_word((enum fault_kind)k)));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_the_documented_ones),
        cmocka_unit_test(values_are_read_in_both_spellings),
        cmocka_unit_test(bad_options_are_named),
        cmocka_unit_test(only_loopback_is_bound),
        cmocka_unit_test(the_secret_comes_from_its_file),
        cmocka_unit_test(help_names_every_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
