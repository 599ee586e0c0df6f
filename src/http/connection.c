#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "http/exchange.h"
#include "ops/metrics.h"

enum {
    LOOK_MS = 1000,        /* between looks at an idle connection */
    FRESH_GRACE_MS = 1000, /* when closing down: for a request that is on its way */
};

void connection_enter(struct connection *c, enum phase phase, int64_t now_ms, int64_t limit_ms)
{
    int64_t deadline = limit_ms == INT64_MAX ? INT64_MAX : now_ms + limit_ms;
    atomic_store_explicit(&c->deadline_ms, deadline, memory_order_relaxed);
    atomic_store_explicit(&c->since_ms, now_ms, memory_order_relaxed);
    atomic_store_explicit(&c->phase, (int)phase, memory_order_relaxed);
}

struct connection *connection_open(struct loop *loop, struct MHD_Connection *link)
{
    struct connection *c = calloc(1, sizeof *c);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(link, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!c || !info) {
        free(c);
        return NULL;
    }
    struct server *server = loop->server;
    c->loop = loop;
    c->fd = info->connect_fd; /* the library has one `info` a connection: read it at once */
    info = MHD_get_connection_info(link, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    c->peer = address_of_socket(info ? info->client_addr : NULL);
    c->over = atomic_load(&server->open) > (int64_t)server->config.max_connections;
    connection_enter(c, PHASE_FRESH, clock_ms(), server->config.header_timeout_ms);

    pthread_mutex_lock(&loop->lock);
    c->previous = loop->last;
    *(loop->last ? &loop->last->next : &loop->first) = c;
    loop->last = c;
    pthread_mutex_unlock(&loop->lock);
    return c;
}

void connection_close(struct connection *c)
{
    struct loop *loop = c->loop;
    if (c->unread)
        lingering_add(&loop->server->lingering, c->fd);
    pthread_mutex_lock(&loop->lock);
    *(c->previous ? &c->previous->next : &loop->first) = c->next;
    *(c->next ? &c->next->previous : &loop->last) = c->previous;
    pthread_mutex_unlock(&loop->lock);
    free(c);
}

/* Wakes the loop with an end of file; the loop closes. Bytes the client has not taken are dropped,
 * or the kernel would keep them for minutes. */
static void cut(struct connection *c)
{
    int unsent = 0;
    if (ioctl(c->fd, SIOCOUTQ, &unsent) == 0 && unsent > 0) {
        struct linger at_once = {.l_onoff = 1, .l_linger = 0};
        setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    atomic_store_explicit(&c->deadline_ms, INT64_MAX, memory_order_relaxed);
    shutdown(c->fd, SHUT_RDWR);
}

static uint64_t bytes_received(int fd)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return 0;
    return info.tcpi_bytes_received;
}

/* The library tells of a request when its first line is complete. That one has begun shows in the
 * bytes received: from then on the idle connection has the deadline of a head. */
static void watch_idle(struct connection *c, int64_t now_ms, int64_t header_timeout_ms)
{
    if (now_ms < c->next_look_ms)
        return;
    c->next_look_ms = now_ms + LOOK_MS;
    int64_t since = atomic_load_explicit(&c->since_ms, memory_order_relaxed);
    int64_t deadline = atomic_load_explicit(&c->deadline_ms, memory_order_relaxed);
    uint64_t bytes = bytes_received(c->fd);
    if (since != c->watched_since_ms) {
        c->watched_since_ms = since;
        c->bytes_seen = bytes;
        return;
    }
    if (bytes == c->bytes_seen)
        return;
    int idle = PHASE_IDLE;
    if (atomic_compare_exchange_strong(&c->deadline_ms, &deadline, now_ms + header_timeout_ms))
        atomic_compare_exchange_strong(&c->phase, &idle, PHASE_HEAD);
}

/* While closing down. A connection that has served nothing yet is not idle: a balancer has opened
 * it for a request that is on its way. Nor is one whose socket holds a request. */
static bool may_go(const struct connection *c, int phase, int64_t now_ms)
{
    int64_t since = atomic_load_explicit(&c->since_ms, memory_order_relaxed);
    if (phase != PHASE_IDLE && !(phase == PHASE_FRESH && now_ms - since >= FRESH_GRACE_MS))
        return false;
    if (phase == PHASE_FRESH && bytes_received(c->fd) > 0)
        return false;
    int unread = 0;
    return ioctl(c->fd, SIOCINQ, &unread) != 0 || unread == 0;
}

static void sweep_one(struct server *server, struct connection *c, int64_t now_ms, bool closing)
{
    int phase = atomic_load_explicit(&c->phase, memory_order_relaxed);
    if (atomic_load_explicit(&c->deadline_ms, memory_order_relaxed) <= now_ms) {
        if (phase != PHASE_IDLE)
            counter_add(server->late, 1);
        cut(c);
    } else if (closing && may_go(c, phase, now_ms)) {
        cut(c);
    } else if (phase == PHASE_IDLE) {
        watch_idle(c, now_ms, server->config.header_timeout_ms);
    }
}

void connections_sweep(struct server *server, int64_t now_ms)
{
    bool closing = atomic_load(&server->state) == SERVER_CLOSING;
    for (int i = 0; i < server->loop_count; i++) {
        struct loop *loop = &server->loops[i];
        pthread_mutex_lock(&loop->lock);
        for (struct connection *c = loop->first; c; c = c->next)
            sweep_one(server, c, now_ms, closing);
        pthread_mutex_unlock(&loop->lock);
    }
}

void connections_make_room(struct server *server, int64_t now_ms, int count)
{
    for (int i = 0; i < server->loop_count && count > 0; i++) {
        struct loop *loop = &server->loops[i];
        pthread_mutex_lock(&loop->lock);
        for (struct connection *c = loop->first; c && count > 0; c = c->next) {
            if (atomic_load_explicit(&c->deadline_ms, memory_order_relaxed) == INT64_MAX ||
                atomic_load_explicit(&c->phase, memory_order_relaxed) != PHASE_IDLE ||
                !may_go(c, PHASE_IDLE, now_ms))
                continue;
            cut(c);
            count--;
        }
        pthread_mutex_unlock(&loop->lock);
    }
}
