#include "plan/axis.h"

#include <assert.h>

static int32_t *zeroes(struct arena *a, int32_t n)
{
    return ARENA_ARRAY(a, int32_t, (size_t)n + 1);
}

/* Counts free slots from now on before ascending times. */
struct clock {
    const struct plan_input *in;
    int32_t window;
    int32_t passed;
};

static int32_t later_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t position(struct clock *k, int32_t at)
{
    const struct plan_span *w = k->in->windows;
    for (; k->window < k->in->window_count && w[k->window].until <= at; k->window++) {
        int32_t from = later_of(w[k->window].from, k->in->now);
        k->passed += later_of(0, w[k->window].until - from);
    }
    if (k->window == k->in->window_count)
        return k->passed;
    return k->passed + later_of(0, at - later_of(w[k->window].from, k->in->now));
}

enum status axis_init(struct ctx *c, const struct problem *p, struct axis *x)
{
    int32_t n = p->count;
    int32_t *from = zeroes(p->arena, 3 * n), *edge = zeroes(p->arena, p->days + 1);
    struct keyed *keys = ARENA_ARRAY(p->arena, struct keyed, 2 * (size_t)n + 1);
    if (!from || !edge || !keys)
        return fail_memory(c);
    int32_t *until = from + n, *arrival = until + n;
    uint32_t greatest = 0;
    struct clock k = {.in = p->in};
    for (int32_t i = 0; i < n; i++) {
        int32_t j = p->order[i];
        until[i] = position(&k, p->due[j]);
        keys[i] = (struct keyed){(uint32_t)(p->release[j] - p->in->now), i};
        greatest = keys[i].key > greatest ? keys[i].key : greatest;
    }
    keys = sort_keys(keys, keys + n, n, greatest);
    k = (struct clock){.in = p->in};
    for (int32_t i = 0; i < n; i++) {
        arrival[i] = keys[i].value;
        from[arrival[i]] = position(&k, p->release[p->order[arrival[i]]]);
    }
    for (int32_t d = 0; d < p->days; d++)
        edge[d + 1] = edge[d] + p->avail[d];
    *x = (struct axis){.count = n,
                       .days = p->days,
                       .from = from,
                       .until = until,
                       .arrival = arrival,
                       .edge = edge};
    return ST_OK;
}

enum status ranked_work(struct ctx *c, const struct problem *p, int32_t **out)
{
    *out = zeroes(p->arena, p->count);
    if (!*out)
        return fail_memory(c);
    for (int32_t i = 0; i < p->count; i++)
        (*out)[i] = p->in->tasks[p->order[i]].work;
    return ST_OK;
}

/* The least intensity that gives the witness room: what any lower one lacks. */
static struct plan_ratio enough_for(const struct problem *p, const struct witness *v)
{
    uint32_t bits = candidate_bits(p);
    uint32_t low = 0, high = 1u << bits;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        struct sweep s = {.spans = v->spans, .count = v->span_count};
        int64_t room = 0;
        int32_t before = 0;
        for (int32_t d = 0; d < p->days && room < v->work; d++) {
            int32_t end = sweep_to(&s, p->axis->edge[d + 1]);
            int32_t cap = (int32_t)((uint32_t)p->free[d] * middle >> bits) - p->in->days[d].done;
            cap = later_of(0, cap);
            room += cap < end - before ? cap : end - before;
            before = end;
        }
        if (room >= v->work)
            high = middle;
        else
            low = middle;
    }
    return next_candidate(p, low, bits);
}

/* Discrete Newton from below: a witness against an intensity says which is the least that it does
 * not speak against. */
static enum status raise_intensity(struct ctx *c, const struct problem *p, const int32_t *work,
                                   struct plan_ratio *x)
{
    struct flow f;
    int32_t *cap = zeroes(p->arena, p->days);
    if (!cap)
        return fail_memory(c);
    enum status s = flow_init(c, p->arena, p->axis, true, &f);
    while (!s) {
        struct witness v;
        capacities(p, *x, cap);
        match_solve(p->matcher, p->axis, work, cap, &f);
        if (f.unserved == 0)
            break;
        s = reach_solve(c, p->arena, p->axis, work, &f, &v);
        if (s)
            break;
        struct plan_ratio more = enough_for(p, &v);
        assert((int64_t)more.num * x->den > (int64_t)x->num * more.den);
        *x = more;
    }
    return s;
}

enum status later_intensity(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    struct flow f;
    int32_t *full = zeroes(p->arena, p->days), *work;
    if (!full)
        return fail_memory(c);
    enum status s = ranked_work(c, p, &work);
    if (!s)
        s = flow_init(c, p->arena, p->axis, false, &f);
    if (s)
        return s;
    capacities(p, (struct plan_ratio){1, 1}, full);
    match_solve(p->matcher, p->axis, work, full, &f);
    out->deficit_full = f.unserved;
    match_solve(p->matcher, p->axis, work, p->cap, &f);
    out->deficit = f.unserved;
    out->feasible = f.unserved == 0;
    if (out->deficit_full > 0)
        return ST_OK;
    out->xmin = least_intensity(p);
    return raise_intensity(c, p, work, &out->xmin);
}

/* A flow of the most weighted slots: the weightiest first, each class added to the ones before by
 * an exchange that takes nothing from them. class[i] is 0 for tasks that are left out. */
static enum status serve(struct ctx *c, const struct problem *p, const int32_t *class, int32_t top,
                         int32_t *served)
{
    struct flow f;
    int32_t *work = zeroes(p->arena, p->count), *before = NULL;
    if (!work)
        return fail_memory(c);
    enum status s = flow_init(c, p->arena, p->axis, true, &f);
    for (int32_t now = top; now >= 1 && !s; now--) {
        int32_t *owners;
        int32_t added = 0;
        for (int32_t i = 0; i < p->count; i++)
            if (class[i] == now) {
                work[i] = p->in->tasks[p->order[i]].work;
                added++;
            }
        if (added == 0)
            continue;
        match_solve(p->matcher, p->axis, work, p->cap, &f);
        s = owners_of(c, p->arena, p->axis, &f, &owners);
        if (!s && before)
            s = exchange_solve(c, p->arena, p->axis, owners, before, NULL);
        before = owners;
    }
    for (int32_t i = 0; i < p->count; i++)
        served[i] = 0;
    for (int32_t at = 0; !s && before && at < p->axis->edge[p->days]; at++)
        if (before[at] >= 0)
            served[before[at]]++;
    return s;
}

/* The most slots on time, among these the most weighted ones. */
static enum status serve_by_weight(struct ctx *c, const struct problem *p, int32_t *class,
                                   int32_t *served, struct plan_result *out)
{
    const struct plan_task *tasks = p->in->tasks;
    for (int32_t i = 0; i < p->count; i++)
        class[i] = tasks[p->order[i]].weight;
    enum status s = serve(c, p, class, PLAN_WEIGHT_MAX, served);
    out->bound = out->most = 0;
    for (int32_t i = 0; i < p->count; i++) {
        out->bound += (int64_t)served[i] * tasks[p->order[i]].weight;
        out->most += served[i];
    }
    return s;
}

/* Where tasks may be cut, the due dates of those presses nobody: above every plan that keeps to the
 * prerequisites is the value with each task's own due date. */
static enum status loose_bound(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    size_t n = (size_t)p->in->task_count;
    struct problem loose = *p;
    struct axis x;
    bool *live = ARENA_ARRAY(p->arena, bool, n + 1);
    int32_t *due = zeroes(p->arena, 2 * p->in->task_count);
    int32_t *served = zeroes(p->arena, 2 * p->count);
    if (!live || !due || !served)
        return fail_memory(c);
    int32_t *release = due + p->in->task_count;
    for (int32_t i = 0; i < p->count; i++)
        live[p->order[i]] = true;
    for (int32_t j = 0; j < p->in->task_count; j++)
        release[j] = later_of(p->in->tasks[j].release, p->in->now);
    push_dates(p, live, due, release);
    for (int32_t j = 0; j < p->in->task_count; j++) {
        due[j] = p->in->tasks[j].due;
        if (release[j] > due[j])
            release[j] = due[j];
    }
    loose.due = due;
    loose.release = release;
    loose.axis = &x;
    enum status s = rank_tasks(c, &loose, live, due);
    if (!s)
        s = axis_init(c, &loose, &x);
    return s ? s : serve_by_weight(c, &loose, served + p->count, served, out);
}

enum status later_value(struct ctx *c, struct problem *p, int32_t *planned, struct plan_result *out)
{
    const struct plan_task *tasks = p->in->tasks;
    int32_t *served = zeroes(p->arena, p->in->task_count),
            *class = zeroes(p->arena, p->in->task_count);
    if (!served || !class)
        return fail_memory(c);
    enum status s = serve_by_weight(c, p, class, served, out);
    if (!s && p->topological && p->in->objective == PLAN_TASKS)
        s = loose_bound(c, p, out);
    if (!s && p->in->objective == PLAN_TASKS) {
        s = later_cut(c, p, served, class);
        if (!s)
            s = serve(c, p, class, PLAN_WEIGHT_MAX + 1, served);
    }
    for (int32_t i = 0; i < p->count; i++) {
        planned[p->order[i]] = served[i];
        out->wontime += (int64_t)served[i] * tasks[p->order[i]].weight;
    }
    return s;
}

/* Runs of positions as blocks of slots: cut where windows end. */
static void write_blocks(const struct problem *p, const struct flow *f, struct plan_result *out,
                         struct plan_block *blocks)
{
    const struct plan_input *in = p->in;
    int32_t passed = 0, n = 0, i = 0;
    for (int32_t k = 0; k < in->window_count; k++) {
        int32_t from = later_of(in->windows[k].from, in->now);
        int32_t len = later_of(0, in->windows[k].until - from);
        while (i < f->count && f->runs[i].from < passed + len) {
            struct run r = f->runs[i];
            int32_t begin = later_of(r.from, passed);
            int32_t end = r.until < passed + len ? r.until : passed + len;
            blocks[n++] =
                (struct plan_block){p->order[r.rank], from + begin - passed, from + end - passed};
            if (r.until > passed + len)
                break;
            i++;
        }
        passed += len;
    }
    out->blocks = blocks;
    out->block_count = n;
}

static enum status planned_work(struct ctx *c, const struct problem *p, const int32_t *planned,
                                int32_t **work)
{
    *work = zeroes(p->arena, p->count);
    if (!*work)
        return fail_memory(c);
    for (int32_t i = 0; i < p->count; i++)
        (*work)[i] = planned[p->order[i]];
    return ST_OK;
}

enum status later_place(struct ctx *c, const struct problem *p, const int32_t *planned,
                        struct plan_day_load *days, struct plan_result *out)
{
    int32_t *work;
    enum status s = planned_work(c, p, planned, &work);
    if (!s)
        s = flatten_solve(c, p, p->axis, p->matcher, work, days);
    return s ? s : later_fill(c, p, planned, days, out);
}

enum status later_fill(struct ctx *c, const struct problem *p, const int32_t *planned,
                       struct plan_day_load *days, struct plan_result *out)
{
    struct flow f;
    int32_t *work, *level = zeroes(p->arena, p->days);
    if (!level)
        return fail_memory(c);
    enum status s = planned_work(c, p, planned, &work);
    if (!s)
        s = flow_init(c, p->arena, p->axis, true, &f);
    if (s)
        return s;
    for (int32_t d = 0; d < p->days; d++)
        level[d] = days[d].level;
    match_solve(p->matcher, p->axis, work, level, &f);
    assert(f.unserved == 0);
    for (int32_t d = 0; d < p->days; d++) {
        days[d].load = f.load[d];
        out->maxload = later_of(out->maxload, f.load[d]);
    }
    size_t most = (size_t)f.count + (size_t)p->in->window_count + 1;
    struct plan_block *blocks = ARENA_ARRAY(p->arena, struct plan_block, most);
    if (!blocks)
        return fail_memory(c);
    write_blocks(p, &f, out, blocks);
    return ST_OK;
}
