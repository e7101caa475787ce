/* One license server with its licences: published.md §3.2. */
#include "model/server_detail.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "base/clock.h"

enum { TEXTS_MAX = 10000 };

/* The texts of a list; *COUNT of them. */
static const char *const *read_texts(struct jr *r, const char *name, size_t *count)
{
    const json_t *list = jr_array(r, name, TEXTS_MAX);
    size_t n = json_array_size(list);
    const char **texts;

    *count = 0;
    if (n == 0 || r->rc < 0 || (texts = jr_room(r, n, sizeof(*texts))) == NULL)
        return NULL;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        r->rc = jr_text_of(json_array_get(list, i), r->arena, &texts[i]);
        if (r->rc == 0 && texts[i] == NULL)
            r->rc = ERR_DATA;
    }
    *count = n;
    return texts;
}

static int read_licence(struct server_detail *d, const json_t *value)
{
    struct licence l = {0}, *row;
    struct jr r;

    jr_init(&r, value, &d->arena);
    l.name = jr_text(&r, "licenseName");
    l.created = jr_time(&r, "createDate", NULL);
    l.expires = jr_time(&r, "expiredDate", NULL);
    l.expired = jr_need_bool(&r, "isExpire");
    l.days_to_expire = jr_days(&r, "daysToExpire");
    if (r.rc == 0)
        l.products = read_texts(&r, "products", &l.product_count);
    if (r.rc == 0)
        l.serials = read_texts(&r, "serialNumbers", &l.serial_count);
    if (r.rc == 0)
        l.features = read_texts(&r, "features", &l.feature_count);
    if (r.rc < 0)
        return r.rc;
    row = server_detail_add(d);
    if (row == NULL)
        return jr_add_failed(d->count, LICENCES_MAX);
    *row = l;
    return 0;
}

static int element(void *into, const json_t *value)
{
    struct server_detail *d = into;
    const json_t *status, *list;
    struct jr r;

    jr_init(&r, value, &d->arena);
    d->name = jr_text(&r, "serverName");
    d->told = jr_int(&r, "serverLicenseCount", 0, JR_COUNT_MAX, -1);
    status = jr_object(&r, "serverStatus");
    list = jr_array(&r, "serverLicenses", LICENCES_MAX);
    if (r.rc == 0 && status != NULL)
        r.rc = codec_servers.element(&d->status, status);
    for (size_t i = 0; r.rc == 0 && i < json_array_size(list); i++)
        r.rc = read_licence(d, json_array_get(list, i));
    if (r.rc == 0)
        server_detail_finish(d);
    return r.rc;
}

const struct codec codec_server_detail = {
    .what = "the server's licences",
    .element = element,
};
