#include "domain/feed_edition.h"

#include <stdlib.h>
#include <string.h>

#include "domain/events.h"
#include "domain/feed_merge.h"
#include "domain/zones.h"
#include "plan/calendar.h"

/* ---- items by what they are known by ---- */

static int compare_keys(const void *a, const void *b)
{
    const struct feed_item *x = *(const struct feed_item *const *)a;
    const struct feed_item *y = *(const struct feed_item *const *)b;
    return memcmp(&x->key, &y->key, sizeof x->key);
}

enum status feed_index_make(struct ctx *c, const struct feed_item *items, int32_t n, struct id feed,
                            struct feed_index *out)
{
    out->count = 0;
    out->items = ARENA_ARRAY(c->arena, const struct feed_item *, (size_t)n + 1);
    if (!out->items)
        return fail_memory(c);
    for (int32_t i = 0; i < n; i++)
        if (id_is_none(feed) || id_eq(items[i].feed_id, feed))
            out->items[out->count++] = &items[i];
    if (out->count > 1)
        qsort(out->items, (size_t)out->count, sizeof *out->items, compare_keys);
    return ST_OK;
}

const struct feed_item *feed_index_find(const struct feed_index *index,
                                        const struct feed_item *like)
{
    const struct feed_item **found =
        index->count
            ? bsearch(&like, index->items, (size_t)index->count, sizeof *index->items, compare_keys)
            : NULL;
    return found ? *found : NULL;
}

/* ---- an edition against what is here ---- */

struct merge {
    struct edit *e;
    const struct feed_reading *reading;
    struct feed feed;
    bool is_new;
    bool changed; /* what stands in it */
    bool moved;   /* when events take place */
    struct date today;
    int32_t added;
    int32_t removed;
};

static enum status put_item(struct merge *m, struct feed_item *item)
{
    m->changed = true;
    return edit_put(m->e, ENTITY_FEED_ITEM, item->id, item);
}

static struct feed_item *copy_item(struct edit *e, const struct feed_item *item)
{
    struct feed_item *copy = ARENA_NEW(e->c->arena, struct feed_item);
    if (copy)
        *copy = *item;
    return copy;
}

static enum status add_item(struct merge *m, const struct feed_item *read)
{
    struct feed_item *item = copy_item(m->e, read);
    if (!item)
        return fail_memory(m->e->c);
    item->id = domain_new_id(m->e->domain);
    item->feed_id = m->feed.id;
    m->added++;
    return put_item(m, item);
}

static enum status remove_item(struct merge *m, const struct feed_item *item)
{
    m->changed = true;
    m->removed++;
    return edit_delete(m->e, ENTITY_FEED_ITEM, item->id);
}

static bool entity_is_there(const struct edit *e, const struct feed_item *item)
{
    return item->form == FORM_TASK ? desk_task(e->desk, item->entity_id) != NULL
                                   : desk_event(e->desk, item->entity_id) != NULL;
}

static bool same_value(const struct object *a, const struct object *b)
{
    return entity_eq(&feed_value_table, a->at, b->at, 0);
}

/* A done or dropped task has no news: it is over. */
static bool is_over(const struct edit *e, const struct feed_item *item)
{
    const struct task *t = item->form == FORM_TASK ? desk_task(e->desk, item->entity_id) : NULL;
    return t && t->state != TASK_OPEN;
}

static enum feed_news news_of(const struct merge *m, const struct feed_item *old,
                              const struct feed_item *read)
{
    if (is_over(m->e, old))
        return NEWS_NONE;
    if (read->news == NEWS_CANCELLED)
        return NEWS_CANCELLED;
    return same_value(&read->now, &old->before) ? NEWS_NONE : NEWS_CHANGED;
}

/* A link's change is followed at once; what cannot be followed is left to the student. */
static void follow(struct merge *m, struct feed_item *item)
{
    if (feed_merge_item(m->e, item, &m->moved) != ST_OK) {
        ctx_forgive(m->e->c);
        return;
    }
    if (!item->was.at)
        item->was = item->before;
    item->before = item->now;
    item->news = NEWS_FOLLOWED;
    if (same_value(&item->was, &item->now)) { /* back to where it was */
        item->news = NEWS_NONE;
        item->was = (struct object){NULL};
    }
}

static void bring_news(struct merge *m, const struct feed_item *old, const struct feed_item *read,
                       struct feed_item *item)
{
    item->news = news_of(m, old, read);
    if (item->news == NEWS_CHANGED && m->feed.url.len)
        follow(m, item);
    else if (item->news == NEWS_NONE && old->news == NEWS_FOLLOWED && !is_over(m->e, old))
        item->news = NEWS_FOLLOWED;
    if (item->news != NEWS_FOLLOWED)
        item->was = (struct object){NULL};
}

/* What stands here and in the calendar. */
static enum status meet(struct merge *m, const struct feed_item *old, const struct feed_item *read)
{
    struct feed_item *item = copy_item(m->e, old);
    if (!item)
        return fail_memory(m->e->c);
    if (old->state == ITEM_NEW && read->news == NEWS_CANCELLED)
        return remove_item(m, old);
    if (old->state == ITEM_LEFT)
        return ST_OK;
    item->now = read->now;
    item->form = old->state == ITEM_TAKEN ? old->form : read->form;
    if (old->state == ITEM_NEW) {
        item->category = read->category;
        item->suggested = read->suggested;
        item->course = read->course;
        item->notes = read->notes;
        item->estimate_min = read->estimate_min;
    } else if (!entity_is_there(m->e, old)) {
        *item = *old;
        item->state = ITEM_LEFT;
        item->entity_id = ID_NONE;
        item->news = NEWS_NONE;
    } else if (old->form != read->form) {
        *item = *old; /* what it was taken as, it stays */
    } else {
        bring_news(m, old, read, item);
    }
    return entity_eq(&feed_item_table, item, old, 0) ? ST_OK : put_item(m, item);
}

static bool is_past(const struct merge *m, const struct feed_value *v)
{
    if (!instant_is_none(v->due))
        return v->due.ms <= m->e->now.ms;
    struct date last = v->end_date.days == DATE_NONE.days ? v->date : v->end_date;
    return !v->rule.data && last.days < m->today.days;
}

/* What is here and no longer in the calendar. Calendars forget what is over: that is no news. */
static enum status miss(struct merge *m, const struct feed_item *old)
{
    if (old->state == ITEM_NEW)
        return remove_item(m, old);
    if (old->state == ITEM_LEFT || old->news == NEWS_REMOVED || is_past(m, old->now.at) ||
        is_over(m->e, old))
        return ST_OK;
    struct feed_item *item = copy_item(m->e, old);
    if (!item)
        return fail_memory(m->e->c);
    item->news = NEWS_REMOVED;
    if (!entity_is_there(m->e, old)) {
        item->state = ITEM_LEFT;
        item->news = NEWS_NONE;
        item->entity_id = ID_NONE;
    }
    return put_item(m, item);
}

static enum status merge_items(struct merge *m)
{
    const struct desk *desk = m->e->desk;
    const struct list *read = &m->reading->items;
    struct feed_index here;
    struct feed_index there;
    enum status st =
        feed_index_make(m->e->c, desk->feed_items, desk->feed_item_count, m->feed.id, &here);
    if (st == ST_OK)
        st = feed_index_make(m->e->c, read->items, read->count, ID_NONE, &there);
    for (int32_t i = 0; st == ST_OK && i < there.count; i++) {
        const struct feed_item *item = there.items[i];
        if (i > 0 && memcmp(&item->key, &there.items[i - 1]->key, sizeof item->key) == 0)
            continue;
        const struct feed_item *old = feed_index_find(&here, item);
        if (old)
            st = meet(m, old, item);
        else if (item->news != NEWS_CANCELLED)
            st = add_item(m, item);
    }
    for (int32_t i = 0; st == ST_OK && i < here.count; i++)
        if (!feed_index_find(&there, here.items[i]))
            st = miss(m, here.items[i]);
    return st;
}

static enum status check_quota(const struct merge *m)
{
    const struct desk *desk = m->e->desk;
    int32_t items = desk->feed_item_count + m->added - m->removed;
    if (m->is_new && desk->feed_count >= FEEDS_MAX)
        return fail_as(m->e->c, ST_CONFLICT, "", "quota",
                       "you have %d calendars, as many as there may be: delete one first",
                       desk->feed_count);
    if (m->added > 0 && items > FEED_ITEMS_MAX)
        return fail_as(m->e->c, ST_CONFLICT, "", "quota",
                       "together your calendars would have %d things, and there may be %d: "
                       "delete one first",
                       items, FEED_ITEMS_MAX);
    return ST_OK;
}

static bool same_remarks(const struct feed *feed, const struct feed_reading *reading)
{
    const struct feed_remark *a = feed->remarks.items;
    const struct feed_remark *b = reading->remarks.items;
    bool same = feed->remarks.count == reading->remarks.count &&
                feed->left_out == reading->left_out && feed->product == reading->product;
    for (int32_t i = 0; same && i < feed->remarks.count; i++)
        same = a[i].reason == b[i].reason && str_eq(a[i].title, b[i].title);
    return same;
}

static enum status check_events(struct edit *e)
{
    struct desk after;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);
    return events_check_load(e, &after);
}

enum status feed_take_edition(struct edit *e, const struct feed *feed, bool is_new, bool changed,
                              const struct feed_reading *reading)
{
    struct merge m = {.e = e, .reading = reading, .feed = *feed, .is_new = is_new};
    const struct zone_table *zone;
    struct feed *put = ARENA_NEW(e->c->arena, struct feed);
    enum status st =
        put ? zones_get(e->c, e->domain->zones, e->desk->settings.zone, &zone) : fail_memory(e->c);
    if (st != ST_OK)
        return st;
    m.today = zone_date(zone, e->now);
    m.changed = is_new || !same_remarks(feed, reading);
    st = merge_items(&m);
    if (st == ST_OK)
        st = check_quota(&m);
    if (st == ST_OK && m.moved)
        st = check_events(e);
    if (st != ST_OK)
        return st;
    *put = *feed;
    if (m.changed) {
        put->product = reading->product;
        put->remarks = reading->remarks;
        put->left_out = reading->left_out;
        put->read = e->now;
    }
    if (m.changed || changed)
        st = edit_put(e, ENTITY_FEED, put->id, put);
    return st == ST_OK ? edit_show(e, ENTITY_FEED, put->id, put) : st;
}

struct str feed_name(const struct feed_reading *reading, struct str otherwise)
{
    enum { CHARACTERS = 80 };
    struct str name = reading->name.len ? reading->name : str_trim(otherwise);
    if (name.len > 4 && str_eq_nocase((struct str){name.data + name.len - 4, 4}, STR_LIT(".ics")))
        name.len -= 4;
    while (utf8_count(name) > CHARACTERS)
        do
            name.len--;
        while (((unsigned char)name.data[name.len] & 0xC0) == 0x80);
    return str_trim(name).len ? str_trim(name) : STR_LIT("Calendar");
}
