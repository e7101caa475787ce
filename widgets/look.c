#include "widgets/screen_state.h"

#include <stdlib.h>

static int pick_palette(void)
{
    if (!has_colors() || start_color() == ERR || COLORS < 8)
        return PALETTE_NONE;
    /* Beyond 256 the numbers are RGB values; only the first eight are the palette's still. */
    if (COLORS < 16 || COLORS > 256)
        return 2;
    return COLORS < 256 ? 1 : 0;
}

void look_open(struct screen *s, bool no_color)
{
    const char *env = getenv("NO_COLOR");

    s->palette = PALETTE_NONE;
    if (no_color || (env != NULL && env[0] != '\0'))
        return;
    s->palette = pick_palette();
    if (s->palette != PALETTE_NONE)
        s->default_colors = use_default_colors() == OK;
}

static attr_t attrs_of(unsigned bits)
{
    static const struct {
        unsigned bit;
        attr_t attr;
    } map[] = {
        {STYLE_BOLD, A_BOLD},
        {STYLE_DIM, A_DIM},
        {STYLE_UNDERLINE, A_UNDERLINE},
        {STYLE_REVERSE, A_REVERSE},
    };
    attr_t attrs = A_NORMAL;

    for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
        if ((bits & map[i].bit) != 0)
            attrs |= map[i].attr;
    return attrs;
}

static int pair_of(const struct screen *s, const struct style *style)
{
    int fg = style->fg[s->palette], bg = style->bg[s->palette], pair;

    if (fg < 0 && bg < 0)
        return 0;
    if (!s->default_colors) {
        fg = fg < 0 ? COLOR_WHITE : fg;
        bg = bg < 0 ? COLOR_BLACK : bg;
    }
    pair = alloc_pair(fg, bg);
    return pair > 0 ? pair : 0;
}

void look_apply(struct screen *s)
{
    if (s->palette != PALETTE_NONE)
        reset_color_pairs();
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        const struct style *style = &s->theme.styles[i];
        bool color = s->palette != PALETTE_NONE;

        s->looks[i].attrs = attrs_of(color ? style->attrs : style->mono);
        s->looks[i].pair = color ? pair_of(s, style) : 0;
    }
}
