/*
 * Signals become bytes in a pipe that the loop waits for.
 *
 * This file holds the only mutable state of the program outside its structs: the pipe, and what a
 * crash handler needs to give the terminal back. One user at a time.
 */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Catches SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT into the pipe, ignores SIGPIPE,
 * and remembers the terminal's modes for the crash handler. Before the screen is opened. */
int signals_open(struct err *err);
void signals_close(void); /* puts the default actions back */
int signals_fd(void);
/* The next caught signal, or 0. Never waits. */
int signals_next(void);
/* What to write to the terminal when the program crashes; COUNT 0: nothing (screen is closed). */
void signals_on_crash(const char *bytes, size_t count);
/* Stops the process group as Ctrl-Z in a cooked terminal does; returns when it is continued. */
void signals_stop_self(void);

#endif
