/* What is wrong with a settings file is said with its line, its name, and a way out. */
#include "tests/unit/session/scratch.h"

#include "base/err.h"
#include "session/config.h"
#include "session/settings.h"

static struct err load_text(struct scratch *s, const char *text, mode_t mode)
{
    struct config_flags flags = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};
    char path[PATH_MAX];

    scratch_write(s, ".config/luitop/luitop.conf", text, mode, path);
    if (config_load(&c, &flags, &err) == 0)
        err_clear(&err);
    else
        assert_int_equal(err.code, ERR_SETTINGS);
    config_free(c);
    return err;
}

static void assert_right(struct scratch *s, const char *text)
{
    struct err err = load_text(s, text, 0600);

    if (err.code != ERR_NONE)
        fail_msg("%s: %s", err.what, err.why);
}

struct wrong {
    const char *text, *what, *why, *next; /* the last two are looked for in the error's */
};

static void assert_wrong(void **state, const struct wrong *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct err err = load_text(*state, cases[i].text, 0600);

        if (err.code == ERR_NONE)
            fail_msg("accepted: %s", cases[i].text);
        assert_string_equal(err.what, cases[i].what);
        if (strstr(err.why, cases[i].why) == NULL)
            fail_msg("\"%s\" is not in why \"%s\" of: %s", cases[i].why, err.why, cases[i].text);
        if (strstr(err.next, cases[i].next) == NULL)
            fail_msg("\"%s\" is not in next \"%s\" of: %s", cases[i].next, err.next, cases[i].text);
    }
}
#define ASSERT_WRONG(cases) assert_wrong(state, cases, sizeof(cases) / sizeof((cases)[0]))

static void test_unknown_names(void **state)
{
    static const struct wrong cases[] = {
        {"ui: {\n  refesh_minutes = 5;\n};", "luitop.conf:2: unknown setting \"refesh_minutes\"",
         "", "Did you mean \"refresh_minutes\"?"},
        {"\n\nprofile: { };", "luitop.conf:3: unknown setting \"profile\"", "",
         "Did you mean \"profiles\"?"},
        {"theme = \"x\";", "luitop.conf:1: unknown setting \"theme\"", "", "ui.theme"},
        {"ui: { zzz = 1; };", "luitop.conf:1: unknown setting \"zzz\"", "",
         "Known here: theme, glyphs, refresh_minutes, mouse"},
        {"profiles: { a: {\n regoin = \"us\"; }; };", "luitop.conf:2: unknown setting \"regoin\"",
         "", "\"region\""},
        {"profiles: { a: { urls: {\n tokn = \"https://x\"; }; }; };",
         "luitop.conf:2: unknown setting \"tokn\"", "", "\"token\""},
        {"profiles: { a: { endpoints: { link_user = \"{lui}/x\"; }; }; };",
         "luitop.conf:1: unknown setting \"link_user\"", "", "\"link_users\""},
        {"profiles: { a: { tagging_window: { free_servers = \"present\"; }; }; };",
         "luitop.conf:1: unknown setting \"free_servers\"", "", "\"free_server\""},
    };

    ASSERT_WRONG(cases);
}

static void test_wrong_types(void **state)
{
    static const struct wrong cases[] = {
        {"ui = 5;", "luitop.conf:1: \"ui\" must be a group", "a number", "ui: {"},
        {"ui: { theme: { }; };",
         "luitop.conf:1: \"ui.theme\" must be the name of a theme or the path of a .theme file",
         "a group", ""},
        {"ui: { refresh_minutes = \"15\"; };",
         "luitop.conf:1: \"ui.refresh_minutes\" must be a whole number from 0 to 1440", "quotes",
         "without quotes"},
        {"ui: { refresh_minutes = 1.5; };", "luitop.conf:1: \"1.5\" is not a whole number", "", ""},
        {"ui: { mouse = 1; };", "luitop.conf:1: \"ui.mouse\" must be true or false", "a number",
         ""},
        {"ui: { glyphs = [ \"auto\" ]; };", "luitop.conf:1: no setting is a list", "", ""},
        {"profiles: { a: { endpoints: { all = \"yes\"; }; }; };",
         "luitop.conf:1: \"profiles.a.endpoints.all\" must be true or false", "quotes", ""},
    };

    ASSERT_WRONG(cases);
}

static void test_wrong_values(void **state)
{
    static const struct wrong cases[] = {
        {"ui: { refresh_minutes = 1441; };",
         "luitop.conf:1: \"ui.refresh_minutes\" must be a whole number from 0 to 1440", "\"1441\"",
         ""},
        {"ui: { refresh_minutes = -1; };",
         "luitop.conf:1: \"ui.refresh_minutes\" must be a whole number from 0 to 1440", "\"-1\"",
         ""},
        {"ui: { glyphs = \"asci\"; };",
         "luitop.conf:1: \"ui.glyphs\" must be auto, unicode or ascii", "\"asci\"", "\"ascii\"?"},
        {"profiles: { a: { region = \"eu-west\"; }; };",
         "luitop.conf:1: \"profiles.a.region\" must be us, eu, ap-s, jp or gov", "\"eu-west\"", ""},
        {"profiles: { a: { customer_id = \"a b\"; }; };",
         "luitop.conf:1: \"profiles.a.customer_id\" must be a customer id: letters, digits, '-' "
         "and "
         "'_', at most 64",
         "\"a b\"", ""},
        {"profiles: { a: { customer_id = \"../x\"; }; };",
         "luitop.conf:1: \"profiles.a.customer_id\" must be a customer id: letters, digits, '-' "
         "and "
         "'_', at most 64",
         "", ""},
        {"profiles: { a: { client_id = \"\"; }; };",
         "luitop.conf:1: \"profiles.a.client_id\" must be a text without blanks", "", ""},
        {"profiles: { a: { billing_timezone = \"Mars/Olympus\"; }; };",
         "luitop.conf:1: \"profiles.a.billing_timezone\" must be a time zone such as \"UTC\" or "
         "\"Europe/Berlin\"",
         "Mars/Olympus", ""},
        {"profiles: { a: { urls: { lui = \"http://example.net/x\"; }; }; };",
         "luitop.conf:1: \"profiles.a.urls.lui\" must be a URL such as "
         "\"https://example.net/{customerId}\"",
         "only for this machine", ""},
        {"profiles: { a: { urls: { lui = \"https://example.net/{customerid}\"; }; }; };",
         "luitop.conf:1: \"profiles.a.urls.lui\" must be a URL such as "
         "\"https://example.net/{customerId}\"",
         "braces", ""},
        {"profiles: { a: { urls: { api = \"https://example.net/?q=1\"; }; }; };",
         "luitop.conf:1: \"profiles.a.urls.api\" must be a URL such as "
         "\"https://example.net/{customerId}\"",
         "query", ""},
        {"profiles: { a: { tagging_window: { link_users = \"always\"; }; }; };",
         "luitop.conf:1: \"profiles.a.tagging_window.link_users\" must be present or previous",
         "\"always\"", ""},
        {"ui: { theme = \"a\\x01b\"; };",
         "luitop.conf:1: \"ui.theme\" must be the name of a theme or the path of a .theme file",
         "control character", ""},
        {"ui: { theme = \"a\\xffb\"; };",
         "luitop.conf:1: \"ui.theme\" must be the name of a theme or the path of a .theme file",
         "UTF-8", ""},
    };

    ASSERT_WRONG(cases);
}

/* Profiles that nobody chose are checked too. */
static void test_unused_profile_is_checked(void **state)
{
    static const struct wrong cases[] = {
        {"default_profile = \"a\";\nprofiles: {\n"
         " a: { customer_id = \"c\"; client_id = \"i\"; client_secret_file = \"/s\"; };\n"
         " b: { region = \"moon\"; };\n};",
         "luitop.conf:4: \"profiles.b.region\" must be us, eu, ap-s, jp or gov", "moon", ""},
    };

    ASSERT_WRONG(cases);
}

/* libconfig 1.5 would make 15 of 4294967311, and 1 of 0x100000001. */
static void test_numbers_that_would_wrap(void **state)
{
    static const struct wrong cases[] = {
        {"ui: {\n refresh_minutes = 4294967311; };", "luitop.conf:2: a number is too large", "",
         ""},
        {"ui: { refresh_minutes = 0x10000000F; };", "luitop.conf:1: a number is too large", "", ""},
        {"ui: { refresh_minutes = 4294967311L; };", "luitop.conf:1: a number is too large", "", ""},
        {"ui: { refresh_minutes = -4294967281; };", "luitop.conf:1: a number is too large", "", ""},
        {"ui: { refresh_minutes = 99999999999999999999999999; };",
         "luitop.conf:1: a number is too large", "", ""},
    };

    ASSERT_WRONG(cases);
    assert_right(*state, "ui: { refresh_minutes = 0xF; }; # 4294967311");
    assert_right(*state, "ui: { theme = \"t4294967311\"; };");
}

static void test_what_is_not_a_settings_file(void **state)
{
    static const struct wrong cases[] = {
        {"ui: {\n theme = \"x\n};", "luitop.conf:2: a text that begins here has no closing quote",
         "", ""},
        {"ui: {\n theme \"x\";\n};",
         "luitop.conf:2: a text stands here, but it should be '=' after the name", "",
         "line before"},
        {"ui: { theme = default; };", "luitop.conf:1: the value default must stand in quotes", "",
         ""},
        {"ui: {\n theme = \"x\";\n\n", "luitop.conf:4: the file ends where a '}' is missing", "",
         ""},
        {"ui: { theme = ; };",
         "luitop.conf:1: ';' stands here, but it should be a value after the '='", "", ""},
        {"ui: { }; };", "luitop.conf:1: a '}' closes nothing", "", ""},
        {"ui",
         "luitop.conf:1: the end of the file stands here, but it should be '=' after the name", "",
         ""},
        {"ui: { refresh_minutes = 15m; };", "luitop.conf:1: \"15m\" is not a whole number", "", ""},
        {"ui: { mouse = true false };",
         "luitop.conf:1: true or false stands here, but it should be ';' after the value", "", ""},
        {"\xc3\xa9 = 1;", "luitop.conf:1: a character that is not ASCII stands outside of quotes",
         "", ""},
        {"# first\n @include \"other.conf\"\n", "luitop.conf:2: @include is not supported", "",
         "one file"},
        {"a:{b:{c:{d:{e:{f:{g:{h:{i:{}}}}}}}}}", "luitop.conf:1: groups are nested too deeply", "",
         ""},
        {"ui: { theme = \"a\"; theme = \"b\"; };", "luitop.conf:1: this is not a settings file",
         "duplicate", ""},
        {"keys: { servers: { \"a\\\\b\" = \"x\"; }; };",
         "luitop.conf:1: a name in quotes has no backslash or control character", "", ""},
        {"*ui: { };", "luitop.conf:1: a name may not begin with '*'", "", ""},
        {"keys: { servers: { x = \"a\";\n \"x\" = \"b\"; }; };",
         "luitop.conf:2: \"keys.servers.x\" is set twice", "luitop.conf:1", ""},
    };

    ASSERT_WRONG(cases);
    /* None of it counts in comments and texts. */
    assert_right(*state, "/* @include \"x\" 9999999999 \" */ ui: { // \"\n"
                         "theme = \"@include /* 9999999999 */ # {{{{{{{{{{\"; };");
}

/* What libconfig takes for a settings file: terminators that are missing, texts in pieces. */
static void test_syntax_that_is_allowed(void **state)
{
    static const char *const right[] = {
        "",
        "# nothing but a comment",
        "ui: { theme = \"a\" \"b\" /* c */ \"d\" mouse = TRUE, refresh_minutes = +5L }",
        "ui = {};",
        "ui : { theme : \"a\" };\r\n",
        "keys: { servers: { \"ctrl-t\"\n= \"x\"; }; };",
        "ui: { theme = \"tab\\\\le\"; };",
    };

    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        assert_right(*state, right[i]);
}

static void test_secret_in_the_file_is_refused(void **state)
{
    struct err err =
        load_text(*state, "profiles: { a: {\n client_secret = \"hunter2\"; }; };", 0600);

    assert_string_equal(err.what,
                        "luitop.conf:2: the client secret may not stand in a settings file");
    assert_non_null(strstr(err.next, "client_secret_command"));
    assert_non_null(strstr(err.next, "client_secret_file"));
    assert_null(strstr(err.why, "hunter2"));
    err = load_text(*state,
                    "profiles: { a: { client_secret_command = \"x\";\n"
                    " client_secret_file = \"y\"; }; };",
                    0600);
    assert_string_equal(err.what, "luitop.conf:2: profile \"a\" has two sources of its secret");
}

static void test_file_that_others_may_change(void **state)
{
    struct err err = load_text(*state, "", 0620);

    assert_non_null(strstr(err.why, "others may write"));
    assert_non_null(strstr(load_text(*state, "", 0602).why, "others may write"));
    assert_int_equal(load_text(*state, "", 0644).code, 0);
}

static void test_file_of_somebody_else(void **state)
{
    struct scratch *s = *state;
    struct config_flags flags = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};
    char path[PATH_MAX];

    if (geteuid() != 0)
        skip();
    scratch_write(s, ".config/luitop/luitop.conf", "", 0600, path);
    assert_int_equal(chown(path, 65534, 65534), 0);
    assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
    assert_non_null(strstr(err.why, "somebody else"));
}

static void test_folder_instead_of_file(void **state)
{
    struct scratch *s = *state;
    struct config_flags flags = {.config_file = s->dir, .read_only = -1};
    struct config *c = NULL;
    struct err err = {0};

    assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
    assert_non_null(strstr(err.why, "not a regular file"));
}

/* A NUL would end the text for libconfig, and what follows would be silently ignored. */
static void test_nul_bytes(void **state)
{
    static const char text[] = "ui: { };\n# \0\nui: nonsense";
    struct scratch *s = *state;
    struct config_flags flags = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};
    char path[PATH_MAX];
    int fd;

    scratch_write(s, ".config/luitop/luitop.conf", "", 0600, path);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(fd, text, sizeof(text)), sizeof(text));
    close(fd);
    assert_int_equal(config_load(&c, &flags, &err), ERR_SETTINGS);
    assert_ptr_equal(strstr(err.what, "luitop.conf:2: a NUL byte"), err.what);
}

static void test_every_setting_is_explained(void **state)
{
    char must[160];

    (void)state;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        assert_non_null(settings[i].name);
        assert_true(strlen(settings[i].help) > 10);
        assert_true(setting_must(&settings[i], must, sizeof(must))[0] != '\0');
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(settings[i].name, settings[j].name);
        if (settings[i].builtin != NULL)
            assert_int_equal(setting_check(&settings[i], settings[i].name, "", settings[i].builtin,
                                           ERR_SETTINGS, NULL),
                             0);
    }
}

static void test_urls(void **state)
{
    static const char *const good[] = {
        "https://api-us.cloud.com", "https://x.example:8443/a/b?c=d", "http://127.0.0.1:9/x",
        "http://127.8.9.10",        "http://localhost:80/",           "http://[::1]:8080/x",
        "https://[2001:db8::1]/x",  "HTTPS://EXAMPLE.NET/a@b",
    };
    static const char *const bad[] = {
        "",
        "example.net",
        "ftp://example.net",
        "http://example.net",
        "http://127.example.net",
        "http://127.0.0.1.example.net",
        "http://localhost.example.net",
        "http://[::2]",
        "http://0.0.0.0",
        "http://localhost@example.net/",
        "https://user@example.net/",
        "https://user:word@example.net/",
        "https://",
        "https:///x",
        "https://exa mple.net",
        "https://example.net/a b",
        "https://example.net/a\tb",
        "https://example.net/\x80",
        "https://example.net/#x",
        "https://example.net\\@evil.net/",
        "https://example.net:0/",
        "https://example.net:65536/",
        "https://example.net:x/",
        "https://example.net:/",
        "https://[::1/",
        "https://[::1]x/",
        "https://{host}/",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        if (url_fault(good[i]) != NULL)
            fail_msg("%s: %s", good[i], url_fault(good[i]));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (url_fault(bad[i]) == NULL)
            fail_msg("accepted: %s", bad[i]);
    }
    assert_null(url_base_fault("https://example.net/x"));
    assert_non_null(url_base_fault("https://example.net/x?y"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scratch_setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_unknown_names),
        TEST(test_wrong_types),
        TEST(test_wrong_values),
        TEST(test_unused_profile_is_checked),
        TEST(test_numbers_that_would_wrap),
        TEST(test_what_is_not_a_settings_file),
        TEST(test_syntax_that_is_allowed),
        TEST(test_secret_in_the_file_is_refused),
        TEST(test_file_that_others_may_change),
        TEST(test_file_of_somebody_else),
        TEST(test_folder_instead_of_file),
        TEST(test_nul_bytes),
        TEST(test_every_setting_is_explained),
        cmocka_unit_test(test_urls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
