#include "http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/exchange.h"
#include "ops/config.h"

enum {
    WORKERS_PER_CORE = 8, /* most wait for the disk: so many changes share one write of it */
    THREADS_MAX = 256,
    OTHER_DESCRIPTORS = 128,  /* for databases, epoll, logs */
    SEND_BUFFER = 128 * 1024, /* bytes a reader may leave in the kernel; it doubles this */
};

struct server_config server_config_default(void)
{
    return (struct server_config){
        .listen_fd = -1,
        .queue_length = 1024,
        .queue_age_ms = 1000,
        .max_connections = 10000,
        .connection_memory = 16 * 1024,
        .request_memory = 24 << 20, /* a plan for ten years, looked at three times */
        .header_timeout_ms = 10000,
        .body_timeout_ms = 15000,
        .write_timeout_ms = 15000,
        .write_rate = 16 * 1024,
        .body_rate = 4 * 1024,
        .lanes = 4,
        .max_uploads = 64,
        .idle_timeout_ms = 75000,
        .lame_duck_ms = 0,
        .drain_timeout_ms = 8000,
    };
}

void server_config_settings(const struct config *settings, struct server_config *config)
{
    const struct {
        enum setting which;
        int *value;
    } numbers[] = {
        {SET_HTTP_HEADER_TIMEOUT, &config->header_timeout_ms},
        {SET_HTTP_BODY_TIMEOUT, &config->body_timeout_ms},
        {SET_HTTP_WRITE_TIMEOUT, &config->write_timeout_ms},
        {SET_HTTP_IDLE_TIMEOUT, &config->idle_timeout_ms},
        {SET_HTTP_WRITE_RATE, &config->write_rate},
        {SET_HTTP_BODY_RATE, &config->body_rate},
        {SET_HTTP_LANES, &config->lanes},
        {SET_HTTP_LAME_DUCK, &config->lame_duck_ms},
        {SET_HTTP_QUEUE_AGE, &config->queue_age_ms},
        {SET_HTTP_LOOPS, &config->loops},
        {SET_HTTP_WORKERS, &config->workers},
        {SET_HTTP_TRUSTED_HOPS, &config->trusted_hops},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        *numbers[i].value = (int)config_number(settings, numbers[i].which);
    config->queue_length = (size_t)config_number(settings, SET_HTTP_QUEUE_LENGTH);
    config->max_connections = (size_t)config_number(settings, SET_HTTP_MAX_CONNECTIONS);
    config->max_uploads = (size_t)config_number(settings, SET_HTTP_MAX_UPLOADS);
}

/* Raises the soft limit of descriptors as far as allowed, and lowers the limit of connections to
 * what that allows. */
static void fit_descriptors(struct server_config *config)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    rlim_t want = config->max_connections + OTHER_DESCRIPTORS;
    if (limit.rlim_cur < want) {
        struct rlimit raised = {want < limit.rlim_max ? want : limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    if (limit.rlim_cur < want && limit.rlim_cur > 2 * OTHER_DESCRIPTORS)
        config->max_connections = limit.rlim_cur - OTHER_DESCRIPTORS;
}

/* Accepted sockets inherit these. The kernel itself ends a peer that acknowledges nothing. */
static void tune(int fd, const struct server_config *config)
{
    int on = 1;
    int buffer = SEND_BUFFER;
    unsigned silent_ms = (unsigned)config->write_timeout_ms * 2;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &silent_ms, sizeof silent_ms);
}

static void settle(struct server_config *config)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int n = cores < 1                                ? 1
            : cores > THREADS_MAX / WORKERS_PER_CORE ? THREADS_MAX / WORKERS_PER_CORE
                                                     : (int)cores;
    if (config->loops <= 0)
        config->loops = n;
    if (config->workers <= 0)
        config->workers = n * WORKERS_PER_CORE;
    fit_descriptors(config);
}

static enum status open_parts(struct ctx *c, struct server *server)
{
    struct server_config *config = &server->config;
    enum status status = router_open(c, config->routes, config->route_count, &server->router);
    if (status != ST_OK)
        return status;
    server->listen_fd = config->listen_fd;
    if (server->listen_fd < 0)
        status = listen_open(c, config->listen, &server->listen_fd);
    if (status != ST_OK)
        return status;
    tune(server->listen_fd, config);
    server->port = listen_port(server->listen_fd);
    server->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    server->loops = calloc((size_t)config->loops, sizeof *server->loops);
    if (server->wake_fd < 0 || !server->loops || !border_open(server) ||
        !queue_open(&server->queue, config->queue_length))
        return fail(c, ST_UNAVAILABLE, "", "no memory or descriptors for the server");
    for (int i = 0; i < config->loops; i++) {
        server->loop_count++;
        if (!loop_open(server, &server->loops[i]))
            return fail(c, ST_UNAVAILABLE, "", "an event loop does not start");
    }
    if (!workers_start(server) || !lanes_start(server))
        return fail(c, ST_UNAVAILABLE, "", "a worker does not start");
    return ST_OK;
}

enum status server_open(struct ctx *c, const struct server_config *config, struct server **out)
{
    struct server *server = calloc(1, sizeof *server);
    if (!server)
        return fail_memory(c);
    server->config = *config;
    server->listen_fd = -1;
    server->wake_fd = -1;
    pthread_mutex_init(&server->start_lock, NULL);
    pthread_mutex_init(&server->lingering.lock, NULL);
    pthread_cond_init(&server->started, NULL);
    settle(&server->config);
    enum status status = open_parts(c, server);
    if (status != ST_OK) {
        server_close(server);
        return status;
    }
    *out = server;
    return ST_OK;
}

int server_port(const struct server *server)
{
    return server->port;
}

int server_socket(const struct server *server)
{
    return server->listen_fd;
}

bool server_close(struct server *server)
{
    if (!server)
        return true;
    if (server->stuck)
        return false;
    workers_stop(server);
    for (int i = 0; i < server->loop_count; i++)
        loop_close(&server->loops[i]);
    lanes_stop(server);
    lingering_end(&server->lingering);
    free(server->loops);
    queue_close(&server->queue);
    border_close(server);
    router_close(server->router);
    if (server->listen_fd >= 0)
        close(server->listen_fd);
    if (server->wake_fd >= 0)
        close(server->wake_fd);
    pthread_cond_destroy(&server->started);
    pthread_mutex_destroy(&server->lingering.lock);
    pthread_mutex_destroy(&server->start_lock);
    free(server);
    return true;
}
