/*
 * How a config comes to be. Private to session/ (and the fuzzer, which has no files).
 *
 *     config_new, config_read_text for each file (lowest first), config_finish
 */
#ifndef SESSION_CONFIG_BUILD_H
#define SESSION_CONFIG_BUILD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/limits.h"
#include "session/config.h"
#include "session/settings.h"

struct buf;

enum { CONFIG_ENTRIES_MAX = 4000, CONFIG_PROFILES_MAX = 200, CONFIG_MEMORY_MAX = 16 * 1024 * 1024 };

/* One value that something set; the strongest origin wins. */
struct entry {
    const struct setting *setting;
    struct setting_path path;
    const char *name; /* the path's parts joined with '.' */
    const char *text;
    enum config_origin origin;
    const char *where;
};

struct config {
    struct arena arena; /* owns every string */
    struct entry *entries;
    size_t entry_count, entry_cap;
    const char **profiles;
    size_t profile_count, profile_cap;
    struct key_setting *keys;
    size_t key_count, key_cap;
    struct config_value *values;
    size_t value_count, value_cap;
    struct ui_settings ui;
    struct limits limits;
    const char *user_file; /* where the user's file is or would be; "" when none is to be read */
    struct profile chosen;
    struct err chosen_err; /* code 0: `chosen` is complete */
};

/* Where text comes from. FOLDER: what relative paths are relative to; "" for as they are. */
struct config_source {
    enum config_origin origin;
    const char *label, *folder;
};

int config_new(struct config **out, struct err *err);
int config_read_text(struct config *c, const struct config_source *src, const char *text,
                     size_t len, struct err *err);
/* Environment, flags, the choice of a profile, and what `config show` lists. */
int config_finish(struct config *c, const struct config_flags *flags, struct err *err);

/* Sets one value that was checked. A weaker origin than what is there changes nothing; the same
 * origin twice is an ERR_SETTINGS. Everything is copied. */
int config_put(struct config *c, const struct setting *s, const struct setting_path *path,
               const char *text, enum config_origin origin, const char *where, struct err *err);
/* The same for a row of the table; PROFILE stands for its "*". */
int config_put_row(struct config *c, enum setting_id id, const char *profile, const char *text,
                   enum config_origin origin, const char *where, struct err *err);
/* PROFILE: NULL for what is not of a profile. NULL when nothing set it. O(entries). */
const struct entry *config_entry(const struct config *c, enum setting_id id, const char *profile);
/* The entry's text, else the row's default (may be NULL). */
const char *config_text(const struct config *c, enum setting_id id, const char *profile);
int config_profile_add(struct config *c, const char *name, struct err *err);
/* The choice of a profile: sets chosen.name, or chosen_err. Negative only when memory is out or a
 * file gives a secret twice. */
int config_choose(struct config *c, struct err *err);
/* Fills the rest of `chosen`, or chosen_err with what it lacks. */
int config_complete(struct config *c, struct err *err);
int config_list_values(struct config *c, struct err *err);
int config_no_memory(struct err *err);

/* The built-in URL of KIND in REGION; `{customerId}` stands in it. */
const char *region_url(const char *region, enum url_kind kind);

/* Reads a settings file that nobody else may write. 1, 0 when there is none, ERR_SETTINGS. */
int settings_file_read(const char *path, const char *label, struct buf *out, struct err *err);
/* $VARIABLE/luitop/luitop.conf or ~/.config/luitop/luitop.conf; "" when neither is known. */
int settings_user_path(struct buf *out);
/* The first of $XDG_CONFIG_DIRS (or /etc/xdg) that has luitop/luitop.conf; "" for none. */
int settings_system_path(struct buf *out);
/* An environment variable, NULL when unset or empty. */
const char *settings_env(const char *name);

#endif
