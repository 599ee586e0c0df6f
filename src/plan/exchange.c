#include "plan/axis.h"

#include <assert.h>
#include <string.h>

/*
 * Two flows as one (Mendelsohn and Dulmage 1958). The i-th position of a task in one flow is paired
 * with its i-th in the other; within a day, so are positions that only one of them uses. What is
 * left over begins or ends a path; a path from a task that has more in `other` ends at a task that
 * has more in `base`, or at a day that is used more in `other`.
 */
struct pairs {
    const int32_t *from; /* the base as it was */
    const int32_t *to;   /* the other */
    int32_t *index;      /* per position: the how-manieth of its task it is in the base */
    int32_t *partner;    /* per position only in `to`: one of that day only in `from`, or −1 */
    int32_t *have;       /* per task: positions in the base */
    int32_t *head;       /* per task + 1: its positions in `to` are list[head[j] … head[j + 1]) */
    int32_t *list;
};

enum status owners_of(struct ctx *c, struct arena *a, const struct axis *x, const struct flow *f,
                      int32_t **out)
{
    int32_t length = x->edge[x->days];
    *out = ARENA_ARRAY(a, int32_t, (size_t)length + 1);
    if (!*out)
        return fail_memory(c);
    memset(*out, 0xff, ((size_t)length + 1) * sizeof **out);
    for (int32_t i = 0; i < f->count; i++)
        for (int32_t at = f->runs[i].from; at < f->runs[i].until; at++)
            (*out)[at] = f->runs[i].rank;
    return ST_OK;
}

static void pair_tasks(struct pairs *k, const struct axis *x)
{
    int32_t length = x->edge[x->days];
    for (int32_t at = 0; at < length; at++) {
        if (k->from[at] >= 0)
            k->index[at] = k->have[k->from[at]]++;
        if (k->to[at] >= 0)
            k->head[k->to[at]]++;
    }
    for (int32_t j = 0; j < x->count; j++)
        k->head[j + 1] += k->head[j];
    for (int32_t at = length - 1; at >= 0; at--)
        if (k->to[at] >= 0)
            k->list[--k->head[k->to[at]]] = at;
}

static void pair_days(struct pairs *k, const struct axis *x)
{
    for (int32_t d = 0; d < x->days; d++) {
        int32_t other = x->edge[d], end = x->edge[d + 1];
        for (int32_t at = x->edge[d]; at < end; at++) {
            if (k->to[at] < 0 || k->from[at] >= 0)
                continue;
            while (other < end && (k->from[other] < 0 || k->to[other] >= 0))
                other++;
            k->partner[at] = other < end ? other++ : -1;
        }
    }
}

static int32_t day_at(const struct axis *x, int32_t at)
{
    int32_t low = 0, high = x->days;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (x->edge[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Gives the i-th position of `rank` to it, and so on with whoever had that. */
static void walk(const struct pairs *k, const struct axis *x, int32_t rank, int32_t i,
                 int32_t *base, int32_t *raised)
{
    while (k->head[rank] + i < k->head[rank + 1]) {
        int32_t at = k->list[k->head[rank] + i];
        int32_t left = at;
        base[at] = rank;
        if (k->from[at] < 0) {
            left = k->partner[at];
            if (left < 0) {
                assert(raised);
                raised[day_at(x, at)]++;
                return;
            }
            base[left] = -1;
        }
        rank = k->from[left];
        i = k->index[left];
    }
}

enum status exchange_solve(struct ctx *c, struct arena *a, const struct axis *x, int32_t *base,
                           const int32_t *other, int32_t *raised)
{
    size_t length = (size_t)x->edge[x->days] + 1, n = (size_t)x->count;
    int32_t *from = ARENA_ARRAY(a, int32_t, length);
    struct pairs k = {.from = from,
                      .to = other,
                      .index = ARENA_ARRAY(a, int32_t, length),
                      .partner = ARENA_ARRAY(a, int32_t, length),
                      .have = ARENA_ARRAY(a, int32_t, n + 1),
                      .head = ARENA_ARRAY(a, int32_t, n + 1),
                      .list = ARENA_ARRAY(a, int32_t, length)};
    if (!from || !k.index || !k.partner || !k.have || !k.head || !k.list)
        return fail_memory(c);
    memcpy(from, base, length * sizeof *from);
    pair_tasks(&k, x);
    pair_days(&k, x);
    for (int32_t j = 0; j < x->count; j++)
        for (int32_t i = k.have[j]; k.head[j] + i < k.head[j + 1]; i++)
            walk(&k, x, j, i, base, raised);
    return ST_OK;
}
