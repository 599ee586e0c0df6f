/*
 * A small server over http/ alone, for the tests of tests/http and for measuring the library:
 *   http_test_server [serve] [--listen HOST:PORT] [--data IGNORED]
 * Prints "listening on http://HOST:PORT". Limits and time-outs come from STUDYBUNNY_HTTP_*.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/server.h"
#include "http/static.h"
#include "ops/config.h"
#include "ops/log.h"
#include "ops/metrics.h"

static struct server *running;
static struct metrics *metrics;

static void on_signal(int number)
{
    (void)number;
    server_drain(running);
}

static void hello(struct request *r, struct response *out)
{
    (void)r;
    response_body(out, 200, "text/plain", STR_LIT("hello\n"));
}

static void echo(struct request *r, struct response *out)
{
    response_body(out, 200, "application/octet-stream", r->body);
}

static uint64_t number(struct request *r, const char *name, uint64_t most)
{
    uint64_t n = 0;
    return str_to_uint(request_param(r, name), most, &n) ? n : 0;
}

static void big(struct request *r, struct response *out)
{
    size_t len = (size_t)number(r, "bytes", 7000000);
    char *bytes = arena_alloc(out->arena, len + 1);
    if (bytes)
        memset(bytes, 'x', len);
    response_body(out, bytes ? 200 : 503, "text/plain", (struct str){bytes, bytes ? len : 0});
}

static void slow(struct request *r, struct response *out)
{
    usleep((useconds_t)number(r, "ms", 60000) * 1000);
    hello(r, out);
}

static void whoami(struct request *r, struct response *out)
{
    char address[ADDRESS_TEXT_MAX];
    struct buf b;
    address_format(r->remote, address);
    buf_init(&b, out->arena, 64, 4096);
    buf_addf(&b, "%s %s %.*s\n", address, r->https ? "https" : "http",
             STR_ARG(request_segment(r, "id")));
    response_body(out, 200, "text/plain", buf_str(&b));
    out->etag = STR_LIT("\"7\"");
    out->cache = CACHE_REVALIDATE;
}

static void ready(struct request *r, struct response *out)
{
    out->status = request_draining(r) ? 503 : 200;
}

static void show_metrics(struct request *r, struct response *out)
{
    struct buf b;
    (void)r;
    buf_init(&b, out->arena, 16384, 1 << 20);
    metrics_write(metrics, &b);
    response_body(out, 200, "text/plain; version=0.0.4", buf_str(&b));
}

static enum fast_result always_fast(struct request *r, struct response *out)
{
    hello(r, out);
    return FAST_DONE;
}

static enum fast_result never_fast(struct request *r, struct response *out)
{
    (void)r;
    (void)out;
    return FAST_NEED_WORKER;
}

static void problem(void *data, struct request *r, struct response *out, int status,
                    const char *code, const char *detail)
{
    struct buf b;
    (void)data;
    buf_init(&b, out->arena, 256, 4096);
    buf_addf(&b, "{\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\",\"request_id\":\"%s\"}", status,
             code, detail, r->id);
    response_body(out, status, "application/problem+json", buf_str(&b));
}

static const struct route routes[] = {
    {METHOD_GET, "/inline", 0, ROUTE_INLINE, hello, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/hello", 0, 0, hello, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/fast", 0, 0, hello, always_fast, NULL, NULL, NULL},
    {METHOD_GET, "/notfast", 0, 0, hello, never_fast, NULL, NULL, NULL},
    {METHOD_POST, "/echo", 65536, 0, echo, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/big", 0, 0, big, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/slow", 0, 0, slow, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/whoami/{id}", 0, 0, whoami, NULL, NULL, NULL, NULL},
    {METHOD_POST, "/api/v1/guest", 65536, 0, echo, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/livez", 0, ROUTE_INLINE | ROUTE_QUIET, hello, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/readyz", 0, ROUTE_INLINE | ROUTE_QUIET, ready, NULL, NULL, NULL, NULL},
    {METHOD_GET, "/metrics", 0, ROUTE_INLINE | ROUTE_QUIET, show_metrics, NULL, NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
    static const char *const origins[] = {"https://app.example", NULL};
    struct arena arena;
    struct ctx c = {.arena = &arena};
    struct server_config config = server_config_default();
    arena_init(&arena, 65536);
    metrics = metrics_open();
    config.listen = "127.0.0.1:0";
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--listen") == 0)
            config.listen = argv[i + 1];
    }
    config.listen_fd = server_inherited_socket();
    config.routes = routes;
    config.route_count = sizeof routes / sizeof routes[0];
    config.origins = origins;
    config.hooks.problem = problem;
    config.metrics = metrics;
    config.log = getenv("QUIET") ? NULL : log_open(STDERR_FILENO, LOG_INFO);
    struct config *settings;
    enum status st = config_open(&c, NULL, environ, &settings);
    if (st == ST_OK) {
        server_config_settings(settings, &config);
        st = server_open(&c, &config, &running);
    }
    config_close(settings);
    if (st != ST_OK) {
        fprintf(stderr, "%s: %s\n", c.faults[0].pointer, c.faults[0].detail);
        return 1;
    }
    signal(SIGTERM, on_signal);
    printf("listening on http://127.0.0.1:%d\n", server_port(running));
    fflush(stdout);
    server_run(running);
    server_close(running);
    log_close(config.log);
    metrics_close(metrics);
    arena_release(&arena);
    return 0;
}
