#include "plan/validate.h"

#include "plan/problem.h"
#include "plan/sessions.h"

/* A stretch of a block that lies ahead: all of it, or what pins leave of it, or a pin. */
struct piece {
    struct plan_block block;
    bool pinned;
};

struct review {
    const struct plan_input *in; /* credited */
    const struct plan_block *blocks;
    int32_t n;
    struct plan_check *out;
    struct piece *pieces; /* of what lies ahead */
    int32_t count;
    int32_t *ahead;  /* per task, slots of blocks from now on */
    int32_t *pinned; /* per task, those of them that are pinned */
    int32_t *ontime; /* per task, those of them before its due date */
    int32_t *by;     /* per task: by when it is to be finished */
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Splits the blocks at now: sums what lies ahead per task, takes a running block's elapsed part off
 * its task's work. */
static void credit(struct review *r, struct plan_task *tasks)
{
    int32_t now = r->in->now;
    r->out->ahead = r->n;
    for (int32_t i = r->n - 1; i >= 0; i--) {
        struct plan_block b = r->blocks[i];
        bool begun = plan_under_way(r->in, b);
        if (b.until <= now && !begun)
            continue;
        r->out->ahead = i;
        if (b.task < 0 || b.task >= r->in->task_count)
            continue;
        r->ahead[b.task] += b.until - later(b.from, now);
        if (begun)
            tasks[b.task].work = later(0, tasks[b.task].work - (now - b.from));
    }
}

/* The latest ended blocks of a task first, until its uncovered work is accounted for. */
static void find_missed(struct review *r, int32_t *uncovered, int32_t *missed)
{
    for (int32_t j = 0; j < r->in->task_count; j++)
        uncovered[j] = r->in->tasks[j].work - r->ahead[j];
    int32_t count = 0;
    for (int32_t i = r->out->ahead - 1; i >= 0; i--) {
        struct plan_block b = r->blocks[i];
        if (b.task < 0 || b.task >= r->in->task_count || uncovered[b.task] <= 0)
            continue;
        uncovered[b.task] -= b.until - b.from;
        missed[count++] = i;
    }
    for (int32_t low = 0, high = count - 1; low < high; low++, high--) {
        int32_t swap = missed[low];
        missed[low] = missed[high];
        missed[high] = swap;
    }
    r->out->missed = missed;
    r->out->missed_count = count;
}

static void add_piece(struct review *r, struct plan_block b, int32_t from, int32_t until,
                      bool pinned)
{
    int32_t ahead = until - later(from, r->in->now);
    b.from = from;
    b.until = until;
    r->pieces[r->count++] = (struct piece){b, pinned};
    if (b.task >= 0 && b.task < r->in->task_count && ahead > 0) {
        int32_t due = r->in->tasks[b.task].due;
        r->pinned[b.task] += pinned ? ahead : 0;
        if (due > r->in->now)
            r->ontime[b.task] += later(0, least(until, due) - later(from, r->in->now));
    }
}

/* The blocks ahead, cut where pins of their tasks begin and end. */
static enum status cut_at_pins(struct ctx *c, struct arena *a, struct review *r)
{
    const struct plan_input *in = r->in;
    size_t room = (size_t)(r->n - r->out->ahead) + 2 * (size_t)in->pin_count + 1;
    r->pieces = ARENA_ARRAY(a, struct piece, room);
    if (!r->pieces)
        return fail_memory(c);
    int32_t first = 0;
    for (int32_t i = r->out->ahead; i < r->n; i++) {
        struct plan_block b = r->blocks[i];
        int32_t from = b.from;
        if (b.until <= in->now)
            continue;
        while (first < in->pin_count && in->pins[first].until <= from)
            first++;
        for (int32_t p = first; p < in->pin_count && in->pins[p].from < b.until; p++) {
            struct plan_block pin = in->pins[p];
            if (pin.task != b.task || pin.until <= from)
                continue;
            if (pin.from > from)
                add_piece(r, b, from, pin.from, false);
            from = later(from, pin.from);
            add_piece(r, b, from, least(b.until, pin.until), true);
            from = least(b.until, pin.until);
        }
        if (from < b.until || b.from >= b.until)
            add_piece(r, b, from, b.until, false);
    }
    return ST_OK;
}

static enum plan_flaw check_piece(const struct review *r, int32_t i)
{
    struct plan_block b = r->pieces[i].block;
    if (b.task < 0 || b.task >= r->in->task_count)
        return PLAN_FLAW_TASK;
    if (b.until <= b.from || (i > 0 && b.from < r->pieces[i - 1].block.until))
        return PLAN_FLAW_ORDER;
    if (r->pieces[i].pinned)
        return PLAN_SOUND;
    if (r->in->tasks[b.task].work == 0)
        return PLAN_FLAW_TASK;
    if (b.from >= r->in->now && b.from < r->in->tasks[b.task].release)
        return PLAN_FLAW_EARLY;
    return b.until > r->in->tasks[b.task].due ? PLAN_FLAW_DUE : PLAN_SOUND;
}

/* Every pinned slot ahead of now has its task. */
static enum plan_flaw check_pins(const struct review *r)
{
    int64_t wanted = 0, found = 0;
    for (int32_t i = 0; i < r->in->pin_count; i++)
        wanted += later(0, r->in->pins[i].until - later(r->in->pins[i].from, r->in->now));
    for (int32_t j = 0; j < r->in->task_count; j++)
        found += r->pinned[j];
    return found < wanted ? PLAN_FLAW_PIN : PLAN_SOUND;
}

static int32_t length_ahead(const struct review *r, struct plan_block b)
{
    return b.until - later(b.from, r->in->now);
}

/* Each prerequisite that is to be planned finished before its task's first block, unless that is
 * pinned. Where not all fits, PLAN_MINUTES does not look at that. */
static enum plan_flaw check_prerequisites(const struct review *r)
{
    const struct plan_input *in = r->in;
    if (in->objective == PLAN_MINUTES && !r->out->fresh.feasible)
        return PLAN_SOUND;
    for (int32_t i = 0; i < r->count; i++)
        r->ahead[r->pieces[i].block.task] -= length_ahead(r, r->pieces[i].block);
    enum plan_flaw flaw = PLAN_SOUND;
    for (int32_t i = 0; i < r->count; i++) {
        const struct plan_task *t = &in->tasks[r->pieces[i].block.task];
        for (int32_t k = t->first; k < t->first + t->count && !r->pieces[i].pinned; k++) {
            const struct plan_task *before = &in->tasks[in->prerequisites[k]];
            if (before->due > in->now && r->ahead[in->prerequisites[k]] < before->work)
                flaw = PLAN_FLAW_FIRST;
        }
        r->ahead[r->pieces[i].block.task] += length_ahead(r, r->pieces[i].block);
    }
    return flaw;
}

/* What the limit leaves of a day, however many of its free slots are past: that blocks lie in
 * those that are not is seen one by one, and pins may lie elsewhere. */
static int32_t limit_of(const struct review *r, int32_t d)
{
    return capacity_at(r->out->fresh.days[d].free, INT32_MAX, r->in->days[d].done, r->in->limit);
}

/* Every block but pins in one free window, and no day above the limit but by pins; also the
 * greatest overtime. */
static enum plan_flaw check_days(const struct review *r, int32_t *overtime)
{
    const struct plan_input *in = r->in;
    int32_t i = 0;
    for (int32_t d = 0; d < in->day_count; d++) {
        int32_t load = 0, pinned = 0;
        int32_t k = in->days[d].first, end = in->days[d].first + in->days[d].count;
        for (; i < r->count && r->pieces[i].block.from < in->days[d].end; i++) {
            struct plan_block b = r->pieces[i].block;
            int32_t from = later(b.from, in->now);
            load += b.until - from;
            pinned += r->pieces[i].pinned ? b.until - from : 0;
            while (k < end && in->windows[k].until <= from)
                k++;
            if (!r->pieces[i].pinned &&
                (k == end || from < in->windows[k].from || b.until > in->windows[k].until))
                return PLAN_FLAW_WINDOW;
        }
        if (load > later(pinned, limit_of(r, d)))
            return PLAN_FLAW_CAPACITY;
        *overtime = later(*overtime, load - r->out->fresh.days[d].pace);
    }
    return i < r->count ? PLAN_FLAW_WINDOW : PLAN_SOUND;
}

/* What is planned ahead against what a new plan reaches. */
static enum plan_flaw check_value(const struct review *r)
{
    const struct plan_result *fresh = &r->out->fresh;
    int64_t slots = 0, weighted = 0, finished = 0, fresh_finished = 0;
    for (int32_t j = 0; j < r->in->task_count; j++) {
        const struct plan_task *t = &r->in->tasks[j];
        if (r->ahead[j] > later(t->work, r->pinned[j]))
            return PLAN_FLAW_EXCESS;
        if (t->work == 0)
            continue;
        int32_t ontime = least(t->work, r->ontime[j]);
        slots += ontime;
        weighted += (int64_t)ontime * t->weight;
        finished += ontime == t->work ? t->weight : 0;
        fresh_finished += fresh->planned[j] == t->work ? t->weight : 0;
    }
    bool worse =
        r->in->objective == PLAN_TASKS ? finished < fresh_finished : weighted < fresh->wontime;
    return slots < fresh->ontime || worse ? PLAN_FLAW_SHORT : PLAN_SOUND;
}

/* Where a buffer is asked for, each task is finished when it can be. */
static enum plan_flaw check_buffers(const struct review *r)
{
    for (int32_t i = 0; r->out->fresh.by && i < r->count; i++)
        if (r->pieces[i].block.until > r->by[r->pieces[i].block.task] + PLAN_SETTLED &&
            !r->pieces[i].pinned)
            return PLAN_FLAW_BUFFER;
    return PLAN_SOUND;
}

static enum plan_flaw judge(const struct review *r)
{
    int32_t overtime = 0, lowest = 0;
    for (int32_t i = 0; i < r->count; i++) {
        enum plan_flaw flaw = check_piece(r, i);
        if (flaw)
            return flaw;
    }
    enum plan_flaw flaw = check_pins(r);
    if (!flaw)
        flaw = check_prerequisites(r);
    if (!flaw)
        flaw = check_days(r, &overtime);
    if (!flaw)
        flaw = check_value(r);
    if (flaw)
        return flaw;
    for (int32_t d = 0; d < r->in->day_count; d++)
        lowest = later(lowest, r->out->fresh.days[d].load - r->out->fresh.days[d].pace);
    return overtime > lowest + plan_uneven(r->in) ? PLAN_FLAW_UNEVEN : check_buffers(r);
}

void plan_finish_by(const struct plan_input *in, const struct plan_result *fresh, int32_t *by)
{
    for (int32_t j = 0; j < in->task_count; j++)
        by[j] = fresh->by ? fresh->by[j] : in->tasks[j].due;
    for (int32_t i = 0; i < in->pin_count; i++) {
        struct plan_block pin = in->pins[i];
        by[pin.task] = later(by[pin.task], least(pin.until, in->tasks[pin.task].due));
    }
}

enum status plan_validate(struct ctx *c, struct arena *a, const struct plan_input *in,
                          const struct plan_block *blocks, int32_t n, struct plan_check *out)
{
    size_t tasks = (size_t)in->task_count + 1;
    *out = (struct plan_check){.credited = *in};
    struct plan_input plain;
    struct review r = {.in = &out->credited, .blocks = blocks, .n = n, .out = out};
    struct plan_task *credited = ARENA_ARRAY(a, struct plan_task, tasks);
    int32_t *uncovered = ARENA_ARRAY(a, int32_t, tasks);
    int32_t *missed = ARENA_ARRAY(a, int32_t, (size_t)n + 1);
    r.ahead = ARENA_ARRAY(a, int32_t, tasks);
    r.pinned = ARENA_ARRAY(a, int32_t, tasks);
    r.ontime = ARENA_ARRAY(a, int32_t, tasks);
    r.by = ARENA_ARRAY(a, int32_t, tasks);
    if (!credited || !uncovered || !missed || !r.ahead || !r.pinned || !r.ontime || !r.by)
        return fail_memory(c);
    for (int32_t j = 0; j < in->task_count; j++)
        credited[j] = in->tasks[j];
    out->credited.tasks = credited;
    credit(&r, credited);
    enum status s = cut_at_pins(c, a, &r);
    if (!s)
        s = sessions_without(c, a, &out->credited, &plain);
    if (!s)
        s = plan_solve(c, a, &plain, &out->fresh);
    if (s)
        return s;
    plan_finish_by(&out->credited, &out->fresh, r.by);
    find_missed(&r, uncovered, missed);
    out->flaw = judge(&r);
    return ST_OK;
}
