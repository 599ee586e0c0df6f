#include "http/server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ops/metrics.h"

sem_t gate;    /* /blocked waits for it */
sem_t entered; /* and tells here that it is in */
_Atomic int released;
_Atomic int sunk;
_Atomic int sunk_right;
_Atomic int sink_holds;
sem_t sink_ended;

static void hello(struct request *r, struct response *out)
{
    (void)r;
    response_body(out, 200, "text/plain", STR_LIT("hello"));
}

static void echo(struct request *r, struct response *out)
{
    response_body(out, 200, "text/plain", r->body);
}

static void blocked(struct request *r, struct response *out)
{
    sem_post(&entered);
    sem_wait(&gate);
    hello(r, out);
}

static void forgetful(struct request *r, struct response *out)
{
    (void)r;
    response_header(out, "Location", STR_LIT("/lost"));
    out->status = 0;
}

static void tagged(struct request *r, struct response *out)
{
    hello(r, out);
    out->etag = STR_LIT("\"5\"");
    out->cache = CACHE_REVALIDATE;
}

static void release(void *data)
{
    ++*(_Atomic int *)data;
}

static void shared(struct request *r, struct response *out)
{
    hello(r, out);
    out->release = release;
    out->release_data = &released;
}

static bool sink_begin(struct request *r, struct response *out)
{
    if (!request_header(r, "X-Refuse").data)
        return true;
    response_problem(r, out, 409, "refused", "");
    return false;
}

static bool sink_take(struct request *r, struct response *out, struct str piece)
{
    assert_true(piece.len > 0 && piece.len <= SINK_PIECE);
    if (atomic_exchange(&sink_holds, 0)) {
        sem_post(&entered);
        sem_wait(&gate);
    }
    for (size_t i = 0; i < piece.len; i++)
        sunk_right += piece.data[i] == (char)('a' + (sunk + (int)i) % 26);
    sunk += (int)piece.len;
    if (sunk < SINK_FULL)
        return true;
    response_problem(r, out, 507, "full", "");
    return false;
}

static void sink_end(struct request *r)
{
    (void)r;
    sem_post(&sink_ended);
}

static const struct body_sink sink = {sink_begin, sink_take, sink_end};

/* What response_file is given; kept by nobody else. */
static void filed(struct request *r, struct response *out)
{
    int file = memfd_create("filed", MFD_CLOEXEC);
    assert_true(file >= 0 && write(file, "0123456789", 10) == 10);
    out->content_policy = "sandbox";
    response_file(out, 200, "text/plain", file, 2, 5);
    if (request_param(r, "lost").data)
        response_problem(r, out, 409, "lost", "");
}

static void describe(struct request *r, struct response *out)
{
    char address[ADDRESS_TEXT_MAX];
    struct buf b;
    address_format(r->remote, address);
    buf_init(&b, out->arena, 64, 4096);
    buf_addf(&b, "[%s %s %.*s %.*s %.*s %s]", address, r->https ? "https" : "http",
             STR_ARG(request_segment(r, "id")), STR_ARG(request_param(r, "q")),
             STR_ARG(request_cookie(r, "sid")), request_same_site(r) ? "same" : "cross");
    response_body(out, 200, "text/plain", buf_str(&b));
    response_cookie(out, &(struct cookie){.name = "sid", .value = STR_LIT("new"), .max_age_s = 60});
}

static enum fast_result fast(struct request *r, struct response *out)
{
    if (request_param(r, "cold").data)
        return FAST_NEED_WORKER;
    assert_null(r->worker);
    response_body(out, 200, "text/plain", STR_LIT("fast"));
    return FAST_DONE;
}

static void ready(struct request *r, struct response *out)
{
    out->status = request_draining(r) ? 503 : 200;
}

static const struct route routes[] = {
    {.method = METHOD_GET, .path = "/inline", .flags = ROUTE_INLINE, .handler = hello},
    {.method = METHOD_GET, .path = "/hello", .handler = hello},
    {.method = METHOD_POST, .path = "/echo", .max_body = BODY_LIMIT, .handler = echo},
    {.method = METHOD_POST, .path = "/locked", .max_body = BODY_LIMIT, .handler = echo},
    {.method = METHOD_GET, .path = "/blocked", .handler = blocked},
    {.method = METHOD_GET, .path = "/forgetful", .handler = forgetful},
    {.method = METHOD_GET, .path = "/tagged", .handler = tagged},
    {.method = METHOD_GET, .path = "/shared", .handler = shared},
    {.method = METHOD_GET, .path = "/describe/{id}", .handler = describe},
    {.method = METHOD_GET, .path = "/fast", .handler = hello, .fast = fast},
    {.method = METHOD_PUT, .path = "/sink", .max_body = SINK_MOST, .sink = &sink, .handler = hello},
    {.method = METHOD_GET, .path = "/file", .handler = filed},
    {.method = METHOD_GET, .path = "/readyz", .flags = ROUTE_INLINE, .handler = ready},
};

static bool admit(void *data, struct request *r, struct response *out)
{
    (void)data;
    if (!str_eq(r->path, STR_LIT("/locked")) || request_header(r, "Authorization").data)
        return true;
    response_problem(r, out, 401, "unauthenticated", "Sign in first.");
    return false;
}

static void problem(void *data, struct request *r, struct response *out, int status,
                    const char *code, const char *detail)
{
    struct buf b;
    (void)data;
    (void)detail;
    buf_init(&b, out->arena, 64, 4096);
    buf_addf(&b, "{\"code\":\"%s\",\"request_id\":\"%s\"}", code, r->id);
    response_body(out, status, "application/problem+json", buf_str(&b));
}

static const char *const origins[] = {"https://app.example", NULL};

static void *run(void *arg)
{
    struct fixture *f = arg;
    f->cut_off = server_run(f->server);
    return NULL;
}

int fixture_setup(void **state)
{
    static struct fixture fixture;
    struct fixture *f = &fixture;
    memset(f, 0, sizeof *f);
    arena_init(&f->arena, 1 << 24);
    f->config = server_config_default();
    f->config.listen = "127.0.0.1:0";
    f->config.loops = 2;
    f->config.workers = 2;
    f->config.routes = routes;
    f->config.route_count = sizeof routes / sizeof routes[0];
    f->config.origins = origins;
    f->config.hooks.problem = problem;
    f->config.hooks.admit = admit;
    f->config.metrics = metrics_open();
    sem_init(&gate, 0, 0);
    sem_init(&entered, 0, 0);
    sem_init(&sink_ended, 0, 0);
    released = 0;
    sunk = 0;
    sunk_right = 0;
    sink_holds = 0;
    *state = f;
    return 0;
}

void fixture_start(struct fixture *f)
{
    struct ctx c = {.arena = &f->arena};
    assert_int_equal(server_open(&c, &f->config, &f->server), ST_OK);
    assert_int_equal(pthread_create(&f->thread, NULL, run, f), 0);
}

void fixture_finish(struct fixture *f)
{
    server_stop(f->server);
    pthread_join(f->thread, NULL);
    server_close(f->server);
    f->server = NULL;
}

int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    if (f->server)
        fixture_finish(f);
    metrics_close(f->config.metrics);
    arena_release(&f->arena);
    return 0;
}

int dial(const struct fixture *f)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(f->server)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof to) != 0) {
        fprintf(stderr, "no connection to port %d\n", server_port(f->server));
        abort();
    }
    return fd;
}

void say(int fd, const char *text)
{
    send(fd, text, strlen(text), MSG_NOSIGNAL);
}

int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

char heard[HEARD_MAX];

const char *hear(int fd, const char *until, int times)
{
    size_t len = 0;
    int64_t end = monotonic_ms() + PATIENCE_MS;
    heard[0] = '\0';
    for (;;) {
        int found = 0;
        for (const char *at = heard; until && (at = strstr(at, until)); at++)
            found++;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if ((until && found >= times) || monotonic_ms() >= end || len + 1 >= sizeof heard ||
            poll(&p, 1, (int)(end - monotonic_ms())) <= 0)
            return heard;
        ssize_t n = recv(fd, heard + len, sizeof heard - 1 - len, 0);
        if (n <= 0)
            return heard;
        len += (size_t)n;
        heard[len] = '\0';
    }
}

bool closed_within(int fd, int ms)
{
    int64_t end = monotonic_ms() + ms;
    char bytes[4096];
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = end - monotonic_ms();
        if (left <= 0 || poll(&p, 1, (int)left) <= 0)
            return false;
        if (recv(fd, bytes, sizeof bytes, 0) <= 0)
            return true;
    }
}

const char *ask(const struct fixture *f, const char *line, const char *headers, const char *body)
{
    char text[4096];
    int fd = dial(f);
    snprintf(text, sizeof text, "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n%s", line,
             headers, body);
    say(fd, text);
    hear(fd, NULL, 0);
    close(fd);
    return heard;
}

void assert_has(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text ? text : "");
}

void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" in:\n%s", part, text);
}

const char *scrape(struct fixture *f)
{
    struct buf b;
    buf_init(&b, &f->arena, 4096, 1 << 20);
    metrics_write(f->config.metrics, &b);
    assert_false(b.overflowed);
    snprintf(heard, sizeof heard, "%.*s", STR_ARG(buf_str(&b)));
    return heard;
}
