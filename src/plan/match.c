#include "plan/axis.h"

#include <string.h>

enum { BITS = 64, SHIFT = 6, PIECES_MAX = PLAN_DAY_SLOTS_MAX };

_Static_assert(PLAN_TASKS_MAX <= BITS * BITS * BITS, "three levels hold every rank");

static bool set_init(struct arena *a, int32_t n, struct rank_set *s)
{
    size_t leaves = (size_t)n / BITS + 1;
    s->top = 0;
    s->leaf = ARENA_ARRAY(a, uint64_t, leaves);
    s->middle = ARENA_ARRAY(a, uint64_t, leaves / BITS + 1);
    return s->leaf && s->middle;
}

static void set_add(struct rank_set *s, int32_t rank)
{
    s->leaf[rank >> SHIFT] |= (uint64_t)1 << (rank & (BITS - 1));
    s->middle[rank >> 2 * SHIFT] |= (uint64_t)1 << (rank >> SHIFT & (BITS - 1));
    s->top |= (uint64_t)1 << (rank >> 2 * SHIFT);
}

static void set_remove(struct rank_set *s, int32_t rank)
{
    uint64_t *leaf = &s->leaf[rank >> SHIFT], *middle = &s->middle[rank >> 2 * SHIFT];
    *leaf &= ~((uint64_t)1 << (rank & (BITS - 1)));
    if (*leaf == 0)
        *middle &= ~((uint64_t)1 << (rank >> SHIFT & (BITS - 1)));
    if (*middle == 0)
        s->top &= ~((uint64_t)1 << (rank >> 2 * SHIFT));
}

static bool set_has(const struct rank_set *s, int32_t rank)
{
    return s->leaf[rank >> SHIFT] >> (rank & (BITS - 1)) & 1;
}

/* −1: empty. */
static int32_t set_first(const struct rank_set *s)
{
    if (!s->top)
        return -1;
    int32_t at = __builtin_ctzll(s->top);
    at = at << SHIFT | __builtin_ctzll(s->middle[at]);
    return at << SHIFT | __builtin_ctzll(s->leaf[at]);
}

static int32_t set_last(const struct rank_set *s)
{
    int32_t at = BITS - 1 - __builtin_clzll(s->top);
    at = at << SHIFT | (BITS - 1 - __builtin_clzll(s->middle[at]));
    return at << SHIFT | (BITS - 1 - __builtin_clzll(s->leaf[at]));
}

static void set_clear(struct rank_set *s)
{
    for (int32_t rank = set_first(s); rank >= 0; rank = set_first(s))
        set_remove(s, rank);
}

enum status matcher_init(struct ctx *c, struct arena *a, int32_t tasks, struct matcher *m)
{
    m->amount = ARENA_ARRAY(a, int32_t, (size_t)tasks + 1);
    if (!m->amount || !set_init(a, tasks, &m->active) || !set_init(a, tasks, &m->today))
        return fail_memory(c);
    return ST_OK;
}

enum status flow_init(struct ctx *c, struct arena *a, const struct axis *x, bool runs,
                      struct flow *f)
{
    size_t n = (size_t)x->count, days = (size_t)x->days;
    *f = (struct flow){.rest = ARENA_ARRAY(a, int32_t, n + 1),
                       .load = ARENA_ARRAY(a, int32_t, days + 1),
                       .first_run = ARENA_ARRAY(a, int32_t, days + 1)};
    if (runs)
        f->runs = ARENA_ARRAY(a, struct run, 3 * (n + days) + 1);
    if (!f->rest || !f->load || !f->first_run || (runs && !f->runs))
        return fail_memory(c);
    return ST_OK;
}

/* One flow being made, day by day. */
struct making {
    struct matcher *m;
    const struct axis *x;
    struct flow *f;
    int32_t next;                  /* arrivals before it have arrived */
    struct run pieces[PIECES_MAX]; /* of the present day, before its capacity is looked at */
    int32_t count;
    int32_t used;
};

static int32_t next_arrival(const struct making *k)
{
    return k->next < k->x->count ? k->x->from[k->x->arrival[k->next]] : INT32_MAX;
}

static void arrive(struct making *k, int32_t at)
{
    for (; next_arrival(k) <= at; k->next++) {
        int32_t rank = k->x->arrival[k->next];
        if (k->f->rest[rank] > 0)
            set_add(&k->m->active, rank);
    }
}

/* Earliest due date first over all positions of a day, whatever its capacity; ends early where all
 * that follows would be given back. */
static void run_day(struct making *k, int32_t at, int32_t end, int32_t cap)
{
    int32_t greatest = -1;
    k->count = k->used = 0;
    while (at < end) {
        arrive(k, at);
        int32_t rank = set_first(&k->m->active);
        int32_t stop = next_arrival(k) < end ? next_arrival(k) : end;
        if (rank < 0) {
            at = stop;
            continue;
        }
        if (k->x->until[rank] <= at) { /* expired */
            set_remove(&k->m->active, rank);
            continue;
        }
        int32_t some = (stop < k->x->until[rank] ? stop : k->x->until[rank]) - at;
        if (some > k->f->rest[rank])
            some = k->f->rest[rank];
        if (stop == end && rank >= greatest && some > cap - k->used)
            some = cap - k->used;
        if (some <= 0)
            break;
        k->pieces[k->count++] = (struct run){rank, at, at + some};
        k->f->rest[rank] -= some;
        if (k->f->rest[rank] == 0)
            set_remove(&k->m->active, rank);
        k->used += some;
        at += some;
        greatest = rank > greatest ? rank : greatest;
    }
}

/* Keeps what is due first and gives the rest back to the pool. */
static void give_back(struct making *k, int32_t cap)
{
    struct matcher *m = k->m;
    for (int32_t i = 0; i < k->count; i++) {
        struct run piece = k->pieces[i];
        if (!set_has(&m->today, piece.rank)) {
            set_add(&m->today, piece.rank);
            m->amount[piece.rank] = 0;
        }
        m->amount[piece.rank] += piece.until - piece.from;
    }
    while (k->used > cap) {
        int32_t rank = set_last(&m->today);
        int32_t some = m->amount[rank] < k->used - cap ? m->amount[rank] : k->used - cap;
        m->amount[rank] -= some;
        k->f->rest[rank] += some;
        k->used -= some;
        set_add(&m->active, rank);
        if (m->amount[rank] == 0)
            set_remove(&m->today, rank);
    }
}

static void add_run(struct flow *f, int32_t day, struct run r)
{
    struct run *last = f->count > f->first_run[day] ? &f->runs[f->count - 1] : NULL;
    if (last && last->rank == r.rank && last->until == r.from)
        last->until = r.until;
    else
        f->runs[f->count++] = r;
}

/* Keeps the earliest pieces of what was kept: what was given back is due later and so stood in
 * nothing's way. */
static void place_kept(struct making *k, int32_t day)
{
    struct matcher *m = k->m;
    for (int32_t i = 0; i < k->count; i++) {
        struct run r = k->pieces[i];
        int32_t left = set_has(&m->today, r.rank) ? m->amount[r.rank] : 0;
        if (r.until - r.from > left)
            r.until = r.from + left;
        m->amount[r.rank] -= r.until - r.from;
        if (r.until > r.from)
            add_run(k->f, day, r);
    }
}

static void make_day(struct making *k, int32_t day, int32_t cap)
{
    int32_t from = k->x->edge[day], end = k->x->edge[day + 1];
    k->f->first_run[day] = k->f->count;
    k->count = k->used = 0;
    if (cap > 0)
        run_day(k, from, end, cap);
    if (end > from)
        arrive(k, end - 1);
    if (k->used > cap) {
        give_back(k, cap);
        if (k->f->runs)
            place_kept(k, day);
        set_clear(&k->m->today);
    } else if (k->f->runs) {
        for (int32_t i = 0; i < k->count; i++)
            add_run(k->f, day, k->pieces[i]);
    }
    k->f->load[day] = k->used;
}

void match_solve(struct matcher *m, const struct axis *x, const int32_t *work, const int32_t *cap,
                 struct flow *f)
{
    struct making k = {.m = m, .x = x, .f = f};
    f->count = f->unserved = 0;
    for (int32_t i = 0; i < x->count; i++)
        f->rest[i] = work[i] > 0 ? work[i] : 0;
    for (int32_t d = 0; d < x->days; d++)
        make_day(&k, d, cap[d]);
    f->first_run[x->days] = f->count;
    set_clear(&m->active);
    for (int32_t i = 0; i < x->count; i++)
        f->unserved += f->rest[i];
}
