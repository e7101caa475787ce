/* The products of an account: which panes are there. */
#include <string.h>

#include "base/nearest.h"
#include "tui/app.h"

static const struct {
    const char *name, *title;
} products[PRODUCT_COUNT] = {
#define PRODUCT_ROW(id, product_name, product_text)                                                \
    [PRODUCT_##id] = {.name = (product_name), .title = (product_text)},
    PRODUCT_LIST(PRODUCT_ROW)
#undef PRODUCT_ROW
};

const char *product_title(enum product p)
{
    return products[p].title;
}

static bool has_pane(enum product p, const struct pane_def *def)
{
    return def->products == 0 || (def->products & (1u << p)) != 0;
}

enum pane_id app_tab(const struct app *a)
{
    int under = a->panes[a->active].def->under;

    return under > 0 ? (enum pane_id)(under - 1) : a->active;
}

size_t app_tabs(const struct app *a, enum pane_id out[PANE_COUNT])
{
    size_t n = 0;

    for (int i = 0; i < PANE_COUNT; i++)
        if (has_pane(a->product, a->panes[i].def) && a->panes[i].def->under == 0)
            out[n++] = (enum pane_id)i;
    return n;
}

/* Stays on the open pane where the product has it, else opens the product's own first pane. */
static void switch_to(struct app *a, enum product p)
{
    a->product = p;
    app_say(a, ROLE_TEXT, "%s", products[p].title);
    if (app_pane(a)->def->products != 0 && has_pane(p, app_pane(a)->def))
        return;
    for (int i = 0; i < PANE_COUNT; i++) {
        if (a->panes[i].def->products != 0 && has_pane(p, a->panes[i].def)) {
            app_open(a, (enum pane_id)i, NULL);
            return;
        }
    }
}

static void chosen(struct app *a, size_t item)
{
    switch_to(a, (enum product)item);
}

void product_choose(struct app *a, const char *name)
{
    const char *names[PRODUCT_COUNT], *near;

    for (int i = 0; i < PRODUCT_COUNT; i++) {
        names[i] = products[i].name;
        a->product_items[i] =
            (struct picker_item){.name = products[i].name, .detail = products[i].title};
        if (name != NULL && strcmp(name, names[i]) == 0) {
            switch_to(a, (enum product)i);
            return;
        }
    }
    if (name == NULL) {
        overlay_menu(a, "Product", a->product_items, PRODUCT_COUNT, chosen);
        return;
    }
    near = nearest_name(name, names, PRODUCT_COUNT);
    app_say(a, ROLE_WARNING, "there is no product \"%s\"; %s%s", name,
            near != NULL ? "did you mean " : "p shows them", near != NULL ? near : "");
}
