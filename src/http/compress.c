/*
 * Replies that are made for one student, as gzip. Files are compressed once, by the build
 * (static.c).
 *
 * The fastest level: a term's schedule, 57 kB, becomes about 6 kB,
 * which a phone on a slow network waits 0.3 s less for; the slower levels would save a few per cent
 * more. No reply that mixes a secret with what a stranger can choose may be compressed: its length
 * would tell (BREACH). Tokens are only in replies to unsafe methods, which are left as they are.
 */
#include <libdeflate.h>
#include <string.h>

#include "base/arena.h"
#include "http/exchange.h"
#include "http/static.h"

enum { COMPRESS_FROM = 1400 /* what is shorter fits into one packet anyway */, FASTEST = 1 };

static struct str deflated(struct arena *arena, struct str body)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(FASTEST);
    if (!compressor)
        return STR_NONE;
    size_t room = libdeflate_gzip_compress_bound(compressor, body.len);
    char *bytes = arena_alloc(arena, room);
    size_t len = bytes ? libdeflate_gzip_compress(compressor, body.data, body.len, bytes, room) : 0;
    libdeflate_free_compressor(compressor);
    return len > 0 && len < body.len ? (struct str){bytes, len} : STR_NONE;
}

/* The bytes differ from those of the plain form, so the tag only says that both mean the same. */
static void weaken(struct response *out)
{
    if (!out->etag.data)
        return;
    char *tag = arena_alloc(out->arena, out->etag.len + 2);
    if (tag) {
        tag[0] = 'W';
        tag[1] = '/';
        memcpy(tag + 2, out->etag.data, out->etag.len);
    }
    out->etag = tag ? (struct str){tag, out->etag.len + 2} : STR_NONE;
}

void response_compress(const struct request *r, struct response *out)
{
    if (!out->compress || (out->status != 200 && out->status != 304))
        return;
    response_header(out, "Vary", STR_LIT("Accept-Encoding"));
    if (static_encoding(request_header(r, "Accept-Encoding"), true, false) != ENCODING_GZIP)
        return;
    weaken(out);
    if (out->status == 304 || out->body.len < COMPRESS_FROM)
        return;
    struct str body = deflated(out->arena, out->body);
    if (!body.data)
        return;
    out->body = body;
    response_header(out, "Content-Encoding", STR_LIT("gzip"));
}
