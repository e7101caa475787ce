/*
 * The operations that Citrix does not publish, by the names of extensions.md: each has the place
 * where the contract puts it, and is off on an account until its profile says that it is there.
 *
 * {lui} and {api} stand for the account's bases, {fqdn}, {siteId}, {hostId}, {deliveryGroupId} and
 * {customerId} (of delete_usage_data: the account's own) for what the call is about.
 */
#ifndef API_CLIENT_OPERATION_H
#define API_CLIENT_OPERATION_H

/* name, URL: those that read, then those that write */
#define OPERATION_LIST(X)                                                                          \
    X(users, "{lui}/users")                                                                        \
    X(server_detail, "{lui}/licenseservers/{fqdn}")                                                \
    X(usage_history, "{lui}/usagehistory")                                                         \
    X(link_targets, "{lui}/customers")                                                             \
    X(sites, "{lui}/sites")                                                                        \
    X(deployments, "{lui}/deployments/licenseservers")                                             \
    X(deployment_usage, "{lui}/deployments/usage")                                                 \
    X(deployment_users, "{lui}/deployments/users")                                                 \
    X(cloud_summary, "{api}/licensing/license/partner/cloud/cvad/summary")                         \
    X(link_users, "{lui}/users/customerlinks")                                                     \
    X(set_user_type, "{lui}/users/usertypes")                                                      \
    X(add_free_users, "{lui}/users/freeusers")                                                     \
    X(create_customer, "{lui}/customers")                                                          \
    X(link_server, "{lui}/licenseservers/{fqdn}/customer")                                         \
    X(free_server, "{lui}/freeservers")                                                            \
    X(unfree_server, "{lui}/freeservers/{fqdn}")                                                   \
    X(link_site, "{lui}/sites/{siteId}/customer")                                                  \
    X(link_delivery_group, "{lui}/deliverygroups/{deliveryGroupId}/customer")                      \
    X(link_netscaler, "{lui}/netscalers/{hostId}/customer")                                        \
    X(delete_usage_data, "{lui}/deployments/usagedata")

enum operation {
#define OPERATION_ENUM(name, url) OPERATION_##name,
    OPERATION_LIST(OPERATION_ENUM)
#undef OPERATION_ENUM
        OPERATION_COUNT
};

#endif
