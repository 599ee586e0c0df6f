/* Links to calendars: followed, and read when it is time. */
#include <stdio.h>
#include <string.h>

#include "domain/entity.h"
#include "domain/feed_edition.h"
#include "domain/feeds.h"

enum { DAY_MS = DAY_MINUTES * MINUTE_MS, DOUBLINGS_MAX = 8 };

static struct feed *copy_feed(struct edit *e, const struct feed *feed)
{
    struct feed *copy = ARENA_NEW(e->c->arena, struct feed);
    if (copy)
        *copy = *feed;
    return copy;
}

static enum status put_and_show(struct edit *e, struct feed *feed)
{
    enum status st = edit_put(e, ENTITY_FEED, feed->id, feed);
    return st == ST_OK ? edit_show(e, ENTITY_FEED, feed->id, feed) : st;
}

/* ---- following ---- */

struct link {
    struct str url;
    struct str host;
    struct str name;
};

static enum status decide_follow(struct edit *e, void *arg)
{
    const struct link *link = arg;
    for (int32_t i = 0; i < e->desk->feed_count; i++)
        if (str_eq(e->desk->feeds[i].url, link->url)) {
            e->outcome = OP_EXISTED;
            return edit_show(e, ENTITY_FEED, e->desk->feeds[i].id, &e->desk->feeds[i]);
        }
    if (e->desk->feed_count >= FEEDS_MAX)
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d calendars, as many as there may be: delete one first",
                       e->desk->feed_count);
    struct feed *feed = ARENA_NEW(e->c->arena, struct feed);
    if (!feed)
        return fail_memory(e->c);
    entity_init(&feed_table, feed);
    feed->id = domain_new_id(e->domain);
    feed->name = str_trim(link->name).len ? link->name : link->host;
    feed->url = link->url;
    feed->address = link->host;
    feed->read = feed->created = feed->next = e->now;
    e->outcome = OP_CREATED;
    return put_and_show(e, feed);
}

enum status feed_follow(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct str url, struct str name,
                        struct op_result *out)
{
    enum { NAME_BYTES = 80 };
    struct link link = {.name = name};
    enum status st = d->fetcher.check(d->fetcher.self, c, url, &link.url);
    if (st == ST_OK)
        st = d->fetcher.host(d->fetcher.self, c, link.url, &link.host);
    if (st == ST_OK && link.host.len > NAME_BYTES && !str_trim(name).len)
        link.name = (struct str){link.host.data, NAME_BYTES};
    return st == ST_OK ? operation_run(c, d, caller, key, decide_follow, &link, out) : st;
}

static enum status decide_refresh(struct edit *e, void *arg)
{
    const struct id *id = arg;
    const struct feed *old = desk_feed(e->desk, *id);
    if (!old)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such calendar");
    if (!old->url.len)
        return fail_as(e->c, ST_CONFLICT, "", "no_link",
                       "this calendar came as a file: bring a newer one");
    int64_t since = e->now.ms - (old->checked.ms > old->read.ms ? old->checked.ms : old->read.ms);
    if (old->next.ms <= e->now.ms || (since >= 0 && since < FEED_PAUSE_S * 1000))
        return edit_show(e, ENTITY_FEED, old->id, old);
    struct feed *feed = copy_feed(e, old);
    if (!feed)
        return fail_memory(e->c);
    feed->next = e->now;
    return put_and_show(e, feed);
}

enum status feed_refresh(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, struct id id, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_refresh, &id, out);
}

/* ---- reading ---- */

struct visit {
    struct feed_visit *out;
    int64_t every_ms;
    struct ics_calendar calendar;
};

static enum feed_fault fault_of(const struct ctx *c)
{
    static const struct {
        const char *code;
        enum feed_fault fault;
    } faults[] = {
        {"link", LINK_WRONG},          {"link_private", LINK_PRIVATE},
        {"link_status", LINK_STATUS},  {"link_redirects", LINK_WRONG},
        {"link_size", LINK_TOO_LARGE}, {"calendar", LINK_NO_CALENDAR},
        {"quota", LINK_TOO_LARGE},     {"calendar_size", LINK_TOO_LARGE},
        {"too_large", LINK_TOO_LARGE},
    };
    for (size_t i = 0; c->fault_count && i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(c->faults[0].code, faults[i].code) == 0)
            return faults[i].fault;
    return LINK_UNREACHABLE;
}

/* Twice as long after each failure, once a day at least. */
static int64_t pause_after(const struct visit *v, int32_t fails)
{
    int64_t pause = v->every_ms << (fails < DOUBLINGS_MAX ? fails : DOUBLINGS_MAX);
    int64_t most = v->every_ms > DAY_MS ? v->every_ms : DAY_MS;
    return pause < most ? pause : most;
}

static enum status note_failure(struct edit *e, const struct visit *v, struct feed *feed)
{
    v->out->fell = instant_is_none(feed->failing);
    if (v->out->fell)
        feed->failing = e->now;
    feed->fault = v->out->fault;
    feed->fails += feed->fails < INT32_MAX;
    feed->next.ms = e->now.ms + pause_after(v, feed->fails);
    return edit_put(e, ENTITY_FEED, feed->id, feed);
}

static enum status note_success(struct edit *e, const struct visit *v, struct feed *feed)
{
    struct feed_reading reading;
    v->out->rose = !instant_is_none(feed->failing);
    feed->failing = INSTANT_NONE;
    feed->fault = LINK_WELL;
    feed->fails = 0;
    feed->checked = e->now;
    feed->next.ms = e->now.ms + v->every_ms;
    if (v->out->fetched.same)
        return edit_put(e, ENTITY_FEED, feed->id, feed);
    feed->tag = v->out->fetched.tag;
    feed->modified = v->out->fetched.modified;
    enum status st = feed_read(e->c, e->domain, &e->desk->settings, &v->calendar, e->now, &reading);
    if (st != ST_OK)
        return st;
    if (str_eq(feed->name, feed->address))
        feed->name = feed_name(&reading, feed->name);
    return feed_take_edition(e, feed, false, true, &reading);
}

static enum status decide_visit(struct edit *e, void *arg)
{
    struct visit *v = arg;
    const struct feed *old = desk_feed(e->desk, v->out->ref.id);
    v->out->fell = v->out->rose = false;
    if (!old)
        return ST_OK; /* deleted meanwhile */
    struct feed *feed = copy_feed(e, old);
    if (!feed)
        return fail_memory(e->c);
    return v->out->failed ? note_failure(e, v, feed) : note_success(e, v, feed);
}

static enum status commit(struct ctx *c, const struct domain *d, struct visit *v)
{
    const struct caller owner = {.user = v->out->ref.user, .kind = ACCOUNT_USER};
    struct op_result result;
    return operation_run(c, d, &owner, NULL, decide_visit, v, &result);
}

/* The feed as it is now, for as long as the request lasts. */
static enum status look_up(struct ctx *c, const struct domain *d, const struct feed_ref *ref,
                           struct feed *out)
{
    const struct desk *desk;
    enum status st = store_get_desk(c, d->store, ref->user, &desk);
    if (st != ST_OK)
        return st;
    const struct feed *feed = desk_feed(desk, ref->id);
    st = !feed                                           ? ST_NOT_FOUND
         : entity_copy(&feed_table, c->arena, out, feed) ? ST_OK
                                                         : fail_memory(c);
    store_release_desk(d->store, desk);
    return st;
}

enum status feeds_due(struct ctx *c, const struct domain *d, int32_t room, struct feed_ref *out,
                      int32_t *count)
{
    struct feed_ref *refs;
    enum status st = store_due_feeds(c, d->store, clock_now(&d->clock), room, &refs, count);
    if (st == ST_OK)
        memcpy(out, refs, (size_t)*count * sizeof *out);
    return st;
}

static enum status read_and_commit(struct ctx *c, const struct domain *d, struct visit *v)
{
    enum status st = ST_OK;
    if (!v->out->fetched.same)
        st = d->calendars.read(d->calendars.self, c, v->out->fetched.body, &v->calendar);
    return st == ST_OK ? commit(c, d, v) : st;
}

static void give_up(struct ctx *c, struct feed_visit *visit, enum status why)
{
    visit->failed = true;
    visit->fault = fault_of(c);
    snprintf(visit->reason, sizeof visit->reason, "%s",
             c->fault_count ? c->faults[0].code : status_name(why));
    ctx_forgive(c);
}

void feed_fetch(struct ctx *c, const struct domain *d, struct feed_ref ref, struct feed_visit *out)
{
    struct feed feed;
    *out = (struct feed_visit){.ref = ref};
    enum status st = look_up(c, d, &ref, &feed);
    if (st == ST_NOT_FOUND) {
        out->gone = true;
        ctx_forgive(c);
        return;
    }
    if (st == ST_OK) {
        const struct fetch_request request = {
            .url = feed.url, .tag = feed.tag, .modified = feed.modified, .max = ICS_BYTES_MAX};
        st = d->fetcher.fetch(d->fetcher.self, c, &request, &out->fetched);
    }
    if (st != ST_OK)
        give_up(c, out, st);
}

enum status feed_bring(struct ctx *c, const struct domain *d, int64_t every_ms,
                       struct feed_visit *visit)
{
    struct visit v = {.out = visit, .every_ms = every_ms};
    if (visit->gone)
        return ST_OK;
    if (!visit->failed) {
        enum status st = read_and_commit(c, d, &v);
        if (st == ST_OK)
            return ST_OK;
        give_up(c, visit, st);
    }
    return commit(c, d, &v);
}
