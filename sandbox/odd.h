/*
 * --odd: good answers with bad elements, so that a client can be seen to say what they are.
 *
 * Each row of the table in odd.c changes one place of one operation's answer: what is null that
 * never should be, dates of year 1, host ids that come twice, negative days, a count below its free
 * count, totals that contradict their parts, and, three months before the present one, a month
 * without data. The data themselves stay as they are. A row whose place is not there does nothing.
 * Fault kinds that spoil one element of a list do not fire on such answers.
 */
#ifndef SANDBOX_ODD_H
#define SANDBOX_ODD_H

#include "sandbox/reply.h"
#include "sandbox/router.h"

/* Spoils RP, ROUTE's 200 to RQ. TERM: the present month. */
void odd_spoil(const struct route *route, const struct request *rq, int term, struct reply *rp);

#endif
