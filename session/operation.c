#include "session/operation.h"

#include <string.h>

#include "base/buf.h"
#include "session/config.h"

static const struct {
    const char *name, *url;
} operations[OPERATION_COUNT] = {
#define OPERATION_ROW(op, template) [OPERATION_##op] = {.name = #op, .url = (template)},
    OPERATION_LIST(OPERATION_ROW)
#undef OPERATION_ROW
};

const char *operation_default(enum operation op)
{
    return operations[op].url;
}

const char *operation_name(enum operation op)
{
    return operations[op].name;
}

int operation_fill(struct buf *out, const char *template, const struct profile *p)
{
    const struct {
        const char *hole, *text;
    } known[] = {
        {"{lui}", p->urls[URL_LUI]},
        {"{api}", p->urls[URL_API]},
        {"{ptn}", p->urls[URL_PARTNER]},
        {"{customerId}", p->customer_id},
    };

    while (*template != '\0') {
        size_t n = strcspn(template, "{"), i;

        buf_add(out, template, n);
        template += n;
        if (*template == '\0')
            break;
        for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
            if (known[i].text != NULL &&
                strncmp(template, known[i].hole, strlen(known[i].hole)) == 0)
                break;
        }
        if (i < sizeof(known) / sizeof(known[0])) {
            buf_addstr(out, known[i].text);
            template += strlen(known[i].hole);
        } else {
            buf_add(out, template ++, 1);
        }
    }
    return out->failed;
}
