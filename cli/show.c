/* `luitop config show`: the settings that count, and where each comes from. */
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "session/config.h"

static size_t widest(const struct config *c)
{
    size_t max = 0;

    for (size_t i = 0; i < config_value_count(c); i++) {
        size_t n = strlen(config_value(c, i)->name);

        max = n > max ? n : max;
    }
    return max;
}

int cli_config(struct cli *c, struct err *err)
{
    bool origin = c->args.given[OPTION_ORIGIN];
    int rc = account_settings(&c->account, &c->args, err);
    const struct config *config = c->account.config;
    struct profile profile;
    size_t width;

    if (rc < 0)
        return rc;
    width = widest(config);
    for (size_t i = 0; i < config_value_count(config); i++) {
        const struct config_value *v = config_value(config, i);

        buf_addf(&c->out, "%-*s = ", (int)width, v->name);
        utf8_clean(&c->out, v->text, strlen(v->text));
        if (origin) {
            buf_addf(&c->out, "    # %s", config_origin_name(v->origin));
            if (v->where[0] != '\0')
                buf_addc(&c->out, ' ');
            utf8_clean(&c->out, v->where, strlen(v->where));
        }
        buf_addc(&c->out, '\n');
    }
    rc = c->out.failed;
    if (rc < 0)
        return err_set(err, (enum err_code)rc, "the settings cannot be shown");
    c->wrote_all = true;
    if (config_profile_count(config) > 0)
        return config_profile(config, &profile, err);
    cli_note(c, "there is no profile yet; see \"luitop help config\"");
    return 0;
}
