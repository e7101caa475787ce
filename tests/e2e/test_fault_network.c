/*
 * The network goes away while luitop shows data, and comes back: nothing is lost, nothing ends,
 * one key brings new data.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

/* No wait for the service is as short as this, and no machine as slow. */
enum { AT_ONCE_MS = 15000 };

static const char *const few[] = {"--users", "300", "--months", "3", NULL};

/* Ends the service at once, as a cable that is pulled; its files stay for luitop. */
static void kill_service(struct sandbox *s)
{
    int status;

    assert_int_equal(kill(s->pid, SIGKILL), 0);
    assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
    s->pid = 0;
}

static void test_data_stays(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 24, 120, few, NULL, NULL);
    lt_keys(lt, ":servers / l i c");
    lt_keys(lt, "Enter Down");
    kill_service(&lt->sb);
    /* Nothing was asked, so nothing is wrong yet. */
    lt_keys(lt, "Up Down");
    lt_expect_not(lt, "could not");
    term_key(&lt->t, "r");
    /* While it tries, keys are answered. */
    term_key(&lt->t, ":usage");
    term_wait_text(&lt->t, "ZZQ_NEW_UD (unknown code)", 0);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "no connection to 127.0.0.1:", 0);
    term_wait_text(&lt->t, "License servers could not be read: ", 0);
    lt_expect(lt, "Shown: the answer of 14:0");
    lt_expect(lt, "14 shown / 14");
    lt_expect(lt, "filter: lic");
    lt_expect(lt, "as of 14:0");
    lt_keys(lt, "Down Enter");
    lt_expect(lt, "last report");
    lt_keys(lt, "q");
    assert_true(process_lives(lt->t.pid));
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
}

/* A free port that the kernel gives to nobody who asks for any, such as the tests beside this one:
 * below all ephemeral ranges. */
static int quiet_port(void)
{
    for (int i = 0; i < 1000; i++) {
        struct sockaddr_in at = {.sin_family = AF_INET};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), port = 10000;
        bool is_free;

        port += (getpid() + i) % 10000;
        at.sin_port = htons((unsigned short)port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_free = fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0;
        close(fd);
        if (is_free)
            return port;
    }
    fail_msg("no free port");
    return 0;
}

/* Back on the same address, with no memory of the old token. */
static void test_comes_back(void **state)
{
    struct lt *lt = *state;
    char port[16];
    const char *args[] = {"--port", port, "--users", "300", "--months", "3", NULL};
    struct sandbox again = {0};

    snprintf(port, sizeof(port), "%d", quiet_port());
    lt_start(lt, 24, 120, args, NULL, NULL);
    term_key(&lt->t, ":servers");
    kill_service(&lt->sb);
    term_key(&lt->t, "r");
    term_wait_text(&lt->t, "could not be read", 0);
    sandbox_start(&again, args);
    assert_int_equal(again.port, lt->sb.port);
    term_key(&lt->t, "r");
    term_wait_gone(&lt->t, "could not be read", 0);
    term_wait_text(&lt->t, "14 shown / 14", 0);
    assert_int_equal(sandbox_count(&again, "POST", "/tokens/clients"), 1);
    lt_refresh(lt, "R");
    lt_expect_not(lt, "could not be read");
    sandbox_stop(&again);
}

/* The last moment to leave: requests on their way to nowhere do not hold luitop. */
static void test_quit_while_it_tries(void **state)
{
    struct lt *lt = *state;

    int status;

    lt_start(lt, 24, 120, few, NULL, NULL);
    kill_service(&lt->sb);
    lt_keys(lt, "R");
    term_key(&lt->t, "Q");
    term_wait_exit(&lt->t, &status, AT_ONCE_MS);
    assert_int_equal(status, 0);
}

/* A service that hangs does not hold it either. */
static void test_quit_while_it_waits(void **state)
{
    static const struct oracle_match asked = {.fault = "stall"};
    struct lt *lt = *state;
    int status;

    lt_start(lt, 24, 120, few, NULL, NULL);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"stall\"");
    term_key(&lt->t, "R");
    oracle_wait(&lt->sb, &asked, 1);
    term_key(&lt->t, "Q");
    term_wait_exit(&lt->t, &status, AT_ONCE_MS);
    assert_int_equal(status, 0);
}

/* Ctrl-C takes back the request, not the data; a second one soon after leaves. */
static void test_cancel(void **state)
{
    static const struct oracle_match asked = {.fault = "stall"};
    struct lt *lt = *state;
    int status;

    lt_start(lt, 24, 120, few, NULL, NULL);
    term_key(&lt->t, ":servers");
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"stall\"");
    term_key(&lt->t, "R");
    oracle_wait(&lt->sb, &asked, 4);
    term_wait_text(&lt->t, "loading", 0);
    term_key(&lt->t, "C-c");
    term_wait_gone(&lt->t, "loading", 0);
    lt_expect(lt, "14 shown / 14");
    lt_expect_not(lt, "could not be read");
    sandbox_fault(&lt->sb, NULL);
    lt_refresh(lt, "R");
    lt_expect(lt, "14 shown / 14");
    term_keys(&lt->t, "C-c C-c");
    term_wait_exit(&lt->t, &status, AT_ONCE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_data_stays),
        LT_TEST(test_comes_back),
        LT_TEST(test_quit_while_it_tries),
        LT_TEST(test_quit_while_it_waits),
        LT_TEST(test_cancel),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
