/* luitop: reads the command line and hands over to tui/ or cli/. */
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/err.h"
#include "cli/cli.h"
#include "tui/tui.h"

#if defined(__SANITIZE_ADDRESS__)
#    define SANITIZED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define SANITIZED 1
#    endif
#endif
#ifndef SANITIZED
#    define SANITIZED 0
#endif

/* The secret and the token must not end up in a core file or be read by another process of the same
 * user. LeakSanitizer needs what this forbids. */
static void harden(void)
{
    struct rlimit none = {0, 0};

    if (SANITIZED)
        return;
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static int dashboard(struct cli *c)
{
    struct account *a = &c->account;
    struct err err = {0};
    struct tui_options o = {0};

    if (account_open(a, &c->args, &c->clock, &c->log, true, &err) < 0)
        return cli_fail(c, &err);
    if (c->args.given[OPTION_NO_COLOR])
        setenv("NO_COLOR", "1", 1);
    o.config = a->config;
    o.profile = &a->profile;
    o.session = a->session;
    o.store = a->store;
    o.clock = &c->clock;
    o.log = &c->log;
    o.notice = a->note[0] != '\0' ? a->note : NULL;
    o.demo = c->args.given[OPTION_DEMO];
    o.read_only = c->args.given[OPTION_READ_ONLY] || a->profile.read_only;
    o.offline = c->args.given[OPTION_OFFLINE];
    return tui_run(&o);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct cli c;
    int status;

    harden();
    /* A reader that goes away shows as EPIPE where it can be handled. */
    signal(SIGPIPE, SIG_IGN);
    if (cli_start(&c, argc, argv, &err) < 0)
        status = cli_fail(&c, &err);
    else
        status = cli_wants_dashboard(&c) ? dashboard(&c) : cli_run(&c);
    cli_release(&c);
    return status;
}
