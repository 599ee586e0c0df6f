/*
 * Fetching (port/fetcher.h) by libcurl. Every connection goes to an address that was looked at in
 * the moment of connecting; proxies of the environment are not used; redirects are followed one by
 * one, each judged as the link itself.
 */
#ifndef CLIENT_FETCHER_H
#define CLIENT_FETCHER_H

#include <stdatomic.h>

#include "port/fetcher.h"

struct curl_fetcher;

struct fetcher_config {
    const char *allowed; /* addresses that may be fetched from though they are not public: commas
                          * between them; "" or NULL: none */
    const atomic_bool *stopping; /* the process is to end: give up; or NULL */
};

/* ST_UNAVAILABLE: memory. ST_INVALID: `allowed` is no list of addresses. */
MUST_USE enum status curl_fetcher_open(struct ctx *c, const struct fetcher_config *config,
                                       struct curl_fetcher **out);
struct fetcher curl_fetcher_port(struct curl_fetcher *fetcher);

/* NULL is allowed. No fetch may be under way. */
void curl_fetcher_close(struct curl_fetcher *fetcher);

#endif
