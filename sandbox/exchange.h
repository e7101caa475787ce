/* One request and its answer on a connection of server.h. */
#ifndef SANDBOX_EXCHANGE_H
#define SANDBOX_EXCHANGE_H

#include "sandbox/server.h"

#define DUE_NEVER INT64_MAX

/* The callbacks that the daemon is started with; their closure is the server. */
void *exchange_begin(void *server, const char *target, struct MHD_Connection *c);
enum MHD_Result exchange_access(void *server, struct MHD_Connection *c, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **state);
void exchange_end(void *server, struct MHD_Connection *c, void **state,
                  enum MHD_RequestTerminationCode why);

/* The earliest due time of parked exchanges, DUE_NEVER when none has one. */
int64_t exchange_next_due(const struct server *sv);
/* Resumes those that are due. */
void exchange_wake(struct server *sv, int64_t now_ms);
/* Fills FDS and EX with the stalled ones; returns how many. */
size_t exchange_stalled(struct server *sv, struct pollfd *fds, struct exchange **ex);
/* Resumes EX so that it ends without an answer. */
void exchange_abandon(struct exchange *ex);
void exchange_abandon_all(struct server *sv);

#endif
