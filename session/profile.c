#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "session/config_build.h"
#include "session/operation.h"

static const char *names_of(const struct config *c, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < c->profile_count; i++) {
        int n = snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "", c->profiles[i]);

        if (n < 0 || (size_t)n >= size - used)
            break;
        used += (size_t)n;
    }
    return out;
}

static void no_profile(struct config *c)
{
    struct err *err = &c->chosen_err;

    err_set(err, ERR_SETTINGS, "there is no profile yet");
    if (c->user_file[0] == '\0') {
        err_why(err, "no settings file was read");
        err_next(err, "Name one with --config, or set HOME");
        return;
    }
    err_next(err,
             "Write one into %.120s; \"luitop help config\" shows how, and "
             "\"luitop --demo\" needs none",
             c->user_file);
}

static void unknown_profile(struct config *c, const struct entry *e)
{
    const char *near = nearest_name(e->text, c->profiles, c->profile_count);
    char names[160];

    if (c->profile_count == 0) {
        no_profile(c);
        return;
    }
    err_set(&c->chosen_err, ERR_SETTINGS, "%s: there is no profile \"%.64s\"", e->where, e->text);
    if (near != NULL)
        err_next(&c->chosen_err, "Did you mean \"%s\"?", near);
    else
        err_next(&c->chosen_err, "Profiles: %s", names_of(c, names, sizeof(names)));
}

/* Both ways to the secret at one place: which one is right is not for luitop to guess. */
static int check_secrets(const struct config *c, struct err *err)
{
    for (size_t i = 0; i < c->profile_count; i++) {
        const struct entry *command = config_entry(c, SETTING_ID_SECRET_COMMAND, c->profiles[i]);
        const struct entry *file = config_entry(c, SETTING_ID_SECRET_FILE, c->profiles[i]);

        if (command == NULL || file == NULL || command->origin != file->origin)
            continue;
        err_set(err, ERR_SETTINGS, "%s: profile \"%s\" has two sources of its secret", file->where,
                c->profiles[i]);
        err_why(err, "client_secret_command is set too (%s)", command->where);
        err_next(err, "Keep one of them");
        return ERR_SETTINGS;
    }
    return 0;
}

int config_choose(struct config *c, struct err *err)
{
    const struct entry *e = config_entry(c, SETTING_ID_DEFAULT_PROFILE, NULL);
    const char *name = e != NULL ? e->text : c->profile_count == 1 ? c->profiles[0] : NULL;
    char names[160];
    int rc = check_secrets(c, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; name != NULL && i < c->profile_count; i++) {
        if (strcmp(c->profiles[i], name) == 0)
            c->chosen.name = c->profiles[i];
    }
    if (c->chosen.name == NULL && e != NULL) {
        unknown_profile(c, e);
    } else if (c->profile_count == 0) {
        no_profile(c);
    } else if (c->chosen.name == NULL) {
        err_set(&c->chosen_err, ERR_SETTINGS, "there are %zu profiles and none is chosen",
                c->profile_count);
        err_why(&c->chosen_err, "%s", names_of(c, names, sizeof(names)));
        err_next(&c->chosen_err, "Name one with --profile, or set default_profile");
    } else if (e == NULL) {
        rc = config_put_row(c, SETTING_ID_DEFAULT_PROFILE, NULL, name, ORIGIN_BUILTIN, "", err);
    }
    return rc;
}

/* TEMPLATE with the customer id (NULL: left open) and without slashes at its end. */
static const char *fill_url(struct config *c, const char *template, const char *customer)
{
    static const char hole[] = "{customerId}";
    const char *filled = NULL, *p;
    struct buf url;

    buf_init(&url, 2 * SETTING_TEXT_MAX);
    while (customer != NULL && (p = strstr(template, hole)) != NULL) {
        buf_add(&url, template, (size_t)(p - template));
        buf_addstr(&url, customer);
        template = p + sizeof(hole) - 1;
    }
    buf_addstr(&url, template);
    while (url.len > 0 && url.data[url.len - 1] == '/')
        url.len--;
    if (url.failed == 0)
        filled = arena_strndup(&c->arena, url.data, url.len);
    buf_release(&url);
    return filled;
}

static bool fill_urls(struct config *c, struct profile *p)
{
    for (int kind = 0; kind < URL_COUNT; kind++) {
        enum setting_id id = (enum setting_id)(SETTING_ID_URL_TOKEN + kind);
        const char *template = config_text(c, id, p->name);

        if (template == NULL)
            template = region_url(p->region, (enum url_kind)kind);
        p->urls[kind] = fill_url(c, template, p->customer_id);
        if (kind == URL_NOTIFICATIONS)
            p->notifications_of = fill_url(c, template, NULL);
        if (p->urls[kind] == NULL || (kind == URL_NOTIFICATIONS && p->notifications_of == NULL))
            return false;
    }
    return true;
}

/* An operation is there when it has a URL of its own, or with `all` at its usual place. */
static bool fill_operations(struct config *c, struct profile *p)
{
    const char *all = config_text(c, SETTING_ID_ENDPOINTS_ALL, p->name);
    bool usual = false;
    struct buf url;

    setting_bool(all, &usual);
    for (int op = 0; op < OPERATION_COUNT; op++) {
        enum setting_id id = (enum setting_id)(SETTING_ID_ENDPOINT_users + op);
        const char *template = config_text(c, id, p->name);

        if (template == NULL && usual)
            template = operation_default((enum operation)op);
        p->operations[op] = NULL;
        if (template == NULL || p->customer_id == NULL)
            continue;
        buf_init(&url, 4 * SETTING_TEXT_MAX);
        if (operation_fill(&url, template, p) == 0)
            p->operations[op] = arena_strndup(&c->arena, url.data, url.len);
        buf_release(&url);
        if (p->operations[op] == NULL)
            return false;
    }
    return true;
}

static void fill_secret(const struct config *c, struct profile *p)
{
    const struct entry *command = config_entry(c, SETTING_ID_SECRET_COMMAND, p->name);
    const struct entry *file = config_entry(c, SETTING_ID_SECRET_FILE, p->name);

    if (command != NULL && file != NULL) {
        if (command->origin > file->origin)
            file = NULL;
        else
            command = NULL;
    }
    p->secret_command = command != NULL ? command->text : NULL;
    p->secret_file = file != NULL ? file->text : NULL;
}

static void missing(struct config *c, const char *what, enum setting_id id)
{
    err_set(&c->chosen_err, ERR_SETTINGS, "profile \"%s\" has no %s", c->chosen.name, what);
    err_why(&c->chosen_err, "that is %s", settings[id].help);
    err_next(&c->chosen_err, "Add it in %.150s", c->user_file);
}

int config_complete(struct config *c, struct err *err)
{
    struct profile *p = &c->chosen;

    if (p->name == NULL)
        return 0;
    p->customer_id = config_text(c, SETTING_ID_CUSTOMER_ID, p->name);
    p->client_id = config_text(c, SETTING_ID_CLIENT_ID, p->name);
    p->region = config_text(c, SETTING_ID_REGION, p->name);
    p->billing_timezone = config_text(c, SETTING_ID_BILLING_TIMEZONE, p->name);
    p->ca_file = config_text(c, SETTING_ID_CA_FILE, p->name);
    setting_bool(config_text(c, SETTING_ID_READ_ONLY, p->name), &p->read_only);
    fill_secret(c, p);
    if (!fill_urls(c, p) || !fill_operations(c, p))
        return config_no_memory(err);
    if (p->customer_id == NULL)
        missing(c, "customer_id", SETTING_ID_CUSTOMER_ID);
    else if (p->client_id == NULL)
        missing(c, "client_id", SETTING_ID_CLIENT_ID);
    else if (p->secret_command == NULL && p->secret_file == NULL)
        missing(c, "client_secret_command or client_secret_file", SETTING_ID_SECRET_COMMAND);
    return 0;
}

int config_profile(const struct config *c, struct profile *out, struct err *err)
{
    if (c->chosen_err.code != ERR_NONE) {
        if (err != NULL)
            *err = c->chosen_err;
        return c->chosen_err.code;
    }
    *out = c->chosen;
    return 0;
}
