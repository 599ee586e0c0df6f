#include "api/page.h"

#include <pthread.h>
#include <string.h>

#include "api/state.h"
#include "base/pool.h"

enum { PAGE = 50, PAGE_MAX = 200, FIRST_BYTES = 20 << 10 };
enum { PAGE_FULL = REPLY_MAX / 2 }; /* bytes; an item is far smaller than the other half */

/* Everything that a page depends on. */
struct key {
    struct id user;
    struct id cursor;
    int64_t rev;
    int64_t limit;
    const struct table *table;
    bool (*keep)(const struct page *page, const void *item);
    int64_t state;
    struct id of;
};

struct place {
    pthread_mutex_t lock;
    struct key key;
    size_t len; /* 0: empty */
    size_t room;
    char *bytes;
};

struct page_cache {
    struct place places[PAGES_KEPT];
};

struct page_cache *page_cache_open(void)
{
    struct page_cache *cache = process_alloc(sizeof *cache);
    for (size_t i = 0; cache && i < PAGES_KEPT; i++)
        pthread_mutex_init(&cache->places[i].lock, NULL);
    return cache;
}

void page_cache_close(struct page_cache *cache)
{
    for (size_t i = 0; cache && i < PAGES_KEPT; i++) {
        pthread_mutex_destroy(&cache->places[i].lock);
        process_free(cache->places[i].bytes);
    }
    process_free(cache);
}

static bool same_key(const struct key *a, const struct key *b)
{
    return id_eq(a->user, b->user) && a->rev == b->rev && a->table == b->table &&
           a->keep == b->keep && a->state == b->state && a->limit == b->limit &&
           id_eq(a->cursor, b->cursor) && id_eq(a->of, b->of);
}

/* Not by the revision: a desk's new page replaces its old one. */
static struct place *place_of(struct page_cache *cache, const struct key *k)
{
    uint64_t parts[6];
    memcpy(parts, &k->user, sizeof k->user);
    memcpy(parts + 2, &k->cursor, sizeof k->cursor);
    memcpy(parts + 4, &k->of, sizeof k->of);
    uint64_t h = (uint64_t)k->limit * 31 + (uint64_t)(k->state + 1) + (uintptr_t)k->table;
    for (size_t i = 0; i < 6; i++)
        h = (h ^ parts[i]) * 0x9E3779B97F4A7C15U;
    return &cache->places[(h >> 32) % PAGES_KEPT];
}

/* A copy in the request's arena; none if it is not kept, or not to be had at once. */
static struct str find(struct page_cache *cache, const struct key *k, struct arena *a)
{
    struct place *p = place_of(cache, k);
    struct str found = STR_NONE;
    if (pthread_mutex_trylock(&p->lock) != 0)
        return found;
    if (p->len > 0 && same_key(&p->key, k))
        found = str_copy(a, (struct str){p->bytes, p->len});
    pthread_mutex_unlock(&p->lock);
    return found;
}

static bool make_room(struct place *p, size_t len)
{
    if (p->room >= len)
        return true;
    process_free(p->bytes);
    p->bytes = process_alloc(len);
    p->room = p->bytes ? len : 0;
    return p->bytes != NULL;
}

static void keep(struct page_cache *cache, const struct key *k, struct str page)
{
    struct place *p = place_of(cache, k);
    if (page.len > PAGE_BYTES_MAX || pthread_mutex_trylock(&p->lock) != 0)
        return;
    p->len = 0;
    if (make_room(p, page.len)) {
        memcpy(p->bytes, page.data, page.len);
        p->len = page.len;
        p->key = *k;
    }
    pthread_mutex_unlock(&p->lock);
}

void page_cache_forget(struct page_cache *cache, struct id user)
{
    for (size_t i = 0; i < PAGES_KEPT; i++) {
        struct place *p = &cache->places[i];
        pthread_mutex_lock(&p->lock);
        if (p->len > 0 && id_eq(p->key.user, user)) {
            memset(p->bytes, 0, p->room);
            p->len = 0;
        }
        pthread_mutex_unlock(&p->lock);
    }
}

static const struct id *item_id(const struct page *p, int32_t i)
{
    return (const struct id *)((const char *)p->items + (size_t)i * p->table->size);
}

static int32_t first_after(const struct page *p, struct id cursor)
{
    int32_t low = 0;
    int32_t high = p->count;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (id_cmp(*item_id(p, mid), cursor) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void write_page(struct buf *b, const struct page *p, const struct key *k)
{
    struct id last = ID_NONE;
    bool more = false;
    int64_t n = 0;
    buf_add_text(b, "{\"items\":[");
    for (int32_t i = first_after(p, k->cursor); i < p->count && !more; i++) {
        const struct id *item = item_id(p, i);
        if (p->keep && !p->keep(p, item))
            continue;
        more = n == k->limit || b->len > PAGE_FULL;
        if (more)
            break;
        if (n++)
            buf_add_char(b, ',');
        json_write(b, p->table, item);
        last = *item;
    }
    buf_add_text(b, "],\"next\":");
    json_write_id(b, more ? last : ID_NONE);
    buf_add_char(b, '}');
}

enum status page_query(struct call *call, int64_t *limit, struct id *cursor)
{
    struct str text = request_param(call->request, "cursor");
    enum status st = query_int(call, "limit", 1, PAGE_MAX, PAGE, limit);
    *cursor = ID_NONE;
    if (st == ST_OK && text.data && !id_parse(text, cursor))
        st = fail_as(call->c, ST_INVALID, "?cursor", "format", "is not a cursor of ours");
    return st;
}

enum status reply_page(struct call *call, const struct page *p)
{
    struct page_cache *cache = call->api->pages;
    struct key k = {.user = call->desk->user,
                    .rev = call->desk->rev,
                    .table = p->table,
                    .keep = p->keep,
                    .state = p->state,
                    .of = p->of};
    enum status st = page_query(call, &k.limit, &k.cursor);
    if (st != ST_OK)
        return st;
    reply_tag(call, k.rev);
    call->response->compress = true;
    struct str kept = find(cache, &k, call->c->arena);
    if (kept.data) {
        response_body(call->response, 200, "application/json", kept);
        return ST_OK;
    }
    struct buf b;
    reply_buf(call, &b, FIRST_BYTES);
    write_page(&b, p, &k);
    if (!b.overflowed)
        keep(cache, &k, buf_str(&b));
    return reply_json(call, 200, &b);
}

enum status reply_items(struct call *call, const struct table *t, const void *items, int64_t count,
                        int64_t limit)
{
    struct buf b;
    const char *at = items;
    bool more = count > limit;
    struct id last = ID_NONE;
    reply_buf(call, &b, FIRST_BYTES);
    buf_add_text(&b, "{\"items\":[");
    for (int64_t i = 0; i < (more ? limit : count); i++, at += t->size) {
        if (i)
            buf_add_char(&b, ',');
        json_write(&b, t, at);
        memcpy(&last, at, sizeof last);
    }
    buf_add_text(&b, "],\"next\":");
    json_write_id(&b, more ? last : ID_NONE);
    buf_add_char(&b, '}');
    return reply_json(call, 200, &b);
}
