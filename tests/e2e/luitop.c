#include "tests/e2e/luitop.h"

#include <ctype.h>

#define FOCUS_MARK "▸"

enum { ARGS_MAX = 32, SCREEN_MAX = 1 << 20 };

void lt_sandbox(struct lt *lt, const char *const *sandbox_args)
{
    if (lt->b.max == 0)
        buf_init(&lt->b, 64 << 20);
    sandbox_start(&lt->sb, sandbox_args);
}

void lt_run(struct lt *lt, int rows, int cols, const char *const *luitop_args,
            const char *const *env)
{
    const char *argv[ARGS_MAX] = {env_path("LUITOP_BIN", "build/luitop"), "--config",
                                  lt->sb.settings, "--now", SANDBOX_NOW};
    size_t n = 5;

    while (luitop_args != NULL && *luitop_args != NULL && n + 1 < ARGS_MAX)
        argv[n++] = *luitop_args++;
    term_stop(&lt->t);
    term_start(&lt->t, rows, cols, argv, env);
}

long lt_requests(struct lt *lt)
{
    long n = -1;
    struct buf b;
    const char *line, *at;

    buf_init(&b, SCREEN_MAX);
    line = term_row(&lt->t, lt->t.rows - 1, &b);
    at = strstr(line, " req"); /* cut where the screen is narrow */
    if (at != NULL) {
        while (at > line && isdigit((unsigned char)at[-1]))
            at--;
        n = strtol(at, NULL, 10);
    }
    buf_release(&b);
    return n;
}

static bool is_loading(struct lt *lt)
{
    bool found;
    struct buf b;

    buf_init(&b, SCREEN_MAX);
    found = strstr(term_row(&lt->t, lt->t.rows - 1, &b), " loading") != NULL;
    buf_release(&b);
    return found;
}

struct more_than {
    struct lt *lt;
    long requests;
};

static bool has_loaded(struct term *t, const void *arg)
{
    const struct more_than *m = arg;

    (void)t;
    return lt_requests(m->lt) > m->requests && !is_loading(m->lt);
}

void lt_wait_loaded(struct lt *lt)
{
    struct more_than m = {lt, 0};

    term_wait(&lt->t, has_loaded, &m, 0, "the answers to all requests");
    term_settle(&lt->t);
}

void lt_start(struct lt *lt, int rows, int cols, const char *const *sandbox_args,
              const char *const *luitop_args, const char *const *env)
{
    lt_sandbox(lt, sandbox_args);
    lt_run(lt, rows, cols, luitop_args, env);
    lt_wait_loaded(lt);
}

void lt_stop(struct lt *lt)
{
    term_stop(&lt->t);
    sandbox_stop(&lt->sb);
    if (lt->b.max != 0)
        buf_release(&lt->b);
    *lt = (struct lt){0};
}

int lt_set_up(void **state)
{
    *state = calloc(1, sizeof(struct lt));
    return *state == NULL ? -1 : 0;
}

int lt_tear_down(void **state)
{
    lt_stop(*state);
    free(*state);
    return 0;
}

struct sleeper {
    int64_t slept; /* so often at least */
};

static bool sleeps(struct term *t, const void *arg)
{
    const struct sleeper *s = arg;
    return t->exited ||
           (term_proc(t, "voluntary_ctxt_switches") >= s->slept && process_state(t->pid) == 'S');
}

/* Sends BYTES, or the key NAME, to a luitop that sleeps, and waits until it has slept TIMES more.
 */
static void wake(struct lt *lt, const char *bytes, const char *name, int times)
{
    struct sleeper s = {0};

    /* Going to sleep is not to be taken for having done with what is sent now. */
    term_wait(&lt->t, sleeps, &s, 0, "luitop to wait for a key");
    s.slept = term_proc(&lt->t, "voluntary_ctxt_switches") + times;
    if (bytes != NULL)
        term_send(&lt->t, bytes);
    else
        term_key(&lt->t, name);
    term_wait(&lt->t, sleeps, &s, 0, "luitop to have done with what was typed");
}

/* A key wakes luitop, which does what it means and sleeps again: quicker than silence. */
static void one_key(struct lt *lt, const char *name)
{
    /* Esc alone is known only after a while, in which luitop sleeps too; what follows before would
     * make it Alt. */
    bool esc = strcmp(name, "Esc") == 0;

    wake(lt, NULL, name, esc ? 2 : 1);
    if (esc)
        term_settle(&lt->t);
    while (term_pump(&lt->t, 5))
        ;
}

void lt_keys(struct lt *lt, const char *names)
{
    char name[32];
    size_t n;

    for (names += strspn(names, " "); *names != '\0'; names += strspn(names, " ")) {
        n = strcspn(names, " ");
        snprintf(name, sizeof(name), "%.*s", (int)n, names);
        names += n;
        one_key(lt, name);
    }
}

void lt_type(struct lt *lt, const char *text)
{
    wake(lt, text, NULL, 1);
    term_settle(&lt->t);
}

void lt_refresh(struct lt *lt, const char *key)
{
    struct more_than m = {lt, lt_requests(lt)};

    term_key(&lt->t, key);
    term_wait(&lt->t, has_loaded, &m, 0, "the answers to a refresh");
    term_settle(&lt->t);
}

void lt_shown(struct lt *lt, long *shown, long *total)
{
    struct buf b;

    *shown = *total = -1;
    buf_init(&b, SCREEN_MAX);
    for (int r = lt->t.rows - 1; r >= 0 && *shown < 0; r--) {
        const char *line = term_row(&lt->t, r, &b), *at = strstr(line, " shown / ");

        if (at == NULL)
            continue;
        *total = strtol(at + 9, NULL, 10);
        while (at > line && isdigit((unsigned char)at[-1]))
            at--;
        *shown = strtol(at, NULL, 10);
    }
    buf_release(&b);
}

void lt_expect_shown(struct lt *lt, long shown, long total)
{
    long has_shown, has_total;

    lt_shown(lt, &has_shown, &has_total);
    if (has_shown == shown && has_total == total)
        return;
    term_print(&lt->t);
    fail_msg("%ld shown / %ld, expected %ld / %ld", has_shown, has_total, shown, total);
}

const char *lt_focus(struct lt *lt, struct buf *out)
{
    int row;

    term_cursor(&lt->t, &row, NULL, NULL);
    return term_row(&lt->t, row, out);
}

const char *lt_host_at(struct lt *lt, int row, char out[16])
{
    struct buf b;
    const char *at;
    size_t n = 3;

    buf_init(&b, SCREEN_MAX);
    at = strstr(term_row(&lt->t, row, &b), "LIC");
    out[0] = '\0';
    if (at != NULL && isdigit((unsigned char)at[3])) {
        while (n < 15 && isdigit((unsigned char)at[n]))
            n++;
        memcpy(out, at, n);
        out[n] = '\0';
    }
    buf_release(&b);
    return out;
}

const char *lt_host(struct lt *lt, char out[16])
{
    int row;

    term_cursor(&lt->t, &row, NULL, NULL);
    return lt_host_at(lt, row, out);
}

const char *lt_hosts(struct lt *lt, struct buf *out)
{
    char host[16];

    buf_reset(out);
    for (int r = 0; r < lt->t.rows; r++)
        if (lt_host_at(lt, r, host)[0] != '\0')
            buf_addf(out, "%s%s", out->len > 0 ? " " : "", host);
    return out->data;
}

int lt_row_of(struct lt *lt, const char *host)
{
    char name[16];

    for (int r = 0; r < lt->t.rows; r++)
        if (strcmp(lt_host_at(lt, r, name), host) == 0)
            return r;
    return -1;
}

void lt_expect(struct lt *lt, const char *text)
{
    /* A frame may arrive in pieces. */
    term_wait_text(&lt->t, text, 0);
}

void lt_expect_not(struct lt *lt, const char *text)
{
    if (!term_find(&lt->t, text, NULL, NULL))
        return;
    term_print(&lt->t);
    fail_msg("\"%s\" is on the screen", text);
}

void lt_expect_focus(struct lt *lt)
{
    struct buf b;
    int focus, marked = 0, at = -1;

    term_cursor(&lt->t, &focus, NULL, NULL);
    buf_init(&b, SCREEN_MAX);
    for (int r = 0; r < lt->t.rows; r++) {
        if (strstr(term_row(&lt->t, r, &b), FOCUS_MARK) == NULL)
            continue;
        marked++;
        at = r;
    }
    buf_release(&b);
    if (marked == 1 && at == focus)
        return;
    term_print(&lt->t);
    fail_msg("%d rows are marked, the last is %d; the cursor is in %d", marked, at, focus);
}

void lt_expect_host(struct lt *lt, const char *host)
{
    char is[16];

    lt_expect_focus(lt);
    if (strcmp(lt_host(lt, is), host) == 0)
        return;
    term_print(&lt->t);
    fail_msg("the cursor is on %s, expected on %s", is, host);
}

const char *lt_body(struct lt *lt, struct buf *out)
{
    char *last;

    term_screen(&lt->t, out);
    out->data[--out->len] = '\0';
    last = strrchr(out->data, '\n');
    if (last != NULL)
        out->len = (size_t)(last - out->data);
    out->data[out->len] = '\0';
    return out->data;
}

void lt_expect_body(struct lt *lt, const char *body)
{
    struct buf b;
    bool same;

    buf_init(&b, SCREEN_MAX);
    same = strcmp(lt_body(lt, &b), body) == 0;
    buf_release(&b);
    if (same)
        return;
    term_print(&lt->t);
    fail_msg("the screen should be:\n%s", body);
}

bool lt_differs(struct lt *lt, const char *name)
{
    struct buf diff;
    char full[120];
    bool same;

    snprintf(full, sizeof(full), "%s-%dx%d", name, lt->t.cols, lt->t.rows);
    buf_init(&diff, 4 << 20);
    same = golden_same(full, term_screen(&lt->t, &lt->b), &diff);
    if (!same)
        print_error("golden %s differs:\n%s", full, diff.data);
    buf_release(&diff);
    return !same;
}

void lt_golden(struct lt *lt, const char *name)
{
    struct buf b;

    buf_init(&b, SCREEN_MAX);
    golden_check(name, term_screen(&lt->t, &b));
    buf_release(&b);
}

void lt_expect_exit(struct lt *lt, int status)
{
    int is;

    term_wait_exit(&lt->t, &is, 0);
    if (is != status)
        term_print(&lt->t);
    assert_int_equal(is, status);
}

bool lt_is_slowed(void)
{
    return getenv("LUITOP_TEST_SLOW") != NULL;
}
