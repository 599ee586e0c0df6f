#include "plan/problem.h"

/* The greatest shortfall of day capacities against the demands on prefixes of days; at most 0 when
 * they suffice. This equals the greatest W(t) − C(t), and so the slots that cannot be on time. */
static int32_t shortfall(const struct problem *p, const int32_t *cap)
{
    int32_t worst = p->need[0], sum = 0;
    for (int32_t d = 0; d < p->days; d++) {
        sum += cap[d];
        int32_t here = p->need[d + 1] - sum;
        worst = here > worst ? here : worst;
    }
    return worst;
}

/* Whether everything fits at intensity m / 2^bits. */
static bool fits(const struct problem *p, uint32_t m, uint32_t bits, int32_t last)
{
    int32_t sum = 0;
    if (p->need[0] > 0)
        return false;
    for (int32_t d = 0; d < last; d++) {
        int32_t cap = (int32_t)((uint32_t)p->free[d] * m >> bits) - p->in->days[d].done;
        cap = cap < 0 ? 0 : cap;
        sum += cap < p->avail[d] ? cap : p->avail[d];
        if (sum < p->need[d + 1])
            return false;
    }
    return true;
}

static int32_t gcd(int32_t a, int32_t b)
{
    while (b) {
        int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The least fraction k/F of any day that is greater than m / 2^bits. */
struct plan_ratio next_candidate(const struct problem *p, uint32_t m, uint32_t bits)
{
    struct plan_ratio least = {1, 1};
    for (int32_t d = 0; d < p->days; d++) {
        int32_t k = (int32_t)((uint32_t)p->free[d] * m >> bits) + 1;
        if (p->free[d] > 0 && k * least.den < least.num * p->free[d])
            least = (struct plan_ratio){k, p->free[d]};
    }
    int32_t g = gcd(least.num, least.den);
    return (struct plan_ratio){least.num / g, least.den / g};
}

uint32_t candidate_bits(const struct problem *p)
{
    uint32_t bits = 0;
    while (1 << bits <= p->day_max * (p->day_max - 1))
        bits++;
    return bits;
}

/* A day's capacity changes only where X passes a k/F. Two different such fractions are more than
 * 2^−bits apart, so a bisection down to that step leaves exactly one in its last interval. */
struct plan_ratio least_intensity(const struct problem *p)
{
    uint32_t bits = candidate_bits(p);
    int32_t last = p->days; /* no demand grows behind the last deadline */
    while (last > 0 && p->need[last] <= 0)
        last--;
    uint32_t low = 0, high = 1u << bits;
    if (!fits(p, high, bits, last))
        return (struct plan_ratio){0, 0};
    if (fits(p, low, bits, last))
        return (struct plan_ratio){0, 1};
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (fits(p, middle, bits, last))
            high = middle;
        else
            low = middle;
    }
    return next_candidate(p, low, bits);
}

/* The capacities just below the least intensity: the greatest candidate under `x` gives the same
 * ones, for there is none between. */
void capacities_below(const struct problem *p, struct plan_ratio x, int32_t *cap)
{
    for (int32_t d = 0; d < p->days; d++) {
        int32_t c = 0;
        if (p->free[d] > 0)
            c = (p->free[d] * x.num - 1) / x.den - p->in->days[d].done;
        c = c < 0 ? 0 : c;
        cap[d] = c < p->avail[d] ? c : p->avail[d];
    }
}

void capacities(const struct problem *p, struct plan_ratio x, int32_t *cap)
{
    for (int32_t d = 0; d < p->days; d++)
        cap[d] = capacity_at(p->free[d], p->avail[d], p->in->days[d].done, x);
}

/* The deadline with the greatest W(t) − C(t). Among equals the first has the least C, for C never
 * falls, and so the greatest W/C. */
static int32_t tightest(const struct problem *p, const int32_t *room)
{
    int32_t best = 0;
    for (int32_t k = 1; k < p->deadlines; k++)
        if (p->deadline[k].work - room[k] > p->deadline[best].work - room[best])
            best = k;
    return best;
}

/* Where all could start now: every stretch begins now. */
static enum status tightest_from_now(struct ctx *c, const struct problem *p, const int32_t *cap,
                                     const int32_t *shown, struct plan_critical *out)
{
    struct arena_mark mark = arena_mark(p->arena);
    int32_t *room = ARENA_RAW_ARRAY(p->arena, int32_t, (size_t)p->deadlines);
    if (!room)
        return fail_memory(c);
    rooms(p, cap, room);
    int32_t k = tightest(p, room);
    rooms(p, shown, room);
    *out = (struct plan_critical){.from = p->in->now,
                                  .until = p->deadline[k].at,
                                  .work = p->deadline[k].work,
                                  .free = room[k]};
    arena_rewind(p->arena, mark);
    return ST_OK;
}

static enum status critical_stretch(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    if (p->deadlines == 0 || (out->xmin.den != 0 && out->xmin.num == 0))
        return ST_OK;
    const int32_t *judged = p->cap, *shown = p->cap;
    if (out->feasible) {
        int32_t *below = ARENA_ARRAY(p->arena, int32_t, 2 * (size_t)p->days + 1);
        if (!below)
            return fail_memory(c);
        capacities_below(p, out->xmin, below);
        capacities(p, out->xmin, below + p->days);
        judged = below;
        shown = below + p->days;
    }
    return p->axis ? stretch_solve(c, p, judged, shown, &out->critical)
                   : tightest_from_now(c, p, judged, shown, &out->critical);
}

static enum status intensity_from_now(struct ctx *c, const struct problem *p,
                                      struct plan_result *out)
{
    int32_t *full = ARENA_ARRAY(p->arena, int32_t, (size_t)p->days + 1);
    if (!full)
        return fail_memory(c);
    capacities(p, (struct plan_ratio){1, 1}, full);
    int32_t short_full = shortfall(p, full);
    int32_t short_here = shortfall(p, p->cap);
    out->deficit_full = short_full > 0 ? short_full : 0;
    out->deficit = short_here > 0 ? short_here : 0;
    out->feasible = short_here <= 0;
    out->xmin = least_intensity(p);
    return ST_OK;
}

enum status intensity_solve(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    enum status s = p->axis ? later_intensity(c, p, out) : intensity_from_now(c, p, out);
    if (s)
        return s;
    out->score = -1;
    if (out->xmin.den)
        out->score = (200 * (out->xmin.den - out->xmin.num) + out->xmin.den) / (2 * out->xmin.den);
    return critical_stretch(c, p, out);
}
