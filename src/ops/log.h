/*
 * The log: events with typed fields, one JSON object a line, on standard error.
 *
 *     log_event(log, LOG_WARN, "queue_full", LOG_INT("length", n), LOG_TEXT("route", name));
 *     {"time":"2026-11-26T12:00:00.000Z","level":"warn","event":"queue_full","length":64,…}
 *
 * Called at the borders of the program (http, jobs, cli); the layers below return causes instead.
 * An event's name is stable lower_snake text. Never a token, password, e-mail or a path with ids;
 * mark with LOG_SECRET what must show as present only. Any thread may log. Lines of level info and
 * below may be held back until log_flush, at most a few tens of kilobytes; warnings and errors take
 * everything before them out at once.
 */
#ifndef OPS_LOG_H
#define OPS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

enum log_kind { LOG_KIND_TEXT, LOG_KIND_INT, LOG_KIND_REAL, LOG_KIND_BOOL, LOG_KIND_SECRET };

struct log_field {
    const char *key;
    enum log_kind kind;
    struct str text;
    int64_t number;
    double real;
};

#define LOG_STR(name, value)                                                                       \
    ((struct log_field){.key = (name), .kind = LOG_KIND_TEXT, .text = (value)})
#define LOG_TEXT(name, value) LOG_STR(name, str_of(value))
#define LOG_INT(name, value)                                                                       \
    ((struct log_field){.key = (name), .kind = LOG_KIND_INT, .number = (int64_t)(value)})
#define LOG_REAL(name, value)                                                                      \
    ((struct log_field){.key = (name), .kind = LOG_KIND_REAL, .real = (value)})
#define LOG_BOOL(name, value)                                                                      \
    ((struct log_field){.key = (name), .kind = LOG_KIND_BOOL, .number = (value) ? 1 : 0})
/* Shows "[secret]", or null when there is none. */
#define LOG_SECRET(name, value)                                                                    \
    ((struct log_field){.key = (name), .kind = LOG_KIND_SECRET, .text = (value)})

struct log;

/* A log that writes to the descriptor `fd` what is at least `level`. NULL when memory is out. The
 * descriptor stays the caller's. */
struct log *log_open(int fd, enum log_level level);
void log_close(struct log *log);

/* Writes what is held back. Call it about once a second and at the end. */
void log_flush(struct log *log);

/* One event. A NULL log takes everything silently. Lines longer than 4 kB are cut to their valid
 * part, with "cut":true. */
void log_write(struct log *log, enum log_level level, const char *event,
               const struct log_field *fields, size_t count);

#define log_event(log, level, event, ...)                                                          \
    log_write((log), (level), (event), (const struct log_field[]){__VA_ARGS__},                    \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))

/* "debug", "info", "warn", "error"; false for anything else. */
bool log_level_parse(struct str s, enum log_level *out);

#endif
