#include <stdio.h>

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

/* %s is a server of the provider. */
struct notice_kind {
    const char *severity, *priority, *component, *title, *description, *uri;
    bool flat; /* sent with flat title and description instead of content[] */
};

static const struct notice_kind notice_kinds[] = {
    {"Warning", "Normal", "License Usage Insights", "A license expires soon",
     "A license on %s expires in 9 days. Allocate a new one before that day.",
     "https://support.example/licenses", false},
    {"Error", "High", "License Usage Insights", "A license server does not report",
     "%s has not uploaded usage for more than three days.", NULL, false},
    {"Information", "Normal", "License Usage Insights", "Usage of the last month is ready",
     "You can tag users of the last month until the 10th.", NULL, true},
    {"Information", "Low", "Virtual Apps and Desktops", "Planned maintenance",
     "The usage service is read-only on Sunday from 02:00 to 04:00 UTC.",
     "https://status.example/maintenance", true},
    {"Warning", "Normal", "License Usage Insights", "A license of another program is installed",
     "%s holds a license that is not from the service provider program.", NULL, false},
    {"Critical", "High", "Licensing", "A license has expired",
     "A license on %s has expired. Sessions may be refused.", "https://support.example/expired",
     false},
    {"Information", "Low", "Gateway", "New version available",
     "A newer version of the gateway can be installed.", NULL, true},
};

static int insert_notice(const struct seed *s, sqlite3_stmt *st, int64_t i, int64_t created,
                         struct rng *r, struct err *err)
{
    size_t kinds = sizeof(notice_kinds) / sizeof(notice_kinds[0]);
    const struct notice_kind *k = &notice_kinds[rng_below(r, kinds)];
    int64_t servers = s->o->servers > 0 ? s->o->servers : 1;
    char guid[GUID_LEN], fqdn[64], text[256];

    rng_guid(r, guid);
    server_fqdn((int64_t)rng_below(r, (uint64_t)servers), fqdn);
    if (i == 0) {
        k = &notice_kinds[0];
        server_fqdn(2 % servers, fqdn);
    }
    snprintf(text, sizeof(text), "%s", k->description);
    if (k->severity[0] != 'I') {
        const char *rest = k->description;
        size_t n = 0;

        while (rest[n] != '\0' && rest[n] != '%')
            n++;
        snprintf(text, sizeof(text), "%.*s%s%s", (int)n, rest, rest[n] == '%' ? fqdn : "",
                 rest[n] == '%' ? rest + n + 2 : "");
    }
    return db_run(st, err, "iittttittt", i + 1, created, guid, k->component, k->severity,
                  k->priority, (int64_t)k->flat, k->title, text, k->uri);
}

int seed_notices(const struct seed *s, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int64_t created = s->now - 37 * 60;
    struct rng r;
    int rc = db_prepare(s->db, "INSERT INTO notices VALUES(?,?,?,?,?,?,?,?,?,?)", &st, err);

    rng_init(&r, (uint64_t)s->o->seed, STREAM_NOTICES);
    for (int64_t i = 0; i < NOTICES && rc == 0; i++) {
        rc = insert_notice(s, st, i, created, &r, err);
        created -= 3600 * 6 + (int64_t)rng_below(&r, 3600 * 48);
    }
    sqlite3_finalize(st);
    return rc;
}

/* What a customer's own administrators are told. */
static const struct notice_kind customer_kinds[] = {
    {"Information", "Normal", "Virtual Apps and Desktops", "A machine catalog was updated",
     "All machines of one catalog have the new image.", NULL, true},
    {"Warning", "Normal", "Virtual Apps and Desktops", "Machines are not registered",
     "Three machines have not registered for an hour.", "https://support.example/machines", false},
    {"Error", "High", "Gateway", "A connector does not answer",
     "One of two connectors has not answered since the last check.",
     "https://support.example/connectors", false},
    {"Information", "Low", "Licensing", "Licenses were assigned",
     "New users have been assigned licenses this week.", NULL, true},
};

static int insert_customer_notices(const struct seed *s, sqlite3_stmt *st, int64_t customer,
                                   int64_t count, struct rng *r, struct err *err)
{
    size_t kinds = sizeof(customer_kinds) / sizeof(customer_kinds[0]);
    int64_t created = s->now - 900;
    int rc = 0;

    for (int64_t i = 0; i < count && rc == 0; i++) {
        const struct notice_kind *k = &customer_kinds[rng_below(r, kinds)];
        char guid[GUID_LEN];

        created -= (int64_t)rng_below(r, 5 * 86400);
        rc = db_run(st, err, "iittttittt", customer, created, rng_guid(r, guid), k->component,
                    k->severity, k->priority, (int64_t)k->flat, k->title, k->description, k->uri);
    }
    return rc;
}

int seed_customer_notices(const struct seed *s, struct err *err)
{
    sqlite3_stmt *customers = NULL, *st = NULL;
    struct rng r;
    int rc = db_prepare(s->db,
                        "SELECT id, notices FROM customers WHERE type <> 'Lite'"
                        " AND notices IS NOT NULL ORDER BY id",
                        &customers, err);

    if (rc == 0)
        rc = db_prepare(s->db,
                        "INSERT INTO customer_notices(customer, created, event_id, component,"
                        " severity, priority, flat, title, description, detail_uri)"
                        " VALUES(?,?,?,?,?,?,?,?,?,?)",
                        &st, err);
    rng_init(&r, (uint64_t)s->o->seed, STREAM_CUSTOMER_NOTICES);
    while (rc == 0 && sqlite3_step(customers) == SQLITE_ROW)
        rc = insert_customer_notices(s, st, sqlite3_column_int64(customers, 0),
                                     sqlite3_column_int64(customers, 1), &r, err);
    sqlite3_finalize(customers);
    sqlite3_finalize(st);
    return rc;
}
