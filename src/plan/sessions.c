#include "plan/sessions.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "plan/arrange.h"

enum {
    REACH_BLOCKS = 12,    /* how many sessions away another is looked for to change places with */
    REACH_POSITIONS = 400 /* how far away a task's next session is looked for */
};

/* How many positions may be looked at: about two milliseconds for 200 tasks. A fuzzer looks for
 * other things than good plans. */
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
static const int64_t LOOKS_EACH = 10, LOOKS_LEAST = 3000, LOOKS_MOST = 3000;
#else
static const int64_t LOOKS_EACH = 1000, LOOKS_LEAST = 600000, LOOKS_MOST = 2000000;
#endif

bool sessions_wanted(const struct plan_input *in)
{
    const struct plan_shape *s = &in->shape;
    if (s->session_min > 0 || s->session_max > 0 || s->day_max > 0 || s->preferred_count > 0)
        return true;
    for (int32_t j = 0; j < in->task_count; j++)
        if (in->tasks[j].session_min > 0)
            return true;
    return false;
}

enum status sessions_without(struct ctx *c, struct arena *a, const struct plan_input *in,
                             struct plan_input *out)
{
    bool wanted = sessions_wanted(in);
    *out = *in;
    out->shape = (struct plan_shape){0};
    if (!wanted)
        return ST_OK;
    struct plan_task *tasks = ARENA_ARRAY(a, struct plan_task, (size_t)in->task_count + 1);
    if (!tasks)
        return fail_memory(c);
    for (int32_t j = 0; j < in->task_count; j++) {
        tasks[j] = in->tasks[j];
        tasks[j].session_min = 0;
    }
    out->tasks = tasks;
    return ST_OK;
}

/* Whether no free slot and no long gap lies between two blocks. */
static bool adjoin(const struct plan_input *in, struct plan_block a, struct plan_block b)
{
    if (a.task != b.task || a.until == b.from)
        return a.task == b.task;
    if (b.from - a.until > in->shape.pause)
        return false;
    for (int32_t w = 0; w < in->window_count && in->windows[w].from < b.from; w++)
        if (in->windows[w].until > a.until)
            return false;
    return true;
}

static bool is_preferred(const struct plan_input *in, struct plan_block b)
{
    const struct plan_shape *s = &in->shape;
    for (int32_t i = 0; i < s->preferred_count && s->preferred[i].from <= b.from; i++)
        if (s->preferred[i].until > b.from)
            b.from = s->preferred[i].until;
    return s->preferred_count == 0 || b.from >= b.until;
}

/* Slots of the task of blocks[i] on its day, up to its end. */
static int32_t so_far_that_day(const struct plan_input *in, const struct plan_block *blocks,
                               int32_t i)
{
    int32_t d = 0, slots = 0;
    while (d < in->day_count && in->days[d].end <= blocks[i].from)
        d++;
    for (int32_t k = i; k >= 0 && d < in->day_count && blocks[k].from >= in->days[d].beg; k--)
        if (blocks[k].task == blocks[i].task)
            slots += blocks[k].until - blocks[k].from;
    return slots;
}

bool sessions_against(const struct plan_input *in, const struct plan_block *blocks, int32_t n,
                      int32_t i)
{
    const struct plan_shape *s = &in->shape;
    int32_t first = i, last = i, length = 0, planned = 0;
    while (first > 0 && adjoin(in, blocks[first - 1], blocks[first]))
        first--;
    while (last + 1 < n && adjoin(in, blocks[last], blocks[last + 1]))
        last++;
    for (int32_t k = 0; k < n; k++) {
        if (blocks[k].task != blocks[i].task || blocks[k].until <= in->now)
            continue;
        planned += blocks[k].until - blocks[k].from;
        length += k >= first && k <= last ? blocks[k].until - blocks[k].from : 0;
    }
    int32_t own = in->tasks[blocks[i].task].session_min, wish = own > 0 ? own : s->session_min;
    return length < (planned < wish ? planned : wish) ||
           (s->session_max > 0 && length > s->session_max) || !is_preferred(in, blocks[i]) ||
           (s->day_max > 0 && so_far_that_day(in, blocks, i) > s->day_max);
}

static bool wish_valid(int32_t slots)
{
    return slots >= 0 && slots <= PLAN_DAY_SLOTS_MAX;
}

enum status sessions_check(struct ctx *c, const struct plan_input *in)
{
    const struct plan_shape *s = &in->shape;
    if (!wish_valid(s->session_min) || !wish_valid(s->session_max) || !wish_valid(s->day_max) ||
        !wish_valid(s->pause))
        return fail(c, ST_INVALID, "/shape", "has a length that is out of range");
    for (int32_t i = 0; i < s->preferred_count; i++)
        if (s->preferred[i].from >= s->preferred[i].until ||
            (i > 0 && s->preferred[i].from < s->preferred[i - 1].until))
            return fail(c, ST_INVALID, "/shape/preferred", "must be ascending and disjoint");
    for (int32_t j = 0; j < in->task_count; j++)
        if (!wish_valid(in->tasks[j].session_min)) {
            char pointer[40];
            snprintf(pointer, sizeof pointer, "/tasks/%d/session_min", j);
            return fail(c, ST_INVALID, pointer, "is out of range");
        }
    return ST_OK;
}

/* The nearest position of the same task in front of `at`, or behind it, in another session; −1:
 * none near. */
static int32_t other_session(struct arrangement *x, int32_t at, int32_t task, int32_t step)
{
    for (int32_t i = at; i >= 0 && i < x->n && (i - at) * step < REACH_POSITIONS;
         i = step > 0 ? x->end[i] : x->begin[i] - 1)
        if (x->task[i] == task)
            return i;
    x->looks -= 16;
    return -1;
}

/* Used, movable positions of [from, until). */
static int32_t used_between(const struct arrangement *x, int32_t from, int32_t until)
{
    int32_t n = 0;
    for (int32_t i = from; i < until; i++)
        n += x->task[i] != ARRANGE_IDLE && !x->fixed[i];
    return n;
}

/* Brings sessions [s, e) and [t, u) of one task, s < e ≤ t < u, together by moving one to the
 * other: what lies between moves over, or as much as must changes places. */
static bool join(struct arrangement *x, int32_t s, int32_t e, int32_t t, int32_t u)
{
    int32_t between = used_between(x, e, t);
    if (arrange_turn(x, s, e - s, between, 0) || arrange_swap(x, s, t - (e - s), e - s, 0))
        return true;
    for (int32_t i = e; i < t && between > 0; i++)
        if (x->task[i] != ARRANGE_IDLE && !x->fixed[i])
            return arrange_turn(x, i, between, u - t, 0) || arrange_swap(x, e, t, u - t, 0);
    return arrange_swap(x, e, t, u - t, 0);
}

/* Moves `k` slots from the end or the beginning of session [t, u) to the end or beginning of
 * [s, e). */
static bool lend(struct arrangement *x, int32_t s, int32_t e, int32_t t, int32_t u, int32_t k)
{
    if (k <= 0 || k > u - t)
        return false;
    return arrange_swap(x, e, u - k, k, 0) || arrange_swap(x, e, t, k, 0) ||
           arrange_swap(x, s - k, u - k, k, 0) || arrange_swap(x, s - k, t, k, 0);
}

static bool with_other(struct arrangement *x, int32_t s, int32_t e, int32_t at)
{
    if (at < 0)
        return false;
    int32_t task = x->task[s], most = x->of->in->shape.session_max;
    int32_t t = x->begin[at], u = x->end[at];
    if (at > s ? join(x, s, e, t, u) : join(x, t, u, s, e))
        return true;
    return lend(x, s, e, t, u, x->least[task] - (e - s)) ||
           lend(x, s, e, t, u, u - t - x->least[task]) ||
           (most > 0 && (lend(x, s, e, t, u, u - t - most) ||
                         lend(x, s, e, t, u, most - (e - s) < u - t ? most - (e - s) : u - t))) ||
           (u - t > 1 && lend(x, s, e, t, u, 1));
}

/* The session [s, e) and what is used next change places: wholly, or as far as sittings reach. */
static bool with_next(struct arrangement *x, int32_t s, int32_t e)
{
    int32_t i = e;
    while (i < x->n && (x->task[i] == ARRANGE_IDLE || x->fixed[i]))
        i++;
    if (i == x->n)
        return false;
    int32_t task = x->task[i], first = x->end[i] - i, whole = 0, mine = 0;
    for (int32_t k = i; k < x->n && whole < ARRANGE_MOVE_MAX / 2; k++) {
        if (x->task[k] == ARRANGE_IDLE || x->fixed[k])
            continue;
        if (x->task[k] != task)
            break;
        whole++;
    }
    int32_t start = s;
    for (int32_t k = e - 1; k >= 0 && mine < ARRANGE_MOVE_MAX / 2; k--) {
        if (x->task[k] == ARRANGE_IDLE || x->fixed[k])
            continue;
        if (x->task[k] != x->task[s])
            break;
        start = k;
        mine++;
    }
    x->looks -= (whole + mine) / 2;
    return arrange_turn(x, s, e - s, whole, 0) || arrange_turn(x, s, e - s, first, 0) ||
           (mine > e - s &&
            (arrange_turn(x, start, mine, whole, 0) || arrange_turn(x, start, mine, first, 0)));
}

/* The session [s, e) and an equally long stretch that begins or ends where another session, or an
 * idle stretch, does. */
static bool with_any(struct arrangement *x, int32_t s, int32_t e, int32_t step)
{
    int32_t at = step > 0 ? e : s - 1, k = e - s;
    for (int32_t n = 0; n < REACH_BLOCKS && at >= 0 && at < x->n; n++) {
        int32_t t = x->begin[at], u = x->end[at];
        x->looks -= u - t;
        if (arrange_swap(x, s, t, k, 0) || arrange_swap(x, s, u - k, k, 0))
            return true;
        if (u - t < k &&
            (arrange_swap(x, s, t, u - t, 0) || arrange_swap(x, e - (u - t), t, u - t, 0)))
            return true;
        at = step > 0 ? u : t - 1;
    }
    return false;
}

/* What a day has too much of a task goes, from the session's end, to the next day that has room for
 * it and not enough of the task. */
static bool thin(struct arrangement *x, int32_t s, int32_t e)
{
    int32_t surplus = arrange_surplus(x, s), task = x->task[s];
    if (surplus == 0)
        return false;
    int32_t k = surplus < e - s ? surplus : e - s;
    for (int32_t i = e, end; i < x->n && i < x->high[task]; i = end) {
        end = x->end[i];
        x->looks--;
        int32_t most = x->task[i] == ARRANGE_IDLE ? end - i : 0;
        if (most == 0 || x->day[i] == x->day[s])
            continue;
        most = most < arrange_lack(x, task, i) ? most : arrange_lack(x, task, i);
        most = most < x->spare[x->day[i]] ? most : x->spare[x->day[i]];
        most = most < k ? most : k;
        if (most > 0 && arrange_swap(x, e - most, i, most, 0))
            return true;
    }
    return false;
}

/* Whether a slot of the session [s, e) lies outside the preferred hours. */
static bool outside(const struct arrangement *x, int32_t s, int32_t e)
{
    int64_t later = (int64_t)SESSION_LATER * (x->day[s] - x->day[0]) * (e - s);
    return x->price[e] - x->price[s] > later;
}

/* A session that holds all of its task, not too long, at preferred hours costs nothing that could
 * be saved but its day; others that want its place will ask for it. */
static bool content(const struct arrangement *x, int32_t s, int32_t e)
{
    int32_t most = x->of->in->shape.session_max;
    return e - s == x->of->planned[x->task[s]] && (most == 0 || e - s <= most) &&
           arrange_surplus(x, s) == 0 && !outside(x, s, e);
}

static bool improve(struct arrangement *x, int32_t s, bool thorough)
{
    int32_t e = x->end[s], task = x->task[s];
    if (x->fixed[s])
        return false;
    if (!thorough && content(x, s, e))
        return with_next(x, s, e);
    return thin(x, s, e) || with_other(x, s, e, other_session(x, s - 1, task, -1)) ||
           with_other(x, s, e, other_session(x, e, task, 1)) || with_next(x, s, e) ||
           with_any(x, s, e, 1) || with_any(x, s, e, -1);
}

/* Looks at the sessions of [from, until) until none of them can be improved. */
static void descend(struct arrangement *x, int32_t from, int32_t until, bool thorough)
{
    for (bool again = true; again && x->looks > 0;) {
        again = false;
        for (int32_t i = x->begin[from]; i < until && x->looks > 0;) {
            if (x->task[i] == ARRANGE_IDLE || !improve(x, i, thorough)) {
                i = x->end[i];
                continue;
            }
            again = true;
            i = x->begin[i];
        }
    }
}

/* Positions that are stirred together. */
struct bowl {
    int32_t from, until;
};

/* 0 … n − 1, n > 0: by a multiplication, since moves are so cheap that divisions would show. */
static int32_t pick(struct rng *r, int32_t n)
{
    return (int32_t)((rng_next(r) >> 32) * (uint64_t)n >> 32);
}

static bool one_in(struct rng *r, int32_t n)
{
    return pick(r, n) == 0;
}

static int32_t any_in(struct rng *r, const struct bowl *b)
{
    return b->from + pick(r, b->until - b->from);
}

/* A session and a stretch elsewhere, which often begins or ends with another, change places. */
static bool stir_swap(struct arrangement *x, struct rng *r, const struct bowl *b, int32_t s,
                      int32_t e, int64_t under)
{
    int32_t q = any_in(r, b), t = x->begin[q], u = x->end[q];
    int32_t k = one_in(r, 2) || u - t > e - s ? e - s : u - t;
    if (one_in(r, 4))
        k = 1 + pick(r, k);
    int32_t p = one_in(r, 2) ? s : e - k;
    switch (pick(r, 4)) {
    case 0:
        return arrange_swap(x, p, q, k, under);
    case 1:
        return arrange_swap(x, p, t, k, under);
    case 2:
        return arrange_swap(x, p, u - k, k, under);
    default:
        return arrange_swap(x, p, q < s ? t - k : u, k, under);
    }
}

/* Another session of the task gives some slots to this one, or takes some. */
static bool stir_lend(struct arrangement *x, struct rng *r, int32_t s, int32_t e, int64_t under)
{
    int32_t back = one_in(r, 2) ? -1 : 1;
    int32_t at = other_session(x, back < 0 ? s - 1 : e, x->task[s], back);
    if (at < 0)
        return false;
    int32_t t = x->begin[at], u = x->end[at];
    int32_t k = one_in(r, 2) ? u - t : 1 + pick(r, u - t);
    int32_t to = one_in(r, 2) ? e : s - k;
    int32_t from = one_in(r, 2) ? t : u - k;
    return arrange_swap(x, to, from, k, under);
}

static bool stir_turn(struct arrangement *x, struct rng *r, int32_t s, int32_t e, int64_t under)
{
    int32_t i = e, a = e - s;
    while (i < x->n && (x->task[i] == ARRANGE_IDLE || x->fixed[i]))
        i++;
    if (i == x->n)
        return false;
    int32_t b = x->end[i] - i;
    if (one_in(r, 3))
        b = 1 + pick(r, b + 8);
    if (one_in(r, 3)) {
        a = 1 + pick(r, a);
        s = e - a;
    }
    return arrange_turn(x, s, a, b, under);
}

static bool stir(struct arrangement *x, struct rng *r, const struct bowl *b, int64_t under)
{
    int32_t p = any_in(r, b);
    x->looks -= ARRANGE_MOVE_LOOKS;
    if (x->task[p] == ARRANGE_IDLE || x->fixed[p])
        return false;
    int32_t s = x->begin[p], e = x->end[p];
    switch (pick(r, 4)) {
    case 0:
        return stir_turn(x, r, s, e, under);
    case 1:
        return stir_lend(x, r, s, e, under);
    default:
        return stir_swap(x, r, b, s, e, under);
    }
}

/* About exponentially distributed with mean `heat`, in whole numbers so that all machines agree. */
static int64_t tolerance(struct rng *r, int64_t heat)
{
    uint64_t bits = rng_next(r);
    int64_t whole = 0;
    while (whole < 16 && bits >> whole & 1)
        whole++;
    return heat * (whole * 256 + (int64_t)(bits >> 56)) * 7 / (10 * 256);
}

/* Anneals: changes for the worse are taken as long as it is hot, and it cools to none. */
static void anneal(struct arrangement *x, struct rng *r, const struct bowl *b, int32_t moves)
{
    enum { HEAT = 45 };
    for (int32_t i = 0; i < moves && x->looks > 0; i++)
        stir(x, r, b, 1 + tolerance(r, (int64_t)HEAT * (moves - i) / moves));
}

/* Some positions about a session: where nothing is planned there is nothing to stir. */
static struct bowl pick_bowl(const struct arrangement *x, struct rng *r)
{
    enum { WIDTH = 100 };
    if (x->n <= WIDTH)
        return (struct bowl){0, x->n};
    int32_t p = pick(r, x->n);
    if (x->task[p] == ARRANGE_IDLE && x->end[p] < x->n)
        p = x->end[p];
    int32_t from = p - pick(r, WIDTH), last = x->n - WIDTH;
    from = from < 0 ? 0 : from > last ? last : from;
    return (struct bowl){from, from + WIDTH};
}

/* Anneals a stretch here, a stretch there; each result is kept if friction did not grow. */
static void search(struct arrangement *x, int64_t bound, int32_t *best, int32_t *spare)
{
    struct rng r = rng_make(20261125);
    size_t bytes = (size_t)x->n * sizeof *best;
    size_t days = (size_t)x->of->in->day_count * sizeof *spare;
    enum { MOVES_EACH = 15 };
    while (x->looks > 0 && x->friction > bound) {
        int64_t friction = x->friction;
        struct bowl b = pick_bowl(x, &r);
        memcpy(best, x->task, bytes);
        memcpy(spare, x->spare, days);
        x->looks -= x->n / 8 + 8;
        anneal(x, &r, &b, MOVES_EACH * (b.until - b.from));
        if (x->friction > friction)
            descend(x, b.from, b.until, true);
        if (x->friction <= friction)
            continue;
        arrange_restore(x, best, spare, friction);
    }
}

/* Moves sessions to the front of the idle positions before them, where that costs nothing. */
static void settle(struct arrangement *x)
{
    for (int32_t s = 0, e; s < x->n; s = e) {
        e = x->end[s];
        if (x->task[s] == ARRANGE_IDLE || x->fixed[s])
            continue;
        int32_t idle = s;
        while (idle > 0 && x->task[idle - 1] == ARRANGE_IDLE &&
               x->sitting[idle - 1] == x->sitting[s])
            idle--;
        for (int32_t at = s; at > idle;) {
            int32_t k = at - idle < e - s ? at - idle : e - s;
            if (!arrange_swap(x, at - k, at + (e - s) - k, k, 1))
                break;
            at -= k;
        }
    }
}

/* Writes the arrangement back as blocks: a session is one block for each window it lies in. */
static void read_blocks(const struct arrangement *x, struct sessions *s)
{
    int32_t n = 0;
    struct plan_block *b = s->blocks;
    for (int32_t pass = 0; pass < 2; pass++) {
        n = 0;
        for (int32_t i = 0, end; i < x->n; i = end) {
            end = i + 1;
            if (x->task[i] == ARRANGE_IDLE || x->fixed[i])
                continue;
            while (end < x->n && x->task[end] == x->task[i] && !x->fixed[end] && !x->opens[end])
                end++;
            if (pass == 1)
                b[n] = (struct plan_block){x->task[i], x->slot[i], x->slot[end - 1] + 1};
            n++;
        }
        if (n > s->room)
            return;
    }
    s->count = n;
    for (int32_t d = 0; d < s->in->day_count; d++)
        s->days[d].load = s->days[d].level - x->spare[d];
    s->friction = x->friction;
}

enum status sessions_shape(struct ctx *c, struct arena *a, struct sessions *s)
{
    struct arrangement x;
    s->friction_bound = -1;
    if (!arrange_fits(s))
        return ST_OK;
    enum status st = arrange_init(c, a, s, &x);
    if (st)
        return st;
    int32_t *best = ARENA_ARRAY(a, int32_t, (size_t)x.n + 1);
    int32_t *spare = ARENA_ARRAY(a, int32_t, (size_t)s->in->day_count + 1);
    if (!best || !spare)
        return fail_memory(c);
    s->friction = x.friction;
    st = arrange_bound(c, a, &x, &s->friction_bound);
    if (st)
        return st;
    x.looks = LOOKS_EACH * s->count;
    x.looks = x.looks < LOOKS_LEAST ? LOOKS_LEAST : x.looks > LOOKS_MOST ? LOOKS_MOST : x.looks;
    if (x.n > 0) {
        descend(&x, 0, x.n, false);
        search(&x, s->friction_bound, best, spare);
        settle(&x);
    }
    read_blocks(&x, s);
    return ST_OK;
}
