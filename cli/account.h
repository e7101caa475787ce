/*
 * From the command line to an open session: settings, profile or demo, secret, store.
 *
 * The same for the dashboard and for commands. Makes no request; may start the demo's service or
 * run the profile's secret command.
 */
#ifndef CLI_ACCOUNT_H
#define CLI_ACCOUNT_H

#include <stdbool.h>

#include "cli/demo.h"
#include "session/config.h"

struct args;
struct clock;
struct err;
struct log;
struct session;
struct store;

struct account {
    struct config *config;
    struct profile profile;
    struct demo demo;
    struct store *store;     /* NULL: nothing is remembered (demo, or it cannot be opened) */
    struct session *session; /* NULL until account_open() */
    char note[512];          /* what is not as it should be but no reason to stop; "" if nothing */
};

void account_init(struct account *a);
/* Ends the session, the store and the demo's service, in this order. */
void account_release(struct account *a);

/* Only the settings: a->config. ERR_USAGE or what config_load() says. */
int account_settings(struct account *a, const struct args *args, struct err *err);
/* Everything. BACKGROUND: refreshes by itself as the settings say. The secret is in no memory of
 * this room when this returns. On failure A is as far open as it got; release it. */
int account_open(struct account *a, const struct args *args, const struct clock *clock,
                 struct log *log, bool background, struct err *err);

#endif
