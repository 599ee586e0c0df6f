#include "plan/problem.h"

#include <string.h>

/*
 * Lawler and Moore's dynamic programme, over the weight that is cut instead of the weight that is
 * kept: least[u] is the least work kept among the tasks seen so far when the weight cut is u. An
 * overload usually cuts little of much, so `top`, the greatest u looked at, starts small and
 * doubles until a set is found. One bit for each task and u remembers the choice.
 */
struct table {
    int32_t count; /* only these tasks, the first in order, are in question */
    int32_t top;
    int32_t *least; /* PLAN_WEIGHT_MAX impossible ones stand in front of each of the two */
    int32_t *next;
    uint8_t *choice;  /* of one task, a byte each, `groups` times GROUP */
    uint8_t *dropped; /* of all tasks, a bit each, rows of `groups` bytes */
    int32_t groups;
};

enum { IMPOSSIBLE = 1 << 30, TOP_FIRST = 63, GROUP = 8 };

/* One task: either kept, which must leave no more than `room` slots of work, or dropped. The loops
 * are simple so that compilers turn them into vector instructions. */
static void step(struct table *t, int32_t i, int32_t work, int32_t weight, int32_t room)
{
    const int32_t *restrict least = t->least;
    const int32_t *restrict lighter = t->least - weight;
    int32_t *restrict next = t->next;
    uint8_t *restrict choice = t->choice;
    for (int32_t u = 0; u <= t->top; u++) {
        int32_t kept = least[u] + work;
        kept = kept > room ? IMPOSSIBLE : kept;
        next[u] = lighter[u] < kept ? lighter[u] : kept;
        choice[u] = lighter[u] < kept;
    }
    uint8_t *bits = t->dropped + (size_t)i * (size_t)t->groups;
    for (int32_t g = 0; g < t->groups; g++) {
        uint32_t packed = 0;
        for (int32_t k = 0; k < GROUP; k++)
            packed |= (uint32_t)choice[g * GROUP + k] << k;
        bits[g] = (uint8_t)packed;
    }
    t->next = t->least;
    t->least = next;
}

static void run(const struct problem *p, struct table *t)
{
    int32_t k = 0;
    for (int32_t u = 0; u <= t->top; u++)
        t->least[u] = u ? IMPOSSIBLE : 0;
    for (int32_t i = 0; i < t->count; i++) {
        while (i >= p->deadline[k].last)
            k++;
        const struct plan_task *task = &p->in->tasks[p->order[i]];
        step(t, i, task->work, task->weight, p->room[k]);
    }
}

static void trace(const struct problem *p, const struct table *t, int32_t u, bool *keep)
{
    for (int32_t i = t->count - 1; i >= 0; i--) {
        const uint8_t *bits = t->dropped + (size_t)i * (size_t)t->groups;
        bool dropped = bits[u / GROUP] >> (u % GROUP) & 1;
        keep[i] = !dropped;
        if (dropped)
            u -= p->in->tasks[p->order[i]].weight;
    }
}

static int32_t *new_row(struct arena *a, int32_t top)
{
    int32_t *row = ARENA_ARRAY(a, int32_t, (size_t)top + 1 + PLAN_WEIGHT_MAX);
    for (int32_t u = 0; row && u < PLAN_WEIGHT_MAX; u++)
        row[u] = IMPOSSIBLE;
    return row ? row + PLAN_WEIGHT_MAX : NULL;
}

/* Looks for a set that cuts at most t->top; its weight, or −1, into `found`. */
static enum status attempt(struct ctx *c, const struct problem *p, struct table *t, int32_t *found)
{
    if ((int64_t)t->count * (t->top + 1) > PLAN_CUT_MAX)
        return fail(c, ST_TOO_LARGE, "tasks",
                    "are too many, too much overloaded, to choose exactly");
    t->groups = t->top / GROUP + 1;
    t->least = new_row(p->arena, t->top);
    t->next = new_row(p->arena, t->top);
    t->choice = ARENA_ARRAY(p->arena, uint8_t, (size_t)t->groups *GROUP);
    t->dropped = ARENA_ARRAY(p->arena, uint8_t, (size_t)t->count *(size_t)t->groups);
    if (!t->least || !t->next || !t->choice || !t->dropped)
        return fail_memory(c);
    run(p, t);
    *found = -1;
    for (int32_t u = 0; u <= t->top && *found < 0; u++)
        if (t->least[u] < IMPOSSIBLE)
            *found = u;
    return ST_OK;
}

enum status cut_solve(struct ctx *c, const struct problem *p, bool *keep)
{
    /* What is due after the last deadline that is short never has to go. */
    struct table t = {0};
    for (int32_t k = 0; k < p->deadlines; k++)
        if (p->deadline[k].work > p->room[k])
            t.count = p->deadline[k].last;
    memset(keep, 1, (size_t)p->count * sizeof keep[0]);

    int32_t weight = 0, found = -1;
    for (int32_t i = 0; i < t.count; i++)
        weight += p->in->tasks[p->order[i]].weight;
    for (t.top = TOP_FIRST; found < 0; t.top = t.top * 2 + 1) {
        if (t.top > weight)
            t.top = weight;
        enum status s = attempt(c, p, &t, &found);
        if (s)
            return s;
        if (found >= 0)
            trace(p, &t, found, keep);
    }
    return ST_OK;
}
