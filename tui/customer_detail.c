/* Everything about one customer: Enter in the list of customers. */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/human.h"
#include "model/chart_text.h"
#include "model/term.h"
#include "model/trend_list.h"
#include "session/config.h"
#include "tui/customer.h"
#include "tui/looks.h"

enum { MONTHS = 24, MONTHS_LISTED = 12, NOTICES_SHOWN = 20, TEXT_SIZE = 64 * 1024 };

const struct customer *customer_of(struct app *a, const char *id)
{
    const struct customer_list *l = session_customers(a->session);

    for (size_t i = 0; i < l->count && id != NULL; i++)
        if (strcmp(l->rows[i].id, id) == 0)
            return &l->rows[i];
    return NULL;
}

static bool same_customer(const struct customer_usage *a, const struct customer_usage *b)
{
    if (a->linked != b->linked)
        return false;
    return !a->linked || (a->customer_id != NULL && b->customer_id != NULL &&
                          strcmp(a->customer_id, b->customer_id) == 0);
}

static void title(struct textview *t, const char *text)
{
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "%s", text);
}

static const char *or_dash(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : "-";
}

static void add_identity(struct app *a, const struct customer_usage *row, struct textview *t)
{
    const struct customer *own = customer_of(a, row->customer_id);
    char n[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", or_dash(row->customer));
    if (!row->linked) {
        textview_add(t, ROLE_MUTED,
                     "Users that no user, server, site or group links to a "
                     "customer: nobody is billed for them by name.");
        return;
    }
    textview_pair(t, ROLE_TEXT, "id", "%s", or_dash(row->customer_id));
    textview_pair(t, ROLE_TEXT, "type", "%s", or_dash(row->type));
    if (own == NULL) {
        textview_pair(t, ROLE_MUTED, "partner list", "%s",
                      session_resource(a->session, RESOURCE_CUSTOMERS)->known
                          ? "not in it: only its usage is known"
                          : "not known");
        return;
    }
    textview_pair(t, ROLE_TEXT, "org id", "%s", or_dash(own->org_id));
    textview_pair(t, ROLE_TEXT, "administrator", "%s  %s", or_dash(own->admin_name),
                  own->admin_email != NULL ? own->admin_email : "");
    textview_pair(t, ROLE_TEXT, "connection", "%s", or_dash(own->connection_id));
    textview_pair(t, ROLE_TEXT, "notices", "%s",
                  own->notifications < 0 ? "the service does not say how many"
                                         : human_count(own->notifications, n));
}

/* "412 users, 380 paid, 32 free"; "not known". */
static void users_words(int64_t total, int64_t free_users, bool incomplete, struct buf *out)
{
    char n[3][HUMAN_MAX];

    buf_reset(out);
    if (total == USAGE_UNKNOWN)
        buf_addstr(out, "not known");
    else
        buf_addf(out, "%s%s users, %s%s paid, %s%s free", incomplete ? ">= " : "",
                 human_count(total, n[0]), incomplete ? ">= " : "",
                 human_count(usage_paid(total, free_users), n[1]), incomplete ? "~ " : "",
                 human_count(free_users, n[2]));
}

static void add_edition(const struct customer_usage *r, struct textview *t, struct buf *b)
{
    char change[HUMAN_MAX];

    users_words(r->total, r->free, r->incomplete, b);
    textview_pair(t, ROLE_NUMBER, r->edition != NULL ? r->edition : or_dash(r->feature_id), "%s",
                  b->data);
    users_words(r->total_before, r->free_before, r->incomplete_before, b);
    if (r->total != USAGE_UNKNOWN && r->total == r->total_before)
        buf_addstr(b, "  (as many now)");
    else if (r->total != USAGE_UNKNOWN && r->total_before != USAGE_UNKNOWN)
        buf_addf(b, "  (%s since)", human_change(r->total_before, r->total, change));
    textview_pair(t, ROLE_MUTED, "month before", "%s", b->data);
}

static void add_editions(struct app *a, const struct customer_usage_list *rows,
                         const struct customer_usage *row, struct textview *t, struct buf *b)
{
    char term[TERM_TEXT];
    size_t n = 0;

    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Users of %s", term_human(session_term(a->session), term));
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].feature_id == NULL || !same_customer(&rows->rows[i], row))
            continue;
        add_edition(&rows->rows[i], t, b);
        n++;
    }
    if (n > 0)
        return;
    if (session_resource(a->session, RESOURCE_USAGE)->known)
        textview_add(t, ROLE_MUTED, "%s",
                     row->total == 0 ? "none"
                                     : "not known: the service's parts do not add up to all users");
    else
        textview_add(t, ROLE_MUTED, "not known");
}

/* Each line of TEXT, with ROLE from line FROM on. */
static void add_lines(struct textview *t, enum role role, const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");

        textview_add(t, role, "%.*s", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

static void add_progress(struct app *a, struct textview *t)
{
    struct history_progress h;
    char text[400];

    session_history_progress(a->session, &h);
    if (h.err.code != 0)
        textview_add(t, ROLE_ERROR, "%s", err_sentence(&h.err, text, sizeof(text)));
    else if (h.loading > 0)
        textview_add(t, ROLE_MUTED, "%zu month%s on the way ...", h.loading,
                     h.loading == 1 ? "" : "s");
}

/* Its own months, the newest last. Missing ones are gaps: "?", never zero. */
static void add_trend(struct app *a, const struct customer_usage *row, struct textview *t,
                      struct buf *b)
{
    int to = term_of(app_now(a), session_profile(a->session)->billing_timezone);
    struct trend_spec spec = {
        .name = row->customer,
        .choice = {.customer_id = row->linked ? row->customer_id : HISTORY_NOT_LINKED},
        .from = to - MONTHS + 1,
        .to = to,
    };
    bool ascii = screen_ascii(a->screen);
    char text[400], first[TERM_TEXT], last[TERM_TEXT];
    struct trend_list l;
    struct series_set set;
    struct err err = {0};
    int rc;

    title(t, "Users month by month");
    session_want_history(a->session, spec.from, spec.to);
    add_progress(a, t);
    trend_list_init(&l);
    rc = trend_list_build(&l, session_history(a->session), &spec, &err);
    if (rc == 0 && (rc = trend_list_set(&l, &set)) == 0) {
        buf_reset(b);
        spark_text(&set, SERIES_TOTAL, MONTHS, ascii ? CHART_GLYPHS_ASCII : CHART_GLYPHS_BLOCK,
                   NULL, b);
        textview_add(t, ROLE_NUMBER, "%s  %s to %s", b->data, term_human(spec.from, first),
                     term_human(to, last));
        buf_reset(b);
        chart_sentence(&set, b);
        add_lines(t, ROLE_TEXT, b->data);
        series_set_release(&set);
        spec.from = to - MONTHS_LISTED + 1;
        rc = trend_list_build(&l, session_history(a->session), &spec, &err);
    }
    if (rc == 0 && (rc = trend_list_set(&l, &set)) == 0) {
        buf_reset(b);
        chart_table(&set, ascii ? CHART_GLYPHS_ASCII : CHART_GLYPHS_BLOCK, 0, b);
        add_lines(t, ROLE_TEXT, b->data);
        series_set_release(&set);
    }
    if (rc < 0 && err.code == 0)
        err_set(&err, (enum err_code)rc, "The trend cannot be made");
    if (rc < 0)
        textview_add(t, ROLE_MUTED, "%s", err_sentence(&err, text, sizeof(text)));
    trend_list_release(&l);
}

/* The service is asked once a customer; r asks again. */
static void look(struct app *a, const char *id)
{
    if (strcmp(session_key(a->session, RESOURCE_CUSTOMER_NOTICES), id) != 0)
        session_look(a->session, RESOURCE_CUSTOMER_NOTICES, id);
}

static void add_notice_list(struct app *a, struct textview *t)
{
    const struct notice_list *l = session_customer_notices(a->session);
    char when[HUMAN_MAX], n[HUMAN_MAX];

    for (size_t i = 0; i < l->count && i < NOTICES_SHOWN; i++) {
        const struct notice *notice = &l->rows[i];

        textview_pair(t, severity_role(notice->severity), severity_name(notice->severity), "%s, %s",
                      or_dash(notice->title), human_when(app_now(a), notice->created, NULL, when));
    }
    if (l->count > NOTICES_SHOWN)
        textview_add(t, ROLE_MUTED, "and %s more",
                     human_count((int64_t)(l->count - NOTICES_SHOWN), n));
    if (l->more)
        textview_add(t, ROLE_WARNING, "the service has more than luitop reads");
    if (l->count == 0)
        textview_add(t, ROLE_MUTED, "none");
}

static void add_notices(struct app *a, const struct customer_usage *row, struct textview *t)
{
    const struct resource *r = session_resource(a->session, RESOURCE_CUSTOMER_NOTICES);
    char text[900], when[HUMAN_MAX];

    title(t, "Notifications of this customer");
    if (customer_of(a, row->customer_id) == NULL) {
        textview_add(t, ROLE_MUTED, "not asked for: it is not in the partner list");
        return;
    }
    look(a, row->customer_id);
    if (strcmp(session_key(a->session, RESOURCE_CUSTOMER_NOTICES), row->customer_id) != 0) {
        textview_add(t, ROLE_MUTED, "this customer's id is too long to ask for");
        return;
    }
    if (r->failed)
        textview_add(t, ROLE_ERROR, "%s", err_sentence(&r->err, text, sizeof(text)));
    if (r->failed && r->err.code == ERR_FORBIDDEN)
        textview_add(t, ROLE_MUTED,
                     "A partner may not be permitted to read a customer's own "
                     "list; the count above is the partner service's.");
    if (r->known && (r->failed || r->from_snapshot))
        textview_add(t, ROLE_MUTED, "as of %s", human_when(app_now(a), r->as_of, NULL, when));
    if (r->known)
        add_notice_list(a, t);
    else if (!r->failed)
        textview_add(t, ROLE_MUTED, "%s",
                     trouble_unknown(a, RESOURCE_CUSTOMER_NOTICES, text, sizeof(text)));
}

void customer_detail(struct app *a, const struct customer_usage_list *rows,
                     const struct customer_usage *row, struct textview *t)
{
    struct buf b;

    buf_init(&b, TEXT_SIZE);
    add_identity(a, row, t);
    add_editions(a, rows, row, t, &b);
    add_trend(a, row, t, &b);
    if (row->linked)
        add_notices(a, row, t);
    buf_release(&b);
}
