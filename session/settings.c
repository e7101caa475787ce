#include "session/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"

#define URL_HELP_TOKEN         "the whole token URL"
#define URL_HELP_LUI           "base of License Usage Insights"
#define URL_HELP_PARTNER       "base of the partner service (customers)"
#define URL_HELP_NOTIFICATIONS "base of the notifications"
#define URL_HELP_API           "the API host of the region"
#define URL_HELP_CLOUDLICENSE  "base of the concurrent cloud licences"
#define URL_HELP_CORE          "base of the service entitlements"

#define ROW(id, path, type, list, low, high, preset, variable, option, text)                       \
    [SETTING_ID_##id] = {.name = path,                                                             \
                         .kind = SETTING_##type,                                                   \
                         .choices = list,                                                          \
                         .min = low,                                                               \
                         .max = high,                                                              \
                         .builtin = preset,                                                        \
                         .env = variable,                                                          \
                         .flag = option,                                                           \
                         .help = text},
#define URL_ROW(upper, lower)                                                                      \
    [SETTING_ID_URL_##upper] = {                                                                   \
        .name = "profiles.*.urls." #lower, .kind = SETTING_URL, .help = URL_HELP_##upper},
#define ENDPOINT_ROW(op, url)                                                                      \
    [SETTING_ID_ENDPOINT_##                                                                        \
        op] = {.name = "profiles.*.endpoints." #op,                                                \
               .kind = SETTING_ENDPOINT,                                                           \
               .help = "URL of the extension operation " #op ", usually \"" url "\""},
#define TAGGING_ROW(op)                                                                            \
    [SETTING_ID_TAGGING_##op] = {.name = "profiles.*.tagging_window." #op,                         \
                                 .kind = SETTING_CHOICE,                                           \
                                 .choices = "present previous",                                    \
                                 .help = "months that " #op                                        \
                                         " may name: the present one, or until the 10th also "     \
                                         "the previous one"},
const struct setting settings[SETTING_COUNT] = {
    SETTING_LIST(ROW, URL_ROW, ENDPOINT_ROW, TAGGING_ROW)};

const struct setting_env setting_envs[] = {
    {"LUITOP_CONFIG", "the settings file to read; \"none\" reads no file"},
    {"LUITOP_READONLY", "another spelling of LUITOP_READ_ONLY"},
    {"LUITOP_NOW", "the time to start from, for tests and rehearsals"},
};
const size_t setting_env_count = sizeof(setting_envs) / sizeof(setting_envs[0]);

/* The part of NAME that begins at depth DEPTH; *LEN is its length. NULL when there is none. */
static const char *part_at(const char *name, size_t depth, size_t *len)
{
    for (; depth > 0; depth--) {
        name = strchr(name, '.');
        if (name == NULL)
            return NULL;
        name++;
    }
    *len = strcspn(name, ".");
    return name;
}

static size_t depth_of(const char *name)
{
    size_t n = 1;

    for (; *name != '\0'; name++)
        n += *name == '.';
    return n;
}

/* Whether the first COUNT parts of NAME stand for the first COUNT of PATH. */
static bool covers(const char *name, const struct setting_path *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = 0;
        const char *part = part_at(name, i, &len);

        if (part == NULL)
            return false;
        if (len == 1 && part[0] == '*')
            continue;
        if (strlen(path->part[i]) != len || memcmp(part, path->part[i], len) != 0)
            return false;
    }
    return true;
}

enum setting_found setting_find(const struct setting_path *path, const struct setting **out)
{
    enum setting_found found = SETTING_UNKNOWN;

    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (!covers(settings[i].name, path, path->count))
            continue;
        if (depth_of(settings[i].name) > path->count) {
            found = SETTING_GROUP;
            continue;
        }
        *out = &settings[i];
        return SETTING_LEAF;
    }
    return found;
}

/* The names that may stand where PATH's last part does, each once. */
struct known {
    char text[SETTING_COUNT][SETTING_NAME_MAX];
    const char *names[SETTING_COUNT];
    size_t count;
};

static void known_add(struct known *k, const char *name, size_t len)
{
    if (len >= SETTING_NAME_MAX || (len == 1 && name[0] == '*'))
        return;
    for (size_t i = 0; i < k->count; i++) {
        if (strlen(k->names[i]) == len && memcmp(k->names[i], name, len) == 0)
            return;
    }
    memcpy(k->text[k->count], name, len);
    k->text[k->count][len] = '\0';
    k->names[k->count] = k->text[k->count];
    k->count++;
}

static void known_at(struct known *k, const struct setting_path *path)
{
    k->count = 0;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        size_t len = 0;
        const char *part = part_at(settings[i].name, path->count - 1, &len);

        if (part != NULL && covers(settings[i].name, path, path->count - 1))
            known_add(k, part, len);
    }
}

/* A setting somewhere else whose last part is NAME. */
static const struct setting *elsewhere(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *dot = strrchr(settings[i].name, '.');

        if (strcmp(dot != NULL ? dot + 1 : settings[i].name, name) == 0)
            return &settings[i];
    }
    return NULL;
}

static void list_known(const struct known *k, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < k->count; i++) {
        int n = snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "", k->names[i]);

        if (n < 0 || (size_t)n >= size - used)
            break;
        used += (size_t)n;
    }
}

int setting_unknown(const struct setting_path *path, const char *where, struct err *err)
{
    const char *name = path->part[path->count - 1], *near;
    const struct setting *other = elsewhere(name);
    struct known known;
    char list[200];

    if (strcmp(name, "client_secret") == 0) {
        err_set(err, ERR_SETTINGS, "%s: the client secret may not stand in a settings file", where);
        err_next(err, "Use client_secret_command (a password store) or client_secret_file (mode "
                      "0600), and renew the secret if others could read this file");
        return ERR_SETTINGS;
    }
    known_at(&known, path);
    err_set(err, ERR_SETTINGS, "%s: unknown setting \"%.64s\"", where, name);
    near = nearest_name(name, known.names, known.count);
    if (near != NULL) {
        err_next(err, "Did you mean \"%s\"?", near);
    } else if (other != NULL) {
        err_next(err, "It belongs elsewhere: %s", other->name);
    } else {
        list_known(&known, list, sizeof(list));
        err_next(err, "Known here: %s", list);
    }
    return ERR_SETTINGS;
}
