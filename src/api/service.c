/* What operators and load balancers ask: /livez, /readyz, /healthz, /metrics, the document. */
#include "api/problem.h"
#include "api/state.h"
#include "ops/metrics.h"

enum { METRICS_MAX = 1 << 20 };

static const struct api *api_of(const struct request *request)
{
    const struct route_data *data = request->route->data;
    return data->api;
}

static void livez(struct request *request, struct response *response)
{
    (void)request;
    response_body(response, 200, "text/plain; charset=utf-8", STR_LIT("ok\n"));
}

/* Ready is what a load balancer acts on, so it must not depend on the database: if that is down for
 * all instances, taking all of them out helps nobody. */
static void readyz(struct request *request, struct response *response)
{
    if (request_draining(request))
        response_body(response, 503, "text/plain; charset=utf-8", STR_LIT("draining\n"));
    else
        response_body(response, 200, "text/plain; charset=utf-8", STR_LIT("ready\n"));
}

static void healthz(struct request *request, struct response *response)
{
    struct buf b;
    enum status database = store_check(request->ctx, api_of(request)->config.domain->store);
    buf_init(&b, response->arena, 256, 4096);
    buf_addf(&b, "{\"status\":\"%s\",\"dependencies\":{\"database\":{\"status\":\"%s\"}}}",
             database == ST_OK ? "ok" : "degraded", database == ST_OK ? "ok" : "down");
    response_body(response, database == ST_OK ? 200 : 503, "application/json", buf_str(&b));
}

/* Takes as long for a wrong token as for a right one. */
static bool may_measure(const struct request *request, const char *token)
{
    struct str given = request_header(request, "Authorization");
    struct str wanted = str_of(token);
    static const struct str scheme = {"Bearer ", 7};
    if (wanted.len == 0)
        return true;
    if (!str_starts(given, scheme) || given.len != scheme.len + wanted.len)
        return false;
    unsigned difference = 0;
    for (size_t i = 0; i < wanted.len; i++)
        difference |= (unsigned)(given.data[scheme.len + i] ^ wanted.data[i]);
    return difference == 0;
}

static void metrics(struct request *request, struct response *response)
{
    struct buf b;
    if (!may_measure(request, api_of(request)->config.metrics_token)) {
        response_problem(request, response, 401, "unauthenticated", "a token is needed");
        return;
    }
    buf_init(&b, response->arena, 16 << 10, METRICS_MAX);
    metrics_write(api_of(request)->config.metrics, &b);
    response_body(response, 200, "text/plain; version=0.0.4; charset=utf-8", buf_str(&b));
}

static void document(struct request *request, struct response *response)
{
    response_body(response, 200, "application/json", api_of(request)->document);
    response->cache = CACHE_PUBLIC;
}

void add_service_routes(struct api *api)
{
    static const struct {
        const char *path;
        unsigned flags;
        void (*handler)(struct request *, struct response *);
    } services[] = {
        {"/livez", ROUTE_INLINE | ROUTE_QUIET, livez},
        {"/readyz", ROUTE_INLINE | ROUTE_QUIET, readyz},
        {"/healthz", ROUTE_QUIET, healthz},
        {"/metrics", ROUTE_QUIET, metrics},
        {"/feeds/{name}", 0, plan_calendar},
        {"/api/v1/openapi.json", ROUTE_INLINE, document},
    };
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        struct route *r = add_route(api);
        r->method = METHOD_GET;
        r->path = services[i].path;
        r->flags = services[i].flags;
        r->handler = services[i].handler;
    }
}
