/* The URLs of the extension operations that an account has (extensions.md, design.md "Settings").
 */
#ifndef SESSION_OPERATION_H
#define SESSION_OPERATION_H

#include "api_client/operation.h"

struct buf;
struct profile;

/* Where the contract puts OP, with its {…}; its name in settings. */
const char *operation_default(enum operation op);
const char *operation_name(enum operation op);
/* Appends TEMPLATE with {lui}, {api}, {ptn} and {customerId} of P's URLs and customer in their
 * places; what a call is about ({fqdn}, …) stays. 0 or ERR_TOOBIG, ERR_NOMEM. */
int operation_fill(struct buf *out, const char *template, const struct profile *p);

#endif
