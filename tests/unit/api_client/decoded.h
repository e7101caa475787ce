/* What a codec makes of a text. */
#ifndef TEST_DECODED_H
#define TEST_DECODED_H

#include <string.h>

#include "api_client/codec.h"

/* Reads TEXT in small pieces; returns the number of unreadable elements and parts, or a negative
 * code. */
static inline int decode(const struct codec *codec, const char *text, void *into)
{
    struct decode d;
    size_t len = strlen(text), step = 3;
    int rc = decode_init(&d, codec, into);

    for (size_t i = 0; i < len && rc == 0; i += step)
        rc = decode_feed(&d, text + i, len - i < step ? len - i : step, NULL);
    if (rc == 0)
        rc = decode_page_end(&d, NULL);
    if (rc == 0)
        rc = decode_finish(&d, NULL);
    if (rc == 0)
        rc = (int)d.unreadable;
    decode_release(&d);
    return rc;
}

#endif
