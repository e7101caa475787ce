/* The last twelve months of an edition: its sparkline and its change to the month before. */
#ifndef TUI_USAGE_TREND_H
#define TUI_USAGE_TREND_H

#include <stdbool.h>

#include "model/history.h"
#include "model/series.h"
#include "tui/app.h"

enum { USAGE_TREND_MONTHS = 12 };

struct usage_trend {
    bool have;             /* the set: one series, the running month marked, gaps left open */
    struct series_set set; /* … ending with the shown month */
    struct history_change change;
    bool rough; /* one of the two months is incomplete or an upper bound */
};

/* Asks for the months of the shown term's trends; costs nothing when they are wanted already. */
void usage_trend_want(struct app *a);
/* The trend of the edition FEATURE_ID on ONLY (NULL: all servers). Where the month lists it more
 * than once there is none: the history adds such rows up. OUT is filled; release it. */
void usage_trend_find(struct app *a, const char *feature_id, const struct server_set *only,
                      struct usage_trend *out);
void usage_trend_release(struct usage_trend *t);
/* "~ -105 (-3.6 %)", NAMED: "… on Oct"; why there is none: "Oct: no data", "Oct is on its way".
 * Appends. */
void usage_trend_text(struct app *a, const struct usage_trend *t, bool named, struct buf *out);

#endif
