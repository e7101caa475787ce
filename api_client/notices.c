/* Notifications: published.md §3.14. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "model/account.h"

enum { LANGUAGES_MAX = 1000 };

static const struct {
    const char *word;
    enum severity severity;
    bool critical;
} severities[] = {
    {"Information", SEVERITY_INFORMATION, false},
    {"Warning", SEVERITY_WARNING, false},
    {"Error", SEVERITY_ERROR, false},
    {"Critical", SEVERITY_ERROR, true},
};

/* A word that is not known, or none, tells nothing worse than that there is something to read. */
static void read_severity(struct jr *r, struct notice *n)
{
    const char *word = jr_text(r, "severity");

    n->severity = SEVERITY_INFORMATION;
    for (size_t i = 0; word != NULL && i < sizeof(severities) / sizeof(severities[0]); i++) {
        if (jr_same(word, severities[i].word)) {
            n->severity = severities[i].severity;
            n->critical = severities[i].critical;
        }
    }
}

/* How well a languageTag suits: "en", "en-…", any. */
static int language_rank(const char *tag)
{
    if (tag == NULL)
        return 0;
    if (jr_same(tag, "en"))
        return 2;
    return (tag[0] | 0x20) == 'e' && (tag[1] | 0x20) == 'n' && tag[2] == '-';
}

/* The texts may be in `content`, one item a language, instead of beside the rest. */
static void read_content(struct jr *r, struct notice *n)
{
    const json_t *list = jr_array(r, "content", LANGUAGES_MAX);
    struct jr item, best = {0};
    int best_rank = -1;

    for (size_t i = 0; i < json_array_size(list) && r->rc == 0; i++) {
        int rank;

        jr_init(&item, json_array_get(list, i), r->arena);
        rank = language_rank(jr_text(&item, "languageTag"));
        r->rc = item.rc;
        if (rank > best_rank) {
            best = item;
            best_rank = rank;
        }
    }
    if (best_rank < 0 || r->rc < 0)
        return;
    if (n->title == NULL && n->description == NULL) {
        n->title = jr_text(&best, "title");
        n->description = jr_text(&best, "description");
    }
    if (n->detail_uri == NULL)
        n->detail_uri = jr_text(&best, "detailUri");
    r->rc = best.rc;
}

static int element(void *into, const json_t *value)
{
    struct notice_list *l = into;
    struct notice n = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    n.title = jr_text(&r, "title");
    n.description = jr_text(&r, "description");
    n.component = jr_text(&r, "component");
    n.event_id = jr_text(&r, "eventId");
    n.detail_uri = jr_text(&r, "detailUri");
    n.created = jr_time(&r, "createdDate", NULL);
    read_severity(&r, &n);
    if (r.rc == 0)
        read_content(&r, &n);
    if (r.rc == 0 && n.title == NULL && n.description == NULL)
        r.rc = ERR_DATA;
    if (r.rc < 0)
        return r.rc;
    row = notice_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, NOTICES_MAX);
    *row = n;
    return 0;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    notice_list_finish(into);
    return 0;
}

const struct codec codec_notices = {
    .what = "notifications",
    .list = "items",
    .list_required = true,
    .element = element,
    .finish = finish,
};
