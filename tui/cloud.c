#include "tui/cloud.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"

const char *cloud_words(enum cloud_level l)
{
    static const char *const words[] = {
        [CLOUD_NONE] = "no licences",
        [CLOUD_OK] = "ok",
        [CLOUD_NEARLY] = "near 100 %",
        [CLOUD_OVER] = "over",
    };

    return words[l];
}

bool cloud_tenants_missing(struct app *a)
{
    const struct cloud_summary *s = session_cloud_summary(a->session);

    if (!s->multi.listed || session_resource(a->session, RESOURCE_CLOUD_SUMMARY)->unreadable > 0)
        return true;
    for (size_t i = 0; i < s->count; i++)
        if (s->rows[i].multi_tenant && !s->rows[i].tenants_told)
            return true;
    return false;
}

static void percent_text(int64_t hundredths, char out[HUMAN_MAX])
{
    if (hundredths < 0)
        snprintf(out, HUMAN_MAX, "percentage not told");
    else
        snprintf(out, HUMAN_MAX, "%lld.%02d %%", (long long)(hundredths / 100),
                 (int)(hundredths % 100));
}

static void add_use(struct textview *t, const char *label, const struct active_use *users,
                    const struct active_use *devices)
{
    char n[2][HUMAN_MAX], percent[2][HUMAN_MAX];

    percent_text(users->percent_100, percent[0]);
    percent_text(devices->percent_100, percent[1]);
    textview_pair(t, ROLE_TEXT, label, "users %s (%s), devices %s (%s)",
                  human_count(users->count, n[0]), percent[0], human_count(devices->count, n[1]),
                  percent[1]);
}

static void add_model(struct app *a, struct textview *t, const char *name,
                      const struct tenant_model *m, const char *absent)
{
    char when[HUMAN_MAX];

    if (!m->known) {
        textview_pair(t, ROLE_MUTED, name, "%s", absent);
        return;
    }
    textview_pair(t, ROLE_TEXT, name, "as of %s",
                  m->as_of != TIME_NONE ? human_when(app_now(a), m->as_of, NULL, when)
                                        : "a time not told");
    add_use(t, "  day", &m->day, &m->day_devices);
    add_use(t, "  month", &m->month, &m->month_devices);
}

/* Why there are no numbers; false: there are. */
static bool add_trouble(struct app *a, struct textview *t)
{
    const struct resource *r = session_resource(a->session, RESOURCE_TENANT_USE);
    char text[1000];

    if (r->failed && !r->absent) {
        err_sentence(&r->err, text, sizeof(text));
        textview_add(t, ROLE_ERROR, "%s", text);
    } else if (r->absent && !r->known) {
        textview_add(t, ROLE_MUTED, "%s",
                     "The service answers that this customer is not entitled to it (404).");
    } else if (!r->known) {
        textview_add(t, ROLE_MUTED, "%s",
                     trouble_unknown(a, RESOURCE_TENANT_USE, text, sizeof(text)));
    }
    return !r->known;
}

void tenant_use_add(struct app *a, struct textview *t)
{
    const struct tenant_use *u = session_tenant_use(a->session);

    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "%s", "Active use now, whatever the month shown");
    if (add_trouble(a, t))
        return;
    if (!u->concurrent.known && !u->user_device.known) {
        textview_add(t, ROLE_MUTED, "%s", "The service tells no use of this customer.");
        return;
    }
    add_model(a, t, "user/device", &u->user_device, "none");
    add_model(a, t, "concurrent", &u->concurrent, "none: user/device licences");
}
