#include "model/deployment.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/list.h"
#include "model/sum.h"

LIST_INIT(pool_list)
LIST_ROWS(pool_list, pool, POOLS_MAX)
LIST_INIT(deployment_list)
LIST_SOURCE(deployment_list, deployment_row_type)

void deployment_list_release(struct deployment_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct deployment_list){.arena = l->arena};
}

struct row_source deployment_by_server_source(const struct deployment_list *l)
{
    struct row_source source = deployment_list_source(l);

    source.type = &deployment_by_server_row_type;
    return source;
}

void pool_list_finish(struct pool_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct pool *p = &l->rows[i];
        const char *const identity[] = {p->product, p->edition, p->model, p->feature_id};

        p->id = row_hash(identity, 4);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct pool, id));
}

/* The servers of a deployment_input by name. */
struct directory {
    const struct deployment_server **servers;
    size_t count;
};

static int compare_servers(const void *pa, const void *pb)
{
    const struct deployment_server *const *a = pa, *const *b = pb;
    int c = strcasecmp((*a)->fqdn, (*b)->fqdn);

    return c != 0 ? c : (int)(*a)->status - (int)(*b)->status;
}

static int directory_init(struct directory *d, const struct deployment_server_list *l)
{
    *d = (struct directory){0};
    if (l == NULL || l->count == 0)
        return 0;
    d->servers = calloc(l->count, sizeof(const struct deployment_server *));
    if (d->servers == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < l->count; i++)
        d->servers[d->count++] = &l->rows[i];
    qsort(d->servers, d->count, sizeof(const struct deployment_server *), compare_servers);
    return 0;
}

/* The entry of FQDN that reports, if there is one, else any; NULL: not listed. */
static const struct deployment_server *directory_find(const struct directory *d, const char *fqdn)
{
    size_t low = 0, high = d->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcasecmp(d->servers[middle]->fqdn, fqdn) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->count && strcasecmp(d->servers[low]->fqdn, fqdn) == 0 ? d->servers[low] : NULL;
}

static bool reports(const struct deployment_server *s)
{
    return s != NULL && s->status == DEPLOYMENT_REPORTING;
}

/* One server's sample of a day. */
struct dated {
    int32_t day;
    size_t server;
    int64_t in_use;
};

static int compare_dated(const void *pa, const void *pb)
{
    const struct dated *a = pa, *b = pb;

    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->server != b->server)
        return a->server < b->server ? -1 : 1;
    return a->in_use < b->in_use ? -1 : a->in_use > b->in_use;
}

/* Adds S's samples, numbered SERVER, to ALL. */
static size_t take_samples(struct dated *all, size_t n, const struct pool_server *s, size_t server,
                           int32_t today)
{
    for (size_t i = 0; i < s->sample_count; i++)
        if (s->samples[i].day != DAY_NONE && s->samples[i].day <= today + 1)
            all[n++] = (struct dated){s->samples[i].day, server, s->samples[i].in_use};
    return n;
}

/* Sorts ALL and adds up its days: at most N points. SERVERS: how many should have a sample. */
static size_t daily_sums(struct dated *all, size_t n, size_t servers, struct day_point *out)
{
    size_t count = 0;

    if (n > 1)
        qsort(all, n, sizeof(*all), compare_dated);
    for (size_t i = 0; i < n;) {
        struct day_point p = {.day = all[i].day, .days = 1, .known = 1};
        size_t have = 0;

        for (; i < n && all[i].day == p.day; i++) {
            /* The larger one of a server and day comes last. */
            if (i + 1 < n && all[i + 1].day == p.day && all[i + 1].server == all[i].server)
                continue;
            p.value = sum_add(p.value, all[i].in_use);
            have++;
        }
        p.state = have == servers ? HISTORY_KNOWN : HISTORY_INCOMPLETE;
        out[count++] = p;
    }
    return count;
}

/* The largest value of the points from day FROM on. */
static int64_t peak(const struct day_point *points, size_t n, int32_t from)
{
    int64_t most = DEPLOYMENT_UNKNOWN;

    for (size_t i = 0; i < n; i++)
        if (points[i].day >= from && points[i].value > most)
            most = points[i].value;
    return most;
}

/* Room for all samples of a pool, and for the sums. */
struct room {
    struct dated *all;
    struct day_point *points;
};

static int room_init(struct room *r, const struct pool *p)
{
    size_t n = 1;

    *r = (struct room){0};
    for (size_t i = 0; i < p->server_count; i++)
        n += p->servers[i].sample_count;
    if (n > POOL_SAMPLES_MAX)
        return ERR_TOOBIG;
    r->all = calloc(n, sizeof(*r->all));
    r->points = calloc(n, sizeof(*r->points));
    return r->all != NULL && r->points != NULL ? 0 : ERR_NOMEM;
}

static void room_release(struct room *r)
{
    free(r->all);
    free(r->points);
}

/* DEPLOYMENT_UNKNOWN without a sample. */
static int64_t latest(const struct pool_server *s, int32_t today)
{
    int32_t day = DAY_NONE;
    int64_t in_use = DEPLOYMENT_UNKNOWN;

    for (size_t i = 0; i < s->sample_count; i++) {
        const struct pool_sample *p = &s->samples[i];

        if (p->day == DAY_NONE || p->day > today + 1 || p->day < day ||
            (p->day == day && p->in_use < in_use))
            continue;
        day = p->day;
        in_use = p->in_use;
    }
    return in_use;
}

static int64_t overdraft(int64_t in_use, int64_t installed)
{
    return in_use > installed ? sum_sub(in_use, installed) : 0;
}

static void set_peaks(struct deployment *d, const struct day_point *points, size_t n, int32_t today)
{
    d->peak_7d = peak(points, n, today - 6);
    d->peak_month = peak(points, n, day_span(today, DAILY_MONTH));
    d->peak_all = peak(points, n, INT32_MIN);
    d->overdraft = DEPLOYMENT_UNKNOWN;
    d->available_percent = -1;
    if (d->in_use == DEPLOYMENT_UNKNOWN)
        return;
    d->available_percent = sum_percent(d->in_use, d->installed);
    d->overdraft = overdraft(d->in_use, d->installed);
}

static struct deployment pool_row(const struct pool *p)
{
    return (struct deployment){.product = p->product,
                               .edition = p->edition,
                               .model = p->model,
                               .feature_id = p->feature_id,
                               .reported = TIME_NONE,
                               .id = p->id};
}

/* Adds the counted servers' samples to ROOM and their numbers to D. */
static size_t count_pool(const struct pool *p, const struct deployment_input *in,
                         const struct directory *dir, int32_t today, struct room *room,
                         struct deployment *d)
{
    size_t n = 0;

    for (size_t i = 0; i < p->server_count; i++) {
        const struct pool_server *s = &p->servers[i];
        int64_t in_use = latest(s, today);

        if (!server_set_has(in->only, s->fqdn))
            continue;
        if (!reports(directory_find(dir, s->fqdn))) {
            d->servers_excluded++;
            continue;
        }
        d->servers++;
        d->installed = sum_add(d->installed, s->installed);
        n = take_samples(room->all, n, s, i, today);
        if (in_use == DEPLOYMENT_UNKNOWN) {
            d->unsampled++;
            continue;
        }
        d->in_use = sum_add(d->in_use, in_use);
        d->overdrawn += in_use > s->installed;
    }
    if (d->servers == 0)
        d->installed = DEPLOYMENT_UNKNOWN;
    if (d->servers == d->unsampled)
        d->in_use = DEPLOYMENT_UNKNOWN;
    return daily_sums(room->all, n, (size_t)d->servers, room->points);
}

static struct deployment *add_row(struct deployment_list *l)
{
    return list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), POOL_SERVERS_MAX);
}

int deployment_list_build(struct deployment_list *l, const struct pool_list *pools,
                          const struct deployment_input *in)
{
    int32_t today = day_of(in->now, in->zone);
    struct directory dir;
    int rc = directory_init(&dir, in->servers);

    deployment_list_release(l);
    for (size_t i = 0; i < pools->count && rc == 0; i++) {
        struct deployment d = pool_row(&pools->rows[i]), *row;
        struct room room;

        rc = room_init(&room, &pools->rows[i]);
        if (rc == 0) {
            size_t n = count_pool(&pools->rows[i], in, &dir, today, &room, &d);

            set_peaks(&d, room.points, n, today);
            d.counted = d.servers > 0;
            row = add_row(l);
            if (row != NULL)
                *row = d;
            else
                rc = ERR_NOMEM;
        }
        room_release(&room);
    }
    free(dir.servers);
    if (rc < 0)
        deployment_list_release(l);
    return rc;
}

static int add_servers(struct deployment_list *l, const struct pool *p,
                       const struct deployment_input *in, const struct directory *dir,
                       int32_t today)
{
    struct room room;
    int rc = room_init(&room, p);

    for (size_t i = 0; i < p->server_count && rc == 0; i++) {
        const struct pool_server *s = &p->servers[i];
        const struct deployment_server *own = directory_find(dir, s->fqdn);
        const char *const identity[] = {p->product, p->edition, p->model, p->feature_id, s->fqdn};
        struct deployment *d;
        size_t n;

        if (!server_set_has(in->only, s->fqdn))
            continue;
        d = add_row(l);
        if (d == NULL) {
            rc = l->count >= POOL_SERVERS_MAX ? ERR_TOOBIG : ERR_NOMEM;
            break;
        }
        *d = pool_row(p);
        d->fqdn = s->fqdn;
        d->installed = s->installed;
        d->in_use = latest(s, today);
        d->status = own != NULL ? own->status : DEPLOYMENT_DROPPED;
        d->reported = own != NULL ? own->reported : TIME_NONE;
        d->counted = reports(own);
        d->servers = d->counted;
        d->unsampled = d->counted && d->in_use == DEPLOYMENT_UNKNOWN;
        d->servers_excluded = !d->counted;
        d->id = row_hash(identity, 5);
        n = daily_sums(room.all, take_samples(room.all, 0, s, i, today), 1, room.points);
        set_peaks(d, room.points, n, today);
        d->overdrawn = d->overdraft > 0;
    }
    room_release(&room);
    return rc;
}

int deployment_list_by_server(struct deployment_list *l, const struct pool_list *pools,
                              const struct pool *pool, const struct deployment_input *in)
{
    int32_t today = day_of(in->now, in->zone);
    struct directory dir;
    int rc = directory_init(&dir, in->servers);

    deployment_list_release(l);
    if (pool != NULL && rc == 0)
        rc = add_servers(l, pool, in, &dir, today);
    for (size_t i = 0; pool == NULL && i < pools->count && rc == 0; i++)
        rc = add_servers(l, &pools->rows[i], in, &dir, today);
    free(dir.servers);
    if (rc < 0)
        deployment_list_release(l);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct deployment, id));
    return rc;
}

int deployment_daily(const struct pool *pool, const struct deployment_input *in,
                     struct day_point **out, size_t *count)
{
    int32_t today = day_of(in->now, in->zone);
    struct deployment d = {0};
    struct directory dir;
    struct room room = {0};
    size_t n;
    int rc = directory_init(&dir, in->servers);

    if (rc == 0)
        rc = room_init(&room, pool);
    if (rc == 0) {
        n = count_pool(pool, in, &dir, today, &room, &d);
        *out = n > 0 ? room.points : NULL;
        *count = n;
        if (n > 0)
            room.points = NULL;
    }
    room_release(&room);
    free(dir.servers);
    return rc;
}
