#include "pty.h"

#include "base/err.h"
#include "hosts.h"
#include "model/marks.h"
#include "widgets/table.h"

enum { HOSTS = 300 };

/* What most tests need: hosts, a context, a table. */
struct fixture {
    struct host hosts[HOSTS];
    struct buf scratch;
    struct row_ctx ctx;
    struct table table;
};

static void fixture_init(struct fixture *f, size_t count)
{
    struct row_source source = hosts_source(f->hosts, count);

    memset(f, 0, sizeof(*f));
    hosts_fill(f->hosts, count);
    buf_init(&f->scratch, 1 << 20);
    f->ctx.scratch = &f->scratch;
    table_init(&f->table, &host_type);
    if (table_set_source(&f->table, &source, &f->ctx) < 0)
        abort();
}

static void fixture_release(struct fixture *f)
{
    table_release(&f->table);
    buf_release(&f->scratch);
}

static void show(struct fixture *f, struct screen *s)
{
    screen_begin(s);
    table_draw(&f->table, s, (struct rect){0, 0, screen_rows(s), screen_cols(s)}, &f->ctx, true);
    screen_end(s);
}

static void child_sizes(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;

    (void)arg;
    fixture_init(&f, 6);
    snprintf(f.hosts[1].name, sizeof(f.hosts[1].name), "漢字漢字漢字漢字漢字");
    snprintf(f.hosts[2].name, sizeof(f.hosts[2].name), "a\033[31m");
    if (table_set_source(&f.table, &f.table.view.source, &f.ctx) < 0)
        _exit(94);
    table_sort(&f.table, column_find(&host_type, "users"), true, &f.ctx);
    for (int i = 0; i < 9; i++) {
        screen_resized(s);
        show(&f, s);
        step();
    }
    fixture_release(&f);
    screen_close(s);
}

static const struct {
    int rows, cols;
    const char *want;
} golden_sizes[] = {
    {8, 80,
     "   STATUS         HOST              FQDN                   USERS▼\n"
     " ✓ reporting      lic04             lic04.nimbus.example   4 948\n"
     " ✗ not reporting  lic03             lic03.nimbus.example   3 711\n"
     " ~ expires soon   a\\x1b[31m         lic02.nimbus.example   2 474\n"
     " ✓ reporting      漢字漢字漢字漢…   lic01.nimbus.example   1 237\n"
     " ✓ reporting      lic05             lic05.nimbus.example   1 185\n"
     "▸✓ reporting      lic00             lic00.nimbus.example       0\n"},
    {8, 60,
     "   STATUS         HOST              FQDN              USERS▼\n"
     " ✓ reporting      lic04             lic04.nimbus.ex…   4 948\n"
     " ✗ not reporting  lic03             lic03.nimbus.ex…   3 711\n"
     " ~ expires soon   a\\x1b[31m         lic02.nimbus.ex…   2 474\n"
     " ✓ reporting      漢字漢字漢字漢…   lic01.nimbus.ex…   1 237\n"
     " ✓ reporting      lic05             lic05.nimbus.ex…   1 185\n"
     "▸✓ reporting      lic00             lic00.nimbus.ex…       0\n"},
    {8, 40,
     "   STATUS     HOST      FQDN      USERS▼\n"
     " ✓ reporting  lic04     lic04.n…   4 948\n"
     " ✗ not repo…  lic03     lic03.n…   3 711\n"
     " ~ expires …  a\\x1b[3…  lic02.n…   2 474\n"
     " ✓ reporting  漢字漢…   lic01.n…   1 237\n"
     " ✓ reporting  lic05     lic05.n…   1 185\n"
     "▸✓ reporting  lic00     lic00.n…       0\n"},
    {8, 30,
     "   STATUS     HOST     USERS▼→\n"
     " ✓ reporting  lic04    4 948\n"
     " ✗ not repo…  lic03    3 711\n"
     " ~ expires …  a\\x1b…   2 474\n"
     " ✓ reporting  漢字…    1 237\n"
     " ✓ reporting  lic05    1 185\n"
     "▸✓ reporting  lic00        0\n"},
    {5, 20,
     "   HOST            →\n"
     " ~ a\\x1b[31m\n"
     " ✓ 漢字漢字漢字漢…\n"
     " ✓ lic05\n"
     "▸✓ lic00\n"},
    {5, 12,
     "   HOST    →\n"
     " ~ a\\x1b[…\n"
     " ✓ 漢字漢…\n"
     " ✓ lic05\n"
     "▸✓ lic00\n"},
    {3, 6,
     "  HOS→\n"
     " ✓lic…\n"
     "▸✓lic…\n"},
    {1, 20, "▸✓ lic00\n"},
    {1, 1, "…\n"},
};

static void test_sizes(void **state)
{
    struct term_options o = {golden_sizes[0].rows, golden_sizes[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_sizes, NULL);
    for (int i = 0; i < 9; i++) {
        next_step(&t);
        assert_screen(&t, golden_sizes[i].want);
        if (i + 1 < 9)
            term_resize(&t, golden_sizes[i + 1].rows, golden_sizes[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

static void child_sideways(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    bool moved = true;

    (void)arg;
    fixture_init(&f, 2);
    moved &= !table_move(&f.table, MOTION_RIGHT);
    for (int i = 0; i < 4; i++) {
        show(&f, s);
        step();
        moved &= table_move(&f.table, MOTION_RIGHT) == (i < 2);
    }
    moved &= table_move(&f.table, MOTION_LEFT);
    show(&f, s);
    step();
    screen_resized(s);
    show(&f, s);
    moved &= !table_move(&f.table, MOTION_LEFT) && f.table.scroll == 0;
    step();
    fixture_release(&f);
    screen_close(s);
    exit(moved ? 0 : 1);
}

/* Every column can be reached; the key column stays. */
static void test_sideways(void **state)
{
    static const char *const want[] = {
        "   STATUS     HOST     →\n"
        "▸✓ reporting  lic00\n"
        " ✓ reporting  lic01\n",
        "←  HOST   FQDN         →\n"
        "▸✓ lic00  lic00.nimbu…\n"
        " ✓ lic01  lic01.nimbu…\n",
        "←  HOST    USERS\n"
        "▸✓ lic00       0\n"
        " ✓ lic01   1 237\n",
        "←  HOST    USERS\n"
        "▸✓ lic00       0\n"
        " ✓ lic01   1 237\n",
        "←  HOST   FQDN         →\n"
        "▸✓ lic00  lic00.nimbu…\n"
        " ✓ lic01  lic01.nimbu…\n",
        "   STATUS     HOST   FQDN                   USERS\n"
        "▸✓ reporting  lic00  lic00.nimbus.example       0\n"
        " ✓ reporting  lic01  lic01.nimbus.example   1 237\n",
    };
    struct term_options o = {4, 24, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_sideways, NULL);
    for (int i = 0; i < 6; i++) {
        next_step(&t);
        assert_screen(&t, want[i]);
        if (i == 4)
            term_resize(&t, 4, 80);
        term_go(&t);
    }
    term_end(&t);
}

static void child_moves(void *arg)
{
    const bool *colored = arg;
    struct screen *s = open_screen(!*colored, GLYPHS_AUTO);
    struct fixture f;

    fixture_init(&f, HOSTS);
    show(&f, s);
    step();
    for (int i = 0; i < 60; i++) {
        table_move(&f.table, i < 30 ? MOTION_DOWN : MOTION_UP);
        show(&f, s);
        step();
    }
    for (int i = 0; i < 12; i++) {
        table_move(&f.table, i < 8 ? MOTION_PAGE_DOWN : MOTION_PAGE_UP);
        show(&f, s);
        step();
    }
    show(&f, s);
    step();
    fixture_release(&f);
    screen_close(s);
}

/* The bounds of a slow line: a step 200 bytes, a page 2 000, no change nothing. */
static void check_bytes(bool colored)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    term_start(&t, &o, child_moves, &colored);
    next_step(&t);
    for (int i = 0; i < 22; i++) {
        term_go(&t);
        next_step(&t);
        assert_true(t.bytes > 0);
        if (t.bytes > 200)
            fail_msg("step %d sent %zu bytes", i, t.bytes);
        assert_cursor(&t, i + 2, 0);
        assert_line(&t, 0, "   STATUS         HOST    FQDN                    USERS");
    }
    for (int i = 22; i < 60; i++) {
        term_go(&t);
        next_step(&t);
    }
    for (int i = 0; i < 12; i++) {
        term_go(&t);
        next_step(&t);
        if (t.bytes > 2000)
            fail_msg("page %d sent %zu bytes", i, t.bytes);
    }
    term_go(&t);
    next_step(&t);
    assert_int_equal(t.bytes, 0);
    term_go(&t);
    term_end(&t);
}

static void test_bytes(void **state)
{
    (void)state;
    check_bytes(true);
    check_bytes(false);
}

static void child_looks(void *arg)
{
    const bool *focused = arg;
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;

    fixture_init(&f, 4);
    view_move(&f.table.view, 3);
    screen_begin(s);
    draw_cursor(s, 10, 10, false);
    table_draw(&f.table, s, (struct rect){1, 2, 10, 60}, &f.ctx, *focused);
    screen_end(s);
    step();
    fixture_release(&f);
    screen_close(s);
}

static bool plain_at(const struct term *t, int y, int x)
{
    VTermScreenCell cell = term_cell(t, y, x);

    return VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
}

static void test_looks(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    bool focused = true;

    (void)state;
    term_start(&t, &o, child_looks, &focused);
    next_step(&t);
    assert_line(&t, 5, "  ▸✗ not reporting  lic03  lic03.nimbus.example   3 711");
    assert_cursor(&t, 5, 2);
    /* The key cell alone is marked, and only what has a severity is coloured. */
    assert_false(term_cell(&t, 5, 19).attrs.reverse);
    for (int x = 20; x < 25; x++)
        assert_true(term_cell(&t, 5, x).attrs.reverse);
    assert_false(term_cell(&t, 5, 25).attrs.reverse);
    assert_int_equal(term_cell(&t, 5, 3).fg.indexed.idx, 167);
    assert_int_equal(term_cell(&t, 5, 5).fg.indexed.idx, 167);
    assert_true(plain_at(&t, 5, 28));
    assert_true(plain_at(&t, 2, 3));
    assert_true(plain_at(&t, 2, 5));
    term_go(&t);
    term_end(&t);
    focused = false;
    term_start(&t, &o, child_looks, &focused);
    next_step(&t);
    assert_line(&t, 5, "   ✗ not reporting  lic03  lic03.nimbus.example   3 711");
    assert_cursor(&t, 10, 10);
    assert_false(term_cell(&t, 5, 20).attrs.reverse);
    term_go(&t);
    term_end(&t);
}

static void child_filters(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    struct err err;
    size_t at = 99;
    char longer[1100];

    (void)arg;
    fixture_init(&f, HOSTS);
    show(&f, s);
    CHECK(f.table.page == 23);
    CHECK(table_set_filter(&f.table, "status=\"not reporting\"", &f.ctx, &at, &err) == 0);
    CHECK(f.table.view.count == 43);
    CHECK(strcmp(f.table.filter, "status=\"not reporting\"") == 0);
    CHECK(table_set_filter(&f.table, "(status", &f.ctx, &at, &err) == ERR_USAGE);
    CHECK(at <= 7 && err.what[0] != '\0');
    CHECK(f.table.view.count == 43);
    CHECK(strcmp(f.table.filter, "status=\"not reporting\"") == 0);
    memset(longer, 'x', sizeof(longer));
    longer[1099] = '\0';
    CHECK(table_set_filter(&f.table, longer, &f.ctx, &at, &err) == ERR_USAGE);
    CHECK(table_set_filter(&f.table, "nothing-has-this", &f.ctx, &at, &err) == 0);
    CHECK(f.table.view.count == 0);
    for (int m = MOTION_UP; m <= MOTION_BOTTOM; m++)
        CHECK(!table_move(&f.table, (enum motion)m));
    show(&f, s);
    CHECK(table_set_filter(&f.table, "", &f.ctx, NULL, &err) == 0);
    CHECK(f.table.view.count == HOSTS);
    CHECK(table_column(&f.table, 0) == 1 && table_column(&f.table, 1) == 0);
    CHECK(table_column(&f.table, 4) == -1);
    fixture_release(&f);
    screen_close(s);
    step();
}

static void test_filters(void **state)
{
    (void)state;
    run_checks(child_filters);
}

static void child_stays(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    struct row_source less;
    size_t line;

    (void)arg;
    fixture_init(&f, HOSTS);
    show(&f, s);
    CHECK(table_move(&f.table, MOTION_PAGE_DOWN) && f.table.view.cursor == 23);
    CHECK(table_move(&f.table, MOTION_PAGE_DOWN) && f.table.view.cursor == 46);
    CHECK(table_move(&f.table, MOTION_HALF_UP) && f.table.view.cursor == 35);
    show(&f, s);
    CHECK(f.table.top == 35);
    for (int i = 0; i < 5; i++)
        CHECK(table_move(&f.table, MOTION_DOWN));
    show(&f, s);
    line = f.table.view.cursor - f.table.top;
    CHECK(line == 5);
    /* Ten rows before it go; it stays on its line. */
    less = hosts_source(f.hosts + 10, HOSTS - 10);
    CHECK(table_set_source(&f.table, &less, &f.ctx) == 0);
    show(&f, s);
    CHECK(f.table.view.cursor == 30 && f.table.top == 25);
    /* Sorted the other way round it still is the same one. */
    CHECK(table_sort(&f.table, column_find(&host_type, "name"), true, &f.ctx) == 0);
    show(&f, s);
    CHECK(((const struct host *)view_current(&f.table.view))->id == 41);
    CHECK(f.table.view.cursor - f.table.top == line);
    CHECK(table_move(&f.table, MOTION_BOTTOM) && f.table.view.cursor == 289);
    CHECK(!table_move(&f.table, MOTION_DOWN) && !table_move(&f.table, MOTION_PAGE_DOWN));
    show(&f, s);
    CHECK(f.table.top == 290 - 23);
    CHECK(table_move(&f.table, MOTION_TOP) && f.table.view.cursor == 0);
    CHECK(!table_move(&f.table, MOTION_UP) && !table_move(&f.table, MOTION_PAGE_UP));
    show(&f, s);
    CHECK(f.table.top == 0);
    less = hosts_source(f.hosts, 0);
    CHECK(table_set_source(&f.table, &less, &f.ctx) == 0);
    show(&f, s);
    fixture_release(&f);
    screen_close(s);
    step();
}

static void test_stays(void **state)
{
    (void)state;
    run_checks(child_stays);
}

static void child_empty(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;

    (void)arg;
    fixture_init(&f, 0);
    show(&f, s);
    step();
    fixture_release(&f);
    screen_close(s);
}

static void test_empty(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_empty, NULL);
    next_step(&t);
    assert_screen(&t, "   STATUS     HOST   FQDN       USERS\n");
    term_go(&t);
    term_end(&t);
}

/* Filtering and scrolling never change a column's width. */
static void child_widths(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    unsigned short before[COLUMNS_MAX];

    (void)arg;
    fixture_init(&f, HOSTS);
    memcpy(before, f.table.content, sizeof(before));
    CHECK(before[0] == strlen("not reporting") && before[1] == 6);
    show(&f, s);
    table_move(&f.table, MOTION_BOTTOM);
    show(&f, s);
    table_set_filter(&f.table, "lic07", &f.ctx, NULL, NULL);
    show(&f, s);
    CHECK(f.table.view.count == 1);
    CHECK(memcmp(before, f.table.content, sizeof(before)) == 0);
    fixture_release(&f);
    screen_close(s);
    step();
}

static void test_widths(void **state)
{
    (void)state;
    run_checks(child_widths);
}

/* A clock's hands: one row, whose text grows as time goes by. */
static void clock_time(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)row;
    value_int(out, ctx->now);
}

static void clock_show(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)row;
    buf_addf(out, "%lld s ago", (long long)ctx->now);
}

static void child_other_types(void *arg)
{
    static const struct column clock_columns[] = {
        {.name = "seen",
         .title = "SEEN",
         .min_width = 4,
         .max_width = 20,
         .kind = VALUE_TIME,
         .get = clock_time,
         .show = clock_show},
        {.name = "note",
         .title = "NOTE",
         .min_width = 4,
         .max_width = 8,
         .kind = VALUE_TEXT,
         .get = host_name},
    };
    static const struct row_type clock_type = {.name = "clocks",
                                               .one = "clock",
                                               .many = "clocks",
                                               .columns = clock_columns,
                                               .count = 2,
                                               .screen = "seen,note"};
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct host hosts[2];
    struct row_source source = {&clock_type, hosts, 2, host_at};
    struct row_ctx ctx = {.now = 9};
    struct table t;

    (void)arg;
    hosts_fill(hosts, 2);
    table_init(&t, &clock_type);
    if (table_set_source(&t, &source, &ctx) < 0)
        _exit(94);
    for (int i = 0; i < 2; i++) {
        screen_begin(s);
        table_draw(&t, s, (struct rect){0, 0, 5, 40}, &ctx, true);
        screen_end(s);
        ctx.now = 12345;
        step();
    }
    table_release(&t);
    screen_close(s);
}

/* Without severities there is no glyph; without a key the first column is it; times may grow. */
static void test_other_types(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_other_types, NULL);
    next_step(&t);
    assert_screen(&t, "  SEEN     NOTE\n▸ 9 s ago  lic00\n  9 s ago  lic01\n");
    assert_true(term_cell(&t, 1, 2).attrs.reverse);
    assert_false(term_cell(&t, 1, 11).attrs.reverse);
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "  SEEN         NOTE\n▸ 12345 s ago  lic00\n  12345 s ago  lic01\n");
    term_go(&t);
    term_end(&t);
}

/* A million rows: only some are measured, none but the visible ones are pulled by a draw. */
static size_t pulls;

static const void *counted_at(const void *list, size_t i)
{
    pulls++;
    return (const struct host *)list + i % HOSTS;
}

static void child_many(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    struct row_source source;
    size_t before;

    (void)arg;
    fixture_init(&f, HOSTS);
    source = (struct row_source){&host_type, f.hosts, 1000000, counted_at};
    CHECK(table_set_source(&f.table, &source, &f.ctx) == 0);
    CHECK(pulls <= 2 * 1000000 + TABLE_SAMPLE);
    CHECK(table_move(&f.table, MOTION_BOTTOM) && f.table.view.cursor == 999999);
    before = pulls;
    show(&f, s);
    CHECK(pulls - before <= 2 * 23);
    fixture_release(&f);
    screen_close(s);
    step();
}

static void test_many(void **state)
{
    (void)state;
    run_checks(child_many);
}

static void child_marks(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct fixture f;
    struct marks marks;

    (void)arg;
    fixture_init(&f, 3);
    marks_init(&marks);
    show(&f, s);
    step();
    f.table.marks = &marks;
    CHECK(marks_set(&marks, host_type.id(&f.hosts[1]), true) == 0);
    show(&f, s);
    step();
    CHECK(table_move(&f.table, MOTION_DOWN));
    show(&f, s);
    step();
    CHECK(table_set_only_marked(&f.table, true, &f.ctx) == 0);
    CHECK(f.table.view.count == 1);
    CHECK(table_set_filter(&f.table, "lic02", &f.ctx, NULL, NULL) == 0);
    CHECK(f.table.view.count == 0);
    CHECK(table_set_only_marked(&f.table, false, &f.ctx) == 0);
    CHECK(f.table.view.count == 1);
    marks_release(&marks);
    fixture_release(&f);
    screen_close(s);
}

/* The sign stands beside the glyphs of focus and severity, and moves nothing. */
static void test_marks(void **state)
{
    static const char *const want[] = {
        "   STATUS        HOST   FQDN                   USERS\n"
        "▸✓ reporting     lic00  lic00.nimbus.example       0\n"
        " ✓ reporting     lic01  lic01.nimbus.example   1 237\n"
        " ~ expires soon  lic02  lic02.nimbus.example   2 474\n",
        "   STATUS        HOST   FQDN                   USERS\n"
        "▸✓ reporting     lic00  lic00.nimbus.example       0\n"
        " ✓*reporting     lic01  lic01.nimbus.example   1 237\n"
        " ~ expires soon  lic02  lic02.nimbus.example   2 474\n",
        "   STATUS        HOST   FQDN                   USERS\n"
        " ✓ reporting     lic00  lic00.nimbus.example       0\n"
        "▸✓*reporting     lic01  lic01.nimbus.example   1 237\n"
        " ~ expires soon  lic02  lic02.nimbus.example   2 474\n",
    };
    struct term_options o = {4, 60, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_marks, NULL);
    for (int i = 0; i < 3; i++) {
        next_step(&t);
        assert_screen(&t, want[i]);
        term_go(&t);
    }
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),       cmocka_unit_test(test_sideways),
        cmocka_unit_test(test_bytes),       cmocka_unit_test(test_looks),
        cmocka_unit_test(test_filters),     cmocka_unit_test(test_stays),
        cmocka_unit_test(test_empty),       cmocka_unit_test(test_widths),
        cmocka_unit_test(test_other_types), cmocka_unit_test(test_many),
        cmocka_unit_test(test_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
