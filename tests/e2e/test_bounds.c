/* The numbers that the dashboard promises: CPU time of the first screen, bytes a key costs,
 * wake-ups when nothing is to be done. LUITOP_TEST_NUMBERS=1 prints what was measured. */
#include "tests/e2e/luitop.h"

enum {
    FIRST_SCREEN_US = 50 * 1000,
    DOWN_BYTES = 200,
    MARK_BYTES = 250, /* down, the mark, and how many there are */
    PAGE_BYTES = 2000,
    IDLE_MS = 10 * 1000,
};

static void tell(const char *what, long number, const char *unit)
{
    if (getenv("LUITOP_TEST_NUMBERS") != NULL)
        print_message("%-52s %6ld %s\n", what, number, unit);
}

/* From exec to the first whole screen, while every answer is outstanding, in CPU time. What luitop
 * does after that screen, until it waits for the answers, is counted too. */
static int64_t first_screen_us(struct lt *lt, int rows, int cols)
{
    int64_t us;

    lt_run(lt, rows, cols, NULL, NULL);
    term_wait_text(&lt->t, " loading", 0);
    us = term_cpu_us(&lt->t);
    lt_expect(lt, "Overview");
    assert_true(us > 0);
    tell("first screen, CPU time", (long)us, "us");
    term_stop(&lt->t);
    return us;
}

/* What others do on the machine can make a start dearer, never cheaper: the best of some counts. */
static void test_first_screen(void **state)
{
    static const char *const args[] = {"--fault", "1:stall", NULL};
    static const struct {
        int rows, cols;
    } sizes[] = {{24, 80}, {40, 120}, {60, 200}};
    struct lt *lt = *state;

    lt_sandbox(lt, args);
    for (int i = 0; i < 3; i++) {
        int64_t us = first_screen_us(lt, sizes[i].rows, sizes[i].cols);

        for (int again = 0; again < 4 && us > FIRST_SCREEN_US; again++)
            us = first_screen_us(lt, sizes[i].rows, sizes[i].cols);
        if (!lt_is_slowed())
            assert_in_range(us, 1, FIRST_SCREEN_US);
    }
}

static size_t key_bytes(struct lt *lt, const char *key)
{
    term_bytes_reset(&lt->t);
    lt_keys(lt, key);
    return term_bytes(&lt->t);
}

/* Presses BACK and KEY again, so that only bytes of this KEY are counted: on a slow machine those
 * of the one before can come late. */
static size_t key_bytes_alone(struct lt *lt, const char *key, const char *back)
{
    lt_keys(lt, back);
    term_settle(&lt->t);
    term_bytes_reset(&lt->t);
    lt_keys(lt, key);
    term_settle(&lt->t);
    return term_bytes(&lt->t);
}

/* Each of COUNT presses of KEY costs at most BOUND; BACK takes one back. */
static void expect_bytes(struct lt *lt, const char *key, const char *back, int count, size_t bound)
{
    size_t worst = 0, sum = 0;
    char what[64];

    for (int i = 0; i < count; i++) {
        size_t n = key_bytes(lt, key);

        if (n > bound)
            n = key_bytes_alone(lt, key, back);
        if (n > worst)
            worst = n;
        sum += n;
        if (n > bound) {
            term_print(&lt->t);
            fail_msg("press %d of %s cost %zu bytes", i + 1, key, n);
        }
    }
    assert_true(sum > 0);
    snprintf(what, sizeof(what), "%s at %dx%d, worst of %d", key, lt->t.cols, lt->t.rows, count);
    tell(what, (long)worst, "bytes");
    snprintf(what, sizeof(what), "%s at %dx%d, mean", key, lt->t.cols, lt->t.rows);
    tell(what, (long)(sum / (size_t)count), "bytes");
}

/* Over the whole of a long list, down and up again. */
static void test_bytes_of_keys(void **state)
{
    static const char *const args[] = {"--servers", "200", "--users", "200", NULL};
    struct lt *lt = *state;

    lt_start(lt, 24, 80, args, NULL, NULL);
    lt_keys(lt, "2");
    lt_expect_shown(lt, 200, 200);
    expect_bytes(lt, "PgDn", "PgUp", 16, PAGE_BYTES);
    expect_bytes(lt, "PgUp", "PgDn", 16, PAGE_BYTES);
    expect_bytes(lt, "Down", "Up", 200, DOWN_BYTES);
    expect_bytes(lt, "Up", "Down", 200, DOWN_BYTES);
    expect_bytes(lt, "Space", "Up", 190, MARK_BYTES);
    expect_bytes(lt, "G", "g", 1, PAGE_BYTES);
    expect_bytes(lt, "g", "G", 1, PAGE_BYTES);
    /* Where nothing can move, nothing is sent. */
    assert_int_equal(key_bytes(lt, "Up"), 0);
}

/* The same in the other orders, where rows differ more from their neighbours. */
static void test_bytes_in_other_orders(void **state)
{
    static const char *const args[] = {"--servers", "200", "--users", "200", NULL};
    static const char *const orders[] = {"fqdn", "expires", "last_reported"};
    struct lt *lt = *state;

    lt_start(lt, 24, 80, args, NULL, NULL);
    lt_keys(lt, "2");
    for (int i = 0; i < 3; i++) {
        lt_keys(lt, "s");
        lt_type(lt, orders[i]);
        lt_keys(lt, "Enter g");
        expect_bytes(lt, "PgDn", "PgUp", 16, PAGE_BYTES);
        lt_keys(lt, "g Down");
        expect_bytes(lt, "Down", "Up", 100, DOWN_BYTES);
    }
}

/* R12: data that did not change is not sent again, neither by the service nor to the terminal. */
static void test_refresh_without_change(void **state)
{
    /* The announcement, the counters, the announcement of the end; Overview asks for seven lists,
     * and each answer is counted. A whole screen takes 2 000 bytes and more. */
    static const struct {
        const char *key;
        size_t bytes;
    } panes[] = {{"1", 1000}, {"2", 300}, {"3", 400}};
    struct lt *lt = *state;
    struct buf before;

    lt_start(lt, 24, 80, NULL, NULL, NULL);
    buf_init(&before, 1 << 20);
    for (int i = 0; i < 3; i++) {
        size_t bytes;

        lt_keys(lt, panes[i].key);
        lt_refresh(lt, "r"); /* its announcement is on the screen from here on */
        lt_body(lt, &before);
        term_bytes_reset(&lt->t);
        lt_refresh(lt, "r");
        bytes = term_bytes(&lt->t);
        tell("refresh of unchanged data", (long)bytes, "bytes");
        assert_in_range(bytes, 1, panes[i].bytes);
        lt_expect_body(lt, before.data);
        assert_null(strstr(lt->t.raw.data + lt->t.raw.len - bytes, "\033[2J"));
    }
    buf_release(&before);
}

struct idle {
    int64_t wakeups, other_wakeups;
    size_t bytes;
};

/* What both do in a while. The bound is about this time passing. */
static void watch(struct lt *lt, struct lt *other, struct idle *out)
{
    int64_t slept = term_proc(&lt->t, "voluntary_ctxt_switches");
    int64_t other_slept = term_proc(&other->t, "voluntary_ctxt_switches");
    size_t bytes = lt->t.bytes + other->t.bytes;

    assert_true(slept > 0 && other_slept > 0);
    for (int64_t end = now_ms() + IDLE_MS; now_ms() < end;) {
        int64_t left = end - now_ms();

        term_pump(&lt->t, left > 0 ? (int)left : 0);
        term_pump(&other->t, 0);
    }
    out->wakeups = term_proc(&lt->t, "voluntary_ctxt_switches") - slept;
    out->other_wakeups = term_proc(&other->t, "voluntary_ctxt_switches") - other_slept;
    out->bytes = lt->t.bytes + other->t.bytes - bytes;
    tell("idle for 10 s in Overview", (long)out->wakeups, "wake-ups");
    tell("idle for 10 s in Servers", (long)out->other_wakeups, "wake-ups");
}

/* Nothing to do: no wake-up, not one byte. Two at once, for the two panes take as long. Once a
 * minute the age of the data changes, so one while of two is free of that; a third is for what the
 * machine does, such as fetching a page of the program from the disk. */
static void test_idle(void **state)
{
    struct lt *lt = *state;
    struct lt *other = calloc(1, sizeof(*other));
    struct idle idle;

    lt_start(lt, 24, 80, NULL, NULL, NULL);
    *other = (struct lt){.sb = lt->sb, .b = lt->b};
    lt_run(other, 24, 80, NULL, NULL);
    lt_wait_loaded(other);
    lt_keys(other, "2");
    term_settle(&lt->t);
    for (int i = 0; i < 3; i++) {
        watch(lt, other, &idle);
        if (idle.wakeups == 0 && idle.other_wakeups == 0 && idle.bytes == 0)
            break;
    }
    term_stop(&other->t);
    free(other);
    assert_int_equal(idle.wakeups, 0);
    assert_int_equal(idle.other_wakeups, 0);
    assert_int_equal(idle.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_first_screen),
        LT_TEST(test_bytes_of_keys),
        LT_TEST(test_bytes_in_other_orders),
        LT_TEST(test_refresh_without_change),
        LT_TEST(test_idle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
