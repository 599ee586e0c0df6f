#include "api/problem.h"

#include <assert.h>

#include "codec/json.h"

enum { PROBLEM_MAX = 16384 };

int problem_status(enum status cause)
{
    static const int statuses[ST_COUNT] = {
        [ST_INVALID] = 400,      [ST_UNAUTHENTICATED] = 401,
        [ST_DENIED] = 403,       [ST_NOT_FOUND] = 404,
        [ST_CONFLICT] = 409,     [ST_STALE] = 412,
        [ST_PRECONDITION] = 428, [ST_GONE] = 410,
        [ST_TOO_LARGE] = 413,    [ST_TOO_MANY] = 429,
        [ST_FULL] = 507,         [ST_UNAVAILABLE] = 503,
        [ST_INTERNAL] = 500,
    };
    assert(cause > ST_OK && cause < ST_COUNT);
    return statuses[cause];
}

static const char *title_of(int status)
{
    switch (status) {
    case 400:
        return "The request is not right";
    case 401:
        return "Please sign in";
    case 403:
        return "Not allowed";
    case 404:
        return "Not found";
    case 405:
        return "Not possible here";
    case 408:
        return "Too slow";
    case 409:
        return "That is in the way of something";
    case 410:
        return "No longer available";
    case 412:
        return "Changed meanwhile";
    case 413:
        return "Too large";
    case 415:
        return "Not a form we read";
    case 428:
        return "A version is needed";
    case 429:
        return "Too many requests";
    case 503:
        return "Busy, try again";
    case 507:
        return "No room left";
    default:
        return status < 500 ? "The request cannot be served" : "A fault of ours";
    }
}

static void begin(struct buf *b, const struct request *request, int status, struct str detail)
{
    buf_add_text(b, "{\"type\":\"about:blank\",\"title\":");
    json_write_text(b, str_of(title_of(status)));
    buf_add_text(b, ",\"status\":");
    buf_add_int(b, status);
    buf_add_text(b, ",\"detail\":");
    json_write_text(b, detail);
    buf_add_text(b, ",\"request_id\":");
    json_write_text(b, str_of(request->id));
    buf_add_text(b, ",\"errors\":[");
}

static void add_error(struct buf *b, const char *pointer, const char *code, struct str detail)
{
    buf_add_text(b, "{\"pointer\":");
    json_write_text(b, str_of(pointer));
    buf_add_text(b, ",\"code\":");
    json_write_text(b, str_of(code));
    buf_add_text(b, ",\"detail\":");
    json_write_text(b, detail);
    buf_add_char(b, '}');
}

static void finish(struct response *response, int status, struct buf *b)
{
    buf_add_text(b, "]}");
    struct str body = b->overflowed ? STR_LIT("{}") : buf_str(b);
    response->etag = STR_NONE;
    response->cache = CACHE_NO_STORE;
    response_body(response, status, "application/problem+json", body);
}

void problem_write(struct request *request, struct response *response, enum status cause)
{
    const struct ctx *c = request->ctx;
    int status = problem_status(cause);
    /* What went wrong inside is for the log, not for clients. */
    bool own_fault = cause == ST_INTERNAL;
    struct str detail = own_fault        ? STR_LIT("Something went wrong on our side.")
                        : c->fault_count ? str_of(c->faults[0].detail)
                                         : str_of(title_of(status));
    struct buf b;
    buf_init(&b, response->arena, 512, PROBLEM_MAX);
    begin(&b, request, status, detail);
    for (int i = 0; !own_fault && i < c->fault_count; i++) {
        const struct fault *f = &c->faults[i];
        if (i)
            buf_add_char(&b, ',');
        add_error(&b, f->pointer, f->code, str_of(f->detail));
    }
    if (status == 429 || status == 503)
        response->retry_after_s = c->retry_after_s > 0 ? c->retry_after_s : 1;
    if (status == 401)
        response_header(response, "WWW-Authenticate", STR_LIT("Bearer"));
    finish(response, status, &b);
}

void problem_server(void *data, struct request *request, struct response *response, int status,
                    const char *code, const char *detail)
{
    (void)data;
    struct buf b;
    buf_init(&b, response->arena, 512, PROBLEM_MAX);
    begin(&b, request, status, str_of(detail));
    add_error(&b, "", code, str_of(detail));
    finish(response, status, &b);
}
