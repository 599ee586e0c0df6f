#include <string.h>

#include "http/exchange.h"
#include "http/target.h"
#include "ops/metrics.h"

enum {
    FIRST_BODY = 16 * 1024, /* bytes taken at first for a body: it may never come */
    HOPS_MAX = 8,
};

static const struct {
    const char *name;
    enum method method;
} methods[] = {
    {"GET", METHOD_GET},         {"HEAD", METHOD_GET},    {"POST", METHOD_POST},
    {"PUT", METHOD_PUT},         {"PATCH", METHOD_PATCH}, {"DELETE", METHOD_DELETE},
    {"OPTIONS", METHOD_OPTIONS},
};

static enum method method_of(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(methods[i].name, name) == 0)
            return methods[i].method;
    }
    return METHOD_OTHER;
}

/* The last entries of a list that may go over several header lines, as a ring. */
struct hops {
    struct str entries[HOPS_MAX];
    size_t count;
};

static enum MHD_Result collect_hops(void *cls, enum MHD_ValueKind kind, const char *key,
                                    size_t key_len, const char *value, size_t value_len)
{
    struct hops *hops = cls;
    (void)kind;
    if (!value || !str_eq_nocase((struct str){key, key_len}, STR_LIT("X-Forwarded-For")))
        return MHD_YES;
    struct str rest = {value, value_len};
    while (rest.data)
        hops->entries[hops->count++ % HOPS_MAX] = str_trim(str_cut(&rest, ','));
    return MHD_YES;
}

/* The client is the entry that the outermost trusted proxy added. With fewer entries the request
 * did not come through all of them (a balancer's own probe): then the peer stays. */
static void look_through_proxies(struct exchange *e)
{
    size_t trusted = (size_t)e->loop->server->config.trusted_hops;
    struct hops hops = {.count = 0};
    struct address client;
    MHD_get_connection_values_n(e->link, MHD_HEADER_KIND, collect_hops, &hops);
    if (hops.count >= trusted &&
        address_parse(hops.entries[(hops.count - trusted) % HOPS_MAX], &client))
        e->request.remote = client;
    struct str scheme = request_header(&e->request, "X-Forwarded-Proto");
    while (scheme.data)
        e->request.https = str_eq_nocase(str_trim(str_cut(&scheme, ',')), STR_LIT("https"));
}

void exchange_refuse(struct exchange *e, int status, const char *code, const char *detail)
{
    if (status == 503 && e->response.retry_after_s == 0)
        e->response.retry_after_s = 1;
    response_problem(&e->request, &e->response, status, code, detail);
    border_reply(e);
}

/* What is wrong with a request before anybody looks for its route. */
static struct target_fault check_head(struct exchange *e)
{
    int headers = MHD_get_connection_values_n(e->link, MHD_HEADER_KIND, NULL, NULL);
    if (headers > REQUEST_HEADERS_MAX)
        return (struct target_fault){431, "too_many_headers", "The request has too many headers."};
    if (!e->raw_target.data)
        return (struct target_fault){503, "memory", "The request needs too much memory."};
    return target_parse(&e->request, &e->arena, e->raw_target, request_header(&e->request, "Host"));
}

static void expect_body(struct exchange *e)
{
    struct str length = request_header(&e->request, "Content-Length");
    uint64_t bytes = 0;
    if (request_header(&e->request, "Transfer-Encoding").data)
        e->body_expected = SIZE_MAX;
    else if (length.data && str_to_uint(length, SIZE_MAX - 1, &bytes))
        e->body_expected = (size_t)bytes;
}

static void no_route(struct exchange *e, unsigned allow)
{
    char text[64];
    if (e->request.method == METHOD_OPTIONS && allow) {
        border_preflight(e, allow);
        border_reply(e);
    } else if (allow) {
        response_header(&e->response, "Allow", str_of(route_allow_text(allow, text)));
        exchange_refuse(e, 405, "method_not_allowed", "This address does not take this method.");
    } else {
        exchange_refuse(e, 404, "not_found", "There is nothing at this address.");
    }
}

/* Finds the route; false when the request was answered instead. */
static bool find_route(struct exchange *e)
{
    struct server *server = e->loop->server;
    struct request *r = &e->request;
    struct route_match match = router_match(server->router, r->method, r->path);
    bool anywhere = str_eq(r->path, STR_LIT("*"));
    if (!match.allow && server->config.fallback && !anywhere) {
        match.allow = 1u << METHOD_GET;
        match.route = r->method == METHOD_GET ? server->config.fallback : NULL;
        if (r->method != METHOD_GET && r->method != METHOD_OPTIONS)
            match.allow = 0;
    }
    if (anywhere && r->method == METHOD_OPTIONS)
        match.allow = (1u << METHOD_OPTIONS) - 1;
    if (!match.route) {
        no_route(e, match.allow);
        return false;
    }
    r->route = match.route;
    memcpy(r->segments, match.segments, sizeof r->segments);
    return true;
}

static bool admitted(struct exchange *e)
{
    const struct server_hooks *hooks = &e->loop->server->config.hooks;
    size_t max_body = e->request.route->max_body;
    if (e->body_expected != SIZE_MAX && e->body_expected > max_body) {
        exchange_refuse(e, 413, "body_too_large", "The request's body is too large.");
        return false;
    }
    if (hooks->admit && !hooks->admit(hooks->data, &e->request, &e->response)) {
        border_reply(e);
        return false;
    }
    return true;
}

/* A connection above the limit is refused at its first request, unless room was made meanwhile. */
static bool above_limit(struct exchange *e)
{
    struct server *server = e->loop->server;
    bool over =
        e->connection->over && atomic_load(&server->open) > (int64_t)server->config.max_connections;
    e->connection->over = false;
    return over;
}

void exchange_head(struct exchange *e, const char *method)
{
    struct server *server = e->loop->server;
    e->progress = PROGRESS_BODY;
    e->request.method = method_of(method);
    e->request.head = strcmp(method, "HEAD") == 0;
    expect_body(e);
    if (server->config.trusted_hops > 0)
        look_through_proxies(e);

    struct target_fault fault = check_head(e);
    if (fault.code) {
        e->response.close = true;
        exchange_refuse(e, fault.status, fault.code, fault.detail);
    } else if (above_limit(e)) {
        counter_add(server->refused, 1);
        e->response.close = true;
        exchange_refuse(e, 503, "too_many_connections", "The server has too many connections.");
    } else if (find_route(e)) {
        admitted(e);
    }
}

/* Room for `len` more bytes of body. */
static bool make_room(struct exchange *e, size_t len)
{
    size_t need = e->request.body.len + len;
    if (need <= e->body_size)
        return true;
    size_t size = e->body_size ? e->body_size * 2 : FIRST_BODY;
    if (e->body_expected != SIZE_MAX && (size > e->body_expected || size < need))
        size = e->body_expected;
    if (size < need)
        size = need;
    char *grown = arena_alloc(&e->arena, size + 1);
    if (!grown)
        return false;
    if (e->request.body.len)
        memcpy(grown, e->body, e->request.body.len);
    e->body = grown;
    e->body_size = size;
    return true;
}

void exchange_body(struct exchange *e, const char *bytes, size_t len)
{
    if (e->progress == PROGRESS_ANSWERED) {
        e->discarded += len;
        return;
    }
    if (len > e->request.route->max_body - e->request.body.len) {
        exchange_refuse(e, 413, "body_too_large", "The request's body is too large.");
        return;
    }
    if (!make_room(e, len)) {
        exchange_refuse(e, 503, "memory", "The request needs too much memory.");
        return;
    }
    memcpy(e->body + e->request.body.len, bytes, len);
    e->request.body = (struct str){e->body, e->request.body.len + len};
    e->body[e->request.body.len] = '\0';
}

size_t exchange_collect(struct exchange *e, const char *bytes, size_t len)
{
    size_t room = SINK_PIECE - e->piece_len;
    size_t taken = len < room ? len : room;
    memcpy(e->body + e->piece_len, bytes, taken);
    e->piece_len += taken;
    return taken;
}

void exchange_run(struct exchange *e)
{
    e->request.route->handler(&e->request, &e->response);
    border_reply(e);
}

bool exchange_try_fast(struct exchange *e)
{
    const struct route *route = e->request.route;
    if (!route->fast || route->fast(&e->request, &e->response) == FAST_NEED_WORKER)
        return false;
    border_reply(e);
    return true;
}
