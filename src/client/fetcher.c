#include "client/fetcher.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "client/public_address.h"

enum {
    CONNECT_SECONDS = 10,
    SLOW_BYTES = 100, /* a second, over SLOW_SECONDS: slower is given up */
    SLOW_SECONDS = 10,
    HEADER_BYTES_MAX = 512, /* of a tag or date that is kept */
    HOST_BYTES_MAX = 255,
    ALLOWED_MAX = 16,
    FIRST_BYTES = 16 << 10,
    PORT_FREE = 1024 /* below it only those of http and https */
};

/* An address without its port, IPv4 as in IPv6. */
struct plain {
    uint8_t bytes[16];
};

struct curl_fetcher {
    struct fetcher_config config;
    struct plain allowed[ALLOWED_MAX];
    int allowed_count;
};

static struct plain plain_of(const struct sockaddr *address)
{
    struct plain p = {{[10] = 0xFF, [11] = 0xFF}};
    if (address->sa_family == AF_INET)
        memcpy(p.bytes + 12, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
    else
        memcpy(p.bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
    return p;
}

static bool may_reach(const struct curl_fetcher *f, const struct sockaddr *address)
{
    if (address_is_public(address))
        return true;
    if (address->sa_family != AF_INET && address->sa_family != AF_INET6)
        return false;
    struct plain p = plain_of(address);
    for (int i = 0; i < f->allowed_count; i++)
        if (memcmp(&f->allowed[i], &p, sizeof p) == 0)
            return true;
    return false;
}

/* ---- links ---- */

struct link {
    CURLU *url;
    char *host;
    char *text;
};

static void link_release(struct link *l)
{
    curl_free(l->host);
    curl_free(l->text);
    curl_url_cleanup(l->url);
}

static enum status no_link(struct ctx *c, const char *why)
{
    return fail_as(c, ST_INVALID, "url", "link", "this is no link that can be followed: %s", why);
}

static enum status is_private(struct ctx *c, const char *host)
{
    return fail_as(c, ST_INVALID, "url", "link_private",
                   "%.100s is not a public address: links lead into the internet only", host);
}

/* An address in whatever spelling that the resolver would take for one: 127.1, 0x7f000001,
 * 017700000001, [::ffff:127.0.0.1]. No name is looked up. */
static bool names_private_address(const struct curl_fetcher *f, const char *host)
{
    char bare[HOST_BYTES_MAX + 1];
    size_t len = strlen(host);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        host++;
        len -= 2;
    }
    if (len > HOST_BYTES_MAX)
        return true;
    memcpy(bare, host, len);
    bare[len] = '\0';
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    bool inside = false;
    if (getaddrinfo(bare, NULL, &hints, &found) != 0)
        return false;
    for (const struct addrinfo *at = found; at; at = at->ai_next)
        inside = inside || !may_reach(f, at->ai_addr);
    freeaddrinfo(found);
    return inside;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    bool there = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return there;
}

static bool port_is_fine(CURLU *url)
{
    char *text = NULL;
    uint64_t port = 0;
    if (curl_url_get(url, CURLUPART_PORT, &text, 0) != CURLUE_OK)
        return true;
    bool fine =
        str_to_uint(str_of(text), 65535, &port) && (port == 80 || port == 443 || port >= PORT_FREE);
    curl_free(text);
    return fine;
}

static enum status judge(struct ctx *c, const struct curl_fetcher *f, struct link *l)
{
    char *scheme = NULL;
    if (curl_url_get(l->url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        return no_link(c, "it is not complete");
    bool web = str_eq(str_of(scheme), STR_LIT("http")) || str_eq(str_of(scheme), STR_LIT("https"));
    curl_free(scheme);
    if (!web)
        return no_link(c, "it must begin with https://, http:// or webcal://");
    if (has_part(l->url, CURLUPART_USER) || has_part(l->url, CURLUPART_PASSWORD))
        return no_link(c, "it must not carry a name or password before an @");
    if (curl_url_get(l->url, CURLUPART_HOST, &l->host, 0) != CURLUE_OK || !*l->host)
        return no_link(c, "it names no host");
    if (names_private_address(f, l->host) || !port_is_fine(l->url))
        return is_private(c, l->host);
    (void)curl_url_set(l->url, CURLUPART_FRAGMENT, NULL, 0);
    if (curl_url_get(l->url, CURLUPART_URL, &l->text, 0) != CURLUE_OK)
        return no_link(c, "it is not complete");
    return strlen(l->text) <= FETCH_URL_MAX ? ST_OK : no_link(c, "it is too long");
}

/* webcal is what calendars call a link to subscribe to; it is fetched by https. */
static struct str with_web_scheme(struct arena *a, struct str url)
{
    static const char *const schemes[] = {"webcal://", "webcals://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = strlen(schemes[i]);
        if (url.len <= len || !str_eq_nocase((struct str){url.data, len}, str_of(schemes[i])))
            continue;
        struct buf b;
        buf_init(&b, a, url.len + 8, url.len + 8);
        buf_add_text(&b, "https://");
        buf_add(&b, url.data + len, url.len - len);
        return b.overflowed ? STR_NONE : buf_str(&b);
    }
    return str_copy(a, url);
}

/* Reads and judges a link; `*l` is to be released in any case. */
static enum status open_link(struct ctx *c, const struct curl_fetcher *f, struct str url,
                             struct link *l)
{
    *l = (struct link){.url = curl_url()};
    struct str text = with_web_scheme(c->arena, str_trim(url));
    if (!l->url || !text.data)
        return fail_memory(c);
    if (text.len > FETCH_URL_MAX || memchr(text.data, '\0', text.len))
        return no_link(c, "it is too long");
    if (curl_url_set(l->url, CURLUPART_URL, text.data, 0) != CURLUE_OK)
        return no_link(c, "it must begin with https://, http:// or webcal://");
    return judge(c, f, l);
}

static enum status check(void *self, struct ctx *c, struct str url, struct str *out)
{
    struct link l;
    enum status st = open_link(c, self, url, &l);
    if (st == ST_OK) {
        *out = str_copy(c->arena, str_of(l.text));
        st = out->data ? ST_OK : fail_memory(c);
    }
    link_release(&l);
    return st;
}

static enum status host_of(void *self, struct ctx *c, struct str url, struct str *out)
{
    struct link l;
    enum status st = open_link(c, self, url, &l);
    if (st == ST_OK) {
        *out = str_copy(c->arena, str_of(l.host));
        st = out->data ? ST_OK : fail_memory(c);
    }
    link_release(&l);
    return st;
}

/* ---- one answer ---- */

struct transfer {
    const struct curl_fetcher *fetcher;
    struct buf body;
    size_t max;
    char tag[HEADER_BYTES_MAX];
    char modified[HEADER_BYTES_MAX];
    bool refused; /* an address that is not public */
    bool too_large;
};

/* Where libcurl is about to connect to: the last word on the address. */
static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *t = data;
    if (purpose != CURLSOCKTYPE_IPCXN || !may_reach(t->fetcher, &address->addr)) {
        t->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_body(char *bytes, size_t size, size_t n, void *data)
{
    struct transfer *t = data;
    size_t len = size * n;
    if (len > t->max - t->body.len) {
        t->too_large = true;
        return 0;
    }
    buf_add(&t->body, bytes, len);
    return t->body.overflowed ? 0 : len;
}

static void keep_header(struct str line, const char *name, char out[HEADER_BYTES_MAX])
{
    struct str value = line;
    struct str key = str_cut(&value, ':');
    value = str_trim(value);
    if (!str_eq_nocase(str_trim(key), str_of(name)) || value.len >= HEADER_BYTES_MAX ||
        !utf8_valid(value))
        return;
    memcpy(out, value.data, value.len);
    out[value.len] = '\0';
}

static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
    struct transfer *t = data;
    struct str line = {bytes, size * n};
    keep_header(line, "ETag", t->tag);
    keep_header(line, "Last-Modified", t->modified);
    return size * n;
}

static int go_on(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct transfer *t = data;
    (void)a, (void)b, (void)c, (void)d;
    return t->fetcher->config.stopping && atomic_load(t->fetcher->config.stopping);
}

static struct curl_slist *headers_for(struct arena *a, const struct fetch_request *request)
{
    struct curl_slist *list = curl_slist_append(NULL, "Accept: text/calendar, */*;q=0.1");
    const struct {
        const char *name;
        struct str value;
    } known[] = {{"If-None-Match", request->tag}, {"If-Modified-Since", request->modified}};
    for (size_t i = 0; list && i < 2; i++) {
        struct buf b;
        if (!known[i].value.len)
            continue;
        buf_init(&b, a, 256, 1024);
        buf_addf(&b, "%s: %.*s", known[i].name, STR_ARG(known[i].value));
        struct curl_slist *longer = b.overflowed ? NULL : curl_slist_append(list, buf_str(&b).data);
        list = longer ? longer : list;
    }
    return list;
}

static void set_up(CURL *curl, struct transfer *t, const char *url, struct curl_slist *headers)
{
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS_MAX);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "StudyBunny");
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

static enum status fail_transfer(struct ctx *c, const struct transfer *t, const char *host,
                                 CURLcode code)
{
    if (t->refused)
        return is_private(c, host);
    if (t->too_large)
        return fail_as(c, ST_TOO_LARGE, "", "link_size", "%.100s sends more than %zu MB", host,
                       t->max >> 20);
    return fail_as(c, ST_UNAVAILABLE, "", "link_unreachable", "%.100s cannot be reached: %s", host,
                   curl_easy_strerror(code));
}

/* Asks once. `*redirect` is where the answer sends us; no text: nowhere. */
static enum status ask(struct ctx *c, CURL *curl, struct transfer *t, const struct link *l,
                       const struct fetch_request *request, long *status, struct str *redirect)
{
    struct curl_slist *headers = headers_for(c->arena, request);
    char *next = NULL;
    *redirect = STR_NONE;
    *status = 0;
    if (!headers)
        return fail_memory(c);
    curl_easy_reset(curl);
    set_up(curl, t, l->text, headers);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &next);
    if (code == CURLE_OK && next)
        *redirect = str_copy(c->arena, str_of(next));
    curl_slist_free_all(headers);
    return code == CURLE_OK ? ST_OK : fail_transfer(c, t, l->host, code);
}

static enum status take_answer(struct ctx *c, struct transfer *t, const struct link *l, long status,
                               struct fetched *out)
{
    out->same = status == 304;
    if (status != 200 && !out->same)
        return fail_as(c, ST_UNAVAILABLE, "", "link_status", "%.100s answers with status %ld",
                       l->host, status);
    out->body = buf_str(&t->body);
    out->tag = *t->tag ? str_copy(c->arena, str_of(t->tag)) : STR_NONE;
    out->modified = *t->modified ? str_copy(c->arena, str_of(t->modified)) : STR_NONE;
    return ST_OK;
}

static bool is_secure(struct str url)
{
    return str_starts(url, STR_LIT("https:"));
}

static enum status follow(struct ctx *c, const struct curl_fetcher *f, CURL *curl,
                          const struct fetch_request *request, struct fetched *out)
{
    struct str url = request->url;
    for (int hop = 0; hop <= FETCH_REDIRECTS_MAX; hop++) {
        struct transfer t = {.fetcher = f, .max = request->max};
        struct link l;
        struct str next = STR_NONE;
        long status = 0;
        buf_init(&t.body, c->arena, FIRST_BYTES, request->max + 1);
        enum status st = open_link(c, f, url, &l);
        if (st == ST_OK)
            st = ask(c, curl, &t, &l, request, &status, &next);
        if (st == ST_OK && !next.data)
            st = take_answer(c, &t, &l, status, out);
        if (st == ST_OK && next.data && is_secure(url) && !is_secure(next))
            st = no_link(c, "it leads from https to http");
        link_release(&l);
        if (st != ST_OK || !next.data)
            return st;
        url = next;
    }
    return fail_as(c, ST_UNAVAILABLE, "", "link_redirects", "the link leads on and on");
}

/* With the first fetch, since the libraries that come with it take some megabytes: most servers
 * never read a calendar of others. */
static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static enum status fetch(void *self, struct ctx *c, const struct fetch_request *request,
                         struct fetched *out)
{
    pthread_once(&library_once, start_library);
    CURL *curl = curl_easy_init();
    *out = (struct fetched){0};
    if (!curl)
        return fail_memory(c);
    enum status st = follow(c, self, curl, request, out);
    curl_easy_cleanup(curl);
    return st;
}

static bool read_allowed(struct curl_fetcher *f, struct str list)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    while (list.len) {
        char text[INET6_ADDRSTRLEN + 1];
        struct str item = str_trim(str_cut(&list, ','));
        struct addrinfo *found = NULL;
        if (item.len == 0 || item.len >= sizeof text || f->allowed_count == ALLOWED_MAX)
            return false;
        memcpy(text, item.data, item.len);
        text[item.len] = '\0';
        if (getaddrinfo(text, NULL, &hints, &found) != 0)
            return false;
        f->allowed[f->allowed_count++] = plain_of(found->ai_addr);
        freeaddrinfo(found);
    }
    return true;
}

enum status curl_fetcher_open(struct ctx *c, const struct fetcher_config *config,
                              struct curl_fetcher **out)
{
    struct curl_fetcher *f = calloc(1, sizeof *f);
    if (!f)
        return fail_memory(c);
    f->config = *config;
    if (!read_allowed(f, str_of(config->allowed))) {
        curl_fetcher_close(f);
        return fail(c, ST_INVALID, "feed_private",
                    "feed_private must be up to %d addresses, such as 192.168.1.10,fd00::5",
                    ALLOWED_MAX);
    }
    *out = f;
    return ST_OK;
}

struct fetcher curl_fetcher_port(struct curl_fetcher *fetcher)
{
    return (struct fetcher){.check = check, .host = host_of, .fetch = fetch, .self = fetcher};
}

void curl_fetcher_close(struct curl_fetcher *fetcher)
{
    free(fetcher);
}
