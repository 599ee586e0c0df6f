#include "domain/feed_read.h"

#include <stdlib.h>
#include <string.h>

#include "domain/feed_guess.h"
#include "domain/feed_rule.h"
#include "domain/feed_times.h"
#include "domain/zones.h"
#include "model/event.h"

enum {
    TASKS_OF_ONE_MAX = 60, /* of one thing that is to be handed in again and again */
    COURSE_CHARACTERS = 80,
    WORK_MAX = 3000000, /* dates and exceptions looked at for one calendar */
    LAST_MINUTE = DAY_MINUTES - 1
};

struct reader {
    struct ctx *c;
    const struct domain *d;
    struct feed_clock clock;
    struct instant now;
    struct date today;
    int64_t work;
    struct feed_reading *out;
    struct feed_item *items;
    struct feed_remark *remarks;
};

/* ---- items ---- */

/* Without a UID it is known by its words. */
static struct str uid_of(const struct ics_entry *e)
{
    return e->uid.len ? e->uid : e->title;
}

static void remark(struct reader *r, const struct ics_entry *e, enum feed_reason reason)
{
    r->out->left_out += reason != REASON_EXPANDED;
    if (r->out->remarks.count < FEED_REMARKS_MAX)
        r->remarks[r->out->remarks.count++] = (struct feed_remark){e->title, reason};
}

/* `date` tells apart what has one UID; none for the whole. */
static struct digest key_of(const struct reader *r, struct str uid, struct date date,
                            const char *part)
{
    char text[DATE_TEXT_LEN];
    size_t len = date.days == DATE_NONE.days ? 0 : sizeof text;
    if (len)
        date_format(date, text);
    const struct str parts[] = {STR_LIT("feed_item"), uid, {text, len}, str_of(part)};
    return r->d->digester.keyed(r->d->digester.self, parts, sizeof parts / sizeof parts[0]);
}

static struct str first_characters(struct str s, size_t n)
{
    size_t at = 0;
    while (at < s.len && n > 0) {
        at++;
        while (at < s.len && ((unsigned char)s.data[at] & 0xC0) == 0x80)
            at++;
        n--;
    }
    return (struct str){s.data, at};
}

static struct instant due_of(const struct feed_times *t)
{
    struct wall at = t->all_day ? (struct wall){LAST_MINUTE} : t->start;
    return zone_instant(t->zone, t->all_day ? t->end_date : t->date, at);
}

static bool is_ahead(const struct reader *r, const struct feed_item *item,
                     const struct feed_value *v)
{
    if (item->form == FORM_TASK)
        return v->due.ms > r->now.ms;
    if (!v->rule.data)
        return v->end_date.days != DATE_NONE.days ? v->end_date.days >= r->today.days
                                                  : v->date.days >= r->today.days;
    return true;
}

static enum status add_item(struct reader *r, const struct feed_times *t,
                            const struct feed_guess *g, struct digest key,
                            const struct feed_value *value)
{
    if (r->out->items.count >= FEED_ITEMS_MAX)
        return fail_as(r->c, ST_TOO_LARGE, "", "calendar_size",
                       "this calendar has more than %d things to take", FEED_ITEMS_MAX);
    struct feed_value *now = ARENA_NEW(r->c->arena, struct feed_value);
    if (!now)
        return fail_memory(r->c);
    *now = *value;
    struct feed_item *item = &r->items[r->out->items.count++];
    *item = (struct feed_item){.key = key,
                               .form = g->form,
                               .category = g->category,
                               .course = first_characters(g->course, COURSE_CHARACTERS),
                               .notes = t->entry->notes,
                               .estimate_min = g->estimate_min,
                               .now = {now}};
    item->course = item->course.len ? item->course : STR_NONE;
    item->news = t->entry->cancelled ? NEWS_CANCELLED : NEWS_NONE;
    item->suggested = !g->opens && !t->entry->finished && !t->entry->cancelled &&
                      (!t->all_day || g->form == FORM_TASK) && is_ahead(r, item, now);
    return ST_OK;
}

static struct feed_value task_value(const struct feed_times *t, const struct feed_guess *g)
{
    struct feed_value v = {.due = due_of(t), .date = DATE_NONE, .end_date = DATE_NONE};
    v.title = g->title.len ? g->title : STR_LIT("—");
    v.place = STR_LIT("");
    return v;
}

static struct feed_value event_value(const struct feed_times *t, const struct feed_guess *g)
{
    struct feed_value v = {.due = INSTANT_NONE,
                           .date = t->date,
                           .end_date = t->end_date.days == t->date.days ? DATE_NONE : t->end_date,
                           .start = t->start,
                           .end = t->end,
                           .zone = t->zone->name,
                           .place = t->entry->place};
    v.title = g->title.len ? g->title : STR_LIT("—");
    v.busy = !t->entry->free && !t->all_day;
    return v;
}

/* ---- what has one UID ---- */

struct group {
    struct feed_times *parts; /* the whole first, then what is otherwise on single days */
    int32_t count;
    struct feed_guess guess;
    struct date *skipped; /* ascending: the whole's EXDATEs */
    int32_t skip_count;
};

static enum status add_task(struct reader *r, const struct feed_times *t,
                            const struct feed_guess *g, struct date part)
{
    struct feed_value v = task_value(t, g);
    return add_item(r, t, g, key_of(r, uid_of(t->entry), part, ""), &v);
}

/* An event that takes place once; an exam is also something to prepare for. */
static enum status add_single(struct reader *r, const struct feed_times *t,
                              const struct feed_guess *g, struct date part)
{
    if (g->form == FORM_TASK)
        return add_task(r, t, g, part);
    if (t->end_date.days - t->date.days > EVENT_DAYS_MAX) {
        remark(r, t->entry, REASON_TOO_LONG);
        return ST_OK;
    }
    struct feed_value v = event_value(t, g);
    enum status st = add_item(r, t, g, key_of(r, uid_of(t->entry), part, ""), &v);
    if (st != ST_OK || g->category != WORK_EXAM)
        return st;
    struct feed_guess prepare = *g;
    prepare.form = FORM_TASK;
    prepare.estimate_min = feed_guess_minutes(WORK_EXAM);
    v = task_value(t, g);
    v.due = zone_instant(t->zone, t->date, t->start);
    return add_item(r, t, &prepare, key_of(r, uid_of(t->entry), part, "prepare"), &v);
}

/* The part that stands for the occurrence on `date`; NULL: it is as the whole. */
static const struct feed_times *part_on(const struct group *g, struct date date)
{
    for (int32_t i = 1; i < g->count; i++)
        if (g->parts[i].recurrence.days == date.days)
            return &g->parts[i];
    return NULL;
}

static int compare_dates(const void *a, const void *b)
{
    const struct date *x = a;
    const struct date *y = b;
    return (x->days > y->days) - (x->days < y->days);
}

static enum status read_skipped(struct reader *r, struct group *g)
{
    const struct ics_entry *e = g->parts[0].entry;
    const struct ics_time *times = e->skipped.items;
    g->skipped = ARENA_ARRAY(r->c->arena, struct date, (size_t)e->skipped.count + 1);
    if (!g->skipped)
        return fail_memory(r->c);
    for (int32_t i = 0; i < e->skipped.count; i++) {
        struct wall wall;
        feed_on_clock(&r->clock, &times[i], g->parts[0].zone, &g->skipped[g->skip_count++], &wall);
    }
    if (g->skip_count > 1)
        qsort(g->skipped, (size_t)g->skip_count, sizeof *g->skipped, compare_dates);
    return ST_OK;
}

static bool is_left_out(const struct group *g, struct date date)
{
    return g->skip_count &&
           bsearch(&date, g->skipped, (size_t)g->skip_count, sizeof *g->skipped, compare_dates);
}

static struct feed_times moved_to(const struct feed_times *t, struct date date)
{
    struct feed_times on = *t;
    on.date = date;
    on.end_date.days += date.days - t->date.days;
    return on;
}

/* The occurrence on `date` as an item of its own. */
static enum status add_occurrence(struct reader *r, const struct group *g, struct date date)
{
    const struct feed_times *part = part_on(g, date);
    struct feed_times on = moved_to(&g->parts[0], date);
    struct feed_guess guess = g->guess;
    if (!part && is_left_out(g, date))
        return ST_OK;
    if (part) {
        on = *part;
        guess = feed_guess(part->entry, r->out->product, part->moment, part->all_day);
        guess.form = g->guess.form;
    }
    struct date key = date;
    if (part && guess.form == FORM_TASK) {
        struct feed_value v = task_value(&on, &guess);
        return add_item(r, &on, &guess, key_of(r, uid_of(on.entry), key, ""), &v);
    }
    return add_single(r, &on, &guess, key);
}

static enum status add_expanded(struct reader *r, const struct group *g,
                                const struct feed_rule *rule)
{
    enum status st = add_occurrence(r, g, g->parts[0].date);
    for (int32_t i = 0; st == ST_OK && i < rule->date_count; i++)
        st = add_occurrence(r, g, rule->dates[i]);
    remark(r, g->parts[0].entry, REASON_EXPANDED);
    return st;
}

/* Something to be handed in again and again: a task each, from now on and a year ahead. */
static enum status add_tasks(struct reader *r, const struct group *g, const struct feed_rule *rule)
{
    struct recurrence_walk walk;
    struct date from = {r->today.days - 1};
    struct date on;
    enum status st = ST_OK;
    if (from.days < g->parts[0].date.days)
        from = g->parts[0].date;
    recurrence_begin(&walk, &rule->rule, g->parts[0].date, from);
    for (int32_t n = 0; st == ST_OK && n < TASKS_OF_ONE_MAX &&
                        recurrence_next(&walk, (struct date){r->today.days + RULE_AHEAD_DAYS}, &on);
         n++)
        st = add_occurrence(r, g, on);
    return st;
}

/* ---- exceptions of an event ---- */

struct exceptions {
    struct event_skip *skipped;
    struct event_move *moved;
    int32_t skip_count;
    int32_t move_count;
    bool full;
};

/* What is otherwise on `date`, if the event can be moved so: it must end as many days later. */
static bool move_of(const struct group *g, const struct feed_times *part, struct date date,
                    struct event_move *out)
{
    const struct feed_times *whole = &g->parts[0];
    if (part->all_day != whole->all_day ||
        part->end_date.days - part->date.days != whole->end_date.days - whole->date.days)
        return false;
    *out =
        (struct event_move){.date = date, .to = part->date, .start = part->start, .end = part->end};
    if (!str_eq(part->entry->title, whole->entry->title) && part->entry->title.len)
        out->title = part->entry->title;
    if (!str_eq(part->entry->place, whole->entry->place))
        out->place = part->entry->place;
    return true;
}

/* Walks the dates up to the last exception, so that only those of the rule are kept. */
static enum status find_exceptions(struct reader *r, const struct group *g,
                                   const struct feed_rule *rule, struct date last,
                                   struct exceptions *x)
{
    struct recurrence_walk walk;
    struct date on;
    enum status st = ST_OK;
    recurrence_begin(&walk, &rule->rule, g->parts[0].date, g->parts[0].date);
    while (st == ST_OK && recurrence_next(&walk, (struct date){last.days + 1}, &on)) {
        const struct feed_times *part = part_on(g, on);
        bool skipped = part ? part->entry->cancelled : is_left_out(g, on);
        r->work += 1 + g->count;
        if (r->work > WORK_MAX)
            return fail_as(r->c, ST_TOO_LARGE, "", "calendar_size",
                           "this calendar has more exceptions than can be looked at");
        if (x->skip_count == EVENT_EXCEPTIONS_MAX || x->move_count == EVENT_EXCEPTIONS_MAX) {
            x->full = true;
            break;
        }
        if (part && !skipped && move_of(g, part, on, &x->moved[x->move_count])) {
            x->move_count++;
        } else if (part || skipped) {
            x->skipped[x->skip_count++] = (struct event_skip){on};
            if (!skipped)
                st = add_occurrence(r, g, on);
        }
    }
    return st;
}

static struct date last_exception(const struct group *g)
{
    struct date last = g->skip_count ? g->skipped[g->skip_count - 1] : (struct date){0};
    for (int32_t i = 1; i < g->count; i++)
        if (g->parts[i].recurrence.days > last.days)
            last = g->parts[i].recurrence;
    return last;
}

static enum status add_event(struct reader *r, const struct group *g, const struct feed_rule *rule)
{
    const struct feed_times *whole = &g->parts[0];
    const size_t room = (size_t)g->skip_count + (size_t)g->count;
    struct exceptions x = {.skipped = ARENA_ARRAY(r->c->arena, struct event_skip, room),
                           .moved = ARENA_ARRAY(r->c->arena, struct event_move, room)};
    if (!x.skipped || !x.moved)
        return fail_memory(r->c);
    if (whole->end_date.days - whole->date.days > EVENT_DAYS_MAX) {
        remark(r, whole->entry, REASON_TOO_LONG);
        return ST_OK;
    }
    enum status st = find_exceptions(r, g, rule, last_exception(g), &x);
    if (st != ST_OK)
        return st;
    if (x.full) {
        remark(r, whole->entry, REASON_EXCEPTIONS);
        return ST_OK;
    }
    struct feed_value v = event_value(whole, &g->guess);
    v.rule = rule->text;
    v.skipped = (struct list){x.skipped, x.skip_count};
    v.moved = (struct list){x.moved, x.move_count};
    st = add_item(r, whole, &g->guess, key_of(r, uid_of(whole->entry), DATE_NONE, ""), &v);
    if (st == ST_OK && rule->rule.until.days != DATE_NONE.days &&
        rule->rule.until.days < r->today.days)
        r->items[r->out->items.count - 1].suggested = false;
    return st;
}

/* RDATE: single dates on which it takes place as well. */
static enum status add_extra_dates(struct reader *r, const struct group *g)
{
    const struct ics_time *dates = g->parts[0].entry->dates.items;
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < g->parts[0].entry->dates.count; i++) {
        struct date on;
        struct wall wall;
        feed_on_clock(&r->clock, &dates[i], g->parts[0].zone, &on, &wall);
        if (on.days != g->parts[0].date.days)
            st = add_occurrence(r, g, on);
    }
    return st;
}

static enum status add_repeated(struct reader *r, const struct group *g)
{
    const struct feed_times *whole = &g->parts[0];
    struct feed_rule rule = {0};
    enum status st = whole->entry->bad_rule
                         ? fail(r->c, ST_INVALID, "rule", "it cannot be read")
                         : feed_rule_read(r->c, whole->entry->rule, whole->date, whole->start,
                                          whole->zone, r->today, &rule);
    if (st == ST_INVALID) {
        ctx_forgive(r->c);
        remark(r, whole->entry, REASON_RULE);
        return ST_OK;
    }
    if (st != ST_OK)
        return st;
    if (rule.expanded)
        st = add_expanded(r, g, &rule);
    else if (!rule.text.data)
        st = add_single(r, whole, &g->guess, DATE_NONE);
    else
        st = g->guess.form == FORM_TASK ? add_tasks(r, g, &rule) : add_event(r, g, &rule);
    return st == ST_OK ? add_extra_dates(r, g) : st;
}

static enum status add_group(struct reader *r, struct group *g)
{
    struct feed_times *whole = &g->parts[0];
    enum status st = read_skipped(r, g);
    g->guess = feed_guess(whole->entry, r->out->product, whole->moment, whole->all_day);
    if (whole->recurrence.days == DATE_NONE.days &&
        (whole->entry->rule.len || whole->entry->bad_rule))
        return add_repeated(r, g);
    /* What is otherwise on single days, without the whole, stands for itself. */
    for (int32_t i = 0; st == ST_OK && i < g->count; i++) {
        struct feed_times *t = &g->parts[i];
        struct feed_guess guess = feed_guess(t->entry, r->out->product, t->moment, t->all_day);
        struct date part = t->recurrence;
        st = add_single(r, t, &guess, part);
    }
    return st == ST_OK && whole->recurrence.days == DATE_NONE.days ? add_extra_dates(r, g) : st;
}

/* ---- the calendar ---- */

/* By UID; the whole before its parts, the newest edition of each first. */
static int compare(const void *a, const void *b)
{
    const struct ics_entry *x = *(const struct ics_entry *const *)a;
    const struct ics_entry *y = *(const struct ics_entry *const *)b;
    int order = str_cmp(uid_of(x), uid_of(y));
    if (order == 0)
        order = (x->recurrence.date.days > y->recurrence.date.days) -
                (x->recurrence.date.days < y->recurrence.date.days);
    if (order == 0)
        order = (x->recurrence.second > y->recurrence.second) -
                (x->recurrence.second < y->recurrence.second);
    if (order == 0)
        order = (y->sequence > x->sequence) - (y->sequence < x->sequence);
    return order ? order : (x > y) - (x < y);
}

static bool is_same_part(const struct ics_entry *a, const struct ics_entry *b)
{
    return a->recurrence.date.days == b->recurrence.date.days &&
           a->recurrence.second == b->recurrence.second;
}

static bool is_older(const struct ics_entry *newer, const struct ics_entry *e)
{
    return e->sequence < newer->sequence ||
           (e->start.date.days == newer->start.date.days && e->start.second == newer->start.second);
}

/* Entries with one UID: an older edition of a part is left out. Some systems give all they write
 * the same UID: then their dates tell them apart. */
static enum status read_group(struct reader *r, const struct ics_entry *const *entries, int32_t n)
{
    struct group g = {.parts = ARENA_ARRAY(r->c->arena, struct feed_times, (size_t)n)};
    if (!g.parts)
        return fail_memory(r->c);
    for (int32_t i = 0; i < n; i++) {
        bool same = i > 0 && is_same_part(entries[i - 1], entries[i]);
        if (same && is_older(entries[i - 1], entries[i]))
            continue;
        struct feed_times *t = &g.parts[g.count];
        if (!feed_times_read(&r->clock, entries[i], t)) {
            remark(r, entries[i], REASON_NO_TIME);
            continue;
        }
        if (same)
            t->recurrence = t->date;
        g.count++;
    }
    return g.count ? add_group(r, &g) : ST_OK;
}

static enum status read_entries(struct reader *r)
{
    const struct ics_entry *all = r->clock.calendar->entries.items;
    int32_t n = r->clock.calendar->entries.count;
    const struct ics_entry **order =
        ARENA_ARRAY(r->c->arena, const struct ics_entry *, (size_t)n + 1);
    enum status st = order ? ST_OK : fail_memory(r->c);
    for (int32_t i = 0; st == ST_OK && i < n; i++)
        order[i] = &all[i];
    if (st == ST_OK && n > 0)
        qsort(order, (size_t)n, sizeof *order, compare);
    for (int32_t i = 0, end; st == ST_OK && i < n; i = end) {
        for (end = i + 1; end < n && str_eq(uid_of(order[end]), uid_of(order[i])); end++)
            ;
        st = read_group(r, order + i, end - i);
    }
    return st;
}

enum status feed_read(struct ctx *c, const struct domain *d, const struct settings *settings,
                      const struct ics_calendar *calendar, struct instant now,
                      struct feed_reading *out)
{
    struct reader r = {.c = c, .d = d, .now = now, .out = out};
    const struct zone_table *home;
    *out = (struct feed_reading){.name = calendar->name, .product = feed_guess_product(calendar)};
    r.items = ARENA_ARRAY(c->arena, struct feed_item, FEED_ITEMS_MAX);
    r.remarks = ARENA_ARRAY(c->arena, struct feed_remark, FEED_REMARKS_MAX);
    if (!r.items || !r.remarks)
        return fail_memory(c);
    enum status st = zones_get(c, d->zones, settings->zone, &home);
    if (st != ST_OK)
        return st;
    feed_clock_init(&r.clock, c, d, calendar, home, now);
    r.today = zone_date(home, now);
    out->items.items = r.items;
    out->remarks.items = r.remarks;
    return read_entries(&r);
}
