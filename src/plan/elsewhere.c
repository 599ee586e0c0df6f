#include "plan/elsewhere.h"

struct asking {
    const struct plan_input *in;
    struct plan_block there;
    struct plan_block *pins; /* those of the input and the stretch, cut where days end */
    int32_t pin_count;
};

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static bool pinned(const struct plan_input *in, int32_t slot)
{
    for (int32_t i = 0; i < in->pin_count; i++)
        if (in->pins[i].from <= slot && slot < in->pins[i].until)
            return true;
    return false;
}

static bool is_free(const struct plan_input *in, int32_t slot)
{
    for (int32_t i = 0; i < in->window_count; i++)
        if (in->windows[i].from <= slot && slot < in->windows[i].until)
            return true;
    return false;
}

static struct plan_misfit judge(const struct asking *q)
{
    const struct plan_task *t = &q->in->tasks[q->there.task];
    struct plan_misfit m = {0};
    for (int32_t slot = q->there.from; slot < q->there.until; slot++) {
        if (slot < q->in->now)
            m.past++;
        else if (pinned(q->in, slot))
            m.taken++;
        else if (!is_free(q->in, slot))
            m.outside++;
        else if (slot < t->release)
            m.early++;
        else if (slot >= t->due)
            m.late++;
    }
    return m;
}

/* The stretch among the pins, in order: as many pieces as it has days. */
static void pin_there(struct asking *q)
{
    const struct plan_input *in = q->in;
    int32_t i = 0;
    for (; i < in->pin_count && in->pins[i].from < q->there.from; i++)
        q->pins[q->pin_count++] = in->pins[i];
    for (int32_t d = 0; d < in->day_count; d++) {
        int32_t from = later(in->days[d].beg, q->there.from);
        int32_t until = least(in->days[d].end, q->there.until);
        if (from < until)
            q->pins[q->pin_count++] = (struct plan_block){q->there.task, from, until};
    }
    for (; i < in->pin_count; i++)
        q->pins[q->pin_count++] = in->pins[i];
}

/* What is planned less of each task, by due date and then in the order of the input. */
static enum status compare(struct ctx *c, struct arena *a, const struct plan_input *in,
                           const struct plan_result *as_is, struct plan_elsewhere *out)
{
    struct plan_lack *lacks = ARENA_ARRAY(a, struct plan_lack, (size_t)in->task_count + 1);
    if (!lacks)
        return fail_memory(c);
    int32_t n = 0;
    for (int32_t j = 0; j < in->task_count; j++) {
        int32_t slots = as_is->planned[j] - out->plan.planned[j];
        if (slots <= 0 || in->tasks[j].due <= in->now)
            continue;
        int32_t at = n++;
        for (; at > 0 && in->tasks[lacks[at - 1].task].due > in->tasks[j].due; at--)
            lacks[at] = lacks[at - 1];
        lacks[at] = (struct plan_lack){j, slots};
    }
    out->lacks = lacks;
    out->lack_count = n;
    out->missed = as_is->ontime - out->plan.ontime;
    out->over = later(0, out->plan.pinned.over - as_is->pinned.over);
    out->waits = later(0, out->plan.pinned.early - as_is->pinned.early - out->misfit.early);
    return ST_OK;
}

enum status plan_elsewhere(struct ctx *c, struct arena *a, const struct plan_input *in,
                           const struct plan_result *as_is, struct plan_block there,
                           struct plan_elsewhere *out)
{
    *out = (struct plan_elsewhere){.plan = *as_is};
    bool known = there.task >= 0 && there.task < in->task_count;
    if (!known || there.until <= there.from || there.from < -PLAN_SLOT_LAST ||
        there.until > PLAN_SLOT_LAST || there.until - there.from > PLAN_DAY_SLOTS_MAX)
        return fail(c, ST_INVALID, "/move", "must be a stretch of some task, and not over a day");
    struct asking q = {.in = in, .there = there};
    size_t most = (size_t)in->pin_count + (size_t)in->day_count + 1;
    q.pins = ARENA_ARRAY(a, struct plan_block, most);
    if (!q.pins)
        return fail_memory(c);
    out->misfit = judge(&q);
    if (out->misfit.taken > 0 || out->misfit.past > 0)
        return ST_OK;
    pin_there(&q);
    struct plan_input forced = *in;
    forced.pins = q.pins;
    forced.pin_count = q.pin_count;
    enum status s = plan_solve(c, a, &forced, &out->plan);
    return s ? s : compare(c, a, in, as_is, out);
}
