#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/exchange.h"

enum {
    BACKLOG = 4096,
    HANDED_OVER_FD = 3, /* the first descriptor of the LISTEN_FDS convention */
};

/* Splits "HOST:PORT" or "[HOST]:PORT" into NUL-terminated texts. */
static bool split(const char *address, char host[256], char port[8])
{
    const char *colon = strrchr(address, ':');
    if (!colon || strlen(colon + 1) == 0 || strlen(colon + 1) > 5)
        return false;
    size_t len = (size_t)(colon - address);
    if (len >= 2 && address[0] == '[' && address[len - 1] == ']') {
        address++;
        len -= 2;
    }
    uint64_t number;
    if (len == 0 || len > 255 || !str_to_uint(str_of(colon + 1), 65535, &number))
        return false;
    memcpy(host, address, len);
    host[len] = '\0';
    snprintf(port, 8, "%s", colon + 1);
    return true;
}

static int listen_on(const struct addrinfo *at)
{
    int on = 1;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int cause = errno;
    close(fd);
    errno = cause;
    return -1;
}

static enum status explain(struct ctx *c, const char *address)
{
    int cause = errno;
    if (cause == EADDRINUSE)
        return fail(c, ST_CONFLICT, "listen", "%s is in use by another program", address);
    if (cause == EACCES)
        return fail(c, ST_DENIED, "listen", "%s: this user may not listen there", address);
    if (cause == EADDRNOTAVAIL)
        return fail(c, ST_DENIED, "listen", "%s is not an address of this machine", address);
    return fail(c, ST_UNAVAILABLE, "listen", "%s: %s", address, strerror(cause));
}

enum status listen_open(struct ctx *c, const char *address, int *fd)
{
    char host[256];
    char port[8];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (!address || !split(address, host, port))
        return fail(c, ST_INVALID, "listen", "%s: must be HOST:PORT", address ? address : "");
    if (getaddrinfo(host, port, &hints, &found) != 0 || !found)
        return fail(c, ST_INVALID, "listen", "%s: no such host", address);
    *fd = listen_on(found);
    enum status status = *fd >= 0 ? ST_OK : explain(c, address);
    freeaddrinfo(found);
    return status;
}

int listen_port(int fd)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

int server_inherited_socket(void)
{
    const char *pid = getenv("LISTEN_PID");
    const char *count = getenv("LISTEN_FDS");
    uint64_t number;
    if (!pid || !count || !str_eq(str_of(count), STR_LIT("1")) ||
        !str_to_uint(str_of(pid), INT32_MAX, &number) || (pid_t)number != getpid())
        return -1;
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    return fcntl(HANDED_OVER_FD, F_SETFD, FD_CLOEXEC) == 0 ? HANDED_OVER_FD : -1;
}
