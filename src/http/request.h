/*
 * One HTTP exchange as handlers see it: the request, complete and checked, and the response to
 * fill.
 *
 * The server (http/server.h) makes both, for one route (http/route.h), and calls the handler in a
 * worker thread, or in the loop for inline and fast routes. Everything reached from here belongs to
 * the exchange and dies after the reply was sent: views into the head, the body, and what lies in
 * `ctx->arena`. One exchange belongs to one thread at a time.
 *
 * What has been checked before a handler runs: framing (strictly, so that no proxy can read the
 * bytes differently), the path and the query (percent-encoding, UTF-8, no control characters, no
 * name twice), the body's length. The body's content has not been looked at.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/str.h"
#include "http/address.h"

struct arena;
struct route;

/* HEAD never reaches a handler as such: it arrives as GET, and the body is left out on the wire. */
enum method {
    METHOD_GET,
    METHOD_POST,
    METHOD_PUT,
    METHOD_PATCH,
    METHOD_DELETE,
    METHOD_OPTIONS,
    METHOD_OTHER, /* anything else; no route has it */
    METHOD_COUNT
};

enum {
    REQUEST_PARAMS_MAX = 32,   /* query parameters of one request; more: 400 */
    REQUEST_SEGMENTS_MAX = 4,  /* {names} in one route's path */
    REQUEST_TARGET_MAX = 4096, /* bytes of path and query as sent; more: 414 */
    REQUEST_HEADERS_MAX = 64,  /* header lines; more: 431 */
    REQUEST_ID_LEN = 24,       /* hexadecimal digits */
    RESPONSE_HEADERS_MAX = 16, /* further ones are a programming error (assert) */
};

/* A decoded query parameter; "?a&b=" gives two with an empty value. */
struct param {
    struct str name;
    struct str value;
};

struct request {
    enum method method;
    bool head;                 /* the client sent HEAD */
    bool https;                /* the client's own leg was TLS, as a trusted proxy says */
    struct str path;           /* decoded once; starts with '/' */
    const struct route *route; /* NULL when the path or the method has none */
    struct str segments[REQUEST_SEGMENTS_MAX]; /* values of the route's {names}, in their order */
    struct param params[REQUEST_PARAMS_MAX];
    size_t param_count;
    struct str body;             /* complete; empty in `admit` */
    struct address remote;       /* the client, behind the trusted proxies */
    char id[REQUEST_ID_LEN + 1]; /* made here; goes out as X-Request-Id and into the log */
    struct ctx *ctx;             /* fresh; ctx->arena is the exchange's memory */
    void *worker;                /* what hooks.worker_open made for this thread; NULL in loops */
    void *user;                  /* for the application: carries state from `admit` or `begin` on */
    char subject[40];            /* for the log: a pseudonym of who asked, set by handlers */
    void *exchange;              /* the server's own */
};

/* The first value of a header, without spaces around it; no text when it is absent. Names are
 * compared without case. Of headers that list values only the first line is seen. */
struct str request_header(const struct request *r, const char *name);

/* The value of a cookie (the first of that name), without quotes; no text when absent. */
struct str request_cookie(const struct request *r, const char *name);

/* The decoded value of a query parameter; no text when it is absent. */
struct str request_param(const struct request *r, const char *name);

/* The value of "{name}" in the route's path; no text when the route has none of that name. */
struct str request_segment(const struct request *r, const char *name);

/* True when If-None-Match lists `etag` (with its quotes) or "*"; weak comparison. */
bool request_none_match(const struct request *r, struct str etag);

/* False when a browser says that another site made this request: by Sec-Fetch-Site or, in older
 * browsers, by an Origin that is neither this host nor one of the allowed origins. Requests without
 * either header do not come from a page and are true. Ask for every unsafe method that is
 * authorised by a cookie. */
bool request_same_site(const struct request *r);

/* True once the server was told to end (server_drain): readiness is over. */
bool request_draining(const struct request *r);

/* How a reply may be kept by browsers and proxies. */
enum cache_policy {
    CACHE_NO_STORE,   /* the default */
    CACHE_REVALIDATE, /* private, no-cache: may be kept, must be asked for with its ETag */
    CACHE_PUBLIC,     /* no-cache: as before, the same for everybody */
    CACHE_IMMUTABLE   /* public for a year: its name changes with its content */
};

struct response_header {
    const char *name;
    const char *value;
};

/*
 * The reply. A handler sets `status` and usually `content_type` and `body`. The server adds the
 * security headers, X-Request-Id, Date, Content-Length, Cache-Control, ETag, Retry-After and CORS,
 * and turns a 200 for GET whose ETag the client has into a 304.
 */
struct response {
    int status;               /* 100–599; a handler that leaves it 0 has failed: 500 */
    const char *content_type; /* static or in the arena; NULL: none */
    struct str body;          /* static or in the arena: must stay until the reply is sent */
    struct str etag;          /* with quotes; none: no header */
    enum cache_policy cache;
    int retry_after_s; /* 0: no header */
    bool close;        /* end the connection after this reply */
    /* `body` may travel compressed where it is worth it; `etag` then goes out as a weak one, which
     * If-Match never matches: for lists and documents, not for what is edited. */
    bool compress;
    /* In place of `body`: a part of an open file, which is the server's from here on. -1: none. */
    int file;
    uint64_t file_offset;
    uint64_t file_len;
    /* Content-Security-Policy of this reply; static text; NULL: the server's. */
    const char *content_policy;
    struct response_header headers[RESPONSE_HEADERS_MAX];
    size_t header_count;
    struct arena *arena; /* the exchange's */
    /* Called once, when the bytes of `body` are not needed any more, in the loop: for bodies that
     * are neither static nor in the arena, such as shared cached ones. NULL: nothing to do. */
    void (*release)(void *data);
    void *release_data;
};

/* Adds a header. `name` is static text; `value` is copied. Values with control characters (a line
 * end would be a header of its own) are an assert. Not for the headers the server adds. */
void response_header(struct response *out, const char *name, struct str value);

/* Renders an error as the application renders all of them (server_hooks.problem). */
void response_problem(struct request *r, struct response *out, int status, const char *code,
                      const char *detail);

/* Answers with `len` bytes of an open file from `offset` on, sent without being held in memory. The
 * file is closed when the reply was sent, or another one took its place. */
void response_file(struct response *out, int status, const char *content_type, int file,
                   uint64_t offset, uint64_t len);

/* Sets status, content type and body at once. */
void response_body(struct response *out, int status, const char *content_type, struct str body);

enum same_site { SAME_SITE_LAX, SAME_SITE_STRICT };

struct cookie {
    const char *name;  /* a token */
    struct str value;  /* no control characters, spaces, quotes, commas, semicolons, backslash */
    int64_t max_age_s; /* negative: until the browser closes; 0: delete it */
    bool secure;       /* required by names that start with "__Host-" */
    bool script;       /* readable by scripts: leaves out HttpOnly */
    enum same_site same_site;
};

/* Adds Set-Cookie with Path=/ and no Domain. */
void response_cookie(struct response *out, const struct cookie *cookie);

/* "GET", …; static text. */
const char *method_name(enum method method);

#endif
