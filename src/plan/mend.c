#include "plan/axis.h"

/*
 * Repairs with earliest starts and prerequisites. What makes a change work cannot be read off one
 * scan, so every change is tried: the changed problem is solved again, and offered only if all of
 * it fits. How many are tried is bounded; a repair may be missed, none is wrong.
 */
enum { SINGLES_MAX = 12, DAYS_MAX = 6 };

struct mending {
    struct ctx *c;
    const struct problem *p; /* as first ranked */
    struct plan_result *out;
    struct plan_input in; /* the changed one */
    struct plan_task *tasks;
    struct keyed *list; /* tasks that could help alone */
    int32_t count;
    int32_t until; /* the first due date that is short */
};

static bool all_fit(const struct problem *p, const int32_t *work, struct flow *f)
{
    if (p->axis) {
        match_solve(p->matcher, p->axis, work, p->cap, f);
        return f->unserved == 0;
    }
    for (int32_t k = 0; k < p->deadlines; k++)
        if (p->deadline[k].work > p->room[k])
            return false;
    return true;
}

/* Solves the changed problem and forgets it. */
static enum status attempt(struct mending *m, bool *fits)
{
    struct arena *a = m->p->arena;
    struct arena_mark mark = arena_mark(a);
    struct problem p;
    struct plan_result ignored = {0};
    struct flow f = {0};
    int32_t *work = NULL;
    enum status s = problem_init(m->c, a, &m->in, &p, &ignored);
    if (!s && p.axis)
        s = ranked_work(m->c, &p, &work);
    if (!s && p.axis)
        s = flow_init(m->c, a, p.axis, false, &f);
    if (!s)
        *fits = all_fit(&p, work, &f);
    arena_rewind(a, mark);
    return s;
}

static enum status attempt_task(struct mending *m, int32_t j, int32_t work, int32_t due, bool *fits)
{
    struct plan_task was = m->tasks[j];
    m->tasks[j].work = work;
    m->tasks[j].due = due;
    enum status s = attempt(m, fits);
    m->tasks[j] = was;
    return s;
}

/* Sorts the candidates: the least weight first, then as `rest` says. */
static void sort_by_weight(struct mending *m, bool most_work_first, bool latest_due_first)
{
    for (int32_t i = 0; i < m->count; i++) {
        const struct plan_task *t = &m->tasks[m->list[i].value];
        int32_t rest = most_work_first ? PLAN_WORK_MAX - t->work : t->work;
        if (latest_due_first)
            rest = (PLAN_SLOT_LAST - t->due) >> 8;
        rest = rest < 1 << 26 ? rest : (1 << 26) - 1;
        m->list[i].key = (uint32_t)t->weight << 27 | (uint32_t)rest;
    }
    struct keyed *sorted = sort_keys(m->list, m->list + m->p->count, m->count, UINT32_MAX);
    for (int32_t i = 0; sorted != m->list && i < m->count; i++)
        m->list[i] = sorted[i];
}

static struct plan_repair *add(struct mending *m, enum plan_repair_kind kind)
{
    struct plan_repair *r = &m->out->repairs[m->out->repair_count++];
    *r = (struct plan_repair){.kind = kind, .task = -1, .day = -1, .slots = -1, .until = -1};
    return r;
}

/* One task may make up for all that lacks only if it has so much work, and lies among what
 * competes for the slots that lack. */
static enum status list_singles(struct mending *m)
{
    const struct problem *p = m->p;
    struct flow f;
    struct witness v;
    int32_t *work;
    m->list = ARENA_ARRAY(p->arena, struct keyed, 2 * (size_t)p->count + 1);
    if (!m->list)
        return fail_memory(m->c);
    enum status s = ranked_work(m->c, p, &work);
    if (!s)
        s = flow_init(m->c, p->arena, p->axis, true, &f);
    if (s)
        return s;
    match_solve(p->matcher, p->axis, work, p->cap, &f);
    s = reach_solve(m->c, p->arena, p->axis, work, &f, &v);
    if (s)
        return s;
    int32_t first = 0;
    while (f.rest[first] == 0)
        first++;
    m->until = p->due[p->order[first]];
    for (int32_t i = 0; i < p->count; i++)
        if (v.hot[i] && work[i] >= m->out->deficit)
            m->list[m->count++].value = p->order[i];
    return ST_OK;
}

static enum status mend_by_dropping(struct mending *m)
{
    sort_by_weight(m, false, false);
    for (int32_t i = 0; i < m->count && i < SINGLES_MAX; i++) {
        int32_t j = m->list[i].value;
        bool fits = false;
        enum status s = attempt_task(m, j, 0, m->tasks[j].due, &fits);
        if (s)
            return s;
        if (fits) {
            add(m, PLAN_DROP)->task = j;
            break;
        }
    }
    return ST_OK;
}

static enum status mend_by_shortening(struct mending *m)
{
    sort_by_weight(m, true, false);
    int32_t lack = m->out->deficit;
    for (int32_t i = 0; i < m->count && i < SINGLES_MAX; i++) {
        int32_t j = m->list[i].value;
        bool fits = false;
        if (m->tasks[j].work <= lack)
            continue;
        enum status s = attempt_task(m, j, m->tasks[j].work - lack, m->tasks[j].due, &fits);
        if (s)
            return s;
        if (fits) {
            struct plan_repair *r = add(m, PLAN_SHORTEN);
            r->task = j;
            r->slots = lack;
            break;
        }
    }
    return ST_OK;
}

/* The least due date with which all fits, by bisection: later never hurts. */
static enum status extend(struct mending *m, int32_t j, int32_t high, bool *fits)
{
    int32_t low = m->tasks[j].due;
    enum status s = high > low ? attempt_task(m, j, m->tasks[j].work, high, fits) : ST_OK;
    if (s || !*fits)
        return s;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        bool enough = false;
        s = attempt_task(m, j, m->tasks[j].work, middle, &enough);
        if (s)
            return s;
        if (enough)
            high = middle;
        else
            low = middle;
    }
    struct plan_repair *r = add(m, PLAN_EXTEND);
    r->task = j;
    r->until = high;
    return ST_OK;
}

static enum status mend_by_extending(struct mending *m)
{
    sort_by_weight(m, false, true);
    int32_t end = m->p->days ? m->in.days[m->p->days - 1].end : m->in.now;
    bool fits = false;
    enum status s = ST_OK;
    for (int32_t i = 0; i < m->count && i < SINGLES_MAX && !fits && !s; i++)
        s = extend(m, m->list[i].value, end, &fits);
    return s;
}

/* The input with `n` more free slots on day `d`, the first or the last in [now, until) that are
 * not free; false when there are not so many. */
static bool add_free(struct mending *m, int32_t d, int32_t n, bool first, struct plan_span *windows,
                     struct plan_day *days)
{
    const struct plan_input *in = m->p->in;
    const struct plan_day *day = &in->days[d];
    bool free[PLAN_DAY_SLOTS_MAX] = {false};
    int32_t from = day->beg > in->now ? day->beg : in->now;
    int32_t until = day->end < m->until ? day->end : m->until;
    for (int32_t i = day->first; i < day->first + day->count; i++)
        for (int32_t at = in->windows[i].from; at < in->windows[i].until; at++)
            free[at - day->beg] = true;
    for (int32_t k = 0; k < until - from && n > 0; k++) {
        bool *slot = &free[(first ? from + k : until - 1 - k) - day->beg];
        n -= !*slot;
        *slot = true;
    }
    int32_t count = 0;
    for (int32_t e = 0; e < in->day_count; e++) {
        days[e] = in->days[e];
        days[e].first = count;
        for (int32_t i = 0; e != d && i < in->days[e].count; i++)
            windows[count++] = in->windows[in->days[e].first + i];
        for (int32_t at = day->beg; e == d && at < day->end; at++) {
            if (!free[at - day->beg])
                continue;
            if (count > days[e].first && windows[count - 1].until == at)
                windows[count - 1].until++;
            else
                windows[count++] = (struct plan_span){at, at + 1};
        }
        days[e].count = count - days[e].first;
    }
    m->in.windows = windows;
    m->in.window_count = count;
    m->in.days = days;
    return n == 0;
}

/* More free slots than this are never needed: the day's capacity grows by all that lacks. */
static int64_t slots_for(const struct problem *p, int32_t d, int32_t lack)
{
    struct plan_ratio x = p->in->limit;
    int64_t wanted = (int64_t)p->cap[d] + lack;
    int64_t share = ((wanted + p->in->days[d].done) * x.den + x.num - 1) / x.num - p->free[d];
    return share > wanted - p->avail[d] ? share : wanted - p->avail[d];
}

struct freeing {
    struct mending *m;
    int32_t day;
    struct plan_span *windows;
    struct plan_day *days;
};

static enum status attempt_free(struct freeing *w, int32_t n, bool first, bool *fits)
{
    *fits = false;
    return add_free(w->m, w->day, n, first, w->windows, w->days) ? attempt(w->m, fits) : ST_OK;
}

/* The fewest on a day, by bisection below what is enough; 0 where they do not help wherever they
 * are. They help most as the last of the day and least as its first (docs/planner.md). */
static enum status fewest_on(struct freeing *w, int32_t high, int32_t *out)
{
    bool fits;
    int32_t low = w->m->out->deficit - 1; /* fewer slots cannot serve what lacks */
    *out = 0;
    enum status s = attempt_free(w, high, false, &fits);
    if (s || !fits)
        return s;
    while (high - low > 1 && !s) {
        int32_t middle = low + (high - low) / 2;
        s = attempt_free(w, middle, false, &fits);
        if (fits)
            high = middle;
        else
            low = middle;
    }
    if (!s)
        s = attempt_free(w, high, true, &fits);
    if (!s && fits)
        *out = high;
    return s;
}

/* The day that needs the fewest, the latest among equals. */
static enum status mend_by_freeing(struct mending *m)
{
    const struct problem *p = m->p;
    int32_t d = p->days - 1, best = -1, fewest = INT32_MAX;
    size_t most = (size_t)p->in->window_count + PLAN_DAY_SLOTS_MAX;
    struct freeing w = {.m = m,
                        .windows = ARENA_ARRAY(p->arena, struct plan_span, most),
                        .days = ARENA_ARRAY(p->arena, struct plan_day, (size_t)p->days + 1)};
    if (!w.windows || !w.days)
        return fail_memory(m->c);
    if (p->in->limit.num == 0)
        return ST_OK;
    while (d >= 0 && p->in->days[d].beg >= m->until)
        d--;
    for (int32_t last = d; d >= 0 && d > last - DAYS_MAX; d--) {
        int64_t enough = slots_for(p, d, m->out->deficit);
        int32_t n;
        w.day = d;
        if (enough > PLAN_DAY_SLOTS_MAX || m->out->deficit >= fewest)
            continue;
        enum status s = fewest_on(&w, (int32_t)enough, &n);
        if (s)
            return s;
        if (n > 0 && n < fewest) {
            best = d;
            fewest = n;
        }
    }
    if (best >= 0) {
        struct plan_repair *r = add(m, PLAN_FREE);
        r->day = best;
        r->slots = fewest;
        r->until = m->until;
    }
    m->in.windows = p->in->windows;
    m->in.window_count = p->in->window_count;
    m->in.days = p->in->days;
    return ST_OK;
}

enum status later_repair(struct ctx *c, const struct problem *p, struct plan_result *out)
{
    struct mending m = {.c = c, .p = p, .out = out, .in = *p->in};
    m.tasks = ARENA_ARRAY(p->arena, struct plan_task, (size_t)p->in->task_count + 1);
    if (!m.tasks)
        return fail_memory(c);
    for (int32_t j = 0; j < p->in->task_count; j++)
        m.tasks[j] = p->in->tasks[j];
    m.in.tasks = m.tasks;
    enum status s = list_singles(&m);
    if (s)
        return s;
    if (out->xmin.den)
        add(&m, PLAN_RAISE)->to = out->xmin;
    s = mend_by_freeing(&m);
    if (!s)
        s = mend_by_shortening(&m);
    if (!s)
        s = mend_by_extending(&m);
    return s ? s : mend_by_dropping(&m);
}
