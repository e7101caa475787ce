/*
 * Counting a month's usage from the users.
 *
 * Who counts (published.md §3.3, §3.5; extensions.md, rules):
 * - A user is active from first_term to last_term, every `period` months, and is first seen on
 *   day `first_day` of such a month.
 * - A server tells of a user when it has reported since: in every term before that of its last
 *   report, and in that one up to the report's day. So the present month is partial, and a silent
 *   server's users are missing from it. A user whom no server tells of does not count.
 * - A user counts once per feature, however many servers tell of him; the servers' counts may add
 *   up to more.
 * - Free: the user's own type decides; without one, a user told of by free servers only is free.
 * - Customer: the user's own link, else the tag of the first tagged server (lowest id), else the
 *   link of the delivery group, else that of the group's site, else none.
 *
 * The counts stand in usage_totals, usage_servers, usage_customers (customer 0 is the Not Linked
 * remainder), server_customers and usage_users (users whatever their editions; group 0: all). An
 * operation that changes users or tags calls usage_rebuild() for the terms it touched.
 */
#ifndef SANDBOX_USAGE_H
#define SANDBOX_USAGE_H

#include <sqlite3.h>

struct err;

enum { USAGE_FEATURES = 4 };

/* Counts the terms FIRST to LAST anew, in the caller's transaction. One pass over the users for
 * each 64 MB of counters: about 1 µs a user, 20 ns a user and term. ERR_IO or ERR_NOMEM. */
int usage_rebuild(sqlite3 *db, int first, int last, struct err *err);

#endif
