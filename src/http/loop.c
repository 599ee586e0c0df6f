#include <string.h>
#include <sys/random.h>

#include "http/exchange.h"
#include "http/target.h"
#include "ops/metrics.h"

/*
 * libmicrohttpd calls, for each request in this order: on_line with the target; on_request when the
 * head is complete, once for each piece of the body, at its end, and after a resume; on_end. An
 * answer given in the first of the on_request calls closes the connection, as the body was not
 * read.
 */

/* Stricter than a server has to be; clients that follow the RFCs' MUSTs pass. Releases before
 * 0.9.77, which tools/deps falls back to when it must, know only strict or not. */
enum {
#if MHD_VERSION >= 0x00097701
    STRICTNESS = MHD_OPTION_CLIENT_DISCIPLINE_LVL,
    DISCIPLINE = 2,
#else
    STRICTNESS = MHD_OPTION_STRICT_FOR_CLIENT,
    DISCIPLINE = 1,
#endif
};

static struct connection *connection_of(struct MHD_Connection *link)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(link, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_connection(void *cls, struct MHD_Connection *link, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct loop *loop = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = connection_open(loop, link);
        return;
    }
    if (*context)
        connection_close(*context);
    *context = NULL;
    atomic_fetch_add(&loop->closed, 1);
    atomic_fetch_sub(&loop->server->open, 1);
}

static void *on_line(void *cls, const char *target, struct MHD_Connection *link)
{
    struct loop *loop = cls;
    struct connection *c = connection_of(link);
    struct exchange *e = c ? exchange_take(loop, link, c) : NULL;
    if (!e)
        return NULL;
    int phase = atomic_load_explicit(&c->phase, memory_order_relaxed);
    if (phase == PHASE_IDLE)
        connection_enter(c, PHASE_HEAD, e->begun_us / 1000, loop->server->config.header_timeout_ms);
    else
        atomic_store_explicit(&c->phase, PHASE_HEAD, memory_order_relaxed);
    /* The library decodes in place: keep the bytes as they were sent. */
    size_t len = strlen(target);
    e->raw_target = str_copy(&e->arena, (struct str){target, len});
    return e;
}

static void on_end(void *cls, struct MHD_Connection *link, void **context,
                   enum MHD_RequestTerminationCode code)
{
    struct loop *loop = cls;
    struct exchange *e = *context;
    (void)link;
    if (!e)
        return;
    *context = NULL;
    struct connection *c = e->connection;
    border_record(e, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (e->sink_open) {
        exchange_detach(e);
        lane_push(e, LANE_GIVE_UP);
    } else {
        lane_leave(e);
        exchange_give_back(e);
    }
    connection_enter(c, PHASE_IDLE, clock_ms(), loop->server->config.idle_timeout_ms);
}

static enum MHD_Result give_reply(struct exchange *e)
{
    struct server *server = e->loop->server;
    struct MHD_Response *reply = e->reply;
    if (!reply)
        return MHD_NO;
    int64_t limit = server->config.write_timeout_ms +
                    (int64_t)e->reply_bytes * 1000 / server->config.write_rate;
    connection_enter(e->connection, PHASE_REPLY, clock_ms(), limit);
    e->progress = PROGRESS_SENT;
    e->reply = NULL;
    enum MHD_Result result = MHD_queue_response(e->link, (unsigned)e->response.status, reply);
    MHD_destroy_response(reply);
    return result;
}

/* Counts the exchange as at work before its connection is suspended. False: the server is over; a
 * connection that is suspended now could not be closed. */
static bool go_to_work(struct server *server)
{
    atomic_fetch_add(&server->at_work, 1);
    if (atomic_load(&server->state) != SERVER_OVER)
        return true;
    atomic_fetch_sub(&server->at_work, 1);
    return false;
}

static enum MHD_Result to_worker(struct exchange *e)
{
    struct server *server = e->loop->server;
    int64_t now = clock_ms();
    if (!queue_reserve(&server->queue, now, server->config.queue_age_ms)) {
        counter_add(server->overload, 1);
        exchange_refuse(e, 503, "overloaded", "The server is busy. Try again in a moment.");
        return give_reply(e);
    }
    if (!go_to_work(server))
        return MHD_NO;
    e->progress = PROGRESS_QUEUED;
    MHD_suspend_connection(e->link);
    queue_push(&server->queue, e, now);
    return MHD_YES;
}

/* The exchange's next step is a lane's; what is left of the body's time waits meanwhile. */
static enum MHD_Result to_lane(struct exchange *e, enum lane_work work)
{
    struct connection *c = e->connection;
    int64_t now = clock_ms();
    int64_t deadline = atomic_load_explicit(&c->deadline_ms, memory_order_relaxed);
    if (!go_to_work(e->loop->server))
        return MHD_NO;
    e->body_left_ms = work == LANE_BEGIN ? e->loop->server->config.body_timeout_ms : deadline - now;
    e->progress = PROGRESS_QUEUED;
    connection_enter(c, PHASE_HANDLER, now, INT64_MAX);
    MHD_suspend_connection(e->link);
    lane_push(e, work);
    return MHD_YES;
}

static enum MHD_Result on_complete(struct exchange *e)
{
    if (e->progress == PROGRESS_ANSWERED)
        return give_reply(e);
    if (e->sink_open)
        return to_lane(e, LANE_FINISH);
    connection_enter(e->connection, PHASE_HANDLER, clock_ms(), INT64_MAX);
    if (e->request.route->flags & ROUTE_INLINE) {
        exchange_run(e);
        return give_reply(e);
    }
    if (exchange_try_fast(e))
        return give_reply(e);
    return to_worker(e);
}

/* What was answered by the head alone goes out after a short body was thrown away, or at once. */
static enum MHD_Result answered_early(struct exchange *e)
{
    bool asks = list_has_token(request_header(&e->request, "Expect"), STR_LIT("100-continue"));
    bool discard = e->body_expected <= DISCARD_MAX || e->body_expected == SIZE_MAX;
    if (discard && !asks && !e->response.close)
        return MHD_YES;
    e->connection->unread = e->body_expected > 0;
    return give_reply(e);
}

static enum MHD_Result on_head(struct exchange *e, const char *method)
{
    exchange_head(e, method);
    if (e->progress != PROGRESS_ANSWERED && e->request.route->sink) {
        if (lane_enter(e)) {
            e->head_in_lane = true;
            return to_lane(e, LANE_BEGIN);
        }
        counter_add(e->loop->server->overload, 1);
        exchange_refuse(e, 503, "overloaded", "Too many uploads at once. Try again in a moment.");
    }
    if (e->body_expected)
        connection_enter(e->connection, PHASE_BODY, clock_ms(),
                         e->loop->server->config.body_timeout_ms);
    return e->progress == PROGRESS_ANSWERED ? answered_early(e) : MHD_YES;
}

/* A lane has judged the head. */
static enum MHD_Result on_judged(struct exchange *e)
{
    e->head_in_lane = false;
    return e->progress == PROGRESS_ANSWERED ? answered_early(e) : MHD_YES;
}

/* A body that goes on and on has to come at a rate: so many bytes within each time-out. */
static void keep_rate(struct exchange *e, size_t len)
{
    const struct server_config *config = &e->loop->server->config;
    e->window_bytes += len;
    if (e->window_bytes < (size_t)config->body_rate * (size_t)config->body_timeout_ms / 1000)
        return;
    e->window_bytes = 0;
    connection_enter(e->connection, PHASE_BODY, clock_ms(), config->body_timeout_ms);
}

static enum MHD_Result on_piece(struct exchange *e, const char *bytes, size_t *len)
{
    size_t taken = *len;
    if (e->request.route && e->request.route->sink)
        keep_rate(e, *len);
    if (e->sink_open)
        taken = exchange_collect(e, bytes, *len);
    else
        exchange_body(e, bytes, *len);
    *len -= taken;
    if (e->sink_open && e->piece_len == SINK_PIECE)
        return to_lane(e, LANE_TAKE);
    /* A body of known length ends, and the library takes no answer before. */
    bool endless = e->body_expected == SIZE_MAX && e->discarded > DISCARD_MAX;
    return endless ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *link, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **context)
{
    struct exchange *e = *context;
    (void)cls;
    (void)link;
    (void)url;
    (void)version;
    if (!e)
        return MHD_NO;
    if (e->progress == PROGRESS_HEAD)
        return on_head(e, method);
    if (e->head_in_lane)
        return on_judged(e);
    return *upload_len > 0 ? on_piece(e, upload, upload_len) : on_complete(e);
}

/* The target is decoded by http/target.c, once; the library shall leave it alone. */
static size_t leave_encoded(void *cls, struct MHD_Connection *link, char *text)
{
    (void)cls;
    (void)link;
    return strlen(text);
}

bool loop_open(struct server *server, struct loop *loop)
{
    const struct server_config *config = &server->config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC |
                     MHD_ALLOW_SUSPEND_RESUME;
    unsigned per_address = 0;
    if (config->trusted_hops == 0 && config->max_per_address)
        per_address = (unsigned)(config->max_per_address / (size_t)server->loop_count + 1);
    loop->server = server;
    pthread_mutex_init(&loop->lock, NULL);
    if (getrandom(loop->random, sizeof loop->random, 0) != sizeof loop->random)
        return false;
    loop->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, loop, /* options: */
        MHD_OPTION_NOTIFY_COMPLETED, on_end, loop, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
        loop, MHD_OPTION_URI_LOG_CALLBACK, on_line, loop, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_encoded, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT, config->connection_memory,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)config->max_connections * 2 + 64,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, MHD_OPTION_CONNECTION_TIMEOUT, 0u,
        STRICTNESS, (int)DISCIPLINE, MHD_OPTION_END);
    return loop->daemon != NULL;
}

void loop_close(struct loop *loop)
{
    if (loop->daemon)
        MHD_stop_daemon(loop->daemon);
    loop->daemon = NULL;
    exchanges_free(loop);
    pthread_mutex_destroy(&loop->lock);
}
