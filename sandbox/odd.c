#include "sandbox/odd.h"

#include <stdlib.h>
#include <string.h>

#include "sandbox/stamp.h"

enum { ANY = -1, NO_DATA = 3, NO_SKUS = 4, NO_LISTS = 5, NOT_ADDED_UP = 6, CONTRADICTORY = 2 };

#define UNKNOWN "\"" STAMP_UNKNOWN "\""

struct oddity {
    const char *path; /* of the route */
    int ago;          /* only when the date asked for is so many months before the present one */
    const char *at;   /* member names and indices; "@N": the element of N months ago */
    const char *json; /* the new value; NULL: the place is removed */
};

#define LUI         "/lui/{customer}/"
#define SERVERS     LUI "licenseservers"
#define DETAIL      LUI "licenseservers/{fqdn}"
#define USAGE       LUI "licenseusagedata"
#define VPX         LUI "netscalercallinghomedata"
#define USERS       LUI "users"
#define HISTORY     LUI "usagehistory"
#define SITES       LUI "sites"
#define DEPLOYMENTS LUI "deployments/"
#define SUMMARY     "/api/licensing/license/partner/cloud/cvad/summary"
#define MODELS      "licenseUsageProductCompositeModels/0/licenseUsageProductModels/"
#define CUSTOMERS   "/partner/{customer}/customers"

/* clang-format off */
static const struct oddity table[] = {
    {SERVERS, ANY, "licenseServersStatus/1/hostId", "\"LIC01\""},
    {SERVERS, ANY, "licenseServersStatus/4/lastPhoningHomeTime", UNKNOWN},
    {SERVERS, ANY, "licenseServersStatus/4/licenseExpirationDate", UNKNOWN},
    {SERVERS, ANY, "licenseServersStatus/4/daysToExpire", "-739577"},
    {SERVERS, ANY, "licenseServersStatus/5/ccuFeatureStatistics", "null"},
    {DETAIL, ANY, "serverLicenseCount", "9"},
    {DETAIL, ANY, "serverLicenses/0/products", "null"},
    {DETAIL, ANY, "serverLicenses/0/features", "[\"no bar in it\", \"|\", \"\"]"},
    {DETAIL, ANY, "serverLicenses/1/expiredDate", "\"0001-01-01 00:00:00\""},
    {USAGE, NO_DATA, "skus", "[]"},
    {USAGE, NO_SKUS, "skus", "null"},
    {USAGE, NO_LISTS, "skus/0/features/0/licenseServerUsages", "null"},
    {USAGE, NO_LISTS, "skus/0/features/0/linkedCustomerUsages", "null"},
    {USAGE, NO_LISTS, "skus/1/features", "null"},
    {USAGE, NO_LISTS, "skus/2/features", "[]"},
    {USAGE, CONTRADICTORY, "skus/0/features/0/count", "12"},
    {USAGE, CONTRADICTORY, "skus/1/features/0/count", "7"},
    {USAGE, CONTRADICTORY, "skus/1/features/0/freeUsersCount", "9"},
    {USAGE, CONTRADICTORY, "skus/1/features/0/linkedCustomerUsages/0/freeUsersCount", "99999"},
    {USAGE, CONTRADICTORY, "skus/2/features/0/licenseServerUsages/0/reportingDate", UNKNOWN},
    {USAGE, CONTRADICTORY, "skus/2/features/0/licenseServerUsages/0/count", "-3"},
    {USAGE, CONTRADICTORY, "skus/2/features/0/licenseServerCount", "99"},
    {USAGE, NOT_ADDED_UP, "skus/0/features/0/linkedCustomerUsages/0/count", "77777"},
    {USAGE, NOT_ADDED_UP, "skus/1/features/0/licenseServerUsages/0/reportingDate", UNKNOWN},
    {VPX, ANY, "netScalerCallingHomeDetails/1/hostId", "\"gw-edge01\""},
    {VPX, ANY, "netScalerCallingHomeDetails/0/netScalerLicenseModels/0/latestReportingDate", UNKNOWN},
    {VPX, ANY, "netScalerCallingHomeDetails/0/netScalerLicenseModels/0/daysToExpire", "-400"},
    {VPX, ANY, "netScalerCallingHomeDetails/7/netScalerLicenseModels", "null"},
    {USERS, NO_DATA, "items", "[]"},
    {USERS, NO_DATA, "totalCount", "0"},
    {USERS, NO_DATA, "continuationToken", "null"},
    {USERS, NO_SKUS, "items", "null"},
    {USERS, ANY, "items/0/features", "null"},
    {USERS, ANY, "items/1/licenseServers", "null"},
    {USERS, ANY, "items/2/lastUsed", UNKNOWN},
    {USERS, ANY, "items/3/userType", "\"Guest\""},
    {HISTORY, ANY, MODELS "0/licenseUsageMonthModels/@3", NULL},
    {HISTORY, ANY, MODELS "1/licenseUsageMonthModels/@3", NULL},
    {HISTORY, ANY, MODELS "1/licenseUsageMonthModels/@2/freeUnit", "99999"},
    {HISTORY, ANY, MODELS "2/licenseUsageMonthModels", "null"},
    {SITES, ANY, "items/0/userCount", "1"},
    {SITES, ANY, "items/0/lastReported", UNKNOWN},
    {SITES, ANY, "items/1/deliveryGroups", "null"},
    {DEPLOYMENTS "licenseservers", ANY, "items/1/lastReported", UNKNOWN},
    {DEPLOYMENTS "licenseservers", ANY, "items/3/fqdn", "\"dep01.nimbus.example\""},
    {DEPLOYMENTS "usage", ANY, "items/0/servers/0/samples", "null"},
    {DEPLOYMENTS "usage", ANY, "items/0/servers/1/fqdn", "\"nowhere.nimbus.example\""},
    {DEPLOYMENTS "usage", ANY, "items/0/servers/2/installed", "-50"},
    {DEPLOYMENTS "usage", ANY, "items/1/servers", "null"},
    {DEPLOYMENTS "usage", ANY, "items/2/servers/0/installed", "0"},
    {DEPLOYMENTS "users", ANY, "items/0/lastLogin", UNKNOWN},
    {SUMMARY, NO_DATA, "singleTenant", "null"},
    {SUMMARY, NO_DATA, "multiTenant/items", "null"},
    {SUMMARY, ANY, "singleTenant/items/0/overage", "40"},
    {SUMMARY, ANY, "singleTenant/items/2/licenses", "0"},
    {SUMMARY, ANY, "singleTenant/users", "1"},
    {SUMMARY, ANY, "multiTenant/items/1/tenants", "null"},
    {CUSTOMERS, ANY, "items/0/notifictionCount", "-1"},
    {CUSTOMERS, ANY, "items/1/customerInformation", "null"},
};
/* clang-format on */

/* The index that SEGMENT stands for in LIST; its size when there is none. */
static size_t index_of(const json_t *list, const char *segment, int term)
{
    char want[TERM_LEN];
    json_t *item;
    size_t i;

    if (segment[0] != '@')
        return strtoul(segment, NULL, 10);
    term_text(term - (int)strtol(segment + 1, NULL, 10), want);
    json_array_foreach(list, i, item)
    {
        const char *date = json_string_value(json_object_get(item, "date"));

        if (date != NULL && strncmp(date, want, strlen(want)) == 0)
            return i;
    }
    return json_array_size(list);
}

static json_t *child(json_t *o, const char *segment, int term)
{
    return json_is_array(o) ? json_array_get(o, index_of(o, segment, term))
                            : json_object_get(o, segment);
}

static void change(json_t *o, const char *segment, int term, const char *json)
{
    json_t *value = json != NULL ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
    size_t i = json_is_array(o) ? index_of(o, segment, term) : 0;

    if (child(o, segment, term) == NULL)
        json_decref(value);
    else if (json_is_array(o) && value == NULL)
        json_array_remove(o, i);
    else if (json_is_array(o))
        json_array_set_new(o, i, value);
    else if (value == NULL)
        json_object_del(o, segment);
    else
        json_object_set_new(o, segment, value);
}

static void apply(const struct oddity *odd, int term, json_t *root)
{
    const char *p = odd->at;
    char segment[64];
    json_t *o = root;

    while (o != NULL) {
        size_t len = strcspn(p, "/");

        if (len >= sizeof(segment))
            return;
        memcpy(segment, p, len);
        segment[len] = '\0';
        if (p[len] == '\0') {
            change(o, segment, term, odd->json);
            return;
        }
        o = child(o, segment, term);
        p += len + 1;
    }
}

void odd_spoil(const struct route *route, const struct request *rq, int term, struct reply *rp)
{
    const char *date = request_query(rq, "date");
    int asked = term + 1;

    if (rp->status != 200 || rp->json == NULL)
        return;
    if (date != NULL && term_parse(date, &asked) < 0)
        asked = term + 1;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (strcmp(table[i].path, route->path) == 0 &&
            (table[i].ago == ANY || asked == term - table[i].ago))
            apply(&table[i], term, rp->json);
    /* The list may be gone. */
    rp->list = NULL;
}
