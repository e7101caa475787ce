#include "api_client/url.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

bool url_loopback(const char *host)
{
    char bare[64];
    struct in_addr v4;
    struct in6_addr v6;
    size_t n = strlen(host);

    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (n < 3 || n >= sizeof(bare) || host[0] != '[' || host[n - 1] != ']')
        return false;
    memcpy(bare, host + 1, n - 2);
    bare[n - 2] = '\0';
    return inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

const char *url_accept(const struct url_parts *p, struct url_target *out)
{
    struct url_target t;
    const char *port = p->port != NULL ? p->port : "";
    int n;

    if (p->scheme == NULL || p->host == NULL || p->path == NULL)
        return "it is not complete";
    if (p->fragment != NULL)
        return "it has a part after '#'";
    if (p->zone != NULL)
        return "its address has a zone";
    t.https = strcmp(p->scheme, "https") == 0;
    t.loopback = url_loopback(p->host);
    if (!t.https && strcmp(p->scheme, "http") != 0)
        return "only https is used";
    if (!t.https && !t.loopback)
        return "only https is used, since http would send the token unprotected";
    n = snprintf(t.host, sizeof(t.host), "%s%s%s", p->host, port[0] != '\0' ? ":" : "", port);
    if (n < 0 || (size_t)n >= sizeof(t.host))
        return "its host name is too long";
    n = snprintf(t.path, sizeof(t.path), "%s%s", t.host, p->path);
    if (n < 0 || (size_t)n >= sizeof(t.path))
        t.path[utf8_cut(t.path, sizeof(t.path) - 1)] = '\0';
    *out = t;
    return NULL;
}
