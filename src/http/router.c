#include <string.h>

#include "base/arena.h"
#include "http/route.h"

enum {
    ROUTER_MEMORY = 1024 * 1024, /* bytes; the table is fixed at start */
};

/* One segment in a tree of segments. */
struct node {
    struct str literal; /* of this segment; no text for a name's */
    struct node *first; /* literal children */
    struct node *next;  /* the next literal child of the same parent */
    struct node *name;  /* the child that matches any segment */
    const struct route *routes[METHOD_COUNT];
};

struct router {
    struct arena arena;
    struct node root;
};

static bool is_name(struct str segment)
{
    return segment.len > 2 && segment.data[0] == '{' && segment.data[segment.len - 1] == '}';
}

static bool well_formed_literal(struct str segment)
{
    for (size_t i = 0; i < segment.len; i++) {
        if (strchr("{}%?#*", segment.data[i]))
            return false;
    }
    return true;
}

static struct node *find_literal(const struct node *parent, struct str segment)
{
    for (struct node *n = parent->first; n; n = n->next) {
        if (str_eq(n->literal, segment))
            return n;
    }
    return NULL;
}

static struct node *child(struct router *router, struct node *parent, struct str segment)
{
    struct node *n = is_name(segment) ? parent->name : find_literal(parent, segment);
    if (n)
        return n;
    n = ARENA_NEW(&router->arena, struct node);
    if (!n)
        return NULL;
    if (is_name(segment)) {
        parent->name = n;
    } else {
        n->literal = segment;
        n->next = parent->first;
        parent->first = n;
    }
    return n;
}

static enum status add_route(struct ctx *c, struct router *router, const struct route *route)
{
    struct str rest = str_of(route->path);
    struct node *at = &router->root;
    int depth = 0;
    int names = 0;
    if (!rest.len || rest.data[0] != '/' || !route->handler || route->method >= METHOD_OPTIONS)
        return fail(c, ST_INVALID, "routes", "%s: needs a path, a method and a handler",
                    route->path ? route->path : "(null)");
    str_cut(&rest, '/');
    while (rest.data) {
        struct str segment = str_cut(&rest, '/');
        names += is_name(segment) ? 1 : 0;
        if (++depth > ROUTE_DEPTH_MAX || names > REQUEST_SEGMENTS_MAX ||
            (!is_name(segment) && !well_formed_literal(segment)))
            return fail(c, ST_INVALID, "routes", "%s: not a route's path", route->path);
        at = child(router, at, segment);
        if (!at)
            return fail_memory(c);
    }
    if (at->routes[route->method])
        return fail(c, ST_INVALID, "routes", "%s %s: is there twice", method_name(route->method),
                    route->path);
    at->routes[route->method] = route;
    return ST_OK;
}

enum status router_open(struct ctx *c, const struct route *routes, size_t count,
                        struct router **out)
{
    struct arena arena;
    arena_init(&arena, ROUTER_MEMORY);
    struct router *router = ARENA_NEW(&arena, struct router);
    if (!router)
        return fail_memory(c);
    router->arena = arena;
    enum status status = ST_OK;
    if (count > ROUTES_MAX)
        status = fail(c, ST_INVALID, "routes", "more than %d routes", ROUTES_MAX);
    for (size_t i = 0; i < count && status == ST_OK; i++)
        status = add_route(c, router, &routes[i]);
    if (status != ST_OK) {
        router_close(router);
        return status;
    }
    *out = router;
    return ST_OK;
}

void router_close(struct router *router)
{
    if (!router)
        return;
    struct arena arena = router->arena;
    arena_release(&arena);
}

struct route_match router_match(const struct router *router, enum method method, struct str path)
{
    struct route_match match = {0};
    const struct node *at = &router->root;
    struct str rest = path;
    size_t names = 0;
    if (!path.len || path.data[0] != '/')
        return match;
    str_cut(&rest, '/');
    while (rest.data && at) {
        struct str segment = str_cut(&rest, '/');
        const struct node *next = find_literal(at, segment);
        if (!next && at->name && segment.len) {
            next = at->name;
            match.segments[names++] = segment;
        }
        at = next;
    }
    if (!at)
        return match;
    for (int m = 0; m < METHOD_COUNT; m++)
        match.allow |= at->routes[m] ? 1u << m : 0;
    if (method < METHOD_COUNT)
        match.route = at->routes[method];
    return match;
}

char *route_allow_text(unsigned allow, char out[64])
{
    size_t len = 0;
    out[0] = '\0';
    for (int m = 0; m < METHOD_OPTIONS; m++) {
        if (!(allow & 1u << m))
            continue;
        const char *name = m == METHOD_GET ? "GET, HEAD" : method_name((enum method)m);
        size_t n = strlen(name);
        memcpy(out + len, name, n);
        memcpy(out + len + n, ", ", 3);
        len += n + 2;
    }
    memcpy(out + len, "OPTIONS", 8);
    return out;
}
