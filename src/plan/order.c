#include "plan/problem.h"

#include <stdio.h>

/*
 * Prerequisites as dates. In an order in which every task stands behind its prerequisites, earliest
 * starts are pushed forward and due dates backward; earliest due first, ties in that order, then
 * never begins a task before its prerequisites are finished (docs/planner.md).
 */
struct graph {
    const struct plan_input *in;
    int32_t *waits; /* per task: prerequisites that do not stand in the order yet */
    int32_t *head;  /* the successors of j are next[head[j] … head[j + 1]) */
    int32_t *next;
    int32_t *order; /* Kahn's queue */
    int32_t placed; /* of the order */
};

static enum status bad(struct ctx *c, int32_t task, const char *why)
{
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/tasks/%d/prerequisites", task);
    return fail(c, ST_INVALID, pointer, "%s", why);
}

static enum status check_lists(struct ctx *c, const struct plan_input *in, int32_t *edges)
{
    int64_t sum = 0;
    for (int32_t j = 0; j < in->task_count; j++) {
        const struct plan_task *t = &in->tasks[j];
        if (t->first < 0 || t->count < 0 || t->count > in->prerequisite_count - t->first)
            return bad(c, j, "lie outside the list of prerequisites");
        for (int32_t i = t->first; i < t->first + t->count; i++)
            if (in->prerequisites[i] < 0 || in->prerequisites[i] >= in->task_count)
                return bad(c, j, "must be tasks");
        sum += t->count;
        if (sum > PLAN_PREREQUISITES_MAX)
            return fail(c, ST_TOO_LARGE, "prerequisites", "must be at most %d",
                        PLAN_PREREQUISITES_MAX);
    }
    *edges = (int32_t)sum;
    return ST_OK;
}

/* Turns the lists round: from prerequisites to successors. */
static void link_tasks(struct graph *g)
{
    const struct plan_input *in = g->in;
    int32_t n = in->task_count;
    for (int32_t j = 0; j < n; j++) {
        const struct plan_task *t = &in->tasks[j];
        g->waits[j] = t->count;
        for (int32_t i = t->first; i < t->first + t->count; i++)
            g->head[in->prerequisites[i]]++;
    }
    for (int32_t j = 0; j < n; j++)
        g->head[j + 1] += g->head[j];
    for (int32_t j = n - 1; j >= 0; j--) {
        const struct plan_task *t = &in->tasks[j];
        for (int32_t i = t->first; i < t->first + t->count; i++)
            g->next[--g->head[in->prerequisites[i]]] = j;
    }
}

static void sort_tasks(struct graph *g)
{
    for (int32_t j = 0; j < g->in->task_count; j++)
        if (g->waits[j] == 0)
            g->order[g->placed++] = j;
    for (int32_t at = 0; at < g->placed; at++) {
        int32_t j = g->order[at];
        for (int32_t i = g->head[j]; i < g->head[j + 1]; i++)
            if (--g->waits[g->next[i]] == 0)
                g->order[g->placed++] = g->next[i];
    }
}

/* A task of a cycle: every task that waits has a prerequisite that waits, so walking to those
 * comes to one that was seen before. */
static enum status refuse_cycle(struct ctx *c, struct graph *g)
{
    const struct plan_input *in = g->in;
    int32_t j = 0;
    while (g->waits[j] == 0)
        j++;
    while (g->waits[j] > 0) {
        g->waits[j] = -1; /* seen */
        for (int32_t i = in->tasks[j].first;; i++)
            if (g->waits[in->prerequisites[i]] != 0) {
                j = in->prerequisites[i];
                break;
            }
    }
    return bad(c, j, "form a cycle");
}

enum status order_solve(struct ctx *c, struct problem *p)
{
    const struct plan_input *in = p->in;
    int32_t edges = 0;
    enum status s = check_lists(c, in, &edges);
    if (s || edges == 0)
        return s;
    size_t n = (size_t)in->task_count;
    struct graph g = {.in = in,
                      .waits = ARENA_ARRAY(p->arena, int32_t, n),
                      .head = ARENA_ARRAY(p->arena, int32_t, n + 1),
                      .next = ARENA_ARRAY(p->arena, int32_t, (size_t)edges),
                      .order = ARENA_ARRAY(p->arena, int32_t, n)};
    if (!g.waits || !g.head || !g.next || !g.order)
        return fail_memory(c);
    link_tasks(&g);
    sort_tasks(&g);
    if (g.placed < in->task_count)
        return refuse_cycle(c, &g);
    p->topological = g.order;
    return ST_OK;
}

void push_dates(const struct problem *p, const bool *counts, int32_t *due, int32_t *release)
{
    const struct plan_input *in = p->in;
    for (int32_t at = 0; at < in->task_count; at++) {
        int32_t j = p->topological[at];
        const struct plan_task *t = &in->tasks[j];
        for (int32_t i = t->first; i < t->first + t->count; i++) {
            int32_t before = in->prerequisites[i];
            if (counts[j] && counts[before] && release[before] > release[j])
                release[j] = release[before];
        }
    }
    for (int32_t at = in->task_count - 1; at >= 0; at--) {
        int32_t j = p->topological[at];
        const struct plan_task *t = &in->tasks[j];
        for (int32_t i = t->first; i < t->first + t->count; i++) {
            int32_t before = in->prerequisites[i];
            if (counts[j] && counts[before] && due[j] < due[before])
                due[before] = due[j];
        }
    }
}
