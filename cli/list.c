#include "cli/list.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/nearest.h"
#include "cli/args.h"

int list_command_by(const char *command, const char *by, const struct list_command **out,
                    struct err *err)
{
    const struct list_command *found = list_command_find(command, by);
    const char *names[LIST_COMMANDS_MAX], *near;
    char all[200] = "";
    size_t n = 0;

    if (found != NULL) {
        *out = found;
        return 0;
    }
    if (by == NULL)
        return err_set(err, ERR_BUG, "no list behind this command");
    for (size_t i = 0; i < list_command_count; i++) {
        const struct list_command *l = &list_commands[i];

        if (strcmp(l->command, command) != 0 || l->by == NULL)
            continue;
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", n > 0 ? " or " : "", l->by);
        names[n++] = l->by;
    }
    near = nearest_name(by, names, n);
    err_set(err, ERR_USAGE, "%s cannot be listed by \"%.40s\"", command, by);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "Leave --by out, or give %s", all);
    return ERR_USAGE;
}

int list_format_parse(const char *text, enum list_format *out, struct err *err)
{
    enum list_format found = text == NULL ? FORMAT_TABLE : list_format_find(text);
    const char *near;

    if (found != FORMAT_COUNT) {
        *out = found;
        return 0;
    }
    near = nearest_name(text, list_format_names, FORMAT_COUNT);
    err_set(err, ERR_USAGE, "there is no format \"%.40s\"", text);
    if (near != NULL)
        err_next(err, "Did you mean \"%s\"?", near);
    else
        err_next(err, "%s", option_table[OPTION_FORMAT].help);
    return ERR_USAGE;
}
