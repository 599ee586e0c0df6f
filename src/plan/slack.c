#include "plan/axis.h"

#include <string.h>

/*
 * Slack with earliest starts: at most what the stretches from now to each later due date leave
 * free, and 0 exactly where not one slot more of a task's work could be placed whoever made room.
 * For the latter, room spreads backward: from positions that nobody has on days that are not full,
 * to the tasks that may use them, to the positions those have, and so on.
 */
struct spreading {
    const struct axis *x;
    const struct flow *f;
    const int32_t *cap;
    bool *roomy;    /* per task: can be given one more */
    int32_t *until; /* tree over arrivals: the greatest `until` of tasks not yet roomy */
    int32_t size;
    int32_t *head; /* per task + 1: its runs are list[head[j] … head[j + 1]) */
    int32_t *list;
    int32_t *day; /* per run */
    bool *freed;  /* per day: someone in it can make room */
    int32_t *stack;
    int32_t depth;
};

static enum status prepare(struct ctx *c, struct arena *a, struct spreading *s)
{
    const struct axis *x = s->x;
    size_t n = (size_t)x->count;
    for (s->size = 1; s->size < x->count;)
        s->size *= 2;
    s->until = ARENA_ARRAY(a, int32_t, 2 * (size_t)s->size);
    s->roomy = ARENA_ARRAY(a, bool, n + 1);
    s->head = ARENA_ARRAY(a, int32_t, n + 1);
    s->stack = ARENA_ARRAY(a, int32_t, n + 1);
    s->list = ARENA_ARRAY(a, int32_t, (size_t)s->f->count + 1);
    s->day = ARENA_ARRAY(a, int32_t, (size_t)s->f->count + 1);
    s->freed = ARENA_ARRAY(a, bool, (size_t)x->days + 1);
    if (!s->until || !s->roomy || !s->head || !s->stack || !s->list || !s->day || !s->freed)
        return fail_memory(c);
    for (int32_t i = 0; i < 2 * s->size; i++)
        s->until[i] = -1;
    for (int32_t i = 0; i < x->count; i++)
        s->until[s->size + i] = x->until[x->arrival[i]];
    for (int32_t i = s->size - 1; i >= 1; i--)
        s->until[i] = s->until[2 * i] > s->until[2 * i + 1] ? s->until[2 * i] : s->until[2 * i + 1];
    for (int32_t i = 0; i < s->f->count; i++)
        s->head[s->f->runs[i].rank]++;
    for (int32_t j = 0; j < x->count; j++)
        s->head[j + 1] += s->head[j];
    for (int32_t d = x->days - 1; d >= 0; d--)
        for (int32_t i = s->f->first_run[d + 1] - 1; i >= s->f->first_run[d]; i--) {
            s->list[--s->head[s->f->runs[i].rank]] = i;
            s->day[i] = d;
        }
    return ST_OK;
}

static void take(struct spreading *s, int32_t at)
{
    int32_t rank = s->x->arrival[at];
    s->roomy[rank] = true;
    s->stack[s->depth++] = rank;
    int32_t node = s->size + at;
    s->until[node] = -1;
    for (node /= 2; node >= 1; node /= 2)
        s->until[node] = s->until[2 * node] > s->until[2 * node + 1] ? s->until[2 * node]
                                                                     : s->until[2 * node + 1];
}

/* Tasks whose positions meet [from, until) are roomy: those that arrive before its end and end
 * behind its start. */
static void reach_tasks(struct spreading *s, int32_t from, int32_t until)
{
    int32_t node = 1;
    while (from < until && s->until[1] > from) {
        node = 1;
        while (node < s->size) /* the first arrival that ends behind `from` */
            node = s->until[2 * node] > from ? 2 * node : 2 * node + 1;
        int32_t rank = s->x->arrival[node - s->size];
        if (s->x->from[rank] >= until)
            return;
        take(s, node - s->size);
    }
}

/* The positions of a day that nobody has. */
static void free_day(struct spreading *s, int32_t d)
{
    if (s->freed[d])
        return;
    s->freed[d] = true;
    int32_t at = s->x->edge[d];
    for (int32_t i = s->f->first_run[d]; i < s->f->first_run[d + 1]; i++) {
        reach_tasks(s, at, s->f->runs[i].from);
        at = s->f->runs[i].until;
    }
    reach_tasks(s, at, s->x->edge[d + 1]);
}

static void spread(struct spreading *s)
{
    for (int32_t d = 0; d < s->x->days; d++)
        if (s->f->load[d] < s->cap[d])
            free_day(s, d);
    while (s->depth > 0) {
        int32_t rank = s->stack[--s->depth];
        for (int32_t k = s->head[rank]; k < s->head[rank + 1]; k++) {
            struct run r = s->f->runs[s->list[k]];
            reach_tasks(s, r.from, r.until);
            free_day(s, s->day[s->list[k]]);
        }
    }
}

enum status later_slack(struct ctx *c, const struct problem *p, const int32_t *planned,
                        int32_t *slack)
{
    const struct axis *x = p->axis;
    struct flow f;
    int32_t *work = ARENA_ARRAY(p->arena, int32_t, (size_t)p->count + 1);
    int32_t *room = ARENA_ARRAY(p->arena, int32_t, (size_t)p->count + 1);
    if (!work || !room)
        return fail_memory(c);
    int32_t before = 0, day = 0, sum = 0;
    for (int32_t i = 0; i < p->count; i++) {
        while (day + 1 < x->days && x->edge[day + 1] <= x->until[i])
            before += p->cap[day++];
        int32_t part = x->days ? x->until[i] - x->edge[day] : 0;
        if (x->days && part > p->cap[day])
            part = p->cap[day];
        work[i] = planned[p->order[i]];
        sum += work[i];
        room[i] = before + part - sum;
    }
    enum status s = flow_init(c, p->arena, x, true, &f);
    if (s)
        return s;
    match_solve(p->matcher, x, work, p->cap, &f);
    struct spreading k = {.x = x, .f = &f, .cap = p->cap};
    s = prepare(c, p->arena, &k);
    if (s)
        return s;
    spread(&k);
    int32_t least = INT32_MAX;
    for (int32_t i = p->count - 1; i >= 0; i--) {
        int32_t j = p->order[i];
        least = room[i] < least ? room[i] : least;
        if (planned[j] == p->in->tasks[j].work)
            slack[j] = k.roomy[i] ? least : 0;
    }
    return ST_OK;
}
