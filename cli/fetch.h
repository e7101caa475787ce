/*
 * Asking the service and waiting for it, with Ctrl-C, a time limit and a word on the terminal when
 * it takes long; and what to say of a resource that is not known.
 */
#ifndef CLI_FETCH_H
#define CLI_FETCH_H

#include <stdbool.h>

#include "session/session.h"

struct err;

struct fetch {
    int seconds;   /* 0: as long as the retries take */
    bool progress; /* say on stderr what is waited for, after a second */
    int from, to;  /* these months of the history too; both 0: none */
};

/* Remembers, asks for the resources in MASK and runs until none of them is loading. 0 (each
 * resource and month tells how it went), ERR_CANCELLED (SIGINT came), ERR_TIMEOUT, ERR_IO. */
int fetch_run(struct session *s, unsigned mask, const struct fetch *f, struct err *err);

/* 0 when KIND's data can be used as the truth: asked for and got, or remembered while offline. Else
 * its failure, or why it is not known. Data from an earlier run may be there all the same
 * (resource.known). */
int fetch_fault(const struct session *s, enum resource_kind kind, struct err *err);
/* As fetch_fault(), but that the account has no such product is no fault. */
int fetch_fault_optional(const struct session *s, enum resource_kind kind, struct err *err);
/* Rows of KIND that could not be read: ERR_DATA, or 0 when there are none. */
int fetch_unreadable(const struct session *s, enum resource_kind kind, struct err *err);

#endif
