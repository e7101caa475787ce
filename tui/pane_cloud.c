/* Cloud (DaaS) licences: what is owned and used, and the months before. */
#include <stdio.h>

#include "base/clock.h"
#include "base/human.h"
#include "tui/cloud.h"
#include "tui/listpane.h"
#include "tui/looks.h"

static struct row_source source(struct app *a)
{
    return cloud_history_source(session_cloud_history(a->session));
}

static enum role use_role(int64_t used, int64_t owned)
{
    return severity_role(cloud_level_severity(cloud_level_of(owned, used, 0)));
}

static const char *use_word(int64_t used, int64_t owned)
{
    return cloud_words(cloud_level_of(owned, used, 0));
}

static int draw_ud(struct app *a, struct rect r)
{
    const struct cloud_ud *c = session_cloud_ud(a->session);
    char used[HUMAN_MAX], owned[HUMAN_MAX], left[HUMAN_MAX], text[300];
    struct screen *s = a->screen;

    draw_text(s, r.y, 1, 24, ROLE_TITLE, "User/Device");
    if (!c->known) {
        draw_text(s, r.y, 18, r.w - 19, ROLE_MUTED,
                  trouble_unknown(a, RESOURCE_CLOUD_UD, text, sizeof(text)));
        return 1;
    }
    draw_format(s, r.y, 18, r.w - 19, use_role(c->used, c->available),
                "%s of %s in use, %s left: %s", human_count(c->used, used),
                human_count(c->available, owned), human_count(c->remaining, left),
                use_word(c->used, c->available));
    if (r.w >= 100)
        draw_bar(s, r.y, 66, r.w - 68, use_role(c->used, c->available), c->used, c->available);
    draw_format(s, r.y + 1, 18, r.w - 19, ROLE_MUTED,
                "users %s, devices %s; the smaller is charged", human_count(c->user_used, used),
                human_count(c->device_used, owned));
    if (!c->has_expiry)
        return 2;
    draw_format(s, r.y + 2, 18, r.w - 19, ROLE_MUTED, "%s licences expire %s",
                human_count(c->expiring, used), human_days(c->days_to_expire, left));
    return 3;
}

static int draw_peak(struct app *a, struct rect r, const char *name, const struct cloud_peak *p)
{
    char n[HUMAN_MAX], when[HUMAN_MAX];

    draw_text(a->screen, r.y, 18, 20, ROLE_MUTED, name);
    if (p->known)
        draw_format(a->screen, r.y, 38, r.w - 39, ROLE_TEXT, "%s   %s", human_count(p->assigned, n),
                    human_when(app_now(a), p->at, NULL, when));
    else
        draw_text(a->screen, r.y, 38, r.w - 39, ROLE_MUTED, "not told by the service");
    return 1;
}

static int draw_ccu(struct app *a, struct rect r)
{
    const struct cloud_ccu *c = session_cloud_ccu(a->session);
    char used[HUMAN_MAX], owned[HUMAN_MAX], text[300];

    draw_text(a->screen, r.y, 1, 24, ROLE_TITLE, "Concurrent");
    if (!c->known) {
        draw_text(a->screen, r.y, 18, r.w - 19, ROLE_MUTED,
                  trouble_unknown(a, RESOURCE_CLOUD_CCU, text, sizeof(text)));
        return 1;
    }
    draw_format(a->screen, r.y, 18, r.w - 19, use_role(c->assigned, c->total),
                "%s of %s in use: %s", human_count(c->assigned, used), human_count(c->total, owned),
                use_word(c->assigned, c->total));
    r.y++;
    r.y += draw_peak(a, r, "peak, 24 h", &c->day);
    r.y += draw_peak(a, r, "peak, this month", &c->month);
    draw_peak(a, r, "peak, all time", &c->all_time);
    return 4;
}

static int head(struct app *a, struct rect r)
{
    int y = r.y;

    r.y += draw_ud(a, r);
    r.y += draw_ccu(a, r) + 1;
    return r.y - y;
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &cloud_month_row_type,
        .source = source,
        .head = head,
        .sort = "-term",
        .empty = "The service has no cloud history for this account.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_cloud = {
    .name = "cloud",
    .title = "Cloud",
    .brief = "Cloud",
    .products = PRODUCT_BIT(CLOUD),
    .resources = RESOURCE_BIT(RESOURCE_CLOUD_HISTORY) | RESOURCE_BIT(RESOURCE_CLOUD_UD) |
                 RESOURCE_BIT(RESOURCE_CLOUD_CCU),
    .init = open_pane,
    LISTPANE_FUNCTIONS,
};
