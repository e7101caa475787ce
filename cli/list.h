/* Lists as commands: what --by and --format mean. */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include "model/listing.h"
#include "session/lists.h"

struct err;

/* The list of COMMAND --by BY (NULL: without). 0, or ERR_USAGE with the nearest name. */
int list_command_by(const char *command, const char *by, const struct list_command **out,
                    struct err *err);
/* NULL text is the table. 0 or ERR_USAGE with the nearest name. */
int list_format_parse(const char *text, enum list_format *out, struct err *err);

#endif
