/* What is behind, and good: the day, the week, what was reached. */
#include <stdlib.h>

#include "domain/milestones.h"
#include "domain/notifications.h"
#include "domain/statistics.h"
#include "domain/telling.h"
#include "domain/work.h"

enum { DAY_MS = DAY_MINUTES * MINUTE_MS };

static struct instant midnight(const struct telling *t, int32_t days)
{
    return zone_instant(t->zone, (struct date){days}, (struct wall){0});
}

static struct instant end_of(const struct work_entry *w)
{
    return (struct instant){w->start.ms + (int64_t)w->minutes * MINUTE_MS};
}

static int32_t worked(const struct statistics *s, int32_t from, int32_t until)
{
    const struct day_work *w = s->work.items;
    int32_t sum = 0;
    for (int32_t i = 0; i < s->work.count; i++)
        if (w[i].date.days >= from && w[i].date.days < until)
            sum += w[i].minutes;
    return sum;
}

/* ---- the day ---- */

static bool was_planned(const struct telling *t, const struct statistics *s)
{
    const struct planned_day *p = s->planned.items;
    for (int32_t i = 0; i < s->planned.count; i++)
        if (p[i].date.days == t->today.days && p[i].minutes > 0)
            return true;
    return false;
}

/* Nothing of the plan lies ahead today, and none of it was left undone (tell_ahead.c told that). */
static bool is_over(const struct telling *t)
{
    const struct work_entry *timer = work_timer(t->desk);
    const struct study_block *b = t->desk->plan.blocks.items;
    struct instant night = midnight(t, t->today.days + 1);
    if (timer && timer->state == WORK_RUNNING)
        return false;
    for (int32_t i = 0; i < t->desk->plan.blocks.count; i++)
        if (b[i].end.ms > t->now.ms && b[i].start.ms < night.ms)
            return false;
    return !t->missed;
}

static void tell_day(struct telling *t, const struct statistics *s)
{
    int32_t minutes = worked(s, t->today.days, t->today.days + 1);
    struct instant last = INSTANT_NONE;
    if (minutes == 0 || !was_planned(t, s) || !is_over(t))
        return;
    for (int32_t i = 0; i < t->desk->work_count; i++) {
        struct instant end = end_of(&t->desk->works[i]);
        if (end.ms <= t->now.ms && end.ms > last.ms)
            last = end;
    }
    struct notification *n = tell(t, TOLD_DAY_DONE, ID_NONE, t->today.days);
    if (!n)
        return;
    n->at = last;
    n->minutes = minutes;
    n->date = t->today;
}

/* ---- the week ---- */

static int32_t week_start(const struct telling *t)
{
    static const int firsts[] = {
        [WEEK_DEVICE] = 1, [WEEK_MONDAY] = 1, [WEEK_SATURDAY] = 6, [WEEK_SUNDAY] = 7};
    int first = firsts[t->desk->settings.week_start];
    return t->today.days - (date_weekday(t->today) - first + 7) % 7;
}

/* Of the tasks that were due in [from, until) and not given up: so many, and whether all were done
 * by then. */
static int32_t due_in(const struct desk *desk, struct instant from, struct instant until,
                      bool *on_time)
{
    int32_t due = 0;
    *on_time = true;
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *task = &desk->tasks[i];
        if (task->state == TASK_DROPPED || task->due.ms < from.ms || task->due.ms >= until.ms)
            continue;
        due++;
        *on_time = *on_time && task->state == TASK_DONE && task->completed.ms <= task->due.ms;
    }
    return due;
}

static int32_t finished_in(const struct desk *desk, struct instant from, struct instant until)
{
    int32_t n = 0;
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *task = &desk->tasks[i];
        n += task->state == TASK_DONE && task->completed.ms >= from.ms &&
             task->completed.ms < until.ms;
    }
    return n;
}

static void tell_week(struct telling *t, const struct statistics *s, int32_t start)
{
    struct instant from = midnight(t, start - 7);
    struct instant until = midnight(t, start);
    bool on_time;
    if (t->today.days - start >= TOLD_WEEK_DAYS)
        return;
    int32_t minutes = worked(s, start - 7, start);
    struct notification *n = minutes > 0 ? tell(t, TOLD_WEEK, ID_NONE, start) : NULL;
    if (n) {
        n->at = until;
        n->minutes = minutes;
        n->minutes_before = worked(s, start - 14, start - 7);
        n->count = finished_in(t->desk, from, until);
        n->date = (struct date){start - 7};
    }
    int32_t due = due_in(t->desk, from, until, &on_time);
    n = due > 1 && on_time ? tell(t, TOLD_WEEK_ON_TIME, ID_NONE, start) : NULL;
    if (n) {
        n->at = until;
        n->count = due;
        n->date = (struct date){start - 7};
    }
}

/* ---- what was reached ---- */

static void tell_step(struct telling *t, enum notification_code code, int32_t step,
                      struct instant at)
{
    bool lately = t->now.ms - at.ms <= (int64_t)TOLD_REACHED_DAYS * DAY_MS;
    struct notification *n = step > 0 && lately ? tell(t, code, ID_NONE, step) : NULL;
    if (!n)
        return;
    n->at = at;
    n->count = step;
}

static int by_instant(const void *a, const void *b)
{
    const struct instant *x = a;
    const struct instant *y = b;
    return (x->ms > y->ms) - (x->ms < y->ms);
}

static enum status tell_finished(struct telling *t, enum notification_code code,
                                 enum milestone_kind kind)
{
    const struct desk *desk = t->desk;
    struct instant *done = ARENA_ARRAY(t->c->arena, struct instant, (size_t)desk->task_count + 1);
    int32_t n = 0;
    if (!done)
        return fail_memory(t->c);
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *task = &desk->tasks[i];
        if (task->state == TASK_DONE &&
            (kind != MILESTONE_ON_TIME || task->completed.ms <= task->due.ms))
            done[n++] = task->completed;
    }
    if (n > 1)
        qsort(done, (size_t)n, sizeof *done, by_instant);
    int32_t step = milestone_reached(kind, n);
    /* The first task that is on time is most often the first there is: told once. */
    if (step > (kind == MILESTONE_ON_TIME))
        tell_step(t, code, step, done[step - 1]);
    return ST_OK;
}

static void tell_hours(struct telling *t, const struct work_order *log)
{
    int64_t total = 0;
    for (int32_t i = 0; i < log->count; i++)
        total += log->entries[i]->minutes;
    int32_t step = milestone_reached(MILESTONE_HOURS, (int32_t)(total / 60));
    total = 0;
    for (int32_t i = 0; step > 0 && i < log->count; i++) {
        total += log->entries[i]->minutes;
        if (total >= (int64_t)step * 60) {
            tell_step(t, TOLD_HOURS, step, end_of(log->entries[i]));
            return;
        }
    }
}

/* The first time that the longest row reached its step. */
static void tell_row(struct telling *t, const struct work_order *log)
{
    struct day_row row = {0};
    int32_t step = 0;
    struct instant at = INSTANT_NONE;
    for (int32_t i = 0; i < log->count; i++) {
        int32_t days = day_row_add(&row, t->zone, log->entries[i]);
        if (milestone_reached(MILESTONE_DAYS, days) > step) {
            step = milestone_reached(MILESTONE_DAYS, days);
            at = end_of(log->entries[i]);
        }
    }
    if (step > 0)
        tell_step(t, TOLD_DAYS, step, at);
}

enum status tell_behind(struct telling *t)
{
    struct statistics s;
    struct work_order log;
    int32_t start = week_start(t);
    enum status st = statistics_read(t->c, t->domain, t->desk, (struct date){start - 14},
                                     (struct date){t->today.days + 1}, &s);
    if (st != ST_OK)
        return st;
    tell_day(t, &s);
    tell_week(t, &s, start);
    st = work_in_order(t->c, t->desk, &log);
    if (st != ST_OK)
        return st;
    tell_hours(t, &log);
    tell_row(t, &log);
    st = tell_finished(t, TOLD_TASKS, MILESTONE_TASKS);
    return st == ST_OK ? tell_finished(t, TOLD_ON_TIME, MILESTONE_ON_TIME) : st;
}
