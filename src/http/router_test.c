#include "http/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void handler(struct request *r, struct response *out)
{
    (void)r;
    (void)out;
}

static const struct route routes[] = {
    {.method = METHOD_GET, .path = "/", .handler = handler},
    {.method = METHOD_GET, .path = "/tasks", .handler = handler},
    {.method = METHOD_POST, .path = "/tasks", .handler = handler},
    {.method = METHOD_POST, .path = "/tasks/complete", .handler = handler},
    {.method = METHOD_GET, .path = "/tasks/{id}", .handler = handler},
    {.method = METHOD_DELETE, .path = "/tasks/{id}", .handler = handler},
    {.method = METHOD_GET, .path = "/tasks/{id}/files/{file}", .handler = handler},
};

static struct ctx c;
static struct router *router;

static int setup(void **state)
{
    (void)state;
    assert_int_equal(router_open(&c, routes, sizeof routes / sizeof routes[0], &router), ST_OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    router_close(router);
    return 0;
}

static struct route_match match(enum method method, const char *path)
{
    return router_match(router, method, str_of(path));
}

static void test_finds_literals_and_names(void **state)
{
    (void)state;
    assert_ptr_equal(match(METHOD_GET, "/").route, &routes[0]);
    assert_ptr_equal(match(METHOD_GET, "/tasks").route, &routes[1]);
    assert_ptr_equal(match(METHOD_POST, "/tasks").route, &routes[2]);
    assert_ptr_equal(match(METHOD_POST, "/tasks/complete").route, &routes[3]);
    struct route_match m = match(METHOD_GET, "/tasks/5/files/a b");
    assert_ptr_equal(m.route, &routes[6]);
    assert_int_equal(m.segments[0].len, 1);
    assert_memory_equal(m.segments[1].data, "a b", 3);
}

static void test_tells_unknown_paths_from_unknown_methods(void **state)
{
    static const char *const unknown[] = {"/task",           "/tasks/", "//tasks",
                                          "/tasks//files/x", "/TASKS",  "/tasks/5/files",
                                          "tasks",           "",        "/tasks/5/files/x/y"};
    char text[64];
    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        struct route_match m = match(METHOD_GET, unknown[i]);
        if (m.route || m.allow)
            fail_msg("found %s", unknown[i]);
    }
    struct route_match m = match(METHOD_PUT, "/tasks/5");
    assert_null(m.route);
    assert_string_equal(route_allow_text(m.allow, text), "GET, HEAD, DELETE, OPTIONS");
    assert_string_equal(route_allow_text(match(METHOD_OTHER, "/tasks").allow, text),
                        "GET, HEAD, POST, OPTIONS");
}

static enum status try_open(const struct route *table, size_t count)
{
    struct router *made = NULL;
    ctx_forgive(&c);
    enum status status = router_open(&c, table, count, &made);
    if (status == ST_OK)
        router_close(made);
    return status;
}

static void test_refuses_wrong_tables(void **state)
{
    static const struct route wrong[] = {
        {.method = METHOD_GET, .path = "tasks", .handler = handler},
        {.method = METHOD_GET, .path = "/tasks"},
        {.method = METHOD_GET, .path = "/a{b", .handler = handler},
        {.method = METHOD_GET, .path = "/{}", .handler = handler},
        {.method = METHOD_GET, .path = "/a?b", .handler = handler},
        {.method = METHOD_OPTIONS, .path = "/a", .handler = handler},
        {.method = METHOD_GET, .path = "/1/2/3/4/5/6/7/8/9", .handler = handler},
        {.method = METHOD_GET, .path = "/{a}/{b}/{c}/{d}/{e}", .handler = handler},
    };
    static const struct route twice[] = {
        {.method = METHOD_GET, .path = "/{a}/x", .handler = handler},
        {.method = METHOD_GET, .path = "/{b}/x", .handler = handler},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(try_open(&wrong[i], 1), ST_INVALID);
    assert_int_equal(try_open(twice, 2), ST_INVALID);
    assert_int_equal(try_open(twice, 1), ST_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_literals_and_names),
        cmocka_unit_test(test_tells_unknown_paths_from_unknown_methods),
        cmocka_unit_test(test_refuses_wrong_tables),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
