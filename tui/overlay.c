/* The filter line, the palette, menus and help: what lies over a pane and takes its keys. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "tui/app.h"
#include "tui/listpane.h"
#include "tui/motion.h"

void overlay_close(struct app *a)
{
    if (a->overlay == OVERLAY_PALETTE) {
        free(a->items);
        free(a->item_keys);
        a->items = NULL;
        a->item_keys = NULL;
    }
    a->overlay = OVERLAY_NONE;
    a->menu_chosen = NULL;
    a->filter_fault = -1;
    a->dirty = true;
}

void overlay_filter(struct app *a)
{
    struct pane *p = app_pane(a);

    snprintf(a->filter_before, sizeof(a->filter_before), "%s", listpane_filter_text(p));
    prompt_start(&a->filter, a->filter_before);
    a->filter_fault = -1;
    a->filter_error[0] = '\0';
    a->overlay = OVERLAY_FILTER;
}

void overlay_menu(struct app *a, const char *title, const struct picker_item *items, size_t count,
                  void (*chosen)(struct app *a, size_t item))
{
    if (picker_start(&a->picker, title, "", items, count) < 0)
        return;
    a->menu_chosen = chosen;
    a->overlay = OVERLAY_MENU;
}

void overlay_toggles(struct app *a, bool (*done)(struct app *a))
{
    a->toggles_done = done;
    a->overlay = OVERLAY_TOGGLES;
}

static void toggles_pressed(struct app *a, key_code k)
{
    enum toggles_result result = toggles_key(&a->toggles, k);

    if (result == TOGGLES_CANCELLED || (result == TOGGLES_ACCEPTED && a->toggles_done(a)))
        overlay_close(a);
}

void overlay_help(struct app *a)
{
    a->help.top = 0;
    help_fill(a);
    a->overlay = OVERLAY_HELP;
}

void overlay_palette(struct app *a)
{
    char all[256];

    a->items = calloc(ACTION_COUNT, sizeof(*a->items));
    a->item_keys = calloc(ACTION_COUNT, sizeof(*a->item_keys));
    if (a->items == NULL || a->item_keys == NULL) {
        free(a->items);
        free(a->item_keys);
        a->items = NULL;
        a->item_keys = NULL;
        app_say(a, ROLE_ERROR, "out of memory");
        return;
    }
    for (int i = 0; i < ACTION_COUNT; i++) {
        keymap_labels(&a->keymap, a->active, i, all, sizeof(all));
        snprintf(a->item_keys[i], sizeof(a->item_keys[i]), "%.*s", KEY_NAME_MAX - 1, all);
        a->items[i] = (struct picker_item){.name = actions[i].name,
                                           .detail = actions[i].help,
                                           .hint = a->item_keys[i],
                                           .reason = app_refusal(a, i)};
    }
    a->overlay = OVERLAY_PALETTE;
    if (picker_start(&a->picker, "Do", ":", a->items, ACTION_COUNT) < 0)
        overlay_close(a);
}

/* The pane called NAME, or -1. */
static int pane_named(const struct app *a, const char *name)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (strcmp(a->panes[i].def->name, name) == 0)
            return i;
    return -1;
}

/* Runs "name" or "name argument" as typed; the list's choice where the text names no action. */
static void palette_run(struct app *a, const char *text, long choice)
{
    size_t n = strcspn(text, " ");
    enum action action = action_find(text, n);
    const char *arg = text + n + strspn(text + n, " ");

    if (action == ACTION_NONE) {
        int pane = pane_named(a, text);

        if (pane >= 0) {
            app_open(a, (enum pane_id)pane, NULL);
            return;
        }
        action = choice >= 0 ? (enum action)choice : ACTION_NONE;
        arg = "";
    }
    if (action == ACTION_NONE)
        app_say(a, ROLE_WARNING, "there is no action called \"%s\": press : for the list", text);
    else
        app_act(a, action, arg[0] != '\0' ? arg : NULL);
}

static void palette_key(struct app *a, key_code k)
{
    enum picker_result result = picker_key(&a->picker, k);
    char text[PROMPT_MAX + 1];
    long choice;

    /* A text with an argument matches no item, so the picker never offers it as a choice. */
    if (result == PICKER_OPEN && k != K_ENTER)
        return;
    snprintf(text, sizeof(text), "%s", picker_text(&a->picker));
    choice = picker_choice(&a->picker);
    if (result == PICKER_OPEN && choice >= 0 && pane_named(a, text) < 0)
        return;
    overlay_close(a);
    if (result != PICKER_CANCELLED && (text[0] != '\0' || choice >= 0))
        palette_run(a, text, choice);
}

static void menu_key(struct app *a, key_code k)
{
    enum picker_result result = picker_key(&a->picker, k);
    void (*chosen)(struct app *, size_t) = a->menu_chosen;
    long choice;

    if (result == PICKER_OPEN)
        return;
    choice = picker_choice(&a->picker);
    overlay_close(a);
    if (result == PICKER_CHOSEN && choice >= 0)
        chosen(a, (size_t)choice);
}

static void filter_key(struct app *a, key_code k)
{
    struct pane *p = app_pane(a);
    struct err err;
    size_t at = 0;

    switch (prompt_key(&a->filter, k)) {
    case PROMPT_CHANGED:
        a->filter_fault = -1;
        a->filter_error[0] = '\0';
        if (listpane_filter(p, a->filter.text.data, &at, &err) < 0) {
            a->filter_fault = (long)at;
            /* The mark in the line shows where: what and what to do fit beside it. */
            snprintf(a->filter_error, sizeof(a->filter_error), "%s. %s", err.what, err.next);
        }
        break;
    case PROMPT_ACCEPTED:
        if (a->filter_fault >= 0)
            break; /* stays open: what is wrong is on the line below */
        prompt_remember(&a->filter);
        overlay_close(a);
        break;
    case PROMPT_CANCELLED:
        listpane_filter(p, a->filter_before, NULL, NULL);
        overlay_close(a);
        break;
    default:
        break;
    }
}

static void help_key(struct app *a, key_code k)
{
    enum action action = keymap_action(&a->keymap, a->active, k);
    enum motion motion;

    if (motion_of_action(action, &motion))
        textview_move(&a->help, motion);
    else if (action == ACTION_BACK || action == ACTION_HELP || action == ACTION_CANCEL)
        overlay_close(a);
}

void overlay_key(struct app *a, key_code k)
{
    a->dirty = true;
    switch (a->overlay) {
    case OVERLAY_FILTER:
        filter_key(a, k);
        break;
    case OVERLAY_PALETTE:
        palette_key(a, k);
        break;
    case OVERLAY_MENU:
        menu_key(a, k);
        break;
    case OVERLAY_TOGGLES:
        toggles_pressed(a, k);
        break;
    case OVERLAY_EXPORT:
        export_key(a, k);
        break;
    case OVERLAY_HELP:
        help_key(a, k);
        break;
    case OVERLAY_NONE:
        break;
    }
}

void overlay_draw(struct app *a, struct rect body, int line)
{
    switch (a->overlay) {
    case OVERLAY_FILTER:
        prompt_draw(&a->filter, a->screen, line, 0, screen_cols(a->screen), "/", a->filter_fault);
        break;
    case OVERLAY_PALETTE:
    case OVERLAY_MENU:
        picker_draw(&a->picker, a->screen, body);
        break;
    case OVERLAY_TOGGLES:
        toggles_draw(&a->toggles, a->screen, body);
        break;
    case OVERLAY_EXPORT:
        export_draw(a, body);
        break;
    case OVERLAY_HELP:
        textview_draw(&a->help, a->screen, (struct rect){body.y, 1, body.h, body.w - 2});
        break;
    case OVERLAY_NONE:
        break;
    }
}
