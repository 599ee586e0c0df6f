#include "plan/problem.h"

/* Where it is short: V, the deadlines with W(t) > C(t), and D, the greatest W(t) − C(t). */
struct shortage {
    int32_t first, last; /* of V, indexes of deadlines */
    int32_t most;        /* D */
};

static struct shortage find_shortage(const struct problem *p)
{
    struct shortage v = {.first = -1};
    for (int32_t k = 0; k < p->deadlines; k++) {
        int32_t short_here = p->deadline[k].work - p->room[k];
        if (short_here <= 0)
            continue;
        if (v.first < 0)
            v.first = k;
        v.last = k;
        v.most = short_here > v.most ? short_here : v.most;
    }
    return v;
}

static struct plan_repair *add(struct plan_result *out, enum plan_repair_kind kind)
{
    struct plan_repair *r = &out->repairs[out->repair_count++];
    *r = (struct plan_repair){.kind = kind, .task = -1, .day = -1, .slots = -1, .until = -1};
    return r;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Slots of day `d` in [now, until) that are not free. */
static int32_t unfree(const struct problem *p, int32_t d, int32_t until, int32_t free_there)
{
    const struct plan_day *day = &p->in->days[d];
    int32_t from = later(day->beg, p->in->now);
    int32_t end = day->end < until ? day->end : until;
    return end > from ? end - from - free_there : 0;
}

/* The fewest more free slots on a day that lies before every deadline that is short, or −1: its
 * capacity must grow by v.most, and floor((F + n)·X) may grow slower than n. */
static int32_t free_whole(const struct problem *p, const struct shortage *v, int32_t d)
{
    struct plan_ratio x = p->in->limit;
    int64_t wanted = (int64_t)p->cap[d] + v->most;
    if (x.num == 0)
        return -1;
    int64_t share = ((wanted + p->in->days[d].done) * x.den + x.num - 1) / x.num - p->free[d];
    int64_t n = share > wanted - p->avail[d] ? share : wanted - p->avail[d];
    return n <= unfree(p, d, p->deadline[v->first].at, p->avail[d]) ? (int32_t)n : -1;
}

/* Whether n more free slots on the day of the first deadline that is short, before it, suffice. */
static bool enough_there(const struct problem *p, const struct shortage *v, int32_t n)
{
    int32_t d = p->deadline[v->first].whole;
    int32_t cap = capacity_at(p->free[d] + n, p->avail[d] + n, p->in->days[d].done, p->in->limit);
    int32_t more = cap - p->cap[d];
    for (int32_t k = v->first; k <= v->last; k++) {
        const struct deadline *t = &p->deadline[k];
        int32_t gain = more;
        if (t->whole == d) {
            int32_t was = t->part < p->cap[d] ? t->part : p->cap[d];
            gain = (t->part + n < cap ? t->part + n : cap) - was;
        }
        if (t->work > p->room[k] + gain)
            return false;
    }
    return true;
}

/* On that day the deadline itself divides what helps from what does not: bisect. */
static int32_t free_there(const struct problem *p, const struct shortage *v)
{
    const struct deadline *t = &p->deadline[v->first];
    if (t->whole >= p->days)
        return -1;
    int32_t low = 0, high = unfree(p, t->whole, t->at, t->part);
    if (high <= 0 || !enough_there(p, v, high))
        return -1;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (enough_there(p, v, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* The day that needs the fewest, the latest among equals; the first short deadline's own day only
 * if no earlier one can help. */
static void offer_free(const struct problem *p, const struct shortage *v, struct plan_result *out)
{
    int32_t best = -1, slots = 0;
    for (int32_t d = 0; d < p->deadline[v->first].whole; d++) {
        int32_t n = free_whole(p, v, d);
        if (n > 0 && (best < 0 || n <= slots)) {
            best = d;
            slots = n;
        }
    }
    if (best < 0) {
        slots = free_there(p, v);
        if (slots < 0)
            return;
        best = p->deadline[v->first].whole;
    }
    struct plan_repair *r = add(out, PLAN_FREE);
    r->day = best;
    r->slots = slots;
    r->until = p->deadline[v->first].at;
}

/* A task alone helps when all deadlines that are short lie at or behind its own, and it has at
 * least as much work as is missing. */
struct choice {
    int32_t drop, shorten, extend; /* tasks, −1: none */
};

static struct choice choose(const struct problem *p, const struct shortage *v)
{
    const struct plan_task *tasks = p->in->tasks;
    struct choice best = {-1, -1, -1};
    for (int32_t i = 0; i < p->deadline[v->first].last; i++) {
        int32_t j = p->order[i];
        const struct plan_task *t = &tasks[j];
        if (t->work < v->most)
            continue;
        const struct plan_task *b = best.drop >= 0 ? &tasks[best.drop] : NULL;
        if (!b || t->weight < b->weight || (t->weight == b->weight && t->work < b->work))
            best.drop = j;
        b = best.shorten >= 0 ? &tasks[best.shorten] : NULL;
        if (t->work > v->most &&
            (!b || t->weight < b->weight || (t->weight == b->weight && t->work > b->work)))
            best.shorten = j;
        b = best.extend >= 0 ? &tasks[best.extend] : NULL;
        if (!b || t->weight < b->weight || (t->weight == b->weight && t->due > b->due))
            best.extend = j;
    }
    return best;
}

/* The first t with C(t) ≥ work: the end of the work-th slot that may be used. False: none. */
static bool first_room(const struct problem *p, int32_t work, int32_t *at)
{
    const struct plan_input *in = p->in;
    for (int32_t d = 0; d < p->days; d++) {
        if (work > p->cap[d]) {
            work -= p->cap[d];
            continue;
        }
        for (int32_t i = in->days[d].first;; i++) {
            struct plan_span w = in->windows[i];
            int32_t from = later(w.from, in->now);
            int32_t len = w.until > from ? w.until - from : 0;
            if (work <= len) {
                *at = from + work;
                return true;
            }
            work -= len;
        }
    }
    return false;
}

void repair_solve(const struct problem *p, struct plan_result *out)
{
    struct shortage v = find_shortage(p);
    if (out->xmin.den)
        add(out, PLAN_RAISE)->to = out->xmin;
    offer_free(p, &v, out);
    struct choice best = choose(p, &v);
    if (best.shorten >= 0) {
        struct plan_repair *r = add(out, PLAN_SHORTEN);
        r->task = best.shorten;
        r->slots = v.most;
    }
    int32_t until;
    if (best.extend >= 0 && first_room(p, p->deadline[v.last].work, &until)) {
        struct plan_repair *r = add(out, PLAN_EXTEND);
        r->task = best.extend;
        r->until = until;
    }
    if (best.drop >= 0)
        add(out, PLAN_DROP)->task = best.drop;
}
