#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "base/utf8.h"
#include "tests/e2e/term.h"

static void add_cell(struct buf *out, const VTermScreenCell *cell)
{
    char bytes[4];

    if (cell->chars[0] == 0 || cell->chars[0] == (uint32_t)-1)
        buf_addc(out, ' ');
    else
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++)
            buf_add(out, bytes, utf8_put(bytes, (int32_t)cell->chars[i]));
}

static void add_row(struct term *t, int row, struct buf *out)
{
    size_t start = out->len;
    VTermScreenCell cell;

    for (int col = 0; col<t->cols; col += cell.width> 1 ? cell.width : 1) {
        VTermPos pos = {row, col};

        memset(&cell, 0, sizeof(cell));
        if (!vterm_screen_get_cell(t->screen, pos, &cell))
            break;
        add_cell(out, &cell);
    }
    while (out->len > start && out->data[out->len - 1] == ' ')
        out->len--;
    if (out->cap > 0)
        out->data[out->len] = '\0';
}

const char *term_row(struct term *t, int row, struct buf *out)
{
    buf_reset(out);
    if (row >= 0 && row < t->rows)
        add_row(t, row, out);
    return out->data;
}

const char *term_screen(struct term *t, struct buf *out)
{
    buf_reset(out);
    for (int row = 0; row < t->rows; row++) {
        add_row(t, row, out);
        buf_addc(out, '\n');
    }
    return out->data;
}

bool term_find(struct term *t, const char *text, int *row, int *col)
{
    bool found = false;
    struct buf b;

    buf_init(&b, 1 << 20);
    for (int r = 0; r < t->rows && !found; r++) {
        const char *line = term_row(t, r, &b), *at = strstr(line, text);

        found = at != NULL;
        if (found && row != NULL)
            *row = r;
        if (found && col != NULL)
            *col = (int)utf8_columns(line, (size_t)(at - line));
    }
    buf_release(&b);
    return found;
}

void term_print(struct term *t)
{
    int row, col;
    bool visible;
    struct buf b;

    buf_init(&b, 1 << 20);
    term_cursor(t, &row, &col, &visible);
    fprintf(stderr, "---- %dx%d, cursor %d,%d%s, %s, %zu bytes ----\n", t->cols, t->rows, row, col,
            visible ? "" : " hidden",
            t->exited    ? "ended"
            : t->stopped ? "stopped"
                         : "running",
            t->raw.len);
    for (int r = 0; r < t->rows; r++)
        fprintf(stderr, "%3d|%s\n", r, term_row(t, r, &b));
    fprintf(stderr, "----\n");
    buf_release(&b);
}

static int colour_number(const VTermColor *c, bool is_default)
{
    if (is_default)
        return -1;
    return VTERM_COLOR_IS_INDEXED(c) ? c->indexed.idx : -2;
}

void term_cell(struct term *t, int row, int col, struct term_look *out)
{
    VTermPos pos = {row, col};
    VTermScreenCell cell;
    struct buf b;

    memset(&cell, 0, sizeof(cell));
    vterm_screen_get_cell(t->screen, pos, &cell);
    buf_init(&b, sizeof(out->text) - 1);
    if (cell.chars[0] != 0)
        add_cell(&b, &cell);
    *out = (struct term_look){
        .bold = cell.attrs.bold,
        .reverse = cell.attrs.reverse,
        .underline = cell.attrs.underline != 0,
        .italic = cell.attrs.italic,
        .fg = colour_number(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
        .bg = colour_number(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
    };
    memcpy(out->text, b.data, b.len + 1);
    if (strcmp(out->text, " ") == 0)
        out->text[0] = '\0';
    buf_release(&b);
}

void term_cursor(struct term *t, int *row, int *col, bool *visible)
{
    VTermPos pos;

    vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
    if (row != NULL)
        *row = pos.row;
    if (col != NULL)
        *col = pos.col;
    if (visible != NULL)
        *visible = t->stream.mode[TERM_CURSOR];
}

bool term_mode(const struct term *t, enum term_mode mode)
{
    return t->stream.mode[mode];
}

const char *term_modes(struct term *t, struct buf *out)
{
    static const char *const names[TERM_MODE_COUNT] = {
#define TERM_MODE_NAME(name, number, initially) [TERM_##name] = #name,
        TERM_MODES(TERM_MODE_NAME)
#undef TERM_MODE_NAME
    };
    struct termios tio;

    buf_reset(out);
    if (t->fd < 0 || tcgetattr(t->fd, &tio) < 0)
        return "(no terminal)";
    buf_addf(out, "iflag %x oflag %x cflag %x", (unsigned)tio.c_iflag, (unsigned)tio.c_oflag,
             (unsigned)tio.c_cflag);
    /* EXTPROC and FLUSHO come and go by themselves. */
    buf_addf(out, " lflag %x",
             (unsigned)(tio.c_lflag & (ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHONL | NOFLSH |
                                       TOSTOP | IEXTEN)));
    if (tio.c_lflag & ICANON)
        buf_addstr(out, " icanon");
    else
        buf_addf(out, " min %d time %d", tio.c_cc[VMIN], tio.c_cc[VTIME]);
    buf_addstr(out, tio.c_lflag & ECHO ? " echo" : "");
    buf_addstr(out, tio.c_lflag & ISIG ? " isig" : "");
    buf_addstr(out, tio.c_iflag & ICRNL ? " icrnl" : "");
    buf_addstr(out, tio.c_oflag & OPOST ? " opost" : "");
    for (int i = 0; i < TERM_MODE_COUNT; i++)
        if (t->stream.mode[i])
            buf_addf(out, " %s", names[i]);
    buf_addstr(out, t->stream.app_keypad ? " KEYPAD" : "");
    return out->data;
}

int64_t term_proc(const struct term *t, const char *name)
{
    char path[64], line[256];
    size_t n = strlen(name);
    int64_t value = -1;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)t->pid);
    f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, name, n) == 0 && line[n] == ':')
            value = strtoll(line + n + 1, NULL, 10);
    if (f != NULL)
        fclose(f);
    return value;
}

int64_t term_cpu_us(const struct term *t)
{
    char path[64];
    long long ns = -1;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)t->pid);
    f = fopen(path, "r");
    if (f != NULL && fscanf(f, "%lld", &ns) != 1)
        ns = -1;
    if (f != NULL)
        fclose(f);
    return ns < 0 ? -1 : (int64_t)(ns / 1000);
}
