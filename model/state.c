#include "model/account.h"

#include <stdlib.h>
#include <strings.h>

#include "model/list.h"

LIST_INIT(state_list)
LIST_ROWS(state_list, service_state, STATES_MAX)

const struct service_state *state_list_find(const struct state_list *l, const char *name)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->rows[i].name != NULL && strcasecmp(l->rows[i].name, name) == 0)
            return &l->rows[i];
    }
    return NULL;
}
