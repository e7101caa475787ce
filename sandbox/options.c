#include "sandbox/options.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/nearest.h"
#include "sandbox/stamp.h"

enum kind { NUMBER, TEXT, TIME, FAULT, PRODUCTS_OFF, FLAG };

struct option_row {
    const char *name, *value, *help;
    enum kind kind;
    size_t at; /* offset in struct options */
    int64_t min, max;
};

#define AT(member) .at = offsetof(struct options, member)

/* clang-format off */
static const struct option_row rows[] = {
    {"port", "N", "TCP port; 0, the default, takes a free one", NUMBER, AT(port), 0, 65535},
    {"bind", "ADDR", "loopback address to listen on (127.0.0.1)", TEXT, AT(bind), 0, 0},
    {"users", "N", "users of the provider (5000)", NUMBER, AT(users), 0, USERS_MAX},
    {"servers", "N", "license servers (14)", NUMBER, AT(servers), 0, SEED_SERVERS_MAX},
    {"customers", "N", "customers (12)", NUMBER, AT(customers), 0, SEED_CUSTOMERS_MAX},
    {"months", "N", "months of usage, the present one included (24)", NUMBER, AT(months), 1, MONTHS_MAX},
    {"deployments", "N", "license servers of licensed deployments (10)", NUMBER, AT(deployments), 0, DEPLOYMENTS_MAX},
    {"seed", "N", "the same seed, clock and counts give the same bytes (1)", NUMBER, AT(seed), 0, INT64_MAX},
    {"now", "TIME", "the provider's clock, which stands still (the system's)", TIME, AT(now), 0, 0},
    {"db", "FILE", "keep the data in FILE; rebuilt when made with other values", TEXT, AT(db), 0, 0},
    {"customer-id", "ID", "the provider's customer id (nimbus7q2x)", TEXT, AT(customer_id), 0, 0},
    {"client-id", "ID", "the API client (demo-client)", TEXT, AT(client_id), 0, 0},
    {"client-secret-file", "FILE", "its secret (demo-secret)", TEXT, AT(client_secret_file), 0, 0},
    {"token-life", "SECONDS", "how long a token is valid (3600)", NUMBER, AT(token_life), 1, 31536000},
    {"latency-ms", "N", "wait before every answer", NUMBER, AT(latency_ms), 0, LATENCY_MAX_MS},
    {"fault", "RATE:KIND[:PATH]", "let requests fail; may be repeated", FAULT, AT(faults), 0, 0},
    {"without", "A,B", "products that the provider is not entitled to: 404", PRODUCTS_OFF, AT(without), 0, 0},
    {"odd", NULL, "spoil some elements of good answers, to test bad input", FLAG, AT(odd), 0, 0},
    {"tls-cert", "FILE", "serve https with this certificate (PEM)", TEXT, AT(tls_cert), 0, 0},
    {"tls-key", "FILE", "and this key (PEM)", TEXT, AT(tls_key), 0, 0},
    {"port-file", "FILE", "write the port to FILE when ready", TEXT, AT(port_file), 0, 0},
    {"parent-pid", "PID", "exit when this process is gone", NUMBER, AT(parent_pid), 1, INT32_MAX},
    {"exit-with-stdin", NULL, "exit at the end of standard input", FLAG, AT(exit_with_stdin), 0, 0},
    {"quiet", NULL, "do not print the address", FLAG, AT(quiet), 0, 0},
    {"help", NULL, "this text", FLAG, AT(help), 0, 0},
    {"version", NULL, "the version", FLAG, AT(version), 0, 0},
};
/* clang-format on */

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

void options_init(struct options *o)
{
    *o = (struct options){.seed = 1,
                          .users = 5000,
                          .servers = 14,
                          .customers = 12,
                          .months = 24,
                          .deployments = 10,
                          .now = TIME_NONE,
                          .customer_id = "nimbus7q2x",
                          .db = ":memory:",
                          .bind = "127.0.0.1",
                          .token_life = 3600,
                          .client_id = "demo-client",
                          .client_secret = "demo-secret"};
    faults_init(&o->faults, 1);
}

bool address_is_loopback(const char *text)
{
    struct in_addr v4;
    struct in6_addr v6;

    if (inet_pton(AF_INET, text, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, text, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

static int unknown_option(const char *arg, size_t len, struct err *err)
{
    const char *names[ROWS], *near;
    char word[64] = "";

    for (size_t i = 0; i < ROWS; i++)
        names[i] = rows[i].name;
    if (len < sizeof(word))
        memcpy(word, arg, len);
    near = nearest_name(word, names, ROWS);
    err_set(err, ERR_USAGE, "unknown option --%.*s", (int)(len < 60 ? len : 60), arg);
    if (near != NULL)
        err_next(err, "Did you mean --%s?", near);
    return ERR_USAGE;
}

static const struct {
    const char *word, *help;
} products[PRODUCTS] = {
#define PRODUCT_ROW(w, id, text) [PRODUCT_##id] = {.word = w, .help = text},
    PRODUCT_LIST(PRODUCT_ROW)
#undef PRODUCT_ROW
};

/* "cloud,netscaler" */
static int set_products(struct options *o, const char *value, struct err *err)
{
    for (const char *p = value;; p++) {
        size_t len = strcspn(p, ",");
        int found = PRODUCT_NONE;

        for (int k = 1; k < PRODUCTS; k++)
            if (strlen(products[k].word) == len && strncmp(products[k].word, p, len) == 0)
                found = k;
        if (found == PRODUCT_NONE)
            return err_set(err, ERR_USAGE, "--without: '%.*s' is no product",
                           (int)(len < 60 ? len : 60), p);
        o->without |= 1u << found;
        p += len;
        if (*p == '\0')
            return 0;
    }
}

static int set_value(struct options *o, const struct option_row *row, const char *value,
                     struct err *err)
{
    char *at = (char *)o + row->at, *end;
    long long n;

    switch (row->kind) {
    case NUMBER:
        n = strtoll(value, &end, 10);
        if (value[0] < '0' || value[0] > '9' || *end != '\0' || n < row->min || n > row->max)
            return err_set(err, ERR_USAGE, "--%s '%.60s' is not a number from %lld to %lld",
                           row->name, value, (long long)row->min, (long long)row->max);
        memcpy(at, &(int64_t){n}, sizeof(int64_t));
        return 0;
    case TIME:
        if (time_parse(value, strlen(value), (int64_t *)at, NULL) < 0 ||
            *(int64_t *)at < term_start(2016 * 12 + 1) || *(int64_t *)at >= term_start(9999 * 12))
            return err_set(err, ERR_USAGE,
                           "--%s '%.60s' is not a time such as 2026-11-22T14:02:00Z", row->name,
                           value);
        return 0;
    case PRODUCTS_OFF:
        return set_products(o, value, err);
    case FAULT:
        return faults_add_spec(&o->faults, value, err);
    default:
        if (value[0] == '\0')
            return err_set(err, ERR_USAGE, "--%s is empty", row->name);
        memcpy(at, &value, sizeof(value));
        return 0;
    }
}

static int read_secret(struct options *o, struct err *err)
{
    char text[SECRET_MAX + 1];
    ssize_t n = -1;
    int fd = open(o->client_secret_file, O_RDONLY | O_CLOEXEC);

    if (fd >= 0) {
        n = read(fd, text, SECRET_MAX);
        close(fd);
    }
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        n--;
    if (n <= 0)
        return err_set(err, ERR_USAGE, "--client-secret-file %.100s cannot be read or is empty",
                       o->client_secret_file);
    memcpy(o->client_secret, text, (size_t)n);
    o->client_secret[n] = '\0';
    return 0;
}

/* Customer ids stand in URLs as they are. */
static bool plain_word(const char *s)
{
    return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
               strlen(s) &&
           strlen(s) <= 64;
}

static int check(struct options *o, struct err *err)
{
    if (!address_is_loopback(o->bind))
        return err_set(err, ERR_USAGE, "--bind %.60s is not a loopback address", o->bind);
    if ((o->tls_cert == NULL) != (o->tls_key == NULL))
        return err_set(err, ERR_USAGE, "--tls-cert and --tls-key go together");
    if (!plain_word(o->customer_id) || strcmp(o->customer_id, "root") == 0)
        return err_set(err, ERR_USAGE, "--customer-id %.60s is not a customer id", o->customer_id);
    if (o->client_secret_file != NULL)
        return read_secret(o, err);
    return 0;
}

int options_parse(struct options *o, int argc, char *const *argv, struct err *err)
{
    int rc = 0;

    for (int i = 1; i < argc && rc == 0; i++) {
        const struct option_row *row = NULL;
        const char *arg = argv[i], *value;
        size_t len;

        if (strncmp(arg, "--", 2) != 0 || arg[2] == '\0')
            return err_set(err, ERR_USAGE, "unexpected argument '%.60s'", arg);
        len = strcspn(arg + 2, "=");
        value = arg[2 + len] == '=' ? arg + 3 + len : NULL;
        for (size_t k = 0; k < ROWS && row == NULL; k++)
            if (strlen(rows[k].name) == len && strncmp(rows[k].name, arg + 2, len) == 0)
                row = &rows[k];
        if (row == NULL)
            return unknown_option(arg + 2, len, err);
        if (row->kind == FLAG) {
            if (value != NULL)
                return err_set(err, ERR_USAGE, "--%s takes no value", row->name);
            *((bool *)((char *)o + row->at)) = true;
            continue;
        }
        if (value == NULL && i + 1 < argc)
            value = argv[++i];
        if (value == NULL)
            return err_set(err, ERR_USAGE, "--%s needs a value", row->name);
        rc = set_value(o, row, value, err);
    }
    return rc < 0 ? rc : check(o, err);
}

void options_help(struct buf *out)
{
    buf_addstr(out, "luitop-sandbox: a local License Usage Insights API for demos and tests.\n\n"
                    "Usage: luitop-sandbox [OPTIONS]\n\n");
    for (size_t i = 0; i < ROWS; i++) {
        size_t start = out->len;

        buf_addf(out, "  --%s%s%s", rows[i].name, rows[i].value != NULL ? " " : "",
                 rows[i].value != NULL ? rows[i].value : "");
        do
            buf_addc(out, ' ');
        while (out->failed == 0 && out->len - start < 28);
        buf_addf(out, "%s\n", rows[i].help);
    }
    buf_addstr(out, "\nFault kinds:\n");
    for (int k = 1; k < FAULT_KINDS; k++)
        buf_addf(out, "  %-14s%s\n", fault_word((enum fault_kind)k),
                 fault_help((enum fault_kind)k));
    buf_addstr(out, "\nProducts:\n");
    for (int k = 1; k < PRODUCTS; k++)
        buf_addf(out, "  %-14s%s\n", products[k].word, products[k].help);
    buf_addstr(out, "\nWhile it runs: GET and POST /sandbox/faults, GET and DELETE /sandbox/log,\n"
                    "POST /sandbox/tokens/expire.\n");
}
