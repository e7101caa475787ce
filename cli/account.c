#include "cli/account.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "cli/args.h"
#include "session/session.h"
#include "store/store.h"

/* A client secret is some 24 characters; a generous multiple. */
enum { SECRET_MAX = 4096 };

void account_init(struct account *a)
{
    memset(a, 0, sizeof(*a));
    demo_init(&a->demo);
}

void account_release(struct account *a)
{
    session_free(a->session);
    store_close(a->store);
    demo_stop(&a->demo);
    config_free(a->config);
    account_init(a);
}

int account_settings(struct account *a, const struct args *args, struct err *err)
{
    struct config_flags flags = {
        .config_file = args->value[OPTION_CONFIG],
        .profile = args->value[OPTION_PROFILE],
        .theme = args->value[OPTION_THEME],
        .glyphs = args->value[OPTION_GLYPHS],
        .read_only = args->given[OPTION_READ_ONLY] ? 1 : -1,
    };

    return config_load(&a->config, &flags, err);
}

static int open_demo(struct account *a, const struct args *args, const struct clock *clock,
                     struct err *err)
{
    int64_t users;
    int rc = args_number(args, OPTION_DEMO, 0, DEMO_USERS_MAX, DEMO_USERS, &users, err);

    if (rc < 0)
        return rc;
    if (args->given[OPTION_PROFILE] || args->given[OPTION_OFFLINE]) {
        err_set(err, ERR_USAGE, "--demo goes neither with --profile nor with --offline");
        err_next(err, "Leave one of them out");
        return ERR_USAGE;
    }
    rc = demo_start(&a->demo, users, clock, err);
    if (rc == 0)
        demo_profile(&a->demo, &a->profile);
    return rc;
}

/* Without a store luitop works, it only remembers nothing. */
static void open_store(struct account *a)
{
    struct err err = {0};
    struct buf path;

    buf_init(&path, 4096);
    if (store_default_path(&path, &err) < 0 || store_open(&a->store, path.data, &err) < 0)
        err_sentence(&err, a->note, sizeof(a->note));
    buf_release(&path);
}

int account_open(struct account *a, const struct args *args, const struct clock *clock,
                 struct log *log, bool background, struct err *err)
{
    struct session_options o = {.clock = clock, .log = log};
    bool demo = args->given[OPTION_DEMO];
    struct buf secret;
    int rc;

    buf_init(&secret, SECRET_MAX);
    rc = buf_reserve(&secret, SECRET_MAX);
    if (rc < 0)
        err_set(err, (enum err_code)rc, "luitop cannot start");
    if (rc == 0)
        rc = account_settings(a, args, err);
    if (rc == 0)
        rc = demo ? open_demo(a, args, clock, err) : config_profile(a->config, &a->profile, err);
    o.offline = args->given[OPTION_OFFLINE];
    if (rc == 0 && demo)
        rc = buf_addstr(&secret, DEMO_SECRET);
    else if (rc == 0 && !o.offline)
        rc = profile_secret(&a->profile, &secret, err);
    if (rc == 0) {
        if (!demo)
            open_store(a);
        o.profile = &a->profile;
        o.limits = config_limits(a->config);
        o.secret = secret.data;
        o.secret_len = secret.len;
        o.store = a->store;
        o.read_only = args->given[OPTION_READ_ONLY] || a->profile.read_only;
        o.refresh_minutes = background ? config_ui(a->config)->refresh_minutes : 0;
        rc = session_new(&a->session, &o, err);
    }
    buf_wipe(&secret);
    return rc;
}
