#include <arpa/inet.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/config.h"
#include "session/settings.h"

enum { URL_MAX = 2000, HOST_MAX = 253 };

static bool loopback(const char *host, size_t len)
{
    char name[64];
    struct in_addr v4;
    struct in6_addr v6;

    if (len >= sizeof(name))
        return false;
    memcpy(name, host, len);
    name[len] = '\0';
    if (strcasecmp(name, "localhost") == 0)
        return true;
    /* By address and not by prefix: 127.example.net is anywhere. */
    if (inet_pton(AF_INET, name, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (name[0] != '[' || name[len - 1] != ']')
        return false;
    name[len - 1] = '\0';
    return inet_pton(AF_INET6, name + 1, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

static const char *host_fault(const char *host, size_t len)
{
    char name[64];
    struct in6_addr v6;

    if (len == 0)
        return "it names no host";
    if (host[0] == '[') {
        if (len < 3 || len >= sizeof(name) || host[len - 1] != ']')
            return "its host is not an address";
        memcpy(name, host + 1, len - 2);
        name[len - 2] = '\0';
        return inet_pton(AF_INET6, name, &v6) == 1 ? NULL : "its host is not an address";
    }
    if (len > HOST_MAX || host[0] == '.' || host[0] == '-')
        return "its host is not a name";
    for (size_t i = 0; i < len; i++) {
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", host[i]) ==
            NULL)
            return "its host is not a name";
    }
    return NULL;
}

static const char *port_fault(const char *port, size_t len)
{
    long n = 0;

    if (len == 0 || len > 5 || strspn(port, "0123456789") < len)
        return "its port is not a number";
    n = strtol(port, NULL, 10);
    return n >= 1 && n <= 65535 ? NULL : "its port is not from 1 to 65535";
}

static const char *character_fault(const char *url)
{
    if (strlen(url) > URL_MAX)
        return "it is too long";
    for (const char *p = url; *p != '\0'; p++) {
        if (*p <= ' ' || *p >= 0x7f)
            return "it has a blank or a character that no URL has";
        if (strchr("\"<>\\^`{|}", *p) != NULL)
            return "it has a character that no URL has";
    }
    return strchr(url, '#') != NULL ? "it has a fragment (#)" : NULL;
}

const char *url_fault(const char *url)
{
    const char *fault = character_fault(url), *host, *port;
    bool plain = strncasecmp(url, "http://", 7) == 0;
    size_t all, len;

    if (fault != NULL)
        return fault;
    if (!plain && strncasecmp(url, "https://", 8) != 0)
        return "it does not begin with https://";
    host = url + (plain ? 7 : 8);
    all = strcspn(host, "/?");
    if (memchr(host, '@', all) != NULL)
        return "it has a user name in it";
    len = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?");
    if (len > all)
        len = all;
    fault = host_fault(host, len);
    if (fault != NULL)
        return fault;
    port = host + len;
    if (len < all) {
        fault = *port == ':' ? port_fault(port + 1, all - len - 1) : "its host is not a name";
        if (fault != NULL)
            return fault;
    }
    if (plain && !loopback(host, len))
        return "plain http is only for this machine (127.0.0.1, ::1, localhost)";
    return NULL;
}

const char *url_base_fault(const char *url)
{
    const char *fault = url_fault(url);

    if (fault == NULL && strchr(url, '?') != NULL)
        return "it has a query (?)";
    return fault;
}
