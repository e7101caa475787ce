/* The server over a real socket: it runs in a child, the test speaks raw HTTP. */
#include "tests/unit/sandbox/ask.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/server.h"

struct world {
    pid_t child;
    int stop; /* closing it ends the child */
    int port;
    char auth[TOKEN_LEN + 64];
};

struct answer {
    int status;
    char text[65536]; /* head and body */
    size_t len, pieces;
    const char *body;
    size_t body_len;
    long announced; /* Content-Length */
    bool reset;
};

static void serve(int watch, int out)
{
    static const int none = -1;
    struct server *sv = calloc(1, sizeof(*sv));
    struct sandbox sb;
    struct options o;
    char token[TOKEN_LEN + 1];
    int watched[2] = {none, watch}, rc;

    ask_defaults(&o);
    o.users = 100;
    if (sv == NULL || sandbox_init(&sb, &o, NULL) < 0 || server_start(sv, &sb, NULL) < 0 ||
        tokens_issue(&sb.tokens, clock_mono_ms(), token) < 0)
        _exit(2);
    dprintf(out, "%d %s\n", sv->port, token);
    close(out);
    rc = server_run(sv, watched, 2);
    server_stop(sv);
    sandbox_release(&sb);
    free(sv);
    _exit(rc == 1 ? 0 : 3);
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    int watch[2], out[2];
    char line[TOKEN_LEN + 64], token[TOKEN_LEN + 1];
    FILE *f;

    assert_non_null(w);
    assert_int_equal(pipe(watch), 0);
    assert_int_equal(pipe(out), 0);
    w->child = fork();
    assert_true(w->child >= 0);
    if (w->child == 0) {
        close(watch[1]);
        close(out[0]);
        free(w);
        serve(watch[0], out[1]);
    }
    close(watch[0]);
    close(out[1]);
    w->stop = watch[1];
    f = fdopen(out[0], "r");
    assert_non_null(fgets(line, sizeof(line), f));
    fclose(f);
    assert_int_equal(sscanf(line, "%d %1280s", &w->port, token), 2);
    snprintf(w->auth, sizeof(w->auth), "Authorization: CwsAuth Bearer=%s\r\n", token);
    *state = w;
    return 0;
}

/* Every test also shows that the server ends well. */
static int teardown(void **state)
{
    struct world *w = *state;
    int status = -1;

    close(w->stop);
    assert_int_equal(waitpid(w->child, &status, 0), w->child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    free(w);
    return 0;
}

static int dial(const struct world *w)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)w->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    return fd;
}

static void send_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

        assert_true(n > 0);
        text += n;
        len -= (size_t)n;
    }
}

static void send_request(const struct world *w, int fd, const char *method, const char *target,
                         const char *headers, const char *body)
{
    char head[4096];
    int n =
        snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\nHost: x\r\n%s%sContent-Length: %zu\r\n\r\n",
                 method, target, w->auth, headers, strlen(body));

    send_all(fd, head, (size_t)n);
    send_all(fd, body, strlen(body));
}

static bool complete(struct answer *a)
{
    const char *end = strstr(a->text, "\r\n\r\n"), *length;

    if (end == NULL)
        return false;
    a->body = end + 4;
    a->body_len = a->len - (size_t)(a->body - a->text);
    length = strstr(a->text, "Content-Length: ");
    a->announced = length != NULL && length < end ? strtol(length + 16, NULL, 10) : 0;
    return a->body_len >= (size_t)a->announced;
}

/* Reads until the answer is complete or the connection ends. */
static void receive(int fd, struct answer *a)
{
    memset(a, 0, sizeof(*a));
    while (!complete(a)) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        ssize_t n;

        assert_int_equal(poll(&p, 1, 20000), 1);
        n = recv(fd, a->text + a->len, sizeof(a->text) - 1 - a->len, 0);
        a->reset = n < 0 && errno == ECONNRESET;
        if (n <= 0)
            break;
        a->len += (size_t)n;
        a->pieces++;
    }
    sscanf(a->text, "HTTP/1.1 %d", &a->status);
}

static void call(const struct world *w, struct answer *a, const char *method, const char *target,
                 const char *headers, const char *body)
{
    int fd = dial(w);

    send_request(w, fd, method, target, headers, body);
    receive(fd, a);
    close(fd);
}

static void fault(const struct world *w, struct answer *a, const char *json)
{
    call(w, a, "POST", "/sandbox/faults", "", json);
    assert_int_equal(a->status, 204);
}

#define SERVERS    LUI "/licenseservers"
#define ONCE(kind) "{\"faults\":[{\"rate\":1,\"kind\":\"" kind "\",\"count\":1}]}"

static void a_connection_is_kept(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));
    int fd = dial(w);

    for (int i = 0; i < 3; i++) {
        send_request(w, fd, "GET", SERVERS, "", "");
        receive(fd, a);
        assert_int_equal(a->status, 200);
        assert_int_equal(a->body_len, a->announced);
        assert_non_null(strstr(a->text, "Content-Type: application/json; charset=utf-8\r\n"));
        assert_non_null(strstr(a->text, "\r\nCC-TransactionId: "));
        assert_non_null(strstr(a->text, "\r\nETag: \""));
    }
    send_request(w, fd, "GET", SERVERS, "If-None-Match: *\r\n", "");
    receive(fd, a);
    assert_int_equal(a->status, 304);
    assert_int_equal(a->body_len, 0);
    send_request(w, fd, "POST", "/trust/root/tokens/clients", "Content-Type: application/json\r\n",
                 "{\"clientId\":\"demo-client\",\"clientSecret\":\"demo-secret\"}");
    receive(fd, a);
    assert_int_equal(a->status, 200);
    close(fd);
    free(a);
}

static void bad_requests_are_answered(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));
    size_t size = (size_t)REQUEST_BODY_MAX + 2;
    char *huge = malloc(size);

    call(w, a, "GET", "/lui/%zz", "", "");
    assert_int_equal(a->status, 400);
    assert_non_null(strstr(a->text, "\r\nCC-TransactionId: "));
    assert_non_null(huge);
    memset(huge, 'x', size - 1);
    huge[size - 1] = '\0';
    call(w, a, "POST", "/trust/root/tokens/clients", "", huge);
    assert_int_equal(a->status, 413);
    call(w, a, "GET", "/sandbox/log", "", "");
    assert_non_null(strstr(a->body, "\"path\":\"/lui/%zz\",\"status\":400"));
    assert_non_null(strstr(a->body, "\"status\":413"));
    free(huge);
    free(a);
}

static void a_reset_is_a_reset(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));

    fault(w, a, ONCE("reset"));
    call(w, a, "GET", SERVERS, "", "");
    assert_true(a->reset);
    assert_int_equal(a->len, 0);
    call(w, a, "GET", SERVERS, "", "");
    assert_int_equal(a->status, 200);
    free(a);
}

static void half_of_a_body_then_the_end(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));

    fault(w, a, ONCE("truncate"));
    call(w, a, "GET", SERVERS, "", "");
    assert_int_equal(a->status, 200);
    assert_true(a->announced > 1000);
    assert_int_equal(a->body_len, a->announced / 2);
    free(a);
}

static void a_stalled_request_waits_and_the_others_do_not(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));
    struct pollfd p = {.events = POLLIN};
    int stalled[3];

    fault(w, a, "{\"faults\":[{\"rate\":1,\"kind\":\"stall\",\"path\":\"/core\"}]}");
    for (int i = 0; i < 3; i++) {
        stalled[i] = dial(w);
        send_request(w, stalled[i], "GET", "/core/nimbus7q2x/serviceStates", "", "");
    }
    /* The log tells when all three have arrived. */
    do {
        call(w, a, "GET", SERVERS, "", "");
        assert_int_equal(a->status, 200);
        call(w, a, "GET", "/sandbox/faults", "", "");
    } while (strstr(a->body, "\"hits\":3") == NULL);
    for (int i = 0; i < 3; i++) {
        p.fd = stalled[i];
        assert_int_equal(poll(&p, 1, 0), 0);
    }
    /* One goes, two stay until the server ends: teardown waits for that. */
    close(stalled[0]);
    call(w, a, "GET", SERVERS, "", "");
    assert_int_equal(a->status, 200);
    close(w->stop);
    for (int i = 1; i < 3; i++) {
        receive(stalled[i], a);
        assert_int_equal(a->len, 0);
        close(stalled[i]);
    }
    w->stop = dup(STDERR_FILENO);
    free(a);
}

static void a_body_drips(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));

    fault(w, a, ONCE("slowdrip"));
    call(w, a, "GET", LUI "/nothing", "", "");
    assert_int_equal(a->status, 404);
    assert_int_equal(a->body_len, a->announced);
    assert_true(a->pieces >= 3);
    assert_int_equal(a->body[a->body_len - 1], '}');
    free(a);
}

static void latency_delays_but_not_the_control(void **state)
{
    struct world *w = *state;
    struct answer *a = malloc(sizeof(*a));
    int64_t start;

    fault(w, a, "{\"faults\":[],\"latencyMs\":80}");
    start = clock_mono_ms();
    call(w, a, "GET", SERVERS, "", "");
    assert_int_equal(a->status, 200);
    assert_true(clock_mono_ms() - start >= 80);
    fault(w, a, "{\"faults\":[],\"latencyMs\":600000}");
    call(w, a, "GET", "/sandbox/log", "", "");
    assert_int_equal(a->status, 200);
    free(a);
}

static void only_loopback_and_free_ports(void **state)
{
    struct world *w = *state;
    struct server *sv = malloc(sizeof(*sv));
    struct sandbox sb = {0};
    struct err err = {0};

    assert_non_null(sv);
    sb.o.bind = "0.0.0.0";
    assert_int_equal(server_start(sv, &sb, &err), ERR_SETTINGS);
    sb.o.bind = "127.0.0.1";
    sb.o.port = w->port;
    assert_int_equal(server_start(sv, &sb, &err), ERR_IO);
    assert_non_null(strstr(err.what, "in use"));
    free(sv);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_connection_is_kept),
        CASE(bad_requests_are_answered),
        CASE(a_reset_is_a_reset),
        CASE(half_of_a_body_then_the_end),
        CASE(a_stalled_request_waits_and_the_others_do_not),
        CASE(a_body_drips),
        CASE(latency_delays_but_not_the_control),
        CASE(only_loopback_and_free_ports),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
