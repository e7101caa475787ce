#include "pty.h"

#include "widgets/card.h"

enum { DEC_2025 = 2025 * 12 + 11, CARDS = 3 };

struct world {
    struct series_set set;
    struct card cards[CARDS];
};

static void make_world(struct world *w)
{
    static const struct card cards[CARDS] = {
        {.title = "Premium",
         .role = ROLE_TITLE,
         .lines = {{"users", "3 102", NULL, ROLE_NUMBER},
                   {"paid", "2 950", NULL, ROLE_TEXT},
                   {"free", "152", "4.9 %", ROLE_TEXT}},
         .line_count = 3,
         .change = "+4.1 % on Sep"},
        {.title = "Standard, apps\x1b[2J",
         .role = ROLE_TITLE,
         .lines = {{"users", "1 204", NULL, ROLE_NUMBER}, {"free", "0", "0 %", ROLE_TEXT}},
         .line_count = 2,
         .change = "="},
        {.title = "ZZQ_NEW_UD",
         .role = ROLE_TITLE,
         .lines = {{"users", ">= 12", "2 of 14 silent", ROLE_WARNING}},
         .line_count = 1},
    };

    memcpy(w->cards, cards, sizeof(cards));
    CHECK(series_set_init(&w->set, "Premium", "users", SERIES_MONTH, DEC_2025, 12) == 0);
    series_add(&w->set, "Premium");
    for (size_t i = 0; i < 12; i++)
        series_put(&w->set, 0, i, POINT_WHOLE, 100 * (int64_t)i);
    w->cards[0].trend = w->cards[1].trend = &w->set;
}

static const struct {
    int rows, cols;
    size_t top, focus;
    const char *want;
} views[] = {
    {12, 100, 0, 0,
     "▸ Premium                          Standard, apps\\x1b[2J            ZZQ_NEW_UD\n"
     "  users  3 102                     users  1 204                     users  >= 12  2 of 14 "
     "silent\n"
     "  paid   2 950                     free       0  0 %\n"
     "  free     152  4.9 %\n"
     "  +4.1 % on Sep  ▁▂▂▃▄▄▅▅▆▇▇█      =              ▁▂▂▃▄▄▅▅▆▇▇█\n"},
    {12, 63, 0, 2,
     "  Premium                          Standard, apps\\x1b[2J\n"
     "  users  3 102                     users  1 204\n"
     "  paid   2 950                     free       0  0 %\n"
     "  free     152  4.9 %\n"
     "  +4.1 % on Sep  ▁▂▂▃▄▄▅▅▆▇▇█      =              ▁▂▂▃▄▄▅▅▆▇▇█\n"
     "\n"
     "▸ ZZQ_NEW_UD\n"
     "  users  >= 12  2 of 14 silent\n"},
    {8, 63, 1, 2,
     "▸ ZZQ_NEW_UD\n"
     "  users  >= 12  2 of 14 silent\n"},
    {7, 20, 0, 0,
     "▸ Premium\n"
     "  users  3 102\n"
     "  paid   2 950\n"
     "  free     152  …\n"
     "  +4.1 % on Sep\n"
     "\n"
     "  Standard, apps\\x1…\n"},
    {4, 9, 0, 0,
     "▸ Premium\n"
     "  3 102\n"
     "  2 950\n"
     "    152\n"},
    {3, 4, 0, 0,
     "Pre…\n"
     "…\n"
     "…\n"},
};

enum { VIEWS = sizeof(views) / sizeof(views[0]) };

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct world w;

    (void)arg;
    make_world(&w);
    for (int i = 0; i < VIEWS; i++) {
        struct rect all;
        struct card_flow f;

        screen_resized(s);
        all = (struct rect){0, 0, screen_rows(s), screen_cols(s)};
        card_flow_fit(&f, s, w.cards, CARDS, all.w, 12);
        screen_begin(s);
        cards_draw(s, all, &f, w.cards, CARDS, views[i].top, views[i].focus);
        screen_end(s);
        step();
    }
    series_set_release(&w.set);
    screen_close(s);
}

static void test_draws(void **state)
{
    struct term_options o = {views[0].rows, views[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (int i = 0; i < VIEWS; i++) {
        next_step(&t);
        assert_screen(&t, views[i].want);
        if (i + 1 < VIEWS)
            term_resize(&t, views[i + 1].rows, views[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

static void child_flows(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct card_flow f;
    struct world w;

    (void)arg;
    make_world(&w);
    card_flow_fit(&f, s, w.cards, CARDS, 63, 12);
    CHECK(f.columns == 2 && f.rows == 2 && f.h == 5 && f.height == 11);
    CHECK(card_step(&f, CARDS, 0, 0, 1) == 1);
    CHECK(card_step(&f, CARDS, 0, 1, 0) == 2);
    CHECK(card_step(&f, CARDS, 1, 1, 0) == 1);
    CHECK(card_step(&f, CARDS, 0, -1, 0) == 0);
    CHECK(card_step(&f, CARDS, 2, 0, 1) == 2);
    CHECK(card_place(&f, (struct rect){3, 4, 9, 63}, 2).y == 9);
    card_flow_fit(&f, s, w.cards, 0, 63, 12);
    CHECK(f.rows == 0 && f.height == 0);
    CHECK(card_step(&f, 0, 0, 1, 0) == 0);
    screen_begin(s);
    cards_draw(s, (struct rect){0, 0, 24, 80}, &f, w.cards, 0, 0, 0);
    for (int cols = -3; cols < 130; cols++) {
        card_flow_fit(&f, s, w.cards, CARDS, cols, 12);
        CHECK(f.columns >= 1 && (f.columns == 1 || f.columns * (f.w + 3) - 3 <= cols));
        for (int rows = -1; rows < 14; rows++)
            cards_draw(s, (struct rect){2, 3, rows, cols}, &f, w.cards, CARDS, 0, 1);
    }
    screen_end(s);
    series_set_release(&w.set);
    screen_close(s);
    step();
}

static void test_flows(void **state)
{
    (void)state;
    run_checks(child_flows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_flows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
