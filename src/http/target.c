#include "http/target.h"

#include <string.h>

#include "base/arena.h"
#include "base/hex.h"

#define MALFORMED(text) ((struct target_fault){400, "malformed_target", (text)})

static const struct target_fault no_fault = {0, NULL, NULL};
static const struct target_fault no_memory = {503, "memory", "The request needs too much memory."};

/* Decodes `in` to `out`, which has room for it; -1 for wrong encoding or control characters. */
static long percent_decode(struct str in, char *out, bool plus_is_space, bool slash_allowed)
{
    size_t len = 0;
    for (size_t i = 0; i < in.len; i++) {
        char ch = in.data[i];
        if (ch == '%') {
            if (in.len - i < 3)
                return -1;
            int high = hex_digit(in.data[i + 1]);
            int low = hex_digit(in.data[i + 2]);
            if (high < 0 || low < 0)
                return -1;
            ch = (char)(high << 4 | low);
            if (ch == '/' && !slash_allowed)
                return -1;
            i += 2;
        } else if (ch == '+' && plus_is_space) {
            ch = ' ';
        }
        if ((unsigned char)ch < 0x20 || ch == 0x7f)
            return -1;
        out[len++] = ch;
    }
    return (long)len;
}

/* False when the encoding is wrong; no text in `out` when memory is out. */
static bool decode(struct arena *arena, struct str in, bool is_path, struct str *out)
{
    char *text = arena_alloc(arena, in.len + 1);
    *out = STR_NONE;
    if (!text)
        return true;
    long len = percent_decode(in, text, !is_path, !is_path);
    if (len < 0)
        return false;
    text[len] = '\0';
    *out = (struct str){text, (size_t)len};
    return utf8_valid(*out);
}

static struct target_fault parse_param(struct request *r, struct arena *arena, struct str pair)
{
    struct str rest = pair;
    struct str raw_name = str_cut(&rest, '=');
    struct param p;
    if (r->param_count == REQUEST_PARAMS_MAX)
        return MALFORMED("The query has too many parameters.");
    if (!decode(arena, raw_name, false, &p.name) ||
        !decode(arena, rest.data ? rest : STR_LIT(""), false, &p.value))
        return MALFORMED("The query is not well encoded.");
    if (!p.name.data || !p.value.data)
        return no_memory;
    for (size_t i = 0; i < r->param_count; i++) {
        if (str_eq(r->params[i].name, p.name))
            return MALFORMED("The query has a parameter twice.");
    }
    r->params[r->param_count++] = p;
    return no_fault;
}

static struct target_fault parse_query(struct request *r, struct arena *arena, struct str query)
{
    while (query.len) {
        struct str pair = str_cut(&query, '&');
        struct target_fault fault = pair.len ? parse_param(r, arena, pair) : no_fault;
        if (fault.code)
            return fault;
    }
    return no_fault;
}

/* Takes "http://host" off, which RFC 9112 (3.2.2) makes servers accept; the host has to be that of
 * the Host header, or caches and servers would disagree on what was asked. */
static bool strip_absolute(struct str *raw, struct str host)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(schemes[i]);
        struct str head = {raw->data, raw->len < len ? raw->len : len};
        if (!str_eq_nocase(head, str_of(schemes[i])))
            continue;
        struct str rest = {raw->data + len, raw->len - len};
        size_t authority = 0;
        while (authority < rest.len && rest.data[authority] != '/' && rest.data[authority] != '?')
            authority++;
        if (!str_eq_nocase((struct str){rest.data, authority}, host))
            return false;
        *raw = (struct str){rest.data + authority, rest.len - authority};
        if (raw->len == 0)
            *raw = STR_LIT("/");
        return true;
    }
    return true;
}

struct target_fault target_parse(struct request *r, struct arena *arena, struct str raw,
                                 struct str host)
{
    r->path = STR_NONE;
    r->param_count = 0;
    if (raw.len > REQUEST_TARGET_MAX)
        return (struct target_fault){414, "target_too_long", "The address is too long."};
    if (str_eq(raw, STR_LIT("*"))) {
        r->path = raw;
        return no_fault;
    }
    if (!strip_absolute(&raw, host))
        return MALFORMED("The address names another host than the Host header.");
    if (raw.len == 0 || raw.data[0] != '/')
        return MALFORMED("The address has to begin with a slash.");
    if (memchr(raw.data, '#', raw.len))
        return MALFORMED("The address has a fragment.");

    struct str query = raw;
    struct str path = str_cut(&query, '?');
    if (!decode(arena, path, true, &r->path))
        return MALFORMED("The path is not well encoded.");
    if (!r->path.data)
        return no_memory;
    return parse_query(r, arena, query);
}

struct str cookie_find(struct str header, struct str name)
{
    while (header.data) {
        struct str value = str_trim(str_cut(&header, ';'));
        struct str key = str_cut(&value, '=');
        if (!value.data || !str_eq(key, name))
            continue;
        if (value.len >= 2 && value.data[0] == '"' && value.data[value.len - 1] == '"')
            return (struct str){value.data + 1, value.len - 2};
        return value;
    }
    return STR_NONE;
}

static struct str opaque_tag(struct str etag)
{
    etag = str_trim(etag);
    if (str_starts(etag, STR_LIT("W/")))
        return (struct str){etag.data + 2, etag.len - 2};
    return etag;
}

bool etag_listed(struct str header, struct str etag)
{
    if (str_eq(str_trim(header), STR_LIT("*")))
        return true;
    while (header.data) {
        struct str one = str_cut(&header, ',');
        if (str_eq(opaque_tag(one), opaque_tag(etag)))
            return true;
    }
    return false;
}

bool list_has_token(struct str list, struct str token)
{
    while (list.data) {
        if (str_eq_nocase(str_trim(str_cut(&list, ',')), token))
            return true;
    }
    return false;
}
