#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/work.h"

enum { TIMEOUT_S = 3, MEMORY_MAX = 1 << 20 };

static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    const struct timeval timeout = {.tv_sec = TIMEOUT_S};
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
        if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

/* True when GET /readyz answers 200. */
static bool is_ready(int fd)
{
    static const char question[] =
        "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char expected[] = "HTTP/1.1 200";
    char answer[sizeof expected] = "";
    if (send(fd, question, sizeof question - 1, MSG_NOSIGNAL) != (ssize_t)sizeof question - 1)
        return false;
    ssize_t n = recv(fd, answer, sizeof expected - 1, MSG_WAITALL);
    return n == (ssize_t)sizeof expected - 1 && memcmp(answer, expected, sizeof expected - 1) == 0;
}

static int check(const char *address)
{
    char host[256];
    const char *colon = strrchr(address, ':');
    if (!colon || (size_t)(colon - address) >= sizeof host) {
        fputs("usage: studybunny healthcheck [HOST:PORT] [--config FILE]\n", stderr);
        return 2;
    }
    snprintf(host, sizeof host, "%.*s", (int)(colon - address), address);
    int fd = connect_to(host, colon + 1);
    bool ready = fd >= 0 && is_ready(fd);
    if (fd >= 0)
        close(fd);
    fprintf(stderr, "studybunny healthcheck: %s is %s\n", address, ready ? "ready" : "not ready");
    return ready ? 0 : 1;
}

int cli_healthcheck(int argc, char **argv)
{
    struct arena arena;
    struct config *config = NULL;
    arena_init(&arena, MEMORY_MAX);
    struct ctx c = {.arena = &arena};
    enum status st = settings_read(&c, &argc, argv, &config);
    int outcome = st == ST_OK ? check(argc > 1 ? argv[argc - 1] : config_text(config, SET_LISTEN))
                              : work_report(stderr, argv[0], &c, st) + 1;
    config_close(config);
    arena_release(&arena);
    return outcome;
}
