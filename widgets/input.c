#include "widgets/screen_state.h"

#include <poll.h>
#include <unistd.h>
#include <wchar.h>

#include "base/utf8.h"

enum { CSI_MAX = 40, ESCAPE = 27 };

/* What PuTTY, rxvt, screen and the Linux console send whatever TERM says. */
static const struct sequence {
    const char *text;
    int code;
} sequences[] = {
    {"\033[1~", KEY_HOME},  {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME},  {"\033[8~", KEY_END},
    {"\033[H", KEY_HOME},   {"\033[F", KEY_END},    {"\033OH", KEY_HOME},   {"\033OF", KEY_END},
    {"\033[2~", KEY_IC},    {"\033[3~", KEY_DC},    {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
    {"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT},  {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP},     {"\033OB", KEY_DOWN},   {"\033OC", KEY_RIGHT},  {"\033OD", KEY_LEFT},
    {"\033[Z", KEY_BTAB},   {"\033OP", KEY_F(1)},   {"\033OQ", KEY_F(2)},   {"\033OR", KEY_F(3)},
    {"\033OS", KEY_F(4)},   {"\033[[A", KEY_F(1)},  {"\033[[B", KEY_F(2)},  {"\033[[C", KEY_F(3)},
    {"\033[[D", KEY_F(4)},  {"\033[[E", KEY_F(5)},  {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)},
    {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)}, {"\033[15~", KEY_F(5)}, {"\033[17~", KEY_F(6)},
    {"\033[18~", KEY_F(7)}, {"\033[19~", KEY_F(8)}, {"\033[20~", KEY_F(9)}, {"\033OM", KEY_ENTER},
};

/* ncurses' codes for keys, and ours. */
static const struct mapping {
    int curses;
    key_code code;
} mappings[] = {
    {KEY_UP, K_UP},         {KEY_DOWN, K_DOWN},
    {KEY_LEFT, K_LEFT},     {KEY_RIGHT, K_RIGHT},
    {KEY_PPAGE, K_PAGE_UP}, {KEY_NPAGE, K_PAGE_DOWN},
    {KEY_HOME, K_HOME},     {KEY_FIND, K_HOME},
    {KEY_A1, K_HOME},       {KEY_END, K_END},
    {KEY_SELECT, K_END},    {KEY_LL, K_END},
    {KEY_C1, K_END},        {KEY_A3, K_PAGE_UP},
    {KEY_C3, K_PAGE_DOWN},  {KEY_IC, K_INSERT},
    {KEY_DC, K_DELETE},     {KEY_BACKSPACE, K_BACKSPACE},
    {KEY_ENTER, K_ENTER},   {KEY_BTAB, K_SHIFT_TAB},
    {KEY_F(1), K_F1},       {KEY_F(2), K_F2},
    {KEY_F(3), K_F3},       {KEY_F(4), K_F4},
    {KEY_F(5), K_F5},       {KEY_F(6), K_F6},
    {KEY_F(7), K_F7},       {KEY_F(8), K_F8},
    {KEY_F(9), K_F9},       {KEY_SUSPEND, KEY_CTRL('z')}, /* the Linux console's terminfo says so */
};

void input_open(struct screen *s, bool mouse)
{
    s->keys = newpad(1, 1);
    if (s->keys == NULL)
        return;
    keypad(s->keys, TRUE);
    nodelay(s->keys, TRUE);
    for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++)
        define_key(sequences[i].text, sequences[i].code);
    if (mouse)
        mousemask(BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

static key_code wheel(void)
{
    MEVENT event;

    if (getmouse(&event) != OK)
        return 0;
    if ((event.bstate & BUTTON4_PRESSED) != 0)
        return K_UP;
    return (event.bstate & BUTTON5_PRESSED) != 0 ? K_DOWN : 0;
}

static key_code from_curses(int code)
{
    if (code == KEY_MOUSE)
        return wheel();
    for (size_t i = 0; i < sizeof(mappings) / sizeof(mappings[0]); i++)
        if (mappings[i].curses == code)
            return mappings[i].code;
    return 0;
}

static key_code from_char(wint_t c)
{
    if (c > 0x10ffff)
        return 0;
    switch (c) {
    case 8:
    case 127:
        return K_BACKSPACE;
    case 9:
        return K_TAB;
    case 10:
    case 13:
        return K_ENTER;
    case 27:
        return K_ESC;
    default:
        break;
    }
    if (c > 0 && c < ' ')
        return (key_code)c;
    return key_is_text((key_code)c) ? (key_code)c : 0;
}

/* Takes the next byte of a UTF-8 character: true once it is whole or hopeless. ncurses' own
 * wget_wch() loses what comes in two pieces, and all that follows a byte which is not UTF-8. */
static bool take_byte(struct screen *s, unsigned char byte, wint_t *c)
{
    size_t want = s->utf8[0] >= 0xf0 ? 4 : s->utf8[0] >= 0xe0 ? 3 : 2;
    const char *p = (const char *)s->utf8;
    int32_t cp;

    if ((byte & 0xc0) != 0x80) {
        s->utf8[0] = byte;
        s->utf8_len = byte >= 0xc0;
        *c = 0;
        return s->utf8_len == 0;
    }
    if (s->utf8_len == 0) {
        *c = 0;
        return true;
    }
    s->utf8[s->utf8_len++] = byte;
    if (s->utf8_len < want)
        return false;
    cp = utf8_next(&p, p + s->utf8_len);
    s->utf8_len = 0;
    *c = cp > 0 ? (wint_t)cp : 0;
    return true;
}

/* ERR, or OK and *K: 0 for what is no key of ours. */
static int read_one(struct screen *s, key_code *k)
{
    wint_t c = 0;
    int got;

    if (s->pending != 0) {
        *k = s->pending;
        s->pending = 0;
        return OK;
    }
    do {
        got = wgetch(s->keys);
        if (got == ERR)
            return ERR;
    } while (got >= 0x80 && got <= 0xff && s->utf8_locale && !take_byte(s, (unsigned char)got, &c));
    if (got > 0xff || got < 0x80)
        s->utf8_len = 0;
    if (got > 0xff)
        *k = from_curses(got);
    else if (got < 0x80 || s->utf8_locale)
        *k = from_char(got < 0x80 ? (wint_t)got : c);
    else
        *k = from_char(btowc(got));
    return OK;
}

/* After "Esc [": an unknown sequence is dropped as a whole, lest its letters act as keys. */
static bool swallow_csi(struct screen *s)
{
    key_code k = 0;
    int n = 0;

    while (n < CSI_MAX && read_one(s, &k) == OK) {
        n++;
        if (k >= KEY_SPECIAL) {
            s->pending = k;
            break;
        }
        if (k >= 0x40 && k <= 0x7e && !(n == 1 && k == '['))
            break;
    }
    return n > 0;
}

/* The key that follows an Esc. */
static key_code after_escape(struct screen *s)
{
    key_code k = 0, rest = 0;

    if (read_one(s, &k) == ERR)
        return K_ESC;
    if (k == K_ESC) {
        s->pending = k;
        return K_ESC;
    }
    if (k == '[' && swallow_csi(s))
        return 0;
    if (k == 'O' && read_one(s, &rest) == OK)
        return 0;
    return k != 0 ? k | KEY_ALT_BIT : K_ESC;
}

bool screen_key(struct screen *s, key_code *out)
{
    struct pollfd in = {STDIN_FILENO, POLLIN, 0};
    key_code k = 0;

    if (s->keys == NULL || s->gone)
        return false;
    while (read_one(s, &k) == OK) {
        if (k == K_ESC)
            k = after_escape(s);
        if (k != 0) {
            *out = k;
            return true;
        }
    }
    if (poll(&in, 1, 0) > 0 && (in.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
        s->gone = true;
    return false;
}
