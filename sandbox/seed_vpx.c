#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

enum { DAYS_NULL = 100000, LICENCES_MAX = 3, NEVER = -1 };

/* One NetScaler VPX host of the story; days: to the expiry of each licence, 0 ends the list. */
struct vpx_role {
    const char *name; /* NULL: the host id is a MAC address */
    int silent;       /* days without a report, NEVER: none ever */
    int offset;       /* minutes east */
    int mbps;
    const char *edition, *deployment, *mode;
    int days[LICENCES_MAX];
    bool permanent, unknown; /* unknown: not found in the back office */
};

static const struct vpx_role story[VPX_STORY] = {
    {NULL, 0, -300, 1000, "Platinum", "HA Primary", "Active", {190}, false, false},
    {NULL, 0, -300, 1000, "Platinum", "HA Secondary", "Standby", {190}, false, false},
    {NULL, 0, 60, 200, "Enterprise", "Standalone Primary", "Active", {310, -20, 21}, false, false},
    {NULL, 9, 60, 200, "Standard", "Standalone Primary", "Active", {140}, false, false},
    {NULL, NEVER, 0, 50, "Standard", NULL, NULL, {260}, false, false},
    {"gw-edge", 0, -480, 2000, "Enterprise", "Cluster Node", "Active", {DAYS_NULL}, true, false},
    {NULL, 0, 0, 100, "Standard", "Standalone Primary", "Active", {-45}, false, true},
    {"gw-branch", 0, 120, 50, "Standard", "Standalone Primary", "Active", {27}, false, false},
};

struct vpx_writer {
    const struct seed *s;
    struct rng r;
    sqlite3_stmt *host, *licence;
};

static int insert_licence(struct vpx_writer *w, int64_t host, const struct vpx_role *role, int days,
                          struct err *err)
{
    bool ever = role->silent != NEVER, known = days != DAYS_NULL;
    int64_t now = w->s->now;
    int64_t report =
        ever ? now - (int64_t)role->silent * 86400 - 600 - (int64_t)rng_below(&w->r, 5 * 3600)
             : TIME_NONE;
    char product[96], entitlement[32], fulfillment[32];

    snprintf(product, sizeof(product), "Citrix NetScaler VPX %d - %s Edition", role->mbps,
             role->edition);
    snprintf(entitlement, sizeof(entitlement), "ENT%08llu",
             (unsigned long long)rng_below(&w->r, 100000000));
    snprintf(fulfillment, sizeof(fulfillment), "FID%08llu",
             (unsigned long long)rng_below(&w->r, 100000000));
    return db_run(w->licence, err, "itinitnttttinii", host,
                  ever ? (role->name != NULL ? "HostName" : "Ethernet") : NULL,
                  (int64_t)role->offset * 60, report, (int64_t)role->permanent, product,
                  known ? day_start(now) + (int64_t)days * 86400 : TIME_NONE, entitlement,
                  role->permanent ? NULL : fulfillment, role->deployment, role->mode,
                  (int64_t)(known && days <= 0), known ? (int64_t)days : TIME_NONE,
                  (int64_t)(role->silent == 0), (int64_t)!role->unknown);
}

static int insert_host(struct vpx_writer *w, int64_t i, struct err *err)
{
    const struct vpx_role *role = &story[i % VPX_STORY];
    bool ever = role->silent != NEVER;
    char id[64], fqdn[64], guid[GUID_LEN];
    int rc;

    if (role->name != NULL)
        snprintf(id, sizeof(id), "%s%02lld", role->name, (long long)(i / VPX_STORY + 1));
    else
        snprintf(id, sizeof(id), "02%010llx",
                 (unsigned long long)(rng_next(&w->r) & 0xffffffffffu));
    snprintf(fqdn, sizeof(fqdn), "vpx%02lld.%s", (long long)(i + 1), PROVIDER_DOMAIN);
    rng_guid(&w->r, guid);
    rc = db_run(w->host, err, "ittt", i + 1, id, ever ? fqdn : NULL, ever ? guid : NULL);
    for (int k = 0; k < LICENCES_MAX && role->days[k] != 0 && rc == 0; k++)
        rc = insert_licence(w, i + 1, role, role->days[k], err);
    return rc;
}

int seed_vpx(const struct seed *s, struct err *err)
{
    struct vpx_writer w = {.s = s};
    int64_t hosts = s->o->servers * VPX_STORY / SERVER_STORY;
    int rc =
        db_prepare(s->db, "INSERT INTO vpx(id, host_id, fqdn, guid) VALUES(?,?,?,?)", &w.host, err);

    if (rc == 0)
        rc = db_prepare(s->db,
                        "INSERT INTO vpx_licences(host, host_type, utc_offset, reported, permanent,"
                        " product, expires, entitlement_id, fulfillment_id, deployment, mode,"
                        " expired, days, reporting, in_back_office)"
                        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                        &w.licence, err);
    rng_init(&w.r, (uint64_t)s->o->seed, STREAM_VPX);
    if (hosts < VPX_STORY)
        hosts = VPX_STORY;
    for (int64_t i = 0; i < hosts && rc == 0; i++)
        rc = insert_host(&w, i, err);
    sqlite3_finalize(w.host);
    sqlite3_finalize(w.licence);
    return rc;
}
