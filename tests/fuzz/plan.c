/*
 * Fuzzes plan_solve: the bytes are read as an instance, with wrong numbers now and then. What is
 * refused must name why; what is solved must keep to every rule that can be checked at once: blocks
 * inside windows, in order, between start and due date, no day above its level, sums as told. The
 * plan is then judged by plan_validate, which must find it sound, and renewed, which must not move
 * it; and a block is asked for elsewhere, which must be told as it is. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>

#include "plan/elsewhere.h"
#include "plan/revise.h"
#include "plan/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum {
    DAYS_MOST = 6,
    WINDOWS_MOST = 3 * DAYS_MOST,
    TASKS_MOST = 12,
    LINKS_MOST = 2 * TASKS_MOST,
    PINS_MOST = 3,
    PREFERRED_MOST = 3
};

struct reader {
    const uint8_t *bytes;
    size_t len, at;
};

static int32_t next(struct reader *r, int32_t below)
{
    int32_t byte = r->at < r->len ? r->bytes[r->at++] : 0;
    return below > 0 ? byte % below : 0;
}

/* One in 256 numbers is far out. */
static int32_t odd(struct reader *r, int32_t usual)
{
    static const int32_t far[] = {INT32_MIN, INT32_MAX, -1, 1 << 30, -(1 << 29), 1 << 20};
    return next(r, 0) == 0 && r->at < r->len && r->bytes[r->at] == 255 ? far[next(r, 6)] : usual;
}

struct instance {
    struct plan_day days[DAYS_MOST];
    struct plan_span windows[WINDOWS_MOST];
    struct plan_task tasks[TASKS_MOST];
    int32_t links[LINKS_MOST];
    struct plan_block pins[PINS_MOST];
    struct plan_span preferred[PREFERRED_MOST];
    struct plan_input in;
};

static void read_days(struct reader *r, struct instance *i)
{
    int32_t beg = 0;
    i->in.day_count = next(r, DAYS_MOST + 1);
    for (int32_t d = 0; d < i->in.day_count; d++) {
        int32_t end = beg + 20 + next(r, 20), at = beg;
        i->days[d] = (struct plan_day){.beg = beg,
                                       .end = odd(r, end),
                                       .first = i->in.window_count,
                                       .done = odd(r, next(r, 4) == 0 ? next(r, 8) : 0)};
        for (int32_t n = next(r, 4); n > 0 && at < end; n--) {
            int32_t from = at + next(r, 6), until = from + 1 + next(r, 8);
            if (until > end)
                break;
            i->windows[i->in.window_count++] = (struct plan_span){odd(r, from), until};
            i->days[d].count++;
            at = until;
        }
        beg = end + (next(r, 8) == 0 ? 5 : 0);
    }
}

static void read_tasks(struct reader *r, struct instance *i)
{
    i->in.task_count = next(r, TASKS_MOST + 1);
    for (int32_t j = 0; j < i->in.task_count; j++) {
        struct plan_task *t = &i->tasks[j];
        *t = (struct plan_task){.work = odd(r, next(r, 10)),
                                .due = odd(r, next(r, 0) + next(r, 40)),
                                .weight = 1 + next(r, 5),
                                .release = odd(r, next(r, 2) ? next(r, 220) : 0),
                                .first = i->in.prerequisite_count};
        for (int32_t n = next(r, 8) - 5; n > 0; n--, t->count++)
            i->links[i->in.prerequisite_count++] = odd(r, next(r, j > 0 ? j : 1));
        t->count = odd(r, t->count);
    }
}

static void read_pins(struct reader *r, struct instance *i)
{
    int32_t at = next(r, 60);
    for (int32_t n = next(r, 12) - 8; n > 0 && i->in.task_count > 0; n--) {
        int32_t until = at + 1 + next(r, 6);
        i->pins[i->in.pin_count++] =
            (struct plan_block){next(r, i->in.task_count), odd(r, at), until};
        at = until + next(r, 60);
    }
}

static void read_shape(struct reader *r, struct instance *i)
{
    struct plan_shape *shape = &i->in.shape;
    if (next(r, 4) > 0)
        return;
    shape->session_min = odd(r, next(r, 6));
    shape->session_max = odd(r, next(r, 9));
    shape->day_max = odd(r, next(r, 9));
    shape->pause = odd(r, next(r, 4));
    shape->preferred = i->preferred;
    int32_t at = next(r, 60);
    for (int32_t n = next(r, 12) - 8; n > 0; n--) {
        int32_t until = at + 1 + next(r, 20);
        i->preferred[shape->preferred_count++] = (struct plan_span){odd(r, at), until};
        at = until + next(r, 40);
    }
    for (int32_t j = next(r, 40); j < i->in.task_count; j += 1 + next(r, 8))
        i->tasks[j].session_min = odd(r, next(r, 6));
}

static void read_buffer(struct reader *r, struct instance *i)
{
    if (next(r, 4) == 1)
        i->in.buffer = odd(r, next(r, 50));
    for (int32_t d = next(r, 24); d < i->in.day_count; d += 1 + next(r, 3))
        i->days[d].held = odd(r, next(r, 8));
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void check_blocks(const struct plan_input *in, const struct plan_result *out)
{
    int32_t i = 0, sum = 0;
    int64_t weighted = 0;
    for (int32_t d = 0; d < in->day_count; d++) {
        int32_t load = 0;
        for (int32_t k = in->days[d].first; k < in->days[d].first + in->days[d].count; k++) {
            int32_t end = later(in->windows[k].from, in->now);
            for (; i < out->block_count && out->blocks[i].from < in->windows[k].until; i++) {
                struct plan_block b = out->blocks[i];
                const struct plan_task *t = &in->tasks[b.task];
                assert(b.from >= end && b.from < b.until && b.until <= in->windows[k].until);
                assert(b.from >= t->release && b.until <= t->due);
                load += b.until - b.from;
                weighted += (int64_t)(b.until - b.from) * t->weight;
                end = b.until;
            }
        }
        assert(load == out->days[d].load && load <= out->days[d].level);
        assert(out->days[d].level <= out->days[d].capacity);
        sum += load;
    }
    assert(i == out->block_count && sum == out->ontime && weighted == out->wontime);
    assert(out->gap >= 0 && out->bound == out->wontime + out->gap);
    assert(out->feasible == (out->deficit == 0) && out->deficit >= out->deficit_full);
    assert(!out->feasible || out->ontime == out->total);
}

/* What is planned of each task is done by then, and that is no sooner than was asked for. */
static void check_buffer(const struct plan_input *in, const struct plan_result *out)
{
    assert((out->by != NULL) == (in->buffer > 0));
    for (int32_t i = 0; out->by && i < out->block_count; i++) {
        const struct plan_task *t = &in->tasks[out->blocks[i].task];
        int32_t by = out->by[out->blocks[i].task];
        assert(out->blocks[i].until <= by && by <= t->due);
        assert(in->prerequisite_count > 0 || by >= t->due - in->buffer);
    }
}

/* A plan that is known stays as it is. */
static void check_renewal(struct ctx *c, struct arena *a, const struct instance *i,
                          const struct plan_result *plan)
{
    struct plan_check check;
    struct plan_result again;
    enum status st =
        plan_revise(c, a, &i->in, plan->blocks, plan->block_count, PLAN_KEEP_ALL, &check, &again);
    assert(st == ST_OK && check.flaw == PLAN_SOUND && check.missed_count == 0);
    assert(plan_moved(plan->blocks, plan->block_count, again.blocks, again.block_count,
                      i->in.now) == 0);
}

/* Some time later it is made anew, and what comes of that holds. */
static void check_later(struct ctx *c, struct arena *a, struct reader *r, const struct instance *i,
                        const struct plan_result *plan)
{
    struct plan_check check;
    struct plan_result renewed, again;
    struct plan_input in = i->in;
    in.now += next(r, 60);
    in.in_slot = next(r, 2);
    enum plan_keep keep = (enum plan_keep)next(r, 3);
    if (plan_revise(c, a, &in, plan->blocks, plan->block_count, keep, &check, &renewed) != ST_OK)
        return;
    enum status st =
        plan_revise(c, a, &in, renewed.blocks, renewed.block_count, PLAN_KEEP_ALL, &check, &again);
    assert(st == ST_OK && plan_holds(&check));
}

static void check_elsewhere(struct ctx *c, struct arena *a, struct reader *r,
                            const struct instance *i, const struct plan_result *plan)
{
    struct plan_elsewhere e;
    int32_t task = next(r, i->in.task_count), from = odd(r, next(r, 220));
    struct plan_block there = {task, from, from < INT32_MAX - 20 ? from + next(r, 10) : from};
    enum status st = plan_elsewhere(c, a, &i->in, plan, there, &e);
    assert(st == ST_OK || st == ST_INVALID);
    if (st != ST_OK)
        return;
    int64_t told =
        (int64_t)e.misfit.past + e.misfit.taken + e.misfit.outside + e.misfit.early + e.misfit.late;
    assert(told <= there.until - there.from && e.over >= 0 && e.waits >= 0);
    assert(e.missed == plan->ontime - e.plan.ontime);
    for (int32_t k = 0; k < e.lack_count; k++)
        assert(e.lacks[k].slots ==
                   plan->planned[e.lacks[k].task] - e.plan.planned[e.lacks[k].task] &&
               e.lacks[k].slots > 0);
}

static struct arena arena;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct reader r = {bytes, len, 0};
    struct instance i = {0};
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 24);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    i.in = (struct plan_input){.now = odd(&r, next(&r, 60)),
                               .limit = {next(&r, 5), 4},
                               .pace = {next(&r, 5), 4},
                               .objective = next(&r, 2) ? PLAN_TASKS : PLAN_MINUTES,
                               .days = i.days,
                               .windows = i.windows,
                               .tasks = i.tasks,
                               .prerequisites = i.links,
                               .pins = i.pins};
    read_days(&r, &i);
    read_tasks(&r, &i);
    read_pins(&r, &i);
    read_shape(&r, &i);
    read_buffer(&r, &i);
    struct plan_result out;
    enum status st = plan_solve(&c, &arena, &i.in, &out);
    assert(st == ST_OK || st == ST_INVALID || st == ST_TOO_LARGE);
    assert((st == ST_OK) == (c.fault_count == 0));
    if (st != ST_OK)
        return 0;
    assert(out.most >= out.ontime);
    if (i.in.pin_count == 0) {
        check_blocks(&i.in, &out);
        check_buffer(&i.in, &out);
        check_renewal(&c, &arena, &i, &out);
    }
    check_later(&c, &arena, &r, &i, &out);
    if (i.in.task_count > 0)
        check_elsewhere(&c, &arena, &r, &i, &out);
    return 0;
}
