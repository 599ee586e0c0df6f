#include "jobs/feeds.h"

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

/* One that fails, a damaged desk's for instance, keeps nobody else's from being read: what went
 * wrong last is returned. */
static enum status visit_all(const struct feed_round *r, struct ctx *c, const struct feed_ref *refs,
                             int32_t count)
{
    enum status failure = ST_OK;
    for (int32_t i = 0; i < count && !(r->stopping && atomic_load(r->stopping)); i++) {
        struct feed_visit visit;
        struct ctx own = {.arena = c->arena};
        enum status st = feed_visit(&own, r->domain, refs[i], r->every_ms, &visit);
        if (st == ST_OK)
            tell(r, &visit);
        else
            failure =
                fail(c, st, "", "%s", own.fault_count ? own.faults[0].detail : status_name(st));
        arena_reset(c->arena);
    }
    return failure;
}

enum status read_feeds(void *self, struct ctx *c)
{
    const struct feed_round *r = self;
    struct arena *own = c->arena;
    struct arena arena;
    struct feed_ref refs[FEEDS_AT_ONCE];
    int32_t count = 0;
    arena_init(&arena, FEED_READ_MEMORY);
    c->arena = &arena;
    enum status st = feeds_due(c, r->domain, FEEDS_AT_ONCE, refs, &count);
    if (st == ST_OK)
        st = visit_all(r, c, refs, count);
    c->arena = own;
    arena_release(&arena);
    return st;
}
