/* time_parse(): what it refuses leaves the outputs alone, what it reads comes back through
 * time_iso() as the same instant. */
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "tests/fuzz/fuzz.h"

int fuzz_one(const uint8_t *data, size_t size)
{
    int64_t t = 4711, again;
    int offset = 4711, rc = time_parse((const char *)data, size, &t, &offset);
    char iso[32];

    FUZZ_CHECK(rc == 0 || rc == ERR_DATA);
    if (rc != 0) {
        FUZZ_CHECK(t == 4711 && offset == 4711);
        return 0;
    }
    FUZZ_CHECK(size >= 10 && size <= 40);
    FUZZ_CHECK(offset > -86400 && offset < 86400 && offset % 60 == 0);
    if (t == TIME_NONE)
        return 0;
    /* 0002-01-01 and 10000-01-01, a day either way for the offset. */
    FUZZ_CHECK(t >= INT64_C(-62104060800) - 86400 && t <= INT64_C(253402300800) + 86400);
    time_iso(t, iso);
    if (iso[0] == '\0' || strncmp(iso, "0001", 4) == 0)
        return 0;
    FUZZ_CHECK(strlen(iso) == 20);
    FUZZ_CHECK(time_parse(iso, 20, &again, NULL) == 0 && again == t);
    return 0;
}
