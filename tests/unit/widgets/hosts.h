/* A list of hosts for the tests of tables: like the servers, and all its own. */
#ifndef TESTS_UNIT_WIDGETS_HOSTS_H
#define TESTS_UNIT_WIDGETS_HOSTS_H

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "model/column.h"

struct host {
    uint64_t id;
    char name[40], fqdn[80];
    int severity;
    int64_t users;
};

static inline void host_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    static const char *const words[] = {"reporting", "reporting", "expires soon", "not reporting"};

    (void)ctx;
    value_text(out, words[((const struct host *)row)->severity]);
}

static inline void host_name(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, ((const struct host *)row)->name);
}

static inline void host_fqdn(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, ((const struct host *)row)->fqdn);
}

static inline void host_users(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, ((const struct host *)row)->users);
}

static inline uint64_t host_id(const void *row)
{
    return ((const struct host *)row)->id;
}

static inline int host_severity(const void *row)
{
    return ((const struct host *)row)->severity;
}

static const struct column host_columns[] = {
    {.name = "name",
     .title = "HOST",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 5,
     .max_width = 16,
     .kind = VALUE_TEXT,
     .get = host_name},
    {.name = "status",
     .title = "STATUS",
     .min_width = 9,
     .max_width = 16,
     .give = 1,
     .kind = VALUE_TEXT,
     .get = host_status},
    {.name = "fqdn",
     .title = "FQDN",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 40,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = host_fqdn},
    {.name = "users",
     .title = "USERS",
     .flags = COLUMN_RIGHT,
     .min_width = 6,
     .max_width = 9,
     .give = 2,
     .kind = VALUE_INT,
     .get = host_users},
};

static const struct row_type host_type = {
    .name = "hosts",
    .one = "host",
    .many = "hosts",
    .columns = host_columns,
    .count = 4,
    .screen = "status,name,fqdn,users",
    .id = host_id,
    .severity = host_severity,
};

static inline const void *host_at(const void *list, size_t i)
{
    return (const struct host *)list + i;
}

/* lic00, lic01, …: every seventh has an error, every fifth a warning. */
static inline void hosts_fill(struct host *hosts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hosts[i].id = i + 1;
        snprintf(hosts[i].name, sizeof(hosts[i].name), "lic%02zu", i);
        snprintf(hosts[i].fqdn, sizeof(hosts[i].fqdn), "lic%02zu.nimbus.example", i);
        hosts[i].severity = i % 7 == 3 ? 3 : i % 5 == 2 ? 2 : 0;
        hosts[i].users = (int64_t)(i * 1237 % 5000);
    }
}

static inline struct row_source hosts_source(const struct host *hosts, size_t count)
{
    return (struct row_source){&host_type, hosts, count, host_at};
}

#endif
