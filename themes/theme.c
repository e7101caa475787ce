#include "themes/theme.h"

#include <errno.h>
#include <fcntl.h>
#include <libconfig.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/utf8.h"

enum { THEME_BYTES_MAX = 64 * 1024, NAMES_MAX = 32 };

/* A theme being read. */
struct reader {
    const char *where;
    struct theme *theme;
    struct err *err;
};

static const struct attr_name {
    const char *name;
    unsigned char bit;
} attr_names[] = {
    {"bold", STYLE_BOLD},
    {"dim", STYLE_DIM},
    {"underline", STYLE_UNDERLINE},
    {"reverse", STYLE_REVERSE},
};

enum { ATTRS = sizeof(attr_names) / sizeof(attr_names[0]) };

static const short colors_end[3] = {256, 16, 8};

static int fault(const struct reader *r, const config_setting_t *at, const char *why)
{
    err_set(r->err, ERR_SETTINGS, "Theme %s:%u cannot be used", r->where,
            config_setting_source_line(at));
    err_why(r->err, "%s", why);
    err_next(r->err, "Correct the line or set ui.theme to \"default\".");
    return ERR_SETTINGS;
}

/* KIND WORD is none of NAMES. */
static int unknown(const struct reader *r, const config_setting_t *at, const char *kind,
                   const char *word, const char *const *names, size_t count)
{
    const char *near = nearest_name(word, names, count);
    char why[200];

    if (near != NULL)
        snprintf(why, sizeof(why), "no %s is called \"%.60s\"; did you mean \"%s\"?", kind, word,
                 near);
    else
        snprintf(why, sizeof(why), "no %s is called \"%.60s\"", kind, word);
    return fault(r, at, why);
}

static int read_colors(const struct reader *r, const config_setting_t *s, short out[3])
{
    short got[3];

    if (!config_setting_is_array(s) || config_setting_length(s) != 3)
        return fault(r, s, "colours are three numbers, for 256, 16 and 8 colours: [136, 3, 3]");
    for (int i = 0; i < 3; i++) {
        const config_setting_t *e = config_setting_get_elem(s, (unsigned)i);
        long long n = config_setting_get_int64(e);

        if (config_setting_type(e) != CONFIG_TYPE_INT || n < -1 || n >= colors_end[i]) {
            char why[100];

            snprintf(why, sizeof(why), "colour %d of 3 must be a whole number from -1 to %d", i + 1,
                     colors_end[i] - 1);
            return fault(r, s, why);
        }
        got[i] = (short)n;
    }
    memcpy(out, got, sizeof(got));
    return 0;
}

static int read_attrs(const struct reader *r, const config_setting_t *s, unsigned char *out)
{
    const char *names[ATTRS];
    unsigned char bits = 0;

    for (size_t i = 0; i < ATTRS; i++)
        names[i] = attr_names[i].name;
    if (!config_setting_is_array(s) && !config_setting_is_list(s))
        return fault(r, s, "attributes are a list of words: [\"bold\", \"underline\"]");
    for (int i = 0; i < config_setting_length(s); i++) {
        const char *word = config_setting_get_string_elem(s, i);
        size_t k = 0;

        if (word == NULL)
            return fault(r, s, "attributes are a list of words: [\"bold\", \"underline\"]");
        while (k < ATTRS && strcmp(names[k], word) != 0)
            k++;
        if (k == ATTRS)
            return unknown(r, s, "attribute", word, names, ATTRS);
        bits |= attr_names[k].bit;
    }
    *out = bits;
    return 0;
}

static int read_role(const struct reader *r, const config_setting_t *group, struct style *style)
{
    static const char *const keys[] = {"fg", "bg", "attrs", "mono"};

    if (!config_setting_is_group(group))
        return fault(r, group, "a role is a group: warning: { fg = [136, 3, 3]; };");
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
        const char *key = config_setting_name(s);
        int rc;

        if (strcmp(key, "fg") == 0)
            rc = read_colors(r, s, style->fg);
        else if (strcmp(key, "bg") == 0)
            rc = read_colors(r, s, style->bg);
        else if (strcmp(key, "attrs") == 0)
            rc = read_attrs(r, s, &style->attrs);
        else if (strcmp(key, "mono") == 0)
            rc = read_attrs(r, s, &style->mono);
        else
            rc = unknown(r, s, "member of a role", key, keys, sizeof(keys) / sizeof(keys[0]));
        if (rc < 0)
            return rc;
    }
    return 0;
}

static int read_roles(const struct reader *r, const config_setting_t *root)
{
    const char *names[ROLE_COUNT];

    for (size_t i = 0; i < ROLE_COUNT; i++) {
        struct style plain = {.fg = {-1, -1, -1}, .bg = {-1, -1, -1}};

        names[i] = role_name((enum role)i);
        r->theme->styles[i] = plain;
    }
    for (int i = 0; i < config_setting_length(root); i++) {
        const config_setting_t *s = config_setting_get_elem(root, (unsigned)i);
        const char *name = config_setting_name(s);
        size_t role = 0;
        int rc;

        while (role < ROLE_COUNT && strcmp(names[role], name) != 0)
            role++;
        if (role == ROLE_COUNT)
            return unknown(r, s, "role", name, names, ROLE_COUNT);
        rc = read_role(r, s, &r->theme->styles[role]);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* libconfig would open the named file, relative to wherever luitop was started. */
static unsigned include_line(const char *text)
{
    unsigned line = 1;

    while (text != NULL) {
        if (strncmp(text + strspn(text, " \t"), "@include", 8) == 0)
            return line;
        text = strchr(text, '\n');
        text = text != NULL ? text + 1 : NULL;
        line++;
    }
    return 0;
}

int theme_parse(struct theme *out, const char *name, const char *where, const char *text,
                struct err *err)
{
    struct theme theme = {{0}, {{{0}, {0}, 0, 0}}};
    struct reader r = {where, &theme, err};
    unsigned line = include_line(text);
    config_t config;
    int rc;

    config_init(&config);
    if (line > 0) {
        rc = err_set(err, ERR_SETTINGS, "Theme %s:%u cannot be used", where, line);
        err_why(err, "a theme is one file, without @include");
    } else if (config_read_string(&config, text) != CONFIG_TRUE) {
        rc = err_set(err, ERR_SETTINGS, "Theme %s:%d cannot be read", where,
                     config_error_line(&config));
        err_why(err, "%s", config_error_text(&config));
        err_next(err, "Correct the line or set ui.theme to \"default\".");
    } else {
        rc = read_roles(&r, config_root_setting(&config));
    }
    if (rc == 0) {
        snprintf(theme.name, sizeof(theme.name), "%s", name);
        theme.name[utf8_cut(theme.name, strlen(theme.name))] = '\0';
        *out = theme;
    }
    config_destroy(&config);
    return rc;
}

static int read_file(struct buf *text, const char *path, struct err *err)
{
    char piece[4096];
    ssize_t n = 0;
    int rc = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0) {
        rc = err_set(err, ERR_SETTINGS, "Theme %s cannot be opened", path);
        err_why(err, "%s", strerror(errno));
        err_next(err, "Give ui.theme a readable file or \"default\".");
        return rc;
    }
    while (rc == 0 && (n = read(fd, piece, sizeof(piece))) > 0)
        rc = buf_add(text, piece, (size_t)n);
    if (rc == ERR_NOMEM) {
        err_set(err, ERR_NOMEM, "Theme %s cannot be read", path);
    } else if (rc == ERR_TOOBIG || (rc == 0 && strlen(text->data) != text->len)) {
        rc = err_set(err, ERR_SETTINGS, "Theme %s cannot be used", path);
        err_why(err, "it is no theme file: more than 64 KB, or not text");
    } else if (n < 0) {
        rc = err_set(err, ERR_IO, "Theme %s cannot be read", path);
        err_why(err, "%s", strerror(errno));
    }
    close(fd);
    return rc;
}

static int load_builtin(struct theme *out, const char *name, struct err *err)
{
    const char *text = theme_text(name), *near;
    const char *names[NAMES_MAX];
    size_t count = 0;
    char where[64];
    int rc;

    if (text != NULL) {
        snprintf(where, sizeof(where), "%s.theme", name);
        return theme_parse(out, name, where, text, err);
    }
    while (count < NAMES_MAX && count < theme_count()) {
        names[count] = theme_name(count);
        count++;
    }
    near = nearest_name(name, names, count);
    rc = err_set(err, ERR_SETTINGS, "There is no theme \"%s\"", name);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"? A file of your own needs a path with a '/'.", near);
    else
        err_next(err, "Use \"default\", \"mono\" or the path of a file (with a '/').");
    return rc;
}

int theme_load(struct theme *out, const char *name, struct err *err)
{
    const char *base = strrchr(name, '/');
    struct buf text;
    int rc;

    if (base == NULL)
        return load_builtin(out, name, err);
    buf_init(&text, THEME_BYTES_MAX);
    rc = read_file(&text, name, err);
    if (rc == 0)
        rc = theme_parse(out, base + 1, name, text.data, err);
    buf_release(&text);
    return rc;
}
