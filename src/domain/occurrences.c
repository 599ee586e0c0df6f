#include "domain/occurrences.h"

#include <string.h>

#include "domain/zones.h"
#include "plan/recurrence.h"

enum { FIRST_ROOM = 64 };

/* One event being walked through. */
struct walk {
    struct ctx *c;
    const struct event *event;
    const struct zone_table *zone;
    struct instant from;
    struct instant until;
    struct occurrences *out;
    bool count_only;
    bool first_only;
    int32_t tested;
};

static enum status zone_of(struct ctx *c, const struct domain *d, const struct desk *desk,
                           const struct event *event, const struct zone_table **out)
{
    return zones_get(c, d->zones, event->zone.data ? event->zone : desk->settings.zone, out);
}

static int32_t days_between(const struct event *e)
{
    return e->end_date.days == DATE_NONE.days ? 0 : e->end_date.days - e->date.days;
}

static enum status append(struct walk *w, struct occurrence_found found)
{
    struct occurrences *all = w->out;
    if (all->count == OCCURRENCES_MAX)
        return fail_as(w->c, ST_TOO_LARGE, "", "quota", "events take place more than %d times",
                       OCCURRENCES_MAX);
    if (w->count_only) {
        all->count++;
        return ST_OK;
    }
    if (all->count == all->room) {
        int32_t room = all->room ? all->room * 2 : FIRST_ROOM;
        struct occurrence_found *grown =
            ARENA_ARRAY(w->c->arena, struct occurrence_found, (size_t)room);
        if (!grown)
            return fail_memory(w->c);
        if (all->count)
            memcpy(grown, all->items, (size_t)all->count * sizeof *grown);
        all->items = grown;
        all->room = room;
    }
    all->items[all->count++] = found;
    return ST_OK;
}

/* Appends what begins on that date, if it overlaps what is asked for. */
static enum status place(struct walk *w, struct date date, const struct event_move *move)
{
    const struct event *e = w->event;
    const struct wall start = move ? move->start : e->start;
    const struct wall end = move ? move->end : e->end;
    const struct date first = move ? move->to : date;
    const struct date last = {first.days + days_between(e)};
    struct occurrence_found found = {.event = e, .move = move, .date = date};
    found.from = zone_instant(w->zone, first, start);
    found.until = zone_instant(w->zone, last, end);
    if (found.until.ms <= found.from.ms) {
        int64_t minutes = (int64_t)days_between(e) * DAY_MINUTES + end.minute - start.minute;
        found.until.ms = found.from.ms + minutes * MINUTE_MS;
    }
    if (found.from.ms >= w->until.ms || found.until.ms <= w->from.ms)
        return ST_OK;
    return append(w, found);
}

/* Whether entries that begin with a date, ascending, have this one. */
static bool has_date(const struct list *list, size_t size, struct date date)
{
    int32_t low = 0;
    int32_t high = list->count;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        struct date at = *(const struct date *)((const char *)list->items + (size_t)mid * size);
        if (at.days == date.days)
            return true;
        if (at.days < date.days)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

_Static_assert(offsetof(struct event_skip, date) == 0 && offsetof(struct event_move, date) == 0,
               "has_date expects the date first");

static bool is_done(const struct walk *w)
{
    return w->first_only && w->out->count > 0;
}

static enum status place_all(struct walk *w, const struct recurrence *rule)
{
    const struct event *e = w->event;
    const struct event_move *moves = e->moved.items;
    struct recurrence_walk dates;
    struct date date;
    enum status st = ST_OK;
    struct date lowest = {zone_date(w->zone, w->from).days - days_between(e) - 1};
    struct date highest = {zone_date(w->zone, w->until).days + 1};
    recurrence_begin(&dates, rule, e->date, lowest);
    while (st == ST_OK && !is_done(w) && recurrence_next(&dates, highest, &date))
        if (!has_date(&e->skipped, sizeof(struct event_skip), date) &&
            !has_date(&e->moved, sizeof(struct event_move), date))
            st = place(w, date, NULL);
    for (int32_t i = 0; st == ST_OK && !is_done(w) && i < e->moved.count; i++)
        st = place(w, moves[i].date, &moves[i]);
    w->tested += dates.tested;
    if (st == ST_OK && w->tested > OCCURRENCE_DAYS_TESTED)
        st =
            fail_as(w->c, ST_TOO_LARGE, "", "quota", "the rules of events take too long to follow");
    return st;
}

static enum status place_event(const struct domain *d, const struct desk *desk, struct walk *w,
                               const struct event *event)
{
    struct recurrence rule;
    w->event = event;
    enum status st = zone_of(w->c, d, desk, event, &w->zone);
    if (st == ST_OK && event->rule.data)
        st = recurrence_parse(w->c, event->rule, &rule);
    return st == ST_OK ? place_all(w, event->rule.data ? &rule : NULL) : st;
}

static enum status place_events(const struct domain *d, const struct desk *desk, struct walk *w)
{
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < desk->event_count; i++)
        st = place_event(d, desk, w, &desk->events[i]);
    return st;
}

enum status occurrences_any(struct ctx *c, const struct domain *d, const struct desk *desk,
                            const struct event *event, struct instant from, struct instant until,
                            bool *out)
{
    struct occurrences found = {0};
    struct walk w = {.c = c,
                     .from = from,
                     .until = until,
                     .out = &found,
                     .count_only = true,
                     .first_only = true};
    enum status st = place_event(d, desk, &w, event);
    *out = found.count > 0;
    return st;
}

enum status occurrences_count(struct ctx *c, const struct domain *d, const struct desk *desk,
                              struct instant from, struct instant until, int32_t *out)
{
    struct occurrences found = {0};
    struct walk w = {.c = c, .from = from, .until = until, .out = &found, .count_only = true};
    enum status st = place_events(d, desk, &w);
    *out = found.count;
    return st;
}

/* Merges two sorted neighbours; the first goes first where both begin at once. */
static void merge(const struct occurrence_found *from, struct occurrence_found *to, int32_t low,
                  int32_t mid, int32_t high)
{
    int32_t a = low;
    int32_t b = mid;
    for (int32_t i = low; i < high; i++) {
        bool first = a < mid && (b == high || from[a].from.ms <= from[b].from.ms);
        to[i] = first ? from[a++] : from[b++];
    }
}

static enum status sort(struct ctx *c, struct occurrences *all)
{
    struct occurrence_found *from = all->items;
    struct occurrence_found *to =
        ARENA_ARRAY(c->arena, struct occurrence_found, (size_t)all->count + 1);
    if (!to)
        return fail_memory(c);
    for (int32_t width = 1; width < all->count; width *= 2) {
        for (int32_t low = 0; low < all->count; low += 2 * width) {
            int32_t mid = low + width < all->count ? low + width : all->count;
            int32_t high = mid + width < all->count ? mid + width : all->count;
            merge(from, to, low, mid, high);
        }
        struct occurrence_found *swapped = from;
        from = to;
        to = swapped;
    }
    all->items = from;
    all->room = all->count;
    return ST_OK;
}

enum status occurrences_find(struct ctx *c, const struct domain *d, const struct desk *desk,
                             struct instant from, struct instant until, struct occurrences *out)
{
    struct walk w = {.c = c, .from = from, .until = until, .out = out};
    *out = (struct occurrences){0};
    enum status st = place_events(d, desk, &w);
    return st == ST_OK ? sort(c, out) : st;
}

enum status occurrences_busy(struct ctx *c, const struct occurrences *from,
                             struct calendar_input *in)
{
    struct calendar_busy *busy =
        ARENA_ARRAY(c->arena, struct calendar_busy, (size_t)from->count + 1);
    if (!busy)
        return fail_memory(c);
    in->busy = busy;
    in->busy_count = 0;
    for (int32_t i = 0; i < from->count; i++)
        if (from->items[i].event->busy)
            busy[in->busy_count++] =
                (struct calendar_busy){from->items[i].from, from->items[i].until};
    return ST_OK;
}

enum status occurrences_show(struct ctx *c, const struct occurrences *from, struct list *out)
{
    struct occurrence *list = ARENA_ARRAY(c->arena, struct occurrence, (size_t)from->count + 1);
    if (!list)
        return fail_memory(c);
    for (int32_t i = 0; i < from->count; i++) {
        const struct occurrence_found *f = &from->items[i];
        const struct event_move *move = f->move;
        const struct wall start = move ? move->start : f->event->start;
        const struct wall end = move ? move->end : f->event->end;
        list[i] = (struct occurrence){
            .event_id = f->event->id,
            .date = f->date,
            .start = f->from,
            .end = f->until,
            .all_day = start.minute == 0 && end.minute == DAY_MINUTES,
            .busy = f->event->busy,
            .title = move && move->title.data ? move->title : f->event->title,
            .place = move && move->place.data ? move->place : f->event->place,
            .course_id = f->event->course_id,
        };
    }
    *out = (struct list){list, from->count};
    return ST_OK;
}

enum status occurrences_today(struct ctx *c, const struct domain *d, const struct desk *desk,
                              struct date *out)
{
    const struct zone_table *zone;
    enum status st = zones_get(c, d->zones, desk->settings.zone, &zone);
    if (st == ST_OK)
        *out = zone_date(zone, clock_now(&d->clock));
    return st;
}

enum status occurrences_midnight(struct ctx *c, const struct domain *d, const struct desk *desk,
                                 struct date date, struct instant *out)
{
    const struct zone_table *zone;
    enum status st = zones_get(c, d->zones, desk->settings.zone, &zone);
    if (st == ST_OK)
        *out = zone_instant(zone, date, (struct wall){0});
    return st;
}

enum status occurrences_zones(struct ctx *c, const struct domain *d, const struct desk *desk,
                              uint64_t *out)
{
    const struct zone_table *zone;
    enum status st = ST_OK;
    *out = 0;
    for (int32_t i = 0; st == ST_OK && i < desk->event_count; i++) {
        if (!desk->events[i].zone.data)
            continue;
        st = zones_get(c, d->zones, desk->events[i].zone, &zone);
        if (st == ST_OK)
            *out += zone->version;
    }
    return st;
}
