#include "client/fetcher.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "client/public_address.h"

static struct arena arena;
static struct ctx c;
static struct curl_fetcher *fetcher;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 8 << 20);
    c = (struct ctx){.arena = &arena};
    return curl_fetcher_open(&c, &(struct fetcher_config){0}, &fetcher) != ST_OK;
}

static int teardown(void **state)
{
    (void)state;
    curl_fetcher_close(fetcher);
    arena_release(&arena);
    return 0;
}

static bool is_public(const char *text)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    assert_int_equal(getaddrinfo(text, NULL, &hints, &found), 0);
    bool open = address_is_public(found->ai_addr);
    freeaddrinfo(found);
    return open;
}

static void only_what_the_world_reaches_is_public(void **state)
{
    static const char *const ours[] = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::1",
        "3fff::1",
        "100::1",
    };
    static const char *const theirs[] = {
        "1.1.1.1",     "8.8.8.8",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
        "100.128.0.0", "126.255.255.255", "128.0.0.1",       "172.15.255.255",  "172.32.0.0",
        "192.167.0.1", "198.17.255.255",  "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (is_public(ours[i]))
            fail_msg("%s is not public", ours[i]);
    for (size_t i = 0; i < sizeof theirs / sizeof theirs[0]; i++)
        if (!is_public(theirs[i]))
            fail_msg("%s is public", theirs[i]);
}

static void assert_refused(const char *url, const char *code)
{
    struct fetcher port = curl_fetcher_port(fetcher);
    struct str out;
    ctx_forgive(&c);
    assert_int_equal(port.check(port.self, &c, str_of(url), &out), ST_INVALID);
    if (strcmp(c.faults[0].code, code) != 0)
        fail_msg("%s: %s, not %s", url, c.faults[0].code, code);
}

static void loopback_is_refused_however_it_is_spelled(void **state)
{
    static const char *const hosts[] = {
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0x7F.0x0.0x0.0x1",
        "00000177.0.0.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "0",
        "0.0.0.0",
        "[::]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "0xa9fea9fe",
        "100.64.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "%31%32%37.0.0.1",
        "127.0.0.1.",
        ("1\xE2\x91\xA1"
         "7.0.0.1"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        static const char *const schemes[] = {"http", "https", "webcal"};
        for (size_t k = 0; k < 3; k++) {
            char url[128];
            struct fetcher port = curl_fetcher_port(fetcher);
            struct fetched got;
            snprintf(url, sizeof url, "%s://%s/a.ics", schemes[k], hosts[i]);
            ctx_forgive(&c);
            const struct fetch_request request = {.url = str_of(url), .max = 1000};
            assert_int_not_equal(port.fetch(port.self, &c, &request, &got), ST_OK);
            const char *code = c.faults[0].code;
            if (strcmp(code, "link_private") != 0 && strcmp(code, "link") != 0 &&
                strcmp(code, "link_unreachable") != 0)
                fail_msg("%s: %s", url, code);
            if (i < 7 && strcmp(code, "link_private") != 0)
                fail_msg("%s: %s", url, code);
        }
    }
}

static void names_that_lead_home_are_refused_when_connecting(void **state)
{
    struct fetcher port = curl_fetcher_port(fetcher);
    const struct fetch_request request = {.url = STR_LIT("http://localhost:8080/"), .max = 1000};
    struct fetched got;
    (void)state;
    assert_int_equal(port.fetch(port.self, &c, &request, &got), ST_INVALID);
    assert_string_equal(c.faults[0].code, "link_private");
}

static void what_is_no_link_is_refused(void **state)
{
    (void)state;
    assert_refused("", "link");
    assert_refused("calendar", "link");
    assert_refused("ftp://example.org/a.ics", "link");
    assert_refused("file:///etc/passwd", "link");
    assert_refused("gopher://example.org/", "link");
    assert_refused("https://", "link");
    assert_refused("https://user:word@example.org/a.ics", "link");
    assert_refused("javascript:alert(1)", "link");
    assert_refused("http://example.org:25/", "link_private");
}

static void webcal_is_https(void **state)
{
    struct fetcher port = curl_fetcher_port(fetcher);
    struct str url;
    struct str host;
    (void)state;
    assert_int_equal(
        port.check(port.self, &c, STR_LIT(" WebCal://Example.org/f/x.ics?token=1#top "), &url),
        ST_OK);
    assert_true(str_eq_nocase(url, STR_LIT("https://Example.org/f/x.ics?token=1")));
    assert_int_equal(port.host(port.self, &c, url, &host), ST_OK);
    assert_true(str_eq_nocase(host, STR_LIT("example.org")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_the_world_reaches_is_public),
        TEST(loopback_is_refused_however_it_is_spelled),
        TEST(names_that_lead_home_are_refused_when_connecting),
        TEST(what_is_no_link_is_refused),
        TEST(webcal_is_https),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
