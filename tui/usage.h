/*
 * The Usage pane: what its files share. Private to tui/pane_usage.c and usage_*.c.
 *
 * Cards, one per edition of the month, or the same as a table; an edition opened from either as a
 * list of its customers, of its servers, or in words. Each view but the cards is a pane of its own
 * in front of the cards' (struct pane.front), so that the list pane's machinery serves it.
 */
#ifndef TUI_USAGE_H
#define TUI_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/finding.h"
#include "model/usage_parts.h"
#include "tui/gap.h"
#include "tui/listpane.h"
#include "tui/usage_trend.h"
#include "widgets/card.h"

/* More editions than this are a table only. */
enum { USAGE_CARDS_MAX = 200, USAGE_TEXT = 160 };

struct usage_card {
    char title[USAGE_TEXT], change[USAGE_TEXT];
    char users[HUMAN_MAX + 4], paid[HUMAN_MAX + 4], free[HUMAN_MAX + 4], percent[16];
    char servers[HUMAN_MAX], free_servers[HUMAN_MAX + 8];
    char customers[HUMAN_MAX], not_linked[HUMAN_MAX + 12];
    struct usage_trend trend;
    int severity; /* of what contradicts itself in it */
    uint64_t id;
};

enum usage_part { PART_CUSTOMERS, PART_SERVERS, USAGE_PARTS };

struct usage_pane {
    /* the month, as far as the chosen servers go; texts are the session's */
    struct usage_list shown;
    struct usage_sum sum;
    struct shown_gap gap;
    bool at_most; /* some number is an upper bound */
    struct finding_list findings;
    /* cards; none when there are too many */
    struct usage_card *cards;
    struct card *faces;
    size_t card_count, focus, top;
    uint64_t focus_id;
    int page; /* rows of cards visible at the last draw */
    struct card_flow flow;
    /* views */
    bool as_table, in_words;
    bool open; /* an edition is, by its id */
    uint64_t open_id;
    enum usage_part by;
    struct pane table, words, parts[USAGE_PARTS];
    struct list_def part_lists[USAGE_PARTS];
    /* the open edition */
    struct usage_customer_list customers;
    struct usage_server_list servers;
    struct usage_trend trend;
    struct textview head, text;
};

struct usage_pane *usage_state(struct app *a);
/* The card or row of this edition (usage_feature.id) gets the focus. */
void usage_show(struct app *a, uint64_t id);

/* usage_build.c: takes the session's data over. 0 or ERR_NOMEM. */
int usage_build(struct app *a, struct usage_pane *u);
void usage_build_release(struct usage_pane *u);
/* Lines about the whole month at the top of R: totals with their gap, arithmetic, contradictions.
 * Returns how many, with a blank one. */
int usage_head_draw(struct app *a, struct rect r);
/* " at most: …; 2 of 14 servers silent" of the shown numbers, "" when nothing is amiss. */
void usage_reasons(const struct usage_pane *u, struct buf *out);

/* usage_edition.c: the views of an open edition. */
int usage_edition_init(struct pane *p);
void usage_edition_release(struct usage_pane *u);
/* Fills them for the open edition, which they close, saying so, when the month has no such. */
void usage_edition_data(struct app *a, struct usage_pane *u);
void usage_edition_open(struct app *a, uint64_t id);
void usage_edition_close(struct usage_pane *u);
/* The shown row of the open edition; NULL while the month is not known. */
const struct usage_feature *usage_edition(const struct usage_pane *u);
/* Edition views act on what they all share (b, t, Esc); false: not theirs. */
bool usage_edition_act(struct pane *p, enum action action);

/* usage_words.c: an edition and its parts as text. */
void usage_words_fill(struct app *a, struct usage_pane *u, const struct usage_feature *f);
/* Title, numbers, arithmetic and contradictions, for the top of the lists. */
void usage_words_head(struct app *a, struct usage_pane *u, const struct usage_feature *f,
                      struct textview *t);
void usage_words_customer(struct app *a, const void *row, struct textview *t);
void usage_words_server(struct app *a, const void *row, struct textview *t);

/* pane_usage.c: which view lies in front, after a change of open, as_table, in_words or by. */
void usage_settle(struct app *a);
/* What every view of the pane shares. */
#define USAGE_PANE                                                                                 \
    .title = "Usage", .brief = "Usage", .products = PRODUCT_BIT(APPS),                             \
    .resources = RESOURCE_BIT(RESOURCE_USAGE),                                                     \
    .uses = RESOURCE_BIT(RESOURCE_USAGE_BEFORE) | RESOURCE_BIT(RESOURCE_SERVERS) |                 \
            RESOURCE_BIT(RESOURCE_CUSTOMERS) | SESSION_CHANGED_HISTORY,                            \
    .is_cards = true, .by_servers = true, .follows_chosen = true, .by_term = true

#endif
