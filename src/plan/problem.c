#include "plan/axis.h"

#include <stdio.h>
#include <string.h>

static enum status bad(struct ctx *c, const char *list, int32_t at, const char *member,
                       const char *why)
{
    char pointer[64];
    if (member)
        snprintf(pointer, sizeof pointer, "/%s/%d/%s", list, at, member);
    else
        snprintf(pointer, sizeof pointer, "/%s/%d", list, at);
    return fail(c, ST_INVALID, pointer, "%s", why);
}

static bool ratio_valid(struct plan_ratio r)
{
    return r.den >= 1 && r.den <= PLAN_RATIO_MAX && r.num >= 0 && r.num <= r.den;
}

static bool slot_valid(int32_t slot)
{
    return slot >= -PLAN_SLOT_LAST && slot <= PLAN_SLOT_LAST;
}

static enum status check_head(struct ctx *c, const struct plan_input *in)
{
    if (!ratio_valid(in->limit))
        return fail(c, ST_INVALID, "limit", "must be a fraction between 0 and 1");
    if (!ratio_valid(in->pace))
        return fail(c, ST_INVALID, "pace", "must be a fraction between 0 and 1");
    if (in->objective != PLAN_MINUTES && in->objective != PLAN_TASKS)
        return fail(c, ST_INVALID, "objective", "must be minutes or tasks");
    if (!slot_valid(in->now))
        return fail(c, ST_INVALID, "now", "is out of range");
    if (in->buffer < 0 || in->buffer > PLAN_BUFFER_MAX)
        return fail(c, ST_INVALID, "buffer", "is out of range");
    if (in->day_count < 0 || in->day_count > PLAN_DAYS_MAX)
        return fail(c, ST_TOO_LARGE, "days", "must be at most %d", PLAN_DAYS_MAX);
    if (in->task_count < 0 || in->task_count > PLAN_TASKS_MAX)
        return fail(c, ST_TOO_LARGE, "tasks", "must be at most %d", PLAN_TASKS_MAX);
    if (in->window_count < 0)
        return fail(c, ST_INVALID, "days", "have a negative number of windows");
    return ST_OK;
}

/* Counts F and A of one day, checking its windows on the way. */
static enum status read_day(struct ctx *c, const struct plan_input *in, int32_t d, int32_t *free,
                            int32_t *avail)
{
    const struct plan_day *day = &in->days[d];
    if (!slot_valid(day->beg) || !slot_valid(day->end) || day->beg > day->end)
        return bad(c, "days", d, NULL, "must end after it begins");
    if (day->end - day->beg > PLAN_DAY_SLOTS_MAX)
        return bad(c, "days", d, NULL, "is too long for a day");
    if (d > 0 && in->days[d - 1].end > day->beg)
        return bad(c, "days", d, "beg", "begins before the previous day ends");
    if (day->done < 0 || day->done > PLAN_WORK_MAX)
        return bad(c, "days", d, "done", "is out of range");
    if (day->held < 0 || day->held > PLAN_DAY_SLOTS_MAX)
        return bad(c, "days", d, "held", "is out of range");
    if (day->first < 0 || day->count < 0 || day->count > in->window_count - day->first)
        return bad(c, "days", d, "free", "lies outside the list of windows");

    int32_t edge = day->beg, all = 0, left = 0;
    for (int32_t i = day->first; i < day->first + day->count; i++) {
        struct plan_span w = in->windows[i];
        if (w.from < edge || w.until <= w.from || w.until > day->end)
            return bad(c, "days", d, "free", "must be ascending and disjoint within the day");
        all += w.until - w.from;
        if (w.until > in->now)
            left += w.until - (w.from > in->now ? w.from : in->now);
        edge = w.until;
    }
    *free = all + day->held;
    *avail = left;
    return ST_OK;
}

static enum status read_days(struct ctx *c, struct problem *p)
{
    const struct plan_input *in = p->in;
    int32_t n = p->days = in->day_count;
    int32_t *all = ARENA_ARRAY(p->arena, int32_t, 3 * (size_t)n + 1);
    if (!all)
        return fail_memory(c);
    int32_t *free = all, *avail = all + n, *cap = all + 2 * n;
    for (int32_t d = 0; d < n; d++) {
        enum status s = read_day(c, in, d, &free[d], &avail[d]);
        if (s)
            return s;
        cap[d] = capacity_at(free[d], avail[d], in->days[d].done, in->limit);
        if (free[d] > p->day_max)
            p->day_max = free[d];
    }
    p->free = free;
    p->avail = avail;
    p->cap = cap;
    return ST_OK;
}

int32_t days_of_work(const struct plan_input *in)
{
    int32_t last = in->now, d = 0;
    for (int32_t j = 0; j < in->task_count; j++)
        if (in->tasks[j].work > 0 && in->tasks[j].due > last)
            last = in->tasks[j].due;
    for (int32_t i = 0; i < in->pin_count; i++)
        if (in->pins[i].until > last)
            last = in->pins[i].until;
    while (d < in->day_count && in->days[d].beg < last)
        d++;
    return d;
}

int32_t windows_of_days(const struct plan_input *in, int32_t days)
{
    return days > 0 ? in->days[days - 1].first + in->days[days - 1].count : 0;
}

struct keyed *sort_keys(struct keyed *from, struct keyed *to, int32_t n, uint32_t greatest)
{
    enum { BITS_MAX = 11 };
    uint32_t bits = n < 50 ? 4 : n < 2000 ? 8 : BITS_MAX;
    uint32_t mask = (1u << bits) - 1;
    for (uint32_t shift = 0; shift < 32 && greatest >> shift; shift += bits) {
        int32_t at[1 << BITS_MAX];
        memset(at, 0, (mask + 1) * sizeof at[0]);
        for (int32_t i = 0; i < n; i++)
            at[from[i].key >> shift & mask]++;
        int32_t sum = 0;
        for (uint32_t digit = 0; digit <= mask; digit++) {
            int32_t here = at[digit];
            at[digit] = sum;
            sum += here;
        }
        for (int32_t i = 0; i < n; i++)
            to[at[from[i].key >> shift & mask]++] = from[i];
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static enum status check_task(struct ctx *c, const struct plan_input *in, int32_t j)
{
    const struct plan_task *t = &in->tasks[j];
    if (t->work < 0 || t->work > PLAN_WORK_MAX)
        return bad(c, "tasks", j, "work", "is out of range");
    if (!slot_valid(t->due))
        return bad(c, "tasks", j, "due", "is out of range");
    if (!slot_valid(t->release))
        return bad(c, "tasks", j, "release", "is out of range");
    if (t->weight < 1 || t->weight > PLAN_WEIGHT_MAX)
        return bad(c, "tasks", j, "weight", "must be 1 to 5");
    if (t->count != 0 && in->prerequisite_count <= 0)
        return bad(c, "tasks", j, "prerequisites", "lie outside the list of prerequisites");
    return ST_OK;
}

/* Each task's own dates, which of them are to be planned, and which are overdue. */
static enum status read_tasks(struct ctx *c, struct problem *p, bool *live, int32_t *due,
                              int32_t *release, struct plan_result *out)
{
    const struct plan_input *in = p->in;
    int32_t *overdue = ARENA_ARRAY(p->arena, int32_t, (size_t)in->task_count + 1);
    if (!overdue)
        return fail_memory(c);
    int64_t total = 0;
    out->overdue_count = 0;
    for (int32_t j = 0; j < in->task_count; j++) {
        const struct plan_task *t = &in->tasks[j];
        enum status s = check_task(c, in, j);
        if (s)
            return s;
        due[j] = t->due;
        release[j] = t->release > in->now ? t->release : in->now;
        live[j] = t->work > 0 && t->due > in->now;
        if (live[j])
            total += t->work;
        else if (t->work > 0)
            overdue[out->overdue_count++] = j;
    }
    if (total > PLAN_TOTAL_MAX)
        return fail(c, ST_TOO_LARGE, "tasks", "need more than %d slots", PLAN_TOTAL_MAX);
    out->total = (int32_t)total;
    out->overdue = overdue;
    return ST_OK;
}

enum status rank_tasks(struct ctx *c, struct problem *p, const bool *live, const int32_t *due)
{
    size_t n = (size_t)p->in->task_count;
    int32_t *order = ARENA_RAW_ARRAY(p->arena, int32_t, n + 1);
    struct arena_mark mark = arena_mark(p->arena);
    struct keyed *keys = ARENA_RAW_ARRAY(p->arena, struct keyed, 2 * n + 1);
    if (!order || !keys)
        return fail_memory(c);
    uint32_t greatest = 0;
    p->count = 0;
    for (int32_t at = 0; at < p->in->task_count; at++) {
        int32_t j = p->topological ? p->topological[at] : at;
        if (!live[j])
            continue;
        uint32_t key = (uint32_t)(due[j] - p->in->now);
        greatest = key > greatest ? key : greatest;
        keys[p->count++] = (struct keyed){key, j};
    }
    keys = sort_keys(keys, keys + n, p->count, greatest);
    for (int32_t i = 0; i < p->count; i++)
        order[i] = keys[i].value;
    p->order = order;
    arena_rewind(p->arena, mark);
    return ST_OK;
}

static enum status order_tasks(struct ctx *c, struct problem *p, struct plan_result *out)
{
    size_t n = (size_t)p->in->task_count;
    bool *live = ARENA_ARRAY(p->arena, bool, n + 1);
    int32_t *due = ARENA_ARRAY(p->arena, int32_t, 2 * n + 1);
    if (!live || !due)
        return fail_memory(c);
    int32_t *release = due + n;
    enum status s = read_tasks(c, p, live, due, release, out);
    if (!s && p->in->prerequisite_count > 0)
        s = order_solve(c, p);
    if (s)
        return s;
    if (p->topological)
        push_dates(p, live, due, release);
    for (int32_t j = 0; j < p->in->task_count; j++)
        if (live[j] && release[j] > p->in->now) {
            p->later = true;
            if (release[j] > due[j])
                release[j] = due[j]; /* has no room either way */
        }
    p->due = due;
    p->release = release;
    return rank_tasks(c, p, live, due);
}

/* Places the deadlines among the days and windows in one pass over both. */
static void place(const struct problem *p, struct deadline *list)
{
    const struct plan_input *in = p->in;
    int32_t d = 0, w = 0, passed = 0; /* windows before `w` of day `d` count `passed` from now on */
    for (int32_t k = 0; k < p->deadlines; k++) {
        int32_t at = list[k].at;
        while (d < p->days && in->days[d].end <= at) {
            d++;
            w = passed = 0;
        }
        list[k].whole = d;
        if (d == p->days || in->days[d].beg >= at)
            continue;
        const struct plan_span *span = &in->windows[in->days[d].first];
        for (; w < in->days[d].count && span[w].until <= at; w++)
            if (span[w].until > in->now)
                passed += span[w].until - (span[w].from > in->now ? span[w].from : in->now);
        list[k].part = passed;
        if (w < in->days[d].count && span[w].from < at)
            list[k].part += at - (span[w].from > in->now ? span[w].from : in->now);
    }
}

static enum status read_deadlines(struct ctx *c, struct problem *p)
{
    struct deadline *list = ARENA_RAW_ARRAY(p->arena, struct deadline, (size_t)p->count + 1);
    if (!list)
        return fail_memory(c);
    int32_t work = 0;
    for (int32_t i = 0; i < p->count; i++) {
        int32_t due = p->due[p->order[i]];
        if (p->deadlines == 0 || list[p->deadlines - 1].at != due)
            list[p->deadlines++] = (struct deadline){.at = due};
        work += p->in->tasks[p->order[i]].work;
        list[p->deadlines - 1].last = i + 1;
        list[p->deadlines - 1].work = work;
    }
    place(p, list);
    p->deadline = list;
    return ST_OK;
}

void rooms(const struct problem *p, const int32_t *cap, int32_t *out)
{
    int32_t sum = 0, d = 0;
    for (int32_t k = 0; k < p->deadlines; k++) {
        const struct deadline *t = &p->deadline[k];
        while (d < t->whole)
            sum += cap[d++];
        int32_t part = 0;
        if (t->part > 0)
            part = t->part < cap[d] ? t->part : cap[d];
        out[k] = sum + part;
    }
}

void needs(const struct problem *p, const int32_t *work, int32_t *need)
{
    memset(need, 0, ((size_t)p->days + 1) * sizeof need[0]);
    for (int32_t k = 0; k < p->deadlines; k++) {
        const struct deadline *t = &p->deadline[k];
        int32_t before = work[k] - t->part;
        if (before > need[t->whole])
            need[t->whole] = before;
        if (t->part > 0 && work[k] > need[t->whole + 1])
            need[t->whole + 1] = work[k];
    }
}

enum status problem_hasten(struct ctx *c, const struct problem *p, const int32_t *due,
                           struct problem *out)
{
    bool *live = ARENA_ARRAY(p->arena, bool, (size_t)p->in->task_count + 1);
    struct axis *x = ARENA_NEW(p->arena, struct axis);
    if (!live || !x)
        return fail_memory(c);
    for (int32_t i = 0; i < p->count; i++)
        live[p->order[i]] = true;
    *out = *p;
    out->due = due;
    out->deadlines = 0;
    enum status s = rank_tasks(c, out, live, due);
    if (!s)
        s = read_deadlines(c, out);
    if (s || !p->axis)
        return s;
    out->axis = x;
    return axis_init(c, out, x);
}

static enum status init_axis(struct ctx *c, struct problem *p)
{
    struct axis *x = ARENA_NEW(p->arena, struct axis);
    p->matcher = ARENA_NEW(p->arena, struct matcher);
    if (!x || !p->matcher)
        return fail_memory(c);
    enum status s = axis_init(c, p, x);
    p->axis = x;
    return s ? s : matcher_init(c, p->arena, p->count, p->matcher);
}

enum status problem_init(struct ctx *c, struct arena *a, const struct plan_input *in,
                         struct problem *p, struct plan_result *out)
{
    *p = (struct problem){.in = in, .arena = a};
    enum status s = check_head(c, in);
    if (!s)
        s = read_days(c, p);
    if (!s)
        s = order_tasks(c, p, out);
    if (!s)
        s = read_deadlines(c, p);
    if (s)
        return s;

    int32_t *need = ARENA_ARRAY(a, int32_t, (size_t)p->days + 1);
    int32_t *room = ARENA_ARRAY(a, int32_t, 2 * (size_t)p->deadlines + 1);
    if (!need || !room)
        return fail_memory(c);
    int32_t *work = room + p->deadlines;
    for (int32_t k = 0; k < p->deadlines; k++)
        work[k] = p->deadline[k].work;
    needs(p, work, need);
    rooms(p, p->cap, room);
    p->need = need;
    p->room = room;
    return p->later || p->topological ? init_axis(c, p) : ST_OK;
}
