/* What all panes of licensed deployments share, and the choice of servers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "session/config.h"
#include "tui/deploy.h"

enum { DAYS_SHOWN = 92, MONTHS_SHOWN = 13, SILENT_MORE = 9, NAMES_MAX = 4096 };

struct deploy *deploy_of(struct app *a)
{
    return a->panes[PANE_DEPLOYMENTS].state;
}

int deploy_init(struct pane *p)
{
    static const struct pane_def *const defs[DEPLOY_PARTS] = {
#define PART_DEF(id, def, name) &def,
        DEPLOY_PART_LIST(PART_DEF)
#undef PART_DEF
    };
    struct deploy *d = calloc(1, sizeof(*d));
    int rc = 0;

    if (d == NULL)
        return ERR_NOMEM;
    p->state = d;
    deployment_server_list_init(&d->servers);
    deployment_list_init(&d->pools);
    deployment_list_init(&d->by_server);
    deployment_use_list_init(&d->activity);
    server_set_init(&d->only);
    chart_view_init(&d->view, CHART_GLYPHS_BLOCK);
    d->places[DAILY_DAY] = DAYS_SHOWN;
    d->places[DAILY_MONTH] = MONTHS_SHOWN;
    d->page = 1;
    for (int i = 0; i < DEPLOY_PARTS && rc == 0; i++) {
        d->parts[i] = (struct pane){.def = defs[i], .app = p->app, .id = p->id};
        rc = defs[i]->init(&d->parts[i]);
    }
    return rc;
}

void deploy_release(struct pane *p)
{
    struct deploy *d = p->state;

    if (d == NULL)
        return;
    for (int i = 0; i < DEPLOY_PARTS; i++)
        if (d->parts[i].def != NULL)
            d->parts[i].def->release(&d->parts[i]);
    deploy_cards_release(d);
    deployment_server_list_release(&d->servers);
    deployment_list_release(&d->pools);
    deployment_list_release(&d->by_server);
    deployment_use_list_release(&d->activity);
    server_set_release(&d->only);
    free(d->users);
    if (d->have_set)
        series_set_release(&d->set);
    chart_view_release(&d->view);
    free(d);
    p->state = NULL;
}

bool deploy_known(struct app *a)
{
    return session_resource(a->session, RESOURCE_DEPLOYMENTS)->known &&
           session_resource(a->session, RESOURCE_DEPLOYMENT_USAGE)->known;
}

struct deployment_input deploy_input(struct app *a)
{
    struct deploy *d = deploy_of(a);

    return (struct deployment_input){.servers = &d->servers,
                                     .only = d->some ? &d->only : NULL,
                                     .now = d->used,
                                     .zone = session_profile(a->session)->billing_timezone};
}

/* The cursor stays on its card. */
static void find_cursor(struct deploy *d)
{
    for (size_t i = 0; i < d->pools.count; i++)
        if (d->pools.rows[i].id == d->cursor_id) {
            d->cursor = i;
            return;
        }
    if (d->cursor >= d->pools.count)
        d->cursor = d->pools.count > 0 ? d->pools.count - 1 : 0;
    d->cursor_id = d->pools.count > 0 ? d->pools.rows[d->cursor].id : 0;
}

static int count_all(struct deploy *d, const struct pool_list *pools, struct deployment_input in)
{
    struct deployment_total all;
    int rc;

    in.only = NULL;
    rc = deployment_total(&d->pools, pools, &in, &all);
    if (rc == 0)
        d->all_servers = all.servers + all.unlisted;
    return rc;
}

void deploy_rebuild(struct app *a)
{
    struct deploy *d = deploy_of(a);
    const struct pool_list *pools = session_deployment_usage(a->session);
    struct deployment_input in;
    int rc;

    d->judged = session_as_of(a->session, RESOURCE_DEPLOYMENTS);
    d->used = session_as_of(a->session, RESOURCE_DEPLOYMENT_USAGE);
    rc = deployment_server_list_judge(&d->servers, session_deployments(a->session),
                                      session_deployment_rules(a->session), d->judged);
    in = deploy_input(a);
    if (rc == 0)
        rc = deployment_list_build(&d->pools, pools, &in);
    if (rc == 0)
        rc = deployment_total(&d->pools, pools, &in, &d->total);
    if (rc == 0)
        rc = count_all(d, pools, in);
    if (rc == 0)
        rc = deploy_cards_build(a, d);
    find_cursor(d);
    if (rc == 0)
        rc = deploy_detail_build(a, d);
    /* They show rows of this state. */
    d->parts[DEPLOY_PART_TABLE].def->data(&d->parts[DEPLOY_PART_TABLE]);
    a->panes[PANE_DEPLOYMENT_SERVERS].def->data(&a->panes[PANE_DEPLOYMENT_SERVERS]);
    if (rc < 0)
        app_say(a, ROLE_ERROR, "%s: licensed deployments are not complete",
                rc == ERR_TOOBIG ? "too much data" : "out of memory");
}

/* Whether what the service confirmed since then, without another answer, is judged otherwise. */
static bool has_aged(struct app *a, const struct deploy *d, int64_t judged, int64_t used)
{
    const struct deployment_rules *rules = session_deployment_rules(a->session);
    const char *zone = session_profile(a->session)->billing_timezone;

    if (day_of(used, zone) != day_of(d->used, zone))
        return true;
    for (size_t i = 0; i < d->servers.count; i++) {
        const struct deployment_server *s = &d->servers.rows[i];

        if (deployment_status_of(s->registered, s->reported, rules, judged) != s->status)
            return true;
    }
    return false;
}

void deploy_update(struct app *a)
{
    struct deploy *d = deploy_of(a);
    uint64_t servers = session_resource(a->session, RESOURCE_DEPLOYMENTS)->version;
    uint64_t usage = session_resource(a->session, RESOURCE_DEPLOYMENT_USAGE)->version;
    uint64_t users = session_resource(a->session, RESOURCE_DEPLOYMENT_USERS)->version;
    int64_t judged = session_as_of(a->session, RESOURCE_DEPLOYMENTS);
    int64_t used = session_as_of(a->session, RESOURCE_DEPLOYMENT_USAGE);

    if (servers == d->servers_version && usage == d->usage_version && users == d->users_version &&
        !has_aged(a, d, judged, used)) {
        d->judged = judged;
        d->used = used;
        return;
    }
    d->servers_version = servers;
    d->usage_version = usage;
    d->users_version = users;
    deploy_rebuild(a);
}

const char *deploy_chosen_text(struct app *a, char *out, size_t size)
{
    struct deploy *d = deploy_of(a);
    size_t all = d->all_servers;

    if (d->some)
        snprintf(out, size, "%zu of %zu servers chosen", d->only.count,
                 all > d->only.count ? all : d->only.count);
    else
        snprintf(out, size, "all %zu servers", all);
    return out;
}

/* Whether S is chosen and does not report. */
static bool is_silent(const struct deploy *d, const struct deployment_server *s)
{
    return s->status != DEPLOYMENT_REPORTING && (!d->some || server_set_has(&d->only, s->fqdn));
}

/* "dep06 5 d, dep07 12 d, 3 more": the first part of the names and the ages, in W cells. */
static void silent_names(struct app *a, const struct deploy *d, size_t w, struct buf *out)
{
    size_t more = 0, left = 0;

    for (size_t i = 0; i < d->servers.count; i++)
        left += is_silent(d, &d->servers.rows[i]);
    for (size_t i = 0; i < d->servers.count; i++) {
        const struct deployment_server *s = &d->servers.rows[i];
        char age[HUMAN_MAX];
        size_t before = out->len, rest;

        if (!is_silent(d, s))
            continue;
        rest = --left > 0 ? SILENT_MORE : 0;
        if (more == 0)
            buf_addf(out, "%s%.*s %s", before > 0 ? ", " : "", (int)strcspn(s->fqdn, "."), s->fqdn,
                     human_age(app_now(a), s->reported, age));
        if (more > 0 || (size_t)text_cells(a->screen, out->data) + rest > w) {
            out->len = before;
            out->data[before] = '\0';
            more++;
        }
    }
    if (more > 0)
        buf_addf(out, "%s%zu more", out->len > 0 ? ", " : "", more);
}

/* The names behind what took USED cells of R's first line, or on a line of their own. Returns the
 * lines. */
static int draw_silent(struct app *a, struct rect r, int used)
{
    struct buf names;
    bool below;

    buf_init(&names, NAMES_MAX);
    silent_names(a, deploy_of(a), (size_t)(r.w > 4 ? r.w - 4 : 0), &names);
    below = used + 2 + text_cells(a->screen, names.data) > r.w && r.h > 1;
    if (below)
        draw_text(a->screen, r.y + 1, r.x + 2, r.w - 2, ROLE_WARNING, names.data);
    else
        draw_format(a->screen, r.y, r.x + used, r.w - used, ROLE_WARNING, ": %s", names.data);
    buf_release(&names);
    return below ? 2 : 1;
}

int deploy_outside_draw(struct app *a, struct rect r)
{
    struct deploy *d = deploy_of(a);
    const struct deployment_total *t = &d->total;
    size_t silent = t->servers - t->reporting;
    struct screen *s = a->screen;
    int lines = 0;

    if (silent > 0) {
        int used =
            draw_format(s, r.y + lines, r.x, r.w, ROLE_WARNING,
                        "%zu of %zu servers %s not report and %s outside these totals", silent,
                        t->servers, silent == 1 ? "does" : "do", silent == 1 ? "is" : "are");

        lines = draw_silent(a, r, used);
    }
    if (t->unlisted > 0 && lines < r.h)
        draw_format(s, r.y + lines++, r.x, r.w, ROLE_WARNING,
                    "%zu server%s with use %s no longer listed and outside these totals",
                    t->unlisted, t->unlisted == 1 ? "" : "s", t->unlisted == 1 ? "is" : "are");
    if (t->unsampled > 0 && lines < r.h)
        draw_format(s, r.y + lines++, r.x, r.w, ROLE_WARNING,
                    "%lld product%s on reporting servers without a sample: >= means at least",
                    (long long)t->unsampled, t->unsampled == 1 ? "" : "s");
    if (lines == 0 && t->servers > 0) {
        draw_format(s, r.y, r.x, r.w, ROLE_MUTED, "%s %zu %s", t->servers == 1 ? "the" : "all",
                    t->servers, t->servers == 1 ? "server reports" : "servers report");
        lines = 1;
    }
    return lines;
}

/* ---- choosing servers ---- */

/* The names in the list and those that only the usage has, each once. 0 or negative. */
static int add_names(struct app *a, struct deploy *d)
{
    const struct pool_list *pools = session_deployment_usage(a->session);
    struct deployment_list all;
    struct deployment_input in = deploy_input(a);
    struct server_set seen;
    int rc = 0;

    server_set_init(&seen);
    deployment_list_init(&all);
    in.only = NULL;
    for (size_t i = 0; i < d->servers.count && rc == 0; i++) {
        const struct deployment_server *s = &d->servers.rows[i];
        bool reports = s->status == DEPLOYMENT_REPORTING;

        if (seen.count > 0 && server_set_has(&seen, s->fqdn))
            continue;
        rc = server_set_add(&seen, s->fqdn);
        if (rc == 0)
            rc = toggles_add(&a->toggles, s->fqdn, reports ? "reporting" : "not reporting",
                             reports ? ROLE_OK : ROLE_ERROR,
                             server_set_has(d->some ? &d->only : NULL, s->fqdn));
    }
    if (rc == 0)
        rc = deployment_list_by_server(&all, pools, NULL, &in);
    for (size_t i = 0; i < all.count && rc == 0; i++) {
        const char *fqdn = all.rows[i].fqdn;

        if (server_set_has(&seen, fqdn))
            continue;
        rc = server_set_add(&seen, fqdn);
        if (rc == 0)
            rc = toggles_add(&a->toggles, fqdn, "not listed", ROLE_WARNING,
                             server_set_has(d->some ? &d->only : NULL, fqdn));
    }
    deployment_list_release(&all);
    server_set_release(&seen);
    return rc;
}

static void changed(struct app *a)
{
    char text[80];

    deploy_rebuild(a);
    app_say(a, ROLE_TEXT, "%s", deploy_chosen_text(a, text, sizeof(text)));
}

static bool accept(struct app *a)
{
    struct deploy *d = deploy_of(a);
    size_t on = toggles_on(&a->toggles);
    struct server_set set;
    int rc = 0;

    if (on == 0) {
        app_say(a, ROLE_WARNING, "choose at least one server, or a for all of them");
        return false;
    }
    server_set_init(&set);
    for (size_t i = 0; i < a->toggles.count && rc == 0; i++)
        if (a->toggles.items[i].on)
            rc = server_set_add(&set, a->toggles.items[i].name);
    if (rc < 0) {
        server_set_release(&set);
        app_say(a, ROLE_ERROR, "out of memory: the choice is as before");
        return true;
    }
    server_set_release(&d->only);
    d->only = set;
    d->some = on < a->toggles.count;
    changed(a);
    return true;
}

bool deploy_choose(struct app *a, enum action action)
{
    struct deploy *d = deploy_of(a);

    if (action == ACTION_ALL_SERVERS) {
        d->some = false;
        changed(a);
        return true;
    }
    if (action != ACTION_SERVERS)
        return false;
    toggles_start(&a->toggles, "Servers that count");
    if (add_names(a, d) < 0)
        app_say(a, ROLE_ERROR, "the servers cannot be listed: out of memory, or too many");
    else
        overlay_toggles(a, accept);
    return true;
}

const char *deploy_choose_refusal(struct app *a, enum action action)
{
    if (action != ACTION_SERVERS && action != ACTION_ALL_SERVERS)
        return NULL;
    if (!deploy_known(a))
        return "the servers are not known";
    return action == ACTION_ALL_SERVERS && !deploy_of(a)->some ? "all servers count already" : NULL;
}
