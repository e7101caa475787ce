#include "model/netscaler.h"

#include <stdlib.h>
#include <string.h>

#include "model/limits.h"
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
        rows[i].number = (int)(i - first) + 1;
        rows[i].licences = (int)(end - first);
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

static void count_days(struct netscaler_totals *t, const struct netscaler *n,
                       const struct limits *limits)
{
    if (n->expired || n->permanent)
        return;
    if (n->days_to_expire == DAYS_NONE) {
        t->undated++;
        return;
    }
    t->past += n->days_to_expire < 0;
    t->expiring_30 += n->days_to_expire >= 0 && n->days_to_expire <= limits->expiry_warning;
    t->expiring_90 += n->days_to_expire >= 0 && n->days_to_expire <= limits->expiry_notice;
}

void netscaler_list_count(const struct netscaler_list *l, const struct limits *limits,
                          struct netscaler_totals *out)
{
    struct netscaler_totals t = {.licences = l->count};

    for (size_t i = 0; i < l->count; i++) {
        const struct netscaler *n = &l->rows[i];

        t.hosts += n->first_of_host;
        t.reporting_hosts += n->first_of_host && n->host_reporting;
        t.warning_hosts += n->first_of_host && n->host_reporting && n->host_warning;
        t.expired += n->expired;
        t.not_on_record += !n->in_back_office;
        count_days(&t, n, limits);
    }
    *out = t;
}

void netscaler_list_totals(const struct netscaler_list *l, struct netscaler_totals *out)
{
    netscaler_list_count(l, &limits_product, out);
}

#define STILL_GOOD "expired=no permanent=no "

const struct server_filter netscaler_filters[] = {
    {"all", "All licences", ""},
    {"problems", "Hosts not reporting or with a warning", "severity>=warning"},
    {"expired", "Expired", "expired=yes"},
    {"expiring", "Expiring within {warning} days",
     STILL_GOOD "days_to_expire>=0 days_to_expire<={warning}"},
    {"ahead", "Expiring within {notice} days",
     STILL_GOOD "days_to_expire>=0 days_to_expire<={notice}"},
    {"past", "Past their date, not called expired", STILL_GOOD "days_to_expire<0"},
    {"undated", "Expiry not told", STILL_GOOD "days_to_expire=null"},
    {"unrecorded", "Not found in the back office", "in_back_office=no"},
    {"silent", "Hosts not reporting", "status=not_reporting"},
};
const size_t netscaler_filter_count = sizeof(netscaler_filters) / sizeof(netscaler_filters[0]);
