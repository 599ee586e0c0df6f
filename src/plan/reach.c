#include "plan/axis.h"

#include <assert.h>

/* A run, or positions of one day that nobody has. Visited ones are skipped by union-find. */
struct cell {
    int32_t from, until;
    int32_t rank; /* −1: nobody's */
    int32_t day;
};

struct search {
    const struct axis *x;
    struct witness *out;
    struct cell *cells;
    int32_t count;
    int32_t *next;  /* count + 1: union-find to the next cell not visited */
    int32_t *first; /* days + 1: the cells of each day */
    int32_t *stack; /* hot tasks whose positions are still to be looked at */
    int32_t depth;
};

static void heat(struct search *s, int32_t rank)
{
    if (s->out->hot[rank])
        return;
    s->out->hot[rank] = true;
    s->stack[s->depth++] = rank;
}

static void add_cell(struct search *s, int32_t from, int32_t until, int32_t rank, int32_t day)
{
    if (until > from)
        s->cells[s->count++] = (struct cell){from, until, rank, day};
}

static void build(struct search *s, const struct flow *f)
{
    for (int32_t d = 0; d < s->x->days; d++) {
        int32_t at = s->x->edge[d];
        s->first[d] = s->count;
        for (int32_t i = f->first_run[d]; i < f->first_run[d + 1]; i++) {
            struct run r = f->runs[i];
            add_cell(s, at, r.from, -1, d);
            add_cell(s, r.from, r.until, r.rank, d);
            at = r.until;
        }
        add_cell(s, at, s->x->edge[d + 1], -1, d);
    }
    s->first[s->x->days] = s->count;
    for (int32_t i = 0; i <= s->count; i++)
        s->next[i] = i;
}

static int32_t find(int32_t *next, int32_t i)
{
    while (next[i] != i) {
        next[i] = next[next[i]];
        i = next[i];
    }
    return i;
}

/* The first cell that ends behind `at`. */
static int32_t cell_at(const struct search *s, int32_t at)
{
    int32_t low = 0, high = s->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (s->cells[middle].until > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A position that nobody has, within reach, means that its day's capacity is used up: whoever is
 * in that day could make room. */
static void fill_day(struct search *s, int32_t day)
{
    if (s->out->full[day])
        return;
    s->out->full[day] = true;
    for (int32_t i = s->first[day]; i < s->first[day + 1]; i++)
        if (s->cells[i].rank >= 0)
            heat(s, s->cells[i].rank);
}

static void spread(struct search *s)
{
    while (s->depth > 0) {
        int32_t rank = s->stack[--s->depth];
        int32_t from = s->x->from[rank], until = s->x->until[rank];
        if (from >= until)
            continue;
        for (int32_t i = find(s->next, cell_at(s, from)); i < s->count; i = find(s->next, i)) {
            if (s->cells[i].from >= until)
                break;
            s->next[i] = i + 1;
            if (s->cells[i].rank >= 0)
                heat(s, s->cells[i].rank);
            else
                fill_day(s, s->cells[i].day);
        }
    }
}

/* The positions that hot tasks may use. */
static void join(const struct axis *x, struct witness *out)
{
    for (int32_t i = 0; i < x->count; i++) {
        int32_t rank = x->arrival[i];
        struct plan_span w = {x->from[rank], x->until[rank]};
        if (!out->hot[rank] || w.from >= w.until)
            continue;
        struct plan_span *last = out->span_count ? &out->spans[out->span_count - 1] : NULL;
        if (!last || last->until < w.from)
            out->spans[out->span_count++] = w;
        else if (last->until < w.until)
            last->until = w.until;
    }
}

enum status reach_solve(struct ctx *c, struct arena *a, const struct axis *x, const int32_t *work,
                        const struct flow *f, struct witness *out)
{
    size_t n = (size_t)x->count, days = (size_t)x->days;
    size_t cells = 2 * (size_t)f->count + days + 1;
    *out = (struct witness){.hot = ARENA_ARRAY(a, bool, n + 1),
                            .full = ARENA_ARRAY(a, bool, days + 1),
                            .spans = ARENA_ARRAY(a, struct plan_span, n + 1)};
    struct search s = {.x = x,
                       .out = out,
                       .cells = ARENA_ARRAY(a, struct cell, cells),
                       .next = ARENA_ARRAY(a, int32_t, cells + 1),
                       .first = ARENA_ARRAY(a, int32_t, days + 1),
                       .stack = ARENA_ARRAY(a, int32_t, n + 1)};
    if (!out->hot || !out->full || !out->spans || !s.cells || !s.next || !s.first || !s.stack)
        return fail_memory(c);
    build(&s, f);
    for (int32_t i = 0; i < x->count; i++)
        if (f->rest[i] > 0)
            heat(&s, i);
    spread(&s);
    join(x, out);
    for (int32_t i = 0; i < x->count; i++)
        if (out->hot[i])
            out->work += work[i];
    return ST_OK;
}
