/*
 * The HTTP server: sockets, threads, limits and deadlines around a route table.
 *
 *     acceptor ──> one epoll loop per core ──> bounded queue ──> workers
 *
 * The thread that calls server_run accepts, spreads connections evenly over the loops, and once in
 * a while closes what is late. A loop reads requests within their limits, answers inline routes and
 * refusals itself, and hands everything else to the queue; a worker runs the handler; the loop
 * sends. When the queue is full, or its oldest entry has waited too long, new requests get 503 with
 * Retry-After at once: late answers help nobody.
 *
 * Everything a client can make grow has a limit below, everything a client can delay a deadline.
 * Requests that two programs could read differently (conflicting or repeated Content-Length,
 * Content-Length with Transfer-Encoding, bare CR or LF, folded lines, NUL, two Hosts …) are refused
 * with 400 and the connection is closed.
 *
 * One line a request goes to the log, its route's pattern in place of its path, and into the
 * metrics. Security headers go on every reply.
 *
 * libmicrohttpd reads and writes HTTP/1.1 underneath; only http/ knows.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "http/route.h"

struct config;
struct log;
struct metrics;
struct server;

/* What the application adds. All optional, called with `data`. */
struct server_hooks {
    void *data;
    /* Renders an error the server itself found (404, 405, 413, 503 …) into a response that has
     * nothing but its status set: `code` is stable lower_snake text, `detail` a sentence. Runs in
     * loops: must not block. Without it errors have an empty body. */
    void (*problem)(void *data, struct request *request, struct response *response, int status,
                    const char *code, const char *detail);
    /* Called in the loop when the head of a routed request is there and before any of its body is
     * read (so before "100 Continue"): rate limits, plainly missing credentials. Fill the response
     * and return false to refuse; the connection is closed if a body was announced. */
    bool (*admit)(void *data, struct request *request, struct response *response);
    /* Sees every response made by routes, refusals included, right before it is sent, in the
     * thread that made it. It may add headers. */
    void (*finish)(void *data, struct request *request, struct response *response);
    /* Makes and frees what a worker thread keeps (request->worker): a database handle … Called in
     * that thread. If worker_open returns NULL, server_open fails. */
    void *(*worker_open)(void *data, int index);
    void (*worker_close)(void *data, void *worker);
};

struct server_config {
    /* Where to listen: "127.0.0.1:8080", "[::1]:0", "0.0.0.0:80"; port 0: the kernel chooses. Not
     * looked at when `listen_fd` is not negative. */
    const char *listen;
    int listen_fd; /* a listening socket to take over, see server_inherited_socket; -1: none */

    const struct route *routes;
    size_t route_count;
    /* Answers GET for paths no route has (the web app). Its path is not looked at. NULL: 404. */
    const struct route *fallback;

    int loops;   /* 0: one per core */
    int workers; /* 0: eight per core */
    int lanes;   /* threads for routes with a body_sink; none are started without such routes */

    size_t queue_length;      /* requests waiting for a worker; more: 503 */
    int queue_age_ms;         /* the oldest one's wait from which new ones get 503 */
    size_t max_connections;   /* all; then idle ones are closed, and new ones refused with 503 */
    size_t max_per_address;   /* connections of one address, 0: no limit; needs trusted_hops 0 */
    size_t connection_memory; /* bytes for the head of a request, and its parsing; more: 431 */
    size_t max_uploads;       /* bodies on their way into sinks; more: 503 */
    size_t request_memory;    /* bytes an exchange's arena may take, body included */

    int header_timeout_ms; /* from the first byte of a request to the end of its headers */
    int body_timeout_ms;   /* from there to the end of its body */
    int body_rate;         /* bytes a second that a body for a sink must bring in the long run: so
                            * many times body_timeout_ms within each body_timeout_ms, else the
                            * connection is closed */
    int write_timeout_ms;  /* to take the reply, plus one second for each `write_rate` bytes */
    int write_rate;        /* bytes a second a reader must take at least */
    int idle_timeout_ms;   /* between requests; above that of a load balancer in front */

    int lame_duck_ms;     /* at server_drain: so long everything is still served, unready */
    int drain_timeout_ms; /* then so long for what is in flight */

    /* Number of proxies in front that append to X-Forwarded-For: the client is that many entries
     * from the right, everything left of it is hearsay. 0: the peer is the client. */
    int trusted_hops;
    /* Origins ("https://app.example") whose pages may call with credentials; ended by NULL. */
    const char *const *origins;
    const char *content_policy; /* Content-Security-Policy; NULL: everything from 'self' only */

    struct server_hooks hooks;
    struct log *log;         /* NULL: no log */
    struct metrics *metrics; /* NULL: none. Not to be written any more after server_close */
};

/* The defaults named in docs: no routes, no address. */
struct server_config server_config_default(void);

/* Limits and time-outs as the settings say (those named http_…). */
void server_config_settings(const struct config *settings, struct server_config *config);

/* The socket handed over by a supervisor or a former instance: LISTEN_FDS=1, LISTEN_PID=our pid,
 * descriptor 3. -1: none. Marks it close-on-exec. */
int server_inherited_socket(void);

/* Binds and listens, compiles the routes, starts loops and workers. `config` is copied, what it
 * points to must outlive the server. Connections are answered from server_run on; until then the
 * kernel queues them. ST_INVALID: address or routes are wrong; ST_CONFLICT: the address is in use;
 * ST_DENIED: the address is not ours to bind; ST_UNAVAILABLE: out of memory, threads, descriptors.
 */
enum status server_open(struct ctx *c, const struct server_config *config,
                        struct server **out) MUST_USE;

/* The port listened on, host order. */
int server_port(const struct server *server);

/* The listening socket, to hand to a successor; the server keeps owning its own copy. */
int server_socket(const struct server *server);

/* Accepts until server_drain or server_stop, then finishes. Returns the number of exchanges cut off
 * because they were not done in time: 0 is a clean end. Then nothing more goes to handlers. */
int server_run(struct server *server);

/* Begins the end: readiness is over (request_draining), replies carry Connection: close, after the
 * lame-duck time the accept queue is emptied and the socket closed, what is in flight is finished.
 * From any thread, also from a signal handler. */
void server_drain(struct server *server);

/* The same without the lame-duck time. */
void server_stop(struct server *server);

/* Frees everything; after server_run returned, or instead of it. False: a handler did not come back
 * in time, so nothing was freed, and what the handlers use may not be freed either: end the
 * process. NULL is allowed. */
bool server_close(struct server *server);

#endif
