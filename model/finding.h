/*
 * Contradictions in what the service says, each a sentence: shown as what they are, in every
 * output, with the numbers left as the service gave them.
 *
 * Usage of a term (published.md §3.3), per feature and part: a negative count; more free users
 * than users; customers' parts, Not linked included, that do not add up to the feature's users or
 * free users (they must: a user is linked to one customer or to none); a server's part larger than
 * the feature; servers' parts that together are smaller than it (more is normal: a user may use
 * several servers); numbers of servers, free servers or customers that differ from the parts; two
 * parts of one server or customer; a feature that appears twice; a product without features beside
 * others that have some; a code that luitop cannot name.
 * A feature that has no parts at all of a kind contradicts nothing, unless it counts some.
 */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/server.h"

struct usage_history;
struct usage_list;

/* The last one kept says how many more there are. */
enum { FINDINGS_MAX = 1000 };

struct finding {
    enum severity severity;
    const char *about; /* a feature code, a customer, a server; may be NULL */
    const char *text;  /* a sentence; raw text */
    uint64_t id;
};
struct finding_list {
    struct arena arena;
    struct finding *rows;
    size_t count, cap;
    size_t more; /* that did not fit */
};
void finding_list_init(struct finding_list *l);
void finding_list_release(struct finding_list *l);
/* Past FINDINGS_MAX and without memory a finding is counted in `more` only. */
void finding_add(struct finding_list *l, enum severity severity, const char *about, const char *fmt,
                 ...) __attribute__((format(printf, 4, 5)));
struct row_source finding_list_source(const struct finding_list *l);
/* severity about text */
extern const struct row_type finding_row_type;

/* Appends what is found. O(parts * log parts). */
void usage_findings(const struct usage_list *l, struct finding_list *out);

#endif
