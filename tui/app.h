/*
 * The running dashboard: what all its files share. Private to tui/.
 *
 * One turn of the loop (app.c): keys, session, timers, one drawing pass, one wait (design.md, "One
 * turn of the loop"). Data is borrowed from the session, so panes are told at once when it changed
 * (pane_def.data) and draw only what they then took over.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/column.h"
#include "session/session.h"
#include "tui/action.h"
#include "tui/chosen.h"
#include "tui/export.h"
#include "tui/keymap.h"
#include "tui/messages.h"
#include "tui/tui.h"
#include "tui/views.h"
#include "widgets/chrome.h"
#include "widgets/picker.h"
#include "widgets/screen.h"
#include "widgets/textview.h"
#include "widgets/toggles.h"

struct app;
struct pane;
struct view;

/* id, the pane's definition */
#define PANE_LIST(X)                                                                               \
    X(OVERVIEW, pane_overview)                                                                     \
    X(SERVERS, pane_servers)                                                                       \
    X(USAGE, pane_usage)                                                                           \
    X(CUSTOMERS, pane_customers)                                                                   \
    X(TRENDS, pane_trends)                                                                         \
    X(NETSCALER, pane_netscaler)                                                                   \
    X(CLOUD, pane_cloud)                                                                           \
    X(TENANTS, pane_tenants)                                                                       \
    X(DEPLOYMENTS, pane_deployments)                                                               \
    X(DEPLOYMENT_SERVERS, pane_deployment_servers)                                                 \
    X(DEPLOYMENT_USERS, pane_deployment_users)                                                     \
    X(NOTICES, pane_notices)                                                                       \
    X(INBOX, pane_inbox)                                                                           \
    X(REQUESTS, pane_requests)                                                                     \
    X(MESSAGES, pane_messages)

enum pane_id {
#define PANE_ENUM(id, def) PANE_##id,
    PANE_LIST(PANE_ENUM)
#undef PANE_ENUM
        PANE_COUNT
};

/* id, name in the palette, what it is: the products of an account. Each has panes of its own
 * besides those that belong to all. */
#define PRODUCT_LIST(X)                                                                            \
    X(APPS, "apps", "Virtual Apps and Desktops")                                                   \
    X(NETWORKING, "networking", "Networking (NetScaler VPX)")                                      \
    X(CLOUD, "cloud", "Cloud (DaaS)")                                                              \
    X(DEPLOYMENTS, "deployments", "Licensed deployments")

enum product {
#define PRODUCT_ENUM(id, name, title) PRODUCT_##id,
    PRODUCT_LIST(PRODUCT_ENUM)
#undef PRODUCT_ENUM
        PRODUCT_COUNT
};
#define PRODUCT_BIT(id) (1u << PRODUCT_##id)

/* What a pane is. Every function may be NULL where it says so. */
struct pane_def {
    const char *name;          /* in settings and the palette: "servers" */
    const char *title, *brief; /* in the tab line */
    unsigned products;         /* PRODUCT_BITs that have it; 0: all */
    int under;                 /* 1 + the pane whose tab it shares, and that Esc leads to; 0 */
    unsigned resources;        /* RESOURCE_BITs whose data, age and failures it shows */
    unsigned uses;             /* others it takes details from */
    bool is_list;              /* state is a struct listpane */
    bool is_chart;             /* takes the actions of charts */
    bool is_cards;             /* takes the actions of cards and of what they open */
    bool by_servers;           /* takes the actions that choose servers */
    bool follows_chosen;       /* … which are those of tui/chosen.h: its numbers follow them */
    bool is_local;             /* shows luitop's own records, no service data */
    bool is_notices;           /* its rows are read or new */
    bool has_notices;          /* its rows may have notices of their own */
    bool by_term;              /* its numbers are of the chosen month */
    int (*init)(struct pane *p);
    void (*release)(struct pane *p);
    void (*data)(struct pane *p); /* what it shows changed: take it over */
    void (*draw)(struct pane *p, struct rect r);
    /* Does ACTION (ARG: what followed its name in the palette, or NULL); false: not for this pane.
     */
    bool (*act)(struct pane *p, enum action action, const char *arg);
    /* Why ACTION cannot be done here and now, or NULL. May be NULL. */
    const char *(*refusal)(struct pane *p, enum action action);
    /* How many hints it put into OUT (MAX of them). */
    size_t (*hints)(struct pane *p, struct hint *out, size_t max);
};

struct pane {
    const struct pane_def *def;
    struct app *app;
    enum pane_id id;
    void *state; /* owned by the definition's functions */
    /* The pane that now lies in its place, with the same id: it is drawn and acts. NULL: none. */
    struct pane *front;
};

#define PANE_EXTERN(id, def) extern const struct pane_def def;
PANE_LIST(PANE_EXTERN)
#undef PANE_EXTERN

enum overlay {
    OVERLAY_NONE,
    OVERLAY_FILTER,
    OVERLAY_PALETTE,
    OVERLAY_MENU,
    OVERLAY_TOGGLES,
    OVERLAY_EXPORT,
    OVERLAY_HELP
};

struct app {
    const struct tui_options *options;
    struct session *session;
    struct screen *screen;
    struct keymap keymap;
    struct messages messages;
    struct pane panes[PANE_COUNT];
    enum pane_id active;
    enum product product;
    struct picker_item product_items[PRODUCT_COUNT];
    enum overlay overlay;
    key_code key;         /* that the running action came from; 0: none */
    struct prompt filter; /* OVERLAY_FILTER */
    char filter_before[1001];
    long filter_fault;
    char filter_error[512];
    struct picker picker; /* OVERLAY_PALETTE and OVERLAY_MENU */
    struct picker_item *items;
    char (*item_keys)[KEY_NAME_MAX];
    void (*menu_chosen)(struct app *a, size_t item);
    struct toggles toggles; /* OVERLAY_TOGGLES */
    /* Takes the choice over; false: it cannot be, and the overlay stays open. */
    bool (*toggles_done)(struct app *a);
    struct chosen chosen; /* the servers that count */
    struct export export; /* OVERLAY_EXPORT */
    struct textview help;
    struct buf scratch;
    char theme[64];
    struct views views;
    bool zoomed; /* the pane has the whole screen */
    bool dirty, quit;
    int exit_status;
    int64_t cancel_ms; /* monotonic time of the last Ctrl-C, 0: none */
    int64_t tick_ms;   /* monotonic time at which a shown age changes; 0: never */
    unsigned asked;    /* RESOURCE_BITs a key asked for: their end is announced */
    unsigned failing;  /* RESOURCE_BITs whose last failure has been announced */
};

struct pane *app_pane(struct app *a); /* the active one, or what lies in its place */
/* The panes of the chosen product, in the order of their digits; returns how many. */
size_t app_tabs(const struct app *a, enum pane_id out[PANE_COUNT]);
/* The open pane, or the one whose tab it shares. */
enum pane_id app_tab(const struct app *a);
int64_t app_now(const struct app *a); /* wall clock */
struct row_ctx app_ctx(struct app *a);

/* Shows TEXT on the announce line and keeps it in the log. */
void app_say(struct app *a, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void app_say_err(struct app *a, const struct err *err);
/* Opens a pane; FILTER (may be NULL) becomes its filter when it is a list. */
void app_open(struct app *a, enum pane_id id, const char *filter);

/* Whether the pane is one of the kinds in WHERE (enum action_where). */
bool pane_has(const struct pane *p, unsigned where);

/* act.c: does ACTION or says why not. */
void app_act(struct app *a, enum action action, const char *arg);
/* Why ACTION cannot be done now, or NULL. Checks the pane too. */
const char *app_refusal(struct app *a, enum action action);

/* products.c: switching between the products of the account. */
const char *product_title(enum product p);
void product_choose(struct app *a, const char *name); /* NULL: asks with a menu */

/* overlay.c: what lies over the pane and takes the keys. */
void overlay_filter(struct app *a);
void overlay_palette(struct app *a);
void overlay_help(struct app *a);
/* ITEMS (owned by the caller until the overlay closes) with what to do with the chosen one. */
void overlay_menu(struct app *a, const char *title, const struct picker_item *items, size_t count,
                  void (*chosen)(struct app *a, size_t item));
/* What toggles_start() and toggles_add() put into a->toggles. */
void overlay_toggles(struct app *a, bool (*done)(struct app *a));
void overlay_close(struct app *a);
void overlay_key(struct app *a, key_code k);
void overlay_draw(struct app *a, struct rect body, int line);

/* pane_notices.c: the pane of a customer's notices shows those of CUSTOMER_ID. As session_look().
 */
int inbox_look(struct app *a, const char *customer_id);

/* help.c: the keys of the open pane. */
void help_fill(struct app *a);

/* frame.c: one frame: title, tabs, pane, announce line, hints, status. */
void frame_draw(struct app *a);
/* When the next shown age changes, monotonic milliseconds; 0: never. */
int64_t frame_next_tick(struct app *a);

/* trouble.c: what stands in the way of a pane's data, as lines above it: failures with their
 * sentence, unreadable rows, "asking …". Returns the lines used (at most a third of R). */
int trouble_draw(struct app *a, unsigned resources, struct rect r);
/* One line for a resource without data: what is being done about it, or why there is none. */
const char *trouble_unknown(struct app *a, enum resource_kind kind, char *out, size_t size);
/* The same, broken at blanks over as many lines of R as it takes; returns them. */
int trouble_draw_unknown(struct app *a, enum resource_kind kind, struct rect r);

#endif
