#include "cli/fetch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"

enum { PROGRESS_AFTER_MS = 1000, STEP_US = 20000 };

/* What was said of the progress: one line after a second, and one for each further attempt. */
struct talk {
    bool on;
    int64_t due_ms;
    int attempt; /* the last one spoken of; 0: nothing said yet */
};

static void talk_line(struct talk *t, const struct session *s, unsigned mask)
{
    const struct resource *slowest = NULL;
    const struct api_progress *p;

    if (!t->on || clock_mono_ms() < t->due_ms)
        return;
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct resource *r = session_resource(s, (enum resource_kind)k);

        if ((mask & RESOURCE_BIT(k)) && r->loading &&
            (slowest == NULL || r->progress.attempt > slowest->progress.attempt))
            slowest = r;
    }
    if (slowest == NULL && t->attempt == 0) {
        fprintf(stderr, "luitop: waiting for the service (monthly usage)\n");
        t->attempt = 1;
    }
    if (slowest == NULL || (t->attempt > 0 && slowest->progress.attempt <= t->attempt))
        return;
    p = &slowest->progress;
    if (p->attempt <= 1)
        fprintf(stderr, "luitop: waiting for the service (%s)\n", resource_title(slowest->kind));
    else if (p->last.status != 0)
        fprintf(stderr, "luitop: waiting for the service (attempt %d of %d: %d)\n", p->attempt,
                p->attempts, p->last.status);
    else
        fprintf(stderr, "luitop: waiting for the service (attempt %d of %d: %s)\n", p->attempt,
                p->attempts, err_word(p->last.code));
    t->attempt = p->attempt > 0 ? p->attempt : 1;
}

static unsigned loading(const struct session *s, unsigned mask)
{
    unsigned out = 0;

    for (int k = 0; k < RESOURCE_COUNT; k++)
        if ((mask & RESOURCE_BIT(k)) && session_resource(s, (enum resource_kind)k)->loading)
            out |= RESOURCE_BIT(k);
    return out;
}

/* The months wanted are those of this run. */
static bool waiting(const struct session *s, unsigned mask)
{
    struct history_progress p;

    session_history_progress(s, &p);
    return p.loading > 0 || loading(s, mask) != 0;
}

static int sooner(int timeout, int64_t left)
{
    if (left < 0)
        left = 0;
    return timeout < 0 || left < timeout ? (int)left : timeout;
}

static int wait_for(struct session *s, unsigned mask, const struct fetch *f, int signals,
                    struct err *err)
{
    int64_t start = clock_mono_ms();
    int64_t end = f->seconds > 0 ? start + (int64_t)f->seconds * 1000 : INT64_MAX;
    struct talk talk = {.on = f->progress, .due_ms = start + PROGRESS_AFTER_MS};
    bool more = session_step(s, STEP_US, NULL);

    while (waiting(s, mask)) {
        struct api_fd fd = {.fd = signals, .events = POLLIN};
        int64_t now = clock_mono_ms();
        int timeout = more ? 0 : session_timeout_ms(s);

        if (now >= end) {
            err_set(err, ERR_TIMEOUT, "the service did not answer within %d s", f->seconds);
            err_next(err, "Try again later, or give it more time with --timeout");
            return ERR_TIMEOUT;
        }
        if (f->seconds > 0)
            timeout = sooner(timeout, end - now);
        if (talk.on)
            timeout = sooner(timeout, now < talk.due_ms ? talk.due_ms - now : PROGRESS_AFTER_MS);
        session_poll(s, &fd, 1, timeout);
        if (fd.revents != 0)
            return err_set(err, ERR_CANCELLED, "interrupted");
        more = session_step(s, STEP_US, NULL);
        talk_line(&talk, s, mask);
    }
    return 0;
}

int fetch_run(struct session *s, unsigned mask, const struct fetch *f, struct err *err)
{
    sigset_t set, before;
    int signals, rc;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, &before);
    signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) {
        rc = err_set(err, ERR_IO, "luitop cannot wait for the service");
        err_why(err, "%s", strerror(errno));
    } else {
        session_recall(s);
        session_refresh(s, mask, false);
        if (f->to != 0)
            session_want_history(s, f->from, f->to);
        rc = wait_for(s, mask, f, signals, err);
        if (rc < 0)
            session_cancel(s, RESOURCE_ALL);
        close(signals);
    }
    /* A signal that came and was answered must not strike now that it may again. */
    if (rc == ERR_CANCELLED) {
        struct timespec none = {0};

        while (sigtimedwait(&set, NULL, &none) > 0)
            ;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return rc;
}

int fetch_fault(const struct session *s, enum resource_kind kind, struct err *err)
{
    const struct resource *r = session_resource(s, kind);
    const char *title = resource_title(kind);

    if (r->failed) {
        if (err != NULL)
            *err = r->err;
        return r->err.code != 0 ? r->err.code : ERR_BUG;
    }
    /* What was there before is not there now: it is no answer. */
    if (r->known && !r->absent)
        return 0;
    if (r->off) {
        const char *op = resource_setting(kind);

        err_set(err, ERR_SETTINGS, "%s cannot be asked for", title);
        err_why(err,
                "Citrix does not publish the operation \"%s\", and the profile has no URL for it",
                op);
        err_next(err, "Set endpoints: { %s = \"https://...\"; } in the profile", op);
        return ERR_SETTINGS;
    }
    if (r->absent) {
        err_set(err, ERR_NOTFOUND, "this account has no %s", title);
        err_why(err, "the service answered that there is no such thing here");
        err_next(err, "If it should have, check the URLs and the region in the settings");
        return ERR_NOTFOUND;
    }
    err_set(err, ERR_UNREACHABLE, "%s cannot be shown", title);
    if (session_offline(s)) {
        err_why(err, "luitop is offline and remembers nothing");
        err_next(err, "Run the command once without --offline");
    }
    return ERR_UNREACHABLE;
}

int fetch_fault_optional(const struct session *s, enum resource_kind kind, struct err *err)
{
    return session_resource(s, kind)->absent ? 0 : fetch_fault(s, kind, err);
}

int fetch_unreadable(const struct session *s, enum resource_kind kind, struct err *err)
{
    const struct resource *r = session_resource(s, kind);
    char count[HUMAN_MAX];

    if (!r->known || r->unreadable == 0)
        return 0;
    err_set(err, ERR_DATA, "%s %s of the %s could not be read and %s missing here",
            human_count((int64_t)r->unreadable, count), r->unreadable == 1 ? "row" : "rows",
            resource_title(kind), r->unreadable == 1 ? "is" : "are");
    err_why(err, "the service sent something else than documented, first at row %zu of its list",
            r->first_unreadable);
    err_next(err, "The rest is right; report it to Citrix with the time of this call");
    return ERR_DATA;
}
