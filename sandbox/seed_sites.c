/*
 * Sites and delivery groups. Sixteen customers fill six sites: four have a site of their own, which
 * is linked as a whole; eight share one, whose groups are linked; four are on one where nothing is
 * linked. The provider's own people have one more. Each customer has two groups.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"

enum { BLOCK = 16, BLOCK_SITES = 6, SHARED = 5, UNLINKED = 6, STAFF = 1, LAB = 2 };

enum house { OWN_SITE, SHARED_SITE, UNLINKED_SITE };

static enum house house_of(int64_t c)
{
    return c % 4 == 0 ? OWN_SITE : c % 4 == 3 ? UNLINKED_SITE : SHARED_SITE;
}

static int64_t blocks(const struct seed *s)
{
    return (s->o->customers + BLOCK - 1) / BLOCK;
}

static int64_t site_of(int64_t c)
{
    static const int64_t last[] = {[SHARED_SITE] = SHARED, [UNLINKED_SITE] = UNLINKED};
    enum house h = house_of(c);

    return c / BLOCK * BLOCK_SITES + (h == OWN_SITE ? 1 + c % BLOCK / 4 : last[h]);
}

/* K: 0 or 1. */
static int64_t group_of(int64_t c, int k)
{
    return 2 * c + 1 + k;
}

/* The group of a block's shared site that is nobody's. */
static int64_t open_group(const struct seed *s, int64_t block)
{
    return 2 * s->o->customers + 1 + block;
}

/* WHICH: STAFF or LAB. */
static int64_t own_group(const struct seed *s, int which)
{
    return 2 * s->o->customers + blocks(s) + which;
}

/* Of every second customer in a shared site the second group is not linked. */
static bool group_is_linked(int64_t c, int k)
{
    return house_of(c) == SHARED_SITE && (c % 4 == 1 || k == 0);
}

/* Someone there without a link of his own is linked to C. */
static bool place_links(int64_t c, int k)
{
    return house_of(c) == OWN_SITE || group_is_linked(c, k);
}

void place_customer_user(const struct seed *s, struct rng *r, int64_t c, bool linked, bool tagged,
                         struct placement *out)
{
    uint64_t known = rng_below(r, 1000), own = rng_below(r, 1000);
    int k = rng_per_mille(r, 350);
    int64_t other = (c + 1) % s->o->customers;

    *out = (struct placement){.group = TIME_NONE};
    if (known < 250)
        return;
    if (linked && known < 257) {
        /* A guest: his own link wins over that of the place. */
        out->group = group_of(other, k);
        return;
    }
    out->group = group_of(c, k);
    if (!place_links(c, k))
        return;
    if (linked)
        out->links = !tagged && own < 750;
    else
        out->group = open_group(s, c / BLOCK);
}

void place_own_user(const struct seed *s, struct rng *r, bool test, struct placement *out)
{
    *out = (struct placement){.group = TIME_NONE};
    if (rng_per_mille(r, 700))
        out->group = own_group(s, test ? LAB : STAFF);
}

struct writer {
    const struct seed *s;
    struct rng r;
    sqlite3_stmt *site, *group;
};

static int insert_site(struct writer *w, int64_t id, const char *name, int64_t customer, int silent,
                       struct err *err)
{
    char guid[GUID_LEN];
    int64_t report =
        w->s->now - (int64_t)silent * 86400 - 300 - (int64_t)rng_below(&w->r, 6 * 3600);

    return db_run(w->site, err, "ittni", id, rng_guid(&w->r, guid), name, customer, report);
}

static int insert_group(struct writer *w, int64_t id, int64_t site, const char *name,
                        int64_t customer, struct err *err)
{
    char guid[GUID_LEN];

    return db_run(w->group, err, "iittn", id, site, rng_guid(&w->r, guid), name, customer);
}

static int insert_customer_groups(struct writer *w, int64_t c, struct err *err)
{
    bool own = house_of(c) == OWN_SITE;
    char name[64], text[96];
    int rc = 0;

    customer_name(c, name);
    if (own)
        rc = insert_site(w, site_of(c), name, c + 1, 0, err);
    for (int k = 0; k < 2 && rc == 0; k++) {
        snprintf(text, sizeof(text), "%s%s%s", own ? "" : name, own ? "" : " ",
                 k == 0 ? "Desktops" : "Apps");
        rc = insert_group(w, group_of(c, k), site_of(c), text,
                          group_is_linked(c, k) ? c + 1 : TIME_NONE, err);
    }
    return rc;
}

static int insert_block(struct writer *w, int64_t b, struct err *err)
{
    int64_t base = b * BLOCK_SITES, customers = w->s->o->customers;
    char name[64];
    int rc;

    snprintf(name, sizeof(name), "Shared %lld", (long long)b + 1);
    rc = insert_site(w, base + SHARED, name, TIME_NONE, 0, err);
    if (rc == 0)
        rc = insert_group(w, open_group(w->s, b), base + SHARED, "Everyone", TIME_NONE, err);
    snprintf(name, sizeof(name), "Legacy %lld", (long long)b + 1);
    if (rc == 0)
        rc = insert_site(w, base + UNLINKED, name, TIME_NONE, 5, err);
    for (int64_t c = b * BLOCK; c < (b + 1) * BLOCK && c < customers && rc == 0; c++)
        rc = insert_customer_groups(w, c, err);
    return rc;
}

int seed_sites(const struct seed *s, struct err *err)
{
    struct writer w = {.s = s};
    int64_t own = blocks(s) * BLOCK_SITES + 1;
    int rc = db_prepare(s->db, "INSERT INTO sites VALUES(?,?,?,?,?)", &w.site, err);

    rng_init(&w.r, (uint64_t)s->o->seed, STREAM_SITES);
    if (rc == 0)
        rc = db_prepare(s->db, "INSERT INTO delivery_groups VALUES(?,?,?,?,?)", &w.group, err);
    for (int64_t b = 0; b < blocks(s) && rc == 0; b++)
        rc = insert_block(&w, b, err);
    if (rc == 0)
        rc = insert_site(&w, own, "Nimbus Internal", TIME_NONE, 0, err);
    if (rc == 0)
        rc = insert_group(&w, own_group(s, STAFF), own, "Staff Desktops", TIME_NONE, err);
    if (rc == 0)
        rc = insert_group(&w, own_group(s, LAB), own, "Test Lab", TIME_NONE, err);
    sqlite3_finalize(w.site);
    sqlite3_finalize(w.group);
    return rc;
}
