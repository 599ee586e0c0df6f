/*
 * The route table: what the server answers, as data.
 *
 * The application hands in one array of routes for the life of the server. Paths are literal
 * segments and {names}: "/api/v1/tasks/{id}". A name matches one non-empty segment; a literal one
 * wins over a name in the same place. At most REQUEST_SEGMENTS_MAX names and ROUTE_DEPTH_MAX
 * segments a path. A path that ends in '/' is not the path without it.
 *
 * The router answers by itself: 404 (no such path), 405 with Allow, HEAD as GET, OPTIONS with Allow
 * and, for allowed origins, the CORS preflight.
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "http/request.h"

enum {
    ROUTE_DEPTH_MAX = 8,
    ROUTES_MAX = 256,
};

enum route_flags {
    /* `handler` runs in the loop and must neither block nor compute for long (well under 100 µs):
     * health, static files. A route with a body may be inline as well. */
    ROUTE_INLINE = 1 << 0,
    /* Logged only when it fails: probes that come every second. Counted as all others. */
    ROUTE_QUIET = 1 << 1,
};

enum fast_result {
    FAST_DONE,       /* `response` is complete */
    FAST_NEED_WORKER /* nothing was written to `response`; `handler` shall run in a worker */
};

/*
 * Takes a body as it comes, for bodies that are too large to be held: uploads. Its functions run in
 * an upload lane, a thread apart from the workers, so they may block on the disk and keep nobody
 * from being served. One exchange is in one lane at a time.
 */
struct body_sink {
    /* The head is there, nothing of the body was read: judges it and makes what `take` needs, kept
     * in request->user. Fill the response and return false to refuse. */
    bool (*begin)(struct request *request, struct response *response);
    /* The next bytes, SINK_PIECE or fewer. Fill the response and return false to refuse: the rest
     * is not taken, and when much is still to come the connection ends without the answer.
     * The client may be gone already: headers are not to be looked at. */
    bool (*take)(struct request *request, struct response *response, struct str piece);
    /* Once for each `begin` that was true, last: after the route's handler, which answers when the
     * body is complete, or without it when something was refused or the connection broke. Headers
     * are not to be looked at. */
    void (*end)(struct request *request);
};

enum { SINK_PIECE = 64 * 1024 };

struct route {
    enum method method;
    const char *path;
    size_t max_body; /* bytes; 0: a body is refused (413). Without a sink at most what the arena's
                      * cap allows. */
    unsigned flags;  /* of enum route_flags */
    void (*handler)(struct request *request, struct response *response);
    /* Optional: tried first, in the loop, for what can surely be answered without blocking (a warm
     * cache under a short lock); saves the hop to a worker, about 6 µs. request->worker is NULL.
     * The arena and ctx must be left as they were when it answers FAST_NEED_WORKER, apart from
     * memory taken. */
    enum fast_result (*fast)(struct request *request, struct response *response);
    /* Optional: the body goes there, request->body stays empty, and `handler` runs in a lane. Not
     * with ROUTE_INLINE or `fast`. */
    const struct body_sink *sink;
    const void *data; /* for the handler: request->route->data */
    const char *name; /* label in metrics and logs; NULL: "METHOD path" */
};

/* A compiled table. Immutable after router_open, so any number of threads may look up. */
struct router;

/* Compiles `count` routes, which must outlive the router. ST_INVALID with the reason in `c` for a
 * path that is not as described above, for two routes of one method and shape; ST_UNAVAILABLE when
 * memory is out. */
enum status router_open(struct ctx *c, const struct route *routes, size_t count,
                        struct router **out) MUST_USE;
void router_close(struct router *router);

struct route_match {
    const struct route *route; /* NULL: `allow` tells 404 (0) from 405 */
    unsigned allow;            /* bit 1 << method for each method the path has */
    struct str segments[REQUEST_SEGMENTS_MAX];
};

/* Looks up a decoded path. `segments` are views into `path`. */
struct route_match router_match(const struct router *router, enum method method, struct str path);

/* Writes "GET, HEAD, POST, OPTIONS" for a set of methods and a NUL; returns `out`. */
char *route_allow_text(unsigned allow, char out[64]);

#endif
