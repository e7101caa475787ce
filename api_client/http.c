#include "api_client/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "api_client/api.h"
#include "base/clock.h"

enum { RESUME_BELOW = HTTP_WINDOW / 4, HOST_CONNECTIONS = 5, CACHED_CONNECTIONS = 8 };

struct http {
    struct http_settings s;
    CURLM *multi; /* NULL until the first request */
    /* libcurl 7.88 sleeps on through a signal unless it is given some descriptor of the caller. */
    int never_fd;
    size_t running;
    struct http_counts counts;
};

/* libcurl leaves SIGPIPE to its user (CURLOPT_NOSIGNAL), and OpenSSL raises it. */
static void pipe_quiet(struct sigaction *saved)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGPIPE, &ignore, saved);
}

static void pipe_restore(const struct sigaction *saved)
{
    sigaction(SIGPIPE, saved, NULL);
}

int http_new(struct http **out, const struct http_settings *s)
{
    struct http *h = calloc(1, sizeof(*h));

    if (h == NULL)
        return ERR_NOMEM;
    h->s = *s;
    h->never_fd = -1;
    *out = h;
    return 0;
}

void http_free(struct http *h)
{
    struct sigaction saved;

    if (h == NULL)
        return;
    if (h->multi != NULL) {
        pipe_quiet(&saved);
        curl_multi_cleanup(h->multi);
        curl_global_cleanup();
        pipe_restore(&saved);
    }
    if (h->never_fd >= 0)
        close(h->never_fd);
    free(h);
}

static int start_library(struct http *h)
{
    int bad = 0;

    if (h->multi != NULL)
        return 0;
    if (h->never_fd < 0 && (h->never_fd = eventfd(0, EFD_CLOEXEC)) < 0)
        return ERR_NOMEM;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ERR_NOMEM;
    h->multi = curl_multi_init();
    if (h->multi == NULL) {
        curl_global_cleanup();
        return ERR_NOMEM;
    }
    bad |= (int)curl_multi_setopt(h->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    bad |= (int)curl_multi_setopt(h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)HOST_CONNECTIONS);
    bad |= (int)curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)CACHED_CONNECTIONS);
    return bad != 0 ? ERR_BUG : 0;
}

/* ---- URLs ---- */

static char *part(CURLU *u, CURLUPart which)
{
    char *text = NULL;

    return curl_url_get(u, which, &text, 0) == CURLUE_OK ? text : NULL;
}

static const char *fault_of(CURLU *u, struct url_target *out)
{
    struct url_parts p = {
        .scheme = part(u, CURLUPART_SCHEME),
        .host = part(u, CURLUPART_HOST),
        .port = part(u, CURLUPART_PORT),
        .path = part(u, CURLUPART_PATH),
        .fragment = part(u, CURLUPART_FRAGMENT),
        .zone = part(u, CURLUPART_ZONEID),
    };
    const char *fault = url_accept(&p, out);

    curl_free(p.scheme);
    curl_free(p.host);
    curl_free(p.port);
    curl_free(p.path);
    curl_free(p.fragment);
    curl_free(p.zone);
    return fault;
}

static int url_open(CURLU **out, const char *url, struct url_target *target, struct err *err)
{
    CURLU *u = curl_url();
    const char *fault;
    CURLUcode rc;

    if (u == NULL)
        return err_set(err, ERR_NOMEM, "out of memory");
    rc = curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER);
    if (rc == CURLUE_USER_NOT_ALLOWED)
        err_set(err, ERR_SETTINGS, "a URL that holds a user name may not be used");
    else if (rc != CURLUE_OK)
        err_set(err, ERR_SETTINGS, "\"%.120s\" is not a URL", url);
    else if ((fault = fault_of(u, target)) != NULL) {
        err_set(err, ERR_SETTINGS, "\"%.120s\" may not be used as a URL", url);
        err_why(err, "%s", fault);
    } else {
        *out = u;
        return 0;
    }
    err_next(err, "Check the profile's region and urls");
    curl_url_cleanup(u);
    return ERR_SETTINGS;
}

int http_check_url(const char *url, struct url_target *out, struct err *err)
{
    struct url_target target;
    CURLU *u = NULL;
    int rc = url_open(&u, url, &target, err);

    if (rc < 0)
        return rc;
    curl_url_cleanup(u);
    if (out != NULL)
        *out = target;
    return 0;
}

/* ---- one transfer ---- */

static size_t on_header(char *data, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;

    answer_line(&t->answer, data, size * n);
    return size * n;
}

static size_t on_body(char *data, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    size_t len = size * n, pending = t->in.len - t->taken;

    if (t->bytes + len > (uint64_t)(t->secret ? HTTP_SECRET_MAX : HTTP_BODY_MAX)) {
        t->too_big = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (pending > 0 && pending + len > HTTP_WINDOW) {
        t->paused = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    buf_consume(&t->in, t->taken);
    t->taken = 0;
    if (buf_add(&t->in, data, len) < 0)
        return CURL_WRITEFUNC_ERROR;
    t->bytes += len;
    return len;
}

/* What holds for every request. */
static const struct {
    CURLoption option;
    long value;
} always[] = {
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_LOW_SPEED_LIMIT, 1},
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_UNRESTRICTED_AUTH, 0},
    {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS},
};

static int set_common(struct transfer *t, CURL *e, const struct http_settings *s)
{
    int bad = 0;

    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
        bad |= (int)curl_easy_setopt(e, always[i].option, always[i].value);
    bad |= (int)curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, s->connect_seconds * 1000L);
    bad |= (int)curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, s->total_seconds * 1000L);
    bad |= (int)curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)s->stall_seconds);
    bad |= (int)curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, t->target.https ? "https" : "http");
    if (s->ca_file != NULL) {
        bad |= (int)curl_easy_setopt(e, CURLOPT_CAINFO, s->ca_file);
        bad |= (int)curl_easy_setopt(e, CURLOPT_CAPATH, NULL);
    }
    bad |= (int)curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->detail);
    bad |= (int)curl_easy_setopt(e, CURLOPT_PRIVATE, t);
    bad |= (int)curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    bad |= (int)curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
    bad |= (int)curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    bad |= (int)curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
    return bad;
}

static int set_request(struct transfer *t, CURL *e, const struct http_request *r)
{
    int bad = 0;

    /* The very URL that was checked, so that nobody reads it in another way. */
    bad |= (int)curl_easy_setopt(e, CURLOPT_CURLU, t->url);
    if (t->target.loopback)
        bad |= (int)curl_easy_setopt(e, CURLOPT_PROXY, "");
    bad |= (int)curl_easy_setopt(e, CURLOPT_PIPEWAIT, t->target.https ? 1L : 0L);
    bad |= (int)curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    bad |= (int)curl_easy_setopt(e, CURLOPT_USERAGENT, "luitop/" LUITOP_VERSION);
    for (size_t i = 0; i < r->header_count; i++) {
        struct curl_slist *more = curl_slist_append(t->headers, r->headers[i]);

        bad |= more == NULL;
        t->headers = more != NULL ? more : t->headers;
    }
    bad |= (int)curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
    if (r->body == NULL)
        return bad | (int)curl_easy_setopt(e, CURLOPT_HTTPGET, 1L);
    bad |= (int)curl_easy_setopt(e, CURLOPT_POST, 1L);
    bad |= (int)curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body_len);
    return bad | (int)curl_easy_setopt(e, CURLOPT_POSTFIELDS, r->body);
}

int transfer_start(struct transfer *t, struct http *h, const struct http_request *r,
                   struct err *err)
{
    struct url_target target;
    CURLU *url = NULL;
    int rc;

    /* Read-only is enforced here and nowhere else (design.md, "Changes"). */
    if (h->s.read_only && r->body != NULL && strcmp(r->url, h->s.token_url) != 0) {
        err_set(err, ERR_READONLY, "nothing was sent");
        err_why(err, "luitop runs read-only");
        return ERR_READONLY;
    }
    rc = url_open(&url, r->url, &target, err);
    if (rc < 0)
        return rc;
    *t = (struct transfer){
        .http = h, .url = url, .target = target, .post = r->body != NULL, .secret = r->secret};
    buf_init(&t->in, HTTP_WINDOW + CURL_MAX_WRITE_SIZE);
    rc = start_library(h);
    if (rc == 0 && r->secret)
        rc = buf_reserve(&t->in, HTTP_SECRET_MAX);
    if (rc == 0 && (t->easy = curl_easy_init()) == NULL)
        rc = ERR_NOMEM;
    if (rc == 0 && (set_common(t, t->easy, &h->s) | set_request(t, t->easy, r)) != 0)
        rc = ERR_BUG;
    if (rc == 0 && curl_multi_add_handle(h->multi, t->easy) != CURLM_OK)
        rc = ERR_BUG;
    if (rc < 0) {
        transfer_drop(t);
        return err_set(err, rc, "the request could not be made");
    }
    t->attached = true;
    t->started_ms = clock_mono_ms();
    h->running++;
    h->counts.requests++;
    return 0;
}

static void detach(struct transfer *t)
{
    curl_off_t body = 0;
    long head = 0;

    if (!t->attached)
        return;
    curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    curl_easy_getinfo(t->easy, CURLINFO_HEADER_SIZE, &head);
    t->http->counts.bytes_in += (uint64_t)(body > 0 ? body : 0) + (uint64_t)(head > 0 ? head : 0);
    curl_multi_remove_handle(t->http->multi, t->easy);
    t->http->running--;
    t->attached = false;
}

void transfer_drop(struct transfer *t)
{
    struct sigaction saved;

    if (t->http == NULL)
        return;
    pipe_quiet(&saved);
    detach(t);
    curl_easy_cleanup(t->easy);
    pipe_restore(&saved);
    for (struct curl_slist *s = t->headers; s != NULL; s = s->next)
        explicit_bzero(s->data, strlen(s->data));
    curl_slist_free_all(t->headers);
    curl_url_cleanup(t->url);
    if (t->secret)
        buf_wipe(&t->in);
    else
        buf_release(&t->in);
    *t = (struct transfer){0};
}

size_t transfer_pending(const struct transfer *t, const char **data)
{
    *data = t->in.data != NULL ? t->in.data + t->taken : "";
    return t->in.len - t->taken;
}

void transfer_take(struct transfer *t, size_t n)
{
    t->taken += n;
    if (t->taken >= t->in.len) {
        buf_reset(&t->in);
        t->taken = 0;
    }
    if (t->paused && t->attached && t->in.len - t->taken < RESUME_BELOW) {
        t->paused = false;
        curl_easy_pause(t->easy, CURLPAUSE_CONT);
    }
}

/* ---- how it ended ---- */

/* DETAIL: libcurl's own words help, and hold nothing but names. */
static const struct {
    CURLcode rc;
    enum fault_kind kind;
    bool detail;
} faults[] = {
    {CURLE_COULDNT_RESOLVE_HOST, FAULT_NAME, false},
    {CURLE_COULDNT_RESOLVE_PROXY, FAULT_PROXY, false},
    {CURLE_PROXY, FAULT_PROXY, false},
    {CURLE_COULDNT_CONNECT, FAULT_CONNECT, false},
    {CURLE_PARTIAL_FILE, FAULT_TRUNCATED, false},
    {CURLE_GOT_NOTHING, FAULT_NO_ANSWER, false},
    {CURLE_SSL_CONNECT_ERROR, FAULT_HANDSHAKE, true},
    {CURLE_PEER_FAILED_VERIFICATION, FAULT_CERTIFICATE, true},
    {CURLE_SSL_ISSUER_ERROR, FAULT_CERTIFICATE, true},
    {CURLE_SSL_INVALIDCERTSTATUS, FAULT_CERTIFICATE, true},
    {CURLE_SSL_CERTPROBLEM, FAULT_CERTIFICATE, true},
    {CURLE_SSL_CIPHER, FAULT_CERTIFICATE, true},
    {CURLE_SSL_CACERT_BADFILE, FAULT_CA_FILE, false},
    {CURLE_BAD_CONTENT_ENCODING, FAULT_ENCODING, false},
    {CURLE_UNSUPPORTED_PROTOCOL, FAULT_NOT_HTTP, false},
    {CURLE_WEIRD_SERVER_REPLY, FAULT_NOT_HTTP, false},
    {CURLE_OUT_OF_MEMORY, FAULT_MEMORY, false},
};

static enum fault_kind timeout_kind(const struct transfer *t)
{
    curl_off_t connected = 0;

    curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    return t->answer.status != 0 ? FAULT_STALL
           : connected > 0       ? FAULT_ANSWER_TIME
                                 : FAULT_CONNECT_TIME;
}

static void set_fault(struct transfer *t, CURLcode rc)
{
    enum fault_kind kind = FAULT_BROKEN;
    const char *detail = "";
    long number = 0;

    if (rc == CURLE_OK)
        return;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (faults[i].rc != rc)
            continue;
        kind = faults[i].kind;
        detail = faults[i].detail ? t->detail : "";
    }
    if (t->too_big)
        kind = FAULT_TOO_LONG;
    else if (rc == CURLE_OPERATION_TIMEDOUT)
        kind = timeout_kind(t);
    else if (kind == FAULT_CONNECT && curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &number) == 0 &&
             number != 0)
        detail = strerror((int)number);
    fault_set(&t->fault, kind, t->target.host, detail);
}

void http_perform(struct http *h)
{
    struct sigaction saved;
    CURLMsg *msg;
    int left;

    if (h->running == 0)
        return;
    pipe_quiet(&saved);
    curl_multi_perform(h->multi, &left);
    while ((msg = curl_multi_info_read(h->multi, &left)) != NULL) {
        struct transfer *t = NULL;
        CURLcode rc = msg->data.result;

        if (msg->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&t);
        set_fault(t, rc);
        t->done = true;
        detach(t);
    }
    pipe_restore(&saved);
}

/* ---- waiting ---- */

static int wait_for_all(struct http *h, const struct api_fd *fds, size_t count, int timeout_ms)
{
    struct curl_waitfd wait[HTTP_FDS_MAX];
    unsigned n = 0;

    for (; n < count; n++) {
        int in = fds[n].events & POLLIN ? CURL_WAIT_POLLIN : 0;
        int out = fds[n].events & POLLOUT ? CURL_WAIT_POLLOUT : 0;

        wait[n] = (struct curl_waitfd){.fd = fds[n].fd, .events = (short)(in | out)};
    }
    if (n == 0)
        wait[n++] = (struct curl_waitfd){.fd = h->never_fd, .events = CURL_WAIT_POLLIN};
    return curl_multi_poll(h->multi, wait, n, timeout_ms < 0 ? INT_MAX : timeout_ms, NULL) ==
                   CURLM_OK
               ? 0
               : ERR_IO;
}

int http_poll(struct http *h, struct api_fd *fds, size_t count, int timeout_ms)
{
    struct pollfd p[HTTP_FDS_MAX];
    int rc;

    if (count > HTTP_FDS_MAX)
        return ERR_BUG;
    if (h->running > 0) {
        rc = wait_for_all(h, fds, count, timeout_ms);
        if (rc < 0)
            return rc;
        /* libcurl does not tell of POLLHUP and POLLERR, so the events are asked for here. */
        timeout_ms = 0;
    }
    for (size_t i = 0; i < count; i++)
        p[i] = (struct pollfd){.fd = fds[i].fd, .events = fds[i].events};
    rc = poll(p, count, timeout_ms);
    for (size_t i = 0; i < count; i++)
        fds[i].revents = rc > 0 ? p[i].revents : 0;
    return rc >= 0 || errno == EINTR ? 0 : ERR_IO;
}

int http_timeout_ms(struct http *h)
{
    long ms = -1;

    if (h->running == 0 || curl_multi_timeout(h->multi, &ms) != CURLM_OK)
        return -1;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

void http_count(const struct http *h, struct http_counts *out)
{
    *out = h->counts;
}

int64_t http_date(const char *text)
{
    time_t t = curl_getdate(text, NULL);

    return t == (time_t)-1 ? TIME_NONE : (int64_t)t;
}

const char *http_library(char *out, size_t size)
{
    const curl_version_info_data *v = curl_version_info(CURLVERSION_NOW);

    snprintf(out, size, "libcurl %s%s%s%s%s", v->version, v->ssl_version != NULL ? ", " : "",
             v->ssl_version != NULL ? v->ssl_version : "",
             v->nghttp2_version != NULL ? ", nghttp2/" : "",
             v->nghttp2_version != NULL ? v->nghttp2_version : "");
    return out;
}
