#include "domain/statistics.h"

#include <stdlib.h>

#include "domain/milestones.h"
#include "domain/occurrences.h"
#include "domain/zones.h"
#include "plan/calendar.h"

/* ---- what was planned ---- */

/* Minutes by date, ascending, growing at the end. */
struct record {
    struct planned_day *days;
    int32_t count;
};

/* Adds [from, until), cut at local midnights. Stretches come in order. */
static void add_stretch(struct record *r, const struct zone_table *zone, struct instant from,
                        struct instant until)
{
    while (from.ms < until.ms) {
        struct date date = zone_date(zone, from);
        struct instant night = zone_instant(zone, (struct date){date.days + 1}, (struct wall){0});
        int64_t end = night.ms > from.ms && night.ms < until.ms ? night.ms : until.ms;
        struct planned_day *last = r->count ? &r->days[r->count - 1] : NULL;
        if (!last || last->date.days < date.days) {
            last = &r->days[r->count++];
            *last = (struct planned_day){date, 0};
        }
        last->minutes += (int32_t)((end - from.ms) / MINUTE_MS);
        from.ms = end;
    }
}

/* The plan's record, and what of its blocks has passed since then. */
static enum status read_record(struct ctx *c, const struct domain *d, const struct desk *desk,
                               struct instant now, struct record *out)
{
    const struct plan *plan = &desk->plan;
    const struct study_block *blocks = plan->blocks.items;
    const struct planned_day *past = plan->past.items;
    const struct zone_table *zone;
    /* A block of a day's length touches two dates. */
    size_t room = (size_t)plan->past.count + 2 * (size_t)plan->blocks.count + 1;
    out->days = ARENA_ARRAY(c->arena, struct planned_day, room);
    out->count = 0;
    if (!out->days)
        return fail_memory(c);
    enum status st = zones_get(c, d->zones, desk->settings.zone, &zone);
    if (st != ST_OK)
        return st;
    for (int32_t i = 0; i < plan->past.count; i++)
        out->days[out->count++] = past[i];
    for (int32_t i = 0; i < plan->blocks.count && blocks[i].start.ms < now.ms; i++) {
        struct instant from = blocks[i].start;
        if (!instant_is_none(plan->recorded) && plan->recorded.ms > from.ms)
            from = plan->recorded;
        add_stretch(out, zone, from, blocks[i].end.ms < now.ms ? blocks[i].end : now);
    }
    return ST_OK;
}

enum status plan_keep_past(struct edit *e)
{
    for (int32_t i = 0; i < e->change_count; i++) {
        if (e->changes[i].kind != ENTITY_PLAN)
            continue;
        struct record record;
        enum status st = read_record(e->c, e->domain, e->took ? e->took : e->desk, e->now, &record);
        struct plan *plan = ARENA_NEW(e->c->arena, struct plan);
        if (st != ST_OK)
            return st;
        if (!plan)
            return fail_memory(e->c);
        int32_t first = record.count > PLAN_PAST_MAX ? record.count - PLAN_PAST_MAX : 0;
        *plan = *(const struct plan *)e->changes[i].entity;
        plan->past = (struct list){record.days + first, record.count - first};
        plan->recorded = e->now;
        e->changes[i].entity = plan;
    }
    return ST_OK;
}

/* ---- the log ---- */

struct ledger {
    struct day_work *cells;
    int32_t count;
};

/* One entry, cut at local midnights; a minute belongs to the date it began on. */
static void add_entry(struct ledger *l, const struct zone_table *zone, const struct work_entry *w,
                      struct date from, struct date until)
{
    int32_t left = w->minutes;
    struct instant at = w->start;
    while (left > 0) {
        struct date date = zone_date(zone, at);
        struct instant night = zone_instant(zone, (struct date){date.days + 1}, (struct wall){0});
        int64_t here = (night.ms - at.ms + MINUTE_MS - 1) / MINUTE_MS;
        int32_t minutes = here > 0 && here < left ? (int32_t)here : left;
        if (date.days >= from.days && date.days < until.days)
            l->cells[l->count++] = (struct day_work){date, w->course_id, minutes};
        at.ms += (int64_t)minutes * MINUTE_MS;
        left -= minutes;
    }
}

static int by_date(const void *a, const void *b)
{
    const struct day_work *x = a;
    const struct day_work *y = b;
    if (x->date.days != y->date.days)
        return x->date.days < y->date.days ? -1 : 1;
    return id_cmp(x->course_id, y->course_id);
}

static void merge(struct ledger *l)
{
    int32_t kept = 0;
    qsort(l->cells, (size_t)l->count, sizeof l->cells[0], by_date);
    for (int32_t i = 0; i < l->count; i++) {
        if (kept > 0 && by_date(&l->cells[kept - 1], &l->cells[i]) == 0)
            l->cells[kept - 1].minutes += l->cells[i].minutes;
        else
            l->cells[kept++] = l->cells[i];
    }
    l->count = kept;
}

static enum status read_log(struct ctx *c, const struct zone_table *zone, const struct desk *desk,
                            struct statistics *out)
{
    struct ledger l = {.count = 0};
    /* An entry has a day's length at most: two dates, and three where one is cut short. */
    l.cells = ARENA_ARRAY(c->arena, struct day_work, 3 * (size_t)desk->work_count + 1);
    if (!l.cells)
        return fail_memory(c);
    out->first = DATE_NONE;
    for (int32_t i = 0; i < desk->work_count; i++) {
        const struct work_entry *w = &desk->works[i];
        if (w->minutes == 0)
            continue;
        struct date date = zone_date(zone, w->start);
        if (out->first.days == DATE_NONE.days || date.days < out->first.days)
            out->first = date;
        out->total_min += w->minutes;
        add_entry(&l, zone, w, out->from, out->until);
    }
    merge(&l);
    out->work = (struct list){l.cells, l.count};
    return ST_OK;
}

static void count_tasks(const struct desk *desk, struct statistics *out)
{
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *t = &desk->tasks[i];
        out->done += t->state == TASK_DONE;
        out->on_time += t->state == TASK_DONE && t->completed.ms <= t->due.ms;
    }
}

enum status statistics_read(struct ctx *c, const struct domain *d, const struct desk *desk,
                            struct date from, struct date until, struct statistics *out)
{
    const struct zone_table *zone;
    struct record record;
    if (until.days <= from.days || until.days - from.days > STATISTICS_DAYS_MAX)
        return fail_as(c, ST_INVALID, "?until", "out_of_range",
                       "must be after `from`, at most %d days", STATISTICS_DAYS_MAX);
    *out = (struct statistics){.zone = desk->settings.zone, .from = from, .until = until};
    enum status st = zones_get(c, d->zones, desk->settings.zone, &zone);
    if (st == ST_OK)
        st = read_log(c, zone, desk, out);
    if (st == ST_OK)
        st = read_record(c, d, desk, clock_now(&d->clock), &record);
    if (st != ST_OK)
        return st;
    count_tasks(desk, out);
    st = milestones_read(c, zone, desk, out);
    if (st != ST_OK)
        return st;
    int32_t first = 0;
    int32_t last = record.count;
    while (first < last && record.days[first].date.days < from.days)
        first++;
    while (last > first && record.days[last - 1].date.days >= until.days)
        last--;
    out->planned = (struct list){record.days + first, last - first};
    return ST_OK;
}
