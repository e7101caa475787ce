#include "tui/motion.h"

#include <stddef.h>

bool motion_of_action(enum action action, enum motion *out)
{
    static const struct {
        enum action action;
        enum motion motion;
    } map[] = {
        {ACTION_UP, MOTION_UP},           {ACTION_DOWN, MOTION_DOWN},
        {ACTION_PAGE_UP, MOTION_PAGE_UP}, {ACTION_PAGE_DOWN, MOTION_PAGE_DOWN},
        {ACTION_HALF_UP, MOTION_HALF_UP}, {ACTION_HALF_DOWN, MOTION_HALF_DOWN},
        {ACTION_TOP, MOTION_TOP},         {ACTION_BOTTOM, MOTION_BOTTOM},
        {ACTION_LEFT, MOTION_LEFT},       {ACTION_RIGHT, MOTION_RIGHT},
    };

    for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
        if (map[i].action == action) {
            *out = map[i].motion;
            return true;
        }
    }
    return false;
}
