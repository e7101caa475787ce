/*
 * Where a JSON value ends: the inner loop of the splitter. Private to api_client/.
 *
 * It knows strings, escapes and brackets; nothing else of a value is looked at. Input may end
 * anywhere.
 */
#ifndef API_CLIENT_SCAN_H
#define API_CLIENT_SCAN_H

#include <stdbool.h>
#include <stdint.h>

enum { SCAN_DEPTH_MAX = 64 };

struct scan {
    bool scalar;    /* a number or word, which ends where something else begins */
    bool in_string; /* a quote is open */
    bool escaped;   /* a backslash came last */
    int depth, depth_max;
    uint64_t kinds; /* a bit for each open bracket, the innermost lowest: 1 for '{' */
};

/* Before the value that begins with C, in which DEPTH_MAX (<= SCAN_DEPTH_MAX) brackets may be open
 * at once. False when no value begins so. */
bool scan_begin(struct scan *s, char c, int depth_max);
/* Moves *P through the value: 1 when it is complete (*P is behind it; a number or word is complete
 * only when something follows), 0 when END came first, ERR_DATA with *WHY a phrase when its
 * brackets do not match or are too deep (*P is at fault). */
int scan_value(struct scan *s, const char **p, const char *end, const char **why);
/* From inside a string (in_string is set) to behind its closing quote (then in_string is not set
 * any more) or to END. */
const char *scan_string(struct scan *s, const char *p, const char *end);

#endif
