/*
 * Processes as /proc tells of them.
 */
#ifndef TESTS_E2E_PROCESS_H
#define TESTS_E2E_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* The state's letter in /proc: 'S' while it waits for something, 'R' while it runs or would if it
 * were let; NUL when it is gone. */
char process_state(pid_t pid);
/* Whether a process lives (a zombie does not). */
bool process_lives(pid_t pid);
/* The child of PARENT whose command line holds PART, 0 when there is none. */
pid_t process_child(pid_t parent, const char *part);
/* Waits until PID has ended. */
void process_wait_gone(pid_t pid);

#endif
