#include "themes/theme.h"

static const char *const names[ROLE_COUNT] = {
#define ROLE_NAME(upper, name, help) [ROLE_##upper] = name,
    ROLE_LIST(ROLE_NAME)
#undef ROLE_NAME
};

const char *role_name(enum role r)
{
    return (unsigned)r < ROLE_COUNT ? names[r] : "";
}
