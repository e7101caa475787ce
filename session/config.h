/*
 * Settings: what they are, where each value came from, and whether it can be right.
 *
 * Precedence: flags > environment (LUITOP_*) > the user's file
 * ($XDG_CONFIG_HOME/luitop/luitop.conf or --config FILE) > the system's (luitop/luitop.conf in the
 * first of $XDG_CONFIG_DIRS that has it, else /etc/xdg) > built in (design.md, "Settings"). A file
 * is never written by luitop; one that others may write to, or that is neither the user's nor
 * root's, is refused, since it can name commands to run. Every setting of every file is
 * checked, also in profiles that are not used: an unknown name, a wrong type, a value out of range
 * or a bad URL is an ERR_SETTINGS that names file and line, the setting, and the nearest known name
 * or the allowed values.
 *
 * One table (settings.h's SETTING_LIST) feeds the checks, `luitop config show`, and the man page.
 */
#ifndef SESSION_CONFIG_H
#define SESSION_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/operation.h"

struct buf;
struct err;
struct limits;

enum config_origin {
    ORIGIN_BUILTIN,
    ORIGIN_REGION, /* follows from `region` */
    ORIGIN_SYSTEM_FILE,
    ORIGIN_USER_FILE,
    ORIGIN_ENVIRONMENT,
    ORIGIN_FLAG,
};

/* One effective value, for `config show`. All strings are owned by the config. */
struct config_value {
    const char *name; /* "profiles.nimbus.region", "ui.refresh_minutes" */
    const char *text; /* as text; a secret's source is shown, the secret never is */
    enum config_origin origin;
    const char *where; /* "luitop.conf:12", "LUITOP_THEME", "--theme", "" */
};

#define URL_LIST(X)                                                                                \
    X(TOKEN, token)                                                                                \
    X(LUI, lui)                                                                                    \
    X(PARTNER, partner)                                                                            \
    X(NOTIFICATIONS, notifications)                                                                \
    X(API, api)                                                                                    \
    X(CLOUDLICENSE, cloudlicense)                                                                  \
    X(CORE, core)
enum url_kind {
#define URL_ENUM(upper, lower) URL_##upper,
    URL_LIST(URL_ENUM)
#undef URL_ENUM
        URL_COUNT
};

struct profile {
    const char *name, *customer_id, *client_id;
    const char *secret_command, *secret_file; /* exactly one is set */
    const char *region;
    const char *urls[URL_COUNT]; /* complete, `{customerId}` filled in, never NULL */
    /* `{customerId}` is still to be filled in: another customer's notifications; never NULL */
    const char *notifications_of;
    const char *operations[OPERATION_COUNT]; /* with bases filled in; NULL: off */
    const char *billing_timezone;
    const char *ca_file; /* NULL: the system's */
    bool read_only;
};

struct ui_settings {
    const char *theme;   /* a name of themes/ or a path */
    const char *glyphs;  /* auto unicode ascii */
    int refresh_minutes; /* 0: never by itself; 1..1440 */
    bool mouse;
};

/* A key binding of the file: `keys: { servers: { "ctrl-t" = "sort"; }; }`. */
struct key_setting {
    const char *pane, *key, *action, *where;
};

/* What the command line says; NULL or -1: nothing. */
struct config_flags {
    const char *config_file; /* "none": read no file */
    const char *profile, *theme, *glyphs;
    int read_only; /* 1: on */
};

struct config;

/* Reads and checks everything. Without any file this succeeds with no profile. ERR_SETTINGS, or
 * ERR_USAGE where a flag is wrong. */
int config_load(struct config **out, const struct config_flags *flags, struct err *err);
void config_free(struct config *c);

const struct ui_settings *config_ui(const struct config *c);
/* The group `limits` (model/limits.h): the product's days, or a user's own view. */
const struct limits *config_limits(const struct config *c);
size_t config_key_count(const struct config *c);
const struct key_setting *config_key(const struct config *c, size_t i);
size_t config_profile_count(const struct config *c);
const char *config_profile_name(const struct config *c, size_t i);
/* The profile chosen by flag, environment, default_profile, or the only one there is; complete and
 * checked. ERR_SETTINGS with what to do when there is none, several, or an unknown name. */
int config_profile(const struct config *c, struct profile *out, struct err *err);
/* The effective values of the chosen profile and the rest, in the table's order. */
size_t config_value_count(const struct config *c);
const struct config_value *config_value(const struct config *c, size_t i);
const char *config_origin_name(enum config_origin o);

/* The client secret of P, into OUT (buf_wipe() it). A file must be a regular file, owned by the
 * user or root, mode 0600 or 0400 and no link to elsewhere; one trailing line end is dropped. A
 * command runs under /bin/sh with the terminal as its own (a password prompt works) and must exit 0
 * with one line; its output goes nowhere else. Blocks until it is done: call it before the screen
 * is up. ERR_SETTINGS or ERR_IO, never quoting the secret. */
int profile_secret(const struct profile *p, struct buf *out, struct err *err);

/* Why URL may not be used, or NULL: https, or http to loopback only; no user name in it, no blanks,
 * no fragment. */
const char *url_fault(const char *url);

#endif
