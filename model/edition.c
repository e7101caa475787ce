#include "model/usage.h"

#include <string.h>

/* published.md §5. The short name goes into tables; the brand is the product's full name. Only the
 * three User/Device editions have a documented name of today, so the others keep their classic one.
 */
static const struct {
    const char *code, *name, *brand;
} editions[] = {
    {"XDT_PLT_UD", "Premium", "Citrix Virtual Apps and Desktops Premium"},
    {"XDT_ADV_UD", "Standard, apps", "Citrix Virtual Apps Standard"},
    {"XDT_STD_UD", "Standard, desktops", "Citrix Virtual Desktops Standard"},
    {"XDT_ENT_UD", "XenDesktop Enterprise", "XenDesktop Enterprise, User/Device"},
    {"XDT_PLT_CCS", "XenDesktop Platinum CCU", "XenDesktop Platinum, Concurrent"},
    {"XDS_PLT_CCS", "XenDesktop Platinum CCU", "XenDesktop Platinum, Concurrent"},
    {"XDT_ENT_CCS", "XenDesktop Enterprise CCU", "XenDesktop Enterprise, Concurrent"},
    {"XDS_ENT_CCS", "XenDesktop Enterprise CCU", "XenDesktop Enterprise, Concurrent"},
    {"XDT_STD_CCS", "XenDesktop VDI CCU", "XenDesktop VDI, Concurrent"},
    {"XDS_STD_CCS", "XenDesktop VDI CCU", "XenDesktop VDI, Concurrent"},
    {"XDS_ADV_CCS", "XenDesktop Advanced CCU", "XenDesktop Advanced, Concurrent"},
    {"MPS_PLT_CCU", "XenApp Platinum CCU", "XenApp Platinum, Concurrent"},
    {"MPS_ENT_CCU", "XenApp Enterprise CCU", "XenApp Enterprise, Concurrent"},
    {"MPS_ADV_CCU", "XenApp Advanced CCU", "XenApp Advanced, Concurrent"},
    {"MPS_STD_CCU", "Presentation Server CCU", "Presentation Server Standard, Concurrent"},
    {"PVS_STD_CCS", "Provisioning", "Provisioning Services"},
    {"PVSD_STD_CCS", "Provisioning, desktops", "Provisioning Services for Desktops"},
    {"CESEP_ENT_CCU", "EdgeSight Endpoints", "EdgeSight for Endpoints"},
    {"CESPS_ENT_CCU", "EdgeSight XenApp", "EdgeSight for XenApp"},
    {"CAG_SSLVPN_CCU", "Access Gateway Std", "Access Gateway Standard"},
    {"CAG_AAC_CCU", "Access Gateway Adv", "Access Gateway Advanced"},
    {"CAG_ICA_CCU", "Access Gateway Basic", "Access Gateway Basic"},
    {"CNS_V1_SERVER", "VPX 1", "NetScaler VPX 1 Mbps"},
    {"CNS_V10_SERVER", "VPX 10", "NetScaler VPX 10 Mbps"},
    {"CNS_V25_SERVER", "VPX 25", "NetScaler VPX 25 Mbps"},
    {"CNS_V100_SERVER", "VPX 100", "NetScaler VPX 100 Mbps"},
    {"CNS_V200_SERVER", "VPX 200", "NetScaler VPX 200 Mbps"},
    {"CNS_V500_SERVER", "VPX 500", "NetScaler VPX 500 Mbps"},
    {"CNS_V1000_SERVER", "VPX 1000", "NetScaler VPX 1000 Mbps"},
    {"CNS_V3000_SERVER", "VPX 3000", "NetScaler VPX 3000 Mbps"},
    {"CNS_V5000_SERVER", "VPX 5000", "NetScaler VPX 5000 Mbps"},
    {"CNS_V10000_SERVER", "VPX 10000", "NetScaler VPX 10000 Mbps"},
    {"CNS_V25000_SERVER", "VPX 25000", "NetScaler VPX 25000 Mbps"},
    {"CNS_SSE_SERVER", "NetScaler Standard", "NetScaler Standard edition"},
    {"CNS_SEE_SERVER", "NetScaler Advanced", "NetScaler Enterprise edition, now Advanced"},
    {"CNS_SPE_SERVER", "NetScaler Premium", "NetScaler Platinum edition, now Premium"},
    {"CITRIX", "Start-up licence", "Start-up licence"},
    {"CTXLSDIAG", "Diagnostics", "License Server diagnostics"},
};

/* The index in the table, or -1. */
static int find(const char *code)
{
    for (size_t i = 0; code != NULL && i < sizeof(editions) / sizeof(editions[0]); i++) {
        if (strcmp(editions[i].code, code) == 0)
            return (int)i;
    }
    return -1;
}

const char *edition_name(const char *feature_id, const char *description, bool *known)
{
    int i = find(feature_id);

    if (known != NULL)
        *known = i >= 0;
    if (i >= 0)
        return editions[i].name;
    if (description != NULL && description[0] != '\0')
        return description;
    return feature_id != NULL ? feature_id : "";
}

const char *edition_brand(const char *feature_id)
{
    int i = find(feature_id);

    return i >= 0 ? editions[i].brand : NULL;
}
