#include <stdio.h>
#include <string.h>

#include "plan/problem.h"

/*
 * Pinned blocks stay where they are: they are taken out of the windows and off their tasks' work,
 * counted as done on their days, and put back into the plan of what remains. A day's capacity rests
 * on all its free time as before, so that a pin uses capacity but makes no more of it.
 */
struct pinned {
    const struct plan_input *in;
    struct plan_input rest; /* what is left to plan */
    struct plan_day *days;
    struct plan_span *windows;
    struct plan_task *tasks;
    int32_t *ontime;  /* per task: pinned slots that are on time */
    int32_t *late;    /* per task: those that are not */
    int32_t *last;    /* per task: end of its last pin; INT32_MIN: none */
    int32_t *per_day; /* slots, ahead of now */
    struct plan_pinned count;
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static enum status bad(struct ctx *c, int32_t i, const char *why)
{
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/pins/%d", i);
    return fail(c, ST_INVALID, pointer, "%s", why);
}

static enum status check_pins(struct ctx *c, const struct plan_input *in)
{
    int32_t d = 0;
    for (int32_t i = 0; i < in->pin_count; i++) {
        struct plan_block b = in->pins[i];
        if (b.task < 0 || b.task >= in->task_count)
            return bad(c, i, "is of no task");
        if (b.until <= b.from || (i > 0 && b.from < in->pins[i - 1].until))
            return bad(c, i, "must be ascending, not empty, and not overlap");
        while (d < in->day_count && in->days[d].end <= b.from)
            d++;
        if (b.until > in->now &&
            (d == in->day_count || b.from < in->days[d].beg || b.until > in->days[d].end))
            return bad(c, i, "must lie in one day");
    }
    return ST_OK;
}

/* Window [from, until) less the pins from `*at` on; returns how many of its slots they hold. */
static int32_t cut_window(struct pinned *p, struct plan_span w, int32_t at)
{
    int32_t held = 0;
    for (; at < p->in->pin_count && p->in->pins[at].from < w.until; at++) {
        int32_t from = later(later(p->in->pins[at].from, p->in->now), w.from);
        int32_t until = least(p->in->pins[at].until, w.until);
        if (from >= until)
            continue;
        held += until - from;
        if (from > w.from)
            p->windows[p->rest.window_count++] = (struct plan_span){w.from, from};
        w.from = until;
    }
    if (w.from < w.until)
        p->windows[p->rest.window_count++] = w;
    return held;
}

static void cut_days(struct pinned *p)
{
    int32_t at = 0;
    for (int32_t d = 0; d < p->in->day_count; d++) {
        struct plan_day day = p->in->days[d];
        while (at < p->in->pin_count && p->in->pins[at].until <= later(day.beg, p->in->now))
            at++;
        p->days[d] = day;
        p->days[d].first = p->rest.window_count;
        for (int32_t i = day.first; i < day.first + day.count; i++)
            p->days[d].held += cut_window(p, p->in->windows[i], at);
        p->days[d].count = p->rest.window_count - p->days[d].first;
        for (int32_t i = at; i < p->in->pin_count && p->in->pins[i].from < day.end; i++)
            p->per_day[d] += p->in->pins[i].until - later(p->in->pins[i].from, p->in->now);
        p->days[d].done += p->per_day[d];
        p->count.slots += p->per_day[d];
        p->count.outside += p->per_day[d] - (p->days[d].held - day.held);
    }
}

/* What is left of a prerequisite must be finished before a pinned block of its successor, and what
 * is left of the successor begins behind the prerequisite's pins. */
static void keep_order(struct pinned *p)
{
    for (int32_t i = 0; i < p->in->pin_count; i++) {
        struct plan_block b = p->in->pins[i];
        const struct plan_task *t = &p->in->tasks[b.task];
        bool early = false;
        for (int32_t k = t->first; k < t->first + t->count && b.until > p->in->now; k++) {
            int32_t before = p->in->prerequisites[k];
            struct plan_task *left = &p->tasks[before];
            bool lives = left->work > 0 && left->due > p->in->now;
            early |= p->last[before] > b.from || (lives && b.from <= p->in->now);
            if (lives && b.from > p->in->now)
                left->due = least(left->due, b.from);
        }
        if (early) /* what is before its earliest start is counted already */
            p->count.early += later(0, b.until - later(later(b.from, p->in->now), t->release));
    }
    for (int32_t j = 0; j < p->in->task_count; j++)
        for (int32_t k = p->tasks[j].first; k < p->tasks[j].first + p->tasks[j].count; k++)
            p->tasks[j].release = later(p->tasks[j].release, p->last[p->in->prerequisites[k]]);
}

static void cut_tasks(struct pinned *p)
{
    for (int32_t j = 0; j < p->in->task_count; j++) {
        p->tasks[j] = p->in->tasks[j];
        p->last[j] = INT32_MIN;
    }
    for (int32_t i = 0; i < p->in->pin_count; i++) {
        p->last[p->in->pins[i].task] = p->in->pins[i].until;
        struct plan_block b = p->in->pins[i];
        const struct plan_task *t = &p->in->tasks[b.task];
        int32_t from = later(b.from, p->in->now);
        if (b.until <= from)
            continue;
        int32_t used = least(b.until - from, p->tasks[b.task].work);
        int32_t ontime = t->due <= p->in->now ? 0 : later(0, least(used, t->due - from));
        p->tasks[b.task].work -= used;
        p->ontime[b.task] += ontime;
        p->late[b.task] += used - ontime;
        p->count.late += t->due > p->in->now ? used - ontime : 0;
        p->count.surplus += b.until - from - used;
        p->count.early += later(0, least(b.until, t->release) - from);
    }
    keep_order(p);
}

static enum status reduce(struct ctx *c, struct arena *a, const struct plan_input *in,
                          struct pinned *p)
{
    size_t days = (size_t)in->day_count + 1, tasks = (size_t)in->task_count + 1;
    *p = (struct pinned){.in = in, .rest = *in};
    p->days = ARENA_ARRAY(a, struct plan_day, days);
    p->windows =
        ARENA_ARRAY(a, struct plan_span, (size_t)in->window_count + (size_t)in->pin_count + 1);
    p->tasks = ARENA_ARRAY(a, struct plan_task, tasks);
    p->ontime = ARENA_ARRAY(a, int32_t, tasks);
    p->late = ARENA_ARRAY(a, int32_t, tasks);
    p->last = ARENA_ARRAY(a, int32_t, tasks);
    p->per_day = ARENA_ARRAY(a, int32_t, days);
    if (!p->days || !p->windows || !p->tasks || !p->ontime || !p->late || !p->last || !p->per_day)
        return fail_memory(c);
    p->rest.window_count = 0;
    cut_days(p);
    cut_tasks(p);
    p->rest.days = p->days;
    p->rest.pinned = p->per_day;
    p->rest.windows = p->windows;
    p->rest.tasks = p->tasks;
    return ST_OK;
}

/* The pins that are not past, between the blocks of the rest. */
static enum status merge_blocks(struct ctx *c, struct arena *a, const struct plan_input *in,
                                struct plan_result *out)
{
    size_t most = (size_t)out->block_count + (size_t)in->pin_count + 1;
    struct plan_block *all = ARENA_ARRAY(a, struct plan_block, most);
    if (!all)
        return fail_memory(c);
    int32_t n = 0, i = 0;
    for (int32_t k = 0; k < in->pin_count; k++) {
        if (in->pins[k].until <= in->now)
            continue;
        while (i < out->block_count && out->blocks[i].from < in->pins[k].from)
            all[n++] = out->blocks[i++];
        all[n++] = in->pins[k];
    }
    while (i < out->block_count)
        all[n++] = out->blocks[i++];
    out->blocks = all;
    out->block_count = n;
    return ST_OK;
}

/* Days as they are without pins, with what pins put on them. */
static void merge_days(struct pinned *p, const struct problem *whole, struct plan_day_load *days,
                       struct plan_result *out)
{
    out->capacity = out->maxload = 0;
    for (int32_t d = 0; d < p->in->day_count; d++) {
        int32_t done = p->in->days[d].done;
        struct plan_day_load *day = &days[d];
        day->free = whole->free[d];
        day->avail = whole->avail[d];
        day->capacity = whole->cap[d];
        day->pace = least(capacity_at(day->free, day->avail, done, p->in->pace), day->capacity);
        day->level = later(day->level + p->per_day[d], day->pace);
        day->load += p->per_day[d];
        out->capacity += day->capacity;
        out->maxload = later(out->maxload, day->load);
        p->count.over += later(0, day->load - day->capacity);
    }
}

static void merge_sums(const struct pinned *p, int32_t *planned, struct plan_result *out)
{
    for (int32_t j = 0; j < p->in->task_count; j++) {
        const struct plan_task *t = &p->in->tasks[j];
        planned[j] += p->ontime[j];
        if (t->due <= p->in->now)
            continue;
        out->ontime += p->ontime[j];
        out->deficit += p->late[j];
        out->deficit_full += p->late[j];
        out->wontime += (int64_t)p->ontime[j] * t->weight;
        out->most += p->ontime[j];
        out->bound += (int64_t)p->ontime[j] * t->weight;
        out->feasible &= p->late[j] == 0;
    }
}

enum status pins_solve(struct ctx *c, struct arena *a, const struct plan_input *in,
                       struct plan_result *out)
{
    struct problem whole;
    struct plan_result all = {0};
    struct pinned p;
    enum status s = problem_init(c, a, in, &whole, &all);
    if (!s)
        s = check_pins(c, in);
    if (!s)
        s = reduce(c, a, in, &p);
    if (!s)
        s = solve_rest(c, a, &p.rest, in, out);
    if (!s)
        s = merge_blocks(c, a, in, out);
    if (s)
        return s;
    out->overdue = all.overdue;
    out->overdue_count = all.overdue_count;
    out->total = all.total;
    /* Both were made for this result: nobody else has seen them yet. */
    merge_days(&p, &whole, (struct plan_day_load *)(uintptr_t)out->days, out);
    merge_sums(&p, (int32_t *)(uintptr_t)out->planned, out);
    out->pinned = p.count;
    return ST_OK;
}
