#include "tui/action.h"

#include <string.h>

const struct action_info actions[ACTION_COUNT] = {
#define ACTION_ROW(id, action_name, action_keys, action_where, arg, text)                          \
    [ACTION_##id] = {.name = (action_name),                                                        \
                     .keys = (action_keys),                                                        \
                     .where = (action_where),                                                      \
                     .argument = (arg),                                                            \
                     .help = (text)},
    ACTION_LIST(ACTION_ROW)
#undef ACTION_ROW
};

enum action action_find(const char *name, size_t n)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (strlen(actions[i].name) == n && memcmp(actions[i].name, name, n) == 0)
            return (enum action)i;
    return ACTION_NONE;
}
