#include "plan/problem.h"

/*
 * Buffers: by when each task is to be finished. With every day used up to its capacity, earliest
 * due date first, a task that cannot be finished `buffer` before the due date that counts is
 * finished as early as those due before it leave possible (docs/planner.md): that, or the date less
 * the buffer, is the date it is placed by; so is what is planned of a task that is cut. The buffer
 * is the same for all, so these dates keep the order, and a prerequisite's is not behind that of
 * what waits for it.
 */

/* Slot at which each task ends when days are used up to their capacity. */
static enum status finish_early(struct ctx *c, const struct problem *p,
                                const struct plan_day_load *days, const int32_t *planned,
                                struct plan_result *out)
{
    struct plan_day_load *full = ARENA_ARRAY(p->arena, struct plan_day_load, (size_t)p->days + 1);
    if (!full)
        return fail_memory(c);
    for (int32_t d = 0; d < p->days; d++)
        full[d].level = days[d].capacity;
    return p->axis ? later_fill(c, p, planned, full, out) : edf_solve(c, p, planned, full, out);
}

enum status buffer_solve(struct ctx *c, const struct problem *p, const struct plan_day_load *days,
                         struct plan_result *out, struct problem *near)
{
    const struct plan_task *tasks = p->in->tasks;
    struct plan_result early = {0};
    int32_t *by = ARENA_ARRAY(p->arena, int32_t, (size_t)p->in->task_count + 1);
    int32_t *due = ARENA_ARRAY(p->arena, int32_t, (size_t)p->in->task_count + 1);
    if (!by || !due)
        return fail_memory(c);
    enum status s = finish_early(c, p, days, out->planned, &early);
    if (s)
        return s;
    for (int32_t j = 0; j < p->in->task_count; j++) {
        by[j] = tasks[j].due;
        due[j] = p->due[j];
    }
    for (int32_t i = 0; i < p->count; i++) {
        int32_t j = p->order[i];
        if (out->planned[j] > 0)
            by[j] = p->due[j] - p->in->buffer;
    }
    for (int32_t i = 0; i < early.block_count; i++) {
        struct plan_block b = early.blocks[i];
        by[b.task] = b.until > by[b.task] ? b.until : by[b.task];
    }
    for (int32_t i = 0; i < p->count; i++) {
        int32_t j = p->order[i];
        due[j] = by[j] < due[j] ? by[j] : due[j];
    }
    out->by = by;
    return problem_hasten(c, p, due, near);
}
