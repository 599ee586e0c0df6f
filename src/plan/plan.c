#include "plan/plan.h"

#include "plan/problem.h"
#include "plan/sessions.h"

static void measure_days(const struct problem *p, struct plan_day_load *days,
                         struct plan_result *out)
{
    for (int32_t d = 0; d < p->days; d++) {
        int32_t done = p->in->days[d].done;
        int32_t pace = capacity_at(p->free[d], p->avail[d], done, p->in->pace);
        days[d] = (struct plan_day_load){.free = p->free[d],
                                         .avail = p->avail[d],
                                         .capacity = p->cap[d],
                                         .pace = pace < p->cap[d] ? pace : p->cap[d]};
        out->capacity += p->cap[d];
    }
}

/* Cumulative planned work per deadline. */
static void planned_work(const struct problem *p, const int32_t *planned, int32_t *work)
{
    int32_t sum = 0, i = 0;
    for (int32_t k = 0; k < p->deadlines; k++) {
        while (i < p->deadline[k].last)
            sum += planned[p->order[i++]];
        work[k] = sum;
    }
}

/* A task's slack is the least C(t) − work planned by t over the deadlines from its own on. */
static void measure_slack(const struct problem *p, const int32_t *planned, const int32_t *work,
                          int32_t *slack)
{
    int32_t least = INT32_MAX;
    for (int32_t k = p->deadlines - 1, i = p->count - 1; k >= 0; k--) {
        int32_t here = p->room[k] - work[k];
        least = here < least ? here : least;
        for (; i >= 0 && i >= (k ? p->deadline[k - 1].last : 0); i--) {
            int32_t j = p->order[i];
            slack[j] = planned[j] == p->in->tasks[j].work ? least : -1;
        }
    }
}

static enum status slack_from_now(struct ctx *c, const struct problem *p, const int32_t *planned,
                                  int32_t *slack)
{
    struct arena_mark mark = arena_mark(p->arena);
    int32_t *work = ARENA_RAW_ARRAY(p->arena, int32_t, (size_t)p->deadlines + 1);
    if (!work)
        return fail_memory(c);
    planned_work(p, planned, work);
    measure_slack(p, planned, work, slack);
    arena_rewind(p->arena, mark);
    return ST_OK;
}

static enum status place_from_now(struct ctx *c, const struct problem *p,
                                  struct plan_day_load *days, struct plan_result *out)
{
    struct arena_mark mark = arena_mark(p->arena);
    int32_t *work = ARENA_RAW_ARRAY(p->arena, int32_t, (size_t)p->deadlines + 1);
    int32_t *need = ARENA_RAW_ARRAY(p->arena, int32_t, (size_t)p->days + 1);
    if (!work || !need)
        return fail_memory(c);
    planned_work(p, out->planned, work);
    needs(p, work, need);
    enum status s = level_solve(c, p, need, days);
    arena_rewind(p->arena, mark);
    return s ? s : edf_solve(c, p, out->planned, days, out);
}

/* When each task may be worked on while sessions move: between its dates, and a prerequisite
 * before, its successor after the successor's first slot in the plan as it stands. */
static void bound_tasks(const struct problem *p, const struct sessions *s, int32_t *earliest,
                        int32_t *due)
{
    const struct plan_input *in = p->in;
    for (int32_t j = 0; j < in->task_count; j++) {
        earliest[j] = p->release[j];
        due[j] = p->due[j];
    }
    if (!p->topological)
        return;
    int32_t *seen = earliest + in->task_count; /* whether the first block came by */
    for (int32_t i = 0; i < s->count; i++) {
        int32_t j = s->blocks[i].task, from = s->blocks[i].from;
        const struct plan_task *t = &in->tasks[j];
        if (seen[j]++ || t->count == 0)
            continue;
        earliest[j] = from > earliest[j] ? from : earliest[j];
        for (int32_t k = t->first; k < t->first + t->count; k++) {
            int32_t *before = &due[in->prerequisites[k]];
            *before = from < *before ? from : *before;
        }
    }
}

/* The last step: the same work, arranged as the student likes it. */
static enum status shape_sessions(struct ctx *c, const struct problem *p,
                                  const struct plan_input *whole, struct plan_day_load *days,
                                  struct plan_result *out)
{
    const struct plan_input *in = p->in;
    if (!sessions_wanted(in))
        return ST_OK;
    int32_t *due = ARENA_ARRAY(p->arena, int32_t, (size_t)in->task_count + 1);
    int32_t *earliest = ARENA_ARRAY(p->arena, int32_t, 2 * (size_t)in->task_count + 1);
    int32_t *planned = ARENA_ARRAY(p->arena, int32_t, (size_t)in->task_count + 1);
    struct plan_block *pins =
        ARENA_ARRAY(p->arena, struct plan_block, (size_t)whole->pin_count + 1);
    int32_t reach = days_of_work(whole);
    struct sessions s = {.in = in,
                         .reach = reach,
                         .planned = planned,
                         .fixed = pins,
                         .earliest = earliest,
                         .due = due,
                         .days = days,
                         .count = out->block_count,
                         .room = 2 * out->block_count + windows_of_days(in, reach)};
    s.blocks = ARENA_ARRAY(p->arena, struct plan_block, (size_t)s.room + 1);
    if (!due || !earliest || !planned || !pins || !s.blocks)
        return fail_memory(c);
    for (int32_t j = 0; j < in->task_count; j++)
        planned[j] = out->planned[j];
    for (int32_t i = 0; i < whole->pin_count; i++) {
        struct plan_block pin = whole->pins[i];
        if (pin.until <= in->now)
            continue;
        pin.from = pin.from > in->now ? pin.from : in->now;
        planned[pin.task] += pin.until - pin.from;
        pins[s.fixed_count++] = pin;
    }
    for (int32_t i = 0; i < s.count; i++)
        s.blocks[i] = out->blocks[i];
    bound_tasks(p, &s, earliest, due);
    enum status st = sessions_shape(c, p->arena, &s);
    out->blocks = s.blocks;
    out->block_count = s.count;
    out->friction = s.friction;
    out->friction_bound = s.friction_bound;
    out->maxload = 0;
    for (int32_t d = 0; d < p->days; d++)
        out->maxload = days[d].load > out->maxload ? days[d].load : out->maxload;
    return st;
}

static enum status place(struct ctx *c, const struct problem *p, const struct plan_input *whole,
                         struct plan_result *out)
{
    struct plan_day_load *days = ARENA_ARRAY(p->arena, struct plan_day_load, (size_t)p->days + 1);
    int32_t *slack = ARENA_ARRAY(p->arena, int32_t, (size_t)p->in->task_count + 1);
    if (!days || !slack)
        return fail_memory(c);
    measure_days(p, days, out);
    for (int32_t j = 0; j < p->in->task_count; j++)
        slack[j] = -1;
    out->days = days;
    out->slack = slack;
    enum status s = p->axis ? later_slack(c, p, out->planned, slack)
                            : slack_from_now(c, p, out->planned, slack);
    struct problem near = *p;
    if (!s && p->in->buffer > 0)
        s = buffer_solve(c, p, days, out, &near);
    if (!s)
        s = p->axis ? later_place(c, &near, out->planned, days, out)
                    : place_from_now(c, &near, days, out);
    return s ? s : shape_sessions(c, &near, whole, days, out);
}

static enum status repair(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    if (out->feasible)
        return ST_OK;
    if (p->axis)
        return later_repair(c, p, out);
    repair_solve(p, out);
    return ST_OK;
}

enum status solve_rest(struct ctx *c, struct arena *a, const struct plan_input *in,
                       const struct plan_input *whole, struct plan_result *out)
{
    struct problem p;
    *out = (struct plan_result){0};
    enum status s = problem_init(c, a, in, &p, out);
    if (!s)
        s = sessions_check(c, in);
    if (!s)
        s = intensity_solve(c, &p, out);
    if (!s)
        s = repair(c, &p, out);
    if (!s)
        s = value_solve(c, &p, out);
    if (!s)
        s = place(c, &p, whole, out);
    return s;
}

enum status plan_solve(struct ctx *c, struct arena *a, const struct plan_input *in,
                       struct plan_result *out)
{
    return in->pin_count > 0 ? pins_solve(c, a, in, out) : solve_rest(c, a, in, in, out);
}
