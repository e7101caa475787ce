#include <stdio.h>
#include <string.h>

#include "api_client/call.h"
#include "api_client/errors.h"
#include "base/clock.h"
#include "model/column.h"

/* ---- the end of an attempt ---- */

/* Everything from the first page on, into an empty list. */
static int start_over(struct api_call *c)
{
    int rc;

    c->kind->reset(c->into, c->term);
    decode_release(&c->decode);
    c->decoding = false;
    buf_reset(&c->kept);
    buf_reset(&c->page);
    c->pages = 0;
    rc = decode_init(&c->decode, c->kind->codec, c->into);
    c->decoding = rc == 0;
    return rc;
}

/* The mark of a page can become older than the list (extensions.md, "Paging"): it is begun anew. */
static bool page_is_gone(const struct api_call *c)
{
    return c->transfer.answer.status == 410 && c->page.len > 0;
}

static void attempt_failed(struct api_call *c, struct err *err, bool retry, int64_t told_ms)
{
    struct api *a = c->api;
    bool anew = c->fed > 0 || page_is_gone(c);
    size_t n;

    call_end_attempt(c, err);
    if (!retry || c->attempt >= a->retry.attempts) {
        n = strlen(err->why);
        if (retry && c->attempt > 1 && n + 24 < sizeof(err->why))
            snprintf(err->why + n, sizeof(err->why) - n, " (%d attempts)", c->attempt);
        call_fail(c, err);
        return;
    }
    if (anew && start_over(c) < 0) {
        err->code = ERR_NOMEM;
        call_fail(c, err);
        return;
    }
    c->last = *err;
    c->retry_at_ms = clock_mono_ms() + retry_delay_ms(&a->retry, c->attempt, told_ms);
    c->attempt++;
    c->state = CALL_SLEEPING;
    a->retries++;
}

static void refused(struct api_call *c)
{
    const struct answer *a = &c->transfer.answer;
    const char *hide[] = {c->api->token.value.data, c->api->token.secret.data};
    int64_t told_ms = -1, date;
    struct words w;
    struct err err;

    words_read(&w, c->complaint.data, c->complaint.len, hide, 2);
    if (a->retry_after[0] != '\0') {
        date = http_date(a->date);
        told_ms =
            retry_after_ms(a->retry_after, date != TIME_NONE ? date : clock_wall(c->api->s.clock));
    }
    if (told_ms < 0)
        told_ms = w.told_ms;
    error_of_answer(&err, c->kind->what, a, &w);
    attempt_failed(c, &err, page_is_gone(c) || retry_status(a->status), told_ms);
}

/* The first 401 of a call does not count as an attempt: the token may just have ended. */
static bool sign_in_again(struct api_call *c)
{
    struct err err;

    if (c->transfer.answer.status != 401 || c->reauthed)
        return false;
    err_set(&err, ERR_AUTH, "%s", c->kind->what);
    err_why(&err, "the token was not accepted");
    call_end_attempt(c, &err);
    c->reauthed = true;
    token_refused(&c->api->token, c->token_generation);
    c->state = CALL_WAITING;
    return true;
}

static void unusable(struct api_call *c, enum err_code code, const char *why, bool html, bool retry)
{
    struct err err;

    error_of_body(&err, c->kind->what, code, why, html, &c->transfer.answer);
    attempt_failed(c, &err, retry, -1);
}

/* True when the continuation token was there before: following it would never end. */
static bool turns_in_circles(struct api_call *c)
{
    const char *token = c->page.data;
    uint64_t hash = row_hash(&token, 1);

    for (size_t i = 0; i + 1 < c->pages; i++)
        if (c->seen[i] == hash)
            return true;
    c->seen[c->pages - 1] = hash;
    return false;
}

/* One page is complete. True when another one is to be asked for, or the call has failed. */
static bool next_page(struct api_call *c)
{
    if (++c->pages == 1)
        memcpy(c->reply_etag, c->transfer.answer.etag, sizeof(c->reply_etag));
    /* Each page has its own attempts and its own 401, but only once: else a list that breaks at the
     * same place again and again would be read for ever. */
    if (c->pages > c->pages_most) {
        c->pages_most = c->pages;
        c->attempt = 1;
        c->reauthed = false;
    }
    if (c->kind->more == NULL || c->decode.continuation.len == 0)
        return false;
    if (c->pages >= CALL_PAGES_MAX) {
        c->kind->more(c->into);
        return false;
    }
    buf_reset(&c->page);
    if (buf_add(&c->page, c->decode.continuation.data, c->decode.continuation.len) < 0) {
        unusable(c, ERR_TOOBIG, "the service's mark for the next page is too long", false, false);
        return true;
    }
    if (turns_in_circles(c)) {
        unusable(c, ERR_DATA, "the service gives the same page again and again", false, false);
        return true;
    }
    call_end_attempt(c, NULL);
    c->state = CALL_WAITING;
    return true;
}

static void page_arrived(struct api_call *c)
{
    const struct answer *a = &c->transfer.answer;
    struct err err = {0};
    int rc;

    if (a->status != 204) {
        rc = decode_page_end(&c->decode, &err);
        if (rc < 0) {
            /* Without a length, an answer that was cut off looks like one that is wrong. */
            unusable(c, (enum err_code)rc, err.why, false, rc == ERR_DATA && !a->framed);
            return;
        }
        if (next_page(c))
            return;
    } else if (!c->kind->empty_ok) {
        unusable(c, ERR_DATA, "the service gave an answer without data", false, false);
        return;
    }
    rc = decode_finish(&c->decode, &err);
    if (rc < 0)
        unusable(c, (enum err_code)rc, err.why, false, false);
    else
        call_finish(c);
}

static void settle(struct api_call *c)
{
    const struct transfer *t = &c->transfer;
    int status = t->answer.status;
    struct err err;

    /* A status that speaks for itself counts even when the rest of its answer got lost. */
    if (t->fault.code != 0 && status < 400) {
        error_of_fault(&err, c->kind->what, &t->fault, &t->answer);
        attempt_failed(c, &err, t->fault.retry, -1);
    } else if (status >= 200 && status <= 299) {
        page_arrived(c);
    } else if (status == 304 && c->etag[0] != '\0' && c->page.len == 0) {
        c->not_modified = true;
        memcpy(c->reply_etag, t->answer.etag[0] != '\0' ? t->answer.etag : c->etag,
               sizeof(c->reply_etag));
        call_finish(c);
    } else if (!sign_in_again(c)) {
        refused(c);
    }
}

/* ---- receiving ---- */

/* Whether this is where a web page begins. */
static bool web_page(struct api_call *c, const char *data, size_t n)
{
    for (size_t i = 0; i < n && !c->begun; i++) {
        if (strchr(" \t\r\n", data[i]) != NULL && data[i] != '\0')
            continue;
        if ((unsigned char)data[i] == 0xef || (unsigned char)data[i] == 0xbb ||
            (unsigned char)data[i] == 0xbf)
            continue;
        c->begun = true;
        return data[i] == '<' || c->transfer.answer.html;
    }
    return false;
}

/* False when the answer cannot be used, which has ended the attempt. */
static bool receive(struct api_call *c, const char *data, size_t n)
{
    struct err err = {0};
    int rc;

    if (c->fed == 0)
        c->begun = false;
    if (!c->begun && web_page(c, data, n)) {
        unusable(c, ERR_DATA, "", true, false);
        return false;
    }
    rc = decode_feed(&c->decode, data, n, &err);
    c->fed += n;
    if (rc < 0) {
        unusable(c, (enum err_code)rc, err.why, false, false);
        return false;
    }
    if (c->keep && buf_add(&c->kept, data, n) < 0) {
        c->keep = false;
        buf_release(&c->kept);
    }
    return true;
}

bool call_has_work(const struct api_call *c)
{
    const char *data;

    return c->state == CALL_FLYING &&
           (c->transfer.done || transfer_pending(&c->transfer, &data) > 0);
}

bool call_work(struct api_call *c)
{
    const char *data;
    size_t n, room;
    int status = c->transfer.answer.status;

    if (!call_has_work(c))
        return false;
    n = transfer_pending(&c->transfer, &data);
    n = n < CALL_SLICE ? n : CALL_SLICE;
    if (n == 0) {
        settle(c);
        return true;
    }
    if (status >= 200 && status <= 299) {
        if (!receive(c, data, n))
            return true;
    } else {
        room = ERRORS_BODY_MAX - c->complaint.len;
        buf_add(&c->complaint, data, n < room ? n : room);
    }
    transfer_take(&c->transfer, n);
    return true;
}
