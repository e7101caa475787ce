#include "model/limits.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const struct limits limits_product = {
    .expiry_warning = 30, .expiry_notice = 90, .reporting = 3, .listed = 30};

const char *limits_text(const struct limits *l, const char *text, char *out, size_t size)
{
    static const char warning[] = "{warning}", notice[] = "{notice}";
    size_t n = 0;

    out[0] = '\0';
    while (*text != '\0' && n + 1 < size) {
        bool first = strncmp(text, warning, sizeof(warning) - 1) == 0;

        if (!first && strncmp(text, notice, sizeof(notice) - 1) != 0) {
            out[n++] = *text++;
            out[n] = '\0';
            continue;
        }
        n +=
            (size_t)snprintf(out + n, size - n, "%d", first ? l->expiry_warning : l->expiry_notice);
        text += first ? sizeof(warning) - 1 : sizeof(notice) - 1;
    }
    return out;
}
