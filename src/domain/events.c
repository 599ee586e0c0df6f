#include "domain/events.h"

#include <stdio.h>
#include <string.h>

#include "domain/entity.h"
#include "domain/occurrences.h"
#include "domain/replan.h"
#include "domain/zones.h"
#include "plan/recurrence.h"

/* ---- is it right? ---- */

static enum status wrong(struct ctx *c, const char *list, int32_t i, const char *field,
                         const char *code, const char *why)
{
    char pointer[48];
    snprintf(pointer, sizeof pointer, "/%s/%d/%s", list, i, field);
    return fail_as(c, ST_INVALID, pointer, code, "%s", why);
}

static enum status check_times(struct ctx *c, const struct event *ev)
{
    int32_t days = ev->end_date.days == DATE_NONE.days ? 0 : ev->end_date.days - ev->date.days;
    if (days < 0 || days > EVENT_DAYS_MAX)
        return fail_as(c, ST_INVALID, "end_date", "out_of_range",
                       "must be at most %d days after the first day", EVENT_DAYS_MAX);
    if (days == 0 && ev->end.minute <= ev->start.minute)
        return fail_as(c, ST_INVALID, "end", "out_of_range", "must be after the start");
    const struct event_move *moves = ev->moved.items;
    for (int32_t i = 0; i < ev->moved.count; i++)
        if (days == 0 && moves[i].end.minute <= moves[i].start.minute)
            return wrong(c, "moved", i, "end", "out_of_range", "must be after the start");
    return ST_OK;
}

/* The dates of an event's rule, asked for in ascending order. */
struct repetition {
    struct recurrence rule;
    struct recurrence_walk walk;
    struct date next;
};

static enum status repetition_begin(struct ctx *c, const struct event *ev, struct repetition *r)
{
    enum status st = ev->rule.data ? recurrence_parse(c, ev->rule, &r->rule) : ST_OK;
    if (st == ST_OK && ev->rule.data && r->rule.until.days != DATE_NONE.days &&
        r->rule.until.days < ev->date.days)
        st = fail_as(c, ST_INVALID, "rule", "out_of_range", "UNTIL is before the first day");
    recurrence_begin(&r->walk, ev->rule.data ? &r->rule : NULL, ev->date, ev->date);
    r->next = DATE_NONE;
    return st;
}

static bool repetition_has(struct repetition *r, struct date date)
{
    while (r->next.days < date.days)
        if (!recurrence_next(&r->walk, (struct date){date.days + 1}, &r->next))
            return false;
    return r->next.days == date.days;
}

/* Days left out and days moved are both lists of entries that begin with a date. */
static struct date date_at(const struct list *list, size_t size, int32_t i)
{
    return *(const struct date *)(const void *)((const char *)list->items + (size_t)i * size);
}

/* Positions in the order of their dates: at most EVENT_EXCEPTIONS_MAX, and usually in order. */
static void order_by_date(const struct list *list, size_t size, int32_t *order)
{
    for (int32_t i = 0; i < list->count; i++) {
        int32_t at = i;
        for (; at > 0 && date_at(list, size, order[at - 1]).days > date_at(list, size, i).days;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* Sorts the entries by date and drops those that `keep` does not want; all in the arena. */
static enum status rearrange(struct ctx *c, struct list *list, size_t size,
                             bool (*keep)(void *arg, struct date date), void *arg)
{
    int32_t order[EVENT_EXCEPTIONS_MAX];
    char *items = arena_array(c->arena, (size_t)list->count + 1, size);
    int32_t n = 0;
    if (!items)
        return fail_memory(c);
    order_by_date(list, size, order);
    for (int32_t i = 0; i < list->count; i++)
        if (!keep || keep(arg, date_at(list, size, order[i])))
            memcpy(items + (size_t)n++ * size, (char *)list->items + (size_t)order[i] * size, size);
    *list = (struct list){items, n};
    return ST_OK;
}

/* Judged where they stand, so that faults point at what the client sent. */
static enum status check_dates(struct ctx *c, const struct event *ev, const struct list *list,
                               size_t size, const char *name)
{
    struct repetition dates;
    int32_t order[EVENT_EXCEPTIONS_MAX];
    enum status st = repetition_begin(c, ev, &dates);
    order_by_date(list, size, order);
    for (int32_t i = 0; st == ST_OK && i < list->count; i++) {
        struct date date = date_at(list, size, order[i]);
        if (i > 0 && date_at(list, size, order[i - 1]).days == date.days)
            st = wrong(c, name, order[i], "date", "duplicate", "stands there twice");
        else if (!repetition_has(&dates, date))
            st =
                wrong(c, name, order[i], "date", "unknown", "the event does not begin on that day");
    }
    return st;
}

static enum status check_both(struct ctx *c, const struct event *ev)
{
    for (int32_t i = 0; i < ev->moved.count; i++)
        for (int32_t k = 0; k < ev->skipped.count; k++)
            if (date_at(&ev->moved, sizeof(struct event_move), i).days ==
                date_at(&ev->skipped, sizeof(struct event_skip), k).days)
                return wrong(c, "moved", i, "date", "duplicate", "that day is left out as well");
    return ST_OK;
}

/* Whether the desk can bear it: what the planner has to look at stays bounded for as far as it may
 * ever look ahead. */
enum status events_check_load(struct edit *e, const struct desk *after)
{
    int32_t times;
    const struct instant until = {e->now.ms + (int64_t)HORIZON_DAYS_MAX * DAY_MINUTES * MINUTE_MS};
    enum status st = occurrences_count(e->c, e->domain, after, e->now, until, &times);
    if (st != ST_TOO_LARGE)
        return st;
    ctx_forgive(e->c);
    return fail_as(e->c, ST_CONFLICT, "rule", "quota",
                   "your events would take place more than %d times in ten years: "
                   "give it an end with UNTIL, or delete others first",
                   OCCURRENCES_MAX);
}

/* The same for the desk with this event on it. */
static enum status check_load(struct edit *e, const struct event *ev)
{
    const struct change change = {ENTITY_EVENT, ev->id, ev};
    struct desk after;
    if (!desk_preview(e->desk, &change, 1, e->desk->rev + 1, e->now, e->c->arena, &after))
        return fail_memory(e->c);
    return events_check_load(e, &after);
}

enum status event_check_alone(struct edit *e, struct event *ev)
{
    struct ctx *c = e->c;
    const struct zone_table *zone;
    enum status st = require_visible(c, "title", ev->title);
    if (st == ST_OK && !id_is_none(ev->course_id) && !desk_course(e->desk, ev->course_id))
        st = fail_as(c, ST_INVALID, "course_id", "unknown", "there is no such course");
    if (st == ST_OK && ev->zone.data)
        st = zones_get(c, e->domain->zones, ev->zone, &zone);
    if (st == ST_OK)
        st = check_times(c, ev);
    if (st == ST_OK)
        st = check_dates(c, ev, &ev->skipped, sizeof(struct event_skip), "skipped");
    if (st == ST_OK)
        st = check_dates(c, ev, &ev->moved, sizeof(struct event_move), "moved");
    if (st == ST_OK)
        st = check_both(c, ev);
    if (st == ST_OK)
        st = rearrange(c, &ev->skipped, sizeof(struct event_skip), NULL, NULL);
    if (st == ST_OK)
        st = rearrange(c, &ev->moved, sizeof(struct event_move), NULL, NULL);
    return st;
}

enum status event_check(struct edit *e, struct event *ev)
{
    enum status st = event_check_alone(e, ev);
    return st == ST_OK ? check_load(e, ev) : st;
}

/* ---- the operations ---- */

/* A changed copy of an event, in the request's arena. */
static struct event *copy_event(struct edit *e, const struct event *ev)
{
    struct event *copy = ARENA_NEW(e->c->arena, struct event);
    if (!copy || !entity_copy(&event_table, e->c->arena, copy, ev)) {
        (void)fail_memory(e->c);
        return NULL;
    }
    return copy;
}

static enum status put_and_show(struct edit *e, struct event *ev)
{
    enum status st = edit_put(e, ENTITY_EVENT, ev->id, ev);
    return st == ST_OK ? edit_show(e, ENTITY_EVENT, ev->id, ev) : st;
}

static enum status check_quota(struct edit *e)
{
    if (e->desk->event_count < EVENTS_MAX)
        return ST_OK;
    return fail_as(e->c, ST_CONFLICT, "", "quota",
                   "you have %d events, as many as there may be: delete some first",
                   e->desk->event_count);
}

static enum status decide_create(struct edit *e, void *arg)
{
    struct event *ev = arg;
    bool exists;
    enum status st = entity_claim_id(e, ENTITY_EVENT, ev, &exists);
    if (st == ST_OK && exists) {
        e->outcome = OP_EXISTED;
        return edit_show(e, ENTITY_EVENT, ev->id, desk_event(e->desk, ev->id));
    }
    if (st == ST_OK)
        st = event_check(e, ev);
    if (st == ST_OK)
        st = check_quota(e);
    if (st != ST_OK)
        return st;
    ev->created = e->now;
    e->outcome = OP_CREATED;
    return put_and_show(e, ev);
}

enum status event_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, struct event *event, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_create, event, out);
}

struct update {
    struct id id;
    int64_t expected;
    const void *patch;
    field_set set;
    struct date date;
};

static enum status find_event(struct edit *e, struct id id, int64_t expected,
                              const struct event **out)
{
    *out = desk_event(e->desk, id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such event");
    return edit_check_version(e, ENTITY_EVENT, *out, expected);
}

static bool is_repeated(void *arg, struct date date)
{
    return repetition_has(arg, date);
}

static bool has_field(const struct update *u, const char *name)
{
    return u->set >> table_find(&event_table, str_of(name)) & 1;
}

enum status event_drop_lost(struct ctx *c, struct event *ev, bool skipped, bool moved)
{
    struct repetition dates;
    enum status st = ST_OK;
    if (skipped) {
        st = repetition_begin(c, ev, &dates);
        if (st == ST_OK)
            st = rearrange(c, &ev->skipped, sizeof(struct event_skip), is_repeated, &dates);
    }
    if (st == ST_OK && moved) {
        st = repetition_begin(c, ev, &dates);
        if (st == ST_OK)
            st = rearrange(c, &ev->moved, sizeof(struct event_move), is_repeated, &dates);
    }
    return st;
}

static enum status decide_update(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct event *old;
    enum status st = find_event(e, u->id, u->expected, &old);
    if (st != ST_OK)
        return st;
    struct event *ev = copy_event(e, old);
    if (!ev)
        return ST_UNAVAILABLE;
    entity_patch(&event_table, ev, u->patch, u->set);
    /* Exceptions that were not sent go where their days are no longer of the rule. */
    st = event_drop_lost(e->c, ev, !has_field(u, "skipped"), !has_field(u, "moved"));
    if (st == ST_OK)
        st = event_check(e, ev);
    if (st != ST_OK)
        return st;
    if (entity_eq(&event_table, ev, old, 0))
        return edit_show(e, ENTITY_EVENT, ev->id, old);
    return put_and_show(e, ev);
}

enum status event_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, struct id id, int64_t expected,
                         const struct event *patch, field_set set, struct op_result *out)
{
    struct update u = {.id = id, .expected = expected, .patch = patch, .set = set};
    return operation_run(c, d, caller, key, decide_update, &u, out);
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct event *ev;
    enum status st = find_event(e, u->id, u->expected, &ev);
    return st == ST_OK ? edit_delete(e, ENTITY_EVENT, u->id) : st;
}

enum status event_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, struct id id, int64_t expected,
                         struct op_result *out)
{
    struct update u = {.id = id, .expected = expected};
    return operation_run(c, d, caller, key, decide_delete, &u, out);
}

/* ---- cutting a repetition in two ---- */

static bool is_before(void *arg, struct date date)
{
    return date.days < ((const struct date *)arg)->days;
}

static bool is_not_before(void *arg, struct date date)
{
    return !is_before(arg, date);
}

static enum status share_exceptions(struct edit *e, struct event *ev, struct date date, bool later)
{
    bool (*keep)(void *, struct date) = later ? is_not_before : is_before;
    enum status st = rearrange(e->c, &ev->skipped, sizeof(struct event_skip), keep, &date);
    return st == ST_OK ? rearrange(e->c, &ev->moved, sizeof(struct event_move), keep, &date) : st;
}

static enum status write_rule(struct ctx *c, const struct recurrence *rule, struct event *ev)
{
    char text[RECURRENCE_TEXT_MAX + 1];
    size_t len = recurrence_format(rule, text);
    if (len == RECURRENCE_TEXT_MAX)
        return fail_as(c, ST_INVALID, "rule", "too_long", "the rule leaves no room for an end");
    ev->rule = str_copy(c->arena, (struct str){text, len});
    return ev->rule.data ? ST_OK : fail_memory(c);
}

/* How many occurrences lie before `date`, which must be a later one itself; 0: it is not. */
static int32_t count_before(struct repetition *r, const struct event *ev, struct date date)
{
    int32_t n = 0;
    if (!ev->rule.data || date.days <= ev->date.days)
        return 0;
    while (recurrence_next(&r->walk, date, &r->next))
        n++;
    return repetition_has(r, date) ? n : 0;
}

static enum status decide_split(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct event *old;
    struct repetition r;
    enum status st = find_event(e, u->id, u->expected, &old);
    if (st == ST_OK)
        st = check_quota(e);
    if (st == ST_OK)
        st = repetition_begin(e->c, old, &r);
    if (st != ST_OK)
        return st;
    int32_t before = count_before(&r, old, u->date);
    if (before == 0)
        return fail_as(e->c, ST_INVALID, "date", "unknown",
                       "no occurrence after the first is on that day");
    struct event *head = copy_event(e, old);
    struct event *tail = copy_event(e, old);
    if (!head || !tail)
        return ST_UNAVAILABLE;
    tail->id = domain_new_id(e->domain);
    tail->date = u->date;
    if (old->end_date.days != DATE_NONE.days)
        tail->end_date.days += u->date.days - old->date.days;
    struct recurrence rest = r.rule;
    rest.count = rest.count ? rest.count - before : 0;
    r.rule.count = 0;
    r.rule.until.days = u->date.days - 1;
    st = write_rule(e->c, &rest, tail);
    if (st == ST_OK)
        st = write_rule(e->c, &r.rule, head);
    if (st == ST_OK)
        st = share_exceptions(e, head, u->date, false);
    if (st == ST_OK)
        st = share_exceptions(e, tail, u->date, true);
    if (st != ST_OK)
        return st;
    e->outcome = OP_CREATED;
    st = put_and_show(e, tail);
    return st == ST_OK ? edit_put(e, ENTITY_EVENT, head->id, head) : st;
}

enum status event_split(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected, struct date date,
                        struct op_result *out)
{
    struct update u = {.id = id, .expected = expected, .date = date};
    return operation_run(c, d, caller, key, decide_split, &u, out);
}
