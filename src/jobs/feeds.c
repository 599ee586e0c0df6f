#include "jobs/feeds.h"

#include <string.h>

#include "base/arena.h"
#include "domain/feeds.h"
#include "ops/log.h"

/* A link is a secret, and so is whose it is: the feed's id is enough to find both. */
static void tell(const struct feed_round *r, const struct feed_visit *visit)
{
    char id[ID_TEXT_LEN + 1] = "";
    id_format(visit->ref.id, id);
    if (visit->fell)
        log_event(r->log, LOG_WARN, "feed_failed", LOG_TEXT("feed", id),
                  LOG_TEXT("reason", visit->reason));
    if (visit->rose)
        log_event(r->log, LOG_INFO, "feed_recovered", LOG_TEXT("feed", id));
}

enum status read_feeds(void *self, struct ctx *c)
{
    const struct feed_round *r = self;
    struct arena *own = c->arena;
    struct arena arena;
    enum status st = ST_OK;
    bool more = true;
    arena_init(&arena, FEED_READ_MEMORY);
    c->arena = &arena;
    for (int i = 0; st == ST_OK && more && i < FEEDS_AT_ONCE; i++) {
        struct feed_visit visit;
        if (r->stopping && atomic_load(r->stopping))
            break;
        st = feed_visit_next(c, r->domain, r->every_ms, &visit);
        more = !id_is_none(visit.ref.id);
        if (st == ST_OK)
            tell(r, &visit);
        arena_reset(&arena);
    }
    c->arena = own;
    arena_release(&arena);
    return st;
}
