#include "domain/feeds.h"

#include <stdlib.h>
#include <string.h>

#include "domain/entity.h"
#include "domain/feed_read.h"
#include "domain/zones.h"
#include "plan/calendar.h"

/* ---- items by what they are known by ---- */

/* Items ordered by key. */
struct index {
    const struct feed_item **items;
    int32_t count;
};

static int compare_keys(const void *a, const void *b)
{
    const struct feed_item *x = *(const struct feed_item *const *)a;
    const struct feed_item *y = *(const struct feed_item *const *)b;
    return memcmp(&x->key, &y->key, sizeof x->key);
}

static enum status make_index(struct ctx *c, const struct feed_item *items, int32_t n,
                              struct id feed, struct index *out)
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

static const struct feed_item *find_key(const struct index *index, const struct feed_item *like)
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
    bool changed;
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
        item->news = news_of(m, old, read);
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
    struct index here;
    struct index there;
    enum status st =
        make_index(m->e->c, desk->feed_items, desk->feed_item_count, m->feed.id, &here);
    if (st == ST_OK)
        st = make_index(m->e->c, read->items, read->count, ID_NONE, &there);
    for (int32_t i = 0; st == ST_OK && i < there.count; i++) {
        const struct feed_item *item = there.items[i];
        if (i > 0 && memcmp(&item->key, &there.items[i - 1]->key, sizeof item->key) == 0)
            continue;
        const struct feed_item *old = find_key(&here, item);
        if (old)
            st = meet(m, old, item);
        else if (item->news != NEWS_CANCELLED)
            st = add_item(m, item);
    }
    for (int32_t i = 0; st == ST_OK && i < here.count; i++)
        if (!find_key(&there, here.items[i]))
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

/* Brings the feed to what was read; nothing is put when nothing is new. */
static enum status merge_reading(struct merge *m)
{
    struct edit *e = m->e;
    const struct zone_table *zone;
    enum status st = zones_get(e->c, e->domain->zones, e->desk->settings.zone, &zone);
    if (st != ST_OK)
        return st;
    m->today = zone_date(zone, e->now);
    m->changed = m->is_new || !same_remarks(&m->feed, m->reading);
    st = merge_items(m);
    if (st == ST_OK)
        st = check_quota(m);
    struct feed *feed = ARENA_NEW(e->c->arena, struct feed);
    if (st != ST_OK || !feed)
        return st == ST_OK ? fail_memory(e->c) : st;
    *feed = m->feed;
    if (m->changed) {
        feed->product = m->reading->product;
        feed->remarks = m->reading->remarks;
        feed->left_out = m->reading->left_out;
        feed->read = e->now;
        st = edit_put(e, ENTITY_FEED, feed->id, feed);
    }
    return st == ST_OK ? edit_show(e, ENTITY_FEED, feed->id, feed) : st;
}

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
    struct index there;
    int32_t most = 0;
    *out = NULL;
    enum status st = make_index(e->c, items, reading->items.count, ID_NONE, &there);
    for (int32_t i = 0; st == ST_OK && i < desk->feed_count; i++) {
        int32_t common = 0;
        for (int32_t k = 0; k < desk->feed_item_count; k++)
            common += id_eq(desk->feed_items[k].feed_id, desk->feeds[i].id) &&
                      find_key(&there, &desk->feed_items[k]);
        if (common > most) {
            most = common;
            *out = &desk->feeds[i];
        }
    }
    return st;
}

/* What the calendar is called: by itself, or by the file's name without its ending. */
static struct str name_of(const struct feed_reading *reading, struct str file)
{
    enum { CHARACTERS = 80 };
    struct str name = reading->name.len ? reading->name : str_trim(file);
    if (name.len > 4 && str_eq_nocase((struct str){name.data + name.len - 4, 4}, STR_LIT(".ics")))
        name.len -= 4;
    while (utf8_count(name) > CHARACTERS)
        do
            name.len--;
        while (((unsigned char)name.data[name.len] & 0xC0) == 0x80);
    return str_trim(name).len ? str_trim(name) : STR_LIT("Calendar");
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
    struct merge m = {.e = e, .reading = &reading, .is_new = !edition};
    if (edition) {
        m.feed = *edition;
    } else {
        entity_init(&feed_table, &m.feed);
        m.feed.id = domain_new_id(e->domain);
        m.feed.name = name_of(&reading, file->name);
        m.feed.created = e->now;
        e->outcome = OP_CREATED;
    }
    return merge_reading(&m);
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
