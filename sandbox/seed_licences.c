/* The licence files of each license server (published.md §3.2). */
#include <stdio.h>

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

/* When a file is on a server. */
enum where { ON_USER_DEVICE, ON_MOST, ON_CCU, ON_NON_CSP };

struct file {
    enum where where;
    const char *name, *products, *features; /* lists separated by newlines */
    int later; /* days after the server's nearest expiry, about; 0: it is the nearest */
};

static const struct file files[] = {
    {ON_USER_DEVICE, "Virtual Apps and Desktops Premium for Service Providers",
     "Virtual Apps and Desktops\nProvisioning Services",
     "XenDesktop Platinum|User/Device\nProvisioning Services|Concurrent System", 0},
    {ON_CCU, "Virtual Apps Advanced for Service Providers", "Virtual Apps",
     "XenApp Enterprise|Concurrent User\nXenApp Platinum|Concurrent User", 0},
    {ON_MOST, "Virtual Apps Standard for Service Providers", "Virtual Apps",
     "XenDesktop Advanced|User/Device", 90},
    {ON_MOST, "Virtual Desktops Standard for Service Providers", "Virtual Desktops",
     "XenDesktop VDI|User/Device", 180},
    {ON_NON_CSP, "Virtual Apps Standard, retail", "Virtual Apps", "XenApp Advanced|Concurrent User",
     400},
};

struct target {
    int64_t id, expires;
    bool ccu, non_csp;
};

static bool belongs(const struct file *f, const struct target *t, struct rng *r)
{
    switch (f->where) {
    case ON_CCU:
        return t->ccu;
    case ON_NON_CSP:
        return t->non_csp;
    case ON_MOST:
        return !t->ccu && rng_per_mille(r, 700);
    default:
        return !t->ccu;
    }
}

/* "<entitlementId>:<fulfillmentId>", sometimes two of them. */
static void make_serials(struct rng *r, char out[64])
{
    int count = rng_per_mille(r, 300) ? 2 : 1;
    size_t n = 0;

    for (int i = 0; i < count; i++) {
        unsigned entitlement = (unsigned)rng_below(r, 100000000);
        unsigned fulfillment = (unsigned)rng_below(r, 100000000);

        n += (size_t)snprintf(out + n, 64 - n, "%sENT%08u:FID%08u", i > 0 ? "\n" : "", entitlement,
                              fulfillment);
    }
}

static int insert_files(sqlite3_stmt *st, const struct target *t, struct rng *r, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && rc == 0; i++) {
        const struct file *f = &files[i];
        int64_t expires = t->expires;
        char serials[64];

        if (!belongs(f, t, r))
            continue;
        if (f->later > 0)
            expires += (f->later + (int64_t)rng_below(r, 60)) * 86400;
        make_serials(r, serials);
        rc = db_run(st, err, "ittttii", t->id, f->name, f->products, serials, f->features,
                    expires - 365 * 86400 + (int64_t)rng_below(r, 86400), expires);
    }
    return rc;
}

int seed_licences(const struct seed *s, struct err *err)
{
    sqlite3_stmt *servers = NULL, *st = NULL;
    struct rng r;
    int rc = db_prepare(s->db,
                        "SELECT id, expires, ccu, non_csp FROM servers WHERE fqdn IS NOT NULL"
                        " AND expires IS NOT NULL ORDER BY id",
                        &servers, err);

    rng_init(&r, (uint64_t)s->o->seed, STREAM_LICENCES);
    if (rc == 0)
        rc = db_prepare(s->db,
                        "INSERT INTO server_licences(server, name, products, serials, features,"
                        " created, expires) VALUES(?,?,?,?,?,?,?)",
                        &st, err);
    while (rc == 0 && sqlite3_step(servers) == SQLITE_ROW) {
        struct target t = {sqlite3_column_int64(servers, 0), sqlite3_column_int64(servers, 1),
                           sqlite3_column_int(servers, 2) != 0,
                           sqlite3_column_int(servers, 3) != 0};

        rc = insert_files(st, &t, &r, err);
    }
    sqlite3_finalize(servers);
    sqlite3_finalize(st);
    return rc;
}
