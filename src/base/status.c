#include "base/status.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const char *const names[ST_COUNT] = {
    [ST_OK] = "ok",
    [ST_INVALID] = "invalid",
    [ST_UNAUTHENTICATED] = "unauthenticated",
    [ST_DENIED] = "denied",
    [ST_NOT_FOUND] = "not_found",
    [ST_CONFLICT] = "conflict",
    [ST_STALE] = "stale",
    [ST_PRECONDITION] = "precondition_required",
    [ST_GONE] = "gone",
    [ST_TOO_LARGE] = "too_large",
    [ST_TOO_MANY] = "too_many",
    [ST_FULL] = "full",
    [ST_UNAVAILABLE] = "unavailable",
    [ST_INTERNAL] = "internal",
};

const char *status_name(enum status cause)
{
    assert(cause < ST_COUNT);
    return names[cause];
}

/* Cuts before a UTF-8 sequence that did not fit whole. */
static void trim_partial_utf8(char *text, size_t size)
{
    size_t len = strlen(text);
    size_t start = len;
    if (len + 1 < size)
        return;
    while (start > 0 && len - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && !utf8_valid((struct str){text + start - 1, len - start + 1}))
        text[start - 1] = '\0';
}

static enum status record(struct ctx *c, enum status cause, const char *field, const char *code,
                          const char *detail, va_list args)
{
    assert(cause != ST_OK && cause < ST_COUNT);
    if (c->status == ST_OK)
        c->status = cause;
    if (c->fault_count == FAULTS_MAX)
        return cause;

    struct fault *f = &c->faults[c->fault_count++];
    bool bare = field[0] != '\0' && field[0] != '/' && field[0] != '?';
    snprintf(f->pointer, sizeof f->pointer, "%s%s", bare ? "/" : "", field);
    snprintf(f->code, sizeof f->code, "%s", code);
    vsnprintf(f->detail, sizeof f->detail, detail, args);
    trim_partial_utf8(f->pointer, sizeof f->pointer);
    trim_partial_utf8(f->detail, sizeof f->detail);
    return cause;
}

enum status fail(struct ctx *c, enum status cause, const char *field, const char *detail, ...)
{
    va_list args;
    va_start(args, detail);
    record(c, cause, field, status_name(cause), detail, args);
    va_end(args);
    return cause;
}

enum status fail_as(struct ctx *c, enum status cause, const char *field, const char *code,
                    const char *detail, ...)
{
    va_list args;
    va_start(args, detail);
    record(c, cause, field, code, detail, args);
    va_end(args);
    return cause;
}

enum status fail_memory(struct ctx *c)
{
    return fail_as(c, ST_UNAVAILABLE, "", "memory",
                   "the request needs more memory than it may use");
}

void ctx_forgive(struct ctx *c)
{
    c->status = ST_OK;
    c->fault_count = 0;
    c->retry_after_s = 0;
}
