/*
 * `--demo`: a made-up provider, served by luitop-sandbox on this machine.
 *
 * The sandbox is looked for beside luitop's own binary, then in ../libexec/luitop and
 * ../lib/luitop. It listens on a free port of the loopback, and its stdin is a pipe that this
 * process holds, so that it ends with us however we end. It has its own process group: keys that
 * signal the terminal's group do not reach it. What it writes goes nowhere but into the error when
 * it does not start.
 */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <stdint.h>
#include <sys/types.h>

#include "session/config.h"

struct clock;
struct err;

enum { DEMO_USERS = 5000, DEMO_USERS_MAX = 5000000 };
#define DEMO_SECRET "demo-secret"

struct demo {
    pid_t pid; /* 0: not running */
    int in, out;
    char urls[URL_COUNT][128], notifications_of[128];
    char operations[OPERATION_COUNT][160];
};

void demo_init(struct demo *d);
/* Starts the sandbox and waits until it has a port. ERR_NOTFOUND when the binary is not there,
 * ERR_UNREACHABLE when it does not come up, ERR_IO. */
int demo_start(struct demo *d, int64_t users, const struct clock *clock, struct err *err);
/* Asks it to end, and kills it after two seconds. */
void demo_stop(struct demo *d);
/* The profile that reaches it, with every operation on; strings borrowed from D and from constants.
 */
void demo_profile(struct demo *d, struct profile *out);

#endif
