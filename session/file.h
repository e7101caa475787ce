/*
 * A file that is complete or not there at all.
 *
 * It is written under another name in the same folder, synced, and put in place in one step; a file
 * that is already there is only replaced when told so, also when it appears in between. Behind a
 * symbolic link the file is replaced and the link stays. What is no regular file is refused.
 */
#ifndef SESSION_FILE_H
#define SESSION_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Whether file_write() would refuse PATH for what is there now. 0, ERR_USAGE (a file is there, and
 * REPLACE is not set), ERR_IO. */
int file_check(const char *path, bool replace, struct err *err);
/* As file_check(), and ERR_IO for whatever the system says; then nothing is left behind. Takes as
 * long as the disk does. */
int file_write(const char *path, bool replace, const char *data, size_t len, struct err *err);
/* All of DATA to an open descriptor. 0 or errno. */
int file_write_all(int fd, const char *data, size_t len);

#endif
