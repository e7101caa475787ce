#include "widgets/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/utf8.h"

static const struct key_word {
    key_code code;
    const char *name, *label;
} words[] = {
#define KEY_ROW(upper, name, label) {K_##upper, name, label},
    KEY_LIST(KEY_ROW)
#undef KEY_ROW
        {' ', "space", "Space"},
};

enum { WORDS = sizeof(words) / sizeof(words[0]) };

bool key_is_text(key_code k)
{
    return k >= ' ' && k <= 0x10ffff && !utf8_unsafe(k);
}

static bool is_control(key_code k)
{
    return k > 0 && k < ' ';
}

/* The control keys that have a meaning of their own on every terminal. */
static bool is_taken(char letter)
{
    return strchr("hijmsq", letter) != NULL;
}

static int parse_plain(const char *name, key_code *out)
{
    size_t n = strlen(name);
    const char *p = name;
    int32_t cp;

    for (size_t i = 0; i < WORDS; i++) {
        if (strcasecmp(words[i].name, name) == 0 || strcasecmp(words[i].label, name) == 0) {
            *out = words[i].code;
            return 0;
        }
    }
    if (strncasecmp(name, "ctrl-", 5) == 0) {
        char letter = n == 6 ? (char)(name[5] | 0x20) : '\0';

        if (letter < 'a' || letter > 'z' || is_taken(letter))
            return ERR_USAGE;
        *out = KEY_CTRL(letter);
        return 0;
    }
    cp = n > 0 ? utf8_next(&p, name + n) : -1;
    if (cp < 0 || *p != '\0' || !key_is_text(cp))
        return ERR_USAGE;
    *out = cp;
    return 0;
}

int key_parse(const char *name, key_code *out)
{
    bool alt = strncasecmp(name, "alt-", 4) == 0;
    key_code k;
    int rc = parse_plain(alt ? name + 4 : name, &k);

    if (rc == 0)
        *out = alt ? k | KEY_ALT_BIT : k;
    return rc;
}

static const char *spell(key_code k, char out[KEY_NAME_MAX], bool label)
{
    const char *alt = (k & KEY_ALT_BIT) == 0 ? "" : label ? "Alt-" : "alt-";
    char text[5] = "";

    k &= ~KEY_ALT_BIT;
    out[0] = '\0';
    for (size_t i = 0; i < WORDS; i++) {
        if (words[i].code == k) {
            snprintf(out, KEY_NAME_MAX, "%s%s", alt, label ? words[i].label : words[i].name);
            return out;
        }
    }
    if (is_control(k)) {
        snprintf(out, KEY_NAME_MAX, "%s%s%c", alt, label ? "Ctrl-" : "ctrl-",
                 label ? k | 0x40 : k | 0x60);
    } else if (key_is_text(k)) {
        utf8_put(text, k);
        snprintf(out, KEY_NAME_MAX, "%s%s", alt, text);
    }
    return out;
}

const char *key_code_name(key_code k, char out[KEY_NAME_MAX])
{
    return spell(k, out, false);
}

const char *key_label(key_code k, char out[KEY_NAME_MAX])
{
    return spell(k, out, true);
}
