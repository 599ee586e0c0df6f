#include "plan/revise.h"

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Sums up what `blocks` put on days and finish of tasks. */
static void count_blocks(const struct plan_input *in, struct plan_day_load *days, int32_t *planned,
                         struct plan_result *out)
{
    int32_t d = 0;
    for (int32_t i = 0; i < out->block_count; i++) {
        struct plan_block b = out->blocks[i];
        const struct plan_task *t = &in->tasks[b.task];
        int32_t from = later(b.from, in->now);
        while (d < in->day_count && in->days[d].end <= from)
            d++;
        if (d < in->day_count)
            days[d].load += b.until - from;
        if (t->due > in->now)
            planned[b.task] =
                least(t->work, planned[b.task] + later(0, least(b.until, t->due) - from));
    }
    out->maxload = 0;
    for (d = 0; d < in->day_count; d++) {
        days[d].level = later(days[d].level, days[d].load);
        out->maxload = later(out->maxload, days[d].load);
    }
}

/* `goal` with other blocks, as good as its own: what depends on them is counted anew. */
static enum status dress(struct ctx *c, struct arena *a, const struct plan_input *in,
                         const struct plan_result *goal, const struct plan_block *blocks, int32_t n,
                         struct plan_result *out)
{
    struct plan_day_load *days = ARENA_ARRAY(a, struct plan_day_load, (size_t)in->day_count + 1);
    int32_t *planned = ARENA_ARRAY(a, int32_t, (size_t)in->task_count + 1);
    int32_t *slack = ARENA_ARRAY(a, int32_t, (size_t)in->task_count + 1);
    if (!days || !planned || !slack)
        return fail_memory(c);
    *out = *goal;
    out->blocks = blocks;
    out->block_count = n;
    for (int32_t d = 0; d < in->day_count; d++) {
        days[d] = goal->days[d];
        days[d].load = 0;
    }
    count_blocks(in, days, planned, out);
    out->ontime = 0;
    out->wontime = 0;
    for (int32_t j = 0; j < in->task_count; j++) {
        const struct plan_task *t = &in->tasks[j];
        bool whole = t->work > 0 && planned[j] == t->work;
        out->ontime += planned[j];
        out->wontime += (int64_t)planned[j] * t->weight;
        bool alike = goal->planned[j] == planned[j];
        slack[j] = !whole ? -1 : alike ? goal->slack[j] : 0;
    }
    out->gap = in->objective == PLAN_MINUTES ? goal->gap : goal->bound - out->wontime;
    out->days = days;
    out->planned = planned;
    out->slack = slack;
    return ST_OK;
}

/* Whether a plan goes on with a block that has begun. */
static bool goes_on(const struct plan_result *plan, struct plan_block begun)
{
    for (int32_t i = 0; i < plan->block_count && plan->blocks[i].from <= begun.from; i++)
        if (plan->blocks[i].task == begun.task && plan->blocks[i].from == begun.from)
            return true;
    return false;
}

/* Takes the blocks that have begun, and with which the plan does not go on, out of `others`;
 * whether there are any. */
static bool give_up(const struct plan_input *in, const struct plan_result *plan,
                    struct plan_block *others, int32_t n)
{
    bool found = false;
    for (int32_t i = 0; i < n && others[i].from < in->now; i++)
        if (others[i].task >= 0 && plan_under_way(in, others[i]) && !goes_on(plan, others[i])) {
            others[i].task = -1;
            found = true;
        }
    return found;
}

static enum status renew(struct ctx *c, struct arena *a, const struct plan_block *blocks, int32_t n,
                         enum plan_keep keep, const struct plan_check *check,
                         struct plan_result *out)
{
    struct plan_result made;
    enum status s = plan_renew(c, a, blocks, n, keep, check, &made);
    if (!s)
        s = dress(c, a, &check->credited, &check->fresh, made.blocks, made.block_count, out);
    if (s)
        return s;
    out->friction = made.friction;
    out->friction_bound = made.friction_bound;
    return ST_OK;
}

/* Once more, if a block that has begun is given up: it does not count as worked on, so all of its
 * work is planned. */
static enum status renew_given_up(struct ctx *c, struct arena *a, const struct plan_input *in,
                                  const struct plan_block *blocks, int32_t n, enum plan_keep keep,
                                  struct plan_check *check, struct plan_result *out)
{
    struct plan_check without;
    struct plan_block *others = ARENA_ARRAY(a, struct plan_block, (size_t)n + 1);
    if (!others)
        return fail_memory(c);
    for (int32_t i = 0; i < n; i++)
        others[i] = blocks[i];
    if (!give_up(in, out, others, n))
        return ST_OK;
    enum status s = plan_validate(c, a, in, others, n, &without);
    if (s)
        return s;
    check->credited = without.credited;
    check->fresh = without.fresh;
    return renew(c, a, others, n, keep, check, out);
}

enum status plan_revise(struct ctx *c, struct arena *a, const struct plan_input *in,
                        const struct plan_block *blocks, int32_t n, enum plan_keep keep,
                        struct plan_check *check, struct plan_result *out)
{
    enum status s = plan_validate(c, a, in, blocks, n, check);
    if (s)
        return s;
    if (keep != PLAN_KEEP_ALL || !plan_holds(check)) {
        s = renew(c, a, blocks, n, keep, check, out);
        return s ? s : renew_given_up(c, a, in, blocks, n, keep, check, out);
    }
    int32_t ahead = n - check->ahead;
    struct plan_block *kept = ARENA_ARRAY(a, struct plan_block, (size_t)ahead + 1);
    if (!kept)
        return fail_memory(c);
    for (int32_t i = 0; i < ahead; i++)
        kept[i] = blocks[check->ahead + i];
    s = dress(c, a, &check->credited, &check->fresh, kept, ahead, out);
    out->friction_bound = -1;
    return s;
}

/* Slots of [from, until) on which `before` has the same task. */
static int32_t unmoved(const struct plan_block *before, int32_t n, int32_t task, int32_t from,
                       int32_t until)
{
    int32_t same = 0;
    for (int32_t i = 0; i < n && before[i].from < until; i++)
        if (before[i].task == task)
            same += later(0, least(before[i].until, until) - later(before[i].from, from));
    return same;
}

int64_t plan_moved(const struct plan_block *before, int32_t n, const struct plan_block *after,
                   int32_t m, int32_t now)
{
    int64_t moved = 0;
    int32_t near = now + 2 * PLAN_NEAR;
    for (int32_t i = 0, k = 0; i < m; i++) {
        struct plan_block b = after[i];
        while (k < n && before[k].until <= b.from)
            k++;
        int32_t from = later(b.from, now), edge = later(from, least(b.until, near));
        if (from >= b.until)
            continue;
        int32_t soon = edge - from - unmoved(before + k, n - k, b.task, from, edge);
        int32_t far = b.until - edge - unmoved(before + k, n - k, b.task, edge, b.until);
        moved += (int64_t)PLAN_NEAR_WEIGHT * soon + far;
    }
    return moved;
}
