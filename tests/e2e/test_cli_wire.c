/*
 * What goes over the wire, byte by byte, as a recording service sees it: the headers of
 * published.md §2.1, one sign-in, If-None-Match, compression, no token to another host; and against
 * the sandbox, that no key sends anything but GET and the sign-in.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

struct recorder {
    pid_t pid;
    int port, other_port; /* nobody may come to the other one */
    int other_fd;
    char file[TEMP_PATH * 2];
};

static int listen_here(int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(fd, 32), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

#define SERVER                                                                                     \
    "{\"hostId\":\"LICX\",\"fqdn\":null,\"lastPhoningHomeTime\":null,\"isPhoningHome\":true,"      \
    "\"isFoundInBackOffice\":true,\"isEverReported\":true,\"isCompliant\":true,"                   \
    "\"isLicenseServerFree\":false,\"isNonCspLicenseInstalled\":false,\"isCcu\":false,"            \
    "\"isExpired\":false,\"licenseExpirationDate\":null,\"daysToExpire\":null,"                    \
    "\"ccuFeatureStatistics\":null,\"linkedCustomerList\":null}"

/* The answer to REQUEST (head and body). */
static void answer(const struct recorder *r, const char *request, struct buf *out)
{
    static const char token[] =
        " \n{\"token_type\":\"bearer\",\"access_token\":\"stub.token\",\"expires_in\":\"3600\"}\n";
    static const char list[] = "{\"customerId\":\"nimbus7q2x\",\"orgId\":null,"
                               "\"licenseServersStatus\":[" SERVER "]}";

    if (strncmp(request, "POST ", 5) == 0)
        buf_addf(out, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n", strlen(token));
    else if (strstr(request, "/away/") != NULL)
        buf_addf(out,
                 "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/x\r\nContent-Length: 0\r\n",
                 r->other_port);
    else if (strcasestr(request, "\r\nIf-None-Match: \"v1\"\r\n") != NULL)
        buf_addstr(out, "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n");
    else
        buf_addf(out, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: %zu\r\n", strlen(list));
    buf_addstr(out, "Connection: close\r\n\r\n");
    if (strncmp(request, "POST ", 5) == 0)
        buf_addstr(out, token);
    else if (strstr(out->data, "200 OK") != NULL)
        buf_addstr(out, list);
}

static bool is_whole(const struct buf *in)
{
    const char *end = strstr(in->data, "\r\n\r\n"), *length;

    if (end == NULL)
        return false;
    length = strcasestr(in->data, "\r\nContent-Length:");
    return length == NULL || strlen(end + 4) >= strtoul(length + 17, NULL, 10);
}

static void record(const struct recorder *r, int fd)
{
    for (;;) {
        struct buf in, out;
        char chunk[4096];
        ssize_t n;
        int c = accept(fd, NULL, NULL);
        FILE *f;

        if (c < 0)
            _exit(1);
        buf_init(&in, 1 << 20);
        buf_init(&out, 1 << 20);
        while (!is_whole(&in) && (n = read(c, chunk, sizeof(chunk))) > 0)
            buf_add(&in, chunk, (size_t)n);
        f = fopen(r->file, "a");
        if (f == NULL || fprintf(f, "%s\n====\n", in.data) < 0 || fclose(f) != 0)
            _exit(1);
        answer(r, in.data, &out);
        if (write(c, out.data, out.len) < 0)
            _exit(1);
        close(c);
        buf_release(&in);
        buf_release(&out);
    }
}

static void start_recorder(struct cmd *c, struct recorder *r)
{
    char from[32], to[32];
    int fd = listen_here(&r->port);

    r->other_fd = listen_here(&r->other_port);
    snprintf(r->file, sizeof(r->file), "%s", cmd_path(c, "requests"));
    r->pid = fork();
    if (r->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        record(r, fd);
    }
    close(fd);
    snprintf(from, sizeof(from), "127.0.0.1:%d", c->sb.port);
    snprintf(to, sizeof(to), "127.0.0.1:%d", r->port);
    settings_replace(&c->sb, from, to);
}

static void stop_recorder(struct recorder *r)
{
    kill(r->pid, SIGKILL);
    waitpid(r->pid, NULL, 0);
    close(r->other_fd);
}

/* The request number N (from 0) as it came, into c->b; fails when there is none. */
static const char *request_at(struct cmd *c, const struct recorder *r, int n)
{
    struct buf all;
    const char *p, *end;

    buf_init(&all, 1 << 20);
    p = read_file(r->file, &all);
    for (; n > 0 && p != NULL; n--) {
        p = strstr(p, "\n====\n");
        p = p != NULL ? p + 6 : NULL;
    }
    end = p != NULL ? strstr(p, "\n====\n") : NULL;
    if (end == NULL)
        fail_msg("fewer requests than expected:\n%s", all.data);
    buf_reset(&c->b);
    buf_add(&c->b, p, (size_t)(end - p));
    buf_release(&all);
    return c->b.data;
}

static int request_count(const struct recorder *r)
{
    struct buf all;
    int n = 0;

    buf_init(&all, 1 << 20);
    for (const char *p = read_file(r->file, &all); (p = strstr(p, "\n====\n")) != NULL; p += 6)
        n++;
    buf_release(&all);
    return n;
}

static void test_headers(void **state)
{
    struct cmd *c = *state;
    struct recorder r;

    start_recorder(c, &r);
    temp_write(c->sb.secret, 0600, "a+b/c= &%\n");
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "host_id\nLICX\n");
    assert_int_equal(request_count(&r), 2);
    request_at(c, &r, 0);
    expect_part(c->b.data, "POST /cctrustoauth2/nimbus7q2x/tokens/clients HTTP/1.1\r\n");
    /* Exactly: a charset is a documented cause of failure (published.md §1.2). */
    expect_part(c->b.data, "\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    expect_part(c->b.data, "\r\nAccept: application/json\r\n");
    expect_part(c->b.data, "\r\n\r\ngrant_type=client_credentials&client_id=demo-client&"
                           "client_secret=a%2Bb%2Fc%3D%20%26%25");
    expect_no_part(c->b.data, "Authorization");
    expect_no_part(c->b.data, "Expect:");
    request_at(c, &r, 1);
    expect_part(c->b.data, "GET /lui/nimbus7q2x/licenseservers HTTP/1.1\r\n");
    expect_part(c->b.data, "\r\nAuthorization: CwsAuth Bearer=stub.token\r\n");
    expect_part(c->b.data, "\r\nAccept: application/json\r\n");
    expect_part(c->b.data, "\r\nUser-Agent: luitop/");
    expect_part(c->b.data, "\r\nAccept-Encoding: ");
    expect_part(strstr(c->b.data, "\r\nAccept-Encoding: "), "gzip");
    expect_no_part(c->b.data, "If-None-Match");
    expect_no_part(c->b.data, "Cookie");
    stop_recorder(&r);
}

static void test_if_none_match(void **state)
{
    struct cmd *c = *state;
    char home[TEMP_PATH + 32];
    const char *env[] = {home, NULL};
    struct recorder r;

    start_recorder(c, &r);
    snprintf(home, sizeof(home), "HOME=%s", c->sb.dir);
    c->env = env;
    for (int i = 0; i < 2; i++) {
        cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", NULL);
        cmd_expect(c, 0);
        assert_string_equal(c->r.out.data, "host_id\nLICX\n");
    }
    assert_int_equal(request_count(&r), 4);
    expect_no_part(request_at(c, &r, 1), "If-None-Match");
    expect_part(request_at(c, &r, 3), "\r\nIf-None-Match: \"v1\"\r\n");
    stop_recorder(&r);
}

static void test_json_sign_in(void **state)
{
    struct cmd *c = *state;
    struct recorder r;

    start_recorder(c, &r);
    settings_replace(&c->sb, "/cctrustoauth2/{customerId}/", "/trust/{customerId}/");
    temp_write(c->sb.secret, 0600, "a\"b\\c\n");
    cmd_run(c, "servers", NULL);
    /* The recorder's answer is of the other kind, which is read all the same. */
    cmd_expect(c, 0);
    request_at(c, &r, 0);
    expect_part(c->b.data, "POST /trust/nimbus7q2x/tokens/clients HTTP/1.1\r\n");
    expect_part(c->b.data, "\r\nContent-Type: application/json\r\n");
    expect_part(c->b.data,
                "\r\n\r\n{\"clientId\":\"demo-client\",\"clientSecret\":\"a\\\"b\\\\c\"}");
    stop_recorder(&r);
}

/* An answer that points elsewhere is an error: the token goes to no other host. */
static void test_redirect(void **state)
{
    struct cmd *c = *state;
    struct recorder r;
    struct pollfd other;

    start_recorder(c, &r);
    settings_replace(&c->sb, "/lui/{customerId}", "/away/{customerId}");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 65, "points to another place", NULL);
    assert_int_equal(request_count(&r), 2);
    other = (struct pollfd){r.other_fd, POLLIN, 0};
    assert_int_equal(poll(&other, 1, 0), 0);
    stop_recorder(&r);
}

/* The newer hosts are stricter: they want this Accept, and the customer in a header. */
static void test_newer_host(void **state)
{
    static const struct oracle_match cloud = {.path = "/api/licensing/", .status = 200};
    struct cmd *c = *state;

    cmd_run(c, "cloud", "--count", NULL);
    cmd_expect(c, 0);
    assert_true(oracle_count(&c->sb, &cloud) >= 1);
}

/* Compressed answers: what is sent is much smaller than what is read. */
static void test_compressed(void **state)
{
    static const struct oracle_match servers = {.path = "/licenseservers", .status = 200};
    struct cmd *c = *state;
    json_t *root = oracle_get(&c->sb, ORACLE_SERVERS);
    long plain = oracle_bytes(&c->sb, &servers), packed;

    json_decref(root);
    cmd_run(c, "servers", "--format", "csv", NULL);
    cmd_expect(c, 0);
    packed = oracle_bytes(&c->sb, &servers);
    assert_true(plain > 5000);
    assert_true(packed > 0 && packed < plain / 3);
}

/* A refresh of what has not changed: one 304 for each address, and the same screen. R asks for all
 * anew. */
static void test_refresh_costs_304(void **state)
{
    static const char *const few[] = {"--users", "300", "--months", "3", NULL};
    static const struct oracle_match same = {.method = "GET", .status = 304};
    static const struct oracle_match get = {.method = "GET"};
    static const char *const panes[] = {":servers",   ":usage", ":customers",
                                        ":netscaler", ":cloud", ":notices"};
    struct lt *lt = *state;

    lt_start(lt, 24, 100, few, NULL, NULL);
    assert_int_equal(oracle_count(&lt->sb, &same), 0);
    sandbox_forget(&lt->sb);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        lt_keys(lt, panes[i]);
        lt_refresh(lt, "r");
    }
    /* Pages after the first are only fetched when the first has changed. */
    assert_int_equal(oracle_count(&lt->sb, &same), oracle_count(&lt->sb, &get));
    assert_true(oracle_count(&lt->sb, &same) >= 6);
    assert_int_equal(sandbox_count(&lt->sb, "POST", NULL), 0);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    sandbox_forget(&lt->sb);
    lt_refresh(lt, "R");
    assert_int_equal(oracle_count(&lt->sb, &same), 0);
    assert_true(oracle_count(&lt->sb, &get) >= 10);
}

/* Every plain key on its own pane and behind every key that opens something. */
static void test_no_key_sends_a_change(void **state)
{
    static const char keys[] = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ"
                               "!\"#$%&'()*+,-.;<=>@[\\]^_`{|}~ ";
    static const char *const openers[] = {"", "/", ":", "?", "s", "v", "Enter", "Enter"};
    static const char *const few[] = {"--users", "100", "--months", "2", NULL};
    struct lt *lt = *state;
    int all;

    lt_start(lt, 24, 100, few, NULL, NULL);
    for (const char *pane = "1237"; *pane != '\0'; pane++) {
        for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
            char key[2] = {*pane, '\0'};

            lt_keys(lt, key);
            term_keys(&lt->t, openers[i]);
            term_send(&lt->t, keys);
            term_keys(&lt->t, "Enter Space Backspace Tab S-Tab F1 F2 F5 Ins Del C-a C-d C-s C-x");
            lt_keys(lt, "Esc");
            lt_keys(lt, "Esc");
            lt_keys(lt, "Esc");
            if (!process_lives(lt->t.pid)) {
                term_print(&lt->t);
                fail_msg("ended with %d: pane %c, opener %s", lt->t.status, *pane, openers[i]);
            }
        }
    }
    all = sandbox_count(&lt->sb, NULL, NULL);
    assert_true(all > 20);
    assert_int_equal(sandbox_count(&lt->sb, "GET", NULL) +
                         sandbox_count(&lt->sb, "POST", "/cctrustoauth2/"),
                     all);
    assert_int_equal(sandbox_count(&lt->sb, "POST", NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_headers),          CMD_TEST(test_if_none_match),
        CMD_TEST(test_json_sign_in),     CMD_TEST(test_redirect),
        CMD_TEST(test_newer_host),       CMD_TEST(test_compressed),
        LT_TEST(test_refresh_costs_304), LT_TEST(test_no_key_sends_a_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
