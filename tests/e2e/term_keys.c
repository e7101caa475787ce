#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/e2e/term.h"

/* xterm's keys: CSI final, or CSI number '~'; `ss3` is sent as SS3 in application mode, `always`
 * in every mode. A modifier turns them into CSI 1;M final and CSI number;M '~'. */
static const struct {
    const char *name;
    char final;
    int number;
    bool ss3, always;
} keys[] = {
    {"Up", 'A', 1, true, false},    {"Down", 'B', 1, true, false},  {"Right", 'C', 1, true, false},
    {"Left", 'D', 1, true, false},  {"Home", 'H', 1, true, false},  {"End", 'F', 1, true, false},
    {"F1", 'P', 1, true, true},     {"F2", 'Q', 1, true, true},     {"F3", 'R', 1, true, true},
    {"F4", 'S', 1, true, true},     {"Ins", '~', 2, false, false},  {"Del", '~', 3, false, false},
    {"PgUp", '~', 5, false, false}, {"PgDn", '~', 6, false, false}, {"F5", '~', 15, false, false},
    {"F6", '~', 17, false, false},  {"F7", '~', 18, false, false},  {"F8", '~', 19, false, false},
    {"F9", '~', 20, false, false},  {"F10", '~', 21, false, false}, {"F11", '~', 23, false, false},
    {"F12", '~', 24, false, false},
};

static const struct {
    const char *name, *bytes;
} plain[] = {
    {"Enter", "\r"},       {"Esc", "\x1b"}, {"Tab", "\t"},
    {"Backspace", "\x7f"}, {"Space", " "},  {"BackTab", "\x1b[Z"},
};

enum { SHIFT = 1, ALT = 2, CTRL = 4 };

void term_send(struct term *t, const char *bytes)
{
    int64_t end = now_ms() + slow_ms(0);

    while (*bytes != '\0') {
        ssize_t n = write(t->fd, bytes, strlen(bytes));

        if (n > 0) {
            bytes += n;
            continue;
        }
        if (errno != EAGAIN && errno != EINTR)
            fail_msg("send: %s", strerror(errno));
        if (now_ms() > end)
            fail_msg("the program does not read its keys");
        term_pump(t, 10);
    }
}

static bool send_function_key(struct term *t, const char *name, int mods)
{
    char out[32];

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i].name, name) != 0)
            continue;
        if (mods != 0)
            snprintf(out, sizeof(out), "\x1b[%d;%d%c", keys[i].number, mods + 1, keys[i].final);
        else if (keys[i].final == '~')
            snprintf(out, sizeof(out), "\x1b[%d~", keys[i].number);
        else if (keys[i].always || (keys[i].ss3 && t->stream.mode[TERM_APP_CURSOR]))
            snprintf(out, sizeof(out), "\x1bO%c", keys[i].final);
        else
            snprintf(out, sizeof(out), "\x1b[%c", keys[i].final);
        term_send(t, out);
        return true;
    }
    return false;
}

static void send_nul(struct term *t)
{
    if (write(t->fd, "", 1) != 1)
        fail_msg("send: %s", strerror(errno));
}

static void send_text_key(struct term *t, const char *name, const char *spelt, int mods)
{
    char out[16] = "";
    size_t n = 0;

    if (mods & ALT)
        out[n++] = '\x1b';
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (strcmp(plain[i].name, name) == 0)
            name = (mods & SHIFT) && plain[i].bytes[0] == '\t' ? "\x1b[Z" : plain[i].bytes;
    if (strlen(name) >= sizeof(out) - n)
        fail_msg("unknown key \"%s\"", spelt);
    memcpy(out + n, name, strlen(name) + 1);
    if (mods & CTRL) {
        unsigned char c = (unsigned char)out[n];

        if (out[n + 1] != '\0')
            fail_msg("unknown key \"%s\"", spelt);
        out[n] = (char)(c == '?' ? 0x7f : c & 0x1f);
        if (out[n] == '\0') {
            send_nul(t);
            return;
        }
    }
    term_send(t, out);
}

/* One character, whole? A longer name that is in no table is a slip in the test. */
static bool is_character(const char *s)
{
    unsigned char c = (unsigned char)s[0];
    size_t want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;

    return strlen(s) == want;
}

void term_key(struct term *t, const char *name)
{
    const char *key = name;
    bool known = false;
    int mods = 0;

    if (name[0] == ':' && name[1] != '\0') {
        term_send(t, name);
        term_send(t, "\r");
        return;
    }
    while (key[0] != '\0' && key[1] == '-' && key[2] != '\0' && strchr("CMS", key[0]) != NULL) {
        mods |= key[0] == 'C' ? CTRL : key[0] == 'M' ? ALT : SHIFT;
        key += 2;
    }
    if (send_function_key(t, key, mods))
        return;
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        known = known || strcmp(plain[i].name, key) == 0;
    if (!known && !is_character(key))
        fail_msg("unknown key \"%s\"", name);
    send_text_key(t, key, name, mods);
}

void term_keys(struct term *t, const char *names)
{
    char *copy = strdup(names), *rest = copy, *name;

    while ((name = strsep(&rest, " ")) != NULL)
        if (name[0] != '\0')
            term_key(t, name);
    free(copy);
}

void term_paste(struct term *t, const char *text)
{
    bool bracketed = t->stream.mode[TERM_PASTE];

    if (bracketed)
        term_send(t, "\x1b[200~");
    term_send(t, text);
    if (bracketed)
        term_send(t, "\x1b[201~");
}
