/* GET {lui}/licenseusagedata?date=YYYY-MM: published.md §3.3. */
#ifndef SANDBOX_ROUTES_USAGE_H
#define SANDBOX_ROUTES_USAGE_H

#include "sandbox/router.h"

route_handler usage_month;

#endif
