#include "widgets/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

void prompt_init(struct prompt *p)
{
    memset(p, 0, sizeof(*p));
    buf_init(&p->text, PROMPT_MAX);
    buf_init(&p->draft, PROMPT_MAX);
}

void prompt_release(struct prompt *p)
{
    for (size_t i = 0; i < p->history_count; i++)
        free(p->history[i]);
    buf_release(&p->text);
    buf_release(&p->draft);
    prompt_init(p);
}

static void set_text(struct prompt *p, const char *text)
{
    size_t n = strlen(text);

    buf_reset(&p->text);
    buf_add(&p->text, text, n <= PROMPT_MAX ? n : utf8_cut(text, PROMPT_MAX));
    p->cursor = p->text.len;
}

void prompt_start(struct prompt *p, const char *text)
{
    set_text(p, text);
    p->history_at = p->history_count;
}

/* The start of the character after byte AT, past its combining marks. */
static size_t next_char(const struct prompt *p, size_t at)
{
    const char *from = p->text.data + at, *end = p->text.data + p->text.len, *q = from;

    if (q < end)
        utf8_next(&q, end);
    while (q < end) {
        const char *mark = q;
        int32_t cp = utf8_next(&mark, end);

        if (cp < 0 || utf8_width(cp) > 0)
            break;
        q = mark;
    }
    return (size_t)(q - p->text.data);
}

static size_t previous_char(const struct prompt *p, size_t at)
{
    size_t from = 0, next;

    while (from < at && (next = next_char(p, from)) < at)
        from = next;
    return from;
}

static size_t word_start(const struct prompt *p)
{
    size_t at = p->cursor;

    while (at > 0 && p->text.data[at - 1] == ' ')
        at--;
    while (at > 0 && p->text.data[at - 1] != ' ')
        at--;
    return at;
}

static enum prompt_result move_to(struct prompt *p, size_t at)
{
    p->cursor = at;
    return PROMPT_MOVED;
}

static enum prompt_result erase(struct prompt *p, size_t from, size_t to)
{
    if (from >= to)
        return PROMPT_MOVED;
    memmove(p->text.data + from, p->text.data + to, p->text.len - to + 1);
    p->text.len -= to - from;
    p->cursor = from;
    return PROMPT_CHANGED;
}

static enum prompt_result insert(struct prompt *p, key_code k)
{
    char bytes[4];
    size_t n = utf8_put(bytes, k), old = p->text.len;

    if (buf_add(&p->text, bytes, n) < 0) {
        p->text.failed = 0;
        return PROMPT_MOVED;
    }
    memmove(p->text.data + p->cursor + n, p->text.data + p->cursor, old - p->cursor);
    memcpy(p->text.data + p->cursor, bytes, n);
    p->cursor += n;
    /* Where marks follow, they are on the new character now. */
    if (p->cursor < p->text.len)
        p->cursor = next_char(p, previous_char(p, p->cursor));
    return PROMPT_CHANGED;
}

static enum prompt_result go_history(struct prompt *p, int step)
{
    if (step < 0 ? p->history_at == 0 : p->history_at >= p->history_count)
        return PROMPT_MOVED;
    if (p->history_at == p->history_count) {
        buf_reset(&p->draft);
        buf_add(&p->draft, p->text.data, p->text.len);
    }
    p->history_at = step < 0 ? p->history_at - 1 : p->history_at + 1;
    set_text(p, p->history_at < p->history_count ? p->history[p->history_at] : p->draft.data);
    return PROMPT_CHANGED;
}

enum prompt_result prompt_key(struct prompt *p, key_code k)
{
    switch (k) {
    case K_LEFT:
    case KEY_CTRL('b'):
        return move_to(p, previous_char(p, p->cursor));
    case K_RIGHT:
    case KEY_CTRL('f'):
        return move_to(p, next_char(p, p->cursor));
    case K_HOME:
    case KEY_CTRL('a'):
        return move_to(p, 0);
    case K_END:
    case KEY_CTRL('e'):
        return move_to(p, p->text.len);
    case K_BACKSPACE:
        if (p->text.len == 0)
            return PROMPT_CANCELLED;
        return erase(p, previous_char(p, p->cursor), p->cursor);
    case K_DELETE:
    case KEY_CTRL('d'):
        return erase(p, p->cursor, next_char(p, p->cursor));
    case KEY_CTRL('u'):
        return erase(p, 0, p->text.len);
    case KEY_CTRL('w'):
        return erase(p, word_start(p), p->cursor);
    case KEY_CTRL('k'):
        return erase(p, p->cursor, p->text.len);
    case K_UP:
    case KEY_CTRL('p'):
        return go_history(p, -1);
    case K_DOWN:
    case KEY_CTRL('n'):
        return go_history(p, 1);
    case K_ENTER:
        return PROMPT_ACCEPTED;
    case K_ESC:
    case KEY_CTRL('c'):
        return PROMPT_CANCELLED;
    default:
        return key_is_text(k) ? insert(p, k) : PROMPT_IGNORED;
    }
}

static void forget(struct prompt *p, size_t i)
{
    free(p->history[i]);
    p->history_count--;
    memmove(&p->history[i], &p->history[i + 1], (p->history_count - i) * sizeof(p->history[0]));
}

void prompt_remember(struct prompt *p)
{
    char *line = p->text.len > 0 ? strdup(p->text.data) : NULL;

    if (line == NULL)
        return;
    for (size_t i = p->history_count; i-- > 0;)
        if (strcmp(p->history[i], line) == 0)
            forget(p, i);
    if (p->history_count == PROMPT_HISTORY_MAX)
        forget(p, 0);
    p->history[p->history_count++] = line;
    p->history_at = p->history_count;
}

/* The part of a harmless text in the window of cells that starts *SKIP cells in; draws it at X and
 * returns the cells used. A wide character that the window's edge cuts becomes a blank. */
static int draw_part(struct screen *s, int y, int x, int w, enum role role, const struct buf *text,
                     size_t *skip)
{
    size_t taken = 0, bytes = utf8_fit(text->data, text->len, *skip, &taken);
    size_t cells = utf8_columns(text->data, text->len), fit;
    int pad = 0;

    if (*skip >= cells) {
        *skip -= cells;
        return 0;
    }
    if (taken < *skip) {
        const char *q = text->data + bytes;

        utf8_next(&q, text->data + text->len);
        pad = draw_text(s, y, x, w, role, " ");
        bytes = (size_t)(q - text->data);
    }
    *skip = 0;
    fit = utf8_fit(text->data + bytes, text->len - bytes, (size_t)(w > pad ? w - pad : 0), &taken);
    return pad + draw_textn(s, y, x + pad, w - pad, role, text->data + bytes, fit);
}

void prompt_draw(struct prompt *p, struct screen *s, int y, int x, int w, const char *label,
                 long fault)
{
    size_t split = fault >= 0 && (size_t)fault < p->text.len ? (size_t)fault : p->text.len;
    struct buf good, bad, left;
    size_t cursor, skip = 0;
    int used = draw_text(s, y, x, w > 2 ? w - 2 : 0, ROLE_ACCENT, label), from = x + used;
    int room = w - used, half = room / 2;

    if (room <= 0)
        return;
    split = utf8_cut(p->text.data, split);
    buf_init(&good, PROMPT_MAX * 12);
    buf_init(&bad, PROMPT_MAX * 12);
    buf_init(&left, PROMPT_MAX * 12);
    screen_text(s, &good, p->text.data, split);
    screen_text(s, &bad, p->text.data + split, p->text.len - split);
    screen_text(s, &left, p->text.data, p->cursor);
    cursor = utf8_columns(left.data, left.len);
    /* By half the room at a time, so that the text stands still for most keys. */
    if (cursor >= (size_t)room)
        skip = half > 0 ? ((cursor - (size_t)room) / (size_t)half + 1) * (size_t)half
                        : cursor - (size_t)room + 1;
    draw_cursor(s, y, from + (int)(cursor - skip), true);
    used = draw_part(s, y, from, room, ROLE_INPUT, &good, &skip);
    draw_part(s, y, from + used, room - used, ROLE_ERROR, &bad, &skip);
    buf_release(&good);
    buf_release(&bad);
    buf_release(&left);
}
