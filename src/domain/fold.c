#include "domain/fold.h"

#include <stdlib.h>

#include "base/buf.h"
#include "domain/zones.h"
#include "plan/calendar.h"

/* An entry that may be folded, and with what: others of its task and period. */
struct leaf {
    const struct work_entry *entry;
    int32_t period;       /* a date, or the Monday of a week */
    struct instant until; /* where the period ends */
};

struct fold {
    struct edit *e;
    const struct zone_table *zone;
    bool weeks;
    struct leaf *leaves;
    int32_t count;
    int32_t freed;
};

static int64_t end_of(const struct work_entry *w)
{
    return w->start.ms + (int64_t)w->minutes * MINUTE_MS;
}

/* 1970-01-01 was a Thursday. */
static int32_t monday_of(int32_t days)
{
    int32_t since = (days + 3) % 7;
    return days - (since < 0 ? since + 7 : since);
}

static int by_period(const void *a, const void *b)
{
    const struct leaf *x = a;
    const struct leaf *y = b;
    int order = id_cmp(x->entry->task_id, y->entry->task_id);
    if (order == 0 && x->period != y->period)
        order = x->period < y->period ? -1 : 1;
    if (order == 0 && x->entry->start.ms != y->entry->start.ms)
        order = x->entry->start.ms < y->entry->start.ms ? -1 : 1;
    return order ? order : id_cmp(x->entry->id, y->entry->id);
}

/* Finished entries that began before the limit and lie within one period. */
static enum status gather(struct fold *f)
{
    const struct desk *desk = f->e->desk;
    int64_t days = f->weeks ? FOLD_WEEKS_DAYS : FOLD_DAYS;
    int64_t before = f->e->now.ms - days * DAY_MINUTES * MINUTE_MS;
    f->leaves = ARENA_ARRAY(f->e->c->arena, struct leaf, (size_t)desk->work_count + 1);
    f->count = 0;
    if (!f->leaves)
        return fail_memory(f->e->c);
    for (int32_t i = 0; i < desk->work_count; i++) {
        const struct work_entry *w = &desk->works[i];
        if (w->state != WORK_DONE || w->start.ms >= before)
            continue;
        int32_t day = zone_date(f->zone, w->start).days;
        int32_t first = f->weeks ? monday_of(day) : day;
        struct date next = {first + (f->weeks ? 7 : 1)};
        struct leaf leaf = {w, first, zone_instant(f->zone, next, (struct wall){0})};
        if (end_of(w) <= leaf.until.ms)
            f->leaves[f->count++] = leaf;
    }
    qsort(f->leaves, (size_t)f->count, sizeof f->leaves[0], by_period);
    return ST_OK;
}

/* Both notes, as far as there is room for them. */
static enum status join_notes(struct ctx *c, struct work_entry *w, struct str more)
{
    struct buf b;
    if (more.len == 0 || str_eq(more, w->note))
        return ST_OK;
    buf_init(&b, c->arena, 64, 4 * WORK_NOTE_MAX);
    buf_add(&b, w->note.data, w->note.len);
    if (w->note.len > 0)
        buf_add_text(&b, "; ");
    buf_add(&b, more.data, more.len);
    if (b.overflowed)
        return fail_memory(c);
    if (utf8_count(buf_str(&b)) <= WORK_NOTE_MAX)
        w->note = buf_str(&b);
    return ST_OK;
}

/* Whether `next` joins what has become of `leaf` without leaving its period. */
static bool joins(const struct leaf *leaf, const struct work_entry *sum, const struct leaf *next)
{
    const struct work_entry *w = next->entry;
    return id_eq(leaf->entry->task_id, w->task_id) && leaf->period == next->period &&
           id_eq(sum->course_id, w->course_id) && sum->minutes + w->minutes <= WORK_MINUTES_MAX &&
           end_of(sum) + (int64_t)w->minutes * MINUTE_MS <= leaf->until.ms;
}

/* Folds the leaves from `at` on that belong together; the next one behind them. */
static enum status fold_group(struct fold *f, int32_t at, int32_t *next)
{
    struct ctx *c = f->e->c;
    const struct leaf *leaf = &f->leaves[at];
    struct work_entry *sum = ARENA_NEW(c->arena, struct work_entry);
    enum status st = ST_OK;
    if (!sum || !entity_copy(&work_entry_table, c->arena, sum, leaf->entry))
        return fail_memory(c);
    int32_t i = at + 1;
    for (; st == ST_OK && i < f->count && f->freed < FOLD_MAX; i++) {
        const struct work_entry *w = f->leaves[i].entry;
        if (!joins(leaf, sum, &f->leaves[i]))
            break;
        sum->minutes += w->minutes;
        sum->counted_min += w->counted_min;
        f->freed++;
        st = join_notes(c, sum, w->note);
        if (st == ST_OK)
            st = edit_delete(f->e, ENTITY_WORK, w->id);
    }
    *next = i;
    if (st != ST_OK || i == at + 1)
        return st;
    sum->kind = WORK_SUM;
    sum->end = (struct instant){end_of(sum)};
    return edit_put(f->e, ENTITY_WORK, sum->id, sum);
}

static enum status fold_all(struct fold *f)
{
    enum status st = gather(f);
    for (int32_t i = 0; st == ST_OK && i < f->count && f->freed < FOLD_MAX;)
        st = fold_group(f, i, &i);
    return st;
}

enum status log_fold(struct edit *e, int32_t *freed)
{
    struct fold f = {.e = e};
    enum status st = zones_get(e->c, e->domain->zones, e->desk->settings.zone, &f.zone);
    if (st == ST_OK)
        st = fold_all(&f);
    if (st == ST_OK && f.freed == 0) {
        f.weeks = true;
        st = fold_all(&f);
    }
    *freed = f.freed;
    return st;
}
