#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/exchange.h"

const char *method_name(enum method method)
{
    static const char *const names[METHOD_COUNT] = {
        [METHOD_GET] = "GET",     [METHOD_POST] = "POST",     [METHOD_PUT] = "PUT",
        [METHOD_PATCH] = "PATCH", [METHOD_DELETE] = "DELETE", [METHOD_OPTIONS] = "OPTIONS",
        [METHOD_OTHER] = "OTHER",
    };
    assert(method < METHOD_COUNT);
    return names[method];
}

static bool printable(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.data[i];
        if ((ch < 0x20 && ch != '\t') || ch == 0x7f)
            return false;
    }
    return true;
}

void response_header(struct response *out, const char *name, struct str value)
{
    assert(printable(value));
    assert(out->header_count < RESPONSE_HEADERS_MAX);
    char *copy = arena_copy(out->arena, value.data, value.len);
    if (copy)
        out->headers[out->header_count++] = (struct response_header){name, copy};
    else
        out->status = 0; /* a reply that lacks a header is not the reply that was meant */
}

void response_body(struct response *out, int status, const char *content_type, struct str body)
{
    out->status = status;
    out->content_type = content_type;
    out->body = body;
}

void response_file(struct response *out, int status, const char *content_type, int file,
                   uint64_t offset, uint64_t len)
{
    response_drop_file(out);
    response_body(out, status, content_type, (struct str){"", 0});
    out->file = file;
    out->file_offset = offset;
    out->file_len = len;
}

void response_drop_file(struct response *out)
{
    if (out->file >= 0)
        close(out->file);
    out->file = -1;
    out->file_len = 0;
}

uint64_t response_length(const struct response *out)
{
    return out->file >= 0 ? out->file_len : out->body.len;
}

static bool cookie_value(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.data[i];
        if (ch <= 0x20 || ch >= 0x7f || strchr("\",;\\", ch))
            return false;
    }
    return true;
}

void response_cookie(struct response *out, const struct cookie *cookie)
{
    assert(cookie_value(cookie->value));
    assert(cookie->secure || strncmp(cookie->name, "__", 2) != 0);
    struct buf b;
    buf_init(&b, out->arena, 128, 4096);
    buf_addf(&b, "%s=%.*s; Path=/", cookie->name, STR_ARG(cookie->value));
    if (cookie->max_age_s >= 0)
        buf_addf(&b, "; Max-Age=%lld", (long long)cookie->max_age_s);
    if (cookie->secure)
        buf_add_text(&b, "; Secure");
    if (!cookie->script)
        buf_add_text(&b, "; HttpOnly");
    buf_add_text(&b,
                 cookie->same_site == SAME_SITE_STRICT ? "; SameSite=Strict" : "; SameSite=Lax");
    if (b.overflowed)
        out->status = 0;
    else
        response_header(out, "Set-Cookie", buf_str(&b));
}
