#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/exchange.h"
#include "http/target.h"
#include "ops/log.h"
#include "ops/metrics.h"

static const char default_csp[] =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
    "data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'";

static const struct response_header security_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    /* The page may listen when someone presses "Speak"; nobody embedded in it may. */
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"},
};

bool origin_allowed(const struct server *server, struct str origin)
{
    const char *const *allowed = server->config.origins;
    for (; allowed && *allowed; allowed++) {
        if (str_eq(origin, str_of(*allowed)))
            return true;
    }
    return false;
}

void border_preflight(struct exchange *e, unsigned allow)
{
    char text[64];
    struct response *out = &e->response;
    struct str methods = str_of(route_allow_text(allow, text));
    out->status = 204;
    response_header(out, "Allow", methods);
    if (!origin_allowed(e->loop->server, request_header(&e->request, "Origin")) ||
        !request_header(&e->request, "Access-Control-Request-Method").data)
        return;
    response_header(out, "Access-Control-Allow-Methods", methods);
    response_header(out, "Access-Control-Allow-Headers",
                    STR_LIT("Authorization, Content-Type, Idempotency-Key, If-Match, "
                            "If-None-Match, Range, Upload-Complete, Upload-Offset"));
    response_header(out, "Access-Control-Max-Age", STR_LIT("7200"));
}

/* A reply under construction; NULL once something did not fit in memory. */
static void put(struct MHD_Response **reply, const char *name, const char *value)
{
    if (*reply && MHD_add_response_header(*reply, name, value) == MHD_NO) {
        MHD_destroy_response(*reply);
        *reply = NULL;
    }
}

static void put_str(struct MHD_Response **reply, const char *name, struct str value)
{
    char text[256];
    if (value.len >= sizeof text)
        return;
    memcpy(text, value.data, value.len);
    text[value.len] = '\0';
    put(reply, name, text);
}

static void put_cors(struct exchange *e, struct MHD_Response **reply)
{
    const struct server *server = e->loop->server;
    if (!server->config.origins || !server->config.origins[0])
        return;
    put(reply, "Vary", "Origin");
    struct str origin = request_header(&e->request, "Origin");
    if (!origin.data || !origin_allowed(server, origin))
        return;
    put_str(reply, "Access-Control-Allow-Origin", origin);
    put(reply, "Access-Control-Allow-Credentials", "true");
    put(reply, "Access-Control-Expose-Headers",
        "Content-Range, ETag, Location, Retry-After, Upload-Complete, Upload-Offset, X-Request-Id");
}

static void put_security(struct exchange *e, struct MHD_Response **reply)
{
    const char *csp = e->response.content_policy ? e->response.content_policy
                                                 : e->loop->server->config.content_policy;
    put(reply, "Content-Security-Policy", csp ? csp : default_csp);
    for (size_t i = 0; i < sizeof security_headers / sizeof security_headers[0]; i++)
        put(reply, security_headers[i].name, security_headers[i].value);
    if (e->request.https)
        put(reply, "Strict-Transport-Security", "max-age=63072000");
}

static const char *cache_control(const struct response *out)
{
    if (out->status >= 400)
        return "no-store";
    switch (out->cache) {
    case CACHE_NO_STORE:
        return "no-store";
    case CACHE_REVALIDATE:
        return "private, no-cache";
    case CACHE_PUBLIC:
        return "no-cache";
    case CACHE_IMMUTABLE:
        return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

static void put_all(struct exchange *e, struct MHD_Response **reply)
{
    const struct response *out = &e->response;
    char number[16];
    if (out->content_type && e->reply_bytes)
        put(reply, "Content-Type", out->content_type);
    put(reply, "Cache-Control", cache_control(out));
    if (out->etag.data)
        put_str(reply, "ETag", out->etag);
    if (out->retry_after_s > 0) {
        snprintf(number, sizeof number, "%d", out->retry_after_s);
        put(reply, "Retry-After", number);
    }
    for (size_t i = 0; i < out->header_count; i++)
        put(reply, out->headers[i].name, out->headers[i].value);
    put(reply, "X-Request-Id", e->request.id);
    put_security(e, reply);
    put_cors(e, reply);
    if (out->close || request_draining(&e->request))
        put(reply, "Connection", "close");
}

/* A handler that leaves no valid status has failed. */
static void check_status(struct exchange *e)
{
    struct response *out = &e->response;
    if (out->status >= 200 && out->status <= 599)
        return;
    out->header_count = 0;
    out->retry_after_s = 0;
    response_problem(&e->request, out, 500, "internal", "Something went wrong here.");
}

/* 304 keeps what describes the representation. The body stays for its length only: the library does
 * not send it. */
static void make_conditional(struct exchange *e)
{
    struct response *out = &e->response;
    if (out->status != 200 || e->request.method != METHOD_GET ||
        !request_none_match(&e->request, out->etag))
        return;
    out->status = 304;
    out->content_type = NULL;
}

/* The library closes the file with the reply. */
static struct MHD_Response *make_reply(struct response *out)
{
    if (out->file < 0 || out->file_len == 0)
        return MHD_create_response_from_buffer(out->body.len, (void *)out->body.data,
                                               MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *reply =
        MHD_create_response_from_fd_at_offset64(out->file_len, out->file, out->file_offset);
    if (reply)
        out->file = -1;
    return reply;
}

void border_reply(struct exchange *e)
{
    struct response *out = &e->response;
    const struct server_hooks *hooks = &e->loop->server->config.hooks;
    make_conditional(e);
    if (hooks->finish)
        hooks->finish(hooks->data, &e->request, out);
    check_status(e);
    response_compress(&e->request, out);
    e->reply_bytes = response_length(out);
    e->reply = make_reply(out);
    put_all(e, &e->reply);
    e->progress = PROGRESS_ANSWERED;
}

static struct route_metrics *metrics_of(const struct exchange *e)
{
    const struct server_config *config = &e->loop->server->config;
    const struct route *route = e->request.route;
    size_t index = config->route_count + METRICS_UNMATCHED;
    if (route && route == config->fallback)
        index = config->route_count + METRICS_FALLBACK;
    else if (route)
        index = (size_t)(route - config->routes);
    else if (e->progress == PROGRESS_HEAD)
        index = config->route_count + METRICS_MALFORMED;
    return &e->loop->server->metrics[index];
}

/* What the library answered by itself, to what it could not read; 0: nothing. */
static int status_of(const struct exchange *e)
{
    if (e->progress == PROGRESS_SENT)
        return e->response.status;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(e->link, MHD_CONNECTION_INFO_HTTP_STATUS);
    return info ? (int)info->http_status : 0;
}

static uint64_t body_sent(const struct exchange *e)
{
    bool without = e->request.head || e->response.status == 304;
    return e->progress == PROGRESS_SENT && !without ? e->reply_bytes : 0;
}

void border_record(struct exchange *e, bool sent)
{
    struct log *log = e->loop->server->config.log;
    struct route_metrics *metrics = metrics_of(e);
    int64_t us = clock_us() - e->begun_us;
    int status = status_of(e);
    counter_add(metrics->replies[status >= 100 && status < 600 ? status / 100 : 0], 1);
    histogram_observe_us(metrics->seconds, (uint64_t)us);
    bool quiet = e->request.route && e->request.route->flags & ROUTE_QUIET && status < 400;
    if (!log || (quiet && sent))
        return;
    log_event(log, status == 500 ? LOG_ERROR : LOG_INFO, "request", LOG_TEXT("id", e->request.id),
              LOG_TEXT("method", e->request.head ? "HEAD" : method_name(e->request.method)),
              LOG_TEXT("route", metrics->name), LOG_INT("status", status),
              LOG_REAL("ms", (double)us / 1000), LOG_INT("bytes", (int64_t)body_sent(e)),
              LOG_TEXT("subject", e->request.subject[0] ? e->request.subject : NULL),
              LOG_BOOL("whole", sent));
}

static void add_metrics(struct server *server, struct route_metrics *m, const char *name)
{
    static const char *const classes[6] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    struct metrics *registry = server->config.metrics;
    char labels[192];
    m->name = name;
    for (size_t i = 0; i < 6; i++) {
        if (i == 1)
            continue;
        snprintf(labels, sizeof labels, "route=\"%s\",status=\"%s\"", name, classes[i]);
        m->replies[i] = metrics_counter(registry, "http_requests_total",
                                        "Requests by route and class of status.", labels);
    }
    snprintf(labels, sizeof labels, "route=\"%s\"", name);
    m->seconds = metrics_histogram(registry, "http_request_duration_seconds",
                                   "From the request line to the last byte of the reply.", labels);
}

static double read_loop(void *data)
{
    const struct loop *loop = data;
    return (double)(atomic_load(&loop->added) - atomic_load(&loop->closed));
}

static double read_open(void *data)
{
    return (double)atomic_load(&((struct server *)data)->open);
}

static double read_in_flight(void *data)
{
    return (double)atomic_load(&((struct server *)data)->in_flight);
}

static double read_queue(void *data)
{
    return (double)queue_length(&((struct server *)data)->queue);
}

static void add_server_metrics(struct server *server)
{
    struct metrics *m = server->config.metrics;
    server->accepted = metrics_counter(m, "http_connections_total", "Connections accepted.", "");
    server->late = metrics_counter(m, "http_deadlines_missed_total",
                                   "Connections closed because a client was too slow.", "");
    server->refused = metrics_counter(m, "http_connections_refused_total",
                                      "Connections above the limit, answered 503.", "");
    server->overload = metrics_counter(m, "http_overload_total",
                                       "Requests answered 503 because the queue was full.", "");
    metrics_callback_gauge(m, "http_connections", "Connections open.", "", read_open, server);
    for (int i = 0; i < server->config.loops; i++) {
        char label[32];
        snprintf(label, sizeof label, "loop=\"%d\"", i);
        metrics_callback_gauge(m, "http_loop_connections", "Connections open in one loop.", label,
                               read_loop, &server->loops[i]);
    }
    metrics_callback_gauge(m, "http_in_flight", "Requests being read, handled or answered.", "",
                           read_in_flight, server);
    metrics_callback_gauge(m, "http_queue_length", "Requests waiting for a worker.", "", read_queue,
                           server);
}

bool border_open(struct server *server)
{
    const struct server_config *config = &server->config;
    static const char *const others[METRICS_OTHERS] = {"fallback", "unmatched", "malformed"};
    server->metrics = calloc(config->route_count + METRICS_OTHERS, sizeof *server->metrics);
    if (!server->metrics)
        return false;
    for (size_t i = 0; i < config->route_count; i++) {
        const struct route *route = &config->routes[i];
        char name[128];
        snprintf(name, sizeof name, "%s %s", method_name(route->method), route->path);
        char *kept = route->name ? NULL : strdup(name);
        if (!route->name && !kept)
            return false;
        server->metrics[i].own_name = kept;
        add_metrics(server, &server->metrics[i], kept ? kept : route->name);
    }
    for (size_t i = 0; i < METRICS_OTHERS; i++)
        add_metrics(server, &server->metrics[config->route_count + i],
                    i == METRICS_FALLBACK && config->fallback && config->fallback->name
                        ? config->fallback->name
                        : others[i]);
    add_server_metrics(server);
    return true;
}

void border_close(struct server *server)
{
    if (!server->metrics)
        return;
    for (size_t i = 0; i < server->config.route_count; i++)
        free(server->metrics[i].own_name);
    free(server->metrics);
}
