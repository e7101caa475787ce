/* How a severity looks: the same role and glyph wherever it is drawn. */
#ifndef TUI_LOOKS_H
#define TUI_LOOKS_H

#include "widgets/screen.h"

/* SEVERITY as in row_type.severity: 0 ok, 1 information, 2 warning, 3 error. */
static inline enum role severity_role(int severity)
{
    static const enum role roles[] = {ROLE_OK, ROLE_INFORMATION, ROLE_WARNING, ROLE_ERROR};

    return roles[severity & 3];
}

static inline enum glyph severity_glyph(int severity)
{
    static const enum glyph glyphs[] = {GLYPH_OK, GLYPH_INFORMATION, GLYPH_WARNING, GLYPH_ERROR};

    return glyphs[severity & 3];
}

#endif
