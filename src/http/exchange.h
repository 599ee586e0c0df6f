/*
 * The server's own view of connections and exchanges; internal to http/.
 *
 * Ownership and threads. A connection belongs to the loop that serves it from the library's
 * "started" to its "closed" callback; the acceptor only looks at its atomics, and shuts its socket
 * down, under the loop's lock, which the callbacks take too. An exchange belongs to its loop, then,
 * from the push into the queue until the resume, to a worker, then to its loop again, which takes
 * it back into its pool when the reply was sent.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <microhttpd.h>

#include "base/arena.h"
#include "http/queue.h"
#include "http/server.h"

struct counter;
struct exchange;
struct histogram;
struct loop;

/* What a connection is doing, which says what its deadline is for. */
enum phase {
    PHASE_FRESH,   /* accepted; nothing of a request was understood yet */
    PHASE_HEAD,    /* a request's head is arriving */
    PHASE_BODY,    /* its body is arriving */
    PHASE_HANDLER, /* we are at work: no deadline */
    PHASE_REPLY,   /* the client is taking the reply */
    PHASE_IDLE     /* between requests */
};

struct connection {
    struct connection *next; /* in its loop's list */
    struct connection *previous;
    struct loop *loop;
    int fd;
    bool over;   /* above max_connections: its first request gets 503 */
    bool unread; /* answered before its body came; the loop's */
    struct address peer;
    _Atomic int phase;
    _Atomic int64_t deadline_ms;
    _Atomic int64_t since_ms; /* when the phase began */
    /* The acceptor's, to notice that a request has begun on an idle connection. */
    int64_t watched_since_ms;
    int64_t next_look_ms;
    uint64_t bytes_seen;
};

enum progress {
    PROGRESS_HEAD,     /* waiting for the end of the head */
    PROGRESS_BODY,     /* taking the body, if there is one */
    PROGRESS_QUEUED,   /* a worker or a lane has it */
    PROGRESS_ANSWERED, /* `reply` is made, or cannot be (NULL) */
    PROGRESS_SENT      /* `reply` was given to the library */
};

/* What a lane has to do for an exchange. */
enum lane_work {
    LANE_BEGIN,  /* judge the head */
    LANE_TAKE,   /* hand on a piece of the body */
    LANE_FINISH, /* the last piece, and answer */
    LANE_GIVE_UP /* the last piece; there is nobody to answer */
};

struct exchange {
    struct request request;
    struct response response;
    struct ctx ctx;
    struct arena arena;
    struct exchange *next_free;
    struct loop *loop;
    struct connection *connection;
    struct MHD_Connection *link;
    struct MHD_Response *reply;
    enum progress progress;
    struct str raw_target;
    char *body; /* `body_size` bytes, `request.body.len` of them filled; with a sink one piece */
    size_t body_size;
    size_t discarded;     /* bytes that came after the answer was made */
    size_t body_expected; /* Content-Length; SIZE_MAX with chunks */
    size_t piece_len;     /* bytes collected for the sink */
    enum lane_work work;
    bool in_lanes;        /* counted in server->uploads */
    bool sink_open;       /* `begin` was true, `end` was not called yet */
    bool head_in_lane;    /* the next call of the library is still about the head */
    size_t window_bytes;  /* of a body, since its deadline was set */
    int64_t body_left_ms; /* of that deadline, when the exchange went into a lane */
    uint64_t reply_bytes; /* of the reply's body */
    int64_t begun_us;
};

enum {
    /* A body that is not wanted any more is read on and thrown away, so that its connection can
     * serve the next request, up to this; with more the connection ends (linger.c). */
    DISCARD_MAX = 1024 * 1024,
    LINGER_MAX = 64,
};

/* The socket of a connection that ended before its client had sent all. */
struct lingerer {
    int fd;
    int64_t until_ms;
    int64_t quiet_ms; /* it is given up when nothing comes until then */
};

struct lingering {
    pthread_mutex_t lock; /* of the new ones, which come from the loops */
    int new_ones[LINGER_MAX];
    int new_count;
    struct lingerer sockets[LINGER_MAX]; /* the acceptor's alone */
    int count;
};

/* Series of one label in the metrics. */
struct route_metrics {
    const char *name;
    char *own_name;             /* to be freed; NULL: `name` is the route's */
    struct counter *replies[6]; /* by status / 100; [0]: ended without a reply */
    struct histogram *seconds;
};

/* One thread and its connections. */
struct loop {
    struct server *server;
    struct MHD_Daemon *daemon;
    _Atomic int64_t added;    /* connections given to it */
    _Atomic int64_t closed;   /* of those, how many ended */
    pthread_mutex_t lock;     /* of the list */
    struct connection *first; /* the oldest */
    struct connection *last;
    struct exchange *free; /* pool */
    size_t free_count;
    uint64_t random[2]; /* for request ids */
};

struct worker {
    struct server *server;
    pthread_t thread;
    int index;
};

/* SERVER_OVER: server_run is about to return; nothing may be suspended any more. */
enum server_state { SERVER_RUNNING, SERVER_LAME, SERVER_CLOSING, SERVER_OVER };

struct server {
    struct server_config config;
    struct router *router;
    int listen_fd;
    int port;
    int wake_fd; /* eventfd: server_drain, server_stop */
    _Atomic int state;
    _Atomic bool skip_lame_duck;
    _Atomic int64_t open;      /* connections */
    _Atomic int64_t in_flight; /* exchanges */
    _Atomic int64_t at_work;   /* of those, suspended: queued or with a worker */
    struct loop *loops;
    int loop_count;
    struct queue queue;
    struct worker *workers;
    int worker_count;
    struct queue lane_queue;
    pthread_t *lanes;
    int lane_count;
    struct lingering lingering;
    _Atomic int64_t uploads;    /* exchanges that entered the lanes and have not left */
    pthread_mutex_t start_lock; /* workers report their start under it */
    pthread_cond_t started;
    int started_count;
    bool start_failed;
    bool stuck;                    /* a worker did not come back in time: nothing can be freed */
    struct route_metrics *metrics; /* one a route, then those of enum other_metrics */
    struct counter *accepted;
    struct counter *late;
    struct counter *refused;
    struct counter *overload;
};

/* What has no route of the table counts as one of these. */
enum other_metrics { METRICS_FALLBACK, METRICS_UNMATCHED, METRICS_MALFORMED, METRICS_OTHERS };

int64_t clock_us(void);
int64_t clock_ms(void);

/* connection.c: phases and deadlines. */
void connection_enter(struct connection *c, enum phase phase, int64_t now_ms, int64_t limit_ms);
struct connection *connection_open(struct loop *loop, struct MHD_Connection *link);
void connection_close(struct connection *c);
/* Closes what is late; while closing down, what is idle. */
void connections_sweep(struct server *server, int64_t now_ms);
/* Closes up to `count` connections that are between requests, the longest open first. */
void connections_make_room(struct server *server, int64_t now_ms, int count);

/* linger.c: what is left of connections that were answered early. Loops add; `fd` stays theirs. The
 * acceptor reads, and fills in what to poll until it reads again: LINGER_MAX or fewer. */
void lingering_add(struct lingering *l, int fd);
int lingering_read(struct lingering *l, int64_t now_ms, struct pollfd *fds);
void lingering_end(struct lingering *l); /* when no loop adds any more */

/* loop.c: the library's callbacks. Starts a daemon without a socket; false when it cannot. */
bool loop_open(struct server *server, struct loop *loop);
void loop_close(struct loop *loop);

/* dispatch.c: from a head to a handler. What they answer is in `reply`. */
void exchange_head(struct exchange *e, const char *method);
void exchange_body(struct exchange *e, const char *bytes, size_t len);
/* Collects for the sink up to SINK_PIECE; the number of bytes taken. */
size_t exchange_collect(struct exchange *e, const char *bytes, size_t len);
void exchange_run(struct exchange *e);      /* the handler, in a worker or for inline routes */
bool exchange_try_fast(struct exchange *e); /* in the loop; false: a worker is needed */
void exchange_refuse(struct exchange *e, int status, const char *code, const char *detail);

/* border.c: from a filled response to the library's, and the record of it. */
void border_reply(struct exchange *e);
void border_record(struct exchange *e, bool sent);
bool border_open(struct server *server);
void border_close(struct server *server);
bool origin_allowed(const struct server *server, struct str origin);
void border_preflight(struct exchange *e, unsigned allow);

/* exchange.c: the pool. */
struct exchange *exchange_take(struct loop *loop, struct MHD_Connection *link,
                               struct connection *connection);
void exchange_give_back(struct exchange *e);
void exchange_detach(struct exchange *e); /* the connection is gone: a lane has the last word */
void exchange_free(struct exchange *e);   /* one that its loop will not see again; in any thread */
void exchanges_free(struct loop *loop);

/* worker.c. False when a thread or its worker_open failed; workers_stop joins. */
bool workers_start(struct server *server);
void workers_stop(struct server *server);

/* lane.c. An exchange enters before its first push; false: too many are in. Each push but that of
 * LANE_GIVE_UP needs a suspended connection, which is resumed afterwards. */
bool lane_enter(struct exchange *e);
void lane_leave(struct exchange *e);
void lane_push(struct exchange *e, enum lane_work work);
bool lanes_start(struct server *server);
void lanes_stop(struct server *server); /* when no loop pushes any more */

/* compress.c: makes the reply shorter if its handler allows it and the client can read it. */
void response_compress(const struct request *r, struct response *out);

/* response.c. */
void response_drop_file(struct response *out);
uint64_t response_length(const struct response *out); /* bytes of body or file */

/* listen.c. */
enum status listen_open(struct ctx *c, const char *address, int *fd) MUST_USE;
int listen_port(int fd);

#endif
