/* Help and version texts, made from the tables of args.h and the columns of the lists. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

struct buf;
struct command;

/* Examples first, then commands and options. */
void help_full(struct buf *out);
/* A few lines for who called luitop in a way that cannot work. */
void help_short(struct buf *out);
void help_command(struct buf *out, const struct command *command);
/* "luitop 0.1.0 (libcurl/7.88.1 …)": one line. */
void help_version(struct buf *out);

#endif
