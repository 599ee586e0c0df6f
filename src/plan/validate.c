#include "plan/validate.h"

struct review {
    const struct plan_input *in; /* credited */
    const struct plan_block *blocks;
    int32_t n;
    struct plan_check *out;
    int32_t *ahead; /* per task, slots of blocks from now on */
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Splits the blocks at now: sums what lies ahead per task, takes a running block's elapsed part off
 * its task's work. */
static void credit(struct review *r, struct plan_task *tasks)
{
    int32_t now = r->in->now;
    r->out->ahead = r->n;
    for (int32_t i = r->n - 1; i >= 0; i--) {
        struct plan_block b = r->blocks[i];
        if (b.until <= now)
            continue;
        r->out->ahead = i;
        if (b.task < 0 || b.task >= r->in->task_count)
            continue;
        r->ahead[b.task] += b.until - later(b.from, now);
        if (b.from < now)
            tasks[b.task].work = later(0, tasks[b.task].work - (now - b.from));
    }
}

/* The latest ended blocks of a task first, until its uncovered work is accounted for. */
static void find_missed(struct review *r, int32_t *uncovered, int32_t *missed)
{
    for (int32_t j = 0; j < r->in->task_count; j++)
        uncovered[j] = r->in->tasks[j].work - r->ahead[j];
    int32_t count = 0;
    for (int32_t i = r->out->ahead - 1; i >= 0; i--) {
        struct plan_block b = r->blocks[i];
        if (b.task < 0 || b.task >= r->in->task_count || uncovered[b.task] <= 0)
            continue;
        uncovered[b.task] -= b.until - b.from;
        missed[count++] = i;
    }
    for (int32_t low = 0, high = count - 1; low < high; low++, high--) {
        int32_t swap = missed[low];
        missed[low] = missed[high];
        missed[high] = swap;
    }
    r->out->missed = missed;
    r->out->missed_count = count;
}

static enum plan_flaw check_block(const struct review *r, int32_t i)
{
    struct plan_block b = r->blocks[i];
    if (b.task < 0 || b.task >= r->in->task_count || r->in->tasks[b.task].work == 0)
        return PLAN_FLAW_TASK;
    if (b.until <= b.from || (i > 0 && b.from < r->blocks[i - 1].until))
        return PLAN_FLAW_ORDER;
    if (b.from >= r->in->now && b.from < r->in->tasks[b.task].release)
        return PLAN_FLAW_EARLY;
    return b.until > r->in->tasks[b.task].due ? PLAN_FLAW_DUE : PLAN_SOUND;
}

/* Each prerequisite that is to be planned finished before its task's first block. Where not all
 * fits, PLAN_MINUTES does not look at that. */
static enum plan_flaw check_prerequisites(const struct review *r)
{
    const struct plan_input *in = r->in;
    if (in->objective == PLAN_MINUTES && !r->out->fresh.feasible)
        return PLAN_SOUND;
    for (int32_t i = r->out->ahead; i < r->n; i++)
        r->ahead[r->blocks[i].task] -= r->blocks[i].until - later(r->blocks[i].from, in->now);
    enum plan_flaw flaw = PLAN_SOUND;
    for (int32_t i = r->out->ahead; i < r->n; i++) {
        const struct plan_task *t = &in->tasks[r->blocks[i].task];
        for (int32_t k = t->first; k < t->first + t->count; k++) {
            const struct plan_task *before = &in->tasks[in->prerequisites[k]];
            if (before->due > in->now && r->ahead[in->prerequisites[k]] < before->work)
                flaw = PLAN_FLAW_FIRST;
        }
        r->ahead[r->blocks[i].task] += r->blocks[i].until - later(r->blocks[i].from, in->now);
    }
    return flaw;
}

/* Every block in one free window and no day above its capacity; also the greatest overtime. */
static enum plan_flaw check_days(const struct review *r, int32_t *overtime)
{
    const struct plan_input *in = r->in;
    int32_t i = r->out->ahead;
    for (int32_t d = 0; d < in->day_count; d++) {
        int32_t load = 0;
        for (int32_t k = in->days[d].first; k < in->days[d].first + in->days[d].count; k++) {
            struct plan_span w = in->windows[k];
            for (; i < r->n && r->blocks[i].from < w.until; i++) {
                int32_t from = later(r->blocks[i].from, in->now);
                if (from < w.from || r->blocks[i].until > w.until)
                    return PLAN_FLAW_WINDOW;
                load += r->blocks[i].until - from;
            }
        }
        if (load > r->out->fresh.days[d].capacity)
            return PLAN_FLAW_CAPACITY;
        *overtime = later(*overtime, load - r->out->fresh.days[d].pace);
    }
    return i < r->n ? PLAN_FLAW_WINDOW : PLAN_SOUND;
}

/* What is planned ahead against what a new plan reaches. */
static enum plan_flaw check_value(const struct review *r)
{
    const struct plan_result *fresh = &r->out->fresh;
    int64_t slots = 0, weighted = 0, finished = 0, fresh_finished = 0;
    for (int32_t j = 0; j < r->in->task_count; j++) {
        const struct plan_task *t = &r->in->tasks[j];
        if (r->ahead[j] > t->work)
            return PLAN_FLAW_EXCESS;
        if (t->work == 0)
            continue;
        slots += r->ahead[j];
        weighted += (int64_t)r->ahead[j] * t->weight;
        finished += r->ahead[j] == t->work ? t->weight : 0;
        fresh_finished += fresh->planned[j] == t->work ? t->weight : 0;
    }
    bool worse =
        r->in->objective == PLAN_TASKS ? finished < fresh_finished : weighted < fresh->wontime;
    return slots < fresh->ontime || worse ? PLAN_FLAW_SHORT : PLAN_SOUND;
}

static enum plan_flaw judge(const struct review *r)
{
    int32_t overtime = 0, least = 0;
    for (int32_t i = r->out->ahead; i < r->n; i++) {
        enum plan_flaw flaw = check_block(r, i);
        if (flaw)
            return flaw;
    }
    enum plan_flaw flaw = check_prerequisites(r);
    if (!flaw)
        flaw = check_days(r, &overtime);
    if (!flaw)
        flaw = check_value(r);
    if (flaw)
        return flaw;
    for (int32_t d = 0; d < r->in->day_count; d++)
        least = later(least, r->out->fresh.days[d].load - r->out->fresh.days[d].pace);
    return overtime > least + 1 ? PLAN_FLAW_UNEVEN : PLAN_SOUND;
}

enum status plan_validate(struct ctx *c, struct arena *a, const struct plan_input *in,
                          const struct plan_block *blocks, int32_t n, struct plan_check *out)
{
    size_t tasks = (size_t)in->task_count + 1;
    *out = (struct plan_check){.credited = *in};
    struct review r = {.in = &out->credited, .blocks = blocks, .n = n, .out = out};
    struct plan_task *credited = ARENA_ARRAY(a, struct plan_task, tasks);
    int32_t *uncovered = ARENA_ARRAY(a, int32_t, tasks);
    int32_t *missed = ARENA_ARRAY(a, int32_t, (size_t)n + 1);
    r.ahead = ARENA_ARRAY(a, int32_t, tasks);
    if (!credited || !uncovered || !missed || !r.ahead)
        return fail_memory(c);
    for (int32_t j = 0; j < in->task_count; j++)
        credited[j] = in->tasks[j];
    out->credited.tasks = credited;
    credit(&r, credited);
    enum status s = plan_solve(c, a, &out->credited, &out->fresh);
    if (s)
        return s;
    find_missed(&r, uncovered, missed);
    out->flaw = judge(&r);
    return ST_OK;
}
