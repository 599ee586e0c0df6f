#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/regular.h"
#include "cli/settings.h"
#include "domain/admins.h"
#include "http/static.h"
#include "ops/log.h"
#include "ops/metrics.h"

enum { START_MEMORY = 8 << 20, LOCK_WAIT_MS = 5000 };

static struct server *running; /* for the signal handler */
static volatile sig_atomic_t told_to_end;
static atomic_bool ending; /* commands that take long give up */

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

static int usage(FILE *to)
{
    fputs("usage: studybunny serve [--listen HOST:PORT] [--data DIR] [--media DIR] [--config FILE] "
          "[--must-exist]\n"
          "Serves the app until SIGTERM; the only line on standard output says where. The data "
          "folder\n"
          "is made when it is absent, but with --must-exist that is an error: for a folder on a "
          "disk\n"
          "that might not be mounted. `studybunny config --help` tells of all settings.\n",
          to);
    return to == stdout ? 0 : 2;
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
    struct config *config;
    struct log *log;
    struct metrics *metrics;
    struct wire *wire;
    struct control *control;
    struct regular *regular;
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

static enum status open_server(struct parts *p)
{
    struct server_config config = server_config_default();
    config.listen = config_text(p->config, SET_LISTEN);
    config.listen_fd = server_inherited_socket();
    config.routes = api_routes(p->api, &config.route_count);
    p->site = static_embedded();
    p->fallback = static_route(&p->site);
    config.fallback = &p->fallback;
    config.hooks = api_hooks(p->api);
    config.log = p->log;
    config.metrics = p->metrics;
    server_config_settings(p->config, &config);
    return server_open(&p->c, &config, &p->server);
}

/* Commands on the folder are carried out from now on. */
static enum status open_control(struct parts *p)
{
    const struct place place = {
        .wire = p->wire, .config = p->config, .stopping = &ending, .served = true};
    return control_open(&p->c, config_text(p->config, SET_DATA), &place, &p->control);
}

static enum status open_parts(struct parts *p, bool must_exist)
{
    const struct wire_options options = {.config = p->config,
                                         .must_exist = must_exist,
                                         .stopping = &ending,
                                         .lock_wait_ms = LOCK_WAIT_MS};
    p->log = log_open(STDERR_FILENO, LOG_INFO);
    p->metrics = metrics_open();
    if (!p->log || !p->metrics)
        return fail_memory(&p->c);
    enum status st = wire_open(&p->c, &options, &p->wire);
    if (st != ST_OK)
        return st;
    measure_store(p);
    p->api =
        api_open(&(struct api_config){.domain = wire_domain(p->wire),
                                      .metrics = p->metrics,
                                      .log = p->log,
                                      .rate_limits = config_switch(p->config, SET_RATE_LIMITS),
                                      .metrics_token = config_text(p->config, SET_METRICS_TOKEN)});
    if (!p->api)
        return fail_memory(&p->c);
    st = open_server(p);
    if (st == ST_OK)
        st = open_control(p);
    return st == ST_OK ? regular_open(&p->c, p->wire, p->config, p->log, &ending, &p->regular) : st;
}

static void close_parts(struct parts *p)
{
    running = NULL;
    atomic_store(&ending, true);
    regular_close(p->regular);
    control_close(p->control);
    if (!server_close(p->server)) {
        log_flush(p->log);
        _exit(0); /* what was acknowledged is on the disk; what goes on was not */
    }
    api_close(p->api);
    wire_close(p->wire);
    metrics_close(p->metrics);
    if (p->log)
        log_flush(p->log);
    log_close(p->log);
    config_close(p->config);
    arena_release(&p->arena);
}

static void announce(const struct parts *p, const char *listen)
{
    const char *colon = strrchr(listen, ':');
    int host = colon ? (int)(colon - listen) : (int)strlen(listen);
    printf("listening on http://%.*s:%d\n", host, listen, server_port(p->server));
    fflush(stdout);
}

/* Not an event of the log, which others may read: it is for whoever started the server. */
static void show_first_link(struct parts *p, const char *listen)
{
    const char *colon = strrchr(listen, ':');
    int host = colon ? (int)(colon - listen) : (int)strlen(listen);
    struct str token;
    if (admin_first_link(&p->c, wire_domain(p->wire), &token) != ST_OK) {
        ctx_forgive(&p->c);
        fputs("studybunny serve: no link for an administrator could be made; use `studybunny user "
              "invite --admin`\n",
              stderr);
    } else if (token.data) {
        fprintf(stderr,
                "There is no administrator yet. Open this link to become one; it is good once, for "
                "%d hours:\n    http://%.*s:%d/join#%.*s\n",
                FIRST_LINK_DAYS * 24, host, listen, server_port(p->server), STR_ARG(token));
    }
}

static int serve(struct parts *p, bool must_exist)
{
    enum status st = open_parts(p, must_exist);
    if (st != ST_OK)
        return refuse(&p->c, st);
    running = p->server;
    show_first_link(p, config_text(p->config, SET_LISTEN));
    announce(p, config_text(p->config, SET_LISTEN));
    if (told_to_end)
        server_stop(p->server);
    server_run(p->server);
    return 0;
}

int cli_serve(int argc, char **argv)
{
    struct parts p = {0};
    int exit_status;
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return usage(stdout);
    catch_signals();
    arena_init(&p.arena, START_MEMORY);
    p.c.arena = &p.arena;
    enum status st = settings_read(&p.c, &argc, argv, &p.config);
    bool must_exist = argc == 2 && strcmp(argv[1], "--must-exist") == 0;
    if (st != ST_OK)
        exit_status = refuse(&p.c, st);
    else if (argc > 1 && !must_exist)
        exit_status = usage(stderr);
    else
        exit_status = serve(&p, must_exist);
    close_parts(&p);
    return exit_status;
}
