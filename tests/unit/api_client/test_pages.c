/* Long answers: continuation tokens, a body larger than the window, a small budget. */
#include "account.h"
#include "api_client/call.h"

static char page_body[512];

/* Pages 0 to `pages` - 1, each naming the next by a token that has to be encoded. */
static void serve_pages(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    int pages = *(int *)s->ctx, page = 0;
    const char *at = strstr(q->target, "?continuationToken=a%2Fb%26");

    if (serve_token(s, q, r))
        return;
    if (at != NULL)
        page = (int)strtol(at + strlen("?continuationToken=a%2Fb%26"), NULL, 10);
    snprintf(
        page_body, sizeof(page_body),
        "{\"items\":[{\"title\":\"n%d\",\"createdDate\":\"2026-03-01T08:00:00.000Z\"}]%s%s%d%s}",
        page, page + 1 < pages ? ",\"continuationToken\":\"a/b&" : ",\"x\":\"", "", page + 1, "\"");
    r->body = page_body;
    r->headers = page == 0 ? "ETag: \"first\"\r\n" : "ETag: \"later\"\r\n";
    /* One page in ten is refused once, one breaks half-way once. */
    if (page % 10 == 5 && s->requests % 2 == 0)
        r->status = 503;
}

static void
run_pages(void (*handle)(struct stub *, const struct stub_request *, struct stub_reply *),
          int pages, bool keep, struct outcome *o, struct notice_list *l, size_t *requests)
{
    struct account a;
    struct api_want w = {.keep_body = keep, .done = note_outcome, .ctx = o};

    account_open(&a, handle);
    a.stub.ctx = &pages;
    account_start(&a);
    *o = (struct outcome){0};
    notice_list_init(l);
    assert_int_equal(api_get_notices(a.api, &w, l, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o->times, 1);
    *requests = calls_to(&a.stub, "/notifications");
    account_close(&a);
}

static void test_pages(void **state)
{
    struct outcome o;
    struct notice_list l, again;
    size_t requests;

    (void)state;
    run_pages(serve_pages, 25, true, &o, &l, &requests);
    assert_int_equal(o.code, 0);
    assert_int_equal(l.count, 25);
    assert_false(l.more);
    assert_string_equal(o.etag, "\"first\"");
    assert_non_null(o.body);
    notice_list_init(&again);
    assert_int_equal(api_read_notices(o.body, strlen(o.body), &again, NULL), 0);
    assert_int_equal(again.count, 25);
    free(o.body);
    notice_list_release(&again);
    notice_list_release(&l);
}

static void test_too_many_pages(void **state)
{
    struct outcome o;
    struct notice_list l;
    size_t requests;

    (void)state;
    run_pages(serve_pages, 100000, false, &o, &l, &requests);
    assert_int_equal(o.code, 0);
    assert_int_equal(l.count, 1000);
    assert_true(l.more);
    notice_list_release(&l);
}

/* a -> b -> c -> b */
static void serve_circle(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->body = strstr(q->target, "=b") != NULL ? "{\"items\":[],\"continuationToken\":\"c\"}"
                                              : "{\"items\":[],\"continuationToken\":\"b\"}";
}

static void test_circle(void **state)
{
    struct outcome o;
    struct notice_list l;
    size_t requests;

    (void)state;
    run_pages(serve_circle, 0, false, &o, &l, &requests);
    assert_int_equal(o.code, ERR_DATA);
    assert_non_null(strstr(o.err.why, "again and again"));
    assert_int_equal(requests, 3);
    notice_list_release(&l);
}

/* The second page never arrives whole: four attempts, each from the start, then the end. */
static void serve_broken_second(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->body = "{\"items\":[{\"title\":\"n\"}],\"continuationToken\":\"b\"}";
    if (strstr(q->target, "=b") != NULL)
        r->how = STUB_TRUNCATE;
}

static void test_page_that_always_breaks(void **state)
{
    struct outcome o;
    struct notice_list l;
    size_t requests;

    (void)state;
    run_pages(serve_broken_second, 0, false, &o, &l, &requests);
    assert_int_equal(o.code, ERR_UNREACHABLE);
    assert_int_equal(requests, 8);
    notice_list_release(&l);
}

/* Page n takes token n + 2 only, as if each token ended with the page it was got for. */
static void serve_short_tokens(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    const char *at = strstr(q->target, "b%26");
    int page = at != NULL ? (int)strtol(at + 4, NULL, 10) : 0;

    if (serve_token(s, q, r))
        return;
    serve_pages(s, q, r);
    r->status = s->tokens == page + 2 ? 200 : 401;
}

static void test_token_ends_between_pages(void **state)
{
    struct outcome o;
    struct notice_list l;
    size_t requests;

    (void)state;
    run_pages(serve_short_tokens, 4, false, &o, &l, &requests);
    assert_int_equal(o.code, 0);
    assert_int_equal(l.count, 4);
    assert_int_equal(requests, 8);
    notice_list_release(&l);
}

enum { BIG_ROWS = 60000 };

static struct buf big;

static void serve_big(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->body = big.data;
    r->len = big.len;
    if (memmem(big.data, big.len, "\x1f\x8b", 2) == big.data)
        r->headers = "Content-Encoding: gzip\r\n";
}

/* Runs one call with no budget at all; the window must never be passed. */
static void run_big(size_t rows, uint64_t bytes)
{
    struct account a;
    struct customer_list l;
    struct outcome o = {0};
    struct api_want w = {.done = note_outcome, .ctx = &o};
    struct api_call *c;
    struct api_progress p;
    bool paused = false;
    uint64_t most = 0;

    account_open(&a, serve_big);
    account_start(&a);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, &c, NULL), 0);
    while (o.times == 0) {
        struct api_fd fds[STUB_CONNS + 1];
        uint64_t before = c->fed;

        api_step(a.api, 0);
        if (o.times > 0)
            break;
        assert_true(c->fed - before <= CALL_SLICE || c->fed < before);
        assert_true(c->transfer.in.len - c->transfer.taken <= HTTP_WINDOW);
        paused = paused || c->transfer.paused;
        api_call_progress(c, &p);
        most = p.bytes > most ? p.bytes : most;
        api_poll(a.api, fds, stub_fds(&a.stub, fds), api_timeout_ms(a.api));
        stub_turn(&a.stub);
    }
    assert_int_equal(o.code, 0);
    assert_int_equal(l.count, rows);
    assert_true(paused);
    assert_int_equal(most, bytes);
    customer_list_release(&l);
    account_close(&a);
}

static void test_big(void **state)
{
    (void)state;
    buf_init(&big, 64 << 20);
    buf_addstr(&big, "{\"items\":[");
    for (int i = 0; i < BIG_ROWS; i++)
        buf_addf(
            &big,
            "%s{\"customerId\":\"customer-%d\",\"type\":\"Managed\",\"connectionId\":\"%040d\"}",
            i > 0 ? "," : "", i, i);
    buf_addstr(&big, "]}");
    assert_int_equal(big.failed, 0);
    assert_true(big.len > 5000000);
    run_big(BIG_ROWS, big.len);
    buf_release(&big);
}

/* ---- gzip by hand: literals and runs of one byte, in the fixed code of RFC 1951 ---- */

struct bits {
    struct buf *out;
    unsigned hold, count;
};

static void put_bits(struct bits *b, unsigned value, unsigned n)
{
    b->hold |= value << b->count;
    for (b->count += n; b->count >= 8; b->count -= 8) {
        buf_addc(b->out, (char)(b->hold & 0xff));
        b->hold >>= 8;
    }
}

static void put_code(struct bits *b, unsigned code, unsigned n)
{
    while (n-- > 0)
        put_bits(b, code >> n & 1, 1);
}

static uint32_t crc32_of(const char *s, size_t n)
{
    uint32_t crc = ~0u;

    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)s[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void test_big_compressed(void **state)
{
    static const char head[] = "{\"items\":[ ", tail[] = "{\"customerId\":\"last\"}]}";
    const int runs = 20000;
    struct buf plain;
    struct bits b = {.out = &big};
    uint32_t crc, size;

    (void)state;
    buf_init(&big, 1 << 20);
    buf_init(&plain, 64 << 20);
    buf_addstr(&plain, head);
    for (int i = 0; i < runs * 258; i++)
        buf_addc(&plain, ' ');
    buf_addstr(&plain, tail);

    buf_add(&big, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    put_bits(&b, 1, 1); /* the last block */
    put_bits(&b, 1, 2); /* fixed code */
    for (const char *p = head; *p != '\0'; p++)
        put_code(&b, 0x30u + (unsigned char)*p, 8);
    for (int i = 0; i < runs; i++) {
        put_code(&b, 0xc5, 8); /* 258 bytes */
        put_code(&b, 0, 5);    /* from 1 back */
    }
    for (const char *p = tail; *p != '\0'; p++)
        put_code(&b, 0x30u + (unsigned char)*p, 8);
    put_code(&b, 0, 7);
    put_bits(&b, 0, 7);
    crc = crc32_of(plain.data, plain.len);
    size = (uint32_t)plain.len;
    for (int i = 0; i < 4; i++)
        buf_addc(&big, (char)(crc >> (8 * i) & 0xff));
    for (int i = 0; i < 4; i++)
        buf_addc(&big, (char)(size >> (8 * i) & 0xff));
    assert_true(big.len < 40000);
    run_big(1, plain.len);
    buf_release(&plain);
    buf_release(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_too_many_pages),
        cmocka_unit_test(test_circle),
        cmocka_unit_test(test_page_that_always_breaks),
        cmocka_unit_test(test_token_ends_between_pages),
        cmocka_unit_test(test_big),
        cmocka_unit_test(test_big_compressed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
