#include "cli/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/pool.h"

enum { ACCEPT_AGAIN_MS = 100 }; /* after accept(2) failed, as when there are no descriptors left */

static const char socket_name[] = "socket";

struct control {
    int folder; /* descriptor */
    int listening;
    int ending; /* eventfd: written to end the thread */
    struct place place;
    pthread_t thread;
};

static enum status fail_errno(struct ctx *c, const char *what, const char *folder)
{
    return fail(c, ST_INTERNAL, "", "cannot %s the socket in %s: %s", what, folder,
                strerror(errno));
}

/* By the folder's descriptor: a socket's path has at most 108 bytes, a folder's may be longer. */
static struct sockaddr_un address_in(int folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", folder, socket_name);
    return address;
}

static void limit_waits(int fd)
{
    const struct timeval wait = {.tv_sec = CONTROL_WAIT_S};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
}

static bool send_all(int fd, const void *bytes, size_t len)
{
    for (const char *at = bytes; len > 0;) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t len)
{
    for (char *at = bytes; len > 0;) {
        ssize_t n = recv(fd, at, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static void write_length(unsigned char out[4], size_t len)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(len >> (8 * i));
}

static size_t read_length(const unsigned char in[4])
{
    size_t len = 0;
    for (int i = 0; i < 4; i++)
        len |= (size_t)in[i] << (8 * i);
    return len;
}

/* ---- the server's side ---- */

struct stream {
    int fd;
    char mark;
};

static ssize_t write_frame(void *cookie, const char *bytes, size_t len)
{
    const struct stream *s = cookie;
    unsigned char head[5] = {(unsigned char)s->mark};
    write_length(head + 1, len);
    return send_all(s->fd, head, sizeof head) && send_all(s->fd, bytes, len) ? (ssize_t)len : -1;
}

static void carry_out(const struct control *control, int fd, struct str secret, int argc,
                      char **argv)
{
    struct stream streams[2] = {{fd, '1'}, {fd, '2'}};
    const cookie_io_functions_t functions = {.write = write_frame};
    FILE *out = fopencookie(&streams[0], "w", functions);
    FILE *err = fopencookie(&streams[1], "w", functions);
    unsigned char end[2] = {'0', 1};
    if (out && err)
        end[1] = (unsigned char)work_run(&control->place, out, err, secret, argc, argv);
    if (out)
        fclose(out);
    if (err)
        fclose(err);
    send_all(fd, end, sizeof end);
}

/* The words of a request; false when it is not one. */
static bool split(char *bytes, size_t len, struct str *secret, int *argc,
                  char *argv[CONTROL_WORDS_MAX + 1])
{
    char *end = bytes + len;
    if (len == 0 || end[-1] != '\0')
        return false;
    *secret = str_of(bytes);
    *argc = 0;
    for (char *at = bytes + secret->len + 1; at < end; at += strlen(at) + 1) {
        if (*argc == CONTROL_WORDS_MAX)
            return false;
        argv[(*argc)++] = at;
    }
    argv[*argc] = NULL;
    return *argc > 0;
}

static bool is_trusted(int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == geteuid() || who.uid == 0);
}

static void answer(const struct control *control, int fd)
{
    static char bytes[CONTROL_REQUEST_MAX]; /* of the one thread */
    unsigned char head[4];
    char *argv[CONTROL_WORDS_MAX + 1];
    struct str secret;
    int argc;
    limit_waits(fd);
    if (!is_trusted(fd) || !receive_all(fd, head, sizeof head))
        return;
    size_t len = read_length(head);
    if (len <= sizeof bytes && receive_all(fd, bytes, len) &&
        split(bytes, len, &secret, &argc, argv))
        carry_out(control, fd, secret, argc, argv);
    explicit_bzero(bytes, sizeof bytes);
}

static void *serve(void *arg)
{
    struct control *control = arg;
    for (;;) {
        struct pollfd waits[] = {{control->listening, POLLIN, 0}, {control->ending, POLLIN, 0}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (waits[1].revents)
            return NULL;
        int fd = accept4(control->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) {
            poll(&waits[1], 1, ACCEPT_AGAIN_MS); /* whoever waits is still there */
            continue;
        }
        answer(control, fd);
        close(fd);
    }
}

static enum status listen_in(struct ctx *c, const char *folder, struct control *control)
{
    control->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    control->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    control->ending = eventfd(0, EFD_CLOEXEC);
    if (control->folder < 0 || control->listening < 0 || control->ending < 0)
        return fail_errno(c, "make", folder);
    struct sockaddr_un address = address_in(control->folder);
    unlinkat(control->folder, socket_name, 0); /* what a killed server left */
    if (fchmod(control->listening, 0600) != 0 ||
        bind(control->listening, (struct sockaddr *)&address, sizeof address) != 0 ||
        fchmodat(control->folder, socket_name, 0600, 0) != 0 || listen(control->listening, 8) != 0)
        return fail_errno(c, "make", folder);
    return ST_OK;
}

static void release(struct control *control)
{
    if (control->listening >= 0)
        close(control->listening);
    if (control->listening >= 0 && control->folder >= 0)
        unlinkat(control->folder, socket_name, 0);
    if (control->folder >= 0)
        close(control->folder);
    if (control->ending >= 0)
        close(control->ending);
    process_free(control);
}

enum status control_open(struct ctx *c, const char *folder, const struct place *place,
                         struct control **out)
{
    struct control *control = process_alloc(sizeof *control);
    if (!control)
        return fail_memory(c);
    *control = (struct control){.folder = -1, .listening = -1, .ending = -1, .place = *place};
    enum status st = listen_in(c, folder, control);
    if (st == ST_OK && pthread_create(&control->thread, NULL, serve, control) != 0)
        st = fail(c, ST_UNAVAILABLE, "", "cannot start a thread");
    if (st != ST_OK) {
        release(control);
        return st;
    }
    *out = control;
    return ST_OK;
}

void control_close(struct control *control)
{
    if (!control)
        return;
    const uint64_t one = 1;
    (void)!write(control->ending, &one, sizeof one);
    pthread_join(control->thread, NULL);
    release(control);
}

/* ---- the client's side ---- */

static int connect_in(const char *folder)
{
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = at < 0 ? -1 : socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        struct sockaddr_un address = address_in(at);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
            close(fd);
            fd = -1;
        }
    }
    if (at >= 0)
        close(at);
    return fd;
}

static bool send_request(struct ctx *c, int fd, struct str secret, int argc, char *const *argv)
{
    struct buf b;
    unsigned char head[4];
    buf_init(&b, c->arena, 256, CONTROL_REQUEST_MAX);
    buf_add_str(&b, secret);
    buf_add_char(&b, '\0');
    for (int i = 0; i < argc; i++)
        buf_add(&b, argv[i], strlen(argv[i]) + 1);
    struct str bytes = buf_str(&b);
    write_length(head, bytes.len);
    return !b.overflowed && send_all(fd, head, sizeof head) && send_all(fd, bytes.data, bytes.len);
}

/* Copies one frame's text to a stream. */
static bool copy(int fd, size_t len, FILE *to)
{
    char piece[4096];
    while (len > 0) {
        size_t part = len < sizeof piece ? len : sizeof piece;
        if (!receive_all(fd, piece, part))
            return false;
        fwrite(piece, 1, part, to);
        len -= part;
    }
    return true;
}

static bool take_answer(int fd, int *exit_status)
{
    for (;;) {
        char mark;
        unsigned char head[4];
        unsigned char status;
        if (!receive_all(fd, &mark, 1))
            return false;
        if (mark == '0') {
            if (!receive_all(fd, &status, 1))
                return false;
            *exit_status = status;
            return true;
        }
        if (!receive_all(fd, head, sizeof head) ||
            !copy(fd, read_length(head), mark == '1' ? stdout : stderr))
            return false;
    }
}

enum status control_ask(struct ctx *c, const char *folder, struct str secret, int argc,
                        char *const *argv, int *exit_status)
{
    int fd = connect_in(folder);
    if (fd < 0)
        return ST_NOT_FOUND;
    bool answered = send_request(c, fd, secret, argc, argv) && take_answer(fd, exit_status);
    close(fd);
    if (!answered)
        return fail(c, ST_UNAVAILABLE, "", "the server on %s ended before it answered", folder);
    if (fflush(stdout) != 0)
        return fail(c, ST_INTERNAL, "", "the output could not be written: %s", strerror(errno));
    return ST_OK;
}
