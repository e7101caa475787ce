#include "widgets/picker.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

/* How well an item matches; the better ones come first. */
enum match { MATCH_PREFIX, MATCH_NAME, MATCH_DETAIL, MATCH_NONE };

enum { FOLD_MAX = 1 << 16, NAME_CELLS_MAX = 28, PAGE_BEFORE_DRAW = 10 };

void picker_init(struct picker *p)
{
    memset(p, 0, sizeof(*p));
    prompt_init(&p->prompt);
    p->page = PAGE_BEFORE_DRAW;
}

void picker_release(struct picker *p)
{
    prompt_release(&p->prompt);
    free(p->shown);
    picker_init(p);
}

/* WORD is folded; an empty one matches everything. */
static enum match match_item(const struct picker_item *item, const char *word, struct buf *fold)
{
    const char *at;

    buf_reset(fold);
    utf8_fold(fold, item->name, strlen(item->name));
    at = strstr(fold->data, word);
    if (at != NULL)
        return at == fold->data ? MATCH_PREFIX : MATCH_NAME;
    if (item->detail == NULL)
        return MATCH_NONE;
    buf_reset(fold);
    utf8_fold(fold, item->detail, strlen(item->detail));
    return strstr(fold->data, word) != NULL ? MATCH_DETAIL : MATCH_NONE;
}

static void narrow(struct picker *p)
{
    struct buf word, fold;

    buf_init(&word, FOLD_MAX);
    buf_init(&fold, FOLD_MAX);
    utf8_fold(&word, p->prompt.text.data, p->prompt.text.len);
    p->shown_count = 0;
    for (int want = MATCH_PREFIX; want < MATCH_NONE; want++)
        for (size_t i = 0; i < p->count; i++)
            if ((int)match_item(&p->items[i], word.data, &fold) == want)
                p->shown[p->shown_count++] = i;
    p->cursor = 0;
    p->top = 0;
    buf_release(&word);
    buf_release(&fold);
}

int picker_start(struct picker *p, const char *title, const char *prefix,
                 const struct picker_item *items, size_t count)
{
    size_t *shown = calloc(count + 1, sizeof(*shown));

    if (shown == NULL)
        return ERR_NOMEM;
    free(p->shown);
    p->shown = shown;
    p->items = items;
    p->count = count;
    p->title = title;
    p->prefix = prefix;
    prompt_start(&p->prompt, "");
    narrow(p);
    return 0;
}

long picker_choice(const struct picker *p)
{
    return p->cursor < p->shown_count ? (long)p->shown[p->cursor] : -1;
}

const char *picker_text(const struct picker *p)
{
    return p->prompt.text.data;
}

static enum picker_result move_cursor(struct picker *p, long step)
{
    long last = (long)p->shown_count - 1, to = (long)p->cursor + step;

    to = to > last ? last : to;
    p->cursor = to > 0 ? (size_t)to : 0;
    return PICKER_OPEN;
}

static enum picker_result choose(const struct picker *p)
{
    long choice = picker_choice(p);

    return choice >= 0 && p->items[choice].reason == NULL ? PICKER_CHOSEN : PICKER_OPEN;
}

static void complete(struct picker *p)
{
    long choice = picker_choice(p);

    if (choice < 0)
        return;
    prompt_start(&p->prompt, p->items[choice].name);
    narrow(p);
    /* Another name may begin with this one; the cursor stays on what was completed. */
    for (size_t i = 0; i < p->shown_count; i++)
        if (p->shown[i] == (size_t)choice)
            p->cursor = i;
}

enum picker_result picker_key(struct picker *p, key_code k)
{
    switch (k) {
    case K_UP:
    case KEY_CTRL('p'):
        return move_cursor(p, -1);
    case K_DOWN:
    case KEY_CTRL('n'):
        return move_cursor(p, 1);
    case K_PAGE_UP:
        return move_cursor(p, -p->page);
    case K_PAGE_DOWN:
        return move_cursor(p, p->page);
    case K_TAB:
        complete(p);
        return PICKER_OPEN;
    default:
        break;
    }
    switch (prompt_key(&p->prompt, k)) {
    case PROMPT_CHANGED:
        narrow(p);
        return PICKER_OPEN;
    case PROMPT_ACCEPTED:
        return choose(p);
    case PROMPT_CANCELLED:
        return PICKER_CANCELLED;
    case PROMPT_IGNORED:
    case PROMPT_MOVED:
        break;
    }
    return PICKER_OPEN;
}

/* The name's column: by all items, so that it stands still while typing narrows them. */
static int name_cells(const struct picker *p, const struct screen *s)
{
    int most = 0;

    for (size_t i = 0; i < p->count; i++) {
        int cells = text_cells(s, p->items[i].name);

        most = cells > most ? cells : most;
    }
    return most < NAME_CELLS_MAX ? most : NAME_CELLS_MAX;
}

static void draw_item(const struct picker *p, struct screen *s, struct rect line, size_t at,
                      int names)
{
    const struct picker_item *item = &p->items[p->shown[at]];
    bool off = item->reason != NULL, focused = at == p->cursor;
    int x = line.x + 2, end = line.x + line.w;
    const char *about = off ? item->reason : item->detail;

    if (focused)
        draw_glyph(s, line.y, line.x, ROLE_ACCENT, GLYPH_FOCUS);
    if (item->hint != NULL && line.w > names + 16) {
        int cells = text_cells(s, item->hint);

        draw_right(s, line.y, end - cells - 1, cells, ROLE_KEY, item->hint);
        end -= cells + 3;
    }
    names = names < end - x ? names : end - x;
    draw_text(s, line.y, x, names,
              focused ? ROLE_CURSOR
              : off   ? ROLE_MUTED
                      : ROLE_TEXT,
              item->name);
    x += names + 2;
    if (about != NULL && x < end - 4)
        draw_format(s, line.y, x, end - x, ROLE_MUTED, "%s%s", off ? "not now: " : "", about);
}

static void draw_items(struct picker *p, struct screen *s, struct rect r)
{
    int names = name_cells(p, s);

    p->page = r.h > 0 ? r.h : 1;
    if (p->cursor < p->top)
        p->top = p->cursor;
    else if (p->cursor - p->top >= (size_t)p->page)
        p->top = p->cursor - (size_t)p->page + 1;
    for (int i = 0; i < r.h && p->top + (size_t)i < p->shown_count; i++) {
        struct rect line = {r.y + i, r.x, 1, r.w};

        draw_item(p, s, line, p->top + (size_t)i, names);
    }
    if (p->shown_count == 0)
        draw_text(s, r.y, r.x + 2, r.w - 2, ROLE_MUTED, "nothing matches");
    if (p->top > 0)
        draw_glyph(s, r.y, r.x + r.w - 1, ROLE_ACCENT, GLYPH_UP);
    if (p->shown_count > p->top + (size_t)p->page)
        draw_glyph(s, r.y + r.h - 1, r.x + r.w - 1, ROLE_ACCENT, GLYPH_DOWN);
}

void picker_draw(struct picker *p, struct screen *s, struct rect area)
{
    int want = p->count < 1000 ? (int)p->count + 3 : 1000;
    struct rect in;

    if (area.h > want && want > 3)
        area.h = want;
    /* A frame would leave no room on the smallest screens. */
    if (area.h >= 5 && area.w >= 12) {
        in = draw_frame(s, area, p->title);
    } else {
        draw_fill(s, area, ROLE_TEXT);
        in = area;
    }
    if (in.h > 1) {
        struct rect list = {in.y + 1, in.x, in.h - 1, in.w};

        draw_items(p, s, list);
    }
    prompt_draw(&p->prompt, s, in.y, in.x, in.w, p->prefix != NULL ? p->prefix : "", -1);
}
