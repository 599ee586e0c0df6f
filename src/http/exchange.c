#include "http/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hex.h"

enum {
    POOL_MAX = 256,          /* exchanges a loop keeps */
    KEEP_MEMORY = 64 * 1024, /* bytes an arena keeps between exchanges */
    /* The next ones to be used keep what a commit takes, or each would be given new pages. */
    HOT_EXCHANGES = 8,
    HOT_MEMORY = 512 * 1024,
};

int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
    return clock_us() / 1000;
}

/* xorshift128+: ids of requests need to differ, not to be secret. */
static uint64_t next_random(uint64_t state[2])
{
    uint64_t x = state[0];
    const uint64_t y = state[1];
    state[0] = y;
    x ^= x << 23;
    state[1] = x ^ y ^ (x >> 17) ^ (y >> 26);
    return state[1] + y;
}

static void make_id(struct loop *loop, char out[REQUEST_ID_LEN + 1])
{
    uint64_t bits[2] = {next_random(loop->random), next_random(loop->random)};
    hex_write(bits, REQUEST_ID_LEN / 2, out);
    out[REQUEST_ID_LEN] = '\0';
}

static struct exchange *from_pool(struct loop *loop)
{
    struct exchange *e = loop->free;
    if (e) {
        loop->free = e->next_free;
        loop->free_count--;
        return e;
    }
    e = calloc(1, sizeof *e);
    if (e)
        arena_init(&e->arena, loop->server->config.request_memory);
    return e;
}

/* The large tables in a request, a response and a context are not cleared: their counts are. */
static void reset(struct exchange *e)
{
    struct request *r = &e->request;
    r->method = METHOD_OTHER;
    r->head = false;
    r->https = false;
    r->path = STR_NONE;
    r->route = NULL;
    memset(r->segments, 0, sizeof r->segments);
    r->param_count = 0;
    r->body = (struct str){"", 0};
    r->worker = NULL;
    r->user = NULL;
    r->subject[0] = '\0';
    r->ctx = &e->ctx;
    r->exchange = e;
    e->ctx.arena = &e->arena;
    ctx_forgive(&e->ctx);

    e->response = (struct response){.arena = &e->arena, .file = -1};

    e->reply = NULL;
    e->progress = PROGRESS_HEAD;
    e->body = NULL;
    e->body_size = 0;
    e->discarded = 0;
    e->body_expected = 0;
    e->piece_len = 0;
    e->in_lanes = false;
    e->sink_open = false;
    e->head_in_lane = false;
    e->window_bytes = 0;
}

struct exchange *exchange_take(struct loop *loop, struct MHD_Connection *link,
                               struct connection *connection)
{
    struct exchange *e = from_pool(loop);
    if (!e)
        return NULL;
    reset(e);
    e->loop = loop;
    e->link = link;
    e->connection = connection;
    e->request.remote = connection->peer;
    e->begun_us = clock_us();
    make_id(loop, e->request.id);
    atomic_fetch_add_explicit(&loop->server->in_flight, 1, memory_order_relaxed);
    return e;
}

/* What was answered, and the library's form of it where the client left before it was given. */
static void release_answer(struct exchange *e)
{
    struct response *out = &e->response;
    if (e->reply)
        MHD_destroy_response(e->reply);
    e->reply = NULL;
    response_drop_file(out);
    if (out->release)
        out->release(out->release_data);
    out->release = NULL;
}

void exchange_free(struct exchange *e)
{
    release_answer(e);
    arena_release(&e->arena);
    free(e);
}

void exchange_give_back(struct exchange *e)
{
    struct loop *loop = e->loop;
    atomic_fetch_sub_explicit(&loop->server->in_flight, 1, memory_order_relaxed);
    release_answer(e);
    if (loop->free_count >= POOL_MAX) {
        exchange_free(e);
        return;
    }
    arena_reset(&e->arena);
    if (e->arena.total > (loop->free_count < HOT_EXCHANGES ? HOT_MEMORY : KEEP_MEMORY))
        arena_release(&e->arena);
    e->next_free = loop->free;
    loop->free = e;
    loop->free_count++;
}

void exchange_detach(struct exchange *e)
{
    atomic_fetch_sub_explicit(&e->loop->server->in_flight, 1, memory_order_relaxed);
    e->link = NULL;
    e->connection = NULL;
}

void exchanges_free(struct loop *loop)
{
    while (loop->free) {
        struct exchange *e = loop->free;
        loop->free = e->next_free;
        exchange_free(e);
    }
    loop->free_count = 0;
}
