#include "http/static.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "http/embedded.h"
#include "http/target.h"

static int compare(struct str path, const struct embedded_file *file)
{
    return str_cmp(path, str_of(file->path));
}

static const struct embedded_file *find(const struct static_site *site, struct str path)
{
    size_t low = 0;
    size_t high = site->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare(path, &site->files[mid]);
        if (order == 0)
            return &site->files[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

/* The quality of one list element "name;q=0.5" in thousandths; -1 when it is another name. */
static int quality(struct str element, struct str name)
{
    struct str rest = element;
    struct str coding = str_trim(str_cut(&rest, ';'));
    if (!str_eq_nocase(coding, name))
        return -1;
    while (rest.data) {
        struct str value = str_trim(str_cut(&rest, ';'));
        struct str key = str_trim(str_cut(&value, '='));
        if (!str_eq_nocase(key, STR_LIT("q")) || !value.data)
            continue;
        value = str_trim(value);
        int q = value.len && value.data[0] == '1' ? 1000 : 0;
        int weight = 100;
        for (size_t i = 2; i < value.len && i < 5 && q < 1000; i++, weight /= 10) {
            if (value.data[i] < '0' || value.data[i] > '9')
                return 0;
            q += (value.data[i] - '0') * weight;
        }
        return q;
    }
    return 1000;
}

static int header_quality(struct str header, struct str name)
{
    int any = -1;
    while (header.data) {
        struct str element = str_cut(&header, ',');
        int q = quality(element, name);
        if (q >= 0)
            return q;
        if (any < 0)
            any = quality(element, STR_LIT("*"));
    }
    return any > 0 ? any : 0;
}

enum encoding static_encoding(struct str accept_encoding, bool has_gzip, bool has_brotli)
{
    int brotli = has_brotli ? header_quality(accept_encoding, STR_LIT("br")) : 0;
    int gzip = has_gzip ? header_quality(accept_encoding, STR_LIT("gzip")) : 0;
    if (brotli > 0 && brotli >= gzip)
        return ENCODING_BROTLI;
    return gzip > 0 ? ENCODING_GZIP : ENCODING_IDENTITY;
}

/* The forms differ byte by byte, so a strong tag has to differ too: "hash" becomes "hash-br". */
static struct str tag_of(struct arena *arena, const struct embedded_file *file, const char *suffix)
{
    size_t len = strlen(file->etag);
    size_t more = strlen(suffix);
    char *tag = arena_alloc(arena, len + more + 1);
    if (!tag)
        return STR_NONE;
    memcpy(tag, file->etag, len - 1);
    memcpy(tag + len - 1, suffix, more);
    tag[len + more - 1] = '"';
    return (struct str){tag, len + more};
}

static void serve(struct request *r, struct response *out, const struct embedded_file *file)
{
    struct str body = {(const char *)file->data, file->len};
    const char *suffix = "";
    enum encoding encoding = static_encoding(request_header(r, "Accept-Encoding"),
                                             file->gzip != NULL, file->brotli != NULL);
    if (encoding == ENCODING_BROTLI) {
        body = (struct str){(const char *)file->brotli, file->brotli_len};
        suffix = "-br";
        response_header(out, "Content-Encoding", STR_LIT("br"));
    } else if (encoding == ENCODING_GZIP) {
        body = (struct str){(const char *)file->gzip, file->gzip_len};
        suffix = "-gz";
        response_header(out, "Content-Encoding", STR_LIT("gzip"));
    }
    if (file->gzip || file->brotli)
        response_header(out, "Vary", STR_LIT("Accept-Encoding"));
    response_body(out, 200, file->content_type, body);
    out->etag = tag_of(out->arena, file, suffix);
    out->cache = file->immutable ? CACHE_IMMUTABLE : CACHE_PUBLIC;
}

/* Whether a path that is no file is one of the app's own, such as "/week". */
static bool is_app_route(const struct request *r)
{
    if (str_starts(r->path, STR_LIT("/api/")) || str_eq(r->path, STR_LIT("/api")))
        return false;
    const char *slash = memrchr(r->path.data, '/', r->path.len);
    size_t tail = r->path.len - (size_t)(slash - r->path.data);
    if (memchr(slash, '.', tail))
        return false; /* a file's name: a page in its place would only confuse */
    struct str accept = request_header(r, "Accept");
    while (accept.data) {
        struct str type = str_cut(&accept, ',');
        type = str_trim(str_cut(&type, ';'));
        if (str_eq_nocase(type, STR_LIT("text/html")))
            return true;
    }
    return false;
}

/* The page of a route: "/week.html" for "/week" where there is one, else index.html. */
static const struct embedded_file *find_page(const struct static_site *site, struct str path)
{
    const struct str suffix = STR_LIT(".html");
    char name[64];
    const struct embedded_file *file = NULL;
    if (path.len + suffix.len <= sizeof name) {
        memcpy(name, path.data, path.len);
        memcpy(name + path.len, suffix.data, suffix.len);
        file = find(site, (struct str){name, path.len + suffix.len});
    }
    return file ? file : find(site, STR_LIT("/index.html"));
}

static void handle(struct request *r, struct response *out)
{
    const struct static_site *site = r->route->data;
    bool root = str_eq(r->path, STR_LIT("/"));
    const struct embedded_file *file = root ? NULL : find(site, r->path);
    if (!file && (root || is_app_route(r)))
        file = find_page(site, r->path);
    if (file)
        serve(r, out, file);
    else
        response_problem(r, out, 404, "not_found", "There is nothing at this address.");
}

struct route static_route(const struct static_site *site)
{
    for (size_t i = 1; i < site->count; i++)
        assert(strcmp(site->files[i - 1].path, site->files[i].path) < 0);
    return (struct route){.method = METHOD_GET,
                          .path = "/",
                          .flags = ROUTE_INLINE,
                          .handler = handle,
                          .data = site,
                          .name = "web app"};
}
