#include "widgets/screen_state.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/err.h"

enum { ESCAPE_DELAY_MS = 25 };

int screen_open(struct screen **out, const struct screen_options *o, struct err *err)
{
    struct screen *s;
    int rc = terminal_check(err);

    if (rc < 0)
        return rc;
    s = calloc(1, sizeof(*s));
    if (s == NULL)
        return err_set(err, ERR_NOMEM, "The terminal cannot be opened");
    buf_init(&s->clean, 1 << 20);
    s->curses = newterm(NULL, stdout, stdin);
    if (s->curses == NULL) {
        rc = err_set(err, ERR_UNREACHABLE, "The terminal cannot be used as a screen");
        err_next(err, "Try TERM=xterm-256color, or use a command such as \"luitop status\".");
        free(s);
        return rc;
    }
    raw();
    noecho();
    nonl();
    set_escdelay(ESCAPE_DELAY_MS);
    s->theme = *o->theme;
    s->utf8_locale = strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
    screen_set_glyphs(s, o->glyphs);
    look_open(s, o->no_color);
    look_apply(s);
    input_open(s, o->mouse);
    terminal_restore_bytes(s, o->mouse);
    *out = s;
    return 0;
}

void screen_close(struct screen *s)
{
    if (s == NULL)
        return;
    if (!s->suspended)
        endwin();
    if (s->keys != NULL)
        delwin(s->keys);
    delscreen(s->curses);
    buf_release(&s->clean);
    free(s->wide);
    free(s);
}

void screen_suspend(struct screen *s)
{
    if (s->suspended)
        return;
    endwin();
    s->suspended = true;
}

void screen_resume(struct screen *s)
{
    if (!s->suspended)
        return;
    s->suspended = false;
    reset_prog_mode();
    screen_resized(s);
}

void screen_resized(struct screen *s)
{
    struct winsize size = {0, 0, 0, 0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    /* The terminal may have moved its lines about in its own way. */
    s->repaint = true;
}

void screen_reclaim(struct screen *s)
{
    if (s->suspended)
        return;
    reset_prog_mode();
    screen_resized(s);
}

void screen_repaint(struct screen *s)
{
    s->repaint = true;
}

void screen_set_theme(struct screen *s, const struct theme *t)
{
    s->theme = *t;
    look_apply(s);
    s->repaint = true;
}

void screen_set_glyphs(struct screen *s, enum glyph_mode m)
{
    s->ascii = m == GLYPHS_ASCII || !s->utf8_locale;
}

int screen_rows(const struct screen *s)
{
    (void)s;
    return getmaxy(stdscr);
}

int screen_cols(const struct screen *s)
{
    (void)s;
    return getmaxx(stdscr);
}

bool screen_ascii(const struct screen *s)
{
    return s->ascii;
}

size_t screen_restore_bytes(const struct screen *s, char *out, size_t size)
{
    size_t n = s->restore_len < size ? s->restore_len : size;

    memcpy(out, s->restore, n);
    return n;
}

bool screen_gone(const struct screen *s)
{
    return s->gone;
}

void screen_begin(struct screen *s)
{
    werase(stdscr);
    s->cursor_y = 0;
    s->cursor_x = 0;
    s->cursor_shown = false;
}

void screen_end(struct screen *s)
{
    if (s->suspended)
        return;
    if (s->repaint)
        clearok(curscr, TRUE);
    s->repaint = false;
    curs_set(s->cursor_shown ? 1 : 0);
    wmove(stdscr, s->cursor_y, s->cursor_x);
    wnoutrefresh(stdscr);
    doupdate();
}
