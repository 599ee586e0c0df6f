#include "plan/problem.h"

/* Hands out slots of the days in order to the tasks in order of their due dates, so that a task is
 * interrupted only where a free window ends or a day's level is reached. */
struct hand {
    const struct problem *p;
    const int32_t *planned;
    struct plan_block *blocks;
    int32_t count; /* of blocks */
    int32_t next;  /* position in order */
    int32_t rest;  /* slots of that task not yet placed */
};

static void advance(struct hand *h)
{
    while (h->rest == 0 && h->next + 1 < h->p->count)
        h->rest = h->planned[h->p->order[++h->next]];
}

/* Uses up to `most` slots of [from, until); returns how many. */
static int32_t use(struct hand *h, int32_t from, int32_t until, int32_t most)
{
    int32_t end = until - from > most ? from + most : until;
    int32_t at = from;
    while (at < end && h->rest > 0) {
        int32_t some = h->rest < end - at ? h->rest : end - at;
        h->blocks[h->count++] = (struct plan_block){h->p->order[h->next], at, at + some};
        at += some;
        h->rest -= some;
        advance(h);
    }
    return at - from;
}

enum status edf_solve(struct ctx *c, const struct problem *p, const int32_t *planned,
                      struct plan_day_load *days, struct plan_result *out)
{
    const struct plan_input *in = p->in;
    size_t most = (size_t)p->count + (size_t)in->window_count + 1;
    struct hand h = {.p = p,
                     .planned = planned,
                     .blocks = ARENA_RAW_ARRAY(p->arena, struct plan_block, most),
                     .next = -1};
    if (!h.blocks)
        return fail_memory(c);
    advance(&h);
    for (int32_t d = 0; d < p->days && h.rest > 0; d++) {
        const struct plan_span *w = &in->windows[in->days[d].first];
        for (int32_t i = 0; i < in->days[d].count && days[d].load < days[d].level; i++) {
            int32_t from = w[i].from > in->now ? w[i].from : in->now;
            if (from < w[i].until)
                days[d].load += use(&h, from, w[i].until, days[d].level - days[d].load);
        }
        if (days[d].load > out->maxload)
            out->maxload = days[d].load;
    }
    out->blocks = h.blocks;
    out->block_count = h.count;
    return ST_OK;
}
