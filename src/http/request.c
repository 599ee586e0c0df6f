#include "http/request.h"

#include <string.h>

#include "http/exchange.h"
#include "http/target.h"

static const struct exchange *exchange_of(const struct request *r)
{
    return r->exchange;
}

struct str request_header(const struct request *r, const char *name)
{
    const char *value = NULL;
    size_t len = 0;
    if (MHD_lookup_connection_value_n(exchange_of(r)->link, MHD_HEADER_KIND, name, strlen(name),
                                      &value, &len) == MHD_NO ||
        !value)
        return STR_NONE;
    return str_trim((struct str){value, len});
}

struct str request_cookie(const struct request *r, const char *name)
{
    return cookie_find(request_header(r, "Cookie"), str_of(name));
}

struct str request_param(const struct request *r, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < r->param_count; i++) {
        if (str_eq(r->params[i].name, wanted))
            return r->params[i].value;
    }
    return STR_NONE;
}

struct str request_segment(const struct request *r, const char *name)
{
    struct str rest = r->route ? str_of(r->route->path) : STR_NONE;
    struct str wanted = str_of(name);
    size_t index = 0;
    while (rest.data) {
        struct str segment = str_cut(&rest, '/');
        if (segment.len < 3 || segment.data[0] != '{')
            continue;
        if (str_eq((struct str){segment.data + 1, segment.len - 2}, wanted))
            return r->segments[index];
        index++;
    }
    return STR_NONE;
}

bool request_none_match(const struct request *r, struct str etag)
{
    struct str header = request_header(r, "If-None-Match");
    return header.data && etag.data && etag_listed(header, etag);
}

/* "https://app.example" against the Host header and the scheme of the client's own leg. */
static bool origin_is_own(const struct request *r, struct str origin)
{
    struct str scheme = r->https ? STR_LIT("https://") : STR_LIT("http://");
    if (!str_starts(origin, scheme))
        return false;
    struct str host = {origin.data + scheme.len, origin.len - scheme.len};
    return str_eq_nocase(host, request_header(r, "Host"));
}

bool request_same_site(const struct request *r)
{
    struct str origin = request_header(r, "Origin");
    if (origin.data && origin_allowed(exchange_of(r)->loop->server, origin))
        return true;
    struct str fetch_site = request_header(r, "Sec-Fetch-Site");
    if (fetch_site.data)
        return str_eq(fetch_site, STR_LIT("same-origin")) || str_eq(fetch_site, STR_LIT("none"));
    return !origin.data || origin_is_own(r, origin);
}

bool request_draining(const struct request *r)
{
    return atomic_load_explicit(&exchange_of(r)->loop->server->state, memory_order_relaxed) !=
           SERVER_RUNNING;
}

void response_problem(struct request *r, struct response *out, int status, const char *code,
                      const char *detail)
{
    const struct server_hooks *hooks = &exchange_of(r)->loop->server->config.hooks;
    out->status = status;
    out->content_type = NULL;
    out->body = (struct str){"", 0};
    out->etag = STR_NONE;
    out->cache = CACHE_NO_STORE;
    out->content_policy = NULL;
    response_drop_file(out);
    if (hooks->problem)
        hooks->problem(hooks->data, r, out, status, code, detail);
}
