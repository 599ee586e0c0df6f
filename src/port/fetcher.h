/*
 * Fetching what a user's link leads to, somewhere in the world: by http and https only, only from
 * addresses that the world can reach, within limits of size and time.
 *
 * Implemented by client/fetcher.c over libcurl. Links are secrets: none stands in a fault's text,
 * hosts may. Any thread may call.
 */
#ifndef PORT_FETCHER_H
#define PORT_FETCHER_H

#include "base/status.h"
#include "base/str.h"

enum {
    FETCH_URL_MAX = 2000,    /* bytes */
    FETCH_REDIRECTS_MAX = 5, /* each is judged as the link was */
    FETCH_SECONDS_MAX = 30   /* for each of them */
};

/* What is known from the last time; no text: nothing. */
struct fetch_request {
    struct str url;
    struct str tag;      /* ETag */
    struct str modified; /* Last-Modified */
    size_t max;          /* bytes of the body, unpacked */
};

struct fetched {
    bool same; /* it has not changed: there is no body */
    struct str body;
    struct str tag;
    struct str modified;
};

struct fetcher {
    /* Writes a link as it will be used: webcal becomes https. In the request's arena. ST_INVALID
     * with code "link": it is none; "link_private": it names an address that is not public. */
    enum status (*check)(void *self, struct ctx *c, struct str url, struct str *out);

    /* The host that a checked link names. */
    enum status (*host)(void *self, struct ctx *c, struct str url, struct str *out);

    /* Into the request's arena. Codes, each with a sentence that names the host: ST_INVALID "link"
     * (a redirect leads to no link), "link_private"; ST_UNAVAILABLE "link_unreachable" (no such
     * host, no connection, no time left), "link_status" (it answers with an error),
     * "link_redirects"; ST_TOO_LARGE "link_size". */
    enum status (*fetch)(void *self, struct ctx *c, const struct fetch_request *request,
                         struct fetched *out);
    void *self;
};

#endif
