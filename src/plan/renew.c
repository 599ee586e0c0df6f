#include "plan/renew.h"

#include <string.h>

#include "plan/problem.h"
#include "plan/sessions.h"

struct renewal {
    struct ctx *c;
    struct arena *arena;
    const struct plan_input *whole; /* what is asked */
    const struct plan_input *in;    /* the same, due when the goal has tasks finished */
    struct plan_input hastened;
    struct plan_input plain;        /* that without wishes: what is tried, many times */
    const struct plan_result *goal; /* the best, made without wishes */
    int32_t crest;                  /* overtime that a day may have, */
    int32_t overtimes;              /* and all together: as the goal, or as the old plan if more */
    enum plan_keep keep;
    struct plan_block *old;
    int32_t count;
    bool *kept; /* of old */
    struct plan_block *pins;
    int32_t tries; /* that may still be made */
    int32_t *held; /* per day: slots of what is kept or pinned */
    /* Whether a scan answers what else takes a plan; then `problem` is what is to be planned, and
     * `level` what each day may hold. */
    bool simple;
    struct problem problem;
    int32_t *level;
    int32_t *left; /* per task: work that kept blocks do not do */
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The first free window that ends behind `at`, or window_count. */
static int32_t window_at(const struct plan_input *in, int32_t at)
{
    int32_t low = 0, high = in->window_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (in->windows[middle].until <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a pin of the student's lies over [from, until). */
static bool pinned_over(const struct plan_input *in, int32_t from, int32_t until)
{
    for (int32_t i = 0; i < in->pin_count; i++)
        if (in->pins[i].from < until && in->pins[i].until > from)
            return true;
    return false;
}

/* The old blocks that could stay: ahead, not too far where only the near ones matter, in a free
 * window, between their task's dates, no more of a task than it still needs, and where it matters
 * by no wish elsewhere. */
static void gather(struct renewal *r, const struct plan_block *blocks, int32_t n, int32_t *work)
{
    const struct plan_input *in = r->in;
    for (int32_t j = 0; j < in->task_count; j++)
        work[j] = in->tasks[j].work;
    for (int32_t i = 0; i < in->pin_count; i++)
        work[in->pins[i].task] -= later(0, in->pins[i].until - later(in->pins[i].from, in->now));
    for (int32_t i = 0; i < n; i++) {
        struct plan_block b = blocks[i];
        if (r->keep != PLAN_KEEP_ALL && b.from >= in->now + PLAN_NEAR)
            break;
        if (b.task < 0 || b.task >= in->task_count || b.until <= in->now)
            continue;
        const struct plan_task *t = &in->tasks[b.task];
        int32_t from = later(b.from, in->now), w = window_at(in, from);
        if (work[b.task] <= 0 || b.until > t->due || from < t->release || w == in->window_count ||
            from < in->windows[w].from || pinned_over(in, from, b.until))
            continue;
        if (r->keep == PLAN_KEEP_WISHED && b.from >= in->now && sessions_against(in, blocks, n, i))
            continue;
        b.until = least(least(b.until, in->windows[w].until), from + work[b.task]);
        work[b.task] -= b.until - from;
        r->old[r->count++] = b;
    }
}

/* The student's pins and the kept blocks, ascending. */
static int32_t merge_pins(struct renewal *r)
{
    int32_t n = 0, p = 0;
    for (int32_t i = 0; i < r->count; i++) {
        if (!r->kept[i])
            continue;
        while (p < r->in->pin_count && r->in->pins[p].from < r->old[i].from)
            r->pins[n++] = r->in->pins[p++];
        r->pins[n++] = r->old[i];
    }
    while (p < r->in->pin_count)
        r->pins[n++] = r->in->pins[p++];
    return n;
}

static int64_t finished(const struct plan_input *in, const struct plan_result *result)
{
    int64_t weight = 0;
    for (int32_t j = 0; j < in->task_count; j++)
        if (in->tasks[j].work > 0 && result->planned[j] >= in->tasks[j].work)
            weight += in->tasks[j].weight;
    return weight;
}

static int32_t overtime_of(const struct plan_input *in, const struct plan_result *result)
{
    int32_t most = 0;
    for (int32_t d = 0; d < in->day_count; d++)
        most = later(most, result->days[d].load - result->days[d].pace);
    return most;
}

static int32_t overtimes_of(const struct plan_input *in, const struct plan_result *result)
{
    int32_t sum = 0;
    for (int32_t d = 0; d < in->day_count; d++)
        sum += later(0, result->days[d].load - result->days[d].pace);
    return sum;
}

/* Adds what blocks put on days to `held`. */
static void hold_blocks(struct renewal *r, const struct plan_block *blocks, int32_t n,
                        const bool *counts)
{
    const struct plan_input *in = r->in;
    for (int32_t i = 0, d = 0; i < n; i++) {
        int32_t from = later(blocks[i].from, in->now);
        while (d < in->day_count && in->days[d].end <= from)
            d++;
        if (d < in->day_count && blocks[i].until > from && (!counts || counts[i]))
            r->held[d] += blocks[i].until - from;
    }
}

/* Overtime of what is kept or pinned. */
static int32_t held_overtimes(struct renewal *r)
{
    const struct plan_input *in = r->in;
    int32_t sum = 0;
    memset(r->held, 0, (size_t)in->day_count * sizeof *r->held);
    hold_blocks(r, r->old, r->count, r->kept);
    hold_blocks(r, in->pins, in->pin_count, NULL);
    for (int32_t d = 0; d < in->day_count; d++)
        sum += later(0, r->held[d] - r->goal->days[d].pace);
    return sum;
}

/* Whether a kept block waits for a task that is not finished: begun, it would be work in vain. */
static bool waits_in_vain(const struct renewal *r, const struct plan_result *out)
{
    const struct plan_input *in = r->in;
    for (int32_t i = 0; i < r->count; i++) {
        const struct plan_task *t = &in->tasks[r->old[i].task];
        for (int32_t k = t->first; r->kept[i] && k < t->first + t->count; k++) {
            int32_t before = in->prerequisites[k];
            const struct plan_task *b = &in->tasks[before];
            if (b->work > 0 && b->due > in->now && out->planned[before] < b->work)
                return true;
        }
    }
    return false;
}

static bool is_as_good(struct renewal *r, const struct plan_result *out)
{
    const struct plan_result *goal = r->goal;
    const struct plan_input *in = r->in;
    return out->ontime >= goal->ontime && out->deficit <= goal->deficit &&
           out->pinned.over <= goal->pinned.over && out->pinned.early <= goal->pinned.early &&
           (in->objective == PLAN_TASKS ? finished(in, out) >= finished(in, goal)
                                        : out->wontime >= goal->wontime) &&
           overtime_of(in, out) <= r->crest && overtimes_of(in, out) <= r->overtimes &&
           !waits_in_vain(r, out);
}

/* Slots of kept blocks on day `d` before `until`; `at` walks along. */
static int32_t held_before(const struct renewal *r, int32_t *at, int32_t d, int32_t until)
{
    int32_t slots = 0;
    while (*at < r->count && later(r->old[*at].from, r->in->now) < r->in->days[d].beg)
        ++*at;
    for (int32_t i = *at; i < r->count && r->old[i].from < until; i++)
        if (r->kept[i])
            slots += least(r->old[i].until, until) - later(r->old[i].from, r->in->now);
    return slots;
}

static void count_left(struct renewal *r)
{
    for (int32_t j = 0; j < r->in->task_count; j++)
        r->left[j] = r->in->tasks[j].work;
    for (int32_t i = 0; i < r->count; i++)
        if (r->kept[i])
            r->left[r->old[i].task] -= r->old[i].until - later(r->old[i].from, r->in->now);
}

/* No day holds more than its level. */
static bool is_level(const struct renewal *r)
{
    for (int32_t d = 0; d < r->in->day_count; d++)
        if (r->held[d] > r->level[d])
            return false;
    return true;
}

/*
 * Whether everything is on time around the kept blocks, with no day above its level and no overtime
 * that need not be. Where every task may start now the first is so iff at every due date what is
 * left fits into what the kept blocks leave: the condition of problem.h, with the kept slots taken
 * off both sides. By as much as it does not fit into what they leave of the pace, the rest needs
 * overtime.
 */
static bool fits(struct renewal *r)
{
    const struct problem *p = &r->problem;
    int32_t at = 0, d = 0, room = 0, calm = 0, work = 0, lack = 0, held = held_overtimes(r);
    if (!is_level(r))
        return false;
    count_left(r);
    for (int32_t k = 0; k < p->deadlines; k++) {
        const struct deadline *due = &p->deadline[k];
        for (; d < due->whole; d++) {
            room += r->level[d] - r->held[d];
            calm += later(0, r->goal->days[d].pace - r->held[d]);
        }
        int32_t level = 0, pace = 0;
        if (d < p->days) {
            int32_t part = due->part - held_before(r, &at, d, due->at);
            level = least(part, r->level[d] - r->held[d]);
            pace = least(part, later(0, r->goal->days[d].pace - r->held[d]));
        }
        for (int32_t i = k > 0 ? p->deadline[k - 1].last : 0; i < due->last; i++)
            work += r->left[p->order[i]];
        if (work > room + level)
            return false;
        lack = later(lack, work - calm - pace);
    }
    return lack + held <= r->overtimes;
}

/* Whether a plan around the kept blocks is as good as the goal. */
static enum status holds(struct renewal *r, bool *good)
{
    struct plan_input in = r->plain;
    struct plan_result out;
    r->tries--;
    if (r->simple) {
        *good = fits(r);
        return ST_OK;
    }
    struct arena_mark mark = arena_mark(r->arena);
    in.pin_count = merge_pins(r);
    in.pins = r->pins;
    enum status s = plan_solve(r->c, r->arena, &in, &out);
    if (s)
        return s;
    *good = is_as_good(r, &out);
    arena_rewind(r->arena, mark);
    return ST_OK;
}

/* Keeps what can be kept of old[from … until): all of it, or else of its halves. */
static enum status keep_some(struct renewal *r, int32_t from, int32_t until)
{
    bool good = false;
    if (from >= until || r->tries <= 0)
        return ST_OK;
    for (int32_t i = from; i < until; i++)
        r->kept[i] = true;
    enum status s = holds(r, &good);
    if (s || good)
        return s;
    for (int32_t i = from; i < until; i++)
        r->kept[i] = false;
    if (until - from == 1)
        return ST_OK;
    int32_t middle = from + (until - from) / 2;
    s = keep_some(r, from, middle);
    return s ? s : keep_some(r, middle, until);
}

/* The block that has begun, then what else could stay. */
static enum status keep_near(struct renewal *r)
{
    int32_t begun = 0;
    while (begun < r->count && r->old[begun].from < r->in->now)
        begun++;
    enum status s = keep_some(r, 0, begun);
    return s ? s : keep_some(r, begun, r->count);
}

static bool is_pin(const struct plan_input *in, struct plan_block b)
{
    for (int32_t i = 0; i < in->pin_count; i++)
        if (in->pins[i].task == b.task && in->pins[i].from == b.from)
            return true;
    return false;
}

/* Neighbours of one task in one window become one block again; pins stay for themselves. */
static void join_blocks(const struct plan_input *in, struct plan_block *blocks, int32_t *count)
{
    int32_t n = 0;
    for (int32_t i = 0; i < *count; i++) {
        struct plan_block b = blocks[i];
        struct plan_block *last = n > 0 ? &blocks[n - 1] : NULL;
        int32_t w = last ? window_at(in, later(last->from, in->now)) : 0;
        bool joins = last && last->task == b.task && last->until == b.from &&
                     w < in->window_count && b.from < in->windows[w].until && !is_pin(in, *last) &&
                     !is_pin(in, b);
        if (joins)
            last->until = b.until;
        else
            blocks[n++] = b;
    }
    *count = n;
}

/* Buffers, settled by the goal, as due dates. */
static enum status hasten(struct renewal *r)
{
    r->in = r->whole;
    if (!r->goal->by)
        return ST_OK;
    size_t count = (size_t)r->whole->task_count + 1;
    struct plan_task *tasks = ARENA_ARRAY(r->arena, struct plan_task, count);
    int32_t *by = ARENA_ARRAY(r->arena, int32_t, count);
    if (!tasks || !by)
        return fail_memory(r->c);
    plan_finish_by(r->whole, r->goal, by);
    for (int32_t j = 0; j < r->whole->task_count; j++) {
        tasks[j] = r->whole->tasks[j];
        tasks[j].due = by[j];
    }
    r->hastened = *r->whole;
    r->hastened.tasks = tasks;
    r->hastened.buffer = 0;
    r->in = &r->hastened;
    return ST_OK;
}

/* Where all fits, every task may start now and nothing is pinned, a scan tells what can be kept. */
static enum status begin_simple(struct renewal *r)
{
    const struct plan_input *in = r->in;
    struct plan_result overdue = {0};
    r->simple = false;
    if (r->goal->deficit > 0 || in->pin_count > 0)
        return ST_OK;
    enum status s = problem_init(r->c, r->arena, &r->plain, &r->problem, &overdue);
    if (s || r->problem.later || r->problem.topological)
        return s;
    r->level = ARENA_ARRAY(r->arena, int32_t, (size_t)in->day_count + 1);
    r->left = ARENA_ARRAY(r->arena, int32_t, (size_t)in->task_count + 1);
    if (!r->level || !r->left)
        return fail_memory(r->c);
    for (int32_t d = 0; d < in->day_count; d++)
        r->level[d] = least(r->problem.cap[d], r->goal->days[d].pace + r->crest);
    r->simple = true;
    return ST_OK;
}

/* As many tries as take about as long in every problem; a scan is some forty times as quick. */
static int32_t tries_of(const struct renewal *r)
{
    int32_t days = days_of_work(r->whole);
    int32_t each = r->in->task_count + days + windows_of_days(r->whole, days);
    int32_t cheap = r->simple ? 10 : 1;
    return least(PLAN_RENEW_TRIES * cheap, 1 + PLAN_RENEW_TASKS * cheap / (each + 1));
}

static enum status begin(struct renewal *r, int32_t n, int32_t **work)
{
    const struct plan_input *in = r->in;
    r->crest = overtime_of(in, r->goal) + plan_uneven(in);
    r->held = ARENA_ARRAY(r->arena, int32_t, (size_t)in->day_count + 1);
    r->old = ARENA_ARRAY(r->arena, struct plan_block, (size_t)n + 1);
    r->kept = ARENA_ARRAY(r->arena, bool, (size_t)n + 1);
    r->pins = ARENA_ARRAY(r->arena, struct plan_block, (size_t)(n + in->pin_count) + 1);
    *work = ARENA_ARRAY(r->arena, int32_t, (size_t)in->task_count + 1);
    return r->held && r->old && r->kept && r->pins && *work ? begin_simple(r) : fail_memory(r->c);
}

/* Joins the plan's blocks, behind the one of the old plan that is under way and ends now: nothing
 * of it is left to plan. */
static enum status finish_blocks(struct renewal *r, const struct plan_block *old, int32_t n,
                                 struct plan_result *out)
{
    size_t room = (size_t)n + (size_t)out->block_count + 1;
    struct plan_block *list = ARENA_ARRAY(r->arena, struct plan_block, room);
    if (!list)
        return fail_memory(r->c);
    int32_t ending = 0, rest = out->block_count;
    for (int32_t i = 0; i < n && old[i].from < r->in->now; i++)
        if (old[i].task >= 0 && old[i].until == r->in->now && plan_under_way(r->in, old[i]))
            list[ending++] = old[i];
    for (int32_t i = 0; i < rest; i++)
        list[ending + i] = out->blocks[i];
    join_blocks(r->in, list + ending, &rest);
    out->blocks = list;
    out->block_count = ending + rest;
    return ST_OK;
}

/* The plan around all that can be kept. */
static enum status plan_around(struct renewal *r, struct plan_result *made)
{
    struct plan_input around = *r->in;
    r->tries = tries_of(r);
    enum status s = r->keep == PLAN_KEEP_ALL ? keep_some(r, 0, r->count) : keep_near(r);
    if (s)
        return s;
    around.pin_count = merge_pins(r);
    around.pins = r->pins;
    around.crest = r->keep == PLAN_KEEP_ALL ? r->crest : 0;
    return plan_solve(r->c, r->arena, &around, made);
}

enum status plan_renew(struct ctx *c, struct arena *a, const struct plan_block *blocks, int32_t n,
                       enum plan_keep keep, const struct plan_check *check, struct plan_result *out)
{
    struct renewal r = {
        .c = c, .arena = a, .whole = &check->credited, .goal = &check->fresh, .keep = keep};
    int32_t *work;
    enum status s = hasten(&r);
    if (!s)
        s = sessions_without(c, a, r.in, &r.plain);
    if (!s)
        s = begin(&r, n, &work);
    if (s)
        return s;
    gather(&r, blocks, n, work);
    memset(r.kept, 1, (size_t)r.count * sizeof *r.kept);
    r.overtimes = later(overtimes_of(r.in, r.goal), held_overtimes(&r));
    memset(r.kept, 0, (size_t)r.count * sizeof *r.kept);
    s = plan_around(&r, out);
    if (!s && r.simple && !is_as_good(&r, out)) {
        /* As good a plan exists, but wishes, or ties between days, made another of it. */
        r.simple = false;
        memset(r.kept, 0, (size_t)r.count * sizeof *r.kept);
        s = plan_around(&r, out);
    }
    /* Where tasks are cut, another search, by the dates of buffers, may cut others: rather a plan
     * from nothing, which is as good, than one that keeps more. */
    if (!s && !is_as_good(&r, out))
        s = plan_solve(c, a, r.whole, out);
    return s ? s : finish_blocks(&r, blocks, n, out);
}
