#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "session/config_build.h"

int config_no_memory(struct err *err)
{
    return err_set(err, ERR_NOMEM, "the settings could not be read");
}

int config_new(struct config **out, struct err *err)
{
    struct config *c = calloc(1, sizeof(*c));

    if (c == NULL)
        return config_no_memory(err);
    arena_init(&c->arena, CONFIG_MEMORY_MAX);
    c->user_file = "";
    *out = c;
    return 0;
}

void config_free(struct config *c)
{
    if (c == NULL)
        return;
    arena_release(&c->arena);
    free(c->entries);
    free(c->profiles);
    free(c->keys);
    free(c->values);
    free(c);
}

/* Whether E is the value of row S for PROFILE (NULL: not of a profile). */
static bool entry_is(const struct entry *e, const struct setting *s, const char *profile)
{
    return e->setting == s && (profile == NULL || strcmp(e->path.part[1], profile) == 0);
}

const struct entry *config_entry(const struct config *c, enum setting_id id, const char *profile)
{
    for (size_t i = 0; i < c->entry_count; i++) {
        if (entry_is(&c->entries[i], &settings[id], profile))
            return &c->entries[i];
    }
    return NULL;
}

const char *config_text(const struct config *c, enum setting_id id, const char *profile)
{
    const struct entry *e = config_entry(c, id, profile);

    return e != NULL ? e->text : settings[id].builtin;
}

static bool same_path(const struct setting_path *a, const struct setting_path *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->part[i], b->part[i]) != 0)
            return false;
    }
    return true;
}

static bool copy_entry(struct config *c, struct entry *e, const struct setting_path *path,
                       const char *text, const char *where)
{
    struct buf name;

    buf_init(&name, SETTING_TEXT_MAX);
    e->path.count = path->count;
    for (size_t i = 0; i < path->count; i++) {
        e->path.part[i] = arena_strdup(&c->arena, path->part[i]);
        buf_addf(&name, "%s%s", i > 0 ? "." : "", path->part[i]);
    }
    e->name = name.failed == 0 ? arena_strdup(&c->arena, name.data) : NULL;
    buf_release(&name);
    e->text = arena_strdup(&c->arena, text);
    e->where = arena_strdup(&c->arena, where);
    for (size_t i = 0; i < path->count; i++) {
        if (e->path.part[i] == NULL)
            return false;
    }
    return e->name != NULL && e->text != NULL && e->where != NULL;
}

int config_put(struct config *c, const struct setting *s, const struct setting_path *path,
               const char *text, enum config_origin origin, const char *where, struct err *err)
{
    struct entry new = {.setting = s, .origin = origin};
    size_t i = 0;
    int rc;

    while (i < c->entry_count &&
           (c->entries[i].setting != s || !same_path(&c->entries[i].path, path)))
        i++;
    if (i < c->entry_count && c->entries[i].origin > origin)
        return 0;
    if (i < c->entry_count && c->entries[i].origin == origin) {
        err_set(err, ERR_SETTINGS, "%s: \"%s\" is set twice", where, c->entries[i].name);
        err_why(err, "the other one is %s", c->entries[i].where);
        return ERR_SETTINGS;
    }
    rc = vec_grow(&c->entries, &c->entry_cap, i + 1, sizeof(*c->entries), CONFIG_ENTRIES_MAX);
    if (rc == ERR_TOOBIG)
        return err_set(err, ERR_SETTINGS, "%s: there are more than %d settings", where,
                       CONFIG_ENTRIES_MAX);
    if (rc < 0 || !copy_entry(c, &new, path, text, where))
        return config_no_memory(err);
    c->entries[i] = new;
    if (i == c->entry_count)
        c->entry_count++;
    return 0;
}

int config_put_row(struct config *c, enum setting_id id, const char *profile, const char *text,
                   enum config_origin origin, const char *where, struct err *err)
{
    char parts[SETTING_DEPTH][SETTING_NAME_MAX];
    struct setting_path path = {.count = 0};
    const char *name = settings[id].name;

    while (*name != '\0' && path.count < SETTING_DEPTH) {
        size_t len = strcspn(name, ".");
        bool any = len == 1 && name[0] == '*';

        snprintf(parts[path.count], SETTING_NAME_MAX, "%.*s", any ? SETTING_NAME_MAX : (int)len,
                 any && profile != NULL ? profile : name);
        path.part[path.count] = parts[path.count];
        path.count++;
        name += len;
        name += *name == '.';
    }
    return config_put(c, &settings[id], &path, text, origin, where, err);
}

int config_profile_add(struct config *c, const char *name, struct err *err)
{
    int rc;

    for (size_t i = 0; i < c->profile_count; i++) {
        if (strcmp(c->profiles[i], name) == 0)
            return 0;
    }
    rc = vec_grow(&c->profiles, &c->profile_cap, c->profile_count + 1, sizeof(*c->profiles),
                  CONFIG_PROFILES_MAX);
    if (rc == ERR_TOOBIG)
        return err_set(err, ERR_SETTINGS, "there are more than %d profiles", CONFIG_PROFILES_MAX);
    name = rc == 0 ? arena_strdup(&c->arena, name) : NULL;
    if (name == NULL)
        return config_no_memory(err);
    c->profiles[c->profile_count++] = name;
    return 0;
}

const struct ui_settings *config_ui(const struct config *c)
{
    return &c->ui;
}

const struct limits *config_limits(const struct config *c)
{
    return &c->limits;
}

size_t config_key_count(const struct config *c)
{
    return c->key_count;
}

const struct key_setting *config_key(const struct config *c, size_t i)
{
    return &c->keys[i];
}

size_t config_profile_count(const struct config *c)
{
    return c->profile_count;
}

const char *config_profile_name(const struct config *c, size_t i)
{
    return c->profiles[i];
}

size_t config_value_count(const struct config *c)
{
    return c->value_count;
}

const struct config_value *config_value(const struct config *c, size_t i)
{
    return &c->values[i];
}

const char *config_origin_name(enum config_origin o)
{
    static const char *const names[] = {
        [ORIGIN_BUILTIN] = "built in",        [ORIGIN_REGION] = "region",
        [ORIGIN_SYSTEM_FILE] = "system",      [ORIGIN_USER_FILE] = "file",
        [ORIGIN_ENVIRONMENT] = "environment", [ORIGIN_FLAG] = "flag",
    };

    return names[o];
}
