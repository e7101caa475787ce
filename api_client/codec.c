#include "api_client/codec.h"

#include <string.h>

#include "api_client/json_read.h"
#include "api_client/split.h"

enum { TOKEN_MAX = 16 * 1024 };

/* Begins an error about the whole answer; the caller adds why. */
static int fail(const struct decode *d, struct err *err, int code)
{
    const char *what = d->codec->what;
    int first = what[0] >= 'a' && what[0] <= 'z' ? what[0] - 'a' + 'A' : what[0];

    return err_set(err, (enum err_code)code, "%c%s could not be read", first, what + 1);
}

static const char *reason(int code)
{
    return code == ERR_TOOBIG ? "the answer has more than luitop can hold" : err_word(code);
}

/* A missing list must never look like an empty one. */
static int no_list(const struct decode *d, struct err *err)
{
    err_why(err, "the answer has no member \"%s\"", d->codec->list);
    return ERR_DATA;
}

static int on_list(void *ctx, enum split_list kind, struct err *err)
{
    struct decode *d = ctx;

    if (kind == SPLIT_LIST_BARE)
        return no_list(d, err);
    d->list_seen = true;
    if (kind == SPLIT_LIST)
        return 0;
    if (d->codec->list_null != NULL)
        return d->codec->list_null(d->into);
    if (!d->codec->list_required)
        return 0;
    err_why(err, "the member \"%s\" is null", d->codec->list);
    return ERR_DATA;
}

/* 0, ERR_NOMEM or ERR_DATA with WHY. Numbers beyond 64 bits and members that come twice are
 * refused: neither has one true value. */
static int parse(const char *json, size_t len, json_t **out, json_error_t *why)
{
    *out = json_loadb(json, len, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, why);
    if (*out != NULL)
        return 0;
    return json_error_code(why) == json_error_out_of_memory ? ERR_NOMEM : ERR_DATA;
}

static int on_element(void *ctx, const char *json, size_t len, struct err *err)
{
    struct decode *d = ctx;
    json_error_t why;
    json_t *value;
    int rc = parse(json, len, &value, &why);

    d->elements++;
    if (rc == 0) {
        rc = d->codec->element(d->into, value);
        json_decref(value);
    }
    if (rc < 0 && rc != ERR_DATA) {
        err_why(err, "%s", reason(rc));
        return rc;
    }
    if (rc != 0) {
        d->unreadable += rc > 0 ? (size_t)rc : 1;
        if (d->first_unreadable == 0)
            d->first_unreadable = d->elements;
    }
    return 0;
}

static int keep_token(struct decode *d, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);

    buf_reset(&d->continuation);
    if (json_is_null(value))
        return 0;
    return text != NULL && strlen(text) == len ? buf_add(&d->continuation, text, len) : ERR_DATA;
}

static int on_member(void *ctx, const char *name, const char *json, size_t len, struct err *err)
{
    struct decode *d = ctx;
    bool token = jr_same(name, "continuationToken");
    json_error_t why;
    json_t *value;
    int rc;

    if (!token && d->codec->member == NULL)
        return 0;
    rc = parse(json, len, &value, &why);
    if (rc == 0) {
        rc = token ? keep_token(d, value) : d->codec->member(d->into, name, value);
        json_decref(value);
    }
    if (rc == ERR_DATA)
        err_why(err, "the member \"%.60s\" is not as expected", name);
    else if (rc < 0)
        err_why(err, "%s", reason(rc));
    return rc;
}

static int on_whole(void *ctx, const char *json, size_t len, struct err *err)
{
    struct decode *d = ctx;
    json_error_t why;
    json_t *value;
    int rc;

    if (d->codec->list != NULL)
        return no_list(d, err);
    rc = parse(json, len, &value, &why);
    if (rc == ERR_DATA)
        err_why(err, "the answer is not JSON: %.120s", why.text);
    if (rc < 0)
        return rc;
    d->elements++;
    rc = d->codec->element(d->into, value);
    json_decref(value);
    if (rc == ERR_DATA)
        err_why(err, "a member is missing in the answer or not as expected");
    else if (rc < 0)
        err_why(err, "%s", reason(rc));
    if (rc > 0) {
        d->unreadable += (size_t)rc;
        d->first_unreadable = d->elements;
    }
    return rc < 0 ? rc : 0;
}

/* What must be true at the end of a page. */
static int page_checked(struct decode *d, struct err *err)
{
    d->page_begun = false;
    if (d->codec->list != NULL && d->codec->list_required && !d->list_seen)
        return no_list(d, err);
    return 0;
}

static void page_begin(struct decode *d)
{
    d->page_begun = true;
    d->list_seen = false;
    buf_reset(&d->continuation);
}

static int on_next(void *ctx, struct err *err)
{
    struct decode *d = ctx;
    int rc;

    if (!d->back_to_back || d->codec->list == NULL) {
        err_why(err, "something follows the end of the answer");
        return ERR_DATA;
    }
    rc = page_checked(d, err);
    if (rc == 0)
        page_begin(d);
    return rc;
}

int decode_init(struct decode *d, const struct codec *codec, void *into)
{
    struct split_sink sink = {
        .list = codec->list,
        .on_list = on_list,
        .on_element = on_element,
        .on_member = on_member,
        .on_whole = on_whole,
        .on_next = on_next,
        .ctx = d,
    };

    *d = (struct decode){.codec = codec, .into = into};
    buf_init(&d->continuation, TOKEN_MAX);
    d->split = split_new(&sink, NULL);
    return d->split != NULL ? 0 : ERR_NOMEM;
}

void decode_release(struct decode *d)
{
    split_free(d->split);
    buf_release(&d->continuation);
    *d = (struct decode){0};
    buf_init(&d->continuation, 0);
}

/* Turns the splitter's error into one about this resource. */
static int told(const struct decode *d, int rc, const struct err *why, struct err *err)
{
    if (rc >= 0)
        return rc;
    fail(d, err, rc);
    err_why(err, "%s", why->why);
    if (strncmp(why->why, "the answer is a web page", 24) == 0)
        err_next(err, "Check the urls of this profile, and whether a proxy answers instead.");
    return rc;
}

int decode_feed(struct decode *d, const char *data, size_t len, struct err *err)
{
    struct err why = {0};

    if (!d->page_begun && len > 0)
        page_begin(d);
    return told(d, split_feed(d->split, data, len, &why), &why, err);
}

int decode_page_end(struct decode *d, struct err *err)
{
    struct err why = {0};
    int rc;

    if (!d->page_begun)
        page_begin(d);
    rc = split_end(d->split, &why);
    if (rc == 0)
        rc = page_checked(d, &why);
    return told(d, rc, &why, err);
}

int decode_finish(struct decode *d, struct err *err)
{
    return d->codec->finish != NULL ? d->codec->finish(d->into, err) : 0;
}
