/*
 * The load: sends prepared requests over keep-alive connections as fast as the answers come, and
 * measures what the server's processes spent on it.
 *
 *     load PORT SECONDS CONNECTIONS STATUS once|cycle REQUESTS PID…
 *
 * REQUESTS is a file of whole HTTP requests, each followed by a NUL; they are sent in turn, each
 * once or for ever. It stops after SECONDS, or when all were sent once. Every answer must have
 * STATUS: figures from errors are no figures. Prints one line of JSON; CPU time is that of the PIDs
 * (all their threads, to the nanosecond), from just before the first request to just after the
 * last.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, ANSWER_MAX = 1 << 20, SAMPLES_MAX = 1 << 20 };

struct connection {
    int fd;
    double sent_at;
    size_t length; /* of what has come of the answer */
    char *answer;
};

static const char *requests;
static size_t requests_length, next_request;
static bool once;
static struct sockaddr_in address;
static const char *status;
static struct connection connections[CONNECTIONS_MAX];
static float samples[SAMPLES_MAX];
static size_t answered, in_flight, bytes;

static void die(const char *what)
{
    fprintf(stderr, "load: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static double clock_seconds(clockid_t id)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        die("a server's process has ended");
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double cpu_seconds(int n, char **pids)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        clockid_t id;
        if (clock_getcpuclockid(atoi(pids[i]), &id) != 0)
            die("a server's process has ended");
        sum += clock_seconds(id);
    }
    return sum;
}

static void read_requests(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die(path);
    long size = ftell(f);
    rewind(f);
    char *text = malloc((size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, f) != (size_t)size)
        die(path);
    fclose(f);
    text[size] = 0;
    requests = text;
    requests_length = (size_t)size;
}

static void connect_it(struct connection *c)
{
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0) {
        die("cannot connect");
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
}

/* Sends the next request; false when there is none. */
static bool send_next(struct connection *c)
{
    if (next_request >= requests_length) {
        if (once)
            return false;
        next_request = 0;
    }
    const char *request = requests + next_request;
    size_t length = strlen(request);
    next_request += length + 1;
    c->sent_at = clock_seconds(CLOCK_MONOTONIC);
    c->length = 0;
    if (send(c->fd, request, length, MSG_NOSIGNAL) != (ssize_t)length)
        die("cannot send");
    in_flight++;
    return true;
}

static bool has_line(const char *head, const char *name, char *value, size_t size)
{
    const char *at = strcasestr(head, name);
    if (!at)
        return false;
    at += strlen(name);
    size_t n = strcspn(at += strspn(at, " "), "\r");
    snprintf(value, size, "%.*s", (int)n, at);
    return true;
}

/* Takes what has come; true when the answer is whole. */
static bool receive(struct connection *c, bool *closes)
{
    ssize_t n = recv(c->fd, c->answer + c->length, ANSWER_MAX - c->length - 1, 0);
    if (n <= 0)
        die("the server closed the connection");
    c->length += (size_t)n;
    c->answer[c->length] = 0;
    char *end = strstr(c->answer, "\r\n\r\n");
    if (!end)
        return false;
    *end = 0;
    char value[32] = "";
    bool counted = has_line(c->answer, "\r\ncontent-length:", value, sizeof value);
    size_t whole = (size_t)(end - c->answer) + 4 + strtoul(value, NULL, 10);
    *closes = has_line(c->answer, "\r\nconnection:", value, sizeof value) &&
              strcasecmp(value, "close") == 0;
    errno = 0;
    if (!counted)
        die("an answer without Content-Length");
    if (strncmp(c->answer + 9, status, 3) != 0) {
        fprintf(stderr, "load: %s\n%s\n", c->answer, end + 4);
        exit(1);
    }
    *end = '\r';
    return c->length >= whole;
}

static void run(int epoll, double until)
{
    struct epoll_event events[CONNECTIONS_MAX];
    while (in_flight > 0) {
        int n = epoll_wait(epoll, events, CONNECTIONS_MAX, 10000);
        if (n == 0)
            die("no answer within 10 s");
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            bool closes = false;
            if (!receive(c, &closes))
                continue;
            double now = clock_seconds(CLOCK_MONOTONIC);
            if (answered < SAMPLES_MAX)
                samples[answered] = (float)(now - c->sent_at);
            answered++;
            bytes += c->length;
            in_flight--;
            if (closes) {
                close(c->fd);
                connect_it(c);
                epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd,
                          &(struct epoll_event){.events = EPOLLIN, .data.ptr = c});
            }
            if (now < until)
                send_next(c);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 8)
        die("usage: load PORT SECONDS CONNECTIONS STATUS once|cycle REQUESTS PID…");
    address = (struct sockaddr_in){.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)atoi(argv[1])),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int count = atoi(argv[3]);
    status = argv[4];
    once = strcmp(argv[5], "once") == 0;
    read_requests(argv[6]);
    int epoll = epoll_create1(0);
    if (epoll < 0 || count < 1 || count > CONNECTIONS_MAX)
        die("CONNECTIONS");
    for (int i = 0; i < count; i++) {
        struct connection *c = &connections[i];
        c->answer = malloc(ANSWER_MAX);
        if (!c->answer)
            die("memory");
        connect_it(c);
        epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd,
                  &(struct epoll_event){.events = EPOLLIN, .data.ptr = c});
    }
    double cpu = cpu_seconds(argc - 7, argv + 7);
    double start = clock_seconds(CLOCK_MONOTONIC);
    for (int i = 0; i < count; i++)
        send_next(&connections[i]);
    run(epoll, start + atof(argv[2]));
    double seconds = clock_seconds(CLOCK_MONOTONIC) - start;
    cpu = cpu_seconds(argc - 7, argv + 7) - cpu;
    size_t kept = answered < SAMPLES_MAX ? answered : SAMPLES_MAX;
    qsort(samples, kept, sizeof *samples, by_value);
    printf("{\"requests\":%zu,\"seconds\":%.6f,\"cpu\":%.9f,\"p50\":%.6f,\"p99\":%.6f,\"bytes\":%"
           "zu}\n",
           answered, seconds, cpu, (double)samples[kept / 2], (double)samples[kept * 99 / 100],
           bytes / (answered ? answered : 1));
    return 0;
}
