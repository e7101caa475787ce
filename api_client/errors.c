#include "api_client/errors.h"

#include <stdio.h>
#include <string.h>

#include "api_client/answer.h"
#include "api_client/fault.h"

#define NEXT_SETTINGS "Check customer_id, region and urls in the profile"
#define NEXT_LATER    "Try again in a few minutes"
#define NEXT_SUPPORT  "Try again in a few minutes; Citrix support asks for the transaction id"
#define NEXT_BUG                                                                                   \
    "Check the urls in the profile; if they are right, report this as a fault of luitop"
#define NEXT_DATA "Try again in a few minutes; if it stays so, report it with the transaction id"
#define NEXT_PAGE                                                                                  \
    "Check the urls in the profile; a proxy or a sign-in page of the network may be in the way"

/* What a status means for somebody who reads data. A row with `to` is a range; first match. */
static const struct {
    int status, to;
    enum err_code code;
    const char *plain, *next;
} statuses[] = {
    {400, 0, ERR_DATA, "the service did not understand the request", NEXT_SETTINGS},
    {401, 0, ERR_AUTH, "the service did not accept the token, nor a new one",
     "Check client_id, its secret, customer_id and region in the profile"},
    {403, 0, ERR_FORBIDDEN, "this client may not read it",
     "Give the client the License Usage Insights role; check customer_id and region in the "
     "profile"},
    {404, 0, ERR_NOTFOUND, "the service has nothing there",
     "The account may not have this product; else check customer_id and urls in the profile"},
    {406, 0, ERR_DATA, "the service does not offer it as JSON", NEXT_BUG},
    {407, 0, ERR_UNREACHABLE, "the proxy wants a sign-in",
     "Check the proxy in the environment (https_proxy)"},
    {408, 0, ERR_TIMEOUT, "the service waited too long for the request", NEXT_LATER},
    {409, 0, ERR_DATA, "it was changed by somebody else meanwhile", "Reload, then try again"},
    {410, 0, ERR_NOTFOUND, "the service does not offer it any more", NEXT_BUG},
    {415, 0, ERR_DATA, "the service does not take this kind of content", NEXT_BUG},
    {429, 0, ERR_BUSY, "the service asks for fewer requests", NEXT_LATER},
    {501, 0, ERR_NOTFOUND, "the service does not offer it",
     "Nothing to do; this account or region does not have it"},
    {503, 0, ERR_BUSY, "the service is not available right now", NEXT_LATER},
    {500, 599, ERR_SERVER, "the service failed", NEXT_SUPPORT},
    {300, 399, ERR_DATA, "the answer points to another place, where luitop does not go", NEXT_PAGE},
    {400, 499, ERR_DATA, "the service refused the request", NEXT_SETTINGS},
    {0, 999, ERR_DATA, "the service gave an answer without data", NEXT_DATA},
};

/* What the end of `type` adds to the status (published.md §2.3). */
static const struct {
    const char *type, *plain;
} types[] = {
    {"common/outOfRange", "a value is out of range"},
    {"common/tooLong", "a value is too long"},
    {"common/invalidString", "a value has characters it may not have"},
    {"common/invalidEnum", "a value is not one of those allowed"},
    {"common/missing", "a value is missing"},
    {"common/invalidJson", "the request was not JSON"},
    {"common/optimisticConcurrency", "it was changed by somebody else meanwhile"},
};

static size_t status_row(int status)
{
    size_t i = 0;

    while (i + 1 < sizeof(statuses) / sizeof(statuses[0]) &&
           (statuses[i].to == 0 ? status != statuses[i].status
                                : status < statuses[i].status || status > statuses[i].to))
        i++;
    return i;
}

static const char *plain_of(const struct words *w, const char *otherwise)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(w->type, types[i].type) == 0)
            return types[i].plain;
    return otherwise;
}

static void put_txid(struct err *e, const char *txid)
{
    snprintf(e->txid, sizeof(e->txid), "%s", txid);
}

static void put_why(struct err *e, const char *plain, const struct answer *a, const struct words *w)
{
    if (w->html || a->html)
        err_why(e, "%s, with a web page", plain);
    else if (w->text[0] != '\0')
        err_why(e, "%s; the service says \"%s\"", plain, w->text);
    else if (a->location[0] != '\0' && a->status >= 300 && a->status <= 399)
        err_why(e, "%s (%s)", plain, a->location);
    else
        err_why(e, "%s", plain);
    e->status = a->status;
    put_txid(e, a->txid[0] != '\0' ? a->txid : w->txid);
}

int error_of_answer(struct err *e, const char *what, const struct answer *a, const struct words *w)
{
    size_t row = status_row(a->status);

    err_set(e, statuses[row].code, "%s", what);
    put_why(e, plain_of(w, statuses[row].plain), a, w);
    err_next(e, "%s", statuses[row].next);
    return e->code;
}

int error_of_sign_in(struct err *e, const struct answer *a, const struct words *w)
{
    static const char what[] = "Signing in to Citrix Cloud failed";
    size_t row = status_row(a->status);
    bool refused = a->status == 401 || strcmp(w->oauth, "invalid_client") == 0 ||
                   strcmp(w->oauth, "unauthorized_client") == 0 ||
                   strcmp(w->oauth, "access_denied") == 0;

    /* A 404 here says nothing about a product: it must not read as "not entitled". */
    if (refused) {
        err_set(e, ERR_AUTH, "%s", what);
        put_why(e, "the client id or secret was rejected", a, w);
        err_next(e, "Check client_id and its secret in the profile: Citrix Cloud > Identity and "
                    "Access Management > API Access; a secret can have expired");
    } else if (statuses[row].code == ERR_NOTFOUND) {
        err_set(e, ERR_SETTINGS, "%s", what);
        put_why(e, "there is no sign-in at this address", a, w);
        err_next(e, "Check customer_id, region and urls.token in the profile");
    } else if (a->status == 400 || a->status == 403 || (a->status >= 200 && a->status <= 299)) {
        err_set(e, ERR_AUTH, "%s", what);
        put_why(e, "the service gave no token", a, w);
        err_next(e, "Check client_id, its secret, customer_id and region in the profile");
    } else {
        err_set(e, statuses[row].code, "%s", what);
        put_why(e, plain_of(w, statuses[row].plain), a, w);
        err_next(e, "%s", statuses[row].next);
    }
    return e->code;
}

static const char *fault_next(enum err_code code)
{
    switch (code) {
    case ERR_TLS:
        return "Check this machine's clock, ca_file in the profile, and proxies that look into TLS";
    case ERR_UNREACHABLE:
        return "Check the network, the proxy (https_proxy), and region and urls in the profile";
    case ERR_TIMEOUT:
        return "Check the network, then try again";
    case ERR_NOMEM:
        return "Close other programs, then try again";
    default:
        return NEXT_SETTINGS;
    }
}

int error_of_fault(struct err *e, const char *what, const struct fault *f, const struct answer *a)
{
    err_set(e, f->code, "%s", what);
    err_why(e, "%s", f->why);
    err_next(e, "%s", fault_next(f->code));
    e->status = a->status;
    put_txid(e, a->txid);
    return e->code;
}

int error_of_body(struct err *e, const char *what, enum err_code code, const char *why, bool html,
                  const struct answer *a)
{
    err_set(e, code, "%s", what);
    if (html) {
        err_why(e, "the answer is a web page, not data");
        err_next(e, "%s", NEXT_PAGE);
    } else {
        err_why(e, "%s", why);
        err_next(e, "%s", code == ERR_NOMEM ? fault_next(code) : NEXT_DATA);
    }
    e->status = a->status;
    put_txid(e, a->txid);
    return e->code;
}
