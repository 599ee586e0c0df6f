#include "plan/plan.h"

#include "plan/problem.h"

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

static enum status place_from_now(struct ctx *c, const struct problem *p,
                                  struct plan_day_load *days, int32_t *slack,
                                  struct plan_result *out)
{
    int32_t *work = ARENA_ARRAY(p->arena, int32_t, (size_t)p->deadlines + 1);
    int32_t *need = ARENA_ARRAY(p->arena, int32_t, (size_t)p->days + 1);
    if (!work || !need)
        return fail_memory(c);
    planned_work(p, out->planned, work);
    measure_slack(p, out->planned, work, slack);
    needs(p, work, need);
    enum status s = level_solve(c, p, need, days);
    return s ? s : edf_solve(c, p, out->planned, days, out);
}

static enum status place(struct ctx *c, const struct problem *p, struct plan_result *out)
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
    if (!p->axis)
        return place_from_now(c, p, days, slack, out);
    enum status s = later_slack(c, p, out->planned, slack);
    return s ? s : later_place(c, p, out->planned, days, out);
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

enum status plan_solve(struct ctx *c, struct arena *a, const struct plan_input *in,
                       struct plan_result *out)
{
    struct problem p;
    *out = (struct plan_result){0};
    enum status s = problem_init(c, a, in, &p, out);
    if (!s)
        s = intensity_solve(c, &p, out);
    if (!s)
        s = repair(c, &p, out);
    if (!s)
        s = value_solve(c, &p, out);
    if (!s)
        s = place(c, &p, out);
    return s;
}
