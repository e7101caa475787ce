/*
 * How much of its cloud licences one customer uses, as its partner sees it (published.md §3.15 c).
 *
 * Counts and percentages are the service's own. A model that the customer does not have is not
 * `known`; concurrent licences missing means that it uses the user/device model.
 */
#ifndef MODEL_TENANT_USE_H
#define MODEL_TENANT_USE_H

#include <stdbool.h>
#include <stdint.h>

struct active_use {
    int64_t count;
    int64_t percent_100; /* hundredths of a per cent; -1: not told */
};
struct tenant_model {
    bool known;
    struct active_use day, month, day_devices, month_devices;
    int64_t as_of; /* recordingTimeStamp; TIME_NONE */
};
/* Owns nothing; zeroed is empty. */
struct tenant_use {
    bool known; /* something was decoded */
    struct tenant_model concurrent, user_device;
};

#endif
