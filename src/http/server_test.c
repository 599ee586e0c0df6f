/* What the server answers: each test starts one on a free port and talks to it over sockets. */
#include "http/server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "http/embedded.h"
#include "http/static.h"

static void test_answers_in_loops_and_workers(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(ask(f, "GET /inline", "", ""), "\r\n\r\nhello");
    assert_has(ask(f, "GET /hello", "", ""), "\r\n\r\nhello");
    assert_has(ask(f, "GET /fast", "", ""), "\r\n\r\nfast");
    assert_has(ask(f, "GET /fast?cold", "", ""), "\r\n\r\nhello");
    assert_has(ask(f, "POST /echo", "Content-Length: 4\r\n", "body"), "\r\n\r\nbody");
    assert_has(
        ask(f, "POST /echo", "Transfer-Encoding: chunked\r\n", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
        "\r\n\r\nabc");
}

static void test_keeps_connections_and_answers_pipelines_in_order(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = dial(f);
    for (int i = 0; i < 3; i++) {
        say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_has(hear(fd, "\r\n\r\nhello", 1), "200 OK");
    }
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            "GET /fast HTTP/1.1\r\nHost: x\r\n\r\n");
    const char *text = hear(fd, "\r\n\r\nfast", 1);
    const char *first = strstr(text, "\r\n\r\nhello");
    const char *second = strstr(text, "\r\n\r\nabc");
    assert_true(first && second && first < second);
    close(fd);
}

static void test_tells_404_from_405_and_answers_head_and_options(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(ask(f, "GET /nothing", "", ""), "404 Not Found");
    assert_has(heard, "\"code\":\"not_found\"");
    assert_has(ask(f, "DELETE /hello", "", ""), "405 ");
    assert_has(heard, "Allow: GET, HEAD, OPTIONS\r\n");
    assert_has(ask(f, "BREW /hello", "", ""), "405 ");
    assert_has(ask(f, "HEAD /hello", "", ""), "200 OK");
    assert_has(heard, "Content-Length: 5\r\n");
    assert_lacks(heard, "\r\n\r\nhello");
    assert_has(ask(f, "OPTIONS /echo", "", ""), "204 No Content");
    assert_has(heard, "Allow: POST, OPTIONS\r\n");
    assert_has(ask(f, "GET /%zz", "", ""), "400 Bad Request");
}

static void test_gives_cors_to_allowed_origins_only(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    static const char asks[] = "Access-Control-Request-Method: POST\r\n";
    char headers[256];
    snprintf(headers, sizeof headers, "Origin: https://app.example\r\n%s", asks);
    assert_has(ask(f, "OPTIONS /echo", headers, ""),
               "Access-Control-Allow-Methods: POST, OPTIONS\r\n");
    assert_has(heard, "Access-Control-Allow-Origin: https://app.example\r\n");
    assert_has(heard, "Vary: Origin\r\n");
    snprintf(headers, sizeof headers, "Origin: https://evil.example\r\n%s", asks);
    assert_lacks(ask(f, "OPTIONS /echo", headers, ""), "Access-Control");
    assert_lacks(ask(f, "GET /hello", "Origin: null\r\n", ""), "Access-Control");
    assert_has(ask(f, "GET /hello", "Origin: https://app.example\r\n", ""),
               "Access-Control-Allow-Credentials: true\r\n");
}

static void test_puts_security_headers_on_every_reply(void **state)
{
    static const char *const needed[] = {"Content-Security-Policy: default-src 'self'; "
                                         "script-src 'self' 'wasm-unsafe-eval'; ",
                                         "X-Content-Type-Options: nosniff",
                                         "Referrer-Policy: ",
                                         "Cross-Origin-Opener-Policy: same-origin",
                                         "Cross-Origin-Resource-Policy: same-origin",
                                         "Permissions-Policy: camera=(), geolocation=(), "
                                         "microphone=(self), ",
                                         "X-Request-Id: ",
                                         "Cache-Control: "};
    static const char *const lines[] = {"GET /hello",     "GET /none",  "PUT /hello",
                                        "GET /forgetful", "GET /?a&a",  "OPTIONS /hello",
                                        "POST /locked",   "GET /tagged"};
    struct fixture *f = *state;
    fixture_start(f);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        ask(f, lines[i], "If-None-Match: \"5\"\r\n", "");
        for (size_t n = 0; n < sizeof needed / sizeof needed[0]; n++)
            assert_has(heard, needed[n]);
    }
    assert_has(heard, "304 Not Modified");
    assert_lacks(heard, "Strict-Transport-Security");
}

static void test_answers_500_for_a_handler_without_a_status(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(ask(f, "GET /forgetful", "", ""), "500 Internal Server Error");
    assert_has(heard, "\"code\":\"internal\"");
    assert_lacks(heard, "/lost");
}

static void test_revalidates_by_entity_tag(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(ask(f, "GET /tagged", "", ""), "ETag: \"5\"\r\n");
    assert_has(heard, "Cache-Control: private, no-cache\r\n");
    assert_has(ask(f, "GET /tagged", "If-None-Match: W/\"4\", W/\"5\"\r\n", ""),
               "304 Not Modified");
    assert_has(heard, "ETag: \"5\"\r\n");
    assert_lacks(heard, "hello");
    assert_has(ask(f, "GET /tagged", "If-None-Match: \"6\"\r\n", ""), "200 OK");
}

static void test_reads_what_handlers_ask_for(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    ask(f, "GET /describe/a%20b?q=%C3%A4", "Cookie: x=1; sid=abc\r\nX-Forwarded-For: 9.9.9.9\r\n",
        "");
    assert_has(heard, "[127.0.0.1 http a b ä abc same]");
    assert_has(heard, "Set-Cookie: sid=new; Path=/; Max-Age=60; HttpOnly; SameSite=Lax\r\n");
}

static void test_trusts_no_more_proxies_than_told(void **state)
{
    struct fixture *f = *state;
    f->config.trusted_hops = 2;
    fixture_start(f);
    ask(f, "GET /describe/x",
        "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-For: 198.51.100.1\r\n"
        "X-Forwarded-Proto: https\r\n",
        "");
    assert_has(heard, "[192.0.2.7 https ");
    assert_has(heard, "Strict-Transport-Security: max-age=");
    ask(f, "GET /describe/x", "X-Forwarded-For: 6.6.6.6\r\n", "");
    assert_has(heard, "[127.0.0.1 http ");
    ask(f, "GET /describe/x", "X-Forwarded-For: 6.6.6.6, nonsense, 198.51.100.1\r\n", "");
    assert_has(heard, "[127.0.0.1 http ");
}

static void test_tells_other_sites_requests(void **state)
{
    static const char *const same[] = {
        "", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n", "Origin: http://x\r\n",
        "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n"};
    static const char *const cross[] = {"Sec-Fetch-Site: cross-site\r\n",
                                        "Sec-Fetch-Site: same-site\r\n",
                                        "Origin: http://evil.example\r\n",
                                        "Origin: null\r\n",
                                        "Origin: https://x\r\n",
                                        "Origin: http://x.evil\r\n",
                                        "Origin: http://x\r\nSec-Fetch-Site: cross-site\r\n"};
    struct fixture *f = *state;
    fixture_start(f);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_has(ask(f, "GET /describe/x", same[i], ""), " same]");
    for (size_t i = 0; i < sizeof cross / sizeof cross[0]; i++)
        assert_has(ask(f, "GET /describe/x", cross[i], ""), " cross]");
}

static void test_releases_shared_bodies_once(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = dial(f);
    for (int i = 0; i < 3; i++) {
        say(fd, "GET /shared HTTP/1.1\r\nHost: x\r\n\r\n");
        hear(fd, "\r\n\r\nhello", 1);
    }
    close(fd);
    fixture_finish(f);
    assert_int_equal(released, 3);
}

static void test_counts_by_route_and_class(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    ask(f, "GET /describe/secret", "", "");
    ask(f, "GET /none", "", "");
    ask(f, "GET /hello", "Broken Header: x\r\n", "");
    usleep(100000);
    const char *text = scrape(f);
    assert_has(text, "http_requests_total{route=\"GET /describe/{id}\",status=\"2xx\"} 1\n");
    assert_has(text, "http_requests_total{route=\"unmatched\",status=\"4xx\"} 1\n");
    assert_has(text, "http_requests_total{route=\"malformed\",status=\"4xx\"} 1\n");
    assert_has(text, "http_connections_total 3\n");
    assert_lacks(text, "secret");
}

static const struct embedded_file files[] = {
    {"/assets/app-12345678.js", "text/javascript; charset=utf-8", (const unsigned char *)"plain", 5,
     (const unsigned char *)"gzip!", 5, (const unsigned char *)"brotli", 6, "\"h1\"", true},
    {"/index.html", "text/html; charset=utf-8", (const unsigned char *)"<p>", 3, NULL, 0, NULL, 0,
     "\"h2\"", false},
    {"/week.html", "text/html; charset=utf-8", (const unsigned char *)"<week>", 6, NULL, 0, NULL, 0,
     "\"h3\"", false},
};

static void test_serves_the_web_app(void **state)
{
    struct fixture *f = *state;
    static const struct static_site site = {files, 3};
    struct route route = static_route(&site);
    f->config.fallback = &route;
    fixture_start(f);
    ask(f, "GET /assets/app-12345678.js", "Accept-Encoding: br, gzip\r\n", "");
    assert_has(heard, "\r\n\r\nbrotli");
    assert_has(heard, "Content-Encoding: br\r\n");
    assert_has(heard, "Cache-Control: public, max-age=31536000, immutable\r\n");
    assert_has(heard, "ETag: \"h1-br\"\r\n");
    assert_has(heard, "Vary: Accept-Encoding\r\n");
    assert_has(ask(f, "GET /assets/app-12345678.js", "", ""), "\r\n\r\nplain");
    assert_has(ask(f, "GET /assets/app-12345678.js", "If-None-Match: \"h1\"\r\n", ""), "304 ");
    assert_has(ask(f, "GET /", "", ""), "\r\n\r\n<p>");
    assert_has(heard, "Cache-Control: no-cache\r\n");
    assert_has(ask(f, "GET /week", "Accept: text/html,*/*\r\n", ""), "\r\n\r\n<week>");
    assert_has(ask(f, "GET /today", "Accept: text/html,*/*\r\n", ""), "\r\n\r\n<p>");
    assert_has(ask(f, "GET /week", "Accept: application/json\r\n", ""), "404 ");
    assert_has(ask(f, "GET /api/v1/none", "Accept: text/html\r\n", ""), "404 ");
    assert_has(ask(f, "GET /assets/old.js", "Accept: text/html\r\n", ""), "404 ");
    assert_has(ask(f, "GET /../index.html", "", ""), "404 ");
    assert_has(ask(f, "POST /week", "Content-Length: 0\r\n", ""), "404 ");
    assert_has(ask(f, "GET /hello", "", ""), "\r\n\r\nhello");
    fixture_finish(f);
}

static void test_says_why_it_does_not_open(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {"",
                                        "8080",
                                        "127.0.0.1:",
                                        "127.0.0.1:x",
                                        "127.0.0.1:70000",
                                        ":80",
                                        "no such host.invalid:80"};
    struct ctx c = {.arena = &f->arena};
    struct server *server = NULL;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        f->config.listen = wrong[i];
        ctx_forgive(&c);
        assert_int_equal(server_open(&c, &f->config, &server), ST_INVALID);
    }
    char taken[32];
    f->config.listen = "127.0.0.1:0";
    fixture_start(f);
    snprintf(taken, sizeof taken, "127.0.0.1:%d", server_port(f->server));
    struct server_config second = f->config;
    second.listen = taken;
    second.metrics = NULL;
    ctx_forgive(&c);
    assert_int_equal(server_open(&c, &second, &server), ST_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVER_TEST(test_answers_in_loops_and_workers),
        SERVER_TEST(test_keeps_connections_and_answers_pipelines_in_order),
        SERVER_TEST(test_tells_404_from_405_and_answers_head_and_options),
        SERVER_TEST(test_gives_cors_to_allowed_origins_only),
        SERVER_TEST(test_puts_security_headers_on_every_reply),
        SERVER_TEST(test_answers_500_for_a_handler_without_a_status),
        SERVER_TEST(test_revalidates_by_entity_tag),
        SERVER_TEST(test_reads_what_handlers_ask_for),
        SERVER_TEST(test_trusts_no_more_proxies_than_told),
        SERVER_TEST(test_tells_other_sites_requests),
        SERVER_TEST(test_releases_shared_bodies_once),
        SERVER_TEST(test_counts_by_route_and_class),
        SERVER_TEST(test_serves_the_web_app),
        SERVER_TEST(test_says_why_it_does_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
