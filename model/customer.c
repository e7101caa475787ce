#include "model/account.h"

#include <stdlib.h>

#include "base/buf.h"
#include "model/getters.h"
#include "model/list.h"

LIST_INIT(customer_list)
LIST_ROWS(customer_list, customer, CUSTOMERS_MAX)
LIST_SOURCE(customer_list, customer_row_type)

void customer_list_finish(struct customer_list *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->rows[i].row_id = row_hash(&l->rows[i].id, 1);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct customer, row_id));
}

GET_TEXT(customer, id)
GET_TEXT(customer, type)
GET_TEXT(customer, name)
GET_TEXT(customer, org_id)
GET_TEXT(customer, connection_id)
GET_TEXT(customer, admin_name)
GET_TEXT(customer, admin_email)

static void show_name(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer *c = row;

    (void)ctx;
    buf_addstr(out, c->name != NULL && c->name[0] != '\0' ? c->name : c->id);
}

static void get_notifications(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct customer *c = row;

    (void)ctx;
    if (c->notifications < 0)
        value_null(out);
    else
        value_int(out, c->notifications);
}

static const struct column columns[] = {
    {.name = "customer_id",
     .title = "ID",
     .help = "customer id; a Lite customer's is a long one",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_id},
    {.name = "type",
     .title = "TYPE",
     .help = "Managed, Hosted or Lite",
     .min_width = 7,
     .max_width = 8,
     .give = 1,
     .kind = VALUE_TEXT,
     .get = get_type},
    {.name = "name",
     .title = "CUSTOMER",
     .help = "display name; the screen shows the id where there is none",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_name,
     .show = show_name},
    {.name = "org_id",
     .title = "ORG ID",
     .help = "Citrix organisation id",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 14,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_org_id},
    {.name = "connection_id",
     .title = "CONNECTION",
     .help = "id of the partner connection",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_connection_id},
    {.name = "admin_name",
     .title = "ADMINISTRATOR",
     .help = "full name of the customer's administrator",
     .flags = COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 32,
     .give = 5,
     .kind = VALUE_TEXT,
     .get = get_admin_name},
    {.name = "admin_email",
     .title = "E-MAIL",
     .help = "address of the administrator",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 40,
     .give = 5,
     .kind = VALUE_TEXT,
     .get = get_admin_email},
    {.name = "notifications",
     .title = "NOTICES",
     .help = "notifications that the customer has; empty when not told",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 7,
     .max_width = 9,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_notifications},
};

static uint64_t row_id(const void *row)
{
    return ((const struct customer *)row)->row_id;
}

const struct row_type customer_row_type = {
    .name = "customers",
    .one = "customer",
    .many = "customers",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "name,type,org_id,notifications,admin_name",
    .id = row_id,
};
