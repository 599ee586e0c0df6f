#include "domain/feed_times.h"

#include "plan/calendar.h"

void feed_clock_init(struct feed_clock *clock, struct ctx *c, const struct domain *d,
                     const struct ics_calendar *calendar, const struct zone_table *home,
                     struct instant now)
{
    *clock = (struct feed_clock){.c = c, .d = d, .calendar = calendar, .home = home, .now = now};
}

static const struct zone_table *zone_named(struct feed_clock *clock, struct str name)
{
    for (int32_t i = 0; i < clock->zone_count; i++)
        if (str_eq(clock->names[i], name))
            return clock->zones[i];
    const struct zone_table *table =
        feed_zone(clock->c, clock->d, clock->calendar, name, clock->home, clock->now);
    if (clock->zone_count < FEED_ZONES_KEPT) {
        clock->names[clock->zone_count] = name;
        clock->zones[clock->zone_count++] = table;
    }
    return table;
}

/* The zone whose clock a time is read on. */
static const struct zone_table *zone_of(struct feed_clock *clock, const struct ics_time *t)
{
    struct str name = t->utc                      ? STR_LIT("UTC")
                      : t->zone.len               ? t->zone
                      : clock->calendar->zone.len ? clock->calendar->zone
                                                  : clock->home->name;
    return zone_named(clock, name);
}

void feed_on_clock(struct feed_clock *clock, const struct ics_time *t,
                   const struct zone_table *zone, struct date *date, struct wall *wall)
{
    const struct zone_table *own = zone_of(clock, t);
    *date = t->date;
    *wall = (struct wall){t->second < 0 ? 0 : t->second / 60};
    if (t->second < 0 || own == zone)
        return;
    struct instant at = zone_instant(own, *date, *wall);
    *date = zone_date(zone, at);
    *wall = zone_wall(zone, at);
}

static void add_seconds(const struct zone_table *zone, int64_t seconds, struct date *date,
                        struct wall *wall)
{
    struct instant at = zone_instant(zone, *date, *wall);
    at.ms += seconds * 1000;
    *date = zone_date(zone, at);
    *wall = zone_wall(zone, at);
}

/* Where the end is not given, an event that has a time is over at once, another lasts the day. */
static void read_end(struct feed_clock *clock, struct feed_times *t)
{
    const struct ics_entry *e = t->entry;
    enum { LONGEST_S = 400 * 86400 };
    t->end_date = t->date;
    t->end = t->start;
    if (e->end.date.days != DATE_NONE.days && (e->end.second < 0) == t->all_day)
        feed_on_clock(clock, &e->end, t->zone, &t->end_date, &t->end);
    else if (e->duration_s > 0 && t->all_day)
        t->end_date.days +=
            (int32_t)((e->duration_s > LONGEST_S ? LONGEST_S : e->duration_s) / (DAY_MINUTES * 60));
    else if (e->duration_s > 0)
        add_seconds(t->zone, e->duration_s > LONGEST_S ? LONGEST_S : e->duration_s, &t->end_date,
                    &t->end);
    if (t->end_date.days < t->date.days ||
        (t->end_date.days == t->date.days && t->end.minute < t->start.minute)) {
        t->end_date = t->date;
        t->end = t->start;
    }
    /* The end is the first day, or minute, that does not belong to it any more. */
    if (t->all_day || (t->end.minute == 0 && t->end_date.days > t->date.days)) {
        t->end_date.days -= t->end_date.days > t->date.days;
        t->end = (struct wall){DAY_MINUTES};
    }
    t->moment = !t->all_day && t->end_date.days == t->date.days && t->end.minute == t->start.minute;
}

bool feed_times_read(struct feed_clock *clock, const struct ics_entry *e, struct feed_times *t)
{
    /* A to-do counts from when it is due. */
    const struct ics_time *at = e->todo && e->end.date.days != DATE_NONE.days ? &e->end : &e->start;
    *t = (struct feed_times){.entry = e, .recurrence = DATE_NONE};
    if (at->date.days == DATE_NONE.days)
        return false;
    t->all_day = at->second < 0;
    t->zone = zone_of(clock, at);
    /* Once and in UTC it is read on the student's own clock; again and again it stays in UTC. */
    if (t->all_day || (at->utc && !e->rule.len && e->recurrence.date.days == DATE_NONE.days))
        t->zone = clock->home;
    feed_on_clock(clock, at, t->zone, &t->date, &t->start);
    read_end(clock, t);
    struct wall wall;
    if (e->recurrence.date.days != DATE_NONE.days)
        feed_on_clock(clock, &e->recurrence, t->zone, &t->recurrence, &wall);
    return true;
}
