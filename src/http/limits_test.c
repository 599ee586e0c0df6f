/* What the server does not let clients do to it, and how it ends; over sockets. */
#include "http/server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void test_limits_bodies_before_they_are_sent(void **state)
{
    struct fixture *f = *state;
    char chunk[BODY_LIMIT + 64];
    fixture_start(f);
    int fd = dial(f);
    say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assert_has(hear(fd, "\r\n\r\n", 1), "100 Continue");
    say(fd, "abc");
    assert_has(hear(fd, "\r\n\r\nabc", 1), "200 OK");
    say(fd,
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n");
    assert_has(hear(fd, NULL, 0), "413 ");
    assert_lacks(heard, "100 Continue");
    close(fd);

    fd = dial(f);
    say(fd,
        "POST /locked HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assert_has(hear(fd, NULL, 0), "401 ");
    assert_lacks(heard, "100 Continue");
    close(fd);

    memset(chunk, 'a', sizeof chunk);
    snprintf(chunk, sizeof chunk, "%x\r\n", BODY_LIMIT + 1);
    size_t head = strlen(chunk);
    chunk[head] = 'a';
    snprintf(chunk + head + BODY_LIMIT + 1, sizeof chunk - head - BODY_LIMIT - 1, "\r\n0\r\n\r\n");
    assert_has(ask(f, "POST /echo", "Transfer-Encoding: chunked\r\n", chunk), "413 ");
    assert_has(ask(f, "GET /hello", "Content-Length: 1\r\n", "x"), "413 ");
    assert_has(ask(f, "POST /echo", "Content-Length: 100\r\n", chunk), "200 OK");
}

/* A small body that was not wanted is read on, so that the connection and the answer survive. */
static void test_keeps_the_connection_after_a_refused_body(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = dial(f);
    say(fd, "POST /locked HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    assert_has(hear(fd, "unauthenticated", 1), "401 ");
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(fd, "\r\n\r\nhello", 1), "200 OK");
    close(fd);
}

static void test_limits_heads(void **state)
{
    struct fixture *f = *state;
    static char headers[8192];
    fixture_start(f);
    headers[0] = '\0';
    for (int i = 0; i < REQUEST_HEADERS_MAX; i++)
        snprintf(headers + strlen(headers), sizeof headers - strlen(headers), "X-%d: y\r\n", i);
    int fd = dial(f);
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n");
    say(fd, headers);
    say(fd, "\r\n");
    assert_has(hear(fd, NULL, 0), "431 ");
    close(fd);

    fd = dial(f);
    memset(headers, 'a', sizeof headers - 1);
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 8; i++) {
        say(fd, "X-Big: ");
        say(fd, headers);
        say(fd, "\r\n");
    }
    assert_has(hear(fd, NULL, 0), " 431 ");
    close(fd);

    fd = dial(f);
    headers[0] = '/';
    headers[REQUEST_TARGET_MAX + 1] = '\0';
    say(fd, "GET ");
    say(fd, headers);
    say(fd, " HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(fd, NULL, 0), "414 ");
    close(fd);
}

static void test_refuses_with_503_when_the_queue_is_full(void **state)
{
    struct fixture *f = *state;
    int fds[6];
    f->config.workers = 1;
    f->config.queue_length = 2;
    f->config.queue_age_ms = 60000;
    fixture_start(f);
    fds[0] = dial(f);
    say(fds[0], "GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
    sem_wait(&entered);
    for (int i = 1; i < 3; i++) {
        fds[i] = dial(f);
        say(fds[i], "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    usleep(100000);
    assert_has(ask(f, "GET /hello", "", ""), "503 ");
    assert_has(heard, "Retry-After: 1\r\n");
    assert_has(ask(f, "GET /inline", "", ""), "200 OK");
    sem_post(&gate);
    for (int i = 0; i < 3; i++) {
        assert_has(hear(fds[i], "\r\n\r\nhello", 1), "200 OK");
        close(fds[i]);
    }
    assert_has(ask(f, "GET /hello", "", ""), "200 OK");
}

static void test_refuses_with_503_while_the_queue_stands(void **state)
{
    struct fixture *f = *state;
    f->config.workers = 1;
    f->config.queue_age_ms = 150;
    fixture_start(f);
    int busy = dial(f);
    int waiting = dial(f);
    say(busy, "GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
    sem_wait(&entered);
    say(waiting, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    usleep(250000);
    assert_has(ask(f, "GET /hello", "", ""), "503 ");
    sem_post(&gate);
    assert_has(hear(waiting, "\r\n\r\nhello", 1), "200 OK");
    close(busy);
    close(waiting);
}

static int lasts_dripping(struct fixture *f, const char *first, const char *drip)
{
    int fd = dial(f);
    int64_t began = monotonic_ms();
    if (first)
        say(fd, first);
    while (monotonic_ms() - began < PATIENCE_MS) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (poll(&p, 1, 50) > 0) {
            char bytes[64];
            if (recv(fd, bytes, sizeof bytes, 0) <= 0)
                break;
        }
        say(fd, drip);
    }
    close(fd);
    return (int)(monotonic_ms() - began);
}

static void test_ends_those_who_drip(void **state)
{
    static const struct {
        const char *first;
        int deadline_ms;
    } ways[] = {
        {"GET /", 400},
        {"GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n", 1400},
    };
    struct fixture *f = *state;
    f->config.header_timeout_ms = 400;
    f->config.body_timeout_ms = 1400;
    fixture_start(f);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int ms = lasts_dripping(f, ways[i].first, "a");
        if (ms < ways[i].deadline_ms - 100 || ms > ways[i].deadline_ms + 900)
            fail_msg("\"%s\" lasted %d ms", ways[i].first, ms);
    }
}

/* Bytes on an idle connection begin a request: its head has its deadline although the connection
 * may be idle for much longer. */
static void test_ends_those_who_drip_on_a_kept_connection(void **state)
{
    struct fixture *f = *state;
    f->config.header_timeout_ms = 400;
    fixture_start(f);
    int fd = dial(f);
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    hear(fd, "\r\n\r\nhello", 1);
    usleep(1300000);
    int64_t began = monotonic_ms();
    bool ended = false;
    while (!ended && monotonic_ms() - began < PATIENCE_MS) {
        say(fd, "G");
        ended = closed_within(fd, 50);
    }
    assert_true(ended);
    assert_in_range(monotonic_ms() - began, 300, 2400);
    close(fd);
}

static void test_keeps_quiet_connections_until_idle_is_over(void **state)
{
    struct fixture *f = *state;
    f->config.header_timeout_ms = 300;
    f->config.idle_timeout_ms = 1600;
    fixture_start(f);
    int fd = dial(f);
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    hear(fd, "\r\n\r\nhello", 1);
    assert_false(closed_within(fd, 1200));
    assert_true(closed_within(fd, 1500));
    close(fd);
}

static void test_spreads_connections_evenly(void **state)
{
    struct fixture *f = *state;
    int fds[64];
    f->config.loops = 8;
    fixture_start(f);
    for (int i = 0; i < 64; i++) {
        fds[i] = dial(f);
        say(fds[i], "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 64; i++)
        assert_has(hear(fds[i], "\r\n\r\nhello", 1), "200 OK");
    scrape(f);
    for (int i = 0; i < 8; i++) {
        char line[64];
        snprintf(line, sizeof line, "http_loop_connections{loop=\"%d\"} 8\n", i);
        assert_has(heard, line);
    }
    for (int i = 0; i < 64; i++)
        close(fds[i]);
}

/* With all places taken by idle connections, new ones push the oldest out. */
static void test_makes_room_by_closing_idle_connections(void **state)
{
    struct fixture *f = *state;
    int fds[8];
    f->config.max_connections = 8;
    fixture_start(f);
    for (int i = 0; i < 8; i++) {
        fds[i] = dial(f);
        say(fds[i], "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n");
        hear(fds[i], "\r\n\r\nhello", 1);
    }
    int fd = dial(f);
    assert_true(closed_within(fds[0], PATIENCE_MS));
    usleep(50000);
    say(fd, "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(fd, "\r\n\r\nhello", 1), "200 OK");
    close(fd);
    usleep(300000);
    assert_has(ask(f, "GET /hello", "", ""), "200 OK");
    for (int i = 0; i < 8; i++)
        close(fds[i]);
}

/* A successor takes the same listening socket; while the former one ends, nobody is refused. */
static void test_is_replaced_without_a_refusal(void **state)
{
    struct fixture *f = *state;
    struct fixture successor = *f;
    fixture_start(f);
    successor.config.listen_fd = dup(server_socket(f->server));
    successor.config.metrics = NULL;
    fixture_start(&successor);
    for (int i = 0; i < 300; i++) {
        if (i == 100)
            server_drain(f->server);
        assert_has(ask(&successor, "GET /hello", "", ""), "200 OK");
    }
    pthread_join(f->thread, NULL);
    assert_int_equal(f->cut_off, 0);
    server_close(f->server);
    f->server = NULL;
    fixture_finish(&successor);
}

static void test_takes_a_handed_over_socket_only_when_it_is_meant(void **state)
{
    (void)state;
    setenv("LISTEN_FDS", "1", 1);
    setenv("LISTEN_PID", "1", 1);
    assert_int_equal(server_inherited_socket(), -1);
    unsetenv("LISTEN_PID");
    assert_int_equal(server_inherited_socket(), -1);
    unsetenv("LISTEN_FDS");
}

/* With all places taken by busy connections, one more is told so. */
static void test_refuses_connections_above_the_limit(void **state)
{
    struct fixture *f = *state;
    int fds[2];
    f->config.max_connections = 2;
    fixture_start(f);
    for (int i = 0; i < 2; i++) {
        fds[i] = dial(f);
        say(fds[i], "GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
        sem_wait(&entered);
    }
    assert_has(ask(f, "GET /inline", "", ""), "503 ");
    assert_has(heard, "Retry-After: ");
    sem_post(&gate);
    sem_post(&gate);
    for (int i = 0; i < 2; i++) {
        hear(fds[i], "\r\n\r\nhello", 1);
        close(fds[i]);
    }
    usleep(100000);
    assert_has(ask(f, "GET /inline", "", ""), "200 OK");
}

static void test_drains_without_losing_what_is_in_flight(void **state)
{
    struct fixture *f = *state;
    f->config.lame_duck_ms = 500;
    fixture_start(f);
    int busy = dial(f);
    int idle = dial(f);
    int fresh = dial(f);
    int begun = dial(f);
    say(begun, "GET /hel");
    say(idle, "GET /inline HTTP/1.1\r\nHost: x\r\n\r\n");
    hear(idle, "\r\n\r\nhello", 1);
    say(busy, "GET /blocked HTTP/1.1\r\nHost: x\r\n\r\n");
    sem_wait(&entered);
    server_drain(f->server);
    usleep(100000);
    assert_has(ask(f, "GET /readyz", "", ""), "503 ");
    assert_has(ask(f, "GET /hello", "", ""), "200 OK");
    say(idle, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(idle, NULL, 0), "Connection: close\r\n");
    usleep(600000);
    say(fresh, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(fresh, "\r\n\r\nhello", 1), "200 OK");
    usleep(600000);
    say(begun, "lo HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_has(hear(begun, "\r\n\r\nhello", 1), "200 OK");
    sem_post(&gate);
    assert_has(hear(busy, "\r\n\r\nhello", 1), "200 OK");
    pthread_join(f->thread, NULL);
    assert_int_equal(f->cut_off, 0);
    server_close(f->server);
    f->server = NULL;
    close(busy);
    close(idle);
    close(fresh);
    close(begun);
}

static void test_gives_up_on_what_does_not_end(void **state)
{
    struct fixture *f = *state;
    f->config.drain_timeout_ms = 300;
    fixture_start(f);
    int half = dial(f);
    say(half, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    usleep(100000);
    int64_t began = monotonic_ms();
    server_drain(f->server);
    pthread_join(f->thread, NULL);
    assert_in_range(monotonic_ms() - began, 250, 1500);
    assert_int_equal(f->cut_off, 1);
    server_close(f->server);
    f->server = NULL;
    close(half);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVER_TEST(test_limits_bodies_before_they_are_sent),
        SERVER_TEST(test_keeps_the_connection_after_a_refused_body),
        SERVER_TEST(test_limits_heads),
        SERVER_TEST(test_refuses_with_503_when_the_queue_is_full),
        SERVER_TEST(test_refuses_with_503_while_the_queue_stands),
        SERVER_TEST(test_ends_those_who_drip),
        SERVER_TEST(test_ends_those_who_drip_on_a_kept_connection),
        SERVER_TEST(test_keeps_quiet_connections_until_idle_is_over),
        SERVER_TEST(test_spreads_connections_evenly),
        SERVER_TEST(test_makes_room_by_closing_idle_connections),
        SERVER_TEST(test_refuses_connections_above_the_limit),
        SERVER_TEST(test_is_replaced_without_a_refusal),
        SERVER_TEST(test_takes_a_handed_over_socket_only_when_it_is_meant),
        SERVER_TEST(test_drains_without_losing_what_is_in_flight),
        SERVER_TEST(test_gives_up_on_what_does_not_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
