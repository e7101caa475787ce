#include "api_client/split.h"

#include <stdlib.h>
#include <string.h>

#include "api_client/scan.h"
#include "base/buf.h"

/* What is expected next, outside of values. */
enum state {
    AT_START,
    AT_FIRST_NAME, /* after '{': a name or the end */
    AT_NAME,       /* after a comma */
    IN_NAME,
    AT_COLON,
    AT_VALUE,
    AFTER_VALUE,
    AT_FIRST_ITEM, /* after '[': an element or the end */
    AT_ITEM,
    AFTER_ITEM,
    IN_PIECE,
    AT_END,
};

enum role { ROLE_WHOLE, ROLE_MEMBER, ROLE_NO_LIST, ROLE_ITEM };

struct split {
    struct split_sink sink;
    struct split_limits limits;
    enum state state;
    int failed;
    struct err err;   /* why; also what the sink's functions write to */
    const char *data; /* the present input */
    size_t before;    /* bytes of input before it */
    size_t begin;     /* where in the input the document begins */
    int bom;          /* bytes of a byte order mark seen */
    bool list_seen;
    bool bare; /* the document is an array */
    struct buf name;

    /* The value being cut out. */
    enum role role;
    struct scan scan;  /* also for names */
    struct buf piece;  /* what of it came in earlier input */
    const char *start; /* its first byte in the present input */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static int broken(struct split *s, const char *why)
{
    err_why(&s->err, "%s", why);
    return ERR_DATA;
}

static int too_big(struct split *s, const char *what, size_t max)
{
    err_why(&s->err, "%s is larger than %zu bytes", what, max);
    return ERR_TOOBIG;
}

struct split *split_new(const struct split_sink *sink, const struct split_limits *limits)
{
    struct split *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return NULL;
    s->sink = *sink;
    if (limits != NULL)
        s->limits = *limits;
    if (s->limits.piece == 0)
        s->limits.piece = SPLIT_PIECE_MAX;
    if (s->limits.document == 0)
        s->limits.document = SPLIT_DOCUMENT_MAX;
    buf_init(&s->name, SPLIT_NAME_MAX);
    buf_init(&s->piece, s->limits.piece);
    return s;
}

void split_free(struct split *s)
{
    if (s == NULL)
        return;
    buf_release(&s->name);
    buf_release(&s->piece);
    free(s);
}

static void next_document(struct split *s, size_t begin)
{
    s->state = AT_START;
    s->begin = begin;
    s->bom = 0;
    s->list_seen = s->bare = false;
}

static int begin_value(struct split *s, const char *p, enum role role, int outer)
{
    if (!scan_begin(&s->scan, *p, SPLIT_DEPTH_MAX - outer))
        return broken(s, "a value is missing");
    s->state = IN_PIECE;
    s->role = role;
    s->start = p;
    return 0;
}

static int deliver(struct split *s, const char *json, size_t len)
{
    struct split_sink *k = &s->sink;

    switch (s->role) {
    case ROLE_WHOLE:
        s->state = AT_END;
        return k->on_whole != NULL ? k->on_whole(k->ctx, json, len, &s->err) : 0;
    case ROLE_ITEM:
        s->state = AFTER_ITEM;
        return k->on_element != NULL ? k->on_element(k->ctx, json, len, &s->err) : 0;
    case ROLE_NO_LIST:
        s->state = AFTER_VALUE;
        if (len != 4 || memcmp(json, "null", 4) != 0)
            return broken(s, "the list in the answer is something else");
        return k->on_list != NULL ? k->on_list(k->ctx, SPLIT_LIST_NULL, &s->err) : 0;
    case ROLE_MEMBER:
        s->state = AFTER_VALUE;
        return k->on_member != NULL ? k->on_member(k->ctx, s->name.data, json, len, &s->err) : 0;
    }
    return ERR_BUG;
}

/* Keeps what of the value the present input holds; it goes on in the next. */
static int keep(struct split *s, const char *end)
{
    int rc = buf_add(&s->piece, s->start, (size_t)(end - s->start));

    if (rc == ERR_TOOBIG)
        return too_big(s, "one element", s->limits.piece);
    return rc;
}

static int in_piece(struct split *s, const char **p, const char *end)
{
    const char *why = NULL;
    int rc = scan_value(&s->scan, p, end, &why);

    if (rc < 0)
        return broken(s, why);
    if (rc == 0 || s->piece.len > 0) {
        int kept = keep(s, *p);

        s->start = *p;
        if (rc == 0 || kept < 0)
            return kept;
        rc = deliver(s, s->piece.data, s->piece.len);
        buf_reset(&s->piece);
        return rc;
    }
    if ((size_t)(*p - s->start) > s->limits.piece)
        return too_big(s, "one element", s->limits.piece);
    return deliver(s, s->start, (size_t)(*p - s->start));
}

static int in_name(struct split *s, const char **p, const char *end)
{
    const char *from = *p;
    int rc;

    *p = scan_string(&s->scan, *p, end);
    rc = buf_add(&s->name, from, (size_t)(*p - from) - !s->scan.in_string);
    if (rc == ERR_TOOBIG)
        return too_big(s, "a member name", SPLIT_NAME_MAX);
    if (rc < 0 || s->scan.in_string)
        return rc;
    for (size_t i = 0; i < s->name.len; i++)
        if ((unsigned char)s->name.data[i] < ' ')
            return broken(s, "a member name holds a control character");
    s->state = AT_COLON;
    return 0;
}

static bool is_list(const struct split *s)
{
    const char *a = s->name.data, *b = s->sink.list;

    for (; *a != '\0' && *b != '\0'; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;

        if (x != y && ((x ^ y) != 0x20 || (x | 0x20) < 'a' || (x | 0x20) > 'z'))
            return false;
    }
    return *a == *b;
}

static int begin_list(struct split *s, bool bare)
{
    struct split_sink *k = &s->sink;

    s->state = AT_FIRST_ITEM;
    s->bare = bare;
    return k->on_list != NULL ? k->on_list(k->ctx, bare ? SPLIT_LIST_BARE : SPLIT_LIST, &s->err)
                              : 0;
}

static int at_value(struct split *s, const char **p)
{
    if (!is_list(s))
        return begin_value(s, *p, ROLE_MEMBER, 1);
    if (s->list_seen)
        return broken(s, "the answer has its list twice");
    s->list_seen = true;
    if (**p != '[')
        return begin_value(s, *p, ROLE_NO_LIST, 1);
    (*p)++;
    return begin_list(s, false);
}

static int at_start(struct split *s, const char **p)
{
    static const char bom[] = "\xef\xbb\xbf";
    char c = **p;

    if (s->bom < 3 && c == bom[s->bom]) {
        s->bom++;
        (*p)++;
        return 0;
    }
    if (s->bom == 1 || s->bom == 2)
        return broken(s, "the answer is not JSON");
    s->bom = 3;
    if (c == '<')
        return broken(s, "the answer is a web page, not data");
    if (s->sink.list == NULL || (c != '{' && c != '['))
        return begin_value(s, *p, ROLE_WHOLE, 0);
    (*p)++;
    if (c == '[')
        return begin_list(s, true);
    s->state = AT_FIRST_NAME;
    return 0;
}

/* A document is complete and something follows. */
static int after_end(struct split *s, const char *p)
{
    int rc;

    if (s->sink.on_next == NULL)
        return broken(s, "something follows the end of the answer");
    rc = s->sink.on_next(s->sink.ctx, &s->err);
    if (rc == 0)
        next_document(s, s->before + (size_t)(p - s->data));
    return rc;
}

/* A byte between values that is not blank. Leaves *P where it is for what the next state reads. */
static int between(struct split *s, const char **p)
{
    char c = **p;

    switch (s->state) {
    case AT_START:
        return at_start(s, p);
    case AT_VALUE:
        return at_value(s, p);
    case AT_FIRST_ITEM:
    case AT_ITEM:
        if (c != ']' || s->state == AT_ITEM)
            return begin_value(s, *p, ROLE_ITEM, s->bare ? 1 : 2);
        s->state = s->bare ? AT_END : AFTER_VALUE;
        break;
    case AFTER_ITEM:
        if (c != ',' && c != ']')
            return broken(s, "a comma or the end of the list is missing");
        s->state = c == ',' ? AT_ITEM : s->bare ? AT_END : AFTER_VALUE;
        break;
    case AT_FIRST_NAME:
    case AT_NAME:
        if (c != '"' && (c != '}' || s->state == AT_NAME))
            return broken(s, "a member name is missing");
        buf_reset(&s->name);
        s->scan.in_string = c == '"';
        s->state = c == '"' ? IN_NAME : AT_END;
        break;
    case AT_COLON:
        if (c != ':')
            return broken(s, "a colon is missing");
        s->state = AT_VALUE;
        break;
    case AFTER_VALUE:
        if (c != ',' && c != '}')
            return broken(s, "a comma or the end is missing");
        s->state = c == ',' ? AT_NAME : AT_END;
        break;
    case AT_END:
        return after_end(s, *p);
    case IN_NAME:
    case IN_PIECE:
        return ERR_BUG;
    }
    (*p)++;
    return 0;
}

static int fail(struct split *s, int rc, size_t at, struct err *err)
{
    char why[sizeof(s->err.why)];

    s->failed = rc;
    memcpy(why, s->err.why, sizeof(why));
    err_set(&s->err, rc, "bad data");
    err_why(&s->err, at > 0 ? "%s (at byte %zu)" : "%s", why[0] != '\0' ? why : err_word(rc), at);
    if (err != NULL)
        *err = s->err;
    return rc;
}

static int fail_again(const struct split *s, struct err *err)
{
    if (err != NULL)
        *err = s->err;
    return s->failed;
}

int split_feed(struct split *s, const char *data, size_t len, struct err *err)
{
    const char *p = data, *end = data + len;
    int rc = 0;

    if (s->failed != 0)
        return fail_again(s, err);
    s->data = s->start = data;
    while (p < end && rc == 0) {
        if (s->state == IN_PIECE)
            rc = in_piece(s, &p, end);
        else if (s->state == IN_NAME)
            rc = in_name(s, &p, end);
        else if (is_blank(*p))
            p++;
        else
            rc = between(s, &p);
    }
    if (rc == 0 && s->before + len - s->begin > s->limits.document)
        rc = too_big(s, "the answer", s->limits.document);
    if (rc < 0)
        return fail(s, rc, s->before + (size_t)(p - data) - s->begin + 1, err);
    s->before += len;
    return 0;
}

int split_end(struct split *s, struct err *err)
{
    int rc = 0;

    if (s->failed != 0)
        return fail_again(s, err);
    if (s->state == IN_PIECE && s->role == ROLE_WHOLE && s->scan.scalar) {
        rc = deliver(s, s->piece.data, s->piece.len);
        buf_reset(&s->piece);
    } else if (s->state == AT_START) {
        rc = broken(s, "the answer is empty");
    } else if (s->state != AT_END) {
        rc = broken(s, "the answer ends in the middle");
    }
    if (rc < 0)
        return fail(s, rc, s->before - s->begin, err);
    next_document(s, s->before);
    return 0;
}
