/* What is behind, and good: the day, the week, what was reached. */
#include <stdlib.h>

#include "domain/notifications.h"
#include "domain/statistics.h"
#include "domain/telling.h"
#include "domain/work.h"

enum { DAY_MS = DAY_MINUTES * MINUTE_MS, BREAK_DAYS = 2 };

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

/* The steps are those of the statistics page (web/src/features/statistics/figures.ts). */
static const int32_t hour_steps[] = {1, 10, 25, 50, 100, 250, 500, 1000, 0};
static const int32_t task_steps[] = {1, 10, 25, 50, 100, 250, 0};
/* The first task that is on time is most often the first there is: told once. */
static const int32_t on_time_steps[] = {10, 25, 50, 100, 250, 0};
static const int32_t day_steps[] = {3, 7, 14, 30, 60, 100, 0};

/* The highest step that is not above the value; 0: none is. */
static int32_t step_of(const int32_t *steps, int32_t value)
{
    int32_t reached = 0;
    for (; *steps && *steps <= value; steps++)
        reached = *steps;
    return reached;
}

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
                                 const int32_t *steps, bool only_on_time)
{
    const struct desk *desk = t->desk;
    struct instant *done = ARENA_ARRAY(t->c->arena, struct instant, (size_t)desk->task_count + 1);
    int32_t n = 0;
    if (!done)
        return fail_memory(t->c);
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *task = &desk->tasks[i];
        if (task->state == TASK_DONE && (!only_on_time || task->completed.ms <= task->due.ms))
            done[n++] = task->completed;
    }
    if (n > 1)
        qsort(done, (size_t)n, sizeof *done, by_instant);
    int32_t step = step_of(steps, n);
    if (step > 0)
        tell_step(t, code, step, done[step - 1]);
    return ST_OK;
}

static int by_start(const void *a, const void *b)
{
    const struct work_entry *x = *(const struct work_entry *const *)a;
    const struct work_entry *y = *(const struct work_entry *const *)b;
    return x->start.ms != y->start.ms ? (x->start.ms < y->start.ms ? -1 : 1) : id_cmp(x->id, y->id);
}

static void tell_hours(struct telling *t, const struct work_entry *const *log, int32_t n)
{
    int64_t total = 0;
    for (int32_t i = 0; i < n; i++)
        total += log[i]->minutes;
    int32_t step = step_of(hour_steps, (int32_t)(total / 60));
    total = 0;
    for (int32_t i = 0; step > 0 && i < n; i++) {
        total += log[i]->minutes;
        if (total >= (int64_t)step * 60) {
            tell_step(t, TOLD_HOURS, step, end_of(log[i]));
            return;
        }
    }
}

/* Days of work in a row, breaks of up to two days forgiven: the first time that the longest row
 * reached its step. */
static void tell_row(struct telling *t, const struct work_entry *const *log, int32_t n)
{
    int32_t last = DATE_NONE.days;
    int32_t row = 0;
    int32_t step = 0;
    struct instant at = INSTANT_NONE;
    for (int32_t i = 0; i < n; i++) {
        int32_t date = zone_date(t->zone, log[i]->start).days;
        if (date == last)
            continue;
        row = row > 0 && date - last <= BREAK_DAYS + 1 ? row + 1 : 1;
        last = date;
        if (step_of(day_steps, row) > step) {
            step = step_of(day_steps, row);
            at = end_of(log[i]);
        }
    }
    if (step > 0)
        tell_step(t, TOLD_DAYS, step, at);
}

static enum status tell_log(struct telling *t)
{
    const struct desk *desk = t->desk;
    const struct work_entry **log =
        ARENA_ARRAY(t->c->arena, const struct work_entry *, (size_t)desk->work_count + 1);
    int32_t n = 0;
    if (!log)
        return fail_memory(t->c);
    for (int32_t i = 0; i < desk->work_count; i++)
        if (desk->works[i].minutes > 0)
            log[n++] = &desk->works[i];
    if (n > 1)
        qsort(log, (size_t)n, sizeof *log, by_start);
    tell_hours(t, log, n);
    tell_row(t, log, n);
    return ST_OK;
}

enum status tell_behind(struct telling *t)
{
    struct statistics s;
    int32_t start = week_start(t);
    enum status st = statistics_read(t->c, t->domain, t->desk, (struct date){start - 14},
                                     (struct date){t->today.days + 1}, &s);
    if (st != ST_OK)
        return st;
    tell_day(t, &s);
    tell_week(t, &s, start);
    st = tell_log(t);
    if (st == ST_OK)
        st = tell_finished(t, TOLD_TASKS, task_steps, false);
    return st == ST_OK ? tell_finished(t, TOLD_ON_TIME, on_time_steps, true) : st;
}
