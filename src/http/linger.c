#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/exchange.h"

/*
 * A socket closed with bytes unread is reset, and the reset destroys the answer that its client has
 * not read yet (RFC 9112, 9.6). Where a request was answered by its head alone, its connection's
 * socket outlives the connection here: written to its end, its bytes read and thrown away, until
 * the client has closed too or its time is over.
 */

enum {
    LINGER_MS = 30000,      /* in all */
    LINGER_QUIET_MS = 2000, /* without a byte */
    THROW_AWAY = 64 * 1024, /* bytes a read */
    READS = 64              /* of one socket in a row: the acceptor has other work */
};

void lingering_add(struct lingering *l, int fd)
{
    int kept = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (kept < 0)
        return;
    shutdown(kept, SHUT_WR);
    pthread_mutex_lock(&l->lock);
    bool room = l->new_count < LINGER_MAX;
    if (room)
        l->new_ones[l->new_count++] = kept;
    pthread_mutex_unlock(&l->lock);
    if (!room)
        close(kept);
}

static void take_new_ones(struct lingering *l, int64_t now_ms)
{
    pthread_mutex_lock(&l->lock);
    while (l->new_count && l->count < LINGER_MAX)
        l->sockets[l->count++] = (struct lingerer){l->new_ones[--l->new_count], now_ms + LINGER_MS,
                                                   now_ms + LINGER_QUIET_MS};
    pthread_mutex_unlock(&l->lock);
}

/* Reads what is there; false when the client has closed. */
static bool throw_away(struct lingerer *s, int64_t now_ms)
{
    char bytes[THROW_AWAY];
    for (int i = 0; i < READS; i++) {
        ssize_t n = recv(s->fd, bytes, sizeof bytes, MSG_DONTWAIT);
        if (n <= 0)
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
        s->quiet_ms = now_ms + LINGER_QUIET_MS;
    }
    return true;
}

int lingering_read(struct lingering *l, int64_t now_ms, struct pollfd *fds)
{
    take_new_ones(l, now_ms);
    for (int i = 0; i < l->count;) {
        struct lingerer *s = &l->sockets[i];
        if (throw_away(s, now_ms) && now_ms < s->until_ms && now_ms < s->quiet_ms) {
            fds[i++] = (struct pollfd){.fd = s->fd, .events = POLLIN};
        } else {
            close(s->fd);
            *s = l->sockets[--l->count];
        }
    }
    return l->count;
}

void lingering_end(struct lingering *l)
{
    while (l->new_count)
        close(l->new_ones[--l->new_count]);
    while (l->count)
        close(l->sockets[--l->count].fd);
}
