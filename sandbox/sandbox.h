/*
 * luitop-sandbox: a local License Usage Insights API.
 *
 * It speaks the wire contract of published.md and knows nothing of the client, so that it can be
 * the client's judge. It listens on loopback only, with one thread and one event loop.
 *
 * ## Where the hosts of the real service are
 *
 *   token A        POST /cctrustoauth2/{customer or root}/tokens/clients        (§1.2, form)
 *   token B        POST /trust/{customer or root}/tokens/clients                (§1.3, JSON)
 *   {lui}          /lui/{customerId}            licenseservers, licenseusagedata?date=,
 *                                               netscalercallinghomedata; of extensions.md:
 *                                               users?date=, licenseservers/{fqdn}, customers,
 *                                               usagehistory?startDate=&endDate=, sites,
 *                                               deployments/licenseservers, deployments/users,
 *                                               deployments/usage?startDate=&endDate=
 *   {ptn}          /partner/{customerId}        customers, customers/count,
 *                                               customers/{id}/information,
 *                                               activeuse/partner/tenant/cloud/cvad/current?customer=
 *   notifications  /notifications/{customerId}  notifications?continuationToken=; the provider's
 *                                               or a customer's
 *   core           /core/{customerId}           serviceStates
 *   cloudlicense   /cloudlicense/{customerId}   license/enterprise/cloud/cvad/ccu/summary
 *   {api}          /api                         licensing/license/enterprise/cloud/cvad/ud/current,
 *                                               …/ud/historicalusage?startDate=&endDate=,
 *                                               …/license/partner/cloud/cvad/summary?date=
 *   control        /sandbox                     faults, log, tokens/expire
 *
 * ## What happens to a request, in order
 *
 *   1. /sandbox/… is answered at once: no token, no fault, no delay, no log entry.
 *   2. A fault rule may decide (fault.h).
 *   3. Route: 404 for an unknown path, 405 with Allow for a known one, 501 for a method that HTTP
 *      does not know and for calls that a usage client must never make.
 *   4. Token: 401, in the family of the host (family 4; on {api} family 1 with a reason).
 *   5. On {api}: 406 unless Accept is exactly application/json; 500 without Citrix-CustomerId.
 *   6. Customer: 403 when it is not the provider; for notifications, nor a connected customer.
 *   7. Entitlement: 404 licensing/notFound for the products of --without (product.h). Not permitted
 *      instead: a fault, `--fault 1:403:/lui/nimbus7q2x/netscalercallinghomedata`.
 *   8. The handler. 9. --odd (odd.h). 10. Faults that change an answer. 11. ETag, 304, gzip.
 *   Every answer has CC-TransactionId, legacy hosts X-Cws-TransactionId as well.
 *
 * ## To add an operation
 *
 * Write a handler and a row in a route table (router.h): method, path template, host, product. What
 * all operations share is done here; reading parameters and pages is in params.h. A write changes
 * the tables of db.h in one transaction, calls usage_rebuild() for the terms it touched, and adds 1
 * to versions.version so that tokens of lists begun before are refused; reads always come from the
 * tables.
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include <sqlite3.h>
#include <stdint.h>

#include "sandbox/fault.h"
#include "sandbox/options.h"
#include "sandbox/reply.h"
#include "sandbox/reqlog.h"
#include "sandbox/request.h"
#include "sandbox/rng.h"
#include "sandbox/token.h"

struct sandbox {
    struct options o;
    sqlite3 *db;
    int64_t now; /* the provider's clock: stands still */
    int term;    /* the present month */
    struct tokens tokens;
    struct faults faults;
    struct reqlog log;
    struct rng ids; /* transaction ids */
};

/* Opens or builds the data that O asks for. O's texts stay borrowed. */
int sandbox_init(struct sandbox *sb, const struct options *o, struct err *err);
void sandbox_release(struct sandbox *sb);
/* Answers RQ into RP (both initialised). Never fails: lack of memory is a 500. */
void sandbox_answer(struct sandbox *sb, struct request *rq, struct reply *rp);
/* Answers what sandbox_answer() cannot: 413 for a body that is too long (TOO_LONG), else 400 for a
 * target that request_init() refused. Only method, target and headers of RQ are read. */
void sandbox_refuse(struct sandbox *sb, const struct request *rq, struct reply *rp, bool too_long);

#endif
