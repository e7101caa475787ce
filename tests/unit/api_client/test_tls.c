/* Whom luitop believes: a real TLS server, which is the openssl program; skipped without it. */
#include "account.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

struct tls {
    char dir[64], key[96], good[96], other[96], wrong_name[96];
};

static pid_t start(char *const argv[], int *out)
{
    int p[2];
    pid_t pid;

    assert_int_equal(pipe(p), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(p[1], 1);
        dup2(null, 2);
        close(p[0]);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(p[1]);
    if (out != NULL)
        *out = p[0];
    else
        close(p[0]);
    return pid;
}

static bool run(char *const argv[])
{
    int status;

    assert_true(waitpid(start(argv, NULL), &status, 0) > 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool certificate(struct tls *t, const char *path, const char *name)
{
    char san[64];
    char *argv[] = {"openssl",  "req",    "-x509",   "-newkey",
                    "rsa:2048", "-nodes", "-days",   "2",
                    "-subj",    "/CN=x",  "-addext", san,
                    "-keyout",  t->key,   "-out",    (char *)(uintptr_t)path,
                    NULL};

    if (access(t->key, R_OK) == 0) {
        argv[3] = "-key";
        argv[4] = t->key;
        argv[12] = "-out";
        argv[13] = (char *)(uintptr_t)path;
        argv[14] = NULL;
    }
    snprintf(san, sizeof(san), "subjectAltName=%s", name);
    return run(argv);
}

static int setup(void **state)
{
    static struct tls t;

    snprintf(t.dir, sizeof(t.dir), "/tmp/luitop-tls-XXXXXX");
    assert_non_null(mkdtemp(t.dir));
    snprintf(t.key, sizeof(t.key), "%s/key", t.dir);
    snprintf(t.good, sizeof(t.good), "%s/good", t.dir);
    snprintf(t.other, sizeof(t.other), "%s/other", t.dir);
    snprintf(t.wrong_name, sizeof(t.wrong_name), "%s/wrong", t.dir);
    *state = &t;
    if (!certificate(&t, t.good, "IP:127.0.0.1") || !certificate(&t, t.other, "IP:127.0.0.1") ||
        !certificate(&t, t.wrong_name, "DNS:lic.example.net"))
        *state = NULL;
    return 0;
}

static int teardown(void **state)
{
    struct tls *t = *state;

    if (t == NULL)
        return 0;
    unlink(t->key);
    unlink(t->good);
    unlink(t->other);
    unlink(t->wrong_name);
    rmdir(t->dir);
    return 0;
}

static void serve_tokens(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    serve_token(s, q, r);
}

/* The port out of the server's "ACCEPT 127.0.0.1:43210". */
static int port_of(int fd)
{
    char text[256] = "";
    size_t n = 0;
    const char *line;

    while ((line = strstr(text, "ACCEPT ")) == NULL || strchr(line, '\n') == NULL) {
        ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);

        assert_true(got > 0);
        n += (size_t)got;
    }
    line = strrchr(line, ':');
    assert_non_null(line);
    return (int)strtol(line + 1, NULL, 10);
}

/* One call to a server that shows CERT, by an account that trusts CA (NULL: the system's). */
static void ask_tls(const struct tls *t, const char *cert, const char *ca, const char *version,
                    struct outcome *o)
{
    char *argv[] = {"openssl",
                    "s_server",
                    "-accept",
                    "127.0.0.1:0",
                    "-www",
                    "-cert",
                    (char *)(uintptr_t)cert,
                    "-key",
                    (char *)(uintptr_t)t->key,
                    (char *)(uintptr_t)version,
                    NULL};
    struct account a;
    struct customer_list l;
    char base[64];
    int fd;
    pid_t pid = start(argv, &fd);

    account_open(&a, serve_tokens);
    snprintf(base, sizeof(base), "https://127.0.0.1:%d", port_of(fd));
    a.settings.urls.partner = base;
    a.settings.ca_file = ca;
    a.settings.attempts = 2;
    account_start(&a);
    ask(&a, o, &l);
    customer_list_release(&l);
    account_close(&a);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    close(fd);
}

static void test_trusted(void **state)
{
    const struct tls *t = *state;
    struct outcome o;

    if (t == NULL)
        skip();
    /* The server answers with a web page about itself: the way there was fine. */
    ask_tls(t, t->good, t->good, "-tls1_3", &o);
    assert_int_equal(o.code, ERR_DATA);
    assert_int_equal(o.err.status, 200);
    ask_tls(t, t->good, t->good, "-tls1_2", &o);
    assert_int_equal(o.err.status, 200);
}

static void test_not_trusted(void **state)
{
    const struct tls *t = *state;
    struct outcome o;

    if (t == NULL)
        skip();
    ask_tls(t, t->good, NULL, "-tls1_3", &o);
    assert_int_equal(o.code, ERR_TLS);
    assert_int_equal(o.err.status, 0);
    assert_non_null(strstr(o.err.why, "could not prove who it is"));
    ask_tls(t, t->good, t->other, "-tls1_3", &o);
    assert_int_equal(o.code, ERR_TLS);
}

static void test_other_name(void **state)
{
    const struct tls *t = *state;
    struct outcome o;

    if (t == NULL)
        skip();
    ask_tls(t, t->wrong_name, t->wrong_name, "-tls1_3", &o);
    assert_int_equal(o.code, ERR_TLS);
    assert_non_null(strstr(o.err.why, "could not prove who it is"));
}

static void test_no_such_ca_file(void **state)
{
    const struct tls *t = *state;
    struct outcome o;

    if (t == NULL)
        skip();
    ask_tls(t, t->good, "/nonexistent/ca.pem", "-tls1_3", &o);
    assert_int_equal(o.code, ERR_TLS);
    assert_non_null(strstr(o.err.next, "ca_file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trusted),
        cmocka_unit_test(test_not_trusted),
        cmocka_unit_test(test_other_name),
        cmocka_unit_test(test_no_such_ca_file),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
