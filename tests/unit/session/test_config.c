/* Where values come from, which one wins, and what a profile is made of. */
#include "tests/unit/session/scratch.h"

#include "base/err.h"
#include "model/limits.h"
#include "session/config.h"

static const char nimbus[] = "profiles: {\n"
                             "  nimbus: {\n"
                             "    customer_id = \"nimbus7q2x\";\n"
                             "    client_id = \"id-1\";\n"
                             "    client_secret_command = \"pass show citrix/nimbus\";\n"
                             "  };\n"
                             "};\n";

static void write_user(struct scratch *s, const char *text)
{
    char path[PATH_MAX];

    scratch_write(s, ".config/luitop/luitop.conf", text, 0600, path);
}

static struct config *load(const struct config_flags *flags)
{
    static const struct config_flags none = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};

    if (config_load(&c, flags != NULL ? flags : &none, &err) < 0)
        fail_msg("%s: %s. %s", err.what, err.why, err.next);
    return c;
}

static const struct config_value *value(const struct config *c, const char *name)
{
    for (size_t i = 0; i < config_value_count(c); i++) {
        if (strcmp(config_value(c, i)->name, name) == 0)
            return config_value(c, i);
    }
    return NULL;
}

static void assert_value(const struct config *c, const char *name, const char *text,
                         enum config_origin origin, const char *where)
{
    const struct config_value *v = value(c, name);

    if (v == NULL)
        fail_msg("no value %s", name);
    assert_string_equal(v->text, text);
    assert_int_equal(v->origin, origin);
    assert_string_equal(v->where, where);
}

static void test_without_any_file(void **state)
{
    struct config *c = load(NULL);
    struct profile p;
    struct err err = {0};

    (void)state;
    assert_string_equal(config_ui(c)->theme, "default");
    assert_string_equal(config_ui(c)->glyphs, "auto");
    assert_int_equal(config_ui(c)->refresh_minutes, 15);
    assert_false(config_ui(c)->mouse);
    assert_int_equal(config_profile_count(c), 0);
    assert_int_equal(config_profile(c, &p, &err), ERR_SETTINGS);
    assert_string_equal(err.what, "there is no profile yet");
    assert_non_null(strstr(err.next, "/.config/luitop/luitop.conf"));
    assert_value(c, "ui.theme", "default", ORIGIN_BUILTIN, "");
    config_free(c);
}

static void test_profile_with_defaults(void **state)
{
    struct config *c;
    struct profile p;

    write_user(*state, nimbus);
    c = load(NULL);
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_string_equal(p.name, "nimbus");
    assert_string_equal(p.customer_id, "nimbus7q2x");
    assert_string_equal(p.client_id, "id-1");
    assert_string_equal(p.secret_command, "pass show citrix/nimbus");
    assert_null(p.secret_file);
    assert_string_equal(p.region, "us");
    assert_string_equal(p.billing_timezone, "UTC");
    assert_null(p.ca_file);
    assert_false(p.read_only);
    assert_string_equal(p.urls[URL_TOKEN],
                        "https://api-us.cloud.com/cctrustoauth2/nimbus7q2x/tokens/clients");
    assert_string_equal(p.urls[URL_LUI], "https://licensing.citrixworkspacesapi.net/nimbus7q2x");
    assert_string_equal(p.urls[URL_PARTNER], "https://partner.citrixworkspacesapi.net/nimbus7q2x");
    assert_string_equal(p.urls[URL_NOTIFICATIONS],
                        "https://notifications.citrixworkspacesapi.net/nimbus7q2x");
    assert_string_equal(p.urls[URL_CORE], "https://core.citrixworkspacesapi.net/nimbus7q2x");
    assert_string_equal(p.urls[URL_CLOUDLICENSE],
                        "https://cloudlicense.citrixworkspacesapi.net/nimbus7q2x");
    assert_string_equal(p.urls[URL_API], "https://api-us.cloud.com");
    assert_value(c, "default_profile", "nimbus", ORIGIN_BUILTIN, "");
    assert_value(c, "profiles.nimbus.customer_id", "nimbus7q2x", ORIGIN_USER_FILE, "luitop.conf:3");
    assert_value(c, "profiles.nimbus.region", "us", ORIGIN_BUILTIN, "");
    assert_value(c, "profiles.nimbus.urls.api", "https://api-us.cloud.com", ORIGIN_REGION, "");
    config_free(c);
}

static void assert_region(struct scratch *s, const char *region, const char *token, const char *lui,
                          const char *api)
{
    char text[600];
    struct config *c;
    struct profile p;

    snprintf(text, sizeof(text),
             "profiles: { n: { customer_id = \"c\"; client_id = \"i\"; "
             "client_secret_file = \"/s\"; region = \"%s\"; }; };",
             region);
    write_user(s, text);
    c = load(NULL);
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_string_equal(p.urls[URL_TOKEN], token);
    assert_string_equal(p.urls[URL_LUI], lui);
    assert_string_equal(p.urls[URL_API], api);
    config_free(c);
}

static void test_regions(void **state)
{
    assert_region(*state, "eu", "https://api-eu.cloud.com/cctrustoauth2/c/tokens/clients",
                  "https://licensing.citrixworkspacesapi.net/c", "https://api-eu.cloud.com");
    assert_region(*state, "ap-s", "https://api-ap-s.cloud.com/cctrustoauth2/c/tokens/clients",
                  "https://licensing.citrixworkspacesapi.net/c", "https://api-ap-s.cloud.com");
    assert_region(*state, "jp", "https://api.citrixcloud.jp/cctrustoauth2/c/tokens/clients",
                  "https://licensing.citrixworkspacesapi.jp/c", "https://api.citrixcloud.jp");
    assert_region(*state, "gov", "https://trust.citrixworkspacesapi.us/c/tokens/clients",
                  "https://licensing.citrixworkspacesapi.us/c", "https://api.cloud.us");
}

static void test_own_urls(void **state)
{
    struct config *c;
    struct profile p;

    write_user(*state, "profiles: { n: { customer_id = \"c-1\"; client_id = \"i\";\n"
                       "client_secret_file = \"secret\"; ca_file = \"~/ca.pem\";\n"
                       "read_only = true; billing_timezone = \"Europe/Berlin\";\n"
                       "urls: { lui = \"http://127.0.0.1:8080/{customerId}//\";\n"
                       "        token = \"http://localhost:8080/t/{customerId}/x\"; };\n"
                       "endpoints: { users = \"{lui}/users\"; all = true; };\n"
                       "tagging_window: { link_server = \"present\"; }; }; };");
    c = load(NULL);
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_string_equal(p.urls[URL_LUI], "http://127.0.0.1:8080/c-1");
    assert_string_equal(p.urls[URL_TOKEN], "http://localhost:8080/t/c-1/x");
    assert_string_equal(p.urls[URL_API], "https://api-us.cloud.com");
    assert_true(p.read_only);
    assert_string_equal(p.billing_timezone, "Europe/Berlin");
    /* "~" is the home folder, a relative path the settings file's. */
    assert_non_null(strstr(p.ca_file, ((struct scratch *)*state)->dir));
    assert_non_null(strstr(p.ca_file, "/ca.pem"));
    assert_non_null(strstr(p.secret_file, "/.config/luitop/secret"));
    assert_value(c, "profiles.n.urls.lui", "http://127.0.0.1:8080/c-1", ORIGIN_USER_FILE,
                 "luitop.conf:4");
    assert_value(c, "profiles.n.endpoints.users", "{lui}/users", ORIGIN_USER_FILE, "luitop.conf:6");
    assert_value(c, "profiles.n.endpoints.all", "true", ORIGIN_USER_FILE, "luitop.conf:6");
    assert_value(c, "profiles.n.tagging_window.link_server", "present", ORIGIN_USER_FILE,
                 "luitop.conf:7");
    config_free(c);
}

/* One setting from every origin, then the origins taken away from the strongest on. */
static void test_precedence(void **state)
{
    struct scratch *s = *state;
    struct config_flags flags = {.theme = "from-flag", .read_only = -1};
    char path[PATH_MAX], where[PATH_MAX + 8];
    struct config *c;

    scratch_write(s, "xdg/luitop/luitop.conf", "ui: {\n theme = \"from-system\"; };", 0644, path);
    snprintf(where, sizeof(where), "%s:2", path);
    write_user(s, "ui: { theme = \"from-user\"; };");
    setenv("LUITOP_THEME", "from-env", 1);
    c = load(&flags);
    assert_value(c, "ui.theme", "from-flag", ORIGIN_FLAG, "--theme");
    assert_string_equal(config_ui(c)->theme, "from-flag");
    config_free(c);
    c = load(NULL);
    assert_value(c, "ui.theme", "from-env", ORIGIN_ENVIRONMENT, "LUITOP_THEME");
    config_free(c);
    unsetenv("LUITOP_THEME");
    c = load(NULL);
    assert_value(c, "ui.theme", "from-user", ORIGIN_USER_FILE, "luitop.conf:1");
    config_free(c);
    write_user(s, "");
    c = load(NULL);
    assert_value(c, "ui.theme", "from-system", ORIGIN_SYSTEM_FILE, where);
    config_free(c);
}

static void test_environment(void **state)
{
    struct config *c;
    struct profile p;

    write_user(*state, nimbus);
    setenv("LUITOP_GLYPHS", "ascii", 1);
    setenv("LUITOP_REFRESH_MINUTES", "0", 1);
    setenv("LUITOP_MOUSE", "Yes", 1);
    setenv("LUITOP_READONLY", "1", 1);
    setenv("LUITOP_THEME", "", 1); /* empty is not set */
    c = load(NULL);
    assert_string_equal(config_ui(c)->glyphs, "ascii");
    assert_int_equal(config_ui(c)->refresh_minutes, 0);
    assert_true(config_ui(c)->mouse);
    assert_string_equal(config_ui(c)->theme, "default");
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_true(p.read_only);
    assert_value(c, "ui.mouse", "true", ORIGIN_ENVIRONMENT, "LUITOP_MOUSE");
    assert_value(c, "profiles.nimbus.read_only", "true", ORIGIN_ENVIRONMENT, "LUITOP_READONLY");
    config_free(c);
    setenv("LUITOP_READ_ONLY", "off", 1);
    c = load(NULL);
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_false(p.read_only);
    config_free(c);
}

static void test_environment_is_checked(void **state)
{
    static const char *const cases[][3] = {
        {"LUITOP_REFRESH_MINUTES", "1441", "a whole number from 0 to 1440"},
        {"LUITOP_REFRESH_MINUTES", "15m", "a whole number from 0 to 1440"},
        {"LUITOP_REFRESH_MINUTES", "99999999999999999999", "a whole number from 0 to 1440"},
        {"LUITOP_GLYPHS", "asci", "auto, unicode or ascii"},
        {"LUITOP_READ_ONLY", "maybe", "true or false"},
        {"LUITOP_MOUSE", "2", "true or false"},
    };
    struct config_flags flags = {.read_only = -1};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct config *c = NULL;
        struct err err = {0};

        setenv(cases[i][0], cases[i][1], 1);
        assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
        assert_null(c);
        assert_ptr_equal(strstr(err.what, cases[i][0]), err.what);
        assert_non_null(strstr(err.what, cases[i][2]));
        unsetenv(cases[i][0]);
    }
    flags.glyphs = "unicod";
    {
        struct config *c = NULL;
        struct err err = {0};

        assert_int_equal(config_load(&c, &flags, &err), ERR_USAGE);
        assert_ptr_equal(strstr(err.what, "--glyphs"), err.what);
        assert_string_equal(err.next, "Did you mean \"unicode\"?");
    }
}

static const char three[] =
    "profiles: {\n"
    "  one: { customer_id = \"c1\"; client_id = \"i\"; client_secret_file = \"/s\"; };\n"
    "  two: { customer_id = \"c2\"; client_id = \"i\"; client_secret_file = \"/s\"; };\n"
    "  bare: { };\n"
    "};\n";

static void assert_chosen(const struct config_flags *flags, const char *name)
{
    struct config *c = load(flags);
    struct profile p;

    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_string_equal(p.name, name);
    config_free(c);
}

static void test_choice_of_profile(void **state)
{
    struct config_flags flags = {.profile = "one", .read_only = -1};
    char text[sizeof(three) + 40];

    write_user(*state, three);
    assert_chosen(&flags, "one");
    setenv("LUITOP_PROFILE", "two", 1);
    assert_chosen(NULL, "two");
    assert_chosen(&flags, "one");
    unsetenv("LUITOP_PROFILE");
    snprintf(text, sizeof(text), "default_profile = \"two\";\n%s", three);
    write_user(*state, text);
    assert_chosen(NULL, "two");
}

static void assert_no_choice(const char *flag, const char *what, const char *next)
{
    struct config_flags flags = {.profile = flag, .read_only = -1};
    struct config *c = load(&flags);
    struct profile p;
    struct err err = {0};

    memset(&p, 0x5a, sizeof(p));
    assert_int_equal(config_profile(c, &p, &err), ERR_SETTINGS);
    assert_non_null(strstr(err.what, what));
    assert_non_null(strstr(err.next, next));
    assert_int_equal(*(unsigned char *)&p, 0x5a); /* untouched */
    config_free(c);
}

static void test_no_choice_of_profile(void **state)
{
    write_user(*state, three);
    assert_no_choice(NULL, "there are 3 profiles and none is chosen", "--profile");
    assert_no_choice("tow", "--profile: there is no profile \"tow\"", "Did you mean \"two\"?");
    assert_no_choice("elsewhere", "no profile \"elsewhere\"", "Profiles: one, two, bare");
    assert_no_choice("bare", "profile \"bare\" has no customer_id", "luitop.conf");
}

static void test_config_flag(void **state)
{
    struct scratch *s = *state;
    char path[PATH_MAX], missing[PATH_MAX];
    struct config_flags flags = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};

    scratch_write(s, "xdg/luitop/luitop.conf", "ui: { theme = \"sys\"; glyphs = \"ascii\"; };",
                  0644, path);
    write_user(s, "ui: { theme = \"user\"; };");
    scratch_write(s, "else/mine.conf", "ui: { theme = \"mine\"; };", 0600, path);
    flags.config_file = path;
    c = load(&flags);
    assert_value(c, "ui.theme", "mine", ORIGIN_USER_FILE, "mine.conf:1");
    assert_string_equal(config_ui(c)->glyphs, "ascii");
    config_free(c);
    setenv("LUITOP_CONFIG", path, 1);
    c = load(NULL);
    assert_string_equal(config_ui(c)->theme, "mine");
    config_free(c);
    flags.config_file = "none";
    c = load(&flags);
    assert_string_equal(config_ui(c)->theme, "default");
    assert_string_equal(config_ui(c)->glyphs, "auto");
    config_free(c);
    snprintf(missing, sizeof(missing), "%s/nothing.conf", s->dir);
    flags.config_file = missing;
    c = NULL;
    assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
    assert_null(c);
    assert_non_null(strstr(err.what, "nothing.conf"));
}

static void test_read_only_flag(void **state)
{
    struct config_flags flags = {.read_only = 1};
    struct config *c;
    struct profile p;

    write_user(*state, nimbus);
    setenv("LUITOP_READ_ONLY", "0", 1);
    c = load(&flags);
    assert_int_equal(config_profile(c, &p, NULL), 0);
    assert_true(p.read_only);
    assert_value(c, "profiles.nimbus.read_only", "true", ORIGIN_FLAG, "--read-only");
    config_free(c);
}

static void test_keys(void **state)
{
    struct config *c;

    write_user(*state, "keys: {\n"
                       "  servers: { \"ctrl-t\" = \"sort\"; x = \"filter\";\n"
                       "             \"/\" = \"search\"; };\n"
                       "  \"any\" : { \"?\" : \"help\"; };\n"
                       "};\n");
    c = load(NULL);
    assert_int_equal(config_key_count(c), 4);
    assert_string_equal(config_key(c, 0)->pane, "servers");
    assert_string_equal(config_key(c, 0)->key, "ctrl-t");
    assert_string_equal(config_key(c, 0)->action, "sort");
    assert_string_equal(config_key(c, 0)->where, "luitop.conf:2");
    assert_string_equal(config_key(c, 1)->key, "x");
    assert_string_equal(config_key(c, 2)->key, "/");
    assert_string_equal(config_key(c, 2)->where, "luitop.conf:3");
    assert_string_equal(config_key(c, 3)->pane, "any");
    assert_string_equal(config_key(c, 3)->key, "?");
    assert_value(c, "keys.servers.ctrl-t", "sort", ORIGIN_USER_FILE, "luitop.conf:2");
    config_free(c);
}

static void limits_fail(struct scratch *s, const char *text, const char *what)
{
    struct config *c;
    struct err err = {0};
    struct config_flags flags = {.read_only = -1};

    write_user(s, text);
    assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
    assert_string_equal(err.what, what);
}

static void test_limits(void **state)
{
    struct config *c = load(NULL);

    assert_memory_equal(config_limits(c), &limits_product, sizeof(limits_product));
    assert_value(c, "limits.expiry_warning_days", "30", ORIGIN_BUILTIN, "");
    config_free(c);
    write_user(*state, "limits: {\n expiry_warning_days = 45;\n reporting_days = 1; };\n");
    c = load(NULL);
    assert_int_equal(config_limits(c)->expiry_warning, 45);
    assert_int_equal(config_limits(c)->expiry_notice, 90);
    assert_int_equal(config_limits(c)->reporting, 1);
    assert_int_equal(config_limits(c)->listed, 30);
    assert_value(c, "limits.expiry_warning_days", "45", ORIGIN_USER_FILE, "luitop.conf:2");
    config_free(c);
    limits_fail(*state, "limits: { expiry_warning_days = 91; };\n",
                "luitop.conf:1: \"limits.expiry_warning_days\" is 91 and "
                "\"limits.expiry_notice_days\" only 90");
    limits_fail(*state, "limits: { listed_days = 2; };\n",
                "luitop.conf:1: \"limits.reporting_days\" is 3 and \"limits.listed_days\" only 2");
    limits_fail(*state, "limits: { listed_days = 0; };\n",
                "luitop.conf:1: \"limits.listed_days\" must be a whole number from 1 to 3650");
}

static void test_origin_names(void **state)
{
    (void)state;
    for (int o = ORIGIN_BUILTIN; o <= ORIGIN_FLAG; o++)
        assert_true(config_origin_name((enum config_origin)o)[0] != '\0');
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scratch_setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_without_any_file),
        TEST(test_profile_with_defaults),
        TEST(test_regions),
        TEST(test_own_urls),
        TEST(test_precedence),
        TEST(test_environment),
        TEST(test_environment_is_checked),
        TEST(test_choice_of_profile),
        TEST(test_no_choice_of_profile),
        TEST(test_config_flag),
        TEST(test_read_only_flag),
        TEST(test_keys),
        TEST(test_limits),
        TEST(test_origin_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
