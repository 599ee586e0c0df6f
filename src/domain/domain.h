/*
 * What every use case needs: storage and the ports to the world. Made once by the command line;
 * read-only afterwards, so it is shared by all threads. Tests hand in a clock and a source of
 * randomness of their own.
 */
#ifndef DOMAIN_DOMAIN_H
#define DOMAIN_DOMAIN_H

#include "port/archive.h"
#include "port/clock.h"
#include "port/digest.h"
#include "port/fetcher.h"
#include "port/ics.h"
#include "port/media.h"
#include "port/password.h"
#include "port/random.h"
#include "port/sniffer.h"
#include "port/zone.h"
#include "store/store.h"

/* Who may make an account. Invitations to become an administrator are always good. */
enum registration {
    REGISTRATION_OPEN,    /* anyone */
    REGISTRATION_INVITED, /* who has an invitation */
    REGISTRATION_CLOSED   /* nobody: administrators make accounts by the command */
};

/* What the installation's settings say. */
struct policy {
    enum registration registration;
    bool no_guests; /* nobody begins as a guest */
};

struct zone_cache;
struct turns;

struct domain {
    struct store *store;
    struct policy policy;
    struct clock clock;
    struct random_source random;
    struct digester digester;
    struct password_hasher passwords;
    struct archives archives;    /* that users take away */
    struct ics_reader calendars; /* of others */
    struct fetcher fetcher;      /* of what links lead to */
    struct media media;
    struct spool spool;
    struct sniffer sniffer;
    struct zone_cache *zones; /* domain/zones.h */
    struct turns *turns;      /* domain/turns.h; NULL: none */
};

/* From where somebody asks, shortened to what its owner needs to recognise it: api/ fills it in,
 * domain/audit.h notes it (model/audit.h). Texts that are not there are not known. */
struct whence {
    struct str device;
    struct str address;
};

/* Who asks: an account, which need not have a session (jobs act in a user's name too), and from
 * where. `user` is none for nobody. */
struct caller {
    struct id user;
    enum account_kind kind;
    struct whence from;
    bool admin;
    int32_t storage_mib; /* the account's; 0: as usual */
};

/* A fresh id. */
struct id domain_new_id(const struct domain *d);

#endif
