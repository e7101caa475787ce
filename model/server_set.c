#include "model/server_set.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/vec.h"
#include "model/server.h"

void server_set_init(struct server_set *s)
{
    *s = (struct server_set){0};
}

void server_set_release(struct server_set *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->names[i]);
    free(s->names);
    server_set_init(s);
}

/* The place of FQDN, or the one where it belongs. */
static size_t place(const struct server_set *s, const char *fqdn, bool *found)
{
    size_t low = 0, high = s->count;

    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = strcasecmp(s->names[middle], fqdn);

        if (c == 0) {
            *found = true;
            return middle;
        }
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int server_set_add(struct server_set *s, const char *fqdn)
{
    bool found;
    size_t at = place(s, fqdn, &found);
    char *name;
    int rc;

    if (found)
        return 0;
    rc = vec_grow(&s->names, &s->cap, s->count + 1, sizeof(*s->names), SERVERS_MAX);
    if (rc < 0)
        return rc;
    name = strdup(fqdn);
    if (name == NULL)
        return ERR_NOMEM;
    memmove(s->names + at + 1, s->names + at, (s->count - at) * sizeof(*s->names));
    s->names[at] = name;
    s->count++;
    return 0;
}

void server_set_remove(struct server_set *s, const char *fqdn)
{
    bool found;
    size_t at = place(s, fqdn, &found);

    if (!found)
        return;
    free(s->names[at]);
    memmove(s->names + at, s->names + at + 1, (s->count - at - 1) * sizeof(*s->names));
    s->count--;
}

bool server_set_has(const struct server_set *s, const char *fqdn)
{
    bool found;

    if (s == NULL)
        return true;
    if (fqdn == NULL)
        return false;
    place(s, fqdn, &found);
    return found;
}
