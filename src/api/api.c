#include "api/api.h"

#include <assert.h>

#include "api/problem.h"
#include "api/state.h"
#include "base/pool.h"
#include "ops/log.h"

enum { DOCUMENT_MAX = 1 << 20, LIMITER_KEYS = 1 << 15 };

struct route *add_route(struct api *api)
{
    assert(api->route_count < API_ROUTES_MAX);
    size_t i = api->route_count++;
    api->data[i].api = api;
    api->routes[i].data = &api->data[i];
    return &api->routes[i];
}

static void add_endpoints(struct api *api)
{
    for (size_t i = 0; i < endpoint_count; i++) {
        const struct endpoint *e = &endpoints[i];
        struct route *r = add_route(api);
        r->method = e->method;
        r->path = e->path;
        r->max_body = e->flags & TAKES_FILE  ? (size_t)ATTACHMENT_SIZE_MAX
                      : e->flags & TAKES_ZIP ? (size_t)ARCHIVE_MAX
                      : e->flags & TAKES_ICS ? (size_t)ICS_BYTES_MAX
                      : e->body              ? BODY_MAX
                                             : 0;
        r->handler = e->flags & TAKES_FILE  ? api_upload
                     : e->flags & TAKES_ZIP ? api_import
                                            : api_handle;
        r->sink = e->flags & TAKES_FILE ? &upload_sink : e->flags & TAKES_ZIP ? &import_sink : NULL;
        r->fast = e->flags & MAY_BE_FAST ? api_fast : NULL;
        api->data[api->route_count - 1].endpoint = e;
    }
}

static bool make_document(struct api *api)
{
    struct buf b;
    arena_init(&api->arena, 2 * DOCUMENT_MAX);
    buf_init(&b, &api->arena, 64 << 10, DOCUMENT_MAX);
    openapi_write(&b, "1");
    api->document = buf_str(&b);
    return !b.overflowed;
}

struct api *api_open(const struct api_config *config)
{
    struct api *api = process_alloc(sizeof *api);
    if (!api)
        return NULL;
    api->config = *config;
    api->by_user = ratelimit_open(LIMITER_KEYS, 20, 300);
    api->by_address = ratelimit_open(LIMITER_KEYS, 1, 60);
    api->by_login = ratelimit_open(LIMITER_KEYS, 0.1, 10);
    api->guests = ratelimit_open(LIMITER_KEYS, 0.5, 30);
    api->pages = page_cache_open();
    add_endpoints(api);
    add_service_routes(api);
    if (api->by_user && api->by_address && api->by_login && api->guests && api->pages &&
        make_document(api))
        return api;
    api_close(api);
    return NULL;
}

void api_close(struct api *api)
{
    if (!api)
        return;
    ratelimit_close(api->by_user);
    ratelimit_close(api->by_address);
    ratelimit_close(api->by_login);
    ratelimit_close(api->guests);
    page_cache_close(api->pages);
    arena_release(&api->arena);
    process_free(api);
}

const struct route *api_routes(const struct api *api, size_t *count)
{
    *count = api->route_count;
    return api->routes;
}

struct server_hooks api_hooks(struct api *api)
{
    return (struct server_hooks){.data = api, .problem = problem_server};
}

void api_log_fault(const struct api *api, const struct request *request, enum status cause)
{
    const struct ctx *c = request->ctx;
    if (cause != ST_INTERNAL && cause != ST_FULL && cause != ST_UNAVAILABLE)
        return;
    log_event(api->config.log, cause == ST_INTERNAL ? LOG_ERROR : LOG_WARN, "request_failed",
              LOG_TEXT("request_id", request->id), LOG_TEXT("cause", status_name(cause)),
              LOG_TEXT("detail", c->fault_count ? c->faults[0].detail : ""));
}
