/*
 * The provider "Nimbus Hosting", made from a seed: nothing in it is real, and nothing in it depends
 * on anything but the options, so that the same values give the same rows.
 *
 * The story repeats every 14 servers (seed_servers.c), every 8 NetScaler hosts (seed_vpx.c), every
 * 16 customers' sites (seed_sites.c) and every 10 licensed deployments (seed_deployments.c).
 * Users arrive and leave over the months, each edition with its own curve (seed_users.c). What the
 * months' usage is, is then counted from the users (usage.h), never invented beside them.
 */
#ifndef SANDBOX_SEED_H
#define SANDBOX_SEED_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/rng.h"

struct err;
struct options;

/* The provider itself. */
#define PROVIDER_ORG_ID "70020417"
#define PROVIDER_NAME   "Nimbus Hosting"
#define PROVIDER_DOMAIN "nimbus.example"

enum { SERVER_STORY = 14, VPX_STORY = 8, NOTICES = 140 };

/* What the parts of the seed share. */
struct seed {
    sqlite3 *db;
    const struct options *o;
    int64_t now;
    int term, first_term; /* the present month; the first one with data */
};

/* Random streams: one for each part, so that parts do not disturb one another. */
enum seed_stream {
    STREAM_CUSTOMERS = 1,
    STREAM_SERVERS,
    STREAM_USERS,
    STREAM_VPX,
    STREAM_NOTICES,
    STREAM_CLOUD,
    STREAM_SITES,
    STREAM_PLACES,
    STREAM_CUSTOMER_NOTICES,
    STREAM_LICENCES,
    STREAM_PARTNER,
    STREAM_DEPLOYMENTS,
    STREAM_DEPLOYMENT_USERS
};

/* Creates the tables in the empty DB and fills them; the caller holds the transaction.
 * About 3 µs a user on one core. ERR_IO or ERR_NOMEM. */
int seed_all(sqlite3 *db, const struct options *o, struct err *err);

int seed_customers(const struct seed *s, struct err *err);
int seed_servers(const struct seed *s, struct err *err);
int seed_users(const struct seed *s, struct err *err);
int seed_vpx(const struct seed *s, struct err *err);
int seed_notices(const struct seed *s, struct err *err);
int seed_states(const struct seed *s, struct err *err);
int seed_cloud(const struct seed *s, struct err *err);
int seed_sites(const struct seed *s, struct err *err);    /* after customers, before users */
int seed_licences(const struct seed *s, struct err *err); /* after servers */
int seed_partner(const struct seed *s, struct err *err);  /* after customers */
int seed_deployments(const struct seed *s, struct err *err);
/* As many for each customer as its notifictionCount says. */
int seed_customer_notices(const struct seed *s, struct err *err);

/* Where the users of the I-th server (from 0) come from. */
enum server_use {
    USE_CUSTOMERS, /* customers live here */
    USE_OWN,       /* the provider's own people: linked to nobody */
    USE_FREE,      /* a free server: test accounts */
    USE_NONE       /* no user/device licences: concurrent use, or never reported */
};
enum server_use server_use(int64_t i);
/* The I-th server is tagged to a customer, if there are customers. */
bool server_is_tagged(int64_t i);

/* Where someone works, and whether that place makes the link to his customer. */
struct placement {
    int64_t group; /* TIME_NONE: a site that does not tell */
    bool links;
};
/* A user of the customer C (from 0). LINKED: to C, if not by a place then on his own; a user whom
 * a TAGGED server or nothing links is never placed where the place would link him. Always draws
 * three numbers. */
void place_customer_user(const struct seed *s, struct rng *r, int64_t c, bool linked, bool tagged,
                         struct placement *out);
void place_own_user(const struct seed *s, struct rng *r, bool test, struct placement *out);

/* "lic01.nimbus.example" and "LIC01" for the I-th server. */
void server_fqdn(int64_t i, char out[64]);
void server_host_id(int64_t i, char out[64]);

/* "Cedar Clinic", then "cedarclinic"; unique for each I. */
void customer_name(int64_t i, char out[64]);
void customer_word(int64_t i, char out[64]);

struct person {
    char user_name[64], full_name[96];
};
/* The K-th person of a domain; K makes the name unique in it. */
void person_make(int64_t k, uint64_t domain, struct person *out);

#endif
