/* Bodies that go into a sink as they come, and replies out of a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <sys/socket.h>
#include <unistd.h>

#include "http/server_fixture.h"

#include <cmocka.h>

static char alphabet[SINK_MOST];

/* False when the server does not take them all. */
static bool say_bytes(int fd, size_t from, size_t until)
{
    for (size_t done = from; done < until;) {
        ssize_t n = send(fd, alphabet + done, until - done, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static int begin_put(struct fixture *f, size_t len, const char *headers)
{
    char head[256];
    int fd = dial(f);
    snprintf(head, sizeof head, "PUT /sink HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n%s\r\n",
             len, headers);
    say(fd, head);
    return fd;
}

static void wait_for_sunk(int bytes)
{
    for (int64_t end = monotonic_ms() + PATIENCE_MS; sunk < bytes && monotonic_ms() < end;)
        usleep(1000);
    assert_int_equal(sunk, bytes);
    assert_int_equal(sunk_right, bytes);
}

static void wait_for_end(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += PATIENCE_MS / 1000;
    assert_int_equal(sem_timedwait(&sink_ended, &t), 0);
}

/* Lengths around the size of a piece; two requests on one connection. */
static void whole_bodies(void **state)
{
    static const size_t lengths[] = {
        0, 1, SINK_PIECE - 1, SINK_PIECE, SINK_PIECE + 1, 3 * SINK_PIECE + 7};
    struct fixture *f = *state;
    fixture_start(f);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        int fd = begin_put(f, lengths[i], "");
        for (int round = 0; round < 2; round++) {
            sunk = sunk_right = 0;
            say_bytes(fd, 0, lengths[i]);
            assert_has(hear(fd, "hello", 1), "200 OK");
            wait_for_end();
            wait_for_sunk((int)lengths[i]);
            char head[128];
            snprintf(head, sizeof head,
                     "PUT /sink HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", lengths[i]);
            if (round == 0)
                say(fd, head);
        }
        close(fd);
    }
}

static void chunks(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(
        ask(f, "PUT /sink", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
        "200 OK");
    wait_for_sunk(5);
}

static void refused_by_the_head(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "X-Refuse: 1\r\nExpect: 100-continue\r\n");
    hear(fd, NULL, 0);
    assert_has(heard, "409");
    assert_lacks(heard, "100 Continue");
    close(fd);
    fd = begin_put(f, SINK_MOST + 1, "");
    assert_has(hear(fd, "body_too_large", 1), "413");
    close(fd);
    fd = begin_put(f, 5, "Expect: 100-continue\r\n");
    assert_has(hear(fd, "\r\n\r\n", 1), "100 Continue");
    say_bytes(fd, 0, 5);
    assert_has(hear(fd, "hello", 1), "200 OK");
    close(fd);
}

/* A client that sends all before it reads is not reset; one that goes on and on, or falls silent,
 * is hung up on. */
static void refused_while_sending(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = begin_put(f, 8 * SINK_MOST, "");
    for (int i = 0; i < 8; i++)
        assert_true(say_bytes(fd, 0, SINK_MOST));
    assert_has(hear(fd, NULL, 0), "413");
    assert_has(heard, "body_too_large");
    close(fd);
    int64_t before = monotonic_ms();
    fd = begin_put(f, 8 * SINK_MOST, "");
    assert_has(hear(fd, NULL, 0), "413");
    while (say_bytes(fd, 0, 1) && monotonic_ms() < before + 3 * PATIENCE_MS)
        usleep(3000000);
    assert_in_range(monotonic_ms() - before, 2000, 3 * PATIENCE_MS - 1);
    close(fd);
}

/* Its answer, made and not given, is freed: the leak checker watches. */
static void refused_and_gone(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = begin_put(f, 1000, "X-Refuse: 1\r\n");
    say_bytes(fd, 0, 500);
    usleep(50000);
    close(fd);
    fd = dial(f);
    say(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n400000\r\n");
    say_bytes(fd, 0, SINK_MOST);
    assert_true(closed_within(fd, PATIENCE_MS));
    close(fd);
}

static void refused_half_way(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = begin_put(f, SINK_MOST, "");
    assert_true(say_bytes(fd, 0, SINK_MOST));
    assert_has(hear(fd, "full", 1), "507");
    wait_for_end();
    close(fd);
    assert_in_range(sunk, SINK_FULL, SINK_FULL + SINK_PIECE);
}

/* What came before the connection broke is not lost. */
static void broken_connection(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "");
    say_bytes(fd, 0, SINK_PIECE + 100);
    wait_for_sunk(SINK_PIECE);
    usleep(50000); /* the last 100 bytes are read, too */
    close(fd);
    wait_for_end();
    wait_for_sunk(SINK_PIECE + 100);
}

static void ended_by_the_server(void **state)
{
    struct fixture *f = *state;
    f->config.drain_timeout_ms = 200;
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "");
    say_bytes(fd, 0, SINK_PIECE);
    wait_for_sunk(SINK_PIECE);
    fixture_finish(f);
    wait_for_end();
    close(fd);
}

static void *open_gate(void *arg)
{
    usleep(300000);
    sem_post(&gate);
    return arg;
}

/* The server has given the upload up and is about to free everything: what comes now may not go to
 * a lane any more. */
static void goes_on_after_the_end(void **state)
{
    struct fixture *f = *state;
    pthread_t opener;
    struct timespec t;
    f->config.drain_timeout_ms = 200;
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "");
    say_bytes(fd, 0, SINK_PIECE);
    wait_for_sunk(SINK_PIECE);
    server_stop(f->server);
    pthread_join(f->thread, NULL);
    assert_int_equal(f->cut_off, 1);
    sink_holds = 1;
    say_bytes(fd, SINK_PIECE, 2 * SINK_PIECE);
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += 1;
    sem_timedwait(&entered, &t);
    assert_int_equal(pthread_create(&opener, NULL, open_gate, NULL), 0);
    server_close(f->server);
    f->server = NULL;
    pthread_join(opener, NULL);
    wait_for_end();
    close(fd);
}

/* A piece that is being taken when the time is over is waited for a little. */
static void is_taken_at_the_end(void **state)
{
    struct fixture *f = *state;
    f->config.drain_timeout_ms = 100;
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "");
    sink_holds = 1;
    say_bytes(fd, 0, SINK_PIECE);
    sem_wait(&entered);
    server_stop(f->server);
    usleep(200000);
    sem_post(&gate);
    pthread_join(f->thread, NULL);
    assert_true(server_close(f->server));
    f->server = NULL;
    wait_for_end();
    close(fd);
}

static void too_slow(void **state)
{
    struct fixture *f = *state;
    f->config.body_timeout_ms = 400;
    f->config.body_rate = 10000; /* 4,000 bytes in 400 ms */
    fixture_start(f);
    int fd = begin_put(f, 1 << 20, "");
    int64_t began = monotonic_ms();
    size_t sent = 0;
    while (!closed_within(fd, 50) && monotonic_ms() - began < PATIENCE_MS) {
        say_bytes(fd, sent, sent + 100); /* 2,000 a second */
        sent += 100;
    }
    assert_true(monotonic_ms() - began < 2000);
    close(fd);
    wait_for_end();
    assert_true(sunk <= (int)sent);
}

/* Longer than any time-out in all, but steady. */
static void slow_but_steady(void **state)
{
    struct fixture *f = *state;
    f->config.body_timeout_ms = 500;
    f->config.body_rate = 10000;
    fixture_start(f);
    int fd = begin_put(f, 30000, "");
    for (size_t sent = 0; sent < 30000; sent += 1500) {
        say_bytes(fd, sent, sent + 1500);
        usleep(75000); /* 20,000 a second */
    }
    assert_has(hear(fd, "hello", 1), "200 OK");
    close(fd);
}

static void too_many(void **state)
{
    struct fixture *f = *state;
    f->config.max_uploads = 1;
    fixture_start(f);
    int first = begin_put(f, 10, "");
    usleep(50000);
    int second = begin_put(f, 10, "");
    say_bytes(second, 0, 10);
    assert_has(hear(second, "overloaded", 1), "503");
    assert_has(heard, "Retry-After");
    close(second);
    say_bytes(first, 0, 10);
    assert_has(hear(first, "hello", 1), "200 OK");
    close(first);
    usleep(50000);
    assert_has(ask(f, "PUT /sink", "Content-Length: 0\r\n", ""), "200 OK");
}

static void files(void **state)
{
    struct fixture *f = *state;
    fixture_start(f);
    assert_has(ask(f, "GET /file", "", ""), "\r\n\r\n23456");
    assert_has(heard, "Content-Length: 5");
    assert_has(heard, "Content-Type: text/plain");
    assert_has(heard, "Content-Security-Policy: sandbox\r\n");
    assert_lacks(heard, "234567");
    assert_has(ask(f, "HEAD /file", "", ""), "Content-Length: 5");
    assert_lacks(heard, "23456");
    assert_has(ask(f, "GET /file?lost", "", ""), "409");
    assert_lacks(heard, "23456");
    assert_has(ask(f, "GET /hello", "", ""), "frame-ancestors");
}

int main(void)
{
    for (size_t i = 0; i < sizeof alphabet; i++)
        alphabet[i] = (char)('a' + i % 26);
    const struct CMUnitTest tests[] = {
        SERVER_TEST(whole_bodies),
        SERVER_TEST(chunks),
        SERVER_TEST(refused_by_the_head),
        SERVER_TEST(refused_while_sending),
        SERVER_TEST(refused_and_gone),
        SERVER_TEST(refused_half_way),
        SERVER_TEST(broken_connection),
        SERVER_TEST(ended_by_the_server),
        SERVER_TEST(goes_on_after_the_end),
        SERVER_TEST(is_taken_at_the_end),
        SERVER_TEST(too_slow),
        SERVER_TEST(slow_but_steady),
        SERVER_TEST(too_many),
        SERVER_TEST(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
