/* The loop. */
#include "tui/app.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "session/config.h"
#include "tui/listpane.h"
#include "tui/signals.h"

enum { WORK_BUDGET_US = 4000 };

struct pane *app_pane(struct app *a)
{
    struct pane *p = &a->panes[a->active];

    return p->front != NULL ? p->front : p;
}

int64_t app_now(const struct app *a)
{
    return clock_wall(a->options->clock);
}

struct row_ctx app_ctx(struct app *a)
{
    return (struct row_ctx){.now = app_now(a), .scratch = &a->scratch};
}

void app_say(struct app *a, enum role role, const char *fmt, ...)
{
    char text[MESSAGE_TEXT_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    messages_add(&a->messages, app_now(a), role, text);
    a->panes[PANE_MESSAGES].def->data(&a->panes[PANE_MESSAGES]);
    a->dirty = true;
}

void app_say_err(struct app *a, const struct err *err)
{
    char text[MESSAGE_TEXT_MAX];

    app_say(a, ROLE_ERROR, "%s", err_sentence(err, text, sizeof(text)));
}

/* What P shows and nobody has asked for yet. */
static void ask_for(struct app *a, const struct pane *p)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct resource *r = session_resource(a->session, (enum resource_kind)k);

        if ((p->def->resources & ~RESOURCE_FIRST & ~RESOURCE_KEYED & RESOURCE_BIT(k)) != 0 &&
            !r->known && !r->failed && !r->absent)
            session_refresh(a->session, RESOURCE_BIT(k), false);
    }
}

void app_open(struct app *a, enum pane_id id, const char *filter)
{
    struct pane *p = &a->panes[id];
    struct err err;

    a->active = id;
    a->dirty = true;
    for (int i = 0; i < PRODUCT_COUNT && p->def->products != 0; i++)
        if ((p->def->products & (1u << a->product)) == 0)
            a->product = (enum product)((a->product + 1) % PRODUCT_COUNT);
    if (p->def->is_local)
        p->def->data(p);
    ask_for(a, p);
    if (filter == NULL || !p->def->is_list)
        return;
    if (listpane_show(p, filter, &err) < 0)
        app_say_err(a, &err);
}

static void take_keys(struct app *a)
{
    key_code k;

    while (!a->quit && screen_key(a->screen, &k)) {
        enum action action;

        if (a->overlay != OVERLAY_NONE) {
            overlay_key(a, k);
            views_note(a);
            continue;
        }
        action = keymap_action(&a->keymap, a->active, k);
        if (action != ACTION_NONE) {
            a->key = k;
            app_act(a, action, NULL);
            a->key = 0;
            views_note(a);
        } else {
            char name[KEY_NAME_MAX];

            app_say(a, ROLE_TEXT, "%s does nothing here; ? shows the keys", key_label(k, name));
        }
    }
}

static void take_signals(struct app *a)
{
    int sig;

    while ((sig = signals_next()) != 0) {
        switch (sig) {
        case SIGWINCH:
            screen_resized(a->screen);
            a->dirty = true;
            break;
        case SIGTSTP:
            app_act(a, ACTION_SUSPEND, NULL);
            break;
        case SIGCONT:
            screen_reclaim(a->screen);
            a->dirty = true;
            break;
        default:
            a->quit = true;
            a->exit_status = 128 + sig;
            break;
        }
    }
}

/* True when another resource's failure, announced already, is of the same cause. */
static bool known_cause(struct app *a, const struct resource *r)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct resource *other = session_resource(a->session, k);

        if ((a->failing & RESOURCE_BIT(k)) != 0 && other != r && other->failed &&
            other->err.code == r->err.code && strcmp(other->err.why, r->err.why) == 0)
            return true;
    }
    return false;
}

/* Keeps every new failure in the log, once a cause; on the announce line only when the open pane
 * does not tell it anyway. */
static void announce_failure(struct app *a, const struct resource *r)
{
    unsigned bit = RESOURCE_BIT(r->kind);

    if (((a->failing & bit) == 0 || (a->asked & bit) != 0) && !known_cause(a, r)) {
        app_say_err(a, &r->err);
        if ((app_pane(a)->def->resources & bit) != 0)
            a->messages.shown = false;
    }
    a->failing |= bit;
}

/* Says what came of requests that a key asked for, and once of every new failure. */
static void announce(struct app *a, unsigned changed)
{
    unsigned before = a->asked;

    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct resource *r = session_resource(a->session, k);

        if ((changed & RESOURCE_BIT(k)) == 0 || r->loading)
            continue;
        if (r->failed && !r->absent)
            announce_failure(a, r);
        else
            a->failing &= ~RESOURCE_BIT(k);
        a->asked &= ~RESOURCE_BIT(k);
    }
    if (before != 0 && a->asked == 0 && (a->failing & before) == 0)
        app_say(a, ROLE_OK, "up to date");
}

static bool work(struct app *a)
{
    unsigned changed = 0;
    bool more = session_step(a->session, WORK_BUDGET_US, &changed);

    if (changed == 0)
        return more;
    a->dirty = true;
    for (int i = 0; i < PANE_COUNT; i++)
        if (((a->panes[i].def->resources | a->panes[i].def->uses) & changed) != 0)
            a->panes[i].def->data(&a->panes[i]);
    if (app_pane(a)->def->is_local)
        app_pane(a)->def->data(app_pane(a));
    announce(a, changed);
    return more;
}

static int wait_ms(struct app *a)
{
    int ms = session_timeout_ms(a->session);

    if (a->tick_ms != 0) {
        int64_t left = a->tick_ms - clock_mono_ms();

        if (left < 0)
            left = 0;
        if (ms < 0 || left < ms)
            ms = (int)left;
    }
    return ms;
}

static void wait_for_something(struct app *a, bool more)
{
    struct api_fd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = signals_fd(), .events = POLLIN}};

    session_poll(a->session, fds, 2, more ? 0 : wait_ms(a));
    if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        a->quit = true;
        a->exit_status = 128 + SIGHUP;
    }
}

static void tick(struct app *a)
{
    if (a->tick_ms != 0 && clock_mono_ms() >= a->tick_ms)
        a->dirty = true;
}

static void loop(struct app *a)
{
    bool more = false;

    while (!a->quit) {
        take_signals(a);
        take_keys(a);
        if (a->quit)
            break;
        more = work(a);
        tick(a);
        if (a->dirty) {
            frame_draw(a);
            a->dirty = false;
            a->tick_ms = frame_next_tick(a);
        }
        wait_for_something(a, more);
    }
}

static int init_panes(struct app *a)
{
    static const struct pane_def *const defs[PANE_COUNT] = {
#define PANE_DEF(id, def) [PANE_##id] = &def,
        PANE_LIST(PANE_DEF)
#undef PANE_DEF
    };

    for (int i = 0; i < PANE_COUNT; i++)
        a->panes[i] = (struct pane){.def = defs[i], .app = a, .id = i};
    for (int i = 0; i < PANE_COUNT; i++) {
        int rc = defs[i]->init(&a->panes[i]);

        if (rc < 0)
            return rc;
    }
    return 0;
}

static int init_keys(struct app *a, struct err *err)
{
    const char *names[PANE_COUNT];

    for (int i = 0; i < PANE_COUNT; i++)
        names[i] = a->panes[i].def->name;
    return keymap_build(&a->keymap, a->options->config, names, PANE_COUNT, err);
}

static int init(struct app *a, struct err *err)
{
    int rc;

    buf_init(&a->scratch, 1024 * 1024);
    prompt_init(&a->filter);
    picker_init(&a->picker);
    export_init(&a->export);
    textview_init(&a->help);
    toggles_init(&a->toggles);
    chosen_init(&a->chosen);
    a->filter_fault = -1;
    rc = messages_init(&a->messages);
    if (rc == 0)
        rc = init_panes(a);
    if (rc < 0)
        return err_set(err, rc, "luitop cannot start");
    return init_keys(a, err);
}

static void release(struct app *a)
{
    overlay_close(a);
    for (int i = 0; i < PANE_COUNT; i++)
        if (a->panes[i].def != NULL)
            a->panes[i].def->release(&a->panes[i]);
    messages_release(&a->messages);
    export_release(&a->export);
    textview_release(&a->help);
    toggles_release(&a->toggles);
    chosen_release(&a->chosen);
    picker_release(&a->picker);
    prompt_release(&a->filter);
    buf_release(&a->scratch);
}

static enum glyph_mode glyph_setting(const struct ui_settings *ui)
{
    return strcmp(ui->glyphs, "ascii") == 0     ? GLYPHS_ASCII
           : strcmp(ui->glyphs, "unicode") == 0 ? GLYPHS_UNICODE
                                                : GLYPHS_AUTO;
}

static int open_screen(struct app *a, struct err *err)
{
    const struct ui_settings *ui = config_ui(a->options->config);
    const char *no_color = getenv("NO_COLOR");
    struct screen_options so = {.glyphs = glyph_setting(ui),
                                .no_color = no_color != NULL && no_color[0] != '\0',
                                .mouse = ui->mouse};
    struct theme t;
    char restore[256];
    int rc = theme_load(&t, ui->theme, err);

    if (rc < 0)
        return rc;
    snprintf(a->theme, sizeof(a->theme), "%s", t.name);
    so.theme = &t;
    rc = screen_open(&a->screen, &so, err);
    if (rc == 0)
        signals_on_crash(restore, screen_restore_bytes(a->screen, restore, sizeof(restore)));
    return rc;
}

static void run(struct app *a)
{
    session_recall(a->session);
    for (int i = 0; i < PANE_COUNT; i++)
        a->panes[i].def->data(&a->panes[i]);
    if (a->options->notice != NULL)
        app_say(a, ROLE_WARNING, "%s", a->options->notice);
    views_note(a);
    /* The first screen is up before any library for the network is touched. */
    frame_draw(a);
    session_refresh(a->session, RESOURCE_FIRST, false);
    a->dirty = true;
    loop(a);
}

int tui_run(const struct tui_options *o)
{
    struct app *a = calloc(1, sizeof(*a));
    struct err err = {0};
    char text[1200];
    int rc;

    if (a == NULL)
        return 1;
    /* Only what characters look like: numbers are read and written the same everywhere. */
    setlocale(LC_CTYPE, "");
    a->options = o;
    a->session = o->session;
    rc = init(a, &err);
    if (rc == 0)
        rc = signals_open(&err);
    if (rc == 0)
        rc = open_screen(a, &err);
    if (rc == 0)
        run(a);
    signals_on_crash(NULL, 0);
    screen_close(a->screen);
    signals_close();
    release(a);
    rc = rc < 0 ? err_exit_status(err.code) : a->exit_status;
    free(a);
    if (err.code != 0)
        fprintf(stderr, "luitop: %s\n", err_sentence(&err, text, sizeof(text)));
    return rc;
}
