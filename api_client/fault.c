#include "api_client/fault.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    enum err_code code;
    bool retry;
    const char *before, *after;
} rows[] = {[FAULT_NONE] = {ERR_NONE, false, "", ""},
#define FAULT_ROW(kind, code, retry, before, after) [FAULT_##kind] = {code, retry, before, after},
            FAULT_LIST(FAULT_ROW)
#undef FAULT_ROW
};

void fault_set(struct fault *f, enum fault_kind kind, const char *host, const char *detail)
{
    int n;

    *f = (struct fault){.kind = kind, .code = rows[kind].code, .retry = rows[kind].retry};
    n = snprintf(f->why, sizeof(f->why), "%s%s%s%s%s%s", rows[kind].before, host, rows[kind].after,
                 detail[0] != '\0' ? " (" : "", detail, detail[0] != '\0' ? ")" : "");
    if (n < 0 || (size_t)n >= sizeof(f->why))
        f->why[utf8_cut(f->why, sizeof(f->why) - 1)] = '\0';
}
