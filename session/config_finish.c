#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "session/config_build.h"
#include "session/operation.h"

static bool of_profile(enum setting_id id)
{
    return strncmp(settings[id].name, "profiles.", 9) == 0;
}

/* TEXT as the table writes it: a truth value has eight spellings outside files. */
static const char *canonical(enum setting_id id, const char *text)
{
    bool b = false;

    if (settings[id].kind != SETTING_BOOL || !setting_bool(text, &b))
        return text;
    return b ? "true" : "false";
}

static int put_outside(struct config *c, enum setting_id id, const char *text,
                       enum config_origin origin, const char *where, struct err *err)
{
    const char *profile = of_profile(id) ? c->chosen.name : NULL;
    enum err_code code = origin == ORIGIN_FLAG ? ERR_USAGE : ERR_SETTINGS;
    int rc = setting_check(&settings[id], settings[id].name, where, text, code, err);

    /* Without a profile there is nothing to put it on, but it was checked. */
    if (rc < 0 || (of_profile(id) && profile == NULL))
        return rc;
    return config_put_row(c, id, profile, canonical(id, text), origin, where, err);
}

/* The variables and flags of the settings that are of a profile (PROFILES), or of the others. */
static int read_outside(struct config *c, const struct config_flags *flags, bool profiles,
                        struct err *err)
{
    const char *given[SETTING_COUNT] = {
        [SETTING_ID_DEFAULT_PROFILE] = flags->profile,
        [SETTING_ID_THEME] = flags->theme,
        [SETTING_ID_GLYPHS] = flags->glyphs,
        [SETTING_ID_READ_ONLY] = flags->read_only == 1 ? "true" : NULL,
    };
    int rc = 0;

    for (int id = 0; rc == 0 && id < SETTING_COUNT; id++) {
        const struct setting *s = &settings[id];
        const char *where = s->env, *text = where != NULL ? settings_env(where) : NULL;

        if (of_profile((enum setting_id)id) != profiles)
            continue;
        if (text == NULL && id == SETTING_ID_READ_ONLY) {
            where = "LUITOP_READONLY";
            text = settings_env(where);
        }
        if (text != NULL)
            rc = put_outside(c, (enum setting_id)id, text, ORIGIN_ENVIRONMENT, where, err);
        if (rc == 0 && given[id] != NULL)
            rc = put_outside(c, (enum setting_id)id, given[id], ORIGIN_FLAG, s->flag, err);
    }
    return rc;
}

static void fill_ui(struct config *c)
{
    const char *minutes = config_text(c, SETTING_ID_REFRESH_MINUTES, NULL);

    c->ui.theme = config_text(c, SETTING_ID_THEME, NULL);
    c->ui.glyphs = config_text(c, SETTING_ID_GLYPHS, NULL);
    c->ui.refresh_minutes = (int)strtol(minutes, NULL, 10);
    setting_bool(config_text(c, SETTING_ID_MOUSE, NULL), &c->ui.mouse);
}

static int days(const struct config *c, enum setting_id id)
{
    return (int)strtol(config_text(c, id, NULL), NULL, 10);
}

/* The limit SMALL must not be above LARGE, or what lies between them would never be so. */
static int check_order(const struct config *c, enum setting_id small, enum setting_id large,
                       struct err *err)
{
    const struct entry *e = config_entry(c, small, NULL);

    if (days(c, small) <= days(c, large))
        return 0;
    if (e == NULL)
        e = config_entry(c, large, NULL);
    err_set(err, ERR_SETTINGS, "%s: \"%s\" is %d and \"%s\" only %d", e->where,
            settings[small].name, days(c, small), settings[large].name, days(c, large));
    err_next(err, "Make the second at least as large as the first");
    return ERR_SETTINGS;
}

static int fill_limits(struct config *c, struct err *err)
{
    int rc = check_order(c, SETTING_ID_EXPIRY_WARNING, SETTING_ID_EXPIRY_NOTICE, err);

    if (rc == 0)
        rc = check_order(c, SETTING_ID_REPORTING_DAYS, SETTING_ID_LISTED_DAYS, err);
    c->limits = (struct limits){.expiry_warning = days(c, SETTING_ID_EXPIRY_WARNING),
                                .expiry_notice = days(c, SETTING_ID_EXPIRY_NOTICE),
                                .reporting = days(c, SETTING_ID_REPORTING_DAYS),
                                .listed = days(c, SETTING_ID_LISTED_DAYS)};
    return rc;
}

static int fill_keys(struct config *c, struct err *err)
{
    for (size_t i = 0; i < c->entry_count; i++) {
        const struct entry *e = &c->entries[i];
        struct key_setting *key;

        if (e->setting != &settings[SETTING_ID_KEY])
            continue;
        if (vec_grow(&c->keys, &c->key_cap, c->key_count + 1, sizeof(*c->keys),
                     CONFIG_ENTRIES_MAX) < 0)
            return config_no_memory(err);
        key = &c->keys[c->key_count++];
        *key = (struct key_setting){e->path.part[1], e->path.part[2], e->text, e->where};
    }
    return 0;
}

static int add_value(struct config *c, const char *name, const char *text,
                     enum config_origin origin, const char *where, struct err *err)
{
    if (vec_grow(&c->values, &c->value_cap, c->value_count + 1, sizeof(*c->values),
                 CONFIG_ENTRIES_MAX + SETTING_COUNT) < 0)
        return config_no_memory(err);
    c->values[c->value_count++] = (struct config_value){name, text, origin, where};
    return 0;
}

/* "profiles.*.region" with the chosen profile's name. */
static const char *value_name(struct config *c, enum setting_id id)
{
    const char *pattern = settings[id].name, *star = strchr(pattern, '*');
    size_t head, whole;
    char *name;

    if (star == NULL || c->chosen.name == NULL)
        return pattern;
    head = (size_t)(star - pattern);
    whole = strlen(pattern) + strlen(c->chosen.name);
    name = arena_alloc(&c->arena, whole);
    if (name == NULL)
        return NULL;
    memcpy(name, pattern, head);
    memcpy(name + head, c->chosen.name, strlen(c->chosen.name));
    memcpy(name + head + strlen(c->chosen.name), star + 1, strlen(star + 1) + 1);
    return name;
}

/* One row of the table, as it is in effect; nothing for what is not set. */
static int list_row(struct config *c, enum setting_id id, struct err *err)
{
    bool url = id >= SETTING_ID_URL_TOKEN && id < SETTING_ID_URL_TOKEN + URL_COUNT;
    bool operation =
        id >= SETTING_ID_ENDPOINT_users && id < SETTING_ID_ENDPOINT_users + OPERATION_COUNT;
    const struct entry *e = config_entry(c, id, of_profile(id) ? c->chosen.name : NULL);
    const char *text = e != NULL ? e->text : settings[id].builtin, *name;
    enum config_origin origin = e != NULL ? e->origin : ORIGIN_BUILTIN;

    if (url) {
        text = c->chosen.urls[id - SETTING_ID_URL_TOKEN];
        origin = e != NULL ? origin : ORIGIN_REGION;
    }
    if (operation && e == NULL && c->chosen.operations[id - SETTING_ID_ENDPOINT_users] != NULL) {
        e = config_entry(c, SETTING_ID_ENDPOINTS_ALL, c->chosen.name);
        text = operation_default((enum operation)(id - SETTING_ID_ENDPOINT_users));
        origin = e->origin;
    }
    if (text == NULL)
        return 0;
    name = value_name(c, id);
    if (name == NULL)
        return config_no_memory(err);
    return add_value(c, name, text, origin, e != NULL ? e->where : "", err);
}

int config_list_values(struct config *c, struct err *err)
{
    int rc = 0;

    for (int id = 0; rc == 0 && id < SETTING_COUNT; id++) {
        if (of_profile((enum setting_id)id) && c->chosen.name == NULL)
            continue;
        if (id != SETTING_ID_KEY)
            rc = list_row(c, (enum setting_id)id, err);
    }
    for (size_t i = 0; rc == 0 && i < c->entry_count; i++) {
        const struct entry *e = &c->entries[i];

        if (e->setting == &settings[SETTING_ID_KEY])
            rc = add_value(c, e->name, e->text, e->origin, e->where, err);
    }
    return rc;
}

int config_finish(struct config *c, const struct config_flags *flags, struct err *err)
{
    int rc = read_outside(c, flags, false, err);

    if (rc == 0)
        rc = config_choose(c, err);
    if (rc == 0)
        rc = read_outside(c, flags, true, err);
    if (rc == 0)
        rc = config_complete(c, err);
    if (rc == 0)
        rc = fill_limits(c, err);
    if (rc == 0)
        rc = fill_keys(c, err);
    if (rc == 0)
        rc = config_list_values(c, err);
    if (rc == 0)
        fill_ui(c);
    return rc;
}
