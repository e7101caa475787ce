/*
 * luitop-sandbox for a test: started on a free port of the loopback with a fixed clock and seed,
 * stopped with the test, and a settings file that points every URL of luitop at it.
 */
#ifndef TESTS_E2E_SANDBOX_H
#define TESTS_E2E_SANDBOX_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "tests/e2e/run.h"

#define SANDBOX_NOW      "2026-11-22T14:02:00Z"
#define SANDBOX_CUSTOMER "nimbus7q2x"

struct sandbox {
    pid_t pid;
    int stdin_fd; /* the sandbox ends when it is closed */
    int port;
    char dir[TEMP_PATH]; /* holds the files below; a place for a test's own */
    char port_file[TEMP_PATH + 32], settings[TEMP_PATH + 32], secret[TEMP_PATH + 32];
    char log[TEMP_PATH + 32]; /* what the sandbox wrote to stdout and stderr */
};

/* ARGS: more arguments after --port 0 --port-file F --exit-with-stdin --now SANDBOX_NOW --seed 1;
 * NULL-terminated, may be NULL; a later --now wins. Waits until the port is known, and writes the
 * usual settings file. */
void sandbox_start(struct sandbox *s, const char *const *args);
/* Ends it and removes the folder. Safe on a zeroed struct. Returns its exit status, or 128 + the
 * signal; 0 when it was not running. */
int sandbox_stop(struct sandbox *s);

/* Writes s->settings (libconfig, 0600; design.md, "Settings"): one profile "nimbus". EXTRA_PROFILE
 * and EXTRA_TOP are settings appended in the profile and at the end of the file; NULL for none. */
void sandbox_settings(struct sandbox *s, const char *extra_profile, const char *extra_top);

/* HTTP/1.1 over a plain socket, "Connection: close". The HTTP status, or -1 when no whole answer
 * came. BODY and OUT may be NULL; OUT is reset and gets the answer's body. */
int http_request(int port, const char *method, const char *path, const char *body, struct buf *out);
/* HEADERS: further lines, each with its "\r\n"; NULL: none. */
int http_request_with(int port, const char *method, const char *path, const char *headers,
                      const char *body, struct buf *out);
int sandbox_get(struct sandbox *s, const char *path, struct buf *out);
int sandbox_post(struct sandbox *s, const char *path, const char *json);

/* Sets the faults: JSON members of one fault, such as
 * "\"rate\":1,\"kind\":\"503\",\"path\":\"/lui/\",\"count\":2"; NULL clears them. */
void sandbox_fault(struct sandbox *s, const char *fault);
void sandbox_latency(struct sandbox *s, int ms);
void sandbox_expire_tokens(struct sandbox *s);
/* How many requests since the start or sandbox_forget() had METHOD (NULL: any) and a path that
 * holds PART (NULL: any); the sandbox's own paths are not counted. */
int sandbox_count(struct sandbox *s, const char *method, const char *part);
void sandbox_forget(struct sandbox *s);

#endif
