/*
 * Which servers are silent for a term, so that no total hides it (features.md M3).
 *
 * One rule, used by every list, card, chart point and export:
 *
 * - The running term: the service says who reports (isPhoningHome, published.md §3.1). A server of
 *   the list that does not report, or never has, is silent. What the usage data itself carries as
 *   dates is not used: luitop never recomputes the service's judgement. Without the list nothing
 *   can be said (`known` is false).
 * - A closed term: a server is silent when the latest reporting date that the usage data of the
 *   term gives for it (published.md §3.3) lies more than GAP_SLACK before the term's end in the
 *   billing time zone. Servers upload once a day (published.md §3.16), so one whose last upload is
 *   older has missed one. A server without a date in the term is judged by its last report of
 *   the server list: silent when that lies before the same limit; else it has reported since, and
 *   it simply had no users. A server that never reported is not counted: whether it existed in
 *   the term is not known. Where every date is unknown (the .NET minimum) the server is `undated`,
 *   which is not silent.
 * - A term to come: not known.
 *
 * Servers are machines: rows of the list with one fqdn are one server, which reports when one
 * of its rows does; a row without a fqdn counts by its host id.
 */
#ifndef MODEL_GAP_H
#define MODEL_GAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/server.h"
#include "model/server_set.h"

struct buf;
struct usage_list;

/* A day and a half: an upload a day, with room for one that is half a day late. */
enum { GAP_SLACK = 36 * 3600 };

/* What the judgement is made from. */
struct gap_input {
    const struct server_list *servers; /* NULL or `unavailable`: not known */
    int64_t now;
    const char *zone;              /* billing time zone */
    const struct server_set *only; /* NULL: all servers */
};

struct gap {
    bool known;
    size_t servers; /* how many the numbers should come from */
    size_t silent;
    size_t undated; /* among the others: their reporting date is unknown */
    int64_t since;  /* the oldest last report of a silent server; TIME_NONE when none has one */
};

/* One server's report in a term; several of one server count by the latest. */
struct gap_report {
    const char *fqdn; /* NULL: of no use, left out */
    int64_t reported; /* TIME_NONE: unknown */
};

/* The gap of TERM. REPORTS: what the usage data of TERM says, in any order. O(n log n) in servers
 * plus reports. 0 or ERR_NOMEM. */
int gap_find(const struct gap_input *in, int term, const struct gap_report *reports, size_t count,
             struct gap *out);
/* The same from a term's usage. */
int gap_of_usage(const struct gap_input *in, const struct usage_list *l, struct gap *out);

/* One server at a time, for a list with a server a row. The judge borrows from IN. */
enum gap_word { GAP_REPORTED, GAP_SILENT, GAP_UNDATED, GAP_UNKNOWN };
struct gap_machine {
    const char *fqdn, *host_id; /* fqdn may be NULL */
    int64_t last;               /* latest report of its rows; TIME_NONE */
    bool reporting, ever;
};
struct gap_judge {
    bool known, running;
    int64_t limit;                /* closed terms: the last report must not lie before it */
    struct gap_machine *machines; /* by fqdn, those without one first; owned */
    size_t count;
};
int gap_judge_init(struct gap_judge *j, const struct gap_input *in, int term); /* 0, ERR_NOMEM */
void gap_judge_release(struct gap_judge *j);
/* REPORTED: the latest date of FQDN in the term's usage data, TIME_NONE when unknown or absent.
 * O(log servers). */
enum gap_word gap_judge_server(const struct gap_judge *j, const char *fqdn, int64_t reported);

bool gap_incomplete(const struct gap *g); /* known and some server silent */
/* "2 of 14 servers silent"; "whether all servers report is not known"; nothing when complete.
 * Appends to OUT. */
void gap_text(const struct gap *g, struct buf *out);
/* ">= 4 812 (2 of 14 servers silent)", "4 812"; an unknown gap is named too:
 * "4 812 (whether all servers report is not known)". */
void gap_total(const struct gap *g, int64_t total, struct buf *out);

#endif
