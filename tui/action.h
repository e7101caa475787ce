/*
 * What can be done, as one table: it makes the keymap, the hints, the help and the palette.
 *
 * An action has a name (for the palette and for `keys` in the settings), default keys and the
 * contexts it belongs to. No action of this program writes to the service by a single key.
 */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

/* Where an action means something. */
enum action_where {
    WHERE_MOVE = 1 << 0,    /* anything with rows or lines to move over */
    WHERE_LIST = 1 << 1,    /* a pane with a table */
    WHERE_ANY = 1 << 2,     /* everywhere */
    WHERE_CHOICE = 1 << 3,  /* only where there is a menu of what to show */
    WHERE_CHART = 1 << 4,   /* a pane with a chart */
    WHERE_NOTICES = 1 << 5, /* the list of notifications */
    WHERE_OWNERS = 1 << 6,  /* a list whose rows may have notifications */
    WHERE_CARDS = 1 << 7,   /* cards, and what they open */
    WHERE_SERVERS = 1 << 8  /* numbers that follow the chosen servers */
};

/* id, name, default keys (blank-separated), where, argument or NULL, help */
#define ACTION_LIST(X)                                                                             \
    X(UP, "up", "k up", WHERE_MOVE, NULL, "one row up")                                            \
    X(DOWN, "down", "j down", WHERE_MOVE, NULL, "one row down")                                    \
    X(PAGE_UP, "page-up", "pgup ctrl-b", WHERE_MOVE, NULL, "one page up")                          \
    X(PAGE_DOWN, "page-down", "pgdn ctrl-f", WHERE_MOVE, NULL, "one page down")                    \
    X(HALF_UP, "half-page-up", "ctrl-u", WHERE_MOVE, NULL, "half a page up")                       \
    X(HALF_DOWN, "half-page-down", "ctrl-d", WHERE_MOVE, NULL, "half a page down")                 \
    X(TOP, "top", "g home", WHERE_MOVE, NULL, "the first row")                                     \
    X(BOTTOM, "bottom", "G end", WHERE_MOVE, NULL, "the last row")                                 \
    X(LEFT, "left", "h left", WHERE_LIST | WHERE_CHART | WHERE_CARDS, NULL,                        \
      "columns, months or cards to the left")                                                      \
    X(RIGHT, "right", "l right", WHERE_LIST | WHERE_CHART | WHERE_CARDS, NULL,                     \
      "columns, months or cards to the right")                                                     \
    X(OPEN, "open", "enter d", WHERE_MOVE, NULL, "open what the cursor is on")                     \
    X(BACK, "back", "q esc", WHERE_ANY, NULL,                                                      \
      "close what is open, then clear the filter; q at the top quits")                             \
    X(NEXT_PROBLEM, "next-problem", "e", WHERE_MOVE, NULL, "the next row that needs a look")       \
    X(PREV_PROBLEM, "previous-problem", "E", WHERE_MOVE, NULL, "the row before that needs a look") \
    X(FILTER, "filter", "/", WHERE_LIST, "EXPR", "show only rows that match, as you type")         \
    X(CLEAR_FILTER, "clear-filter", "backspace", WHERE_LIST, NULL, "show all rows again")          \
    X(FILTERS, "filters", "v", WHERE_CHOICE, NULL, "choose what to show from a menu")              \
    X(SORT, "sort", "s", WHERE_LIST, "COLUMN", "choose the column to sort by")                     \
    X(SORT_LEFT, "sort-left", "<", WHERE_LIST, NULL, "sort by the column to the left")             \
    X(SORT_RIGHT, "sort-right", ">", WHERE_LIST, NULL, "sort by the column to the right")          \
    X(SORT_INVERT, "sort-invert", "I", WHERE_LIST, NULL, "turn the order round")                   \
    X(READ, "read", "m", WHERE_NOTICES, NULL, "mark a notice as read, or as new again")            \
    X(READ_ALL, "read-all", "c", WHERE_NOTICES, NULL, "mark all notices that are shown as read")   \
    X(ITS_NOTICES, "its-notices", "i", WHERE_OWNERS, NULL, "the notices of this customer")         \
    X(MARK, "mark", "space", WHERE_LIST, NULL, "mark the row, or take its mark, and go down")      \
    X(MARK_ALL, "mark-all", "*", WHERE_LIST, NULL, "mark every row that is shown")                 \
    X(MARK_INVERT, "invert-marks", "~", WHERE_LIST, NULL, "turn the marks of shown rows round")    \
    X(MARK_CLEAR, "clear-marks", "\\", WHERE_LIST, NULL,                                           \
      "take all marks; once more: they are back")                                                  \
    X(MARK_ONLY, "only-marked", "M", WHERE_LIST, NULL, "show only marked rows, or all again")      \
    X(EXPORT, "export", "x", WHERE_LIST, "PATH", "write the list to a file")                       \
    X(ITS_TREND, "its-trend", "o", WHERE_OWNERS, NULL, "the users of this customer by month")      \
    X(TWIN, "as-text", "t", WHERE_CHART | WHERE_CARDS, NULL,                                       \
      "the same as a table, as sentences, as a chart, as cards")                                   \
    X(LONGER, "longer", "+", WHERE_CHART, NULL, "more months")                                     \
    X(SHORTER, "shorter", "-", WHERE_CHART, NULL, "fewer months")                                  \
    X(EARLIER, "earlier", "{", WHERE_CHART, NULL, "half as many months back")                      \
    X(LATER, "later", "}", WHERE_CHART, NULL, "half as many months on")                            \
    X(RANGE, "range", "", WHERE_CHART, "FROM TO", "months by name, the last N, or all")            \
    X(FORECAST, "forecast", "f", WHERE_CHART, NULL, "where the numbers are going, or only facts")  \
    X(SERIES, "series", "", WHERE_CHART, "LETTER", "take a part out of the chart, or put it back") \
    X(GLYPHS, "glyphs", "%", WHERE_CHART, "NAME", "draw with braille, block or ascii signs")       \
    X(GO, "go", "", WHERE_LIST, "ROW or NAME", "to a row by its number or its exact name")         \
    X(BACK_VIEW, "back-view", "( ctrl-o", WHERE_ANY, NULL, "the view before: pane, filter, row")   \
    X(FORWARD_VIEW, "forward-view", ")", WHERE_ANY, NULL, "the view that was left by going back")  \
    X(ZOOM, "zoom", "z", WHERE_ANY, NULL, "give the pane the whole screen, and back")              \
    X(BREAKDOWN, "breakdown", "b", WHERE_CHART | WHERE_CARDS, NULL,                                \
      "the next view: customers or servers, months or years")                                      \
    X(SERVERS, "choose-servers", "S", WHERE_SERVERS, NULL, "choose the servers that count")        \
    X(ALL_SERVERS, "all-servers", "C", WHERE_SERVERS, NULL, "count all servers again")             \
    X(MONTH_BACK, "month-back", "[", WHERE_ANY, NULL, "usage of the month before")                 \
    X(MONTH_ON, "month-on", "]", WHERE_ANY, NULL, "usage of the month after")                      \
    X(PREVIOUS_TERM, "previous-term", "T", WHERE_ANY, NULL,                                        \
      "the month before while it may be tagged, and back")                                         \
    X(MONTH, "month", "", WHERE_ANY, "YYYY-MM", "usage of a month by name")                        \
    X(REFRESH, "refresh", "r", WHERE_ANY, NULL, "ask the service again for this pane")             \
    X(REFRESH_ALL, "refresh-all", "R ctrl-r f5", WHERE_ANY, NULL,                                  \
      "ask the service again for everything")                                                      \
    X(CANCEL, "cancel", "ctrl-c", WHERE_ANY, NULL,                                                 \
      "cancel running requests; twice within two seconds: quit")                                   \
    X(PRODUCT, "product", "p", WHERE_ANY, "NAME", "switch to another product")                     \
    X(PAUSE, "pause", "Z", WHERE_ANY, NULL, "stop or go on refreshing by itself")                  \
    X(PALETTE, "palette", ": ctrl-p", WHERE_ANY, NULL, "every action by its name")                 \
    X(HELP, "help", "? f1", WHERE_ANY, NULL, "the keys of this pane")                              \
    X(PANE_1, "pane-1", "1", WHERE_ANY, NULL, "the first pane; 2 … 9 the others")                  \
    X(PANE_2, "pane-2", "2", WHERE_ANY, NULL, "the second pane")                                   \
    X(PANE_3, "pane-3", "3", WHERE_ANY, NULL, "the third pane")                                    \
    X(PANE_4, "pane-4", "4", WHERE_ANY, NULL, "the fourth pane")                                   \
    X(PANE_5, "pane-5", "5", WHERE_ANY, NULL, "the fifth pane")                                    \
    X(PANE_6, "pane-6", "6", WHERE_ANY, NULL, "the sixth pane")                                    \
    X(PANE_7, "pane-7", "7", WHERE_ANY, NULL, "the seventh pane")                                  \
    X(PANE_8, "pane-8", "8", WHERE_ANY, NULL, "the eighth pane")                                   \
    X(PANE_9, "pane-9", "9", WHERE_ANY, NULL, "the ninth pane")                                    \
    X(NEXT_PANE, "next-pane", "tab", WHERE_ANY, NULL, "the pane to the right")                     \
    X(PREV_PANE, "previous-pane", "shift-tab", WHERE_ANY, NULL, "the pane to the left")            \
    X(MESSAGES, "messages", "L", WHERE_ANY, NULL, "what luitop has said so far")                   \
    X(THEME, "theme", "", WHERE_ANY, "NAME", "change the colours")                                 \
    X(REPAINT, "repaint", "ctrl-l", WHERE_ANY, NULL, "draw the whole screen anew")                 \
    X(SUSPEND, "suspend", "ctrl-z", WHERE_ANY, NULL, "back to the shell; fg returns")              \
    X(QUIT, "quit", "Q", WHERE_ANY, NULL, "leave luitop")

enum action {
#define ACTION_ENUM(id, name, keys, where, arg, help) ACTION_##id,
    ACTION_LIST(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT,
    ACTION_NONE = ACTION_COUNT
};

struct action_info {
    const char *name, *keys;
    unsigned where;
    const char *argument; /* what `:name ARGUMENT` takes; NULL: nothing */
    const char *help;
};

extern const struct action_info actions[ACTION_COUNT];

/* The action called NAME (N bytes), or ACTION_NONE. */
enum action action_find(const char *name, size_t n);

#endif
