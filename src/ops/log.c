#include "ops/log.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/instant.h"

enum {
    LINE_MAX_LEN = 4096,
    TAIL_ROOM = 32, /* for ,"cut":true}\n */
    HELD_MAX = 32 * 1024,
};

struct log {
    struct arena arena; /* holds the log itself */
    pthread_mutex_t lock;
    int fd;
    enum log_level level;
    size_t held;
    char hold[HELD_MAX];
};

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARN] = "warn",
    [LOG_ERROR] = "error",
};

struct log *log_open(int fd, enum log_level level)
{
    struct arena arena;
    arena_init(&arena, 2 * sizeof(struct log));
    struct log *log = ARENA_NEW(&arena, struct log);
    if (!log)
        return NULL;
    log->arena = arena;
    log->fd = fd;
    log->level = level;
    pthread_mutex_init(&log->lock, NULL);
    return log;
}

void log_close(struct log *log)
{
    if (!log)
        return;
    log_flush(log);
    pthread_mutex_destroy(&log->lock);
    struct arena arena = log->arena;
    arena_release(&arena);
}

static void write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* nobody reads the log: there is nowhere left to say so */
        bytes += n;
        len -= (size_t)n;
    }
}

static void flush_locked(struct log *log)
{
    write_all(log->fd, log->hold, log->held);
    log->held = 0;
}

void log_flush(struct log *log)
{
    if (!log)
        return;
    pthread_mutex_lock(&log->lock);
    flush_locked(log);
    pthread_mutex_unlock(&log->lock);
}

/* A line under construction; what does not fit is left out whole. */
struct line {
    size_t len;
    bool cut;
    char text[LINE_MAX_LEN];
};

static void put(struct line *l, const char *bytes, size_t len)
{
    if (l->cut || len > sizeof l->text - TAIL_ROOM - l->len) {
        l->cut = true;
        return;
    }
    memcpy(l->text + l->len, bytes, len);
    l->len += len;
}

static void put_text(struct line *l, const char *text)
{
    put(l, text, strlen(text));
}

static bool plain(unsigned char ch)
{
    return ch >= 0x20 && ch < 0x7f && ch != '"' && ch != '\\';
}

/* Bytes that are not valid UTF-8 become U+FFFD one by one, so that the line always is. */
static void put_string(struct line *l, struct str s)
{
    bool utf8 = utf8_valid(s);
    put(l, "\"", 1);
    for (size_t i = 0; i < s.len;) {
        size_t run = i;
        while (run < s.len && plain((unsigned char)s.data[run]))
            run++;
        put(l, s.data + i, run - i);
        if (run == s.len)
            break;
        unsigned char ch = (unsigned char)s.data[run];
        char escape[8];
        if (ch >= 0x80 && utf8)
            put(l, s.data + run, 1);
        else if (ch >= 0x80)
            put_text(l, "\\ufffd");
        else {
            snprintf(escape, sizeof escape, "\\u%04x", ch);
            put_text(l, escape);
        }
        i = run + 1;
    }
    put(l, "\"", 1);
}

static void put_value(struct line *l, const struct log_field *f)
{
    char number[32];
    switch (f->kind) {
    case LOG_KIND_TEXT:
        if (f->text.data)
            put_string(l, f->text);
        else
            put_text(l, "null");
        return;
    case LOG_KIND_INT:
        snprintf(number, sizeof number, "%lld", (long long)f->number);
        put_text(l, number);
        return;
    case LOG_KIND_REAL:
        if (isfinite(f->real))
            snprintf(number, sizeof number, "%.3f", f->real);
        put_text(l, isfinite(f->real) ? number : "null");
        return;
    case LOG_KIND_BOOL:
        put_text(l, f->number ? "true" : "false");
        return;
    case LOG_KIND_SECRET:
        put_text(l, f->text.data ? "\"[secret]\"" : "null");
        return;
    }
}

static void put_time(struct line *l)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct instant t = {(int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
    char text[INSTANT_TEXT_MAX];
    size_t len = instant_format(t, text);
    put(l, "{\"time\":\"", 9);
    put(l, text, len);
    put(l, "\"", 1);
}

void log_write(struct log *log, enum log_level level, const char *event,
               const struct log_field *fields, size_t count)
{
    if (!log || level < log->level)
        return;
    struct line l;
    l.len = 0;
    l.cut = false;
    put_time(&l);
    put_text(&l, ",\"level\":\"");
    put_text(&l, level_names[level]);
    put_text(&l, "\",\"event\":");
    put_string(&l, str_of(event));
    size_t whole = l.len;
    for (size_t i = 0; i < count && !l.cut; i++) {
        put(&l, ",", 1);
        put_string(&l, str_of(fields[i].key));
        put(&l, ":", 1);
        put_value(&l, &fields[i]);
        if (!l.cut)
            whole = l.len;
    }
    const char *tail = l.cut ? ",\"cut\":true}\n" : "}\n";
    memcpy(l.text + whole, tail, strlen(tail));
    whole += strlen(tail);

    pthread_mutex_lock(&log->lock);
    if (whole > sizeof log->hold - log->held)
        flush_locked(log);
    memcpy(log->hold + log->held, l.text, whole);
    log->held += whole;
    if (level >= LOG_WARN)
        flush_locked(log);
    pthread_mutex_unlock(&log->lock);
}

bool log_level_parse(struct str s, enum log_level *out)
{
    for (size_t i = 0; i < sizeof level_names / sizeof level_names[0]; i++) {
        if (str_eq(s, str_of(level_names[i]))) {
            *out = (enum log_level)i;
            return true;
        }
    }
    return false;
}
