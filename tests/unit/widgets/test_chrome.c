#include "pty.h"

#include "widgets/chrome.h"

static const struct tab tabs[] = {
    {'1', "Overview", "Over", 0}, {'2', "Servers", "Srv", 2},    {'3', "Usage", "Use", 0},
    {'4', "Users", "Usr", 0},     {'5', "Customers", "Cust", 0},
};

static const struct hint hints[] = {
    {"Enter", "open"}, {"/", "filter"}, {"s", "sort"}, {"r", "refresh"}, {"?", "help"},
};

static const struct {
    int cols;
    size_t active;
    const char *tabs, *hints, *ends;
} views[] = {
    {80, 0, "[1 Overview] 2 Servers (2)  3 Usage  4 Users  5 Customers",
     "Enter open   / filter   s sort   r refresh   ? help",
     "Nimbus Hosting                                                   Nov 2026 so far"},
    {80, 4, " 1 Overview  2 Servers (2)  3 Usage  4 Users [5 Customers]",
     "Enter open   / filter   s sort   r refresh   ? help",
     "Nimbus Hosting                                                   Nov 2026 so far"},
    {45, 1, " 1 Over[2 Srv (2)]3 Use 4 Usr 5 Cust", "Enter open   / filter   s sort   ? help",
     "Nimbus Hosting                Nov 2026 so far"},
    {30, 0, "[1 Over]2 Srv (2) 3 Use      →", "Enter open   / filter   ? help",
     "Nimbus Hosting  Nov 2026 so f…"},
    {30, 4, "← 3 Use 4 Usr[5 Cust]", "Enter open   / filter   ? help",
     "Nimbus Hosting  Nov 2026 so f…"},
    {20, 2, "←[3 Use]4 Usr      →", "Enter open   ? help", "Nimbus Hosting"},
    {8, 4, "←[5 Cus…", "? help", "Nimbus …"},
    {3, 2, "←…→", "? …", "Ni…"},
    {1, 2, "…", "?", "…"},
};

enum { VIEWS = sizeof(views) / sizeof(views[0]) };

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);

    (void)arg;
    for (int i = 0; i < VIEWS; i++) {
        screen_resized(s);
        screen_begin(s);
        tabs_draw(s, 0, tabs, 5, views[i].active);
        hints_draw(s, 1, 0, screen_cols(s), hints, 5);
        ends_draw(s, 2, ROLE_TITLE, "Nimbus Hosting", ROLE_MUTED, "Nov 2026 so far");
        tabs_draw(s, 3, tabs, 0, 0);
        hints_draw(s, 3, 0, screen_cols(s), hints, 0);
        screen_end(s);
        step();
    }
    screen_close(s);
}

static void test_draws(void **state)
{
    struct term_options o = {5, views[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (int i = 0; i < VIEWS; i++) {
        next_step(&t);
        assert_line(&t, 0, views[i].tabs);
        assert_line(&t, 1, views[i].hints);
        assert_line(&t, 2, views[i].ends);
        assert_line(&t, 3, "");
        if (i + 1 < VIEWS)
            term_resize(&t, 5, views[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
