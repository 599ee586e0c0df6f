#include <assert.h>
#include <stdlib.h>

#include "http/exchange.h"
#include "ops/metrics.h"

/*
 * Lanes are to bodies what workers are to requests. While an exchange is in a lane its connection
 * is suspended, so that the client is slowed down to what the disk takes.
 */

bool lane_enter(struct exchange *e)
{
    struct server *server = e->loop->server;
    if (atomic_fetch_add(&server->uploads, 1) < (int64_t)server->config.max_uploads) {
        e->in_lanes = true;
        return true;
    }
    atomic_fetch_sub(&server->uploads, 1);
    return false;
}

void lane_leave(struct exchange *e)
{
    if (e->in_lanes)
        atomic_fetch_sub(&e->loop->server->uploads, 1);
    e->in_lanes = false;
}

void lane_push(struct exchange *e, enum lane_work work)
{
    struct server *server = e->loop->server;
    int64_t now = clock_ms();
    e->work = work;
    /* Room for each exchange that entered. */
    bool room = queue_reserve(&server->lane_queue, now, INT64_MAX);
    assert(room);
    queue_push(&server->lane_queue, e, now);
}

static void end_sink(struct exchange *e)
{
    e->sink_open = false;
    e->request.route->sink->end(&e->request);
}

static void begin(struct exchange *e)
{
    e->progress = PROGRESS_BODY;
    e->body = arena_alloc(&e->arena, SINK_PIECE);
    if (!e->body)
        exchange_refuse(e, 503, "memory", "The request needs too much memory.");
    else if (e->request.route->sink->begin(&e->request, &e->response))
        e->sink_open = true;
    else
        border_reply(e);
}

/* Hands on what was collected; false when it was refused. */
static bool hand_on(struct exchange *e)
{
    struct str piece = {e->body, e->piece_len};
    e->piece_len = 0;
    e->progress = PROGRESS_BODY;
    return piece.len == 0 || e->request.route->sink->take(&e->request, &e->response, piece);
}

static void take(struct exchange *e)
{
    if (hand_on(e))
        return;
    end_sink(e);
    border_reply(e);
}

static void finish(struct exchange *e)
{
    if (hand_on(e))
        e->request.route->handler(&e->request, &e->response);
    end_sink(e);
    border_reply(e);
}

/* The connection is gone; what it brought is handed on all the same. */
static void give_up(struct exchange *e)
{
    (void)hand_on(e);
    end_sink(e);
    lane_leave(e);
    exchange_free(e);
}

static void work_on(struct exchange *e)
{
    struct server *server = e->loop->server;
    struct MHD_Connection *link = e->link;
    switch (e->work) {
    case LANE_BEGIN:
        begin(e);
        break;
    case LANE_TAKE:
        take(e);
        break;
    case LANE_FINISH:
        finish(e);
        break;
    case LANE_GIVE_UP:
        give_up(e);
        return;
    }
    /* The loop hears nothing of a client that sends nothing more: its time begins here. */
    if (e->work != LANE_FINISH)
        connection_enter(e->connection, PHASE_BODY, clock_ms(), e->body_left_ms);
    MHD_resume_connection(link); /* from here on `e` is the loop's again */
    atomic_fetch_sub(&server->at_work, 1);
}

static void *lane_main(void *arg)
{
    struct server *server = arg;
    struct exchange *e;
    while ((e = queue_pop(&server->lane_queue)))
        work_on(e);
    return NULL;
}

static bool has_sinks(const struct server_config *config)
{
    for (size_t i = 0; i < config->route_count; i++)
        if (config->routes[i].sink)
            return true;
    return false;
}

bool lanes_start(struct server *server)
{
    size_t count = has_sinks(&server->config) ? (size_t)server->config.lanes : 0;
    if (count == 0)
        return true;
    server->lanes = calloc(count, sizeof *server->lanes);
    if (!server->lanes || !queue_open(&server->lane_queue, server->config.max_uploads))
        return false;
    while ((size_t)server->lane_count < count) {
        if (pthread_create(&server->lanes[server->lane_count], NULL, lane_main, server) != 0)
            return false;
        server->lane_count++;
    }
    return true;
}

void lanes_stop(struct server *server)
{
    if (server->lane_queue.ring)
        queue_end(&server->lane_queue);
    for (int i = 0; i < server->lane_count; i++)
        pthread_join(server->lanes[i], NULL);
    server->lane_count = 0;
    free(server->lanes);
    queue_close(&server->lane_queue);
}
