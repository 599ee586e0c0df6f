/*
 * Fuzzes every parser of http/ that reads foreign bytes without the library's help: the request
 * target, cookies, entity tags, Accept-Encoding, addresses, paths against a route table, ranges,
 * structured fields. The first byte chooses the parser, the rest is its input.
 *   CC=clang meson setup build/fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
 *   ninja -C build/fuzz src/http/http_fuzz && build/fuzz/src/http/http_fuzz -max_total_time=60
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "http/address.h"
#include "http/range.h"
#include "http/route.h"
#include "http/static.h"
#include "http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool clean(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.data[i] < 0x20 || s.data[i] == 0x7f)
            return false;
    }
    return utf8_valid(s);
}

static void fuzz_target(struct arena *arena, struct str in)
{
    static struct request r;
    struct target_fault fault = target_parse(&r, arena, in, STR_LIT("study.example"));
    if (fault.code) {
        assert(fault.status >= 400 && fault.detail);
        return;
    }
    assert(r.path.len > 0 && (r.path.data[0] == '/' || str_eq(r.path, STR_LIT("*"))));
    assert(clean(r.path) && r.param_count <= REQUEST_PARAMS_MAX);
    for (size_t i = 0; i < r.param_count; i++) {
        assert(clean(r.params[i].name) && clean(r.params[i].value));
        for (size_t k = 0; k < i; k++)
            assert(!str_eq(r.params[i].name, r.params[k].name));
    }
}

static void fuzz_address(struct str in)
{
    struct address a;
    struct address again;
    char text[ADDRESS_TEXT_MAX];
    if (!address_parse(in, &a))
        return;
    size_t len = address_format(a, text);
    assert(address_parse((struct str){text, len}, &again));
    assert(memcmp(&a, &again, sizeof a) == 0);
}

static void handler(struct request *r, struct response *out)
{
    (void)r;
    (void)out;
}

static void fuzz_router(struct str in)
{
    static const struct route routes[] = {
        {.method = METHOD_GET, .path = "/", .handler = handler},
        {.method = METHOD_GET, .path = "/a/{id}", .handler = handler},
        {.method = METHOD_GET, .path = "/a/{id}/b/{file}", .handler = handler},
        {.method = METHOD_POST, .path = "/a/b", .handler = handler},
    };
    static struct router *router;
    static struct ctx c;
    if (!router && router_open(&c, routes, 4, &router) != ST_OK)
        return;
    struct route_match match = router_match(router, METHOD_GET, in);
    assert(!match.route || match.allow);
    for (size_t i = 0; i < REQUEST_SEGMENTS_MAX; i++) {
        struct str segment = match.segments[i];
        assert(!segment.data || (segment.len && !memchr(segment.data, '/', segment.len)));
    }
}

static void fuzz_range(struct str in)
{
    static const uint64_t lengths[] = {0, 1, 1000, UINT64_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        uint64_t first;
        uint64_t count;
        if (range_parse(in, lengths[i], &first, &count) == RANGE_PART)
            assert(count > 0 && first < lengths[i] && count <= lengths[i] - first);
    }
}

static void fuzz_fields(struct str in)
{
    uint64_t number;
    bool yes;
    bool is_number = field_integer(in, &number);
    assert(!is_number || number < 1000000000000000);
    assert(!field_boolean(in, &yes) || !is_number);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena;
    if (len < 2)
        return 0;
    arena_init(&arena, 1 << 20);
    /* A copy of the exact size, so that the sanitizer sees a read behind it. */
    char *copy = malloc(len - 1);
    if (!copy)
        return 0;
    memcpy(copy, bytes + 1, len - 1);
    struct str in = {copy, len - 1};
    switch (bytes[0] % 8) {
    case 0:
        fuzz_target(&arena, in);
        break;
    case 1:
        (void)cookie_find(in, STR_LIT("sid"));
        break;
    case 2:
        (void)etag_listed(in, STR_LIT("\"5\""));
        break;
    case 3:
        (void)static_encoding(in, true, true);
        break;
    case 4:
        fuzz_address(in);
        break;
    case 5:
        fuzz_range(in);
        break;
    case 6:
        fuzz_fields(in);
        break;
    default:
        fuzz_router(in);
        break;
    }
    arena_release(&arena);
    free(copy);
    return 0;
}
