#include "sandbox/params.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/stamp.h"

enum { TOKEN_MAX = 96 };

static bool refuse(struct reply *rp, const char *code, const char *name)
{
    reply_bad_parameter(rp, code, name);
    return false;
}

bool params_term(const struct request *rq, const char *name, int *out, struct reply *rp)
{
    const char *text = request_query(rq, name);

    if (text == NULL)
        return refuse(rp, "common/missing", name);
    return term_parse(text, out) == 0 || refuse(rp, "common/invalidString", name);
}

bool params_terms(const struct request *rq, int *from, int *to, struct reply *rp)
{
    if (!params_term(rq, "startDate", from, rp) || !params_term(rq, "endDate", to, rp))
        return false;
    return *from <= *to || refuse(rp, "common/outOfRange", "endDate");
}

static bool read_day(const struct request *rq, const char *name, int64_t *out, struct reply *rp)
{
    const char *text = request_query(rq, name);
    int64_t t;

    if (text == NULL)
        return refuse(rp, "common/missing", name);
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
        time_parse(text, 10, &t, NULL) < 0 || t == TIME_NONE)
        return refuse(rp, "common/invalidString", name);
    *out = day_start(t) / 86400;
    return true;
}

bool params_days(const struct request *rq, int64_t *from, int64_t *to, struct reply *rp)
{
    if (!read_day(rq, "startDate", from, rp) || !read_day(rq, "endDate", to, rp))
        return false;
    return *from <= *to || refuse(rp, "common/outOfRange", "endDate");
}

static uint64_t hash_text(uint64_t h, const char *s)
{
    for (; *s != '\0'; s++)
        h = rng_mix(h ^ (unsigned char)*s);
    return rng_mix(h ^ 0x100);
}

/* Which list it is: path and query without the page. */
static uint64_t list_key(const struct sandbox *sb, const struct request *rq)
{
    uint64_t h = rng_mix((uint64_t)sb->o.seed ^ (uint64_t)sb->now);

    for (size_t i = 0; i < rq->segments; i++)
        h = hash_text(h, rq->segment[i]);
    for (size_t i = 0; i < rq->pairs; i++)
        if (strcasecmp(rq->query[i].name, "limit") != 0 &&
            strcasecmp(rq->query[i].name, "continuationToken") != 0)
            h = hash_text(h, rq->query[i].value);
    return h;
}

/* Holds '+', '/' and '=', so that a client which does not percent-encode it fails. */
static void make_token(const struct sandbox *sb, const struct request *rq, int64_t after,
                       char out[TOKEN_MAX])
{
    int64_t version = db_integer(sb->db, "SELECT version FROM versions", 0);
    uint64_t mac = rng_mix(list_key(sb, rq) ^ rng_mix((uint64_t)version) ^ (uint64_t)after);

    snprintf(out, TOKEN_MAX, "cGFnZQ+/%016" PRIx64 "%" PRIx64 "==", mac, (uint64_t)after);
}

/* The id that TOKEN names, or -1. */
static int64_t read_token(const struct sandbox *sb, const struct request *rq, const char *token)
{
    enum { HEAD = 8 + 16 };
    char want[TOKEN_MAX], *end;
    unsigned long long after;

    if (strlen(token) <= HEAD || strlen(token) >= TOKEN_MAX)
        return -1;
    after = strtoull(token + HEAD, &end, 16);
    if (after > INT64_MAX)
        return -1;
    make_token(sb, rq, (int64_t)after, want);
    return strcmp(want, token) == 0 ? (int64_t)after : -1;
}

bool params_page(const struct sandbox *sb, const struct request *rq, struct page *out,
                 struct reply *rp)
{
    const char *limit = request_query(rq, "limit");
    const char *token = request_query(rq, "continuationToken");
    int64_t after = 0, n = PAGE_LIMIT;
    char *end;

    if (limit != NULL) {
        n = strtoll(limit, &end, 10);
        if (limit[0] == '\0' || *end != '\0' || strchr("+- \t", limit[0]) != NULL)
            return refuse(rp, "common/invalidString", "limit");
        if (n < 1 || n > PAGE_LIMIT_MAX)
            return refuse(rp, "common/outOfRange", "limit");
    }
    if (token != NULL && token[0] != '\0')
        after = read_token(sb, rq, token);
    if (after < 0) {
        reply_error(rp, 410, "common/continuationExpired", "Start the list again.", NULL);
        return false;
    }
    *out = (struct page){.after = after, .limit = n};
    return true;
}

static void reply_list(json_t *items, int64_t total, json_t *token, struct reply *rp)
{
    reply_json(rp, 200,
               json_pack("{s:o, s:I, s:o}", "items", items, "totalCount", (json_int_t)total,
                         "continuationToken", token));
    rp->list = items;
}

void page_fill(struct page *p, sqlite3_stmt *st, page_row *make, void *ctx)
{
    p->items = json_array();
    while (st != NULL && !p->more && sqlite3_step(st) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(st, 0);
        json_t *row = make(st, ctx);

        if (row == NULL)
            continue;
        p->more = (int64_t)json_array_size(p->items) == p->limit;
        if (p->more) {
            json_decref(row);
            break;
        }
        json_array_append_new(p->items, row);
        p->last = id;
    }
}

void reply_page(const struct sandbox *sb, const struct request *rq, struct page *p, int64_t total,
                struct reply *rp)
{
    char token[TOKEN_MAX];

    if (p->more)
        make_token(sb, rq, p->last, token);
    reply_list(p->items, total, p->more ? json_string(token) : json_null(), rp);
    p->items = NULL;
}

void reply_whole(json_t *items, struct reply *rp)
{
    reply_list(items, (int64_t)json_array_size(items), json_null(), rp);
}
