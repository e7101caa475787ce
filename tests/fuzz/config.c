/* Any bytes as a settings file: refused with a line, or everything that was read is whole. What the
 * reader of the text lets through, libconfig understands too, but for names that stand twice. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "session/config.h"
#include "session/config_build.h"
#include "tests/fuzz/fuzz.h"

static void check_refusal(const struct err *err)
{
    FUZZ_CHECK(err->code == ERR_SETTINGS && strncmp(err->what, "fuzz.conf:", 10) == 0);
    if (strstr(err->what, "this is not a settings file") != NULL)
        FUZZ_CHECK(strcmp(err->why, "duplicate setting name") == 0);
}

static void check_values(const struct config *c)
{
    struct profile p;
    struct err err = {0};

    for (size_t i = 0; i < config_value_count(c); i++) {
        const struct config_value *v = config_value(c, i);

        FUZZ_CHECK(v->name[0] != '\0' && v->text != NULL && v->where != NULL);
        FUZZ_CHECK(strchr(v->text, '\n') == NULL);
    }
    for (size_t i = 0; i < config_key_count(c); i++)
        FUZZ_CHECK(config_key(c, i)->action[0] != '\0' && config_key(c, i)->where != NULL);
    FUZZ_CHECK(config_ui(c)->refresh_minutes >= 0 && config_ui(c)->refresh_minutes <= 1440);
    if (config_profile(c, &p, &err) < 0) {
        FUZZ_CHECK(err.code == ERR_SETTINGS && err.next[0] != '\0');
        return;
    }
    FUZZ_CHECK((p.secret_command == NULL) != (p.secret_file == NULL));
    for (int kind = 0; kind < URL_COUNT; kind++)
        FUZZ_CHECK(url_fault(p.urls[kind]) == NULL);
}

int fuzz_one(const uint8_t *data, size_t size)
{
    static const struct config_source src = {ORIGIN_USER_FILE, "fuzz.conf", "/nonexistent"};
    struct config_flags flags = {.read_only = -1};
    struct config *c = NULL;
    struct err err = {0};
    char *text = malloc(size + 1);

    if (text == NULL || config_new(&c, &err) < 0) {
        free(text);
        return 0;
    }
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    if (config_read_text(c, &src, text, size, &err) < 0)
        check_refusal(&err);
    else if (config_finish(c, &flags, &err) == 0)
        check_values(c);
    else
        FUZZ_CHECK(err.code == ERR_SETTINGS);
    config_free(c);
    free(text);
    return 0;
}
