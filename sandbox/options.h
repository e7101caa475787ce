/*
 * The command line of luitop-sandbox. One table in options.c makes the parser, --help and the
 * tests.
 */
#ifndef SANDBOX_OPTIONS_H
#define SANDBOX_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/fault.h"
#include "sandbox/product.h"

struct buf;
struct err;

enum {
    USERS_MAX = 10000000,
    SEED_SERVERS_MAX = 20000,
    SEED_CUSTOMERS_MAX = 5000,
    MONTHS_MAX = 240,
    DEPLOYMENTS_MAX = 1000,
    SECRET_MAX = 1024
};

struct options {
    /* what the data are made from: the same values make the same bytes */
    int64_t seed, users, servers, customers, months, deployments;
    int64_t now;             /* TIME_NONE: the system's clock at start */
    const char *customer_id; /* the partner's own */
    const char *db;          /* ":memory:" */
    /* how it is served */
    const char *bind; /* a loopback address */
    int64_t port;     /* 0: a free one */
    int64_t latency_ms, token_life;
    unsigned without; /* bits of enum product: not entitled */
    bool odd;         /* odd.h */
    const char *client_id, *client_secret_file;
    char client_secret[SECRET_MAX + 1];
    const char *tls_cert, *tls_key, *port_file;
    struct faults faults;
    int64_t parent_pid; /* 0: none */
    bool exit_with_stdin, quiet, help, version;
};

void options_init(struct options *o);
/* Reads ARGV[1] … ; texts stay borrowed from it, but the secret, which is read from its file.
 * ERR_USAGE with a sentence for a person. */
int options_parse(struct options *o, int argc, char *const *argv, struct err *err);
/* The text of --help. */
void options_help(struct buf *out);
/* True for 127.0.0.0/8 and ::1, which is all the sandbox ever listens on. */
bool address_is_loopback(const char *text);

#endif
