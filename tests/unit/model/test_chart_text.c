#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/chart_text.h"

enum { DEC_2024 = 2024 * 12 + 11, DEC_2025 = DEC_2024 + 12, DAY_2024_10_04 = 20000 };

/* Paid and free users of a year: June is missing, November runs. */
static void make_stack(struct series_set *s)
{
    static const int paid[] = {2102, 2150, 2180, 2400, 2420, 2450, 0, 2500, 2700, 3000, 3480, 1900};

    series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2025, 12);
    s->stacked = true;
    series_add(s, "paid");
    series_add(s, "free");
    for (size_t i = 0; i < 12; i++) {
        enum point_state state = i == 11 ? POINT_SO_FAR : POINT_WHOLE;

        if (i == 6)
            continue;
        series_put(s, 0, i, state, paid[i]);
        series_put(s, 1, i, state, 160 + (int)i);
    }
}

/* Two years with two gaps, an incomplete month and a limit. */
static void make_two_years(struct series_set *s)
{
    series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2024, 24);
    series_add(s, "Premium");
    series_limit(s, 5000);
    for (int i = 0; i < 24; i++)
        if (i != 5 && i != 6)
            series_put(s, 0, (size_t)i,
                       i == 23   ? POINT_SO_FAR
                       : i == 20 ? POINT_INCOMPLETE
                                 : POINT_WHOLE,
                       4200 + i * 37 % 600);
}

static void make_three(struct series_set *s)
{
    series_set_init(s, "", "users", SERIES_MONTH, DEC_2025, 12);
    series_add(s, "Standard");
    series_add(s, "Premium");
    series_add(s, "Enterprise");
    for (int i = 0; i < 12; i++) {
        if (i != 4)
            series_put(s, 0, (size_t)i, i == 11 ? POINT_SO_FAR : POINT_WHOLE, 1000 + i * 30);
        series_put(s, 1, (size_t)i, i == 11 ? POINT_FORECAST : POINT_WHOLE, 3000 + i * 100);
        if (i > 3)
            series_put(s, 2, (size_t)i, POINT_WHOLE, 900 + i * 40);
    }
}

/* Five months, the last one running, and four that are expected; a limit. */
static void make_ahead(struct series_set *s)
{
    series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2025, 9);
    s->stacked = true;
    series_add(s, "paid");
    series_add(s, "free");
    for (int i = 0; i < 5; i++) {
        series_put(s, 0, (size_t)i, i == 4 ? POINT_SO_FAR : POINT_WHOLE, 2000 + i * 100);
        series_put(s, 1, (size_t)i, i == 4 ? POINT_SO_FAR : POINT_WHOLE, 300);
    }
    series_expect(
        s, 4, &(struct series_ahead){.at_most = true, .value = 3600, .low = 2700, .high = 3600});
    for (int i = 5; i < 9; i++)
        series_expect(s, (size_t)i,
                      &(struct series_ahead){.value = 2800 + i, .low = 2400, .high = 3300});
    series_limit(s, 4000);
    series_remark(s, "forecast: by hand");
}

static void make_days(struct series_set *s)
{
    series_set_init(s, "Peak", "users", SERIES_DAY, DAY_2024_10_04, 365);
    series_add(s, "Peak");
    for (int i = 0; i < 365; i++)
        if (i < 100 || i > 120)
            series_put(s, 0, (size_t)i, i == 364 ? POINT_SO_FAR : POINT_WHOLE,
                       500 + i * i % 300 + i);
}

static void make_fortnight(struct series_set *s)
{
    series_set_init(s, "Logons", "", SERIES_DAY, DAY_2024_10_04 + 20, 13);
    series_add(s, "Logons");
    for (int i = 0; i < 13; i++)
        series_put(s, 0, (size_t)i, POINT_WHOLE, i * 7 % 11);
}

static void make_one(struct series_set *s)
{
    series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2025 + 10, 1);
    series_add(s, "Premium");
    series_put(s, 0, 0, POINT_WHOLE, 4812);
}

static void make_missing(struct series_set *s)
{
    series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2025, 12);
    series_add(s, "Premium");
}

static void make_huge(struct series_set *s)
{
    series_set_init(s, "Bytes", "", SERIES_YEAR, 2022, 5);
    series_add(s, "Bytes");
    for (int i = 0; i < 5; i++)
        series_put(s, 0, (size_t)i, POINT_WHOLE, SERIES_VALUE_MAX / 5 * (i + 1));
}

static void make_changes(struct series_set *s)
{
    series_set_init(s, "Change", "users", SERIES_MONTH, DEC_2025, 12);
    series_add(s, "Change");
    for (int i = 0; i < 12; i++)
        series_put(s, 0, (size_t)i, POINT_WHOLE, i * 7919 % 301 - 150);
}

static void make_nine(struct series_set *s)
{
    series_set_init(s, "All", "users", SERIES_MONTH, DEC_2025, 6);
    for (int k = 0; k < 9; k++) {
        char name[] = {'e', (char)('0' + k), '\0'};

        series_add(s, name);
        for (int i = 0; i < 6; i++)
            series_put(s, (size_t)k, (size_t)i, POINT_WHOLE, 100 * (k + 1) + 10 * i);
    }
}

static const struct {
    const char *name;
    void (*make)(struct series_set *);
    int rows, cols;
    enum chart_glyphs glyphs;
    bool cut;
    size_t cursor;
    const char *want;
} goldens[] = {
    {"stack", make_stack, 16, 80, CHART_GLYPHS_BLOCK, false, 9,
     "Premium, users per month                                        paid ██  free ░░\n"
     "\n"
     "4 000 ┤                                                            3 650\n"
     "      │                                                      3 169  ░░░\n"
     "3 000 ┤                              2 615       2 667 2 868  ░░░   ███\n"
     "      │2 262 2 311 2 342 2 563 2 584  ░░░         ░░░   ░░░   ███   ███\n"
     "      │ ░░░   ░░░   ░░░   ░░░   ░░░   ███         ███   ███   ███   ███  2 071\n"
     "2 000 ┤ ███   ███   ███   ███   ███   ███         ███   ███   ███   ███   :::\n"
     "      │ ███   ███   ███   ███   ███   ███         ███   ███   ███   ███   :::\n"
     "1 000 ┤ ███   ███   ███   ███   ███   ███         ███   ███   ███   ███   :::\n"
     "      │ ███   ███   ███   ███   ███   ███         ███   ███   ███   ███   :::\n"
     "      │ ███   ███   ███   ███   ███   ███   ?     ███   ███   ███   ███   :::\n"
     "    0 ┼─Dec───Jan───Feb───Mar───Apr───May───Jun───Jul───Aug───Sep───Oct───Nov───\n"
     "        2025  2026\n"
     "? Jun missing  : Nov so far\n"
     "Sep 2026: 3 169 users, 3 000 paid, 169 free, +301 (+10 %) on Aug     as of Nov 1\n"},
    {"stack", make_stack, 12, 60, CHART_GLYPHS_ASCII, false, 6,
     "Premium, users per month                    paid ##  free --\n"
     "\n"
     "4 000 +                                        3 650\n"
     "      |            2 563   2 615   2 667    --  --\n"
     "      |2 262    --  --  --  --      --  --  ##  ## 2 071\n"
     "2 000 + --  --  ##  ##  ##  ##      ##  ##  ##  ##  ::\n"
     "      | ##  ##  ##  ##  ##  ##      ##  ##  ##  ##  ::\n"
     "      | ##  ##  ##  ##  ##  ##  ?   ##  ##  ##  ##  ::\n"
     "    0 +-Dec-Jan-Feb-Mar-Apr-May-Jun-Jul-Aug-Sep-Oct-Nov-----\n"
     "            2026\n"
     "? Jun missing  : Nov so far\n"
     "Jun 2026: missing                                as of Nov 1\n"},
    {"stack", make_stack, 6, 30, CHART_GLYPHS_ASCII, false, 11,
     "paid ##  free --\n"
     "               3 650\n"
     "4 000 +         --\n"
     "      |------?--##:\n"
     "    0 +DJFMAMJJASON-----------\n"
     "Nov 2026: 2 071 so far~\n"},
    {"stack", make_stack, 9, 40, CHART_GLYPHS_BLOCK, false, 10,
     "paid ██  free ░░\n"
     "                         3 650\n"
     "4 000 ┤                    ░ 2 071\n"
     "      │░ ░ ░ ░ ░ ░   ░ ░ ░ █ :\n"
     "      │█ █ █ █ █ █ ? █ █ █ █ :\n"
     "    0 ┼D─J─F─M─A─M─J─J─A─S─O─N──────────\n"
     "         2026\n"
     "? Jun missing  : Nov so far\n"
     "Oct 2026: 3 650, +481 (+15 %)\n"},
    {"stack", make_stack, 4, 40, CHART_GLYPHS_BLOCK, false, 10,
     "Premium  ▁▁▁▃▃▃ ▃▄▆█:  3 650 (+15 %)\n"
     "paid  ▁▁▁▃▃▃ ▃▄▆█:  3 480 (+16 %)\n"
     "free  ▁▂▂▃▄▅ ▆▇▇█:  170 (+0.6 %)\n"
     "Oct 2026: 3 650, +481 (+15 %)\n"},
    {"ahead", make_ahead, 18, 70, CHART_GLYPHS_BLOCK, false, 7,
     "Premium, users per month                              paid ██  free ░░\n"
     "\n"
     "4 000 ┤- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n"
     "      │                               .\n"
     "      │                               .      .      .      .      .\n"
     "3 000 ┤               2 500  2 600  2 700  2 805  2 806  2 807  2 808\n"
     "      │ 2 300  2 400   ░░░    ░░░    :::    ...    ...    ...    ...\n"
     "      │  ░░░    ░░░    ███    ███    :::    ...    ...    ...    ...\n"
     "2 000 ┤  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "      │  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "      │  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "1 000 ┤  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "      │  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "      │  ███    ███    ███    ███    :::    ...    ...    ...    ...\n"
     "    0 ┼──Dec────Jan────Feb────Mar────Apr────May────Jun────Jul────Aug──\n"
     "         2025   2026\n"
     ": Apr so far  . 4 months forecast  - - limit 4 000  forecast: by hand\n"
     "Jul 2026: forecast 2 807 (2 400 to 3 300) users            as of Nov 1\n"},
    {"ahead", make_ahead, 18, 30, CHART_GLYPHS_ASCII, false, 7,
     "paid ##  free --\n"
     "\n"
     "4 000 +- - - - - - - - - - - -\n"
     "      |        .\n"
     "      |        .\n"
     "      |      2 700   2 808\n"
     "      |    - - : . . . .\n"
     "      |- - # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "      |# # # # : . . . .\n"
     "    0 +D-J-F-M-A-M-J-J-A------\n"
     "         2026\n"
     ": Apr so far  ~\n"
     "Jul 2026: forecast 2 807\n"},
    {"two_years", make_two_years, 16, 80, CHART_GLYPHS_BLOCK, true, 9,
     "Premium, users per month\n"
     "\n"
     "\n"
     "5 000 ┤- - - - - - - - - - - - - - - - - - - - - - -  4 792  - - - - - - - - - -\n"
     "      │                                   4 644 4 718  ▃▃\n"
     "      │                             4 570  ▁▁ ▄▄ ▆▆ ██ ██\n"
     "      │                    4 459  ▂▂ ▄▄ ▇▇ ██ ██ ██ ██ ██                  4 451\n"
     "4 500 ┤     4 274 4 348     ▅▅ ██ ██ ██ ██ ██ ██ ██ ██ ██   4 266 4 340  ▂▂ ::\n"
     "      │4 200 ▂▂ ▄▄ ▆▆       ██ ██ ██ ██ ██ ██ ██ ██ ██ ██    ▁▁ ▃▃ oo ██ ██ ::\n"
     "      │▅▅ ▇▇ ██ ██ ██       ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ▇▇ ██ ██ oo ██ ██ ::\n"
     "      │██ ██ ██ ██ ██ ?  ?  ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ oo ██ ██ ::\n"
     "4 000 ~D──J──F──M──A──M──J──J──A──S──O──N──D──J──F──M──A──M──J──J──A──S──O──N───\n"
     "          2025                                2026\n"
     "(axis starts at 4 000)  ? 2 months missing  o Aug incomplete  : Nov so far\n"
     "- - limit 5 000\n"
     "Sep 2025: 4 533 users, +37 (+0.8 %) on Aug                           as of Nov 1\n"},
    {"two_years", make_two_years, 14, 100, CHART_GLYPHS_ASCII, false, 20,
     "Premium, users per month\n"
     "\n"
     "6 000 +\n"
     "5 000 +4 200 - -  4 348  - -  4 496 4 570 4 644 4 718 4 792  - 4 303 4 377 4 451 - - - - - - "
     "- - - -\n"
     "      |## ## ## ## ##       ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "4 000 +## ## ## ## ##       ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "      |## ## ## ## ##       ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "2 000 +## ## ## ## ##       ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "      |## ## ## ## ##       ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "      |## ## ## ## ## ?  ?  ## ## ## ## ## ## ## ## ## ## ## ## ## oo ## ## ::\n"
     "    0 "
     "+D--J--F--M--A--M--J--J--A--S--O--N--D--J--F--M--A--M--J--J--A--S--O--N----------------------"
     "-\n"
     "          2025                                2026\n"
     "? 2 months missing  o Aug incomplete  : Nov so far  - - limit 5 000\n"
     "Aug 2026: >= 4 340 users incomplete, +37 (+0.9 %) on Jul                                 as "
     "of Nov 1\n"},
    {"two_years", make_two_years, 2, 80, CHART_GLYPHS_BLOCK, false, 5,
     "Premium  ▁▁▂▂▃  ▄▅▅▅▆▆▇▇██▁▂▂▃▃▄:  4 200 to 4 792  4 414 (+0.8 %)\n"
     "May 2025: missing\n"},
    {"three", make_three, 16, 80, CHART_GLYPHS_BRAILLE, false, 9,
     "users per month                              A Premium  B Enterprise  C Standard\n"
     "\n"
     "6 000 ┤\n"
     "      │\n"
     "      │                                                                     a\n"
     "4 000 ┤                        ⢀⣀⣀A⣀⣀⣀⣀⣀A⣀⣀⡠⠤⠤A⠤⠤⠤⠒⠒A⠒⠒⠒⠒⠒A⠒⠒⠒⠉⠉A⠉⠉⠉⠉⠉A\n"
     "      │   A⠤⠤⠔⠒⠒A⠒⠒⠊⠉⠉A⠉⠉⠉⠉⠉A⠉⠉⠁\n"
     "      │\n"
     "2 000 ┤                                                                   ⣀⣀B\n"
     "      │   C⠤⠤⠔⠒⠒C⠒⠒⠒⠒⠒C⠒⠒⠒⠒⠒C     B⠒⠒⠒⠒⠒BC⠒⠒⠒⠒BC⠒⠒⠉⠉BC⠉⠉⠉⠉BC⠉⠉⠉⠉BC⠉⠉⠉⠉BC⠉⠉⠉⠉c\n"
     "      │\n"
     "    0 ┼───Dec───Jan───Feb───Mar───Apr───May───Jun───Jul───Aug───Sep───Oct───Nov─\n"
     "          2025  2026\n"
     "B: 4 months missing  C: 1 month missing  Nov so far  Nov forecast\n"
     "small letter: not whole\n"
     "Sep 2026: A 3 900, B 1 260, C 1 270                                  as of Nov 1\n"},
    {"three", make_three, 6, 30, CHART_GLYPHS_ASCII, false, 9,
     "A Premium  B Enterprise  C St~\n"
     "\n"
     "6 000 +  A A A A A A A A A A a\n"
     "      |& C C C B & & & & & & &\n"
     "    0 +D-J-F-M-A-M-J-J-A-S-O-N\n"
     "Sep 2026: A 3 900, B 1 260~\n"},
    {"three", make_three, 4, 60, CHART_GLYPHS_BLOCK, false, 4,
     "Premium  ▁▂▂▃▄▅▅▆▇▇█   3 000 to 4 000  4 000 (+2.6 %)\n"
     "Enterprise      ▁▂▃▄▅▆▇█  1 060 to 1 340  1 340 (+3.1 %)\n"
     "Standard  ▁▂▂▃ ▅▅▆▇▇█:  1 000 to 1 300  1 300 (+2.4 %)\n"
     "Apr 2026: A 3 400, B 1 060, C missing\n"},
    {"days", make_days, 16, 80, CHART_GLYPHS_BRAILLE, false, 364,
     "Peak, users per day\n"
     "\n"
     "\n"
     "1 500 ┤\n"
     "      │\n"
     "      │                                           ⢀  ⢀    ⢀⢀⡀⡀⣄⢠⡀    ⢀⣴⢰⢠⢰⢠⣴⣤⣤⣰⣰\n"
     "1 000 ┤             ⢀  ⣀ ⢀     ⡀⣄⢰⡀    ⢀⢶⢰⢰⢰⢰⣴⣦⣴⣴⣰⣾⣷⣾⣿⣾⣾⣷⣰⣿⣼⣷⣷⡟⣼⠱⣄  ⣠⠞⢸⠋⡞⡜⣿⠻⣿⢻⠟⡟\n"
     "      │  ⢠⢾⢸⢰⢰⢰⣾⣶⣶⣼⣼⣾⣿⣿⣿⣾⣾⣿    ⢸⡟⣼⠙⢄⡀⢀⣠⠊⢸⠋⡎⡎⠿⠻⢿⢻⠟⠟⠇⠉⠉⠁⠋⠏⠛⠛⠈⠋⠋⠃⠁⠈ ⠈⠉⠉⠁    ⠁\n"
     "      │⣀⡴⠋⠸⠃⠏⡎⠿⠙⠿⠹⠟⠏⠃⠈⠉ ⠋⠋⠛     ⠁⠈  ⠉⠉\n"
     "  500 ┤⠁\n"
     "      │\n"
     "      │                    ?\??\?\n"
     "    0 ┼─────Nov───Dec───Jan────Feb──Mar───Apr───May────Jun───Jul───Aug───Sep─Oct\n"
     "       2024             2025\n"
     "? 21 days missing  : Oct 3 so far\n"
     "Oct 3, 2025: 1 060 users so far, +128 (+14 %) on Oct 2               as of Nov 1\n"},
    {"days", make_days, 12, 60, CHART_GLYPHS_BLOCK, false, 110,
     "Peak, users per day\n"
     "\n"
     "1 500 ┤\n"
     "      │                                 ▁   ▁▁ ▂▂   ▂▃▃▃▃▂▃▃\n"
     "1 000 ┤  ▂▂▁▁▂▁▂▃▃▃▄▃▂  ▄▅▆▁  ▄▇▆▆▇▅▅▇█▇█▇█▇█████▄▂▄████████\n"
     "      │▁▆█████████████  ████▅▇██████████████████████████████\n"
     "  500 ┤███████████████  ████████████████████████████████████\n"
     "      │███████████████?\?████████████████████████████████████\n"
     "    0 ┼────Nov─Dec─Jan──Feb─Mar─Apr──May─Jun──Jul─Aug──Sep─┴\n"
     "       2024        2025\n"
     "? 21 days missing  : Oct 3 so far\n"
     "Jan 22, 2025: missing                            as of Nov 1\n"},
    {"days", make_days, 7, 40, CHART_GLYPHS_ASCII, false, 0,
     "Peak, users per day  ? 21 days missing\n"
     "\n"
     "1 500 +                   * * ***  *****\n"
     "      |********* ********* * *   **\n"
     "      |         ?\n"
     "    0 +--Nov---Jan--Mar--May---Jul---Sep\n"
     "Oct 4, 2024: 500 users       as of Nov 1\n"},
    {"fortnight", make_fortnight, 12, 80, CHART_GLYPHS_BLOCK, false, 3,
     "Logons\n"
     "                    10             9\n"
     "10 ┤      7         ██             ▃▃             8              7\n"
     "   │      ▂▂        ██   6         ██             ▆▆             ▂▂\n"
     "   │      ██        ██   ▅▅        ██   5         ██   4         ██\n"
     " 5 ┤      ██   3    ██   ██   2    ██   ██        ██   ▃▃        ██\n"
     "   │      ██   ▆▆   ██   ██   ▂▂   ██   ██   1    ██   ██        ██\n"
     "   │ 0    ██   ██   ██   ██   ██   ██   ██   ▅▅   ██   ██   0    ██\n"
     " 0 ┼─24───25───26───27───28───29───30───31───1────2────3────4────5──────────────\n"
     "     Oct 2024                                Nov 2024\n"
     "\n"
     "Oct 27, 2024: 10, +7 (+233 %) on Oct 26                              as of Nov 1\n"},
    {"one", make_one, 12, 60, CHART_GLYPHS_BLOCK, false, 0,
     "Premium, users per month\n"
     "\n"
     "6 000 ┤  4 812\n"
     "      │  ▆▆▆▆▆\n"
     "4 000 ┤  █████\n"
     "      │  █████\n"
     "2 000 ┤  █████\n"
     "      │  █████\n"
     "    0 ┼───Oct───────────────────────────────────────────────\n"
     "         2026\n"
     "\n"
     "Oct 2026: 4 812 users                            as of Nov 1\n"},
    {"missing", make_missing, 12, 60, CHART_GLYPHS_ASCII, false, 3,
     "Premium, users per month\n"
     "\n"
     "2 +\n"
     "  |\n"
     "  |\n"
     "1 +\n"
     "  |\n"
     "  | ?   ?   ?   ?   ?   ?   ?   ?   ?   ?   ?   ?\n"
     "0 +-Dec-Jan-Feb-Mar-Apr-May-Jun-Jul-Aug-Sep-Oct-Nov---------\n"
     "        2026\n"
     "? 12 months missing\n"
     "Mar 2026: missing                                as of Nov 1\n"},
    {"huge", make_huge, 14, 120, CHART_GLYPHS_BLOCK, false, 4,
     "Bytes\n"
     "                                                                                             "
     "      9 007 199 254 740 990\n"
     "10 000 000 000 000 000 ┤                                                                     "
     "            ▂▂▂▂▂▂▂▂\n"
     "                       │                                                        7 205 759 "
     "403 792 792    ████████\n"
     "                       │                                     5 404 319 552 844 594    "
     "▆▆▆▆▆▆▆▆           ████████\n"
     "                       │                                           ▃▃▃▃▃▃▃▃           "
     "████████           ████████\n"
     " 5 000 000 000 000 000 ┤                  3 602 879 701 896 396    ████████           "
     "████████           ████████\n"
     "                       │1 801 439 850 948 198   ▇▇▇▇▇▇▇▇           ████████           "
     "████████           ████████\n"
     "                       │     ▄▄▄▄▄▄▄▄           ████████           ████████           "
     "████████           ████████\n"
     "                       │     ████████           ████████           ████████           "
     "████████           ████████\n"
     "                     0 "
     "┼───────2022───────────────2023───────────────2024───────────────2025───────────────2026─────"
     "────\n"
     "\n"
     "\n"
     "2026: 9 007 199 254 740 990, +1 801 439 850 948 198 (+25 %) on 2025                          "
     "                as of Nov 1\n"},
    {"huge", make_huge, 6, 30, CHART_GLYPHS_ASCII, false, 4,
     "Bytes\n"
     "9 007 199 254 740 990 (+25 %)\n"
     "2026: 9 007 199 254 740 990~\n"
     "\n"
     "\n"
     "\n"},
    {"changes", make_changes, 15, 80, CHART_GLYPHS_BLOCK, false, 9,
     "Change, users per month\n"
     "\n"
     " 200 ┤                   129               107\n"
     "     │                   ▅▅▅               ▁▁▁               85\n"
     " 100 ┤             36    ███         14    ███               ▆▆▆\n"
     "     │             ▆▆▆   ███         ▂▂▂   ███               ███\n"
     "   0 ┤ ███   ███               ███               ███   ███         ███   ███\n"
     "     │ ███   -57               ███               ███   -8          ███   -30\n"
     "-100 ┤ ███                     -79               -101              -123\n"
     "     │ -150\n"
     "-200 ┤\n"
     "     ──Dec───Jan───Feb───Mar───Apr───May───Jun───Jul───Aug───Sep───Oct───Nov────\n"
     "       2025  2026\n"
     "\n"
     "Sep 2026: 85 users, +93 on Aug                                       as of Nov 1\n"},
    {"nine", make_nine, 14, 60, CHART_GLYPHS_ASCII, false, 5,
     "All, users per month\n"
     "A e8  B e7  C e6  D e5  E e4  F e3  * other\n"
     "\n"
     "\n"
     "1 000 +    A        A        A       A        AB       AB\n"
     "      |    BC       BC       BC      BC*      C*       C*\n"
     "      |    D*       DE*      DE*     DE       DE       DE\n"
     "  500 +    EF       F        F       F        F        F\n"
     "      |\n"
     "      |\n"
     "    0 +----Dec------Jan------Feb-----Mar------Apr------May--\n"
     "           2025     2026\n"
     "\n"
     "May 2026: A 950, B 850, C 750, D 650, E 550, F 450, * 750\n"},
};

static const char *lay_out(size_t i, struct buf *out)
{
    struct series_set s;
    struct chart_options o = {.rows = goldens[i].rows,
                              .cols = goldens[i].cols,
                              .glyphs = goldens[i].glyphs,
                              .cut = goldens[i].cut,
                              .read_out = true,
                              .cursor = goldens[i].cursor,
                              .as_of = "as of Nov 1"};

    buf_reset(out);
    goldens[i].make(&s);
    assert_int_equal(chart_text(&s, &o, out), 0);
    series_set_release(&s);
    return out->data;
}

static void test_charts(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < sizeof(goldens) / sizeof(goldens[0]); i++) {
        const char *line = lay_out(i, &out), *end;
        int lines = 0;

        if (strcmp(line, goldens[i].want) != 0)
            fail_msg("%s %dx%d:\n%s", goldens[i].name, goldens[i].rows, goldens[i].cols, line);
        for (; (end = strchr(line, '\n')) != NULL; line = end + 1, lines++)
            assert_true(utf8_columns(line, (size_t)(end - line)) <= (size_t)goldens[i].cols);
        assert_int_equal(lines, goldens[i].rows);
    }
    buf_release(&out);
}

/* One line: what gives way, and that no number is ever shown in part. */
static void test_one_line(void **state)
{
    static const struct {
        void (*make)(struct series_set *);
        int cols;
        const char *want;
    } rows[] = {
        {make_stack, 30, "Premium   ▁▂▅█:  3 650 (+15 %)\n"},
        {make_stack, 20, "▁▂▅█:  3 650 (+15 %)\n"},
        {make_stack, 13, "3 650 (+15 %)\n"},
        {make_stack, 12, "▁▂▅█:  3 650\n"},
        {make_stack, 7, "3 650\n"},
        {make_stack, 5, "3 650\n"},
        {make_stack, 4, "…\n"},
        {make_stack, 1, "…\n"},
        {make_missing, 40, "Premium  no data\n"},
        {make_missing, 8, "no data\n"},
        {make_missing, 6, "?\n"},
        {make_missing, 1, "?\n"},
    };
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct chart_options o = {.rows = 1, .cols = rows[i].cols};
        struct series_set s;

        buf_reset(&out);
        rows[i].make(&s);
        assert_int_equal(chart_text(&s, &o, &out), 0);
        assert_string_equal(out.data, rows[i].want);
        series_set_release(&s);
    }
    buf_release(&out);
}

/* features.md, M44. */
static void test_sentence_of_the_plan(void **state)
{
    static const int64_t values[] = {4102, 4200, 4333, 0, 4500, 4812};
    struct series_set s;
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    series_set_init(&s, "Usage", "users", SERIES_MONTH, DEC_2025 + 5, 6);
    series_add(&s, "Premium");
    for (size_t i = 0; i < 6; i++)
        if (i != 3)
            series_put(&s, 0, i, POINT_WHOLE, values[i]);
    assert_int_equal(chart_sentence(&s, &out), 0);
    assert_string_equal(out.data,
                        "Premium rose from 4 102 in May to 4 812 in Oct, +17 %; Aug missing\n");
    buf_reset(&out);
    series_put(&s, 0, 1, POINT_MISSING, 0);
    series_put(&s, 0, 5, POINT_INCOMPLETE, 4000);
    series_limit(&s, 4000);
    chart_sentence(&s, &out);
    assert_string_equal(out.data, "Premium fell from 4 102 in May to >= 4 000 in Oct, -2.5 %; "
                                  "Jun and Aug missing; at the limit of 4 000\n");
    buf_reset(&out);
    series_put(&s, 0, 5, POINT_SO_FAR, 0);
    series_put(&s, 0, 4, POINT_WHOLE, 4102);
    s.has_limit = false;
    chart_sentence(&s, &out);
    assert_string_equal(out.data, "Premium was 4 102 both in May and in Sep; Jun and Aug missing; "
                                  "Oct so far 0\n");
    series_set_release(&s);
    buf_release(&out);
}

static void test_sentences(void **state)
{
    static const struct {
        void (*make)(struct series_set *);
        const char *want;
    } rows[] = {
        {make_stack, "Premium rose from 2 262 in Dec 2025 to 3 650 in Oct 2026, +61 %; Jun 2026 "
                     "missing; Nov 2026 so far 2 071\n"
                     "paid rose from 2 102 in Dec 2025 to 3 480 in Oct 2026, +66 %; Jun 2026 "
                     "missing; Nov 2026 so far 1 900\n"
                     "free rose from 160 in Dec 2025 to 170 in Oct 2026, +6.3 %; Jun 2026 missing; "
                     "Nov 2026 so far 171\n"},
        {make_two_years,
         "Premium rose from 4 200 in Dec 2024 to 4 414 in Oct 2026, +5.1 %; May 2025 and Jun 2025 "
         "missing; Nov 2026 so far 4 451; 586 below the limit of 5 000\n"},
        {make_three,
         "Premium rose from 3 000 in Dec 2025 to 4 000 in Oct 2026, +33 %; forecast 4 100 in Nov "
         "2026\n"
         "Enterprise rose from 1 060 in Apr 2026 to 1 340 in Nov 2026, +26 %; 4 months missing\n"
         "Standard rose from 1 000 in Dec 2025 to 1 300 in Oct 2026, +30 %; Apr 2026 missing; Nov "
         "2026 so far 1 330\n"},
        {make_fortnight, "Logons rose from 0 on Oct 24 to 7 on Nov 5\n"},
        {make_one, "Premium was 4 812 in Oct\n"},
        {make_missing, "Premium has no data in 12 months\n"},
        {make_huge, "Bytes rose from 1 801 439 850 948 198 in 2022 to 9 007 199 254 740 990 in "
                    "2026, +400 %\n"},
        {make_changes, "Change rose from -150 in Dec 2025 to -30 in Nov 2026\n"},
    };
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct series_set s;

        buf_reset(&out);
        rows[i].make(&s);
        assert_int_equal(chart_sentence(&s, &out), 0);
        assert_string_equal(out.data, rows[i].want);
        series_set_release(&s);
    }
    buf_release(&out);
}

static void test_table(void **state)
{
    struct series_set s;
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    make_stack(&s);
    assert_int_equal(chart_table(&s, CHART_GLYPHS_BLOCK, 0, &out), 0);
    assert_string_equal(out.data, "month      paid  free  total          change\n"
                                  "Dec 2025  2 102   160  2 262\n"
                                  "Jan 2026  2 150   161  2 311    +49 (+2.2 %)\n"
                                  "Feb 2026  2 180   162  2 342    +31 (+1.3 %)\n"
                                  "Mar 2026  2 400   163  2 563   +221 (+9.4 %)\n"
                                  "Apr 2026  2 420   164  2 584    +21 (+0.8 %)\n"
                                  "May 2026  2 450   165  2 615    +31 (+1.2 %)\n"
                                  "Jun 2026      ?     ?      ?                  missing\n"
                                  "Jul 2026  2 500   167  2 667    +52 (+2.0 %)\n"
                                  "Aug 2026  2 700   168  2 868   +201 (+7.5 %)\n"
                                  "Sep 2026  3 000   169  3 169    +301 (+10 %)\n"
                                  "Oct 2026  3 480   170  3 650    +481 (+15 %)\n"
                                  "Nov 2026  1 900   171  2 071  -1 579 (-43 %)  so far\n");
    series_set_release(&s);
    buf_reset(&out);
    make_three(&s);
    chart_table(&s, CHART_GLYPHS_ASCII, 0, &out);
    assert_string_equal(
        out.data, "month     Standard  Premium  Enterprise\n"
                  "Dec 2025     1 000    3 000           ?  Enterprise missing\n"
                  "Jan 2026     1 030    3 100           ?  Enterprise missing\n"
                  "Feb 2026     1 060    3 200           ?  Enterprise missing\n"
                  "Mar 2026     1 090    3 300           ?  Enterprise missing\n"
                  "Apr 2026         ?    3 400       1 060  Standard missing\n"
                  "May 2026     1 150    3 500       1 100\n"
                  "Jun 2026     1 180    3 600       1 140\n"
                  "Jul 2026     1 210    3 700       1 180\n"
                  "Aug 2026     1 240    3 800       1 220\n"
                  "Sep 2026     1 270    3 900       1 260\n"
                  "Oct 2026     1 300    4 000       1 300\n"
                  "Nov 2026     1 330    4 100       1 340  Standard so far, Premium forecast\n");
    series_set_release(&s);
    buf_release(&out);
}

/* Whole columns give way, never a part of a number; what is expected is no fact. */
static void test_narrow_table(void **state)
{
    enum { WIDE = 79 };
    static const struct {
        size_t cols;
        const char *want;
    } rows[] = {
        {0, "month      paid  free  total         change  forecast     low to high"},
        {WIDE, "month      paid  free  total         change  forecast     low to high"},
        {WIDE - 1, "month      paid  free  total  forecast     low to high  …"},
        {52, "month      paid  free  total  forecast  …"},
        {46, "month      paid  total  forecast  …"},
        {40, "month     total  forecast  …"},
        {5, "month     total  forecast  …"},
    };
    struct series_set s;
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    make_ahead(&s);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_reset(&out);
        assert_int_equal(chart_table(&s, CHART_GLYPHS_BLOCK, rows[i].cols, &out), 0);
        out.data[strcspn(out.data, "\n")] = '\0';
        assert_string_equal(out.data, rows[i].want);
    }
    buf_reset(&out);
    chart_table(&s, CHART_GLYPHS_BLOCK, 0, &out);
    assert_non_null(strstr(out.data,
                           "\nMay 2026                                        2 805  2 400 to "
                           "3 300  forecast\n"));
    assert_non_null(strstr(out.data, "<= 3 600                  so far\n"));
    assert_non_null(strstr(out.data, "\nforecast: by hand\n"));
    series_set_release(&s);
    buf_release(&out);
}

static void test_read_out(void **state)
{
    static const struct {
        void (*make)(struct series_set *);
        size_t at;
        bool brief;
        const char *want;
    } rows[] = {
        {make_stack, 9, false, "Sep 2026: 3 169 users, 3 000 paid, 169 free, +301 (+10 %) on Aug"},
        {make_stack, 7, false, "Jul 2026: 2 667 users, 2 500 paid, 167 free, +52 (+2.0 %) on May"},
        {make_stack, 6, false, "Jun 2026: missing"},
        {make_stack, 11, false,
         "Nov 2026: 2 071 users so far, 1 900 paid, 171 free, -1 579 (-43 %) on Oct"},
        {make_stack, 0, true, "Dec 2025: 2 262"},
        {make_stack, 10, true, "Oct 2026: 3 650, +481 (+15 %)"},
        {make_three, 11, false,
         "Nov 2026: A Premium 4 100 forecast, B Enterprise 1 340 +40 (+3.1 %), C "
         "Standard 1 330 so far +30 (+2.3 %)"},
        {make_three, 4, false,
         "Apr 2026: A Premium 3 400 +100 (+3.0 %), B Enterprise 1 060, C Standard missing"},
        {make_three, 4, true, "Apr 2026: A 3 400, B 1 060, C missing"},
        {make_two_years, 20, false, "Aug 2026: >= 4 340 users incomplete, +37 (+0.9 %) on Jul"},
        {make_changes, 1, false, "Jan 2026: -57 users, +93 on Dec"},
        {make_one, 0, false, "Oct 2026: 4 812 users"},
        {make_one, 1, false, ""},
    };
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct series_set s;

        buf_reset(&out);
        rows[i].make(&s);
        assert_int_equal(chart_read_out(&s, rows[i].at, rows[i].brief, &out), 0);
        assert_string_equal(out.data, rows[i].want);
        series_set_release(&s);
    }
    buf_release(&out);
}

/* A cell for each of the last places: one scale for several series when asked; gaps are blank, the
 * running month is not drawn as a fall. */
static void test_spark(void **state)
{
    struct series_set s;
    struct spark_range both = {0, 0, false};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    series_set_init(&s, "", "", SERIES_MONTH, DEC_2025, 12);
    series_add(&s, "rises");
    series_add(&s, "flat");
    series_add(&s, "nothing");
    for (size_t i = 0; i < 11; i++) {
        if (i != 4)
            series_put(&s, 0, i,
                       i == 9    ? POINT_SO_FAR
                       : i == 10 ? POINT_FORECAST
                                 : POINT_WHOLE,
                       i == 9 ? 1 : 100 * (int64_t)i);
        series_put(&s, 1, i, POINT_WHOLE, 800);
    }
    series_put(&s, 0, 11, POINT_FORECAST, 5000);
    assert_int_equal(spark_text(&s, 0, 20, CHART_GLYPHS_BLOCK, NULL, &out), 10);
    assert_string_equal(out.data, "▁▂▃▄ ▅▆▇█:");
    buf_reset(&out);
    assert_int_equal(spark_text(&s, 0, 4, CHART_GLYPHS_ASCII, NULL, &out), 4);
    assert_string_equal(out.data, "_-^:");
    buf_reset(&out);
    assert_int_equal(spark_text(&s, 1, 3, CHART_GLYPHS_BRAILLE, NULL, &out), 3);
    assert_string_equal(out.data, "▄▄ ");
    spark_range_add(&both, &s, 0, 12);
    spark_range_add(&both, &s, 1, 12);
    spark_range_add(&both, &s, 2, 12);
    assert_int_equal(both.low, 0);
    assert_int_equal(both.high, 800);
    buf_reset(&out);
    spark_text(&s, 1, 3, CHART_GLYPHS_BLOCK, &both, &out);
    assert_string_equal(out.data, "██ ");
    buf_reset(&out);
    assert_int_equal(spark_text(&s, 2, 3, CHART_GLYPHS_BLOCK, NULL, &out), 3);
    assert_string_equal(out.data, "   ");
    assert_int_equal(spark_text(&s, 2, 0, CHART_GLYPHS_BLOCK, NULL, &out), 0);
    series_set_release(&s);
    buf_release(&out);
}

/* Names from outside cannot drive a terminal, and a full buffer is said. */
static void test_hostile(void **state)
{
    struct chart_options o = {.rows = 12, .cols = 60, .read_out = true};
    struct series_set s;
    struct buf out;

    (void)state;
    series_set_init(&s, "a\x1b[2J\xff", "u\xe2\x80\xae", SERIES_MONTH, DEC_2025, 2);
    series_add(&s, "n\x07\n");
    series_add(&s, "e\xcc\x81\xe6\xbc\xa2");
    series_put(&s, 0, 0, POINT_WHOLE, 1);
    for (int g = 0; g < CHART_GLYPHS_COUNT; g++) {
        buf_init(&out, 1 << 16);
        o.glyphs = (enum chart_glyphs)g;
        assert_int_equal(chart_text(&s, &o, &out), 0);
        assert_int_equal(chart_table(&s, o.glyphs, 0, &out), 0);
        assert_non_null(strstr(out.data, "\\x1b[2J\\xff, u\\u202e per month"));
        for (size_t i = 0; i < out.len; i++)
            assert_true((unsigned char)out.data[i] >= ' ' || out.data[i] == '\n');
        buf_release(&out);
    }
    buf_init(&out, 100);
    assert_int_equal(chart_text(&s, &o, &out), ERR_TOOBIG);
    buf_release(&out);
    series_set_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charts),
        cmocka_unit_test(test_one_line),
        cmocka_unit_test(test_sentence_of_the_plan),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_narrow_table),
        cmocka_unit_test(test_read_out),
        cmocka_unit_test(test_spark),
        cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
