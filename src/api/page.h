/*
 * Lists, a page at a time: {"items": […], "next": CURSOR}. The cursor is the id of the page's last
 * item, so what is added or deleted in between neither repeats nor hides anything.
 *
 * A page depends on nothing but the desk and the query, and a desk's revision names its state for
 * good. So written pages are kept for who asks again at the same revision: in a table of fixed
 * size, PAGES_KEPT places of at most PAGE_BYTES_MAX bytes, a newer page taking the place of an
 * older one. Nothing has to be thrown away when a desk changes: its new revision is another key.
 */
#ifndef API_PAGE_H
#define API_PAGE_H

#include "api/api.h"

enum {
    PAGES_KEPT = 256,
    PAGE_BYTES_MAX = 32 << 10 /* 8 MiB in all, if every place is full */
};

struct page_cache;

/* NULL when memory is out. Any thread may use it. */
struct page_cache *page_cache_open(void);
void page_cache_close(struct page_cache *cache);

/* Forgets what is kept of an account that was erased. */
void page_cache_forget(struct page_cache *cache, struct id user);

/* What is listed: entities of call->desk that begin with their id and lie in its order. `keep` may
 * leave some out, and may depend on nothing but the desk, the item and `state`. */
struct page {
    const void *items;
    int32_t count;
    const struct table *table;
    bool (*keep)(const struct page *page, const void *item); /* NULL: all */
    int64_t state;                                           /* of what it asks for */
    const void *arg;                                         /* follows from the desk and `state` */
    struct id of; /* the items are only those of this thing; none: all of the desk */
};

/* The parameters "limit" and "cursor" (none: from the beginning). */
MUST_USE enum status page_query(struct call *call, int64_t *limit, struct id *cursor);

/* Answers with items that are not of a desk, each beginning with its id: the first `limit` of
 * `count`, and a cursor when there are more. */
MUST_USE enum status reply_items(struct call *call, const struct table *t, const void *items,
                                 int64_t count, int64_t limit);

/* Answers with the page that the parameters "limit" and "cursor" ask for; with fewer items than
 * "limit" where they are so long that a reply would not hold them. */
MUST_USE enum status reply_page(struct call *call, const struct page *p);

#endif
