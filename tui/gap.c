#include "tui/gap.h"

#include <stdio.h>
#include <string.h>

#include "model/gap.h"
#include "session/config.h"

void shown_gap_find(struct app *a, struct shown_gap *out)
{
    const struct resource *usage = session_resource(a->session, RESOURCE_USAGE);
    struct gap_input in = {.now = app_now(a),
                           .zone = session_profile(a->session)->billing_timezone};
    struct buf text;
    struct gap gap;

    *out = (struct shown_gap){0};
    if (session_resource(a->session, RESOURCE_SERVERS)->known)
        in.servers = session_servers(a->session);
    if (gap_of_usage(&in, session_usage(a->session), &gap) < 0)
        gap = (struct gap){0};
    out->lower = gap_incomplete(&gap) || usage->unreadable > 0;
    buf_init(&text, sizeof(out->text) - 3);
    if (usage->unreadable > 0)
        buf_addf(&text, "%zu edition%s unreadable, ", usage->unreadable,
                 usage->unreadable == 1 ? "" : "s");
    gap_text(&gap, &text);
    if (text.len > 2 && memcmp(text.data + text.len - 2, ", ", 2) == 0)
        text.data[text.len -= 2] = '\0';
    if (text.len > 0)
        snprintf(out->text, sizeof(out->text), "(%s)", text.data);
    buf_release(&text);
}
