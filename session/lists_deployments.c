/* The rows of licensed deployments, and what they are without. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "session/config.h"
#include "session/lists.h"

static int deployment_input(struct list_rows *r, const struct session *s,
                            struct deployment_input *in)
{
    *in = (struct deployment_input){.servers = &r->deployment_servers,
                                    .now = session_as_of(s, RESOURCE_DEPLOYMENT_USAGE),
                                    .zone = session_profile(s)->billing_timezone};
    return deployment_server_list_judge(&r->deployment_servers, session_deployments(s),
                                        session_deployment_rules(s),
                                        session_as_of(s, RESOURCE_DEPLOYMENTS));
}

int deployment_rows(struct list_rows *r, const struct session *s)
{
    struct deployment_input in;
    int rc = deployment_input(r, s, &in);

    if (rc == 0)
        rc = deployment_list_build(&r->deployments, session_deployment_usage(s), &in);
    if (rc == 0)
        rc = deployment_total(&r->deployments, session_deployment_usage(s), &in,
                              &r->deployment_total);
    r->source = deployment_list_source(&r->deployments);
    return rc;
}

int deployment_by_server_rows(struct list_rows *r, const struct session *s)
{
    struct deployment_input in;
    int rc = deployment_rows(r, s);

    if (rc == 0)
        rc = deployment_input(r, s, &in);
    if (rc == 0)
        rc = deployment_list_by_server(&r->deployments, session_deployment_usage(s), NULL, &in);
    r->source = deployment_by_server_source(&r->deployments);
    return rc;
}

/* "dep06.nimbus.example, dep07.nimbus.example", as many as there is room for. */
static void silent_names(const struct list_rows *rows, char *out, size_t size)
{
    const struct deployment_server_list *l = &rows->deployment_servers;
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < l->count; i++) {
        if (l->rows[i].status == DEPLOYMENT_REPORTING)
            continue;
        if (used + strlen(l->rows[i].fqdn) + 8 > size) {
            snprintf(out + used, size - used, ", ...");
            return;
        }
        used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "",
                                 l->rows[i].fqdn);
    }
}

void list_deployment_gaps(struct list_about *about, const struct session *s,
                          const struct list_rows *rows)
{
    const struct deployment_total *t = &rows->deployment_total;
    size_t silent = t->servers - t->reporting;
    char names[LIST_GAP_SIZE - 100];
    size_t unreadable = session_resource(s, RESOURCE_DEPLOYMENTS)->unreadable;

    if (silent > 0) {
        silent_names(rows, names, sizeof(names));
        list_about_gap(about, "%zu of %zu servers %s not report and %s outside the numbers: %s",
                       silent, t->servers, silent == 1 ? "does" : "do", silent == 1 ? "is" : "are",
                       names);
    }
    if (t->unlisted > 0)
        list_about_gap(about,
                       "%zu %s with use %s not in the list of servers and %s outside the "
                       "numbers",
                       t->unlisted, t->unlisted == 1 ? "server" : "servers",
                       t->unlisted == 1 ? "is" : "are", t->unlisted == 1 ? "is" : "are");
    if (t->unsampled > 0)
        list_about_gap(about,
                       "%lld product%s on reporting servers without a sample: in use is at least "
                       "that much",
                       (long long)t->unsampled, t->unsampled == 1 ? "" : "s");
    if (unreadable > 0)
        list_about_gap(about,
                       "%zu of the servers could not be read and %s not counted as reporting",
                       unreadable, unreadable == 1 ? "is" : "are");
}
