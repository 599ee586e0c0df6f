#include "api/whence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void expect_device(const char *user_agent, const char *expected)
{
    struct arena arena;
    arena_init(&arena, 1 << 16);
    struct str got = device_of(&arena, str_of(user_agent));
    assert_true(got.len < 64);
    char text[64];
    memcpy(text, got.data, got.len);
    text[got.len] = '\0';
    assert_string_equal(text, expected);
    arena_release(&arena);
}

static void browsers_are_named_without_their_versions(void **state)
{
    (void)state;
    expect_device("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                  "Firefox, Linux");
    expect_device("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                  "Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                  "Edge, Windows");
    expect_device("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Chrome/142.0.0.0 Mobile Safari/537.36",
                  "Chrome, Android");
    expect_device("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
                  "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                  "Safari, iOS");
    expect_device("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, "
                  "like Gecko) Version/18.1 Safari/605.1.15",
                  "Safari, macOS");
}

static void programs_are_named_as_they_say(void **state)
{
    (void)state;
    expect_device("curl/8.14.1", "curl");
    expect_device("my-script", "my-script");
    expect_device("", "");
    expect_device("<b>bold</b>", "");
    expect_device("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwx");
}

static void expect_network(const char *address, const char *expected)
{
    struct arena arena;
    struct address a;
    arena_init(&arena, 1 << 16);
    assert_true(address_parse(str_of(address), &a));
    struct str got = network_of(&arena, a);
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.data, expected, got.len);
    arena_release(&arena);
}

static void an_address_is_shortened_to_its_network(void **state)
{
    (void)state;
    expect_network("203.0.113.77", "203.0.113.x");
    expect_network("2001:db8:12:34:56:78:9a:bc", "2001:db8:12::/48");
    expect_network("::1", "");
    expect_network("127.0.0.1", "");
    struct arena arena;
    arena_init(&arena, 1 << 16);
    assert_int_equal(network_of(&arena, (struct address){{0}}).len, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(browsers_are_named_without_their_versions),
        cmocka_unit_test(programs_are_named_as_they_say),
        cmocka_unit_test(an_address_is_shortened_to_its_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
