/* Why a transfer ended without a whole answer, in plain words. Pure; private to api_client/. */
#ifndef API_CLIENT_FAULT_H
#define API_CLIENT_FAULT_H

#include <stdbool.h>

#include "base/err.h"

/* kind, code, may go better next time, what a person reads before and after the host */
#define FAULT_LIST(X)                                                                              \
    X(NAME, ERR_UNREACHABLE, true, "the name ", " could not be found")                             \
    X(PROXY, ERR_UNREACHABLE, true, "the proxy did not connect to ", "")                           \
    X(CONNECT, ERR_UNREACHABLE, true, "no connection to ", "")                                     \
    X(BROKEN, ERR_UNREACHABLE, true, "the connection to ", " broke")                               \
    X(TRUNCATED, ERR_UNREACHABLE, true, "the answer of ", " ended in the middle")                  \
    X(NO_ANSWER, ERR_UNREACHABLE, true, "", " closed the connection without an answer")            \
    X(HANDSHAKE, ERR_TLS, true, "no secure connection to ", "")                                    \
    X(CERTIFICATE, ERR_TLS, false, "", " could not prove who it is")                               \
    X(CA_FILE, ERR_TLS, false, "the trusted certificates for ", " cannot be read")                 \
    X(CONNECT_TIME, ERR_TIMEOUT, true, "no connection to ", " in time")                            \
    X(ANSWER_TIME, ERR_TIMEOUT, true, "", " did not answer in time")                               \
    X(STALL, ERR_TIMEOUT, true, "the answer of ", " stopped arriving")                             \
    X(ENCODING, ERR_DATA, true, "the answer of ", " could not be unpacked")                        \
    X(NOT_HTTP, ERR_DATA, false, "", " does not speak HTTP")                                       \
    X(TOO_LONG, ERR_TOOBIG, false, "the answer of ", " is too long")                               \
    X(MEMORY, ERR_NOMEM, false, "no memory for the answer of ", "")

enum fault_kind {
    FAULT_NONE,
#define FAULT_ENUM(kind, code, retry, before, after) FAULT_##kind,
    FAULT_LIST(FAULT_ENUM)
#undef FAULT_ENUM
};

struct fault {
    enum fault_kind kind;
    enum err_code code; /* 0: none */
    bool retry;
    char why[200];
};

/* DETAIL: more words, "" for none. */
void fault_set(struct fault *f, enum fault_kind kind, const char *host, const char *detail);

#endif
