#include "widgets/screen_state.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

/* Last: it makes macros of words such as `columns`. */
#include <term.h>

static const char *capability(const char *name)
{
    const char *text = tigetstr(name);

    return text == (char *)-1 ? NULL : text;
}

int terminal_check(struct err *err)
{
    const char *term = getenv("TERM");
    int found = 0, rc = 0;

    if (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO)) {
        rc = err_set(err, ERR_UNREACHABLE, "Standard %s is no terminal",
                     isatty(STDOUT_FILENO) ? "input" : "output");
        err_next(err, "Use a command such as \"luitop status\" in scripts and pipes.");
        return rc;
    }
    if (term == NULL || term[0] == '\0') {
        rc = err_set(err, ERR_UNREACHABLE, "The variable TERM is not set");
        err_next(err, "Set it to your terminal's type, for example TERM=xterm-256color.");
        return rc;
    }
    if (setupterm(term, STDOUT_FILENO, &found) == ERR) {
        rc = err_set(err, ERR_UNREACHABLE, "The terminal type \"%.60s\" (TERM) is %s", term,
                     found == 1 ? "no screen" : "not known here");
        err_next(err, "Try TERM=xterm-256color, or install the package ncurses-term.");
        return rc;
    }
    if (capability("cup") == NULL) {
        rc = err_set(err, ERR_UNREACHABLE,
                     "The terminal type \"%.60s\" (TERM) cannot move its cursor", term);
        err_next(err, "Try TERM=xterm-256color, or use a command such as \"luitop status\".");
    }
    del_curterm(cur_term);
    return rc;
}

/* Appends a capability without its padding ("$<5>"), which only tputs() understands. */
static void add_restore(struct screen *s, const char *text)
{
    const char *p = text != NULL ? text : "";

    while (*p != '\0' && s->restore_len < RESTORE_MAX) {
        const char *close = strncmp(p, "$<", 2) == 0 ? strchr(p, '>') : NULL;

        if (close != NULL)
            p = close + 1;
        else
            s->restore[s->restore_len++] = *p++;
    }
}

void terminal_restore_bytes(struct screen *s, bool mouse)
{
    if (mouse)
        add_restore(s, "\033[?1000l\033[?1006l");
    add_restore(s, capability("rmkx"));
    add_restore(s, capability("sgr0"));
    if (s->palette != PALETTE_NONE)
        add_restore(s, capability("op"));
    add_restore(s, capability("cnorm"));
    add_restore(s, capability("rmcup"));
}
