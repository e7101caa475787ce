#include "api_client/token.h"

#include <string.h>

#include "api_client/errors.h"
#include "api_client/retry.h"
#include "base/clock.h"

int token_init(struct token *t, const char *url, const char *client_id, const char *secret,
               size_t secret_len)
{
    int rc;

    *t = (struct token){.url = url, .client_id = client_id};
    t->form = strstr(url, "cctrustoauth2") != NULL;
    buf_init(&t->secret, TOKEN_SECRET_MAX);
    buf_init(&t->value, TOKEN_MAX);
    /* Every byte may take six: \u0000 or %00. */
    buf_init(&t->request, 6 * (TOKEN_SECRET_MAX + strlen(client_id)) + 128);
    if ((rc = buf_reserve(&t->secret, secret_len)) < 0 ||
        (rc = buf_add(&t->secret, secret, secret_len)) < 0 ||
        (rc = buf_reserve(&t->value, TOKEN_MAX)) < 0 ||
        (rc = buf_reserve(&t->request, t->request.max)) < 0)
        token_release(t);
    return rc;
}

void token_release(struct token *t)
{
    transfer_drop(&t->transfer);
    buf_wipe(&t->request);
    buf_wipe(&t->value);
    buf_wipe(&t->secret);
}

/* Empties B without leaving its bytes behind; its memory stays. */
static void blank(struct buf *b)
{
    if (b->cap > 0)
        explicit_bzero(b->data, b->cap);
    buf_reset(b);
}

static void forget(struct token *t)
{
    blank(&t->value);
    t->ends_ms = t->renew_ms = 0;
}

bool token_ready(const struct token *t, int64_t now_ms)
{
    return t->state == TOKEN_HELD && now_ms < t->renew_ms;
}

int token_ask(struct token *t, struct http *h, int64_t now_ms, struct err *err)
{
    const char *headers[] = {
        t->form ? "Content-Type: application/x-www-form-urlencoded"
                : "Content-Type: application/json",
        "Accept: application/json",
    };
    struct http_request r = {.url = t->url, .headers = headers, .header_count = 2, .secret = true};
    int rc;

    if (t->state == TOKEN_ASKED || (t->state == TOKEN_SLEEPING && now_ms < t->retry_at_ms))
        return 0;
    if (t->state != TOKEN_SLEEPING) {
        t->attempt = 0;
        err_clear(&t->last);
    }
    forget(t);
    blank(&t->request);
    rc = token_request(&t->request, t->form, t->client_id, t->secret.data, t->secret.len);
    if (rc == 0) {
        r.body = t->request.data;
        r.body_len = t->request.len;
        rc = transfer_start(&t->transfer, h, &r, err);
    } else {
        err_set(err, (enum err_code)rc, "the sign-in could not be written");
    }
    t->attempt++;
    t->state = rc == 0 ? TOKEN_ASKED : TOKEN_NONE;
    if (rc < 0)
        blank(&t->request);
    return rc;
}

/* The token's life is cut at both ends: never used in its last minute, but for half of a life that
 * is shorter than two. */
static void hold(struct token *t, int64_t seconds, int64_t now_ms)
{
    int64_t margin = seconds / 2 < TOKEN_MARGIN_S ? seconds * 500 : TOKEN_MARGIN_S * 1000;

    t->ends_ms = now_ms + seconds * 1000;
    t->renew_ms = t->ends_ms - margin;
    t->state = TOKEN_HELD;
    t->generation++;
}

/* What the answer says when it brought no token. *RETRY: it may go better next time. */
static void judge(struct token *t, int parsed, int64_t *told_ms, int64_t wall, bool *retry,
                  struct err *err)
{
    const struct answer *a = &t->transfer.answer;
    const char *body;
    size_t len = transfer_pending(&t->transfer, &body);
    /* A service that repeats what it was sent must not put it on the screen. */
    const char *sent = strstr(t->request.data, "client_secret=");
    const char *hide[] = {t->secret.data, sent != NULL ? sent + 14 : NULL};
    struct words w;

    if (t->transfer.fault.code != 0) {
        *retry = t->transfer.fault.retry;
        error_of_fault(err, "Signing in to Citrix Cloud failed", &t->transfer.fault, a);
        return;
    }
    words_read(&w, body, len, hide, 2);
    *retry = retry_status(a->status);
    if (a->retry_after[0] != '\0') {
        int64_t date = http_date(a->date);

        *told_ms = retry_after_ms(a->retry_after, date != TIME_NONE ? date : wall);
    }
    if (*told_ms < 0)
        *told_ms = w.told_ms;
    if (w.html && a->status >= 200 && a->status <= 299)
        error_of_body(err, "Signing in to Citrix Cloud failed", ERR_DATA, "", true, a);
    else if (parsed == ERR_DATA && a->status >= 200 && a->status <= 299)
        error_of_body(err, "Signing in to Citrix Cloud failed", ERR_DATA,
                      "the answer holds no token", a->html, a);
    else
        error_of_sign_in(err, a, &w);
}

int token_settle(struct token *t, struct retry *r, int64_t now_ms, int64_t wall, struct err *err)
{
    const struct transfer *x = &t->transfer;
    int64_t seconds = 0, told_ms = -1;
    bool retry = false;
    const char *body;
    size_t len = transfer_pending(x, &body);
    int rc = ERR_AUTH;

    if (x->fault.code == 0 && x->answer.status >= 200 && x->answer.status <= 299) {
        rc = token_parse(body, len, wall, &t->value, &seconds);
        if (rc == 0) {
            blank(&t->request);
            hold(t, seconds, now_ms);
            err_clear(&t->last);
            return 0;
        }
    }
    forget(t);
    judge(t, rc, &told_ms, wall, &retry, err);
    blank(&t->request);
    t->last = *err;
    t->state = TOKEN_NONE;
    if (retry && t->attempt < r->attempts) {
        t->state = TOKEN_SLEEPING;
        t->retry_at_ms = now_ms + retry_delay_ms(r, t->attempt, told_ms);
    }
    return err->code;
}

void token_settled(struct token *t)
{
    transfer_drop(&t->transfer);
}

void token_refused(struct token *t, unsigned generation)
{
    if (t->state != TOKEN_HELD || t->generation != generation)
        return;
    forget(t);
    t->state = TOKEN_NONE;
}
