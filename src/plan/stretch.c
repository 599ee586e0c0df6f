#include "plan/axis.h"

/*
 * The stretch [from, until) with the greatest work − free. Stretches that end on a later day than
 * they begin are looked up in a tree over the starts: what a start adds to free, and what an end
 * adds, do not depend on each other. Those of one day are few and compared one by one.
 */
enum { TIE = 31 }; /* bits for the work, which breaks ties */

struct group {
    int32_t at;   /* position */
    int32_t slot; /* the earliest start of those that begin there */
    int32_t day;
    int32_t here; /* work that begins there and is due that day, by the present end */
};

struct stretch {
    const struct problem *p;
    const struct axis *x;
    const int32_t *cap;
    int32_t *before; /* capacity of the days before each day */
    struct group *groups;
    int32_t count;
    int32_t *group; /* per task */
    int64_t *best;  /* tree: the greatest of the children, plus what was added here */
    int64_t *added;
    int32_t size;
    int32_t sign;   /* of work in ties: −1 while more than zero is missing */
    int32_t active; /* starts before it have work */
    bool found;
    int64_t missing; /* of the best stretch: work − free */
    int32_t work;
    int32_t start; /* its group */
    int32_t end;   /* position */
};

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Adds to the first `n` starts. */
static void add(struct stretch *s, int32_t n, int64_t what)
{
    int32_t node = 1, width = s->size;
    int32_t path[40], depth = 0;
    while (n > 0 && n < width) {
        path[depth++] = node;
        width /= 2;
        node *= 2;
        if (n >= width) {
            s->best[node] += what;
            s->added[node] += what;
            n -= width;
            node++;
        }
    }
    if (n > 0) {
        s->best[node] += what;
        s->added[node] += what;
    }
    while (depth > 0) {
        node = path[--depth];
        int64_t a = s->best[2 * node], b = s->best[2 * node + 1];
        s->best[node] = (a > b ? a : b) + s->added[node];
    }
}

/* The last start with the greatest value among the first n. */
static int32_t greatest(const struct stretch *s, int32_t n, int64_t *value)
{
    int64_t most = INT64_MIN, above = 0;
    int32_t node = 1, width = s->size, top = 1;
    while (n < width && n > 0) {
        above += s->added[node];
        width /= 2;
        node *= 2;
        if (n >= width) {
            if (s->best[node] + above >= most) {
                most = s->best[node] + above;
                top = node;
            }
            n -= width;
            node++;
        }
    }
    if (n > 0 && s->best[node] + above >= most) {
        most = s->best[node] + above;
        top = node;
    }
    while (top < s->size) {
        top *= 2;
        if (s->best[top + 1] >= s->best[top])
            top++;
    }
    *value = most;
    return top - s->size;
}

static int32_t after(const struct stretch *s, const struct group *g)
{
    return least(s->cap[g->day], s->x->edge[g->day + 1] - g->at);
}

/* More missing, then work/free, greater, then the earlier end. With equally much missing the
 * smaller stretch has the greater ratio while that is more than zero, else the larger. */
static void offer(struct stretch *s, int64_t missing, int32_t work, int32_t group, int32_t until)
{
    bool more = !s->found || missing > s->missing;
    if (!more && missing == s->missing)
        more = missing > 0 ? work < s->work : missing < 0 && work > s->work;
    if (!more)
        return;
    s->found = true;
    s->missing = missing;
    s->work = work;
    s->start = group;
    s->end = until;
}

/* Stretches that end at position `at` of day `day`. */
static void look(struct stretch *s, int32_t day, int32_t at)
{
    int32_t last = s->active;
    int32_t here = 0;
    while (last > 0 && s->groups[last - 1].day >= day) {
        const struct group *g = &s->groups[--last];
        here += g->here;
        if (here > 0)
            offer(s, (int64_t)here - least(s->cap[day], at - g->at), here, last, at);
    }
    if (last == 0)
        return;
    int64_t value;
    int32_t best = greatest(s, last, &value);
    int64_t base = (int64_t)s->before[day] + least(s->cap[day], at - s->x->edge[day]);
    /* value = (work + start's share of free)·2^TIE + sign·work */
    int64_t whole = (value + ((int64_t)1 << (TIE - 1))) >> TIE;
    int32_t work = (int32_t)(s->sign * (value - whole * ((int64_t)1 << TIE)));
    offer(s, whole - base, work, best, at);
}

static enum status prepare(struct ctx *c, struct stretch *s)
{
    const struct axis *x = s->x;
    size_t n = (size_t)x->count;
    for (s->size = 1; s->size < x->count;)
        s->size *= 2;
    s->before = ARENA_ARRAY(s->p->arena, int32_t, (size_t)x->days + 1);
    s->groups = ARENA_ARRAY(s->p->arena, struct group, n + 1);
    s->group = ARENA_ARRAY(s->p->arena, int32_t, n + 1);
    s->best = ARENA_ARRAY(s->p->arena, int64_t, 4 * (size_t)s->size);
    if (!s->before || !s->groups || !s->group || !s->best)
        return fail_memory(c);
    s->added = s->best + 2 * s->size;
    for (int32_t d = 0; d < x->days; d++)
        s->before[d + 1] = s->before[d] + s->cap[d];
    int32_t day = 0;
    for (int32_t i = 0; i < x->count; i++) {
        int32_t rank = x->arrival[i], at = x->from[rank];
        if (s->count == 0 || s->groups[s->count - 1].at != at) {
            while (day + 1 < x->days && x->edge[day + 1] <= at)
                day++;
            s->groups[s->count++] =
                (struct group){.at = at, .slot = s->p->release[s->p->order[rank]], .day = day};
        }
        s->group[rank] = s->count - 1;
    }
    return ST_OK;
}

/* Goes through the ends once, with one way to break ties. */
static void run(struct stretch *s)
{
    const struct axis *x = s->x;
    for (int32_t i = 0; i < 4 * s->size; i++)
        s->best[i] = 0;
    for (int32_t g = s->count - 1; g >= 0; g--) {
        s->groups[g].here = 0;
        if (s->groups[g].at < x->edge[x->days]) {
            int64_t share = s->before[s->groups[g].day + 1] - after(s, &s->groups[g]);
            s->best[s->size + g] = share * ((int64_t)1 << TIE);
        } else {
            s->best[s->size + g] = (int64_t)s->before[x->days] * ((int64_t)1 << TIE);
        }
    }
    for (int32_t node = s->size - 1; node >= 1; node--)
        s->best[node] =
            s->best[2 * node] > s->best[2 * node + 1] ? s->best[2 * node] : s->best[2 * node + 1];
    s->active = 0;
    s->found = false;
    for (int32_t i = 0, day = 0; i < x->count; i++) {
        int32_t g = s->group[i], at = x->until[i];
        while (day + 1 < x->days && x->edge[day + 1] < at)
            day++;
        int32_t work = s->p->in->tasks[s->p->order[i]].work;
        add(s, g + 1, ((int64_t)work * ((int64_t)1 << TIE)) + s->sign * work);
        if (s->groups[g].day >= day) /* later: it has no room */
            s->groups[g].here += work;
        if (g + 1 > s->active)
            s->active = g + 1;
        if (i + 1 == x->count || x->until[i + 1] != at)
            look(s, day, at);
    }
}

static int32_t free_between(const struct stretch *s, const int32_t *cap, const struct group *g,
                            int32_t until)
{
    int32_t sum = 0, day = g->day;
    for (int32_t d = day; d < s->x->days; d++) {
        int32_t from = d == day ? g->at : s->x->edge[d];
        int32_t end = least(until, s->x->edge[d + 1]);
        if (end > from)
            sum += least(cap[d], end - from);
    }
    return sum;
}

enum status stretch_solve(struct ctx *c, const struct problem *p, const int32_t *cap,
                          const int32_t *shown, struct plan_critical *out)
{
    struct stretch s = {.p = p, .x = p->axis, .cap = cap, .sign = -1};
    enum status st = prepare(c, &s);
    if (st)
        return st;
    run(&s);
    if (s.missing < 0) {
        s.sign = 1;
        run(&s);
    }
    out->until = p->in->now;
    for (int32_t i = 0; i < p->count; i++) /* the last that is due in it, not just at its end */
        if (s.group[i] >= s.start && p->axis->until[i] <= s.end && p->due[p->order[i]] > out->until)
            out->until = p->due[p->order[i]];
    out->from = s.groups[s.start].slot;
    out->work = s.work;
    out->free = free_between(&s, shown, &s.groups[s.start], s.end);
    return ST_OK;
}
