#include "model/netscaler.h"

#include <stdlib.h>
#include <string.h>

#include "model/list.h"

LIST_INIT(netscaler_list)
LIST_ROWS(netscaler_list, netscaler, NETSCALERS_MAX)
LIST_SOURCE(netscaler_list, netscaler_row_type)

/* The rows from FIRST up to END are one host's. */
static void finish_host(struct netscaler *rows, size_t first, size_t end)
{
    bool warning = false;

    for (size_t i = first; i < end; i++)
        warning = warning || rows[i].expired || !rows[i].in_back_office;
    for (size_t i = first; i < end; i++) {
        rows[i].first_of_host = i == first;
        rows[i].host_reporting = rows[first].reporting;
        rows[i].host_warning = warning;
    }
}

void netscaler_list_finish(struct netscaler_list *l)
{
    size_t first = 0;

    for (size_t i = 0; i < l->count; i++) {
        struct netscaler *n = &l->rows[i];
        const char *const identity[] = {n->host_id, n->product, n->entitlement_id,
                                        n->fulfillment_id};

        n->id = row_hash(identity, sizeof(identity) / sizeof(identity[0]));
        if (i > 0 && (n->first_of_host || strcmp(n->host_id, n[-1].host_id) != 0)) {
            finish_host(l->rows, first, i);
            first = i;
        }
    }
    finish_host(l->rows, first, l->count);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct netscaler, id));
}

enum severity netscaler_severity(const struct netscaler *n)
{
    if (!n->host_reporting)
        return SEVERITY_ERROR;
    return n->host_warning ? SEVERITY_WARNING : SEVERITY_OK;
}

void netscaler_list_totals(const struct netscaler_list *l, struct netscaler_totals *out)
{
    struct netscaler_totals t = {.licences = l->count};

    for (size_t i = 0; i < l->count; i++) {
        const struct netscaler *n = &l->rows[i];

        t.hosts += n->first_of_host;
        t.reporting_hosts += n->first_of_host && n->host_reporting;
        t.expired += n->expired;
        t.expiring_30 +=
            n->days_to_expire != DAYS_NONE && n->days_to_expire > 0 && n->days_to_expire <= 30;
    }
    *out = t;
}
