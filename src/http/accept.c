#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/exchange.h"
#include "ops/log.h"
#include "ops/metrics.h"

enum {
    TICK_MS = 250,      /* between sweeps while there are connections */
    QUIET_MS = 1000,    /* and while there are none */
    CLOSING_MS = 20,    /* and while closing down */
    PAUSE_MS = 100,     /* without accepting, when descriptors are used up */
    BATCH = 64,         /* connections accepted between two looks at the clock */
    ROOM_SHARE = 16,    /* one part in so many of the connections allowed is kept free */
    OVER_LIMIT = 64,    /* connections above the limit that still get a 503 */
    LAST_WAIT_MS = 800, /* for what is at work when the time is over */
    NAP_MS = 5,
};

/* The loop with the fewest connections; of equal ones the next in turn. */
static struct loop *choose_loop(struct server *server, int *turn)
{
    struct loop *best = &server->loops[0];
    int64_t least = INT64_MAX;
    for (int i = 0; i < server->loop_count; i++) {
        struct loop *loop = &server->loops[(*turn + i) % server->loop_count];
        int64_t load = atomic_load_explicit(&loop->added, memory_order_relaxed) -
                       atomic_load_explicit(&loop->closed, memory_order_relaxed);
        if (load < least) {
            least = load;
            best = loop;
        }
    }
    *turn = (int)(best - server->loops) + 1;
    return best;
}

static void give(struct server *server, int *turn, int fd, const struct sockaddr_storage *peer,
                 socklen_t len)
{
    struct loop *loop = choose_loop(server, turn);
    atomic_fetch_add(&loop->added, 1);
    atomic_fetch_add(&server->open, 1);
    counter_add(server->accepted, 1);
    if (MHD_add_connection(loop->daemon, fd, (const struct sockaddr *)peer, len) != MHD_NO)
        return;
    atomic_fetch_sub(&loop->added, 1);
    atomic_fetch_sub(&server->open, 1);
}

static bool out_of_resources(int cause)
{
    return cause == EMFILE || cause == ENFILE || cause == ENOBUFS || cause == ENOMEM;
}

/* Near the limit the idle ones go, so that there is room for who has something to ask. */
static void make_room(struct server *server, int coming)
{
    int64_t most = (int64_t)server->config.max_connections;
    int64_t over = atomic_load(&server->open) - (most - most / ROOM_SHARE) + coming;
    if (over > 0)
        connections_make_room(server, clock_ms(), (int)over);
}

/* Takes what waits, up to a batch. False when descriptors or memory are used up: polling on would
 * be a busy loop, as the socket stays readable. */
static bool accept_batch(struct server *server, int *turn)
{
    int64_t most = (int64_t)server->config.max_connections + OVER_LIMIT;
    make_room(server, 1);
    for (int i = 0; i < BATCH; i++) {
        if (atomic_load(&server->open) >= most)
            return false;
        struct sockaddr_storage peer;
        socklen_t len = sizeof peer;
        int fd = accept4(server->listen_fd, (struct sockaddr *)&peer, &len,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            give(server, turn, fd, &peer, len);
        } else if (out_of_resources(errno)) {
            connections_make_room(server, clock_ms(), BATCH);
            return false;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return true;
        }
    }
    return true;
}

/* Where the end of the server has got to. */
struct ending {
    int64_t close_at_ms; /* when the lame-duck time is over; 0: not ending */
    int64_t give_up_ms;
};

static void begin_ending(struct server *server, struct ending *ending, int64_t now_ms)
{
    uint64_t count;
    if (read(server->wake_fd, &count, sizeof count) < 0)
        return;
    bool skip = atomic_load(&server->skip_lame_duck);
    if (ending->close_at_ms && !skip)
        return;
    ending->close_at_ms = now_ms + (skip ? 0 : server->config.lame_duck_ms);
    atomic_store(&server->state, SERVER_LAME);
    log_event(server->config.log, LOG_INFO, "draining",
              LOG_INT("lame_duck_ms", ending->close_at_ms - now_ms),
              LOG_INT("connections", atomic_load(&server->open)));
    log_flush(server->config.log);
}

static void stop_listening(struct server *server, struct ending *ending, int *turn, int64_t now_ms)
{
    struct pollfd more = {.fd = server->listen_fd, .events = POLLIN};
    while (poll(&more, 1, 0) > 0 && accept_batch(server, turn))
        continue;
    close(server->listen_fd);
    server->listen_fd = -1;
    ending->give_up_ms = now_ms + server->config.drain_timeout_ms;
    atomic_store(&server->state, SERVER_CLOSING);
}

static int wait_ms(const struct server *server, const struct ending *ending, bool paused,
                   int64_t now_ms)
{
    int64_t wait = atomic_load(&server->open) ? TICK_MS : QUIET_MS;
    if (paused)
        wait = PAUSE_MS;
    if (server->listen_fd < 0)
        wait = CLOSING_MS;
    else if (ending->close_at_ms && ending->close_at_ms - now_ms < wait)
        wait = ending->close_at_ms - now_ms;
    return wait > 0 ? (int)wait : 0;
}

/* What woke the acceptor. */
struct woken {
    bool told;    /* to end */
    bool waiting; /* connections wait to be accepted */
};

static struct woken wait_for_events(struct server *server, const struct ending *ending, bool paused)
{
    struct pollfd fds[2 + LINGER_MAX] = {
        {.fd = server->wake_fd, .events = POLLIN},
        {.fd = paused ? -1 : server->listen_fd, .events = POLLIN},
    };
    int64_t now = clock_ms();
    nfds_t count = 2 + (nfds_t)lingering_read(&server->lingering, now, fds + 2);
    int n = poll(fds, count, wait_ms(server, ending, paused, now));
    return (struct woken){n > 0 && fds[0].revents, paused || (n > 0 && fds[1].revents)};
}

static void tidy_up(struct server *server, int64_t now_ms, int64_t *last_ms)
{
    if (server->listen_fd >= 0 && now_ms - *last_ms < TICK_MS)
        return;
    connections_sweep(server, now_ms);
    make_room(server, 0);
    log_flush(server->config.log);
    *last_ms = now_ms;
}

/* Nothing new goes to workers and lanes; what they have in hand, a piece of an upload perhaps, is
 * waited for a little. False: something takes longer. */
static bool wait_for_work_to_end(struct server *server)
{
    const struct timespec nap = {.tv_nsec = NAP_MS * 1000000};
    int64_t until = clock_ms() + LAST_WAIT_MS;
    atomic_store(&server->state, SERVER_OVER);
    while (atomic_load(&server->at_work) > 0 && clock_ms() < until)
        nanosleep(&nap, NULL);
    return atomic_load(&server->at_work) == 0;
}

int server_run(struct server *server)
{
    struct ending ending = {0, 0};
    bool paused = false;
    int turn = 0;
    int64_t tidied_ms = 0;
    for (;;) {
        struct woken woken = wait_for_events(server, &ending, paused);
        int64_t now = clock_ms();
        if (woken.told)
            begin_ending(server, &ending, now);
        if (woken.waiting && server->listen_fd >= 0)
            paused = !accept_batch(server, &turn);
        if (server->listen_fd >= 0 && ending.close_at_ms && now >= ending.close_at_ms)
            stop_listening(server, &ending, &turn, now);
        tidy_up(server, now, &tidied_ms);
        if (server->listen_fd < 0 && (atomic_load(&server->open) == 0 || now >= ending.give_up_ms))
            break;
    }
    int64_t left = atomic_load(&server->in_flight);
    server->stuck = !wait_for_work_to_end(server);
    log_event(server->config.log, left ? LOG_WARN : LOG_INFO, "drained", LOG_INT("cut_off", left));
    log_flush(server->config.log);
    return (int)left;
}

/* Async-signal-safe: two stores and a write. */
static void wake(struct server *server)
{
    uint64_t one = 1;
    int kept = errno;
    ssize_t n = write(server->wake_fd, &one, sizeof one);
    (void)n; /* the counter is full only when it is readable anyway */
    errno = kept;
}

void server_drain(struct server *server)
{
    wake(server);
}

void server_stop(struct server *server)
{
    atomic_store(&server->skip_lame_duck, true);
    wake(server);
}
