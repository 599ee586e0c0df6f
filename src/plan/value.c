#include "plan/problem.h"

/* Capacity between neighbouring deadlines. Work due at deadline k may use buckets 0 … k; taking the
 * latest first keeps the early ones for earlier deadlines. */
struct buckets {
    int32_t *left;   /* per deadline */
    int32_t *parent; /* of bucket k at k + 1: union-find that skips empty ones; 0 stands for none */
};

static int32_t find(int32_t *parent, int32_t k)
{
    while (parent[k] != k) {
        parent[k] = parent[parent[k]];
        k = parent[k];
    }
    return k;
}

/* Takes up to `work` slots for deadline `k`; returns how many there were. */
static int32_t take(struct buckets *b, int32_t k, int32_t work)
{
    int32_t rest = work;
    for (int32_t at = find(b->parent, k + 1); at > 0 && rest > 0; at = find(b->parent, at)) {
        int32_t some = b->left[at - 1] < rest ? b->left[at - 1] : rest;
        rest -= some;
        b->left[at - 1] -= some;
        if (b->left[at - 1] == 0)
            b->parent[at] = at - 1;
    }
    return work - rest;
}

static void fill(const struct problem *p, struct buckets *b)
{
    int32_t before = 0;
    for (int32_t k = 0; k < p->deadlines; k++) {
        b->left[k] = p->room[k] - before;
        b->parent[k + 1] = b->left[k] > 0 ? k + 1 : k;
        before = p->room[k];
    }
}

/* Gives every task what it can have on time: first those of `keep` (NULL: none), then by weight,
 * the greatest first; each group in the order of due dates. Returns the weighted slots. */
static int64_t allot(const struct problem *p, struct buckets *b, const bool *keep, int32_t *planned)
{
    const struct plan_task *tasks = p->in->tasks;
    int64_t value = 0;
    fill(p, b);
    for (int32_t group = PLAN_WEIGHT_MAX + (keep ? 1 : 0); group >= 1; group--) {
        int32_t k = 0;
        for (int32_t i = 0; i < p->count; i++) {
            int32_t j = p->order[i];
            while (i >= p->deadline[k].last)
                k++;
            int32_t mine = keep && keep[i] ? PLAN_WEIGHT_MAX + 1 : tasks[j].weight;
            if (mine != group)
                continue;
            planned[j] = take(b, k, tasks[j].work);
            value += (int64_t)planned[j] * tasks[j].weight;
        }
    }
    return value;
}

static enum status cut(struct ctx *c, const struct problem *p, int32_t *planned,
                       struct plan_result *out)
{
    size_t n = (size_t)p->deadlines;
    struct buckets b = {.left = ARENA_ARRAY(p->arena, int32_t, n),
                        .parent = ARENA_ARRAY(p->arena, int32_t, n + 1)};
    if (!b.left || !b.parent)
        return fail_memory(c);
    out->bound = out->wontime = allot(p, &b, NULL, planned);
    if (p->in->objective == PLAN_MINUTES)
        return ST_OK;
    bool *keep = ARENA_ARRAY(p->arena, bool, (size_t)p->count);
    if (!keep)
        return fail_memory(c);
    enum status s = cut_solve(c, p, keep);
    if (s)
        return s;
    out->wontime = allot(p, &b, keep, planned);
    return ST_OK;
}

enum status value_solve(struct ctx *c, struct problem *p, struct plan_result *out)
{
    const struct plan_task *tasks = p->in->tasks;
    int32_t *planned = ARENA_ARRAY(p->arena, int32_t, (size_t)p->in->task_count + 1);
    if (!planned)
        return fail_memory(c);
    out->most = out->total - out->deficit;
    if (out->feasible) {
        for (int32_t i = 0; i < p->count; i++) {
            int32_t j = p->order[i];
            planned[j] = tasks[j].work;
            out->wontime += (int64_t)tasks[j].work * tasks[j].weight;
        }
        out->bound = out->wontime;
    } else {
        enum status s = p->axis ? later_value(c, p, planned, out) : cut(c, p, planned, out);
        if (s)
            return s;
    }
    for (int32_t i = 0; i < p->count; i++)
        out->ontime += planned[p->order[i]];
    out->gap = out->bound - out->wontime;
    out->planned = planned;
    return ST_OK;
}
