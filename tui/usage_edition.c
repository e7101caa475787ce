/* An open edition: a list of its customers, a list of its servers, or words. */
#include <string.h>

#include "base/err.h"
#include "tui/motion.h"
#include "tui/usage.h"

enum { HEAD_PART = 2 }; /* the head takes at most half of the pane */

static const char no_customers[] = "The service lists no customers of these users.";
static const char no_chosen[] =
    "Which customers use the chosen servers is not told; C counts all servers again.";
static const char no_servers[] = "The service lists no servers of these users.";

static struct row_source customer_source(struct app *a)
{
    struct row_source source = usage_customer_list_source(&usage_state(a)->customers);

    source.type = &usage_customer_change_row_type;
    return source;
}

static struct row_source server_source(struct app *a)
{
    struct row_source source = usage_server_list_source(&usage_state(a)->servers);

    source.type = &usage_server_change_row_type;
    return source;
}

static int head(struct app *a, struct rect r)
{
    struct usage_pane *u = usage_state(a);
    const struct usage_feature *f = usage_edition(u);
    int most = r.h / HEAD_PART, used;

    usage_trend_want(a);
    if (f == NULL)
        return 0;
    usage_words_head(a, u, f, &u->head);
    textview_draw(&u->head, a->screen, (struct rect){r.y, r.x + 1, most, r.w - 2});
    used = (int)u->head.wrapped < most ? (int)u->head.wrapped : most;
    return used + 1;
}

const struct usage_feature *usage_edition(const struct usage_pane *u)
{
    for (size_t i = 0; u->open && i < u->shown.count; i++)
        if (u->shown.rows[i].id == u->open_id)
            return &u->shown.rows[i];
    return NULL;
}

/* The same edition of the month before; NULL when it is not known. */
static const struct usage_feature *before(struct app *a, const struct usage_feature *f)
{
    const struct usage_list *l = session_usage_before(a->session);

    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].id == f->id)
            return &l->rows[i];
    return NULL;
}

/* The same where its customers can be compared: all of its users on the servers that count. */
static const struct usage_feature *before_whole(struct app *a, const struct usage_feature *f)
{
    const struct usage_feature *b = before(a, f);
    struct usage_subset s;

    if (b == NULL)
        return NULL;
    usage_subset(b->server_parts, b->server_part_count, b->total, b->free, chosen_servers(a), &s);
    return s.whole ? b : NULL;
}

static int build_parts(struct app *a, struct usage_pane *u, const struct usage_feature *f)
{
    struct usage_feature row = *f;
    const struct usage_list one = {.term = u->shown.term, .rows = &row, .count = 1};
    struct gap_input in = gap_input_of(a, NULL);
    int rc = usage_customer_list_build(&u->customers, &one, NULL, session_customers(a->session));

    if (rc == 0)
        rc = usage_server_list_build(&u->servers, &one, NULL, &in);
    if (rc == 0)
        rc = usage_customer_list_compare(&u->customers, before_whole(a, f));
    if (rc == 0)
        rc = usage_server_list_compare(&u->servers, before(a, f));
    return rc;
}

static void release_parts(struct usage_pane *u)
{
    usage_customer_list_release(&u->customers);
    usage_server_list_release(&u->servers);
    usage_trend_release(&u->trend);
}

static void take_over(struct usage_pane *u)
{
    for (int i = 0; i < USAGE_PARTS; i++)
        listpane_data(&u->parts[i]);
}

void usage_edition_data(struct app *a, struct usage_pane *u)
{
    const struct usage_feature *f = usage_edition(u);

    if (u->open && f == NULL && session_resource(a->session, RESOURCE_USAGE)->known) {
        usage_edition_close(u);
        app_say(a, ROLE_INFORMATION, "the edition that was open is not in this month");
    }
    release_parts(u);
    if (f != NULL) {
        u->part_lists[PART_CUSTOMERS].empty =
            f->customers == USAGE_UNKNOWN ? no_chosen : no_customers;
        usage_trend_find(a, f->feature_id, chosen_servers(a), &u->trend);
        if (build_parts(a, u, f) < 0) {
            release_parts(u);
            app_say(a, ROLE_ERROR, "out of memory: the parts of the edition are not shown");
        }
        usage_words_fill(a, u, f);
    }
    take_over(u);
}

void usage_edition_close(struct usage_pane *u)
{
    u->open = false;
    u->in_words = false;
    release_parts(u);
    for (int i = 0; i < USAGE_PARTS; i++)
        ((struct listpane *)u->parts[i].state)->detail_open = false;
    take_over(u);
}

void usage_edition_open(struct app *a, uint64_t id)
{
    struct usage_pane *u = usage_state(a);

    u->open = true;
    u->open_id = id;
    u->text.top = 0;
    usage_edition_data(a, u);
    for (int i = 0; i < USAGE_PARTS; i++) {
        listpane_filter(&u->parts[i], "", NULL, NULL);
        table_move(&((struct listpane *)u->parts[i].state)->table, MOTION_TOP);
    }
    usage_settle(a);
}

bool usage_edition_act(struct pane *p, enum action action)
{
    struct usage_pane *u = usage_state(p->app);

    switch (action) {
    case ACTION_TWIN:
        u->in_words = !u->in_words;
        u->text.top = 0;
        break;
    case ACTION_BREAKDOWN:
        u->by = u->in_words ? u->by : u->by == PART_CUSTOMERS ? PART_SERVERS : PART_CUSTOMERS;
        u->in_words = false;
        break;
    case ACTION_BACK:
        usage_edition_close(u);
        break;
    default:
        return false;
    }
    usage_settle(p->app);
    return true;
}

static bool act_list(struct pane *p, enum action action, const char *arg)
{
    /* Esc closes a row's details and clears the filter first. */
    if (action == ACTION_BACK && listpane_act(p, action, arg))
        return true;
    return usage_edition_act(p, action) || listpane_act(p, action, arg);
}

static size_t hint_list(struct pane *p, struct hint *out, size_t max)
{
    const struct usage_pane *u = usage_state(p->app);
    const struct listpane *l = p->state;
    size_t n = 0;

    if (l->detail_open)
        return listpane_hints(p, out, max);
    if (max < 4)
        return 0;
    out[n++] = (struct hint){"Enter", "open"};
    out[n++] = (struct hint){"b", u->by == PART_CUSTOMERS ? "per server" : "per customer"};
    out[n++] = (struct hint){"t", "in words"};
    out[n++] = (struct hint){"Esc", "back"};
    return n + chosen_pane_hints(p->app, out + n, max - n);
}

static void draw_words(struct pane *p, struct rect r)
{
    struct usage_pane *u = usage_state(p->app);
    int used = trouble_draw(p->app, p->def->resources, r);

    usage_trend_want(p->app);
    if (usage_edition(u) != NULL)
        textview_draw(&u->text, p->app->screen,
                      (struct rect){r.y + used, r.x + 1, r.h - used, r.w - 2});
}

static bool act_words(struct pane *p, enum action action, const char *arg)
{
    struct usage_pane *u = usage_state(p->app);
    enum motion motion;

    (void)arg;
    if (motion_of_action(action, &motion)) {
        textview_move(&u->text, motion);
        return true;
    }
    return usage_edition_act(p, action);
}

static size_t hint_words(struct pane *p, struct hint *out, size_t max)
{
    size_t n = 0;

    if (max < 2)
        return 0;
    out[n++] = (struct hint){"t", "as lists"};
    out[n++] = (struct hint){"Esc", "back"};
    return n + chosen_pane_hints(p->app, out + n, max - n);
}

static const char *refuse_words(struct pane *p, enum action action)
{
    (void)p;
    return action == ACTION_OPEN || action == ACTION_NEXT_PROBLEM || action == ACTION_PREV_PROBLEM
               ? "a text has no rows; t shows them as lists"
               : NULL;
}

static void no_data(struct pane *p)
{
    (void)p; /* the pane behind takes data over for all views */
}

static const struct pane_def part_def = {
    .name = "usage",
    USAGE_PANE,
    .is_list = true,
    .release = listpane_release,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = act_list,
    .refusal = listpane_refusal,
    .hints = hint_list,
};

static const struct pane_def words_def = {
    .name = "usage",
    USAGE_PANE,
    .data = no_data,
    .draw = draw_words,
    .act = act_words,
    .refusal = refuse_words,
    .hints = hint_words,
};

int usage_edition_init(struct pane *p)
{
    struct usage_pane *u = p->state;
    int rc = 0;

    u->part_lists[PART_CUSTOMERS] = (struct list_def){
        .type = &usage_customer_change_row_type,
        .source = customer_source,
        .head = head,
        .detail = usage_words_customer,
        .sort = "-total",
        .empty = no_customers,
    };
    u->part_lists[PART_SERVERS] = (struct list_def){
        .type = &usage_server_change_row_type,
        .source = server_source,
        .head = head,
        .detail = usage_words_server,
        .sort = "-total",
        .empty = no_servers,
    };
    usage_customer_list_init(&u->customers);
    usage_server_list_init(&u->servers);
    textview_init(&u->head);
    textview_init(&u->text);
    u->words = (struct pane){.def = &words_def, .app = p->app, .id = p->id};
    for (int i = 0; i < USAGE_PARTS && rc == 0; i++) {
        u->parts[i] = (struct pane){.def = &part_def, .app = p->app, .id = p->id};
        rc = listpane_open(&u->parts[i], &u->part_lists[i]);
    }
    return rc;
}

void usage_edition_release(struct usage_pane *u)
{
    for (int i = 0; i < USAGE_PARTS; i++)
        listpane_release(&u->parts[i]);
    release_parts(u);
    textview_release(&u->head);
    textview_release(&u->text);
}
