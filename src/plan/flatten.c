#include "plan/axis.h"

#include <assert.h>
#include <string.h>

/*
 * Overtime above the pace, as flat as possible, when tasks may start late: divide and conquer over
 * a common height of overtime (Fujishige 1980). With a height that is too low the smallest witness
 * says which tasks and positions need more; the rest does with less, without them. Both are smaller
 * problems of the same kind, since what is left of the axis closes up.
 */
struct part {
    struct axis x;
    int32_t *work; /* per task */
    int32_t *day;  /* per stretch: the day whose height limits it; −1: only its positions do */
    int32_t *base; /* per stretch: what the day gives to higher parts */
    int32_t *cap;  /* per stretch, at the height last tried */
};

struct flattening {
    struct ctx *c;
    const struct problem *p;
    struct matcher *m;
    struct plan_day_load *days;
};

static void set_caps(const struct flattening *w, struct part *t, int32_t height)
{
    for (int32_t e = 0; e < t->x.days; e++) {
        int32_t cap = t->x.edge[e + 1] - t->x.edge[e];
        if (t->day[e] >= 0) {
            const struct plan_day_load *day = &w->days[t->day[e]];
            int32_t had = pinned_overtime(w->p, t->day[e]);
            int32_t most = day->pace + (height > had ? height - had : 0);
            most = most < day->capacity ? most : day->capacity;
            most = most > t->base[e] ? most - t->base[e] : 0;
            cap = most < cap ? most : cap;
        }
        t->cap[e] = cap;
    }
}

static enum status try_height(const struct flattening *w, struct part *t, int32_t height,
                              struct flow *f)
{
    enum status s = flow_init(w->c, w->p->arena, &t->x, true, f);
    if (s)
        return s;
    set_caps(w, t, height);
    match_solve(w->m, &t->x, t->work, t->cap, f);
    return ST_OK;
}

static void keep_levels(const struct flattening *w, const struct part *t, const int32_t *raised)
{
    for (int32_t e = 0; e < t->x.days; e++) {
        if (t->day[e] < 0)
            continue;
        struct plan_day_load *day = &w->days[t->day[e]];
        int32_t level = t->base[e] + t->cap[e] + (raised ? raised[e] : 0);
        day->level = level > day->pace ? level : day->pace;
    }
}

/* All need `height` and nobody more than one above it: as many days are raised as slots lack. */
static enum status finish(const struct flattening *w, struct part *t, int32_t height)
{
    struct flow low, high;
    enum status s = try_height(w, t, height, &low);
    if (s)
        return s;
    if (low.unserved == 0) {
        keep_levels(w, t, NULL);
        return ST_OK;
    }
    s = try_height(w, t, height + 1, &high);
    if (s)
        return s;
    int32_t *base, *other;
    int32_t *raised = ARENA_ARRAY(w->p->arena, int32_t, (size_t)t->x.days + 1);
    if (!raised)
        return fail_memory(w->c);
    s = owners_of(w->c, w->p->arena, &t->x, &low, &base);
    if (!s)
        s = owners_of(w->c, w->p->arena, &t->x, &high, &other);
    if (!s)
        s = exchange_solve(w->c, w->p->arena, &t->x, base, other, raised);
    if (s)
        return s;
    set_caps(w, t, height);
    keep_levels(w, t, raised);
    return ST_OK;
}

static enum status part_init(const struct flattening *w, int32_t tasks, int32_t stretches,
                             struct part *t)
{
    struct arena *a = w->p->arena;
    size_t n = (size_t)tasks, e = (size_t)stretches;
    *t = (struct part){0};
    int32_t *task = ARENA_ARRAY(a, int32_t, 4 * n + 1);
    int32_t *stretch = ARENA_ARRAY(a, int32_t, 4 * e + 1);
    if (!task || !stretch)
        return fail_memory(w->c);
    *t = (struct part){
        .x = {.from = task, .until = task + n, .arrival = task + 2 * n, .edge = stretch},
        .work = task + 3 * n,
        .day = stretch + e + 1,
        .base = stretch + 2 * e + 1,
        .cap = stretch + 3 * e + 1};
    return ST_OK;
}

/* The stretches of the axis that a part keeps. */
struct region {
    const struct plan_span *spans;
    int32_t count;
    bool inside; /* keep what lies in the spans, else what lies outside */
};

static int32_t kept_before(const struct region *r, struct sweep *s, int32_t at)
{
    int32_t in = sweep_to(s, at);
    return r->inside ? in : at - in;
}

static void copy_tasks(const struct part *of, const bool *hot, const struct region *r,
                       int32_t *local, struct part *t)
{
    int32_t *from = (int32_t *)t->x.from, *until = (int32_t *)t->x.until;
    int32_t *arrival = (int32_t *)t->x.arrival;
    struct sweep s = {.spans = r->spans, .count = r->count};
    int32_t n = 0;
    for (int32_t j = 0; j < of->x.count; j++) {
        if (hot[j] != r->inside)
            continue;
        local[j] = n;
        until[n] = kept_before(r, &s, of->x.until[j]);
        t->work[n++] = of->work[j];
    }
    t->x.count = n;
    s = (struct sweep){.spans = r->spans, .count = r->count};
    n = 0;
    for (int32_t i = 0; i < of->x.count; i++) {
        int32_t j = of->x.arrival[i];
        if (hot[j] != r->inside)
            continue;
        from[local[j]] = kept_before(r, &s, of->x.from[j]);
        arrival[n++] = local[j];
    }
}

/* `taken` are the positions of the hot tasks: the hot part keeps them, of days that are not full
 * without a limit; the other part has the rest of those days. */
static void copy_days(const struct part *of, const struct witness *v, const struct region *r,
                      struct part *t)
{
    int32_t *edge = (int32_t *)t->x.edge;
    struct sweep kept = {.spans = r->spans, .count = r->count};
    struct sweep taken = {.spans = v->spans, .count = v->span_count};
    int32_t n = 0, hot_before = 0, before = 0;
    for (int32_t e = 0; e < of->x.days; e++) {
        int32_t hot = sweep_to(&taken, of->x.edge[e + 1]);
        int32_t end = kept_before(r, &kept, of->x.edge[e + 1]);
        bool mine = r->inside ? end > before : !v->full[e];
        if (mine) {
            bool limited = of->day[e] >= 0 && (!r->inside || v->full[e]);
            t->day[n] = limited ? of->day[e] : -1;
            t->base[n] = of->base[e] + (r->inside ? 0 : hot - hot_before);
            edge[++n] = end;
        }
        hot_before = hot;
        before = end;
    }
    t->x.days = n;
}

/* The hot positions, and all of the days that are full: lost to the rest. */
static int32_t lost_spans(const struct part *t, const struct witness *v, struct plan_span *out)
{
    int32_t n = 0, i = 0, e = 0;
    for (;;) {
        while (e < t->x.days && !v->full[e])
            e++;
        struct plan_span next;
        if (i < v->span_count && (e == t->x.days || v->spans[i].from < t->x.edge[e]))
            next = v->spans[i++];
        else if (e < t->x.days) {
            next = (struct plan_span){t->x.edge[e], t->x.edge[e + 1]};
            e++;
        } else
            return n;
        if (n > 0 && out[n - 1].until >= next.from)
            out[n - 1].until = next.until > out[n - 1].until ? next.until : out[n - 1].until;
        else
            out[n++] = next;
    }
}

static enum status split(const struct flattening *w, struct part *t, int32_t low, int32_t high);

static enum status split_parts(const struct flattening *w, struct part *t, const struct flow *f,
                               int32_t low, int32_t middle, int32_t high)
{
    struct arena *a = w->p->arena;
    struct witness v;
    struct part hot, rest;
    enum status s = reach_solve(w->c, a, &t->x, t->work, f, &v);
    if (!s)
        s = part_init(w, t->x.count, t->x.days, &hot);
    if (!s)
        s = part_init(w, t->x.count, t->x.days, &rest);
    if (s)
        return s;
    struct plan_span *lost =
        ARENA_ARRAY(a, struct plan_span, (size_t)v.span_count + (size_t)t->x.days + 1);
    int32_t *local = ARENA_ARRAY(a, int32_t, (size_t)t->x.count + 1);
    if (!lost || !local)
        return fail_memory(w->c);
    struct region inside = {v.spans, v.span_count, true};
    struct region outside = {lost, lost_spans(t, &v, lost), false};
    copy_tasks(t, v.hot, &inside, local, &hot);
    copy_days(t, &v, &inside, &hot);
    copy_tasks(t, v.hot, &outside, local, &rest);
    copy_days(t, &v, &outside, &rest);
    s = split(w, &hot, middle, high);
    return s ? s : split(w, &rest, low, middle);
}

/* Heights lie in [low, high]; all days of the part need `low`, and none more than `high`. */
static enum status split(const struct flattening *w, struct part *t, int32_t low, int32_t high)
{
    while (high - low > 1) {
        struct flow f;
        int32_t middle = low + (high - low) / 2;
        enum status s = try_height(w, t, middle, &f);
        if (s)
            return s;
        if (f.unserved > 0)
            return split_parts(w, t, &f, low, middle, high);
        high = middle;
    }
    return finish(w, t, low);
}

enum status flatten_solve(struct ctx *c, const struct problem *p, const struct axis *x,
                          struct matcher *m, const int32_t *work, struct plan_day_load *days)
{
    struct flattening w = {.c = c, .p = p, .m = m, .days = days};
    struct part all;
    enum status s = part_init(&w, x->count, x->days, &all);
    if (s)
        return s;
    assert(all.x.from && all.x.edge);
    size_t n = (size_t)x->count * sizeof(int32_t);
    memcpy((int32_t *)all.x.from, x->from, n);
    memcpy((int32_t *)all.x.until, x->until, n);
    memcpy((int32_t *)all.x.arrival, x->arrival, n);
    memcpy(all.work, work, n);
    memcpy((int32_t *)all.x.edge, x->edge, ((size_t)x->days + 1) * sizeof(int32_t));
    all.x.count = x->count;
    all.x.days = x->days;
    int32_t high = 0;
    for (int32_t d = 0; d < x->days; d++) {
        all.day[d] = d;
        days[d].level = days[d].pace;
        int32_t over = days[d].capacity - days[d].pace + pinned_overtime(p, d);
        high = over > high ? over : high;
    }
    return split(&w, &all, 0, high);
}
