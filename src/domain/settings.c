#include "domain/settings.h"

#include <stdio.h>

#include "domain/entity.h"
#include "domain/zones.h"
#include "plan/plan.h"

struct update {
    int64_t expected;
    const struct settings *patch;
    field_set set;
};

static bool before(const struct window *a, const struct window *b)
{
    return a->day != b->day ? a->day < b->day : a->start.minute < b->start.minute;
}

/* Insertion sort: at most WINDOWS_MAX, and usually sorted already. */
static void sort_week(struct window *week, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        struct window w = week[i];
        int32_t at = i;
        for (; at > 0 && before(&w, &week[at - 1]); at--)
            week[at] = week[at - 1];
        week[at] = w;
    }
}

/* Judged in the order given, so that faults point at what the client sent. */
static enum status check_week(struct ctx *c, const char *name, const struct window *week, int32_t n)
{
    char field[48];
    enum status st = ST_OK;
    for (int32_t i = 0; i < n; i++) {
        if (week[i].end.minute <= week[i].start.minute) {
            snprintf(field, sizeof field, "/%s/%d/end", name, i);
            st = fail_as(c, ST_INVALID, field, "out_of_range", "must be after the start");
        }
        for (int32_t k = 0; k < i; k++) {
            if (week[i].day != week[k].day || week[i].start.minute >= week[k].end.minute ||
                week[k].start.minute >= week[i].end.minute)
                continue;
            snprintf(field, sizeof field, "/%s/%d/start", name, i);
            st = fail_as(c, ST_INVALID, field, "overlap", "overlaps window %d of the same day", k);
        }
    }
    return st;
}

/* A longest session under the shortest is no wish that can come true. */
static enum status check_wishes(struct ctx *c, const struct settings *s)
{
    const struct {
        const char *name;
        int32_t most;
    } bounds[] = {{"max_session_min", s->max_session_min},
                  {"max_task_day_min", s->max_task_day_min}};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        if (bounds[i].most > 0 && bounds[i].most < s->min_session_min)
            return fail_as(c, ST_INVALID, bounds[i].name, "out_of_range",
                           "must not be below the shortest session, %d minutes",
                           s->min_session_min);
    if (s->break_after_min > 0 && s->break_after_min < PLAN_SLOT_MIN)
        return fail_as(c, ST_INVALID, "break_after_min", "out_of_range",
                       "must be at least %d minutes, or 0", PLAN_SLOT_MIN);
    if ((s->break_after_min > 0) != (s->break_min > 0))
        return fail_as(c, ST_INVALID, s->break_min > 0 ? "break_after_min" : "break_min",
                       "required", "a break needs both: after how long, and how long");
    return check_week(c, "preferred", s->preferred.items, s->preferred.count);
}

enum status settings_check(struct edit *e, struct settings *s)
{
    const struct zone_table *zone;
    enum status st = zones_get(e->c, e->domain->zones, s->zone, &zone);
    if (st == ST_OK && (int64_t)s->pace.num * s->limit.den > (int64_t)s->limit.num * s->pace.den)
        st = fail_as(e->c, ST_INVALID, "pace", "out_of_range",
                     "the pace must not be above the limit");
    if (st == ST_OK)
        st = check_wishes(e->c, s);
    if (st == ST_OK)
        sort_week(s->preferred.items, s->preferred.count);
    return st;
}

static enum status decide_settings(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct settings *old = &e->desk->settings;
    enum status st = edit_check_version(e, ENTITY_SETTINGS, old, u->expected);
    if (st != ST_OK)
        return st;
    struct settings *s = ARENA_NEW(e->c->arena, struct settings);
    if (!s || !entity_copy(&settings_table, e->c->arena, s, old))
        return fail_memory(e->c);
    entity_patch(&settings_table, s, u->patch, u->set);
    st = settings_check(e, s);
    if (st != ST_OK)
        return st;
    if (entity_eq(&settings_table, s, old, 0))
        return edit_show(e, ENTITY_SETTINGS, ID_NONE, old);
    st = edit_put(e, ENTITY_SETTINGS, ID_NONE, s);
    return st == ST_OK ? edit_show(e, ENTITY_SETTINGS, ID_NONE, s) : st;
}

enum status settings_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                            const struct op_key *key, int64_t expected,
                            const struct settings *patch, field_set set, struct op_result *out)
{
    struct update u = {expected, patch, set};
    return operation_run(c, d, caller, key, decide_settings, &u, out);
}

struct replacement {
    int64_t expected;
    struct availability *free;
};

/* The same for the windows of one date. */
static enum status check_day(struct ctx *c, int32_t at, const struct free_day *day)
{
    char field[64];
    const struct day_window *w = day->windows.items;
    for (int32_t i = 0; i < day->windows.count; i++) {
        snprintf(field, sizeof field, "/exceptions/%d/windows/%d/end", at, i);
        if (w[i].end.minute <= w[i].start.minute)
            return fail_as(c, ST_INVALID, field, "out_of_range", "must be after the start");
        for (int32_t k = 0; k < i; k++) {
            if (w[i].start.minute >= w[k].end.minute || w[k].start.minute >= w[i].end.minute)
                continue;
            snprintf(field, sizeof field, "/exceptions/%d/windows/%d/start", at, i);
            return fail_as(c, ST_INVALID, field, "overlap", "overlaps window %d of that day", k);
        }
    }
    return ST_OK;
}

static enum status check_exceptions(struct ctx *c, const struct free_day *days, int32_t n)
{
    char field[64];
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < n; i++) {
        st = check_day(c, i, &days[i]);
        for (int32_t k = 0; st == ST_OK && k < i; k++) {
            if (days[k].date.days != days[i].date.days)
                continue;
            snprintf(field, sizeof field, "/exceptions/%d/date", i);
            st = fail_as(c, ST_INVALID, field, "duplicate", "stands there twice");
        }
    }
    return st;
}

/* Insertion sorts, as above. */
static void sort_day(struct day_window *windows, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        struct day_window w = windows[i];
        int32_t at = i;
        for (; at > 0 && w.start.minute < windows[at - 1].start.minute; at--)
            windows[at] = windows[at - 1];
        windows[at] = w;
    }
}

static void sort_exceptions(struct free_day *days, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        struct free_day day = days[i];
        int32_t at = i;
        sort_day(day.windows.items, day.windows.count);
        for (; at > 0 && day.date.days < days[at - 1].date.days; at--)
            days[at] = days[at - 1];
        days[at] = day;
    }
}

static enum status decide_availability(struct edit *e, void *arg)
{
    const struct replacement *r = arg;
    const struct availability *old = &e->desk->availability;
    enum status st = edit_check_version(e, ENTITY_AVAILABILITY, old, r->expected);
    if (st != ST_OK)
        return st;
    r->free->version = old->version;
    if (entity_eq(&availability_table, r->free, old, 0))
        return edit_show(e, ENTITY_AVAILABILITY, ID_NONE, old);
    st = edit_put(e, ENTITY_AVAILABILITY, ID_NONE, r->free);
    return st == ST_OK ? edit_show(e, ENTITY_AVAILABILITY, ID_NONE, r->free) : st;
}

enum status availability_check(struct ctx *c, struct availability *free)
{
    enum status st = check_week(c, "week", free->week.items, free->week.count);
    if (st == ST_OK)
        st = check_exceptions(c, free->exceptions.items, free->exceptions.count);
    if (st != ST_OK)
        return st;
    sort_week(free->week.items, free->week.count);
    sort_exceptions(free->exceptions.items, free->exceptions.count);
    return ST_OK;
}

enum status availability_replace(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, int64_t expected,
                                 struct availability *free, struct op_result *out)
{
    enum status st = availability_check(c, free);
    if (st != ST_OK)
        return st;
    struct replacement r = {expected, free};
    return operation_run(c, d, caller, key, decide_availability, &r, out);
}
