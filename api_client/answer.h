/*
 * The head of an answer: its status and the few headers luitop looks at. Private to api_client/.
 *
 * Every field is bounded and holds printable ASCII only; a value that does not fit or does not
 * comply is left out, except for transaction ids, which are shortened to what is printable.
 */
#ifndef API_CLIENT_ANSWER_H
#define API_CLIENT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

struct answer {
    int status;           /* 0: none yet */
    char etag[160];       /* "" where none came */
    char txid[80];        /* published.md §2.2; the first of its three names wins */
    char retry_after[64]; /* as sent */
    char date[64];        /* as sent */
    char location[128];   /* where a redirect points: scheme and host, never path or query */
    bool html;            /* Content-Type says it is a web page */
    bool framed;          /* its length is known, so that an early end is seen by libcurl */
    int txid_rank;
};

/* One header line with or without its line end. A status line begins a new answer: what came
 * before it (100 Continue) is forgotten. O(N). */
void answer_line(struct answer *a, const char *line, size_t n);

#endif
