#include "plan/axis.h"

#include <string.h>

/*
 * Which tasks to finish when not all can be: NP-hard with earliest starts or prerequisites, so a
 * heuristic. While a witness says that too much is wanted somewhere, what weighs least for its
 * work goes there; then what went is tried again, the weightiest first, as often as TRIES allows.
 * What is kept can be finished: the last flow proves it.
 */
enum {
    TRIES = 4000, /* positions of a list tried again: about so many tasks looked at in all */
    TRIES_LEAST = 8,
    DENSITY = 1 << 16 /* of weight by work: steps */
};

struct cutting {
    struct ctx *c;
    const struct problem *p;
    bool *kept;      /* per task of the input */
    int32_t *weight; /* per task of the input: with all that waits for it */
    int32_t *work;   /* per rank: of what is kept */
    struct keyed *keys, *spare;
    struct flow flow;
};

static bool matters(const struct problem *p, int32_t j)
{
    return p->in->tasks[j].work > 0 && p->in->tasks[j].due > p->in->now;
}

static bool may_begin(const struct cutting *k, int32_t j)
{
    const struct plan_input *in = k->p->in;
    const struct plan_task *t = &in->tasks[j];
    for (int32_t i = t->first; i < t->first + t->count; i++)
        if (matters(k->p, in->prerequisites[i]) && !k->kept[in->prerequisites[i]])
            return false;
    return true;
}

/* What waits for a task that is not kept is not kept either. */
static void close_down(struct cutting *k)
{
    const struct problem *p = k->p;
    for (int32_t at = 0; p->topological && at < p->in->task_count; at++)
        if (!may_begin(k, p->topological[at]))
            k->kept[p->topological[at]] = false;
    for (int32_t i = 0; i < p->count; i++)
        k->work[i] = k->kept[p->order[i]] ? p->in->tasks[p->order[i]].work : 0;
}

static void weigh(struct cutting *k)
{
    const struct problem *p = k->p;
    enum { WEIGHT_MOST = 1 << 12 };
    for (int32_t j = 0; j < p->in->task_count; j++)
        k->weight[j] = p->in->tasks[j].weight;
    for (int32_t at = p->in->task_count - 1; p->topological && at >= 0; at--) {
        int32_t j = p->topological[at];
        const struct plan_task *t = &p->in->tasks[j];
        for (int32_t i = t->first; i < t->first + t->count; i++) {
            int32_t before = p->in->prerequisites[i];
            if (matters(p, j) && matters(p, before) && k->weight[before] < WEIGHT_MOST)
                k->weight[before] += k->weight[j];
        }
    }
}

/* The hot tasks by span, the lightest for their work first; returns how many. */
static int32_t list_hot(struct cutting *k, const struct witness *v, struct keyed **out)
{
    const struct axis *x = k->p->axis;
    int32_t n = 0, span = 0;
    for (int32_t i = 0; i < x->count; i++) {
        if (!v->hot[i] || k->work[i] == 0 || x->from[i] >= x->until[i])
            continue;
        int32_t density = (int32_t)((int64_t)k->weight[k->p->order[i]] * DENSITY / k->work[i]);
        k->keys[n++] = (struct keyed){(uint32_t)density, i};
    }
    struct keyed *list = sort_keys(k->keys, k->spare, n, UINT32_MAX);
    struct keyed *other = list == k->keys ? k->spare : k->keys;
    for (int32_t i = 0; i < n; i++) {
        int32_t low = 0, high = v->span_count;
        while (high - low > 1) {
            span = low + (high - low) / 2;
            if (v->spans[span].from <= x->from[list[i].value])
                low = span;
            else
                high = span;
        }
        list[i].key = (uint32_t)low;
    }
    *out = sort_keys(list, other, n, (uint32_t)v->span_count);
    return n;
}

/* From list[at …), tasks of one span: as few of the lightest as make room for what lacks there. */
static int32_t drop_in_span(struct cutting *k, const struct keyed *list, int32_t at, int32_t n)
{
    int64_t lack = 0, gone = 0;
    int32_t end = at, i = at;
    for (; end < n && list[end].key == list[at].key; end++)
        lack += k->flow.rest[list[end].value];
    for (; i < end && gone < lack; i++) {
        gone += k->work[list[i].value];
        k->kept[k->p->order[list[i].value]] = false;
    }
    while (--i >= at)
        if (gone - k->work[list[i].value] >= lack) {
            gone -= k->work[list[i].value];
            k->kept[k->p->order[list[i].value]] = true;
        }
    return end;
}

static void solve(struct cutting *k)
{
    match_solve(k->p->matcher, k->p->axis, k->work, k->p->cap, &k->flow);
}

static enum status drop_all(struct cutting *k)
{
    const struct problem *p = k->p;
    for (solve(k); k->flow.unserved > 0; solve(k)) {
        struct witness v;
        struct keyed *list;
        enum status s = reach_solve(k->c, p->arena, p->axis, k->work, &k->flow, &v);
        if (s)
            return s;
        for (int32_t i = 0; i < p->count; i++)
            if (k->work[i] > 0 && p->axis->from[i] >= p->axis->until[i])
                k->kept[p->order[i]] = false;
        int32_t n = list_hot(k, &v, &list);
        for (int32_t at = 0; at < n;)
            at = drop_in_span(k, list, at, n);
        close_down(k);
    }
    return ST_OK;
}

/* Tries what is not kept again: the weightiest first, the least work among equals. */
static void try_again(struct cutting *k)
{
    const struct problem *p = k->p;
    int32_t n = 0, tries = p->count > 0 ? TRIES / p->count : 0;
    for (int32_t i = 0; i < p->count; i++) {
        const struct plan_task *t = &p->in->tasks[p->order[i]];
        if (!k->kept[p->order[i]] && p->axis->from[i] < p->axis->until[i])
            k->keys[n++] = (struct keyed){
                (uint32_t)((PLAN_WEIGHT_MAX - t->weight) * (PLAN_WORK_MAX + 1) + t->work), i};
    }
    tries = tries > TRIES_LEAST ? tries : TRIES_LEAST;
    struct keyed *list = sort_keys(k->keys, k->spare, n, UINT32_MAX);
    for (int32_t at = 0; at < n && tries > 0; at++) {
        int32_t i = list[at].value, j = p->order[i];
        if (k->kept[j] || !may_begin(k, j))
            continue;
        tries--;
        k->work[i] = p->in->tasks[j].work;
        solve(k);
        k->kept[j] = k->flow.unserved == 0;
        if (k->kept[j] && p->topological)
            at = -1; /* others may begin now */
        else if (!k->kept[j])
            k->work[i] = 0;
    }
}

static int64_t weight_kept(const struct cutting *k)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < k->p->count; i++)
        if (k->kept[k->p->order[i]])
            sum += k->p->in->tasks[k->p->order[i]].weight;
    return sum;
}

/* The dates that count once it is known what is finished: what is cut presses nobody. Tasks that
 * can only be begun come behind their prerequisites, or not at all. */
static enum status rank_again(struct ctx *c, struct problem *p, const bool *kept, bool *live)
{
    size_t n = (size_t)p->in->task_count;
    int32_t *due = ARENA_ARRAY(p->arena, int32_t, 2 * n + 1);
    struct axis *x = ARENA_NEW(p->arena, struct axis);
    if (!due || !x)
        return fail_memory(c);
    int32_t *release = due + n;
    for (int32_t j = 0; j < p->in->task_count; j++) {
        const struct plan_task *t = &p->in->tasks[j];
        due[j] = t->due;
        release[j] = t->release > p->in->now ? t->release : p->in->now;
    }
    push_dates(p, kept, due, release);
    for (int32_t j = 0; j < p->in->task_count; j++) {
        const struct plan_task *t = &p->in->tasks[j];
        for (int32_t i = t->first; i < t->first + t->count && live[j] && !kept[j]; i++) {
            int32_t before = p->in->prerequisites[i];
            if (!kept[before])
                continue;
            if (release[before] > release[j])
                release[j] = release[before];
            live[j] = due[before] <= due[j];
        }
        if (release[j] > due[j])
            release[j] = due[j];
    }
    p->due = due;
    p->release = release;
    enum status s = rank_tasks(c, p, live, due);
    p->axis = x;
    return s ? s : axis_init(c, p, x);
}

static enum status begin(struct ctx *c, const struct problem *p, struct cutting *k)
{
    size_t n = (size_t)p->in->task_count;
    *k = (struct cutting){.c = c,
                          .p = p,
                          .kept = ARENA_ARRAY(p->arena, bool, n + 1),
                          .weight = ARENA_ARRAY(p->arena, int32_t, n + 1),
                          .work = ARENA_ARRAY(p->arena, int32_t, n + 1),
                          .keys = ARENA_ARRAY(p->arena, struct keyed, 2 * n + 1)};
    if (!k->kept || !k->weight || !k->work || !k->keys)
        return fail_memory(c);
    k->spare = k->keys + n;
    weigh(k);
    return flow_init(c, p->arena, p->axis, true, &k->flow);
}

enum status later_cut(struct ctx *c, struct problem *p, const int32_t *served, int32_t *class)
{
    struct cutting k, other;
    enum status s = begin(c, p, &k);
    if (!s)
        s = begin(c, p, &other);
    bool *live = ARENA_ARRAY(p->arena, bool, (size_t)p->in->task_count + 1);
    if (!s && !live)
        s = fail_memory(c);
    if (s)
        return s;
    for (int32_t i = 0; i < p->count; i++) {
        k.kept[p->order[i]] = true;
        other.kept[p->order[i]] = served[i] == p->in->tasks[p->order[i]].work;
    }
    close_down(&k);
    s = drop_all(&k);
    if (s)
        return s;
    try_again(&k);
    close_down(&other);
    try_again(&other);
    if (weight_kept(&other) > weight_kept(&k))
        k = other;

    for (int32_t i = 0; i < p->count; i++)
        live[p->order[i]] = may_begin(&k, p->order[i]);
    if (p->topological)
        s = rank_again(c, p, k.kept, live);
    for (int32_t i = 0; i < p->count; i++) {
        int32_t j = p->order[i];
        class[i] = k.kept[j] ? PLAN_WEIGHT_MAX + 1 : p->in->tasks[j].weight;
    }
    return s;
}
