/* Which URLs may be used at all. Pure; private to api_client/. */
#ifndef API_CLIENT_URL_H
#define API_CLIENT_URL_H

#include <stdbool.h>

/* Where a URL leads, as libcurl reads it. */
struct url_target {
    bool https, loopback;
    char host[128]; /* with the port where one is given */
    char path[160]; /* host and path, for the trail; no query */
};

/* The parts of a URL as libcurl gives them, NULL where there is none. */
struct url_parts {
    char *scheme, *host, *port, *path, *fragment, *zone;
};

/* "localhost", 127.0.0.0/8 or [::1], and nothing that merely resolves to one of them. */
bool url_loopback(const char *host);
/* Fills OUT and returns NULL, or what is wrong: https is demanded, but for loopback, and nothing
 * that two programs might read in two ways. */
const char *url_accept(const struct url_parts *p, struct url_target *out);

#endif
