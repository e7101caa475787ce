/* The month's usage as cards: what they say, made whenever data changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "base/utf8.h"
#include "model/usage_explain.h"
#include "tui/usage.h"

enum { HEAD_ROOM = 10 };

static const char in_both[] = "a user of two editions counts in both";

static void copy(char *out, size_t size, const char *text)
{
    if (snprintf(out, size, "%s", text) >= (int)size)
        out[utf8_cut(out, size - 1)] = '\0';
}

static void release_cards(struct usage_pane *u)
{
    for (size_t i = 0; i < u->card_count; i++)
        usage_trend_release(&u->cards[i].trend);
    free(u->cards);
    free(u->faces);
    u->cards = NULL;
    u->faces = NULL;
    u->card_count = 0;
}

void usage_build_release(struct usage_pane *u)
{
    release_cards(u);
    usage_list_release(&u->shown);
    finding_list_release(&u->findings);
}

/* The cell of the table, so that both say the same: ">= 3 102". */
static void cell(struct app *a, const struct usage_feature *f, const char *column, char *out,
                 size_t size)
{
    int i = column_find(&usage_gap_row_type, column);
    struct row_ctx ctx = app_ctx(a);
    struct buf text;

    buf_init(&text, size - 1);
    if (i >= 0)
        column_show(&usage_gap_row_type.columns[i], f, &ctx, &text);
    copy(out, size, text.data);
    buf_release(&text);
}

/* The name; with its code where another edition of the month has the same name. */
static void title(const struct usage_list *l, size_t at, char out[USAGE_TEXT])
{
    const struct usage_feature *f = &l->rows[at];
    bool known, shared = false;
    const char *name = edition_name(f->feature_id, f->description, &known);
    char text[USAGE_TEXT * 2];

    for (size_t i = 0; i < l->count; i++)
        shared =
            shared || (i != at && strcmp(name, edition_name(l->rows[i].feature_id,
                                                            l->rows[i].description, NULL)) == 0);
    if (!known && strcmp(name, f->feature_id) == 0)
        snprintf(text, sizeof(text), "%s (unknown code)", name);
    else if (!known)
        snprintf(text, sizeof(text), "%s (%s, unknown code)", name, f->feature_id);
    else if (shared)
        snprintf(text, sizeof(text), "%s (%s, %s)", name, f->feature_id,
                 f->sku_id != NULL ? f->sku_id : "no sku");
    else
        snprintf(text, sizeof(text), "%s", name);
    copy(out, USAGE_TEXT, text);
}

static void count_or_none(int64_t n, char out[HUMAN_MAX])
{
    if (n == USAGE_UNKNOWN)
        copy(out, HUMAN_MAX, "-");
    else
        human_count(n, out);
}

static void fill_card(struct app *a, struct usage_pane *u, size_t i)
{
    const struct usage_feature *f = &u->shown.rows[i];
    struct usage_card *c = &u->cards[i];
    int64_t not_linked = usage_not_linked(f);
    char n[HUMAN_MAX];
    struct buf text;

    c->id = f->id;
    title(&u->shown, i, c->title);
    cell(a, f, "total", c->users, sizeof(c->users));
    cell(a, f, "paid", c->paid, sizeof(c->paid));
    cell(a, f, "free", c->free, sizeof(c->free));
    snprintf(c->percent, sizeof(c->percent), "%d %%", usage_free_percent(f->total, f->free));
    count_or_none(f->servers, c->servers);
    if (f->free_servers > 0)
        snprintf(c->free_servers, sizeof(c->free_servers), "%s free",
                 human_count(f->free_servers, n));
    count_or_none(f->customers, c->customers);
    if (f->customers == USAGE_UNKNOWN)
        copy(c->not_linked, sizeof(c->not_linked), "not told");
    else if (not_linked > 0)
        snprintf(c->not_linked, sizeof(c->not_linked), "%s unlinked", human_count(not_linked, n));
    usage_trend_find(a, f->feature_id, chosen_servers(a), &c->trend);
    buf_init(&text, sizeof(c->change) - 1);
    usage_trend_text(a, &c->trend, false, &text);
    copy(c->change, sizeof(c->change), text.data);
    buf_release(&text);
    for (size_t k = 0; k < u->findings.count; k++) {
        const struct finding *found = &u->findings.rows[k];

        if (found->about != NULL && strcmp(found->about, f->feature_id) == 0 &&
            (int)found->severity > c->severity)
            c->severity = (int)found->severity;
    }
}

/* What does not fit together in a card is marked at its title; the pane's head and the open edition
 * tell what it is. */
static void mark(struct usage_card *c)
{
    char text[USAGE_TEXT + 2];

    if (c->severity < SEVERITY_WARNING)
        return;
    snprintf(text, sizeof(text), "~ %s", c->title);
    copy(c->title, sizeof(c->title), text);
}

static void fill_face(const struct usage_card *c, struct card *out)
{
    const struct card_line lines[] = {
        {"users", c->users, NULL, ROLE_NUMBER},
        {"paid", c->paid, NULL, ROLE_TEXT},
        {"free", c->free, c->percent, ROLE_TEXT},
        {"servers", c->servers, c->free_servers, ROLE_TEXT},
        {"customers", c->customers, c->not_linked, ROLE_TEXT},
    };

    *out = (struct card){
        .title = c->title,
        .role = ROLE_TITLE,
        .line_count = sizeof(lines) / sizeof(lines[0]),
        .change = c->change,
        .trend = c->trend.have ? &c->trend.set : NULL,
    };
    memcpy(out->lines, lines, sizeof(lines));
}

static int build_cards(struct app *a, struct usage_pane *u)
{
    size_t n = u->shown.count;

    release_cards(u);
    if (n == 0 || n > USAGE_CARDS_MAX)
        return 0;
    u->cards = calloc(n, sizeof(*u->cards));
    u->faces = calloc(n, sizeof(*u->faces));
    if (u->cards == NULL || u->faces == NULL) {
        release_cards(u);
        return ERR_NOMEM;
    }
    u->card_count = n;
    for (size_t i = 0; i < n; i++) {
        fill_card(a, u, i);
        mark(&u->cards[i]);
        fill_face(&u->cards[i], &u->faces[i]);
    }
    if (u->focus >= n)
        u->focus = n - 1;
    for (size_t i = 0; i < n; i++)
        if (u->cards[i].id == u->focus_id)
            u->focus = i;
    u->focus_id = u->cards[u->focus].id;
    return 0;
}

int usage_build(struct app *a, struct usage_pane *u)
{
    const struct server_set *only = chosen_servers(a);
    int rc = usage_list_choose(session_usage(a->session), only, &u->shown);

    if (rc < 0) {
        usage_build_release(u);
        return rc;
    }
    shown_gap_find(a, only, &u->gap);
    usage_list_mark(&u->shown, &u->gap.gap);
    usage_list_sum(&u->shown, &u->sum);
    u->at_most = false;
    for (size_t i = 0; i < u->shown.count; i++)
        u->at_most = u->at_most || u->shown.rows[i].at_most;
    finding_list_release(&u->findings);
    usage_findings(session_usage(a->session), &u->findings);
    return build_cards(a, u);
}

void usage_reasons(const struct usage_pane *u, struct buf *out)
{
    if (u->at_most)
        buf_addstr(out, "at most: a user of two chosen servers counts once");
    if (u->gap.text[0] != '\0')
        buf_addf(out, "%s%s", u->at_most ? "; " : "", u->gap.text);
}

static const char *bound(const struct usage_pane *u)
{
    return u->gap.lower ? (u->at_most ? "~ " : ">= ") : u->at_most ? "<= " : "";
}

/* What does not fit together in the month's numbers: the gravest sentence, and how many more. */
static int draw_findings(struct app *a, const struct usage_pane *u, struct rect r)
{
    const struct finding *worst = NULL;
    size_t n = 0;

    for (size_t i = 0; i < u->findings.count; i++) {
        if (u->findings.rows[i].severity < SEVERITY_WARNING)
            continue;
        n++;
        if (worst == NULL)
            worst = &u->findings.rows[i];
    }
    if (worst == NULL)
        return 0;
    n += u->findings.more;
    if (n > 1)
        draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_WARNING,
                    "~ %zu contradictions in the service's numbers: %s ...", n, worst->text);
    else
        draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_WARNING, "~ %s", worst->text);
    return 1;
}

/* Whether LINES are enough for one more line: not when it would be what makes the cards scroll. */
static bool has_room(const struct usage_pane *u, int lines)
{
    return lines > HEAD_ROOM && (u->as_table || u->flow.height != lines);
}

int usage_head_draw(struct app *a, struct rect r)
{
    const struct usage_pane *u = usage_state(a);
    char total[HUMAN_MAX], paid[HUMAN_MAX], free_users[HUMAN_MAX];
    struct buf text;
    int y = r.y, used;

    usage_trend_want(a);
    if (!session_resource(a->session, RESOURCE_USAGE)->known)
        return 0;
    used = draw_format(a->screen, y, r.x + 1, r.w - 2, ROLE_TITLE, "%s%s users, %s paid, %s free",
                       bound(u), human_count(u->sum.total, total),
                       human_count(usage_paid(u->sum.total, u->sum.free), paid),
                       human_count(u->sum.free, free_users));
    buf_init(&text, 1024);
    usage_reasons(u, &text);
    if (text.len > 0) {
        bool beside = used + 4 + text_cells(a->screen, text.data) <= r.w - 2;

        if (!beside)
            y++;
        draw_format(a->screen, y, beside ? r.x + used + 3 : r.x + 1,
                    beside ? r.w - used - 4 : r.w - 2, ROLE_TITLE, "(%s)", text.data);
    }
    y++;
    y += draw_findings(a, u, (struct rect){y, r.x, 1, r.w});
    buf_reset(&text);
    usage_explain_total(&u->shown, &text);
    if (text.len > 0 && text_cells(a->screen, text.data) <= r.w - 2 &&
        has_room(u, r.h - (y - r.y) - 1)) {
        used = 1 + draw_text(a->screen, y, r.x + 1, r.w - 2, ROLE_MUTED, text.data);
        if (used + 3 + text_cells(a->screen, in_both) < r.w)
            draw_text(a->screen, y, r.x + used + 3, r.w - used - 4, ROLE_MUTED, in_both);
        y++;
    }
    buf_release(&text);
    return y - r.y + 1;
}
