#include "tests/e2e/servers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <cmocka.h>

#include "tests/e2e/oracle.h"

/* "2026-03-04T01:05:09.00-05:00" in UTC seconds. */
static int64_t iso_time(const json_t *value)
{
    const char *text = json_string_value(value);
    struct tm tm = {0};
    int hours, minutes;
    char sign;

    if (text == NULL)
        return INT64_MIN;
    if (sscanf(text, "%d-%d-%dT%d:%d:%d.%*d%c%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &sign, &hours, &minutes) != 9)
        fail_msg("not a time: %s", text);
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return timegm(&tm) - (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

static bool yes(const json_t *row, const char *name)
{
    json_t *value = json_object_get(row, name);

    if (!json_is_boolean(value))
        fail_msg("%s is not a boolean", name);
    return json_is_true(value);
}

static void copy(char *out, size_t size, const json_t *value)
{
    snprintf(out, size, "%s", json_is_string(value) ? json_string_value(value) : "");
}

static int severity_of(const json_t *row)
{
    static const char *const words[] = {"ok", "information", "warning", "error"};
    const char *word = oracle_server_severity(row);
    int i = 3;

    while (i > 0 && strcmp(word, words[i]) != 0)
        i--;
    return i;
}

static void add_customers(struct server_fact *f, const json_t *row)
{
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(row, "linkedCustomerList"), i, one)
    {
        json_t *name = json_object_get(one, "customerDisplayName");
        size_t n = strlen(f->customers);

        if (!json_is_string(name))
            name = json_object_get(one, "customerNickName");
        if (!json_is_string(name))
            name = json_object_get(one, "customerId");
        if (json_is_string(name))
            snprintf(f->customers + n, sizeof(f->customers) - n, "%s%s", n > 0 ? "; " : "",
                     json_string_value(name));
    }
}

static void read_row(const json_t *row, struct server_fact *f)
{
    json_t *days = json_object_get(row, "daysToExpire");

    copy(f->host, sizeof(f->host), json_object_get(row, "hostId"));
    copy(f->fqdn, sizeof(f->fqdn), json_object_get(row, "fqdn"));
    f->last_report = iso_time(json_object_get(row, "lastPhoningHomeTime"));
    f->expires = iso_time(json_object_get(row, "licenseExpirationDate"));
    f->days = json_is_integer(days) ? json_integer_value(days) : INT64_MIN;
    f->phoning = yes(row, "isPhoningHome");
    f->ever = yes(row, "isEverReported");
    f->free = yes(row, "isLicenseServerFree");
    f->ccu = yes(row, "isCcu");
    add_customers(f, row);
    f->severity = severity_of(row);
    f->messages = oracle_server_messages(row);
}

void servers_fetch(struct sandbox *s, struct server_facts *out)
{
    json_t *root = oracle_get(s, ORACLE_SERVERS), *rows;

    memset(out, 0, sizeof(*out));
    rows = json_object_get(root, "licenseServersStatus");
    assert_true(json_is_array(rows));
    assert_in_range(json_array_size(rows), 1, FACTS_MAX);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        out->rows[i].place = i;
        read_row(json_array_get(rows, i), &out->rows[i]);
    }
    out->count = json_array_size(rows);
    json_decref(root);
}

void servers_pick(const struct server_facts *all, bool (*pick)(const struct server_fact *),
                  struct server_facts *out)
{
    out->count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (pick(&all->rows[i]))
            out->rows[out->count++] = all->rows[i];
}

struct order {
    const char *column;
    bool desc;
    int64_t now;
};

static int64_t number_of(const struct server_fact *f, const struct order *o)
{
    const char *c = o->column;

    if (strcmp(c, "severity") == 0 || strcmp(c, "status") == 0)
        return f->severity * 3 + (strcmp(c, "status") == 0 && !f->phoning ? 1 + !f->ever : 0);
    if (strcmp(c, "last_reported") == 0)
        return f->last_report;
    if (strcmp(c, "age_hours") == 0)
        return f->last_report == INT64_MIN ? INT64_MIN : (o->now - f->last_report) / 3600;
    if (strcmp(c, "expires") == 0)
        return f->expires;
    if (strcmp(c, "days_to_expire") == 0)
        return f->days;
    if (strcmp(c, "free") == 0)
        return f->free;
    if (strcmp(c, "ccu") == 0)
        return f->ccu;
    if (strcmp(c, "messages") == 0)
        return f->messages;
    fail_msg("unknown column %s", c);
    return 0;
}

static const char *text_of(const struct server_fact *f, const char *column)
{
    return strcmp(column, "host_id") == 0     ? f->host
           : strcmp(column, "fqdn") == 0      ? f->fqdn
           : strcmp(column, "customers") == 0 ? f->customers
                                              : NULL;
}

static int compare(const void *pa, const void *pb, void *arg)
{
    const struct server_fact *a = pa, *b = pb;
    const struct order *o = arg;
    const char *ta = text_of(a, o->column), *tb = text_of(b, o->column);
    int64_t na = ta != NULL ? (*ta != '\0' ? 0 : INT64_MIN) : number_of(a, o);
    int64_t nb = tb != NULL ? (*tb != '\0' ? 0 : INT64_MIN) : number_of(b, o);
    int c;

    if ((na == INT64_MIN) != (nb == INT64_MIN))
        return na == INT64_MIN ? 1 : -1;
    c = ta != NULL ? strcasecmp(ta, tb) : (na > nb) - (na < nb);
    if (c != 0)
        return o->desc ? -c : c;
    return a->place < b->place ? -1 : 1;
}

void servers_sort(struct server_facts *f, const char *column, bool desc, int64_t now)
{
    struct order o = {column, desc, now};

    qsort_r(f->rows, f->count, sizeof(f->rows[0]), compare, &o);
}

const char *servers_hosts(const struct server_facts *f, struct buf *out)
{
    buf_reset(out);
    for (size_t i = 0; i < f->count; i++)
        buf_addf(out, "%s%s", i > 0 ? " " : "", f->rows[i].host);
    return out->data;
}
