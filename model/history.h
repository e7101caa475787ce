/*
 * Usage month by month: what trends, sparklines, changes and forecasts are made from.
 *
 * A history holds at most one month a term, compactly: per feature the counts, and where the
 * service gives them the users of each customer and server. A month comes from a term's usage
 * (published.md §3.3, full detail) or from the usage history operation (§3.4, counts only); usage
 * data replaces whatever was there, the operation only fills terms without usage data. A month is
 * copied, so its source may go. Memory: about 100 bytes a feature, 40 a part, each name once.
 *
 * Three things that are not the same: a term that was never added is *missing*; one that was added
 * without any feature has *no data* (§3.3), which is missing too and never zero; a feature that a
 * month does not list is missing in it. A customer that a feature does not list has no users there
 * if the customers listed add up to the feature's users; else it is missing.
 *
 * A user counts once per feature, so a total over features counts one who uses two of them twice,
 * as the bill does (extensions.md). paid = total - free everywhere.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/gap.h"
#include "model/server_set.h"
#include "model/usage.h"

struct buf;
struct err;
struct finding_list;

enum { HISTORY_MONTHS_MAX = 1200, HISTORY_NAMES_MAX = 1000000, PRODUCT_MONTHS_MAX = 20000 };

/* The answer of the usage history operation, one row a product and month (published.md §3.4). */
struct product_month {
    const char *category, *product; /* product never NULL */
    int term;
    int64_t total, paid, free;
    int64_t sources, customers; /* customers: 0 when missing */
    const char *source_unit, *trend;
    uint64_t id;
};
struct usage_history {
    struct arena arena;
    const char *customer_id, *org_id;
    struct product_month *rows;
    size_t count, cap;
};
void usage_history_init(struct usage_history *l);
void usage_history_release(struct usage_history *l);
struct product_month *usage_history_add(struct usage_history *l);
/* Where paid is not total - free, and where a count is negative. Appends to OUT. */
void usage_history_findings(const struct usage_history *l, struct finding_list *out);
/* The feature code of a product name of §3.4: "Premium", "Base", "VDI Edition" (§5), without
 * regard to letter case; NULL for others. */
const char *usage_history_feature(const char *product);

struct history_customer {
    const char *id;   /* NULL: Not linked */
    const char *name; /* nickname, else NULL */
    int64_t total, free;
};
struct history_feature {
    const char *feature_id; /* NULL: only the product's name is known */
    const char *edition;    /* never NULL */
    int64_t total, free, servers;
    int64_t free_servers, customers; /* USAGE_UNKNOWN where not told */
    const struct history_customer *customer_parts;
    const struct usage_server *server_parts;
    size_t customer_part_count, server_part_count;
    bool customers_told; /* the source has customers' parts at all, and they add up */
    bool servers_told;
};
struct history_month {
    int term;
    bool detailed; /* from a term's usage */
    struct gap gap;
    bool incomplete;                  /* gap_incomplete() at the last history_mark() */
    size_t unreadable;                /* editions that luitop could not read: history_lose() */
    struct history_feature *features; /* with their parts in one block, owned */
    size_t count;
};
struct history {
    struct arena names; /* every text, once */
    const char **table; /* of the texts, open addressing */
    size_t name_count, table_size;
    struct history_month *months; /* by term */
    size_t count, cap;
    int running; /* the running term at the last history_mark(); TERM_NONE before */
};

void history_init(struct history *h);
void history_release(struct history *h);
/* Adds L's term, or replaces it. 0, ERR_NOMEM, ERR_TOOBIG, ERR_DATA for a list without a term; on
 * failure the history is as before. O(parts). */
int history_add_usage(struct history *h, const struct usage_list *l, struct err *err);
/* Adds the terms of L that have no usage data. The same errors. */
int history_add_products(struct history *h, const struct usage_history *l, struct err *err);
/* UNREADABLE editions of TERM are missing from it: sums over all editions are lower bounds, until
 * the term is added anew. Nothing when there is no such term. */
void history_lose(struct history *h, int term, size_t unreadable);
/* Judges every month's gap anew (model/gap.h; IN->only NULL) and learns which term is running.
 * Call when the server list or the month of IN->now has changed, and after adding months.
 * 0 or ERR_NOMEM. O(parts log parts). */
int history_mark(struct history *h, const struct gap_input *in);
/* The gap of one month, e.g. of IN->only. 0 or ERR_NOMEM. O(parts log parts). */
int history_gap(const struct history_month *m, const struct gap_input *in, struct gap *out);
/* NULL: missing. O(log months). */
const struct history_month *history_month(const struct history *h, int term);

/* A point of a series. */
enum history_state {
    HISTORY_MISSING,    /* no value: a gap in a chart, never zero */
    HISTORY_KNOWN,      /* closed and complete */
    HISTORY_PARTIAL,    /* the running month, "so far"; `incomplete` may be set too */
    HISTORY_INCOMPLETE, /* closed, but something of it is missing: a lower bound */
};
struct history_point {
    int term;
    int64_t value; /* 0 where missing */
    enum history_state state;
    bool incomplete; /* servers are silent for the term, or an edition of a sum is unreadable */
    bool at_most;    /* an upper bound: chosen servers share users (model/usage_parts.h) */
};

enum history_measure { HISTORY_TOTAL, HISTORY_PAID, HISTORY_FREE };
extern const char HISTORY_NOT_LINKED[]; /* stands for the users linked to no customer */

/* Which numbers: one feature or all (NULL), one customer or all, some servers or all. */
struct history_choice {
    const char *feature_id;  /* a code; for a product without one, its name */
    const char *customer_id; /* an id or HISTORY_NOT_LINKED, which is compared by address */
    const struct server_set *servers;
    enum history_measure measure;
    /* With SERVERS: judges each month by them alone (IN->only is set here). NULL: as marked, by all
     * servers. */
    const struct gap_input *gap;
};
/* Fills OUT with the points of FROM to TO, both included. 0, ERR_NOMEM, or ERR_DATA when a customer
 * and servers are chosen together, which the service does not tell. */
int history_series(const struct history *h, const struct history_choice *choice, int from, int to,
                   struct history_point *out, struct err *err);

/* From the point MONTHS_BACK (1: month before, 12: year before) earlier to that of TERM. */
struct history_change {
    bool known; /* both points have a value */
    bool rough; /* one of them is partial, incomplete or an upper bound: not like with like */
    int64_t before, after, delta; /* delta saturates */
};
void history_change(const struct history_point *points, size_t count, int term, int months_back,
                    struct history_change *out);
/* "+126 (+4.1 %)", "-12 (-0.4 %)", "+31 (new)", "="; "-" when not known. Appends to OUT. */
void history_change_text(const struct history_change *c, struct buf *out);

/* The history as a list: a row a feature and term, newest term first, features in the service's
 * order; a term that is missing or has no data is one row without a feature and with nulls. */
struct history_row {
    int term;
    const char *feature_id, *edition;
    int64_t total, free, servers, customers; /* USAGE_UNKNOWN: null */
    enum history_state state;
    bool incomplete, at_most;
    uint64_t id;
};
struct history_list {
    struct arena arena;
    struct history_row *rows;
    size_t count, cap;
};
void history_list_init(struct history_list *l);
void history_list_release(struct history_list *l);
/* Replaces L with the rows of FROM to TO; texts are borrowed from H and good until its release.
 * SERVERS: NULL for all; else the counts are those of the chosen servers and customers are null.
 * 0, ERR_NOMEM, ERR_TOOBIG. */
int history_list_build(struct history_list *l, const struct history *h, int from, int to,
                       const struct server_set *servers);
struct row_source history_list_source(const struct history_list *l);
/* term feature_id edition total paid free servers customers */
extern const struct row_type history_row_type;

/* The users of F by choice; false when they are not known. What series and rows share. */
struct history_count {
    int64_t total, free;
    bool at_most;
};
bool history_count(const struct history_feature *f, const struct history_choice *choice,
                   struct history_count *out);

#endif
