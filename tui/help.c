/* The keys of the open pane, made from the table of actions. */
#include "tui/app.h"

struct group {
    const char *title;
    unsigned where;
};

static const struct group groups[] = {
    {"Moving", WHERE_MOVE},
    {"Lists", WHERE_LIST | WHERE_CHOICE},
    {"Notices", WHERE_NOTICES | WHERE_OWNERS},
    {"Charts", WHERE_CHART},
    {"Cards", WHERE_CARDS},
    {"Servers that count", WHERE_SERVERS},
    {"Everywhere", WHERE_ANY},
};

static void add_group(struct app *a, const struct group *g)
{
    bool titled = false;

    for (int i = 0; i < ACTION_COUNT; i++) {
        char keys[128];
        const char *why;

        if ((actions[i].where & g->where) == 0 || !pane_has(app_pane(a), g->where))
            continue;
        keymap_labels(&a->keymap, a->active, i, keys, sizeof(keys));
        why = app_refusal(a, i);
        if (!titled)
            textview_add(&a->help, ROLE_TITLE, "%s", g->title);
        titled = true;
        textview_pair(&a->help, why == NULL ? ROLE_TEXT : ROLE_MUTED, keys[0] != '\0' ? keys : ":",
                      "%s (:%s%s%s)%s%s", actions[i].help, actions[i].name,
                      actions[i].argument != NULL ? " " : "",
                      actions[i].argument != NULL ? actions[i].argument : "",
                      why != NULL ? ". Not now: " : "", why != NULL ? why : "");
    }
    if (titled)
        textview_add(&a->help, ROLE_TEXT, "%s", "");
}

static void add_filter_help(struct app *a)
{
    const struct pane *p = app_pane(a);

    if (!p->def->is_list)
        return;
    textview_add(&a->help, ROLE_TITLE, "Filters");
    textview_pair(&a->help, ROLE_TEXT, "lic01 cedar",
                  "rows that contain both words, in any column");
    textview_pair(&a->help, ROLE_TEXT, "!cedar", "rows that do not");
    textview_pair(&a->help, ROLE_TEXT, "\"lic01\"", "a column is exactly that");
    textview_pair(&a->help, ROLE_TEXT, "a or (b c)", "either; brackets group");
    textview_pair(&a->help, ROLE_TEXT, "column=value", "also != < <= > >= and ~ (contains)");
    textview_pair(&a->help, ROLE_TEXT, "column=null", "the value is empty");
    textview_add(&a->help, ROLE_TEXT, "%s", "");
}

void help_fill(struct app *a)
{
    textview_clear(&a->help);
    textview_add(&a->help, ROLE_TITLE, "Keys of %s", app_pane(a)->def->title);
    textview_add(&a->help, ROLE_MUTED,
                 "Esc or q closes this page. "
                 "No key of luitop changes anything at the service.");
    textview_add(&a->help, ROLE_TEXT, "%s", "");
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        add_group(a, &groups[i]);
    add_filter_help(a);
}
