#include "domain/feeds.h"

#include "domain/entity.h"
#include "domain/feed_edition.h"

/* ---- a file ---- */

struct file {
    struct str name;
    const struct ics_calendar *calendar;
};

/* The feed that has most in common with what was read; NULL: none has anything. */
static enum status find_edition(struct edit *e, const struct feed_reading *reading,
                                const struct feed **out)
{
    const struct feed_item *items = reading->items.items;
    const struct desk *desk = e->desk;
    struct feed_index there;
    int32_t most = 0;
    *out = NULL;
    enum status st = feed_index_make(e->c, items, reading->items.count, ID_NONE, &there);
    for (int32_t i = 0; st == ST_OK && i < desk->feed_count; i++) {
        int32_t common = 0;
        for (int32_t k = 0; k < desk->feed_item_count; k++)
            common += id_eq(desk->feed_items[k].feed_id, desk->feeds[i].id) &&
                      feed_index_find(&there, &desk->feed_items[k]);
        if (common > most) {
            most = common;
            *out = &desk->feeds[i];
        }
    }
    return st;
}

static enum status decide_file(struct edit *e, void *arg)
{
    const struct file *file = arg;
    const struct feed *edition;
    struct feed_reading reading;
    enum status st =
        feed_read(e->c, e->domain, &e->desk->settings, file->calendar, e->now, &reading);
    if (st == ST_OK)
        st = find_edition(e, &reading, &edition);
    if (st != ST_OK)
        return st;
    if (edition)
        return feed_take_edition(e, edition, false, false, &reading);
    struct feed feed;
    entity_init(&feed_table, &feed);
    feed.id = domain_new_id(e->domain);
    feed.name = feed_name(&reading, file->name);
    feed.created = e->now;
    e->outcome = OP_CREATED;
    return feed_take_edition(e, &feed, true, true, &reading);
}

enum status feed_read_file(struct ctx *c, const struct domain *d, const struct caller *caller,
                           const struct op_key *key, struct str name, struct str text,
                           struct op_result *out)
{
    struct ics_calendar calendar;
    struct file file = {.name = name, .calendar = &calendar};
    enum status st = d->calendars.read(d->calendars.self, c, text, &calendar);
    return st == ST_OK ? operation_run(c, d, caller, key, decide_file, &file, out) : st;
}

/* ---- the feed itself ---- */

struct update {
    struct id id;
    int64_t expected;
    const struct feed *patch;
    field_set set;
};

static enum status find_feed(struct edit *e, const struct update *u, const struct feed **out)
{
    *out = desk_feed(e->desk, u->id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such calendar");
    return edit_check_version(e, ENTITY_FEED, *out, u->expected);
}

static enum status decide_update(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct feed *old;
    enum status st = find_feed(e, u, &old);
    struct feed *feed = ARENA_NEW(e->c->arena, struct feed);
    if (st != ST_OK || !feed)
        return st == ST_OK ? fail_memory(e->c) : st;
    *feed = *old;
    entity_patch(&feed_table, feed, u->patch, u->set);
    st = require_visible(e->c, "name", feed->name);
    if (st == ST_OK && !entity_eq(&feed_table, feed, old, 0))
        st = edit_put(e, ENTITY_FEED, feed->id, feed);
    return st == ST_OK ? edit_show(e, ENTITY_FEED, feed->id, feed) : st;
}

enum status feed_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        const struct feed *patch, field_set set, struct op_result *out)
{
    struct update u = {.id = id, .expected = expected, .patch = patch, .set = set};
    return operation_run(c, d, caller, key, decide_update, &u, out);
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct feed *feed;
    enum status st = find_feed(e, u, &feed);
    for (int32_t i = 0; st == ST_OK && i < e->desk->feed_item_count; i++)
        if (id_eq(e->desk->feed_items[i].feed_id, u->id))
            st = edit_delete(e, ENTITY_FEED_ITEM, e->desk->feed_items[i].id);
    return st == ST_OK ? edit_delete(e, ENTITY_FEED, u->id) : st;
}

enum status feed_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        struct op_result *out)
{
    struct update u = {.id = id, .expected = expected};
    return operation_run(c, d, caller, key, decide_delete, &u, out);
}
