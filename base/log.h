/*
 * The debug log: one line an event, to a file the user named (--log FILE), off by default.
 * Lines are made harmless (utf8.h) and cut at 1 000 bytes. Callers never pass a secret, a token
 * or a request body.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

struct err;

struct log {
    int fd; /* -1: off */
};

void log_init(struct log *l);
/* Appends to PATH, created with mode 0600; a symbolic link is refused. 0 or ERR_IO. */
int log_open(struct log *l, const char *path, struct err *err);
void log_release(struct log *l);
/* Writes one line with the time in front; does nothing when off. L may be NULL. */
void log_line(struct log *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
