#include "themes/theme.h"

#include <string.h>

/* {name, text} of each *.theme file in this folder; the Makefile makes it. */
static const struct {
    const char *name, *text;
} themes[] = {
#include "themes_builtin.inc"
};

enum { THEMES = sizeof(themes) / sizeof(themes[0]) };

size_t theme_count(void)
{
    return THEMES;
}

const char *theme_name(size_t i)
{
    return i < THEMES ? themes[i].name : NULL;
}

const char *theme_text(const char *name)
{
    for (size_t i = 0; i < THEMES; i++)
        if (strcmp(themes[i].name, name) == 0)
            return themes[i].text;
    return NULL;
}
