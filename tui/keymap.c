#include "tui/keymap.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "session/config.h"

static struct binding *lookup(struct keymap *k, int pane, key_code key)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->bindings[i].pane == pane && k->bindings[i].key == key)
            return &k->bindings[i];
    return NULL;
}

static int bind(struct keymap *k, int pane, key_code key, enum action action)
{
    struct binding *b = lookup(k, pane, key);

    if (b == NULL) {
        if (k->count == KEYMAP_MAX)
            return ERR_TOOBIG;
        b = &k->bindings[k->count++];
    }
    *b = (struct binding){key, action, pane};
    return 0;
}

static int bind_defaults(struct keymap *k, struct err *err)
{
    for (int a = 0; a < ACTION_COUNT; a++) {
        const char *p = actions[a].keys;

        while (*p != '\0') {
            char name[KEY_NAME_MAX];
            size_t n = strcspn(p, " ");
            key_code key;

            snprintf(name, sizeof(name), "%.*s", (int)n, p);
            if (key_parse(name, &key) < 0 || lookup(k, KEYMAP_ALL_PANES, key) != NULL ||
                bind(k, KEYMAP_ALL_PANES, key, (enum action)a) < 0)
                return err_set(err, ERR_BUG, "default key \"%s\" of \"%s\" cannot be bound", name,
                               actions[a].name);
            p += n;
            p += strspn(p, " ");
        }
    }
    return 0;
}

static int bad_setting(const struct key_setting *s, const char *kind, const char *word,
                       const char *const *names, size_t count, struct err *err)
{
    const char *near = nearest_name(word, names, count);

    err_set(err, ERR_SETTINGS, "%s: unknown %s \"%s\"", s->where, kind, word);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "Press ? in luitop for the names of panes, keys and actions");
    return ERR_SETTINGS;
}

static int find_pane(const char *name, const char *const *panes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(panes[i], name) == 0)
            return (int)i;
    return KEYMAP_ALL_PANES;
}

static int bind_setting(struct keymap *k, const struct key_setting *s, const char *const *panes,
                        size_t pane_count, struct err *err)
{
    const char *names[ACTION_COUNT];
    int pane = find_pane(s->pane, panes, pane_count);
    enum action action = action_find(s->action, strlen(s->action));
    key_code key;

    for (int i = 0; i < ACTION_COUNT; i++)
        names[i] = actions[i].name;
    if (pane == KEYMAP_ALL_PANES && strcmp(s->pane, "all") != 0)
        return bad_setting(s, "pane", s->pane, panes, pane_count, err);
    if (key_parse(s->key, &key) < 0)
        return bad_setting(s, "key", s->key, NULL, 0, err);
    if (action == ACTION_NONE && strcmp(s->action, "none") != 0)
        return bad_setting(s, "action", s->action, names, ACTION_COUNT, err);
    return bind(k, pane, key, action);
}

/* Two lines of the settings that bind one key in one pane to different actions contradict each
 * other, also when they spell the key differently ("ctrl-i" and "tab" are refused by key_parse). */
static int find_clash(const struct config *config, struct err *err)
{
    size_t n = config_key_count(config);

    for (size_t i = 0; i < n; i++) {
        const struct key_setting *a = config_key(config, i);

        for (size_t j = i + 1; j < n; j++) {
            const struct key_setting *b = config_key(config, j);
            key_code ka, kb;

            if (strcmp(a->pane, b->pane) != 0 || strcmp(a->action, b->action) == 0 ||
                key_parse(a->key, &ka) < 0 || key_parse(b->key, &kb) < 0 || ka != kb)
                continue;
            err_set(err, ERR_SETTINGS, "%s: key \"%s\" is bound to \"%s\" and to \"%s\"", b->where,
                    b->key, a->action, b->action);
            err_next(err, "Remove one; the other stands at %s", a->where);
            return ERR_SETTINGS;
        }
    }
    return 0;
}

int keymap_build(struct keymap *k, const struct config *config, const char *const *panes,
                 size_t pane_count, struct err *err)
{
    int rc;

    k->count = 0;
    rc = bind_defaults(k, err);
    if (rc < 0 || config == NULL)
        return rc;
    rc = find_clash(config, err);
    for (size_t i = 0; rc == 0 && i < config_key_count(config); i++)
        rc = bind_setting(k, config_key(config, i), panes, pane_count, err);
    return rc;
}

enum action keymap_action(const struct keymap *k, int pane, key_code key)
{
    enum action found = ACTION_NONE;

    for (size_t i = 0; i < k->count; i++) {
        const struct binding *b = &k->bindings[i];

        if (b->key != key)
            continue;
        if (b->pane == pane)
            return b->action;
        if (b->pane == KEYMAP_ALL_PANES)
            found = b->action;
    }
    return found;
}

const char *keymap_labels(const struct keymap *k, int pane, enum action action, char *out,
                          size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < k->count; i++) {
        const struct binding *b = &k->bindings[i];
        char label[KEY_NAME_MAX];
        int n;

        if (b->action != action || keymap_action(k, pane, b->key) != action ||
            (b->pane != pane && b->pane != KEYMAP_ALL_PANES))
            continue;
        n = snprintf(out + used, size - used, "%s%s", used > 0 ? " " : "",
                     key_label(b->key, label));
        if (n < 0 || (size_t)n >= size - used) {
            out[used] = '\0';
            break;
        }
        used += (size_t)n;
    }
    return out;
}

const char *keymap_label(const struct keymap *k, int pane, enum action action,
                         char out[KEY_NAME_MAX])
{
    char all[256];

    keymap_labels(k, pane, action, all, sizeof(all));
    snprintf(out, KEY_NAME_MAX, "%.*s", (int)strcspn(all, " "), all);
    return out;
}
