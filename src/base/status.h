/*
 * Causes of failure, and the context that carries them.
 *
 * Every function that can fail returns an `enum status`: a cause, not a place. The place (which
 * field) and the reason (a sentence for people) are recorded in the context of the request by
 * fail() or fail_as(), which return the cause they were given, so that a refusal is one line:
 *
 *     return fail(c, ST_CONFLICT, "state", "a dropped task cannot be completed");
 *
 * Only api/problem.c turns causes into HTTP. The detail of ST_INTERNAL goes to the log and never
 * to a client. A context belongs to one request and one thread at a time.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

enum status {
    ST_OK = 0,
    ST_INVALID,         /* the input is wrong; the faults say which fields */
    ST_UNAUTHENTICATED, /* no or no longer valid credentials */
    ST_DENIED,          /* known, but not allowed */
    ST_NOT_FOUND,       /* no such thing, or it is another user's */
    ST_CONFLICT,        /* the state of things forbids it */
    ST_STALE,           /* the version given is not the present one */
    ST_PRECONDITION,    /* a version is required and was not given */
    ST_GONE,            /* it existed and cannot be answered any more */
    ST_TOO_LARGE,       /* over a limit of size */
    ST_TOO_MANY,        /* over a limit of rate */
    ST_FULL,            /* the disk or the database has no room */
    ST_UNAVAILABLE,     /* cannot be done now; trying again later makes sense */
    ST_INTERNAL,        /* a fault of ours */
    ST_COUNT
};

#define MUST_USE              __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, args) __attribute__((format(printf, at, args)))

/* One thing that is wrong. `pointer` is a JSON pointer into the body ("/week/3/end"), or a
 * parameter's name in the query ("?limit"), or empty. Overlong texts are cut at a character. */
struct fault {
    char pointer[128];
    char code[32];
    char detail[256];
};

enum {
    FAULTS_MAX = 16 /* further faults of one request are not recorded */
};

/* The context of one request: its memory, and what went wrong. Zero it, then set `arena`. */
struct ctx {
    struct arena *arena; /* request lifetime; never NULL once a request runs */
    enum status status;  /* the first cause recorded */
    int fault_count;
    int retry_after_s; /* with TOO_MANY and UNAVAILABLE: when to try again; 0: not said */
    struct fault faults[FAULTS_MAX];
};

/* Records a fault whose code is the cause's name ("conflict") and returns `cause`. `field` is a
 * field's name ("title") or a pointer (starts with '/' or '?'), or "" when no field is at fault. */
enum status fail(struct ctx *c, enum status cause, const char *field, const char *detail, ...)
    PRINTF_LIKE(4, 5);

/* The same with a code of its own: stable lower_snake text that programs may rely on. */
enum status fail_as(struct ctx *c, enum status cause, const char *field, const char *code,
                    const char *detail, ...) PRINTF_LIKE(5, 6);

/* ST_UNAVAILABLE for want of memory in the request's arena. */
enum status fail_memory(struct ctx *c);

/* Forgets what was recorded: before a second try of the same operation. Keeps the arena. */
void ctx_forgive(struct ctx *c);

/* "invalid", "conflict", …; static text. */
const char *status_name(enum status cause);

#endif
