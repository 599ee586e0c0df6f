/*
 * The bytes of attachments.
 *
 * In: PUT takes the whole file; PATCH goes on where a broken connection left off, as
 * draft-ietf-httpbis-resumable-upload has it, for which HEAD tells how many bytes are here
 * (docs/decisions says why). Out: GET with ranges, downloaded unless asked to be shown, and shown
 * only if it is a picture or a PDF by its bytes.
 */
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "api/problem.h"
#include "api/state.h"
#include "base/hex.h"
#include "domain/attachments.h"
#include "http/range.h"

/* ---- in ---- */

/* A body on its way; in the exchange's arena, kept in request->user. */
struct upload_call {
    struct call call;
    struct upload upload;
    bool last; /* the file is complete with this body */
};

static void add_number_header(struct response *out, const char *name, int64_t value)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)value);
    response_header(out, name, (struct str){text, (size_t)len});
}

static void add_progress(struct response *out, int64_t offset, bool complete)
{
    add_number_header(out, "Upload-Offset", offset);
    response_header(out, "Upload-Complete", complete ? STR_LIT("?1") : STR_LIT("?0"));
}

static enum status refuse_header(struct call *call, const char *name, const char *detail)
{
    return fail_as(call->c, ST_INVALID, name, "format", "%s", detail);
}

/* The offset the client says, −1 for a PUT, and whether its file ends with this body. */
static enum status read_upload_headers(struct call *call, int64_t *offset, bool *last)
{
    const struct request *r = call->request;
    struct str complete = request_header(r, "Upload-Complete");
    uint64_t at;
    *offset = -1;
    *last = true;
    if (request_header(r, "Content-Range").data)
        return refuse_header(call, "?Content-Range",
                             "a part is sent by PATCH with Upload-Offset, not by PUT");
    if (complete.data && !field_boolean(complete, last))
        return refuse_header(call, "?Upload-Complete", "must be ?1 or ?0");
    if (call->endpoint->method == METHOD_PUT)
        return *last ? ST_OK
                     : refuse_header(call, "?Upload-Complete", "PUT sends the file as a whole");
    if (!complete.data)
        return refuse_header(call, "?Upload-Complete", "say ?1 if the file ends here, else ?0");
    if (!field_integer(request_header(r, "Upload-Offset"), &at))
        return refuse_header(call, "?Upload-Offset", "say where this part begins, in bytes");
    *offset = (int64_t)at;
    return ST_OK;
}

int64_t call_content_length(const struct request *r)
{
    uint64_t length;
    struct str header = request_header(r, "Content-Length");
    return header.data && str_to_uint(header, INT64_MAX, &length) ? (int64_t)length : -1;
}

static enum status open_upload(struct upload_call *u)
{
    struct call *call = &u->call;
    int64_t offset;
    const struct desk *desk;
    enum status st = call_open(call);
    if (st == ST_OK)
        st = read_upload_headers(call, &offset, &u->last);
    if (st == ST_OK)
        st = store_get_desk(call->c, call->domain->store, call->caller.user, &desk);
    if (st != ST_OK)
        return st;
    st = upload_begin(call->c, call->domain, &call->caller, desk, call->id, offset,
                      call_content_length(call->request), u->last, &u->upload);
    store_release_desk(call->domain->store, desk);
    if (st == ST_CONFLICT && strcmp(call->c->faults[0].code, "mismatching_upload_offset") == 0)
        add_progress(call->response, u->upload.offset, false);
    return st;
}

static bool is_encoded(const struct request *r)
{
    struct str encoding = request_header(r, "Content-Encoding");
    return encoding.data && !str_eq_nocase(encoding, STR_LIT("identity"));
}

static bool upload_head(struct request *request, struct response *response)
{
    struct upload_call *u = ARENA_NEW(request->ctx->arena, struct upload_call);
    if (!u) {
        problem_write(request, response, fail_memory(request->ctx));
        return false;
    }
    call_begin(&u->call, request, response);
    struct str type = request_header(request, "Content-Type");
    bool part = u->call.endpoint->method == METHOD_PATCH;
    if (is_encoded(request) ||
        (part && !str_eq_nocase(str_trim(str_cut(&type, ';')), STR_LIT(PARTIAL_UPLOAD)))) {
        response_problem(request, response, 415, "content_type",
                         part ? "send the part as " PARTIAL_UPLOAD ", not encoded"
                              : "send the file as it is, not encoded");
        return false;
    }
    enum status st = open_upload(u);
    if (st != ST_OK)
        return call_refuse(&u->call, st);
    request->user = u;
    return true;
}

static bool upload_piece(struct request *request, struct response *response, struct str piece)
{
    struct upload_call *u = request->user;
    (void)response;
    enum status st = upload_take(u->call.c, u->call.domain, &u->upload, piece);
    return st == ST_OK || call_refuse(&u->call, st);
}

static void upload_close(struct request *request)
{
    struct upload_call *u = request->user;
    upload_end(u->call.domain, &u->upload);
}

const struct body_sink upload_sink = {
    .begin = upload_head, .take = upload_piece, .end = upload_close};

static enum status answer_upload(struct upload_call *u)
{
    struct call *call = &u->call;
    struct op_result result;
    if (!u->last) {
        add_progress(call->response, upload_offset(call->domain, &u->upload.attachment), false);
        return reply_nothing(call);
    }
    enum status st = upload_finish(call->c, call->domain, &u->upload, &result);
    if (st != ST_OK)
        return st;
    add_progress(call->response, u->upload.attachment.size, true);
    return reply_result(call, &result);
}

void api_upload(struct request *request, struct response *response)
{
    struct upload_call *u = request->user;
    (void)response;
    enum status st = answer_upload(u);
    if (st != ST_OK)
        call_refuse(&u->call, st);
}

/* The table's rows for uploads are answered by api_upload. */
enum status put_content(struct call *call)
{
    return fail(call->c, ST_INTERNAL, "", "uploads go to a sink");
}

/* ---- out ---- */

/* What browsers show without running anything of it. Everything else is bytes to download, its type
 * too: a page or a drawing that a stranger made could otherwise act in the user's name. */
static bool is_shown(struct str type)
{
    static const char *const types[] = {"image/png",  "image/jpeg", "image/gif",
                                        "image/webp", "image/avif", "application/pdf"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq(type, str_of(types[i])))
            return true;
    return false;
}

static const char *const sandbox = "default-src 'none'; sandbox; frame-ancestors 'self'";
/* Browsers refuse to start their PDF viewer in a sandbox; they run it apart from every site. */
static const char *const pdf_frame =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/* attachment; filename="plain.txt"; filename*=UTF-8''pl%C3%A4n.txt (RFC 6266). Separators of paths
 * and quotes are not for file names. */
static void add_disposition(struct call *call, const struct attachment *a, bool shown)
{
    struct buf b;
    buf_init(&b, call->c->arena, 256, 4096);
    buf_add_text(&b, shown ? "inline; filename=\"" : "attachment; filename=\"");
    for (size_t i = 0; i < a->name.len; i++) {
        char ch = a->name.data[i];
        bool plain = ch >= 0x20 && ch < 0x7f && !strchr("\"\\/:*?<>|%", ch);
        if (plain || (ch & 0xc0) != 0x80)
            buf_add_char(&b, plain ? ch : '_');
    }
    buf_add_text(&b, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < a->name.len; i++) {
        unsigned char ch = (unsigned char)a->name.data[i];
        bool plain = (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
                     (ch >= 'a' && ch <= 'z') || ch == '-' || ch == '.' || ch == '_';
        if (plain)
            buf_add_char(&b, (char)ch);
        else
            buf_addf(&b, "%%%02X", strchr("/\\", ch) ? '_' : ch);
    }
    response_header(call->response, "Content-Disposition", buf_str(&b));
}

static struct str content_tag(struct call *call, const struct attachment *a)
{
    char digits[sizeof a->sha256.bytes];
    struct buf b;
    buf_init(&b, call->c->arena, 64, 64);
    hex_write(a->sha256.bytes, sizeof digits / 2, digits);
    buf_addf(&b, "\"%.*s\"", (int)sizeof digits, digits);
    return buf_str(&b);
}

/* A range counts only if it is of what the client has (If-Range, strong comparison). */
static enum range_result wanted_range(struct call *call, const struct attachment *a, struct str tag,
                                      uint64_t *first, uint64_t *count)
{
    struct str condition = request_header(call->request, "If-Range");
    *first = 0;
    *count = (uint64_t)a->size;
    if (condition.data && !str_eq(condition, tag))
        return RANGE_WHOLE;
    return range_parse(request_header(call->request, "Range"), (uint64_t)a->size, first, count);
}

static void add_content_range(struct call *call, enum range_result range, uint64_t first,
                              uint64_t count, int64_t size)
{
    struct buf b;
    buf_init(&b, call->c->arena, 96, 96);
    buf_add_text(&b, "bytes ");
    if (range == RANGE_PART)
        buf_addf(&b, "%llu-%llu", (unsigned long long)first,
                 (unsigned long long)(first + count - 1));
    else
        buf_add_char(&b, '*');
    buf_addf(&b, "/%lld", (long long)size);
    response_header(call->response, "Content-Range", buf_str(&b));
}

static enum status send_file(struct call *call, const struct attachment *a, bool shown)
{
    struct response *out = call->response;
    uint64_t first;
    uint64_t count;
    int fd = -1;
    bool seekable;
    struct str tag = content_tag(call, a);
    if (request_none_match(call->request, tag)) {
        response_body(out, 304, NULL, STR_NONE);
        out->etag = tag;
        out->cache = CACHE_REVALIDATE;
        return ST_OK;
    }
    enum range_result range = wanted_range(call, a, tag, &first, &count);
    if (range == RANGE_BEYOND) {
        add_content_range(call, range, 0, 0, a->size);
        response_problem(call->request, out, 416, "range", "The file ends before that range.");
        return ST_OK;
    }
    enum status st =
        attachment_open(call->c, call->domain, a, (int64_t)first, (int64_t)count, &fd, &seekable);
    if (st != ST_OK)
        return st;
    bool typed = is_shown(a->type);
    struct str type = str_copy(call->c->arena, typed ? a->type : STR_LIT(ANY_BYTES));
    response_file(out, range == RANGE_PART ? 206 : 200, type.data, fd, seekable ? first : 0, count);
    if (range == RANGE_PART)
        add_content_range(call, range, first, count, a->size);
    response_header(out, "Accept-Ranges", STR_LIT("bytes"));
    add_disposition(call, a, shown && typed);
    out->etag = tag;
    out->cache = CACHE_REVALIDATE;
    bool pdf = shown && str_eq(a->type, STR_LIT("application/pdf"));
    out->content_policy = pdf ? pdf_frame : sandbox;
    return type.data ? ST_OK : fail_memory(call->c);
}

static enum status read_disposition(struct call *call, bool *shown)
{
    struct str text = request_param(call->request, "disposition");
    *shown = text.data && str_eq(text, STR_LIT("inline"));
    if (text.data && !*shown && !str_eq(text, STR_LIT("attachment")))
        return fail_as(call->c, ST_INVALID, "?disposition", "choice",
                       "must be inline or attachment");
    return ST_OK;
}

enum status get_content(struct call *call)
{
    const struct attachment *a = attachment_find(call->desk, call->id);
    bool shown;
    enum status st = read_disposition(call, &shown);
    if (st != ST_OK)
        return st;
    if (!a)
        return fail(call->c, ST_NOT_FOUND, "", "there is no such attachment");
    if (a->state == ATTACHMENT_READY) {
        if (call->request->head)
            add_progress(call->response, a->size, true);
        return send_file(call, a, shown);
    }
    if (!call->request->head)
        return fail_as(call->c, ST_CONFLICT, "", "incomplete",
                       "the file has not arrived completely yet");
    add_progress(call->response, upload_offset(call->domain, a), false);
    add_number_header(call->response, "Upload-Length", a->size);
    return reply_nothing(call);
}
