/*
 * Licensed deployments on the screen: one state that all panes of the product share, made anew when
 * the data, the choice of servers or what reports changes. Private to tui/deploy_*.c and
 * tui/pane_deploy*.c; the state is that of the Deployments pane.
 *
 * The pane is cards. Enter puts one of the parts (a pane of its own, pane.front) in its place.
 */
#ifndef TUI_DEPLOY_H
#define TUI_DEPLOY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/daily.h"
#include "model/deployment.h"
#include "model/series.h"
#include "model/server_set.h"
#include "tui/app.h"
#include "widgets/card.h"
#include "widgets/chart.h"

/* id, the part's definition, name in the line of parts */
#define DEPLOY_PART_LIST(X)                                                                        \
    X(TREND, deploy_trend_def, "Trend")                                                            \
    X(SERVERS, deploy_servers_def, "Servers")                                                      \
    X(ACTIVITY, deploy_activity_def, "Activity")                                                   \
    X(USERS, deploy_users_def, "Users")                                                            \
    X(TABLE, deploy_table_def, "")

enum deploy_part {
#define DEPLOY_PART_ENUM(id, def, name) DEPLOY_PART_##id,
    DEPLOY_PART_LIST(DEPLOY_PART_ENUM)
#undef DEPLOY_PART_ENUM
        DEPLOY_PARTS,
    /* TABLE is the cards as a list, not a part of one. */
    DEPLOY_DETAILS = DEPLOY_PART_TABLE
};
#define DEPLOY_PART_EXTERN(id, def, name) extern const struct pane_def def;
DEPLOY_PART_LIST(DEPLOY_PART_EXTERN)
#undef DEPLOY_PART_EXTERN

enum { DEPLOY_CARD_LINES = 8, DEPLOY_SPARK = 12 };

/* The texts of one card. */
struct deploy_card {
    char title[160];
    char values[DEPLOY_CARD_LINES][HUMAN_MAX], notes[DEPLOY_CARD_LINES][40];
    char servers[80];
    struct series_set trend; /* largest day of each month */
    bool has_trend;
};

struct deploy {
    /* What was made from what. */
    uint64_t servers_version, usage_version, users_version;
    int64_t judged, used; /* when the service last said so: the servers, their use */
    struct deployment_server_list servers; /* as they stood then */
    struct deployment_list pools;          /* a row a card */
    struct deployment_total total;
    size_t all_servers; /* to choose from */
    bool some;          /* servers were chosen: `only` counts */
    struct server_set only;
    /* The cards. */
    struct deploy_card *texts; /* owned, card_count of them */
    struct card *cards;        /* owned */
    size_t card_count;
    size_t cursor, top; /* the card; the first row of cards on show */
    uint64_t cursor_id;
    struct card_flow flow; /* at the last draw */
    int page;              /* rows of cards then */
    /* What is open. */
    struct pane parts[DEPLOY_PARTS];
    enum deploy_part part; /* of a card, also of the next one that is opened */
    bool as_table;         /* the cards are a table */
    uint64_t open_id;      /* 0: none */
    struct deployment_list by_server;
    struct deployment_use_list activity;
    const struct deployment_user **users; /* owned; of the open pool and the chosen servers */
    size_t user_count;
    struct series_set set;
    bool have_set;
    struct chart_view view;
    enum daily_by by;
    int places[3]; /* days, months, years shown; 0: all */
};

struct deploy *deploy_of(struct app *a);
int deploy_init(struct pane *p);
void deploy_release(struct pane *p);
/* Both lists that the numbers are made from are there. */
bool deploy_known(struct app *a);
struct deployment_input deploy_input(struct app *a);
/* Takes over what changed since it was last made. */
void deploy_update(struct app *a);
/* Makes all anew, after another choice. */
void deploy_rebuild(struct app *a);
/* "4 of 10 servers chosen", "all 10 servers". */
const char *deploy_chosen_text(struct app *a, char *out, size_t size);
/* The actions of choosing servers; false: ACTION is none of them. */
bool deploy_choose(struct app *a, enum action action);
const char *deploy_choose_refusal(struct app *a, enum action action);

/* The numbers' gap: who is outside, and why. Draws one or two lines of R; returns them. */
int deploy_outside_draw(struct app *a, struct rect r);

/* deploy_cards.c: 0 or ERR_NOMEM. */
int deploy_cards_build(struct app *a, struct deploy *d);
void deploy_cards_release(struct deploy *d);
/* "User/Device", "Concurrent", or what the service calls it. */
const char *deploy_model_words(const char *model);
/* "Virtual Apps and Desktops Premium". */
const char *deploy_product_words(const struct deployment *row, char *out, size_t size);
/* "62 %", "96 % near", "107 % over", "" where nothing is known; how it looks. */
const char *deploy_use_words(const struct deployment *row, char *out, size_t size);
enum role deploy_use_role(int64_t percent);

/* deploy_detail.c */

/* The row and the pool that are open; NULL: none, or gone. */
const struct deployment *deploy_open_row(struct app *a);
const struct pool *deploy_open_pool(struct app *a);
/* Opens the card CURSOR, or closes what is open. */
void deploy_open(struct app *a);
void deploy_close(struct app *a);
/* The lines above a part: what is open, its numbers, which parts there are. Returns them. */
int deploy_detail_head(struct app *a, struct rect r);
/* What every part does alike: the next part, back to the cards, choosing servers. */
bool deploy_detail_act(struct pane *p, enum action action);
/* Makes the open part's rows anew. 0 or negative. */
int deploy_detail_build(struct app *a, struct deploy *d);

/* deploy_trend.c: makes d->set. 0 or negative; then there is none. */
int deploy_trend_build(struct app *a, struct deploy *d, const struct pool *pool);
/* SET, not initialised, becomes the last PLACES (0: as many as fit) of POINTS by BY. Without points
 * it has no place. 0, ERR_NOMEM, ERR_DATA. */
int deploy_series(struct series_set *set, const char *name, const char *unit,
                  const struct day_point *points, size_t n, enum daily_by by, int32_t today,
                  int places);

#endif
