/* What a provider may be entitled to. Without it, a product's operations answer 404. */
#ifndef SANDBOX_PRODUCT_H
#define SANDBOX_PRODUCT_H

/* word of --without, identifier, what it is */
#define PRODUCT_LIST(X)                                                                            \
    X("cloud", CLOUD, "all of DaaS: enterprise, partner summary, tenants")                         \
    X("netscaler", NETSCALER, "NetScaler VPX allocations")                                         \
    X("usage", USAGE, "usage, history and users of Virtual Apps and Desktops")                     \
    X("sites", SITES, "sites and delivery groups")                                                 \
    X("deployments", DEPLOYMENTS, "licensed deployments")                                          \
    X("notifications", NOTIFICATIONS, "notifications")

enum product {
    PRODUCT_NONE, /* what everyone has */
#define PRODUCT_ENUM(word, id, text) PRODUCT_##id,
    PRODUCT_LIST(PRODUCT_ENUM)
#undef PRODUCT_ENUM
        PRODUCTS
};

#endif
