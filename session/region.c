#include <string.h>

#include "session/config_build.h"

/* published.md §1.5. The legacy hosts are the same in all commercial regions; those of jp and gov
 * are inferred there, which is why every URL is a setting. */
#define COMMERCIAL                                                                                 \
    [URL_LUI] = "https://licensing.citrixworkspacesapi.net/{customerId}",                          \
    [URL_PARTNER] = "https://partner.citrixworkspacesapi.net/{customerId}",                        \
    [URL_NOTIFICATIONS] = "https://notifications.citrixworkspacesapi.net/{customerId}",            \
    [URL_CLOUDLICENSE] = "https://cloudlicense.citrixworkspacesapi.net/{customerId}",              \
    [URL_CORE] = "https://core.citrixworkspacesapi.net/{customerId}"

struct region {
    const char *name;
    const char *urls[URL_COUNT];
};
static const struct region regions[] = {
    {"us",
     {[URL_TOKEN] = "https://api-us.cloud.com/cctrustoauth2/{customerId}/tokens/clients",
      [URL_API] = "https://api-us.cloud.com",
      COMMERCIAL}},
    {"eu",
     {[URL_TOKEN] = "https://api-eu.cloud.com/cctrustoauth2/{customerId}/tokens/clients",
      [URL_API] = "https://api-eu.cloud.com",
      COMMERCIAL}},
    {"ap-s",
     {[URL_TOKEN] = "https://api-ap-s.cloud.com/cctrustoauth2/{customerId}/tokens/clients",
      [URL_API] = "https://api-ap-s.cloud.com",
      COMMERCIAL}},
    {"jp",
     {[URL_TOKEN] = "https://api.citrixcloud.jp/cctrustoauth2/{customerId}/tokens/clients",
      [URL_API] = "https://api.citrixcloud.jp",
      [URL_LUI] = "https://licensing.citrixworkspacesapi.jp/{customerId}",
      [URL_PARTNER] = "https://partner.citrixworkspacesapi.jp/{customerId}",
      [URL_NOTIFICATIONS] = "https://notifications.citrixworkspacesapi.jp/{customerId}",
      [URL_CLOUDLICENSE] = "https://cloudlicense.citrixworkspacesapi.jp/{customerId}",
      [URL_CORE] = "https://core.citrixworkspacesapi.jp/{customerId}"}},
    {"gov",
     {[URL_TOKEN] = "https://trust.citrixworkspacesapi.us/{customerId}/tokens/clients",
      [URL_API] = "https://api.cloud.us",
      [URL_LUI] = "https://licensing.citrixworkspacesapi.us/{customerId}",
      [URL_PARTNER] = "https://partner.citrixworkspacesapi.us/{customerId}",
      [URL_NOTIFICATIONS] = "https://notifications.citrixworkspacesapi.us/{customerId}",
      [URL_CLOUDLICENSE] = "https://cloudlicense.citrixworkspacesapi.us/{customerId}",
      [URL_CORE] = "https://core.citrixworkspacesapi.us/{customerId}"}},
};

const char *region_url(const char *region, enum url_kind kind)
{
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        if (strcmp(regions[i].name, region) == 0)
            return regions[i].urls[kind];
    }
    return regions[0].urls[kind];
}
