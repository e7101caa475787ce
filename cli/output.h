/*
 * Where a command's data goes: stdout, or a file that is complete or not there at all.
 *
 * A file is written under another name in the same folder, synced, and put in place in one step;
 * a file that is already there is only replaced with FORCE. What is no regular file (a terminal, a
 * pipe, /dev/null) is written to as it is.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Whether output_write() would refuse PATH, told before the work is done. PATH NULL or "-" is
 * stdout. 0, ERR_USAGE (the file is there) or ERR_IO. */
int output_check(const char *path, bool force, struct err *err);
/* 0, ERR_USAGE (the file is there), ERR_IO. A reader of stdout that has gone away is no error. */
int output_write(const char *path, bool force, const char *data, size_t len, struct err *err);

#endif
