#include "tui/chosen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/looks.h"

enum { NAME_MAX_BYTES = 400 };

void chosen_init(struct chosen *c)
{
    *c = (struct chosen){0};
    server_set_init(&c->set);
    chosen_rows_init(&c->rows);
}

void chosen_release(struct chosen *c)
{
    server_set_release(&c->set);
    chosen_rows_release(&c->rows);
}

const struct server_set *chosen_servers(const struct app *a)
{
    return a->chosen.some ? &a->chosen.set : NULL;
}

static int build(struct app *a, struct chosen_rows *out)
{
    return chosen_rows_build(out, session_servers(a->session), session_usage(a->session),
                             chosen_servers(a));
}

/* How many servers there are; counted anew when the lists changed. */
static size_t count_all(struct app *a)
{
    uint64_t servers = session_resource(a->session, RESOURCE_SERVERS)->version;
    uint64_t usage = session_resource(a->session, RESOURCE_USAGE)->version;
    struct chosen *c = &a->chosen;
    struct chosen_rows rows;

    if (c->of > 0 && c->servers_version == servers && c->usage_version == usage)
        return c->of;
    chosen_rows_init(&rows);
    if (build(a, &rows) == 0) {
        c->of = rows.count;
        c->servers_version = servers;
        c->usage_version = usage;
    }
    chosen_rows_release(&rows);
    return c->of;
}

const char *chosen_text(struct app *a, char out[CHOSEN_TEXT])
{
    size_t n = a->chosen.set.count, all;

    out[0] = '\0';
    if (!a->chosen.some)
        return out;
    all = count_all(a);
    snprintf(out, CHOSEN_TEXT, "%zu of %zu servers chosen", n, all > n ? all : n);
    return out;
}

/* Every pane whose numbers follow the choice takes it over. */
static void changed(struct app *a)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (a->panes[i].def->follows_chosen)
            a->panes[i].def->data(&a->panes[i]);
    a->dirty = true;
}

static void clear(struct app *a)
{
    server_set_release(&a->chosen.set);
    a->chosen.some = false;
    changed(a);
    app_say(a, ROLE_TEXT, "all servers count again");
}

/* The rows that are on become the choice; all of them is no choice at all. */
static bool accept(struct app *a)
{
    struct chosen *c = &a->chosen;
    struct server_set set;
    char text[CHOSEN_TEXT];
    int rc = 0;

    server_set_init(&set);
    for (size_t i = 0; i < c->rows.count && i < a->toggles.count && rc == 0; i++)
        if (a->toggles.items[i].on && c->rows.rows[i].fqdn != NULL)
            rc = server_set_add(&set, c->rows.rows[i].fqdn);
    if (rc < 0 || set.count == 0) {
        server_set_release(&set);
        app_say(a, rc < 0 ? ROLE_ERROR : ROLE_WARNING,
                rc < 0 ? "out of memory: the choice is as before"
                       : "choose at least one server, or a for all of them");
        return false;
    }
    if (set.count == chosen_rows_choosable(&c->rows)) {
        server_set_release(&set);
        clear(a);
        return true;
    }
    server_set_release(&c->set);
    c->set = set;
    c->some = true;
    changed(a);
    app_say(a, ROLE_TEXT, "%s", chosen_text(a, text));
    return true;
}

static int add_row(struct app *a, const struct chosen_row *r)
{
    const char *about = r->finding == NULL ? "not listed now"
                        : r->fqdn == NULL  ? "nothing to count"
                                           : r->finding;
    char name[NAME_MAX_BYTES];

    snprintf(name, sizeof(name), "%-12s  %s", r->host_id != NULL ? r->host_id : "-",
             r->fqdn != NULL ? r->fqdn : "never reported");
    return toggles_add(&a->toggles, name, about, severity_role(r->severity), r->on);
}

static void ask(struct app *a)
{
    struct chosen *c = &a->chosen;
    int rc = build(a, &c->rows);

    toggles_start(&a->toggles, "Servers that count");
    for (size_t i = 0; i < c->rows.count && rc == 0; i++)
        rc = add_row(a, &c->rows.rows[i]);
    if (rc < 0)
        app_say(a, ROLE_ERROR, "the servers cannot be listed: out of memory, or too many");
    else
        overlay_toggles(a, accept);
}

bool chosen_act(struct app *a, enum action action)
{
    if (action == ACTION_SERVERS)
        ask(a);
    else if (action == ACTION_ALL_SERVERS)
        clear(a);
    else
        return false;
    return true;
}

size_t chosen_pane_hints(const struct app *a, struct hint *out, size_t max)
{
    size_t n = 0;

    if (n < max)
        out[n++] = (struct hint){"S", "servers"};
    if (n < max && chosen_servers(a) != NULL)
        out[n++] = (struct hint){"C", "all servers"};
    return n;
}
