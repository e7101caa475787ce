/* What stands in the way of a pane's data, in words, on the pane concerned. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "base/utf8.h"
#include "tui/app.h"

/* The time of day of a monotonic instant: true however long it stands on the screen. */
static const char *time_of(struct app *a, int64_t at_ms, char out[HUMAN_MAX])
{
    int64_t left = at_ms - clock_mono_ms();
    struct civil c;

    zone_civil(NULL, app_now(a) + (left > 0 ? (left + 999) / 1000 : 0), &c);
    snprintf(out, HUMAN_MAX, "%02d:%02d:%02d", c.hour, c.minute, c.second);
    return out;
}

static void progress_text(struct app *a, const struct resource *r, char *out, size_t size)
{
    const struct api_progress *p = &r->progress;
    const char *title = resource_title(r->kind);
    char wait[HUMAN_MAX];

    if (p->phase == API_RETRYING)
        snprintf(out, size, "%s: %s; attempt %d of %d at %s.", title,
                 p->last.why[0] != '\0' ? p->last.why : err_word(p->last.code), p->attempt,
                 p->attempts, time_of(a, p->retry_at_ms, wait));
    else
        snprintf(out, size, "%s: attempt %d of %d after: %s.", title, p->attempt, p->attempts,
                 p->last.why[0] != '\0' ? p->last.why : err_word(p->last.code));
}

const char *trouble_unknown(struct app *a, enum resource_kind kind, char *out, size_t size)
{
    const struct resource *r = session_resource(a->session, kind);
    const char *title = resource_title(kind);

    if (r->off)
        snprintf(
            out, size,
            "Off: Citrix does not publish the operation \"%s\"; endpoints in the profile sets its "
            "URL.",
            resource_setting(kind));
    else if (r->loading && r->progress.attempt > 1)
        snprintf(out, size, "Not known yet: see above.");
    else if (r->loading)
        snprintf(out, size, "Asking the service for %s ...", title);
    else if (r->absent)
        snprintf(out, size, "This account has no %s, or its address in the profile is wrong.",
                 title);
    else if (r->failed)
        snprintf(out, size, "Not known: see above; r asks again.");
    else if (session_offline(a->session))
        snprintf(out, size, "Not known: luitop is offline and remembers no %s.", title);
    else
        snprintf(out, size, "Not asked for yet: press r.");
    return out;
}

/* Draws TEXT over up to MAX lines, broken at blanks; returns the lines. */
static int draw_wrapped(struct app *a, struct rect r, int max, enum role role, const char *text)
{
    struct buf clean;
    const char *p;
    int lines = 0;
    size_t left;

    buf_init(&clean, 8192);
    utf8_clean(&clean, text, strlen(text));
    p = clean.data;
    left = clean.len;
    while (left > 0 && lines < max && r.w > 0) {
        size_t taken, n = utf8_fit(p, left, (size_t)r.w, &taken);

        if (n < left && lines + 1 < max) {
            size_t cut = n;

            while (cut > 0 && p[cut] != ' ')
                cut--;
            if (cut > 0)
                n = cut;
        } else {
            n = left;
        }
        if (n == 0)
            break;
        draw_textn(a->screen, r.y + lines, r.x, r.w, role, p, n);
        lines++;
        while (n < left && p[n] == ' ')
            n++;
        p += n;
        left -= n;
    }
    buf_release(&clean);
    return lines;
}

int trouble_draw_unknown(struct app *a, enum resource_kind kind, struct rect r)
{
    char text[300];

    return draw_wrapped(a, r, r.h, ROLE_MUTED, trouble_unknown(a, kind, text, sizeof(text)));
}

static int draw_one(struct app *a, const struct resource *r, struct rect rect, int max)
{
    char text[1000], sentence[900], when[HUMAN_MAX];
    int used = 0;

    if (r->loading && r->progress.attempt > 1) {
        progress_text(a, r, text, sizeof(text));
        used += draw_wrapped(a, rect, max, ROLE_WARNING, text);
    } else if (r->failed && !r->absent) {
        err_sentence(&r->err, sentence, sizeof(sentence));
        if (r->known)
            snprintf(text, sizeof(text), "%s Shown: the answer of %s.", sentence,
                     human_when(app_now(a), r->as_of, NULL, when));
        else
            snprintf(text, sizeof(text), "%s", sentence);
        used += draw_wrapped(a, rect, max, ROLE_ERROR, text);
    } else if (r->absent && r->known) {
        snprintf(text, sizeof(text),
                 "This account has no %s now, or their address in the profile is wrong. Shown: the "
                 "answer of %s.",
                 resource_title(r->kind), human_when(app_now(a), r->as_of, NULL, when));
        used += draw_wrapped(a, rect, max, ROLE_WARNING, text);
    }
    if (r->unreadable > 0 && used < max) {
        snprintf(text, sizeof(text),
                 "%zu row%s of the %s could not be read (first: number %zu) and %s missing here.",
                 r->unreadable, r->unreadable == 1 ? "" : "s", resource_title(r->kind),
                 r->first_unreadable, r->unreadable == 1 ? "is" : "are");
        used += draw_wrapped(a, (struct rect){rect.y + used, rect.x, rect.h, rect.w}, max - used,
                             ROLE_WARNING, text);
    }
    return used;
}

/* The failure that R's lines tell: of its last attempt while it tries again, else of its last call.
 */
static const struct err *told(const struct resource *r)
{
    if (r->loading)
        return r->progress.attempt > 1 ? &r->progress.last : NULL;
    return r->failed && !r->absent ? &r->err : NULL;
}

static bool same_failure(const struct resource *x, const struct resource *y)
{
    const struct err *a = told(x), *b = told(y);

    return a != NULL && b != NULL && x->loading == y->loading && x->unreadable == 0 &&
           y->unreadable == 0 && a->code == b->code && strcmp(a->why, b->why) == 0;
}

/* When one cause hits several resources (the network is gone), it is said once and the others are
 * named. Returns the bits that FIRST's lines speak for. */
static unsigned group_of(struct app *a, unsigned resources, int first, struct buf *names)
{
    const struct resource *r = session_resource(a->session, first);
    unsigned group = RESOURCE_BIT(first);

    for (int k = first + 1; k < RESOURCE_COUNT; k++) {
        const struct resource *other = session_resource(a->session, k);

        if ((resources & RESOURCE_BIT(k)) == 0 || !same_failure(r, other))
            continue;
        buf_addf(names, "%s%s", names->len > 0 ? ", " : "The same for: ", resource_title(k));
        group |= RESOURCE_BIT(k);
    }
    return group;
}

int trouble_draw(struct app *a, unsigned resources, struct rect r)
{
    int max = r.h / 3, used = 0;
    struct buf names;

    buf_init(&names, 2000);
    r.x++;
    r.w -= 2;
    for (int k = 0; k < RESOURCE_COUNT && used < max; k++) {
        struct rect at = {r.y + used, r.x, r.h, r.w};

        if ((resources & RESOURCE_BIT(k)) == 0)
            continue;
        buf_reset(&names);
        resources &= ~group_of(a, resources, k, &names);
        used += draw_one(a, session_resource(a->session, k), at, max - used);
        at.y = r.y + used;
        if (names.len > 0)
            used += draw_wrapped(a, at, max - used, ROLE_ERROR, names.data);
    }
    buf_release(&names);
    if (used > 0 && used < max)
        used++;
    return used;
}
