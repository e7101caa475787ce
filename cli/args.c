#include "cli/args.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"

const struct option_row option_table[OPTION_ALL] = {
#define OPTION_ROW(id, letter, name, value, scope, help)                                           \
    [OPTION_##id] = {letter, name, value, OPTION_##scope, help},
    OPTION_LIST(OPTION_ROW)
#undef OPTION_ROW
};

bool option_value_optional(const struct option_row *o)
{
    return o->value != NULL && o->value[0] == '[';
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return &command_table[i];
    return NULL;
}

const char *option_commands(enum option_id id, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < command_count; i++) {
        int n;

        if (!(command_table[i].options & (UINT64_C(1) << id)))
            continue;
        n = snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", command_table[i].name);
        if (n < 0 || (size_t)n >= size - used)
            break;
        used += (size_t)n;
    }
    return out;
}

/* Reading goes on after the first fault, and only that one is reported. */
struct reader {
    struct args *out;
    int rc;
    struct err *err;
};

static bool fault(struct reader *r)
{
    if (r->rc < 0)
        return false;
    r->rc = ERR_USAGE;
    return true;
}

static void unknown_command(struct reader *r, const char *word)
{
    const char *names[64], *near;
    size_t n = 0;

    if (!fault(r))
        return;
    for (; n < command_count && n < 64; n++)
        names[n] = command_table[n].name;
    near = nearest_name(word, names, n);
    err_set(r->err, ERR_USAGE, "there is no command \"%.60s\"", word);
    if (near != NULL)
        err_next(r->err, "Did you mean \"luitop %s\"?", near);
    else
        err_next(r->err, "\"luitop help\" lists the commands");
}

static void unknown_option(struct reader *r, const char *word, const char *name)
{
    const char *names[OPTION_ALL], *near;

    if (!fault(r))
        return;
    for (size_t i = 0; i < OPTION_ALL; i++)
        names[i] = option_table[i].name;
    near = nearest_name(name, names, OPTION_ALL);
    err_set(r->err, ERR_USAGE, "there is no option %.60s", word);
    if (near != NULL)
        err_next(r->err, "Did you mean --%s?", near);
    else
        err_next(r->err, "\"luitop help\" lists the options");
}

static void set(struct reader *r, size_t id, const char *value)
{
    r->out->given[id] = true;
    r->out->value[id] = value;
}

static bool missing_value(struct reader *r, const struct option_row *o)
{
    if (fault(r)) {
        err_set(r->err, ERR_USAGE, "--%s needs a value", o->name);
        err_next(r->err, "Write --%s=%s", o->name, o->value);
    }
    return false;
}

/* "--name", "--name=value"; NEXT is the word after it. True when NEXT was used up. */
static bool long_option(struct reader *r, const char *word, const char *next)
{
    const char *eq = strchr(word, '=');
    size_t len = eq != NULL ? (size_t)(eq - word) - 2 : strlen(word) - 2;

    for (size_t i = 0; i < OPTION_ALL; i++) {
        const struct option_row *o = &option_table[i];

        if (strlen(o->name) != len || memcmp(o->name, word + 2, len) != 0)
            continue;
        if (o->value == NULL && eq != NULL) {
            if (fault(r))
                err_set(r->err, ERR_USAGE, "--%s takes no value", o->name);
            return false;
        }
        if (o->value == NULL || eq != NULL || option_value_optional(o)) {
            set(r, i, eq != NULL ? eq + 1 : NULL);
            return false;
        }
        if (next == NULL)
            return missing_value(r, o);
        set(r, i, next);
        return true;
    }
    {
        char name[64];

        snprintf(name, sizeof(name), "%.*s", (int)(len < 63 ? len : 63), word + 2);
        unknown_option(r, word, name);
    }
    return false;
}

/* "-q", "-qr", "-oFILE", "-o" "FILE". */
static bool short_options(struct reader *r, const char *word, const char *next)
{
    for (const char *p = word + 1; *p != '\0'; p++) {
        const struct option_row *o = NULL;
        size_t id = 0;

        for (; id < OPTION_ALL && o == NULL; id++)
            if (option_table[id].letter == *p)
                o = &option_table[id];
        if (o == NULL) {
            unknown_option(r, word, word + 1);
            return false;
        }
        id--;
        if (o->value == NULL) {
            set(r, id, NULL);
            continue;
        }
        if (p[1] != '\0') {
            set(r, id, p[1] == '=' ? p + 2 : p + 1);
            return false;
        }
        if (next == NULL)
            return missing_value(r, o);
        set(r, id, next);
        return true;
    }
    return false;
}

static void operand(struct reader *r, const char *word)
{
    struct args *a = r->out;

    if (a->command == NULL) {
        a->command = command_find(word);
        if (a->command == NULL)
            unknown_command(r, word);
    } else if (a->operand_count < OPERANDS_MAX) {
        a->operands[a->operand_count++] = word;
    } else if (fault(r)) {
        err_set(r->err, ERR_USAGE, "too many words: \"%.60s\"", word);
    }
}

static void check_options(struct reader *r)
{
    const struct command *c = r->out->command;
    uint64_t takes = c != NULL ? c->options : 0;
    char commands[120];

    for (size_t i = 0; i < OPTION_ALL; i++) {
        if (!r->out->given[i] || option_table[i].scope == OPTION_EVERYWHERE ||
            (takes & (UINT64_C(1) << i)) || !fault(r))
            continue;
        if (c != NULL)
            err_set(r->err, ERR_USAGE, "luitop %s takes no --%s", c->name, option_table[i].name);
        else
            err_set(r->err, ERR_USAGE, "--%s needs a command", option_table[i].name);
        err_next(r->err, "It belongs to: %s",
                 option_commands((enum option_id)i, commands, sizeof(commands)));
    }
}

/* The operands against the command's `words`. */
static void check_words(struct reader *r)
{
    const struct command *c = r->out->command;
    const char *word = r->out->operand_count > 0 ? r->out->operands[0] : NULL;
    size_t extra = c->words != NULL ? 1 : 0;

    if (r->out->operand_count > extra) {
        if (fault(r)) {
            err_set(r->err, ERR_USAGE, "luitop %s does not know what to do with \"%.60s\"", c->name,
                    r->out->operands[extra]);
            err_next(r->err, "\"luitop help %s\" says what it takes", c->name);
        }
        return;
    }
    if (c->words == NULL || (word != NULL && strcmp(word, c->words) == 0) || c->words[0] == '[')
        return;
    if (!fault(r))
        return;
    if (word == NULL)
        err_set(r->err, ERR_USAGE, "luitop %s needs one more word", c->name);
    else
        err_set(r->err, ERR_USAGE, "luitop %s has no \"%.60s\"", c->name, word);
    err_next(r->err, "Write: luitop %s %s", c->name, c->words);
}

int args_parse(struct args *out, int argc, char *const argv[], struct err *err)
{
    struct reader r = {out, 0, err};
    bool options = true;

    memset(out, 0, sizeof(*out));
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;

        if (!options || word[0] != '-' || word[1] == '\0')
            operand(&r, word);
        else if (strcmp(word, "--") == 0)
            options = false;
        else if (word[1] == '-')
            i += long_option(&r, word, next);
        else
            i += short_options(&r, word, next);
    }
    if (r.rc == 0 && !out->given[OPTION_HELP]) {
        check_options(&r);
        if (out->command != NULL)
            check_words(&r);
    }
    return r.rc;
}

int args_number(const struct args *a, enum option_id id, int64_t min, int64_t max, int64_t fallback,
                int64_t *out, struct err *err)
{
    const char *text = a->value[id];
    char *end;
    long long n;

    if (text == NULL) {
        *out = fallback;
        return 0;
    }
    errno = 0;
    n = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || text[0] == ' ' || n < min || n > max) {
        err_set(err, ERR_USAGE, "--%s \"%.60s\" cannot be used", option_table[id].name, text);
        err_next(err, "Give a whole number from %lld to %lld", (long long)min, (long long)max);
        return ERR_USAGE;
    }
    *out = n;
    return 0;
}
