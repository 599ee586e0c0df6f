#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "cli/commands.h"
#include "cli/wire.h"
#include "http/static.h"
#include "ops/log.h"
#include "ops/metrics.h"

enum { START_MEMORY = 8 << 20, LOCK_WAIT_MS = 5000 };

struct options {
    const char *listen;
    struct wire_options wire;
};

static struct server *running; /* for the signal handler */
static volatile sig_atomic_t told_to_end;

static void on_signal(int number)
{
    (void)number;
    told_to_end = 1;
    if (running)
        server_drain(running);
}

/* From the first moment on: a supervisor may change its mind while we start. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int usage(const char *wrong)
{
    fprintf(stderr,
            "studybunny serve: %s\n"
            "usage: studybunny serve [--listen HOST:PORT] [--data DIR] [--must-exist]\n",
            wrong);
    return 2;
}

static int read_options(int argc, char **argv, struct options *o)
{
    const char *listen = getenv("STUDYBUNNY_LISTEN");
    *o = (struct options){.listen = listen && *listen ? listen : "127.0.0.1:8080",
                          .wire = {.lock_wait_ms = LOCK_WAIT_MS}};
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--listen") == 0 && more)
            o->listen = argv[++i];
        else if (strcmp(argv[i], "--data") == 0 && more)
            o->wire.data = argv[++i];
        else if (strcmp(argv[i], "--must-exist") == 0)
            o->wire.must_exist = true;
        else
            return usage("unknown or incomplete option");
    }
    return 0;
}

static int refuse(const struct ctx *c, enum status st)
{
    const struct fault *f = &c->faults[0];
    fprintf(stderr, "studybunny serve: %s\n", c->fault_count ? f->detail : status_name(st));
    return st == ST_NOT_FOUND || st == ST_CONFLICT || st == ST_INVALID ? 2 : 1;
}

/* Everything a running server consists of. */
struct parts {
    struct arena arena;
    struct ctx c;
    struct log *log;
    struct metrics *metrics;
    struct wire *wire;
    struct api *api;
    struct static_site site;
    struct route fallback;
    struct server *server;
};

static double desk_bytes(void *store)
{
    return (double)store_stats(store).desk_bytes;
}

static double desk_hits(void *store)
{
    return (double)store_stats(store).desk_hits;
}

static double desk_misses(void *store)
{
    return (double)store_stats(store).desk_misses;
}

static double commits(void *store)
{
    return (double)store_stats(store).commits;
}

static double commit_groups(void *store)
{
    return (double)store_stats(store).groups;
}

static void measure_store(struct parts *p)
{
    struct store *s = wire_domain(p->wire)->store;
    metrics_callback_gauge(p->metrics, "studybunny_desk_cache_bytes", "Memory of cached desks.", "",
                           desk_bytes, s);
    metrics_callback_counter(p->metrics, "studybunny_desk_cache_hits_total",
                             "Desks found in memory.", "", desk_hits, s);
    metrics_callback_counter(p->metrics, "studybunny_desk_cache_misses_total",
                             "Desks read from the database.", "", desk_misses, s);
    metrics_callback_counter(p->metrics, "studybunny_commits_total", "Changes made durable.", "",
                             commits, s);
    metrics_callback_counter(p->metrics, "studybunny_commit_groups_total",
                             "Writes of the disk that made them durable.", "", commit_groups, s);
}

/* Load tests measure the server, not its limits; off only by an explicit setting. */
static bool limits_wanted(void)
{
    const char *text = getenv("STUDYBUNNY_RATE_LIMITS");
    return !text || strcmp(text, "off") != 0;
}

static enum status open_server(struct parts *p, const char *listen)
{
    struct server_config config = server_config_default();
    config.listen = listen;
    config.listen_fd = server_inherited_socket();
    config.routes = api_routes(p->api, &config.route_count);
    p->site = static_embedded();
    p->fallback = static_route(&p->site);
    config.fallback = &p->fallback;
    config.hooks = api_hooks(p->api);
    config.log = p->log;
    config.metrics = p->metrics;
    enum status st = server_config_environment(&p->c, &config);
    return st == ST_OK ? server_open(&p->c, &config, &p->server) : st;
}

static enum status open_parts(struct parts *p, const struct options *o)
{
    arena_init(&p->arena, START_MEMORY);
    p->c.arena = &p->arena;
    p->log = log_open(STDERR_FILENO, LOG_INFO);
    p->metrics = metrics_open();
    if (!p->log || !p->metrics)
        return fail_memory(&p->c);
    enum status st = wire_open(&p->c, &o->wire, &p->wire);
    if (st != ST_OK)
        return st;
    measure_store(p);
    p->api = api_open(&(struct api_config){.domain = wire_domain(p->wire),
                                           .metrics = p->metrics,
                                           .log = p->log,
                                           .rate_limits = limits_wanted()});
    return p->api ? open_server(p, o->listen) : fail_memory(&p->c);
}

static void close_parts(struct parts *p)
{
    running = NULL;
    if (p->server)
        server_close(p->server);
    api_close(p->api);
    wire_close(p->wire);
    metrics_close(p->metrics);
    if (p->log)
        log_flush(p->log);
    log_close(p->log);
    arena_release(&p->arena);
}

static void announce(const struct parts *p, const char *listen)
{
    const char *colon = strrchr(listen, ':');
    int host = colon ? (int)(colon - listen) : (int)strlen(listen);
    printf("listening on http://%.*s:%d\n", host, listen, server_port(p->server));
    fflush(stdout);
}

int cli_serve(int argc, char **argv)
{
    struct options o;
    struct parts p = {0};
    catch_signals();
    int exit_status = read_options(argc, argv, &o);
    if (exit_status != 0)
        return exit_status;
    enum status st = open_parts(&p, &o);
    if (st != ST_OK) {
        exit_status = refuse(&p.c, st);
    } else {
        running = p.server;
        announce(&p, o.listen);
        if (told_to_end)
            server_stop(p.server);
        server_run(p.server);
    }
    close_parts(&p);
    return exit_status;
}
