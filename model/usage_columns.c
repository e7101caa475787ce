#include "model/usage_columns.h"

static const struct column columns[] = {USAGE_COLUMNS USAGE_INCOMPLETE};

/* A code that luitop cannot name is worth a look, since it is on the invoice all the same. */
static int row_severity(const void *row)
{
    bool known;

    edition_name(((const struct usage_feature *)row)->feature_id, NULL, &known);
    return known ? 0 : 1;
}

const struct row_type usage_row_type = {
    .name = "usage",
    .one = "edition",
    .many = "editions",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]) - 1,
    .screen = "edition,total,paid,free,free_percent,servers,customers",
    .id = row_id,
    .severity = row_severity,
};

const struct row_type usage_gap_row_type = {
    .name = "usage",
    .one = "edition",
    .many = "editions",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "edition,total,paid,free,free_percent,servers,customers",
    .id = row_id,
    .severity = row_severity,
};
