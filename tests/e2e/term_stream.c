#include <string.h>

#include "tests/e2e/term.h"

enum { GROUND, ESCAPE, ESCAPE_SKIP, CSI, STRING, STRING_ESCAPE };

static const struct {
    int number;
    bool initially;
} modes[TERM_MODE_COUNT] = {
#define TERM_MODE_ROW(name, num, init) [TERM_##name] = {num, init},
    TERM_MODES(TERM_MODE_ROW)
#undef TERM_MODE_ROW
};

void term_stream_init(struct term_stream *s)
{
    *s = (struct term_stream){.state = GROUND};
    for (int i = 0; i < TERM_MODE_COUNT; i++)
        s->mode[i] = modes[i].initially;
}

static void set_private(struct term_stream *s, bool on)
{
    int number = 0;

    for (size_t i = 1; i <= s->seq_len; i++) {
        char c = i < s->seq_len ? s->seq[i] : ';';

        if (c >= '0' && c <= '9') {
            number = number * 10 % 100000 + (c - '0');
            continue;
        }
        for (int m = 0; m < TERM_MODE_COUNT; m++)
            if (modes[m].number == number)
                s->mode[m] = on;
        number = 0;
    }
}

static void csi_end(struct term_stream *s, char final)
{
    if (s->seq_len > 0 && s->seq[0] == '?' && (final == 'h' || final == 'l'))
        set_private(s, final == 'h');
    s->state = GROUND;
}

static void escape(struct term_stream *s, unsigned char c)
{
    s->seq_len = 0;
    s->state = GROUND;
    if (c == '[')
        s->state = CSI;
    else if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_')
        s->state = STRING;
    else if (c >= 0x20 && c < 0x30)
        s->state = ESCAPE_SKIP;
    else if (c == '=' || c == '>')
        s->app_keypad = c == '=';
    else if (c == 'c')
        term_stream_init(s);
}

static void step(struct term_stream *s, unsigned char c)
{
    if (c == 0x1b && s->state != STRING) {
        s->state = ESCAPE;
        return;
    }
    switch (s->state) {
    case GROUND:
        break;
    case ESCAPE:
        escape(s, c);
        break;
    case ESCAPE_SKIP:
        s->state = GROUND;
        break;
    case CSI:
        if (c >= 0x40 && c < 0x7f)
            csi_end(s, (char)c);
        else if (c >= 0x20 && s->seq_len < sizeof(s->seq))
            s->seq[s->seq_len++] = (char)c;
        break;
    case STRING:
        s->state = c == 0x07 ? GROUND : c == 0x1b ? STRING_ESCAPE : STRING;
        break;
    default:
        s->state = c == '\\' ? GROUND : STRING;
    }
}

void term_stream_feed(struct term_stream *s, const char *data, size_t n)
{
    for (size_t i = 0; i < n; i++)
        step(s, (unsigned char)data[i]);
}
