#include "api_client/answer.h"

#include <string.h>
#include <strings.h>

static bool printable(char c)
{
    return c > ' ' && c < 0x7f;
}

/* Copies V when all of it fits and is printable ASCII; blanks inside are fine. */
static void take(char *out, size_t size, const char *v, size_t n)
{
    if (n >= size)
        return;
    for (size_t i = 0; i < n; i++)
        if (!printable(v[i]) && v[i] != ' ')
            return;
    memcpy(out, v, n);
    out[n] = '\0';
}

static void take_etag(struct answer *a, const char *v, size_t n)
{
    take(a->etag, sizeof(a->etag), v, n);
}

static void take_retry_after(struct answer *a, const char *v, size_t n)
{
    take(a->retry_after, sizeof(a->retry_after), v, n);
}

static void take_date(struct answer *a, const char *v, size_t n)
{
    take(a->date, sizeof(a->date), v, n);
}

/* The path and the query may hold what a sign-in page hands around. */
static void take_location(struct answer *a, const char *v, size_t n)
{
    int slashes = 0;

    for (size_t i = 0; i < n; i++) {
        if (v[i] == '@')
            return;
        if ((v[i] == '/' && ++slashes == 3) || v[i] == '?' || v[i] == '#') {
            n = i;
            break;
        }
    }
    take(a->location, sizeof(a->location), v, n);
}

static void take_content_type(struct answer *a, const char *v, size_t n)
{
    a->html = (n >= 9 && strncasecmp(v, "text/html", 9) == 0) ||
              (n >= 21 && strncasecmp(v, "application/xhtml+xml", 21) == 0);
}

static void take_framing(struct answer *a, const char *v, size_t n)
{
    (void)v;
    a->framed = a->framed || n > 0;
}

static void take_txid(struct answer *a, int rank, const char *v, size_t n)
{
    size_t len = 0;

    if (a->txid_rank != 0 && a->txid_rank <= rank)
        return;
    for (size_t i = 0; i < n && len + 1 < sizeof(a->txid); i++)
        if (printable(v[i]))
            a->txid[len++] = v[i];
    a->txid[len] = '\0';
    a->txid_rank = len > 0 ? rank : 0;
}

static void take_cc_txid(struct answer *a, const char *v, size_t n)
{
    take_txid(a, 1, v, n);
}

static void take_cws_txid(struct answer *a, const char *v, size_t n)
{
    take_txid(a, 2, v, n);
}

static void take_citrix_txid(struct answer *a, const char *v, size_t n)
{
    take_txid(a, 3, v, n);
}

static const struct {
    const char *name;
    void (*take)(struct answer *a, const char *v, size_t n);
} headers[] = {
    {"ETag", take_etag},
    {"Retry-After", take_retry_after},
    {"Date", take_date},
    {"Location", take_location},
    {"Content-Type", take_content_type},
    {"Content-Length", take_framing},
    {"Transfer-Encoding", take_framing},
    {"CC-TransactionId", take_cc_txid},
    {"X-Cws-TransactionId", take_cws_txid},
    {"Citrix-TransactionId", take_citrix_txid},
};

static bool status_line(struct answer *a, const char *line, size_t n)
{
    const char *space;
    int status = 0;

    if (n < 5 || memcmp(line, "HTTP/", 5) != 0)
        return false;
    *a = (struct answer){.framed = line[5 < n ? 5 : 0] >= '2'};
    space = memchr(line, ' ', n);
    for (size_t i = 1; space != NULL && i <= 3 && space + i < line + n; i++) {
        if (space[i] < '0' || space[i] > '9')
            return true;
        status = status * 10 + (space[i] - '0');
    }
    a->status = status;
    return true;
}

void answer_line(struct answer *a, const char *line, size_t n)
{
    const char *colon, *v, *end = line + n;

    if (status_line(a, line, n))
        return;
    colon = memchr(line, ':', n);
    if (colon == NULL)
        return;
    for (v = colon + 1; v < end && (*v == ' ' || *v == '\t'); v++)
        ;
    while (end > v && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' ' || end[-1] == '\t'))
        end--;
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        size_t len = strlen(headers[i].name);

        if ((size_t)(colon - line) == len && strncasecmp(line, headers[i].name, len) == 0)
            headers[i].take(a, v, (size_t)(end - v));
    }
}
