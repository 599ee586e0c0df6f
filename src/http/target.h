/*
 * The request target: what stands between method and version in the request line, taken apart.
 *
 * Internal to http/. Decoding happens once and strictly; what two programs could understand
 * differently is refused. Pure: no sockets, no library.
 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "http/request.h"

/* Why a target was refused. */
struct target_fault {
    int status;
    const char *code; /* NULL: nothing is wrong */
    const char *detail;
};

/* Sets path, params and param_count of `r` from `raw` ("/tasks?limit=5", or in absolute form for
 * the same `host`; "*" gives the path "*"). Decoded text lies in `arena`.
 *
 * Refused with 400: wrong percent-encoding, control characters, "/" and NUL when encoded, invalid
 * UTF-8, a name twice, more than REQUEST_PARAMS_MAX parameters, a fragment, another form of
 * target; with 414 more than REQUEST_TARGET_MAX bytes; with 503 when the arena is used up. */
struct target_fault target_parse(struct request *r, struct arena *arena, struct str raw,
                                 struct str host);

/* The value of `name` in a Cookie header's value: the first of that name, without quotes. */
struct str cookie_find(struct str header, struct str name);

/* Whether a header that lists entity tags, or "*", matches `etag`; weak comparison. */
bool etag_listed(struct str header, struct str etag);

/* Finds `token` in a comma-separated list, without case. */
bool list_has_token(struct str list, struct str token);

#endif
