#include "tui/gap.h"

#include <stdio.h>
#include <string.h>

#include "session/config.h"

struct gap_input gap_input_of(struct app *a, const struct server_set *only)
{
    return (struct gap_input){
        .servers = session_resource(a->session, RESOURCE_SERVERS)->known
                       ? session_servers(a->session)
                       : NULL,
        .now = app_now(a),
        .zone = session_profile(a->session)->billing_timezone,
        .only = only,
    };
}

void shown_gap_find(struct app *a, const struct server_set *only, struct shown_gap *out)
{
    const struct resource *usage = session_resource(a->session, RESOURCE_USAGE);
    struct gap_input in = gap_input_of(a, only);
    struct buf text;

    *out = (struct shown_gap){0};
    if (gap_of_usage(&in, session_usage(a->session), &out->gap) < 0)
        out->gap = (struct gap){0};
    out->lower = gap_incomplete(&out->gap) || usage->unreadable > 0;
    buf_init(&text, sizeof(out->text) - 1);
    if (usage->unreadable > 0)
        buf_addf(&text, "%zu edition%s unreadable, ", usage->unreadable,
                 usage->unreadable == 1 ? "" : "s");
    gap_text(&out->gap, &text);
    if (text.len > 2 && memcmp(text.data + text.len - 2, ", ", 2) == 0)
        text.data[text.len -= 2] = '\0';
    snprintf(out->text, sizeof(out->text), "%s", text.data);
    buf_release(&text);
}
