/*
 * The vocabulary of the settings: one table for the checks, `luitop config show`, the errors'
 * suggestions and the man page.
 *
 * A setting's name is its path in the file, parts joined with '.'; "*" stands for any name (a
 * profile, a pane, a key). Groups are not in the table: they follow from the names.
 */
#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "api_client/operation.h"
#include "base/err.h"
#include "session/config.h"

enum { SETTING_DEPTH = 4, SETTING_NAME_MAX = 64, SETTING_TEXT_MAX = 4096 };

enum setting_kind {
    SETTING_NAME,     /* of a profile */
    SETTING_CUSTOMER, /* a customer id: [A-Za-z0-9_-]{1,64} */
    SETTING_WORD,     /* printable ASCII without blanks */
    SETTING_COMMAND,  /* for /bin/sh */
    SETTING_PATH,  /* "~/…" is the home folder's, a relative one the settings file's folder's */
    SETTING_THEME, /* a name, or with a '/' a path */
    SETTING_CHOICE,
    SETTING_BOOL,
    SETTING_INT,
    SETTING_URL,      /* a base, or the token URL; `{customerId}` may stand in it */
    SETTING_ENDPOINT, /* a URL that may begin with {lui}, {api} or {ptn} */
    SETTING_ZONE,
    SETTING_ACTION, /* what a key does; tui/ knows the names */
};

/* Rows of the tagging window that a profile may override (extensions.md, "Rules the server
 * enforces"). */
#define TAGGING_LIST(X)                                                                            \
    X(link_users)                                                                                  \
    X(set_user_type)                                                                               \
    X(add_free_users)                                                                              \
    X(link_server)                                                                                 \
    X(link_site)                                                                                   \
    X(link_delivery_group)                                                                         \
    X(link_netscaler)                                                                              \
    X(free_server)

/* X: id, name, kind, choices, smallest, largest, default, environment, flag, help. A default of
 * NULL: not set, or it follows from the region. U, E and T are the rows of the three lists above.
 */
#define SETTING_LIST(X, U, E, T)                                                                   \
    X(DEFAULT_PROFILE, "default_profile", NAME, NULL, 0, 0, NULL, "LUITOP_PROFILE", "--profile",   \
      "the profile to use when none is named; not needed when there is only one")                  \
    X(CUSTOMER_ID, "profiles.*.customer_id", CUSTOMER, NULL, 0, 0, NULL, NULL, NULL,               \
      "the Citrix Cloud customer id (Identity and Access Management, API Access)")                 \
    X(CLIENT_ID, "profiles.*.client_id", WORD, NULL, 0, 0, NULL, NULL, NULL,                       \
      "the id of the API client (a service principal or secure client)")                           \
    X(SECRET_COMMAND, "profiles.*.client_secret_command", COMMAND, NULL, 0, 0, NULL, NULL, NULL,   \
      "a command whose one line of output is the client secret")                                   \
    X(SECRET_FILE, "profiles.*.client_secret_file", PATH, NULL, 0, 0, NULL, NULL, NULL,            \
      "a file with the client secret, mode 0600 or 0400")                                          \
    X(REGION, "profiles.*.region", CHOICE, "us eu ap-s jp gov", 0, 0, "us", NULL, NULL,            \
      "where the account's home is; it decides the URLs")                                          \
    X(READ_ONLY, "profiles.*.read_only", BOOL, NULL, 0, 0, "false", "LUITOP_READ_ONLY",            \
      "--read-only", "let no request but reading leave this machine")                              \
    X(BILLING_TIMEZONE, "profiles.*.billing_timezone", ZONE, NULL, 0, 0, "UTC", NULL, NULL,        \
      "the time zone in which months begin and the tagging window closes")                         \
    X(CA_FILE, "profiles.*.ca_file", PATH, NULL, 0, 0, NULL, NULL, NULL,                           \
      "certificates to trust instead of the system's (PEM)")                                       \
    URL_LIST(U)                                                                                    \
    X(ENDPOINTS_ALL, "profiles.*.endpoints.all", BOOL, NULL, 0, 0, "false", NULL, NULL,            \
      "switch on every extension operation at its usual address")                                  \
    OPERATION_LIST(E)                                                                              \
    TAGGING_LIST(T)                                                                                \
    X(THEME, "ui.theme", THEME, NULL, 0, 0, "default", "LUITOP_THEME", "--theme",                  \
      "the colours: the name of a theme, or the path of a .theme file")                            \
    X(GLYPHS, "ui.glyphs", CHOICE, "auto unicode ascii", 0, 0, "auto", "LUITOP_GLYPHS",            \
      "--glyphs", "which characters lines and marks are drawn with")                               \
    X(REFRESH_MINUTES, "ui.refresh_minutes", INT, NULL, 0, 1440, "15", "LUITOP_REFRESH_MINUTES",   \
      NULL, "minutes between refreshes; 0 refreshes only when asked")                              \
    X(MOUSE, "ui.mouse", BOOL, NULL, 0, 0, "false", "LUITOP_MOUSE", NULL,                          \
      "let the mouse move the cursor; the terminal's own selecting then needs Shift")              \
    X(EXPIRY_WARNING, "limits.expiry_warning_days", INT, NULL, 1, 3650, "30", NULL, NULL,          \
      "days left from which an expiry is a warning; other than 30 is your own view")               \
    X(EXPIRY_NOTICE, "limits.expiry_notice_days", INT, NULL, 1, 3650, "90", NULL, NULL,            \
      "days left from which an expiry is told; other than 90 is your own view")                    \
    X(REPORTING_DAYS, "limits.reporting_days", INT, NULL, 1, 3650, "3", NULL, NULL,                \
      "licensed deployments: a server reports when it did within so many days; Citrix says 3")     \
    X(LISTED_DAYS, "limits.listed_days", INT, NULL, 1, 3650, "30", NULL, NULL,                     \
      "licensed deployments: a server is listed for so many days after a report; Citrix says 30")  \
    X(KEY, "keys.*.*", ACTION, NULL, 0, 0, NULL, NULL, NULL,                                       \
      "what a key does in a pane: keys: { servers: { \"ctrl-t\" = \"sort\"; }; };")

enum setting_id {
#define SETTING_ID(id, ...)          SETTING_ID_##id,
#define SETTING_ID_URL(upper, lower) SETTING_ID_URL_##upper,
#define SETTING_ID_ENDPOINT(op, url) SETTING_ID_ENDPOINT_##op,
#define SETTING_ID_TAGGING(op)       SETTING_ID_TAGGING_##op,
    SETTING_LIST(SETTING_ID, SETTING_ID_URL, SETTING_ID_ENDPOINT, SETTING_ID_TAGGING)
#undef SETTING_ID
#undef SETTING_ID_URL
#undef SETTING_ID_ENDPOINT
#undef SETTING_ID_TAGGING
        SETTING_COUNT
};

struct setting {
    const char *name;
    enum setting_kind kind;
    const char *choices;                     /* joined with ' '; CHOICE only */
    int min, max;                            /* INT only */
    const char *builtin, *env, *flag, *help; /* each but help may be NULL */
};
extern const struct setting settings[SETTING_COUNT];

/* Names of the environment that are no settings, for help: name, meaning. */
struct setting_env {
    const char *name, *help;
};
extern const struct setting_env setting_envs[];
extern const size_t setting_env_count;

/* Where something stands in a file: "ui", "theme". */
struct setting_path {
    const char *part[SETTING_DEPTH];
    size_t count;
};

enum setting_found { SETTING_UNKNOWN, SETTING_GROUP, SETTING_LEAF };
/* What PATH names; for a leaf *OUT is its row. */
enum setting_found setting_find(const struct setting_path *path, const struct setting **out);
/* The last part of PATH is unknown: sets ERR (what begins with WHERE, "luitop.conf:12") with the
 * nearest name, the group it belongs to, or the names known there. Returns ERR_SETTINGS. */
int setting_unknown(const struct setting_path *path, const char *where, struct err *err);

/* What a value of S has to be, as words after "must be": "true or false". */
const char *setting_must(const struct setting *s, char *out, size_t size);
/* Checks TEXT as a value of S that NAME ("ui.theme") has at WHERE. 0 or CODE (ERR_SETTINGS, or
 * ERR_USAGE for a flag) in ERR. */
int setting_check(const struct setting *s, const char *name, const char *where, const char *text,
                  enum err_code code, struct err *err);
/* The values of a BOOL: true yes on 1, false no off 0. */
bool setting_bool(const char *text, bool *out);

/* As url_fault(), and also no query: other paths are added to a base. */
const char *url_base_fault(const char *url);

#endif
