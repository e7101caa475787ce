#include "session/config.h"

#include <libconfig.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "session/config_build.h"
#include "session/settings_text.h"

enum { WHERE_MAX = 120, NAME_MAX_BYTES = 200 };

struct file_reader {
    struct config *c;
    const struct config_source *src;
    struct err *err;
    struct setting_path path;
    char name[NAME_MAX_BYTES], where[WHERE_MAX];
};

/* Sets `name` and `where` for ITEM, which stands at the reader's path. */
static void locate(struct file_reader *r, const config_setting_t *item)
{
    size_t used = 0;

    for (size_t i = 0; i < r->path.count; i++) {
        int n = snprintf(r->name + used, sizeof(r->name) - used, "%s%s", i > 0 ? "." : "",
                         r->path.part[i]);

        if (n < 0 || (size_t)n >= sizeof(r->name) - used)
            break;
        used += (size_t)n;
    }
    snprintf(r->where, sizeof(r->where), "%s:%u", r->src->label, config_setting_source_line(item));
}

static int wrong_type(struct file_reader *r, const struct setting *s, const char *is)
{
    char must[160];

    err_set(r->err, ERR_SETTINGS, "%s: \"%s\" must be %s", r->where, r->name,
            setting_must(s, must, sizeof(must)));
    err_why(r->err, "%s", is);
    if (s->kind == SETTING_INT || s->kind == SETTING_BOOL)
        err_next(r->err, "Write it without quotes");
    return ERR_SETTINGS;
}

/* ITEM's value as text, borrowed from it or from OUT; NULL when its type cannot be one of S. */
static const char *value_text_of(const config_setting_t *item, const struct setting *s, char *out,
                                 size_t size)
{
    switch (config_setting_type(item)) {
    case CONFIG_TYPE_STRING:
        if (s->kind == SETTING_INT || s->kind == SETTING_BOOL)
            return NULL;
        return config_setting_get_string(item);
    case CONFIG_TYPE_BOOL:
        if (s->kind != SETTING_BOOL)
            return NULL;
        return config_setting_get_bool(item) ? "true" : "false";
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        if (s->kind != SETTING_INT)
            return NULL;
        snprintf(out, size, "%lld", config_setting_get_int64(item));
        return out;
    default:
        return NULL;
    }
}

static const char *type_words(const config_setting_t *item)
{
    switch (config_setting_type(item)) {
    case CONFIG_TYPE_GROUP:
        return "it is a group";
    case CONFIG_TYPE_LIST:
    case CONFIG_TYPE_ARRAY:
        return "it is a list";
    case CONFIG_TYPE_STRING:
        return "it is a text in quotes";
    case CONFIG_TYPE_BOOL:
        return "it is true or false";
    default:
        return "it is a number";
    }
}

/* "~/x" and "x" as whole paths; OUT owns the result. */
static const char *whole_path(const struct file_reader *r, const struct setting *s,
                              const char *text, struct buf *out)
{
    const char *home = settings_env("HOME");
    bool is_path =
        s->kind == SETTING_PATH || (s->kind == SETTING_THEME && strchr(text, '/') != NULL);

    if (!is_path || text[0] == '/')
        return text;
    if (strncmp(text, "~/", 2) == 0 && home != NULL)
        buf_addf(out, "%s%s", home, text + 1);
    else if (r->src->folder[0] != '\0')
        buf_addf(out, "%s/%s", r->src->folder, text);
    else
        return text;
    return out->failed == 0 ? out->data : text;
}

static int read_leaf(struct file_reader *r, const config_setting_t *item, const struct setting *s)
{
    char number[32];
    const char *text = value_text_of(item, s, number, sizeof(number));
    struct buf path;
    int rc;

    if (text == NULL)
        return wrong_type(r, s, type_words(item));
    rc = setting_check(s, r->name, r->where, text, ERR_SETTINGS, r->err);
    if (rc < 0)
        return rc;
    buf_init(&path, 2 * PATH_MAX);
    rc = config_put(r->c, s, &r->path, whole_path(r, s, text, &path), r->src->origin, r->where,
                    r->err);
    buf_release(&path);
    return rc;
}

/* A profile's name was just entered: profiles.NAME. */
static int enter_profile(struct file_reader *r)
{
    const struct setting *s = &settings[SETTING_ID_DEFAULT_PROFILE];
    int rc = setting_check(s, "profiles", r->where, r->path.part[1], ERR_SETTINGS, r->err);

    return rc < 0 ? rc : config_profile_add(r->c, r->path.part[1], r->err);
}

static int read_group(struct file_reader *r, config_setting_t *group);

static int read_item(struct file_reader *r, config_setting_t *item)
{
    const struct setting *s = NULL;
    int rc = 0;

    locate(r, item);
    switch (setting_find(&r->path, &s)) {
    case SETTING_LEAF:
        return read_leaf(r, item, s);
    case SETTING_UNKNOWN:
        return setting_unknown(&r->path, r->where, r->err);
    case SETTING_GROUP:
        break;
    }
    if (config_setting_type(item) != CONFIG_TYPE_GROUP) {
        err_set(r->err, ERR_SETTINGS, "%s: \"%s\" must be a group", r->where, r->name);
        err_why(r->err, "%s", type_words(item));
        err_next(r->err, "Write %s: { … };", r->path.part[r->path.count - 1]);
        return ERR_SETTINGS;
    }
    if (r->path.count == 2 && strcmp(r->path.part[0], "profiles") == 0)
        rc = enter_profile(r);
    return rc < 0 ? rc : read_group(r, item);
}

/* Nests no deeper than the table's names do. */
static int read_group(struct file_reader *r, config_setting_t *group)
{
    int count = config_setting_length(group), rc = 0;

    for (int i = 0; rc == 0 && i < count; i++) {
        config_setting_t *item = config_setting_get_elem(group, (unsigned)i);
        char quoted[SETTINGS_QUOTED_MAX + 1];

        r->path.part[r->path.count++] = settings_text_name(config_setting_name(item), quoted);
        rc = read_item(r, item);
        r->path.count--;
    }
    return rc;
}

int config_read_text(struct config *c, const struct config_source *src, const char *text,
                     size_t len, struct err *err)
{
    struct file_reader r = {.c = c, .src = src, .err = err};
    struct buf prepared;
    config_t parsed;
    int rc;

    config_init(&parsed);
    buf_init(&prepared, 2 * SETTINGS_FILE_MAX);
    rc = settings_text(&prepared, src->label, text, len, err);
    if (rc == 0 && config_read_string(&parsed, prepared.data) != CONFIG_TRUE) {
        err_set(err, ERR_SETTINGS, "%s:%d: this is not a settings file", src->label,
                config_error_line(&parsed));
        err_why(err, "%s", config_error_text(&parsed));
        err_next(err, "Look for a missing ';', '\"' or '}' there or on the line before");
        rc = ERR_SETTINGS;
    }
    if (rc == 0)
        rc = read_group(&r, config_root_setting(&parsed));
    config_destroy(&parsed);
    buf_release(&prepared);
    return rc;
}

/* Reads PATH when it is there. 1, 0, or negative. */
static int read_file(struct config *c, const char *path, enum config_origin origin, struct err *err)
{
    const char *slash = strrchr(path, '/');
    struct config_source src = {.origin = origin};
    char label[WHERE_MAX - 16], *folder;
    struct buf text;
    int rc;

    /* Both files have the same name; the user's is meant where none is said. */
    snprintf(label, sizeof(label), "%s",
             origin == ORIGIN_USER_FILE && slash != NULL ? slash + 1 : path);
    folder = slash != NULL ? strndup(path, slash > path ? (size_t)(slash - path) : 1) : strdup(".");
    if (folder == NULL)
        return config_no_memory(err);
    src.label = label;
    src.folder = folder;
    buf_init(&text, SETTINGS_FILE_MAX);
    rc = settings_file_read(path, path, &text, err);
    if (rc == 1) {
        rc = config_read_text(c, &src, text.data, text.len, err);
        rc = rc < 0 ? rc : 1;
    }
    buf_release(&text);
    free(folder);
    return rc;
}

static int read_files(struct config *c, const char *chosen, struct err *err)
{
    struct buf path;
    int rc = 0;

    buf_init(&path, PATH_MAX);
    if (chosen != NULL && strcmp(chosen, "none") == 0)
        goto out;
    settings_system_path(&path);
    if (path.len > 0)
        rc = read_file(c, path.data, ORIGIN_SYSTEM_FILE, err);
    buf_reset(&path);
    if (chosen != NULL)
        buf_addstr(&path, chosen);
    else
        settings_user_path(&path);
    if (rc < 0 || path.len == 0)
        goto out;
    c->user_file = arena_strdup(&c->arena, path.data);
    if (c->user_file == NULL) {
        rc = config_no_memory(err);
        goto out;
    }
    rc = read_file(c, path.data, ORIGIN_USER_FILE, err);
    if (rc == 0 && chosen != NULL) {
        err_set(err, ERR_SETTINGS, "there is no settings file %s", chosen);
        err_next(err, "Check --config or LUITOP_CONFIG; \"none\" reads no file");
        rc = ERR_SETTINGS;
    }
out:
    buf_release(&path);
    return rc < 0 ? rc : 0;
}

int config_load(struct config **out, const struct config_flags *flags, struct err *err)
{
    const char *chosen =
        flags->config_file != NULL ? flags->config_file : settings_env("LUITOP_CONFIG");
    struct config *c = NULL;
    int rc = config_new(&c, err);

    if (rc == 0)
        rc = read_files(c, chosen, err);
    if (rc == 0)
        rc = config_finish(c, flags, err);
    if (rc < 0) {
        config_free(c);
        return rc;
    }
    *out = c;
    return 0;
}
