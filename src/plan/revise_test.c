#include "plan/revise.h"

#include <string.h>

#include "base/rng.h"
#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

static const struct plan_span windows[] = {{100, 120}, {400, 420}};
static const struct plan_day days[] = {{.end = 288, .count = 1},
                                       {.beg = 288, .end = 576, .first = 1, .count = 1}};
static const struct plan_task tasks[] = {
    {.work = 8, .due = 576, .weight = 3, .release = -1},
    {.work = 6, .due = 560, .weight = 3, .release = -1},
};
/* Not what a plan from nothing would be, and as good. */
static const struct plan_block accepted[] = {{0, 104, 112}, {1, 410, 416}};

static struct plan_input input(int32_t now)
{
    return (struct plan_input){.now = now,
                               .limit = {1, 1},
                               .pace = {1, 1},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 2,
                               .task_count = 2,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static struct plan_result renew(struct plan_input in, enum plan_keep keep)
{
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result out;
    assert_int_equal(plan_revise(&c, &arena, &in, accepted, 2, keep, &check, &out), ST_OK);
    return out;
}

static void what_can_stay_stays(void **state)
{
    (void)state;
    struct plan_result r = renew(input(50), PLAN_KEEP_ALL);
    assert_int_equal(r.block_count, 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted);
    assert_int_equal(plan_moved(accepted, 2, r.blocks, r.block_count, 50), 0);
    assert_int_equal(r.pinned.slots, 0);
}

static void near_blocks_stay_when_the_rest_is_made_anew(void **state)
{
    (void)state;
    struct plan_result r = renew(input(50), PLAN_KEEP_NEAR);
    const struct plan_block plan[] = {{1, 100, 104}, {0, 104, 112}, {1, 112, 114}};
    assert_int_equal(r.block_count, 3);
    assert_memory_equal(r.blocks, plan, sizeof plan);
}

static void a_block_that_has_begun_keeps_its_start(void **state)
{
    (void)state;
    struct plan_result r = renew(input(107), PLAN_KEEP_NEAR);
    assert_true(r.block_count >= 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted[0]);
}

static void holds(struct plan_input in, const struct plan_result *r)
{
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    assert_int_equal(plan_validate(&c, &arena, &in, r->blocks, r->block_count, &check), ST_OK);
    assert_int_equal(check.flaw, PLAN_SOUND);
    assert_int_equal(check.missed_count, 0);
}

/* The second task needs all that is left of the day: the block of the first that has begun is given
 * up, and what was done of it is planned again, as nobody knows of it any more. */
static void a_block_that_is_given_up_is_planned_whole(void **state)
{
    (void)state;
    struct plan_task urgent[] = {tasks[0], {.work = 13, .due = 120, .weight = 3, .release = -1}};
    struct plan_input in = input(107);
    in.tasks = urgent;
    struct plan_result r = renew(in, PLAN_KEEP_ALL);
    const struct plan_block plan[] = {{1, 107, 120}, {0, 400, 408}};
    assert_int_equal(r.block_count, 2);
    assert_memory_equal(r.blocks, plan, sizeof plan);
    assert_int_equal(r.total, 21);
    holds(in, &r);
}

static void what_would_be_late_moves(void **state)
{
    (void)state;
    struct plan_task urgent[] = {tasks[0], tasks[1]};
    urgent[1].due = 300;
    struct plan_input in = input(50);
    in.tasks = urgent;
    struct plan_result r = renew(in, PLAN_KEEP_ALL);
    assert_true(r.feasible);
    bool stays = false;
    for (int32_t i = 0; i < r.block_count; i++) {
        assert_true(r.blocks[i].task != 1 || r.blocks[i].until <= 300);
        stays |= memcmp(&r.blocks[i], &accepted[0], sizeof accepted[0]) == 0;
    }
    assert_true(stays);
    assert_int_equal(plan_moved(accepted, 2, r.blocks, r.block_count, 50), 6 * PLAN_NEAR_WEIGHT);
}

static struct plan_result revise(struct plan_input in, const struct plan_block *blocks, int32_t n)
{
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result out;
    assert_int_equal(plan_revise(&c, &arena, &in, blocks, n, PLAN_KEEP_ALL, &check, &out), ST_OK);
    assert_int_equal(plan_holds(&check), out.block_count == 2);
    return out;
}

/* What holds stays as it is; what was missed is put back beside it. Days, tasks and sums are
 * counted of the blocks that are answered. */
static void a_plan_is_revised(void **state)
{
    (void)state;
    struct plan_result r = revise(input(50), accepted, 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted);
    assert_int_equal(r.days[0].load, 8);
    assert_int_equal(r.days[1].load, 6);
    assert_int_equal(r.planned[1], 6);
    assert_int_equal(r.maxload, 8);

    /* All of it is pinned: it has no slack of its own, and is not tight for that. */
    struct plan_input in = input(50);
    in.pins = accepted;
    in.pin_count = 1;
    r = revise(in, accepted, 2);
    assert_int_equal(r.planned[0], 8);
    assert_int_equal(r.slack[0], -1);

    r = revise(input(115), accepted, 2);
    const struct plan_block put_back[] = {{0, 115, 120}, {0, 400, 403}, {1, 410, 416}};
    assert_int_equal(r.block_count, 3);
    assert_memory_equal(r.blocks, put_back, sizeof put_back);
    assert_int_equal(r.days[0].load, 5);
    assert_int_equal(r.days[1].load, 9);
    assert_int_equal(r.planned[0], 8);
    assert_int_equal(r.ontime, 14);
}

/* The second task waits for the first, which is to be cut: its blocks would be begun in vain. */
static void what_waits_for_a_cut_task_is_not_kept(void **state)
{
    (void)state;
    struct plan_task waiting[] = {tasks[0], tasks[1], tasks[0]};
    const int32_t first[] = {0};
    waiting[0].due = 130; /* 30 slots before it, and 20 of them free */
    waiting[0].work = 24;
    waiting[1].count = 1;
    waiting[2].work = 10;
    struct plan_input in = input(50);
    in.tasks = waiting;
    in.task_count = 3;
    in.prerequisites = first;
    in.prerequisite_count = 1;
    const struct plan_block before[] = {{0, 100, 120}, {1, 400, 406}, {2, 406, 416}};
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result r;
    assert_int_equal(plan_revise(&c, &arena, &in, before, 3, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_int_equal(check.flaw, PLAN_FLAW_FIRST);
    assert_int_equal(r.planned[1], 0);
    assert_int_equal(r.planned[2], 10);
    for (int32_t i = 0; i < r.block_count; i++)
        assert_int_not_equal(r.blocks[i].task, 1);
}

/* A block behind its buffer moves, the others stay; where no buffer can be kept, none moves. */
static void a_buffer_moves_what_it_must(void **state)
{
    (void)state;
    struct plan_input in = input(50);
    in.buffer = 170; /* 576 − 170 = 406, 560 − 170 = 390 */
    struct plan_result r = renew(in, PLAN_KEEP_ALL);
    assert_int_equal(r.by[0], 406);
    assert_int_equal(r.by[1], 390);
    assert_int_equal(r.block_count, 3);
    const struct plan_block moved[] = {{1, 100, 104}, {0, 104, 112}, {1, 112, 114}};
    assert_memory_equal(r.blocks, moved, sizeof moved);
    assert_true(r.feasible);
    assert_int_equal(r.pinned.late, 0);

    in = input(110); /* ten slots today: the second by its buffer, the first as soon as it can */
    in.limit = in.pace = (struct plan_ratio){1, 2};
    in.buffer = 300;
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    const struct plan_block good[] = {{1, 110, 116}, {0, 116, 120}, {0, 400, 404}};
    assert_int_equal(plan_revise(&c, &arena, &in, good, 3, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_int_equal(check.flaw, PLAN_SOUND);
    assert_int_equal(r.by[1], 260);
    assert_int_equal(r.by[0], 404);
    const struct plan_block late[] = {{1, 110, 116}, {0, 116, 120}, {0, 403, 407}};
    assert_int_equal(plan_revise(&c, &arena, &in, late, 3, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_int_equal(check.flaw, PLAN_FLAW_BUFFER);
    assert_memory_equal(r.blocks, good, sizeof good);
}

/* The tries are undone: many take no more memory than one. */
static void looking_takes_little_memory(void **state)
{
    (void)state;
    struct plan_task late[] = {tasks[0], tasks[1]};
    late[1].due = 116;
    struct plan_input in = input(50);
    in.tasks = late;
    const struct plan_block single[] = {{0, 100, 101}, {0, 102, 103}, {0, 104, 105}, {0, 106, 107},
                                        {0, 108, 109}, {0, 110, 111}, {0, 112, 113}, {0, 114, 115}};
    struct arena small;
    arena_init(&small, 24 << 10);
    struct ctx c = {.arena = &small};
    struct plan_check check;
    struct plan_result out;
    assert_int_equal(plan_revise(&c, &small, &in, single, 8, PLAN_KEEP_ALL, &check, &out), ST_OK);
    assert_true(out.feasible);
    arena_release(&small);
}

/* Days of forty slots worked for twenty. What is new makes no overtime where something due later
 * may wait, and lies in one piece; what has overtime keeps it. */
static void what_is_new_makes_no_overtime(void **state)
{
    (void)state;
    struct plan_span free[6];
    struct plan_day week[6];
    for (int32_t d = 0; d < 6; d++) {
        free[d] = (struct plan_span){288 * d + 100, 288 * d + 140};
        week[d] = (struct plan_day){.beg = 288 * d, .end = 288 * d + 288, .first = d, .count = 1};
    }
    const struct plan_task some[] = {{.work = 80, .due = 6 * 288, .weight = 3},
                                     {.work = 6, .due = 3 * 288, .weight = 3}};
    struct plan_input in = {.now = 90,
                            .limit = {1, 1},
                            .pace = {1, 2},
                            .objective = PLAN_TASKS,
                            .day_count = 6,
                            .window_count = 6,
                            .task_count = 2,
                            .days = week,
                            .windows = free,
                            .tasks = some};
    struct plan_block old[] = {{0, 100, 120}, {0, 388, 408}, {0, 676, 696}, {0, 964, 984}};
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result r;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 4, PLAN_KEEP_ALL, &check, &r), ST_OK);
    const struct plan_block plan[] = {old[0],        old[1], {1, 676, 682},
                                      {0, 682, 696}, old[3], {0, 1252, 1258}};
    assert_int_equal(r.block_count, 6);
    assert_memory_equal(r.blocks, plan, sizeof plan);

    old[0].until = 122;
    old[3].until = 982;
    in.task_count = 1;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 4, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_int_equal(check.flaw, PLAN_SOUND);
    in.task_count = 2;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 4, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_memory_equal(&r.blocks[0], &old[0], sizeof old[0]);
    for (int32_t d = 1; d < 6; d++)
        assert_in_range(r.days[d].load, 0, r.days[d].pace);
}

/* Where deadlines ask for overtime, what is new has it in sessions, on few days. */
static void what_is_new_lies_in_sessions(void **state)
{
    (void)state;
    struct plan_span free[6];
    struct plan_day week[6];
    struct plan_block old[6];
    for (int32_t d = 0; d < 6; d++) {
        free[d] = (struct plan_span){288 * d + 100, 288 * d + 140};
        week[d] = (struct plan_day){.beg = 288 * d, .end = 288 * d + 288, .first = d, .count = 1};
        old[d] = (struct plan_block){0, 288 * d + 100, 288 * d + 121};
    }
    const struct plan_task some[] = {{.work = 126, .due = 6 * 288, .weight = 3},
                                     {.work = 12, .due = 6 * 288, .weight = 3}};
    struct plan_input in = input(90);
    in.pace = (struct plan_ratio){1, 2};
    in.day_count = in.window_count = 6;
    in.days = week;
    in.windows = free;
    in.tasks = some;
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result r;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 6, PLAN_KEEP_ALL, &check, &r), ST_OK);
    const struct plan_block plan[] = {old[0], {1, 121, 127}, old[1], {1, 409, 415}};
    assert_int_equal(r.block_count, 8);
    assert_memory_equal(r.blocks, plan, sizeof plan);
    in.shape.session_min = 10;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 6, PLAN_KEEP_ALL, &check, &r), ST_OK);
    assert_int_equal(r.block_count, 7);
}

static bool has_block(const struct plan_result *r, struct plan_block b)
{
    bool found = false;
    for (int32_t i = 0; i < r->block_count; i++)
        found |= memcmp(&r->blocks[i], &b, sizeof b) == 0;
    return found;
}

/* For other wishes also what is near moves, if it goes against them. */
static void near_blocks_against_a_wish_move(void **state)
{
    (void)state;
    struct plan_input in = input(50);
    in.shape.session_max = 4;
    struct plan_result r = renew(in, PLAN_KEEP_NEAR);
    assert_true(has_block(&r, accepted[0]));
    r = renew(in, PLAN_KEEP_WISHED);
    for (int32_t i = 0; i < r.block_count; i++)
        assert_true(r.blocks[i].task != 0 || r.blocks[i].until - r.blocks[i].from <= 4);
    in.shape.session_max = 8;
    r = renew(in, PLAN_KEEP_WISHED);
    assert_true(has_block(&r, accepted[0]));
    in.now = 105; /* a block that has begun stays */
    in.shape.session_max = 4;
    r = renew(in, PLAN_KEEP_WISHED);
    assert_true(has_block(&r, accepted[0]));
}

static void far_moves_weigh_less(void **state)
{
    (void)state;
    const struct plan_block later[] = {{0, 104, 112}, {1, 700, 706}};
    assert_int_equal(plan_moved(accepted, 2, later, 2, 50), 6);
    assert_int_equal(plan_moved(accepted, 2, later, 2, 703), 3 * PLAN_NEAR_WEIGHT);
}

enum { DAYS = 6, TASKS = 7, WINDOWS = 2 * DAYS, CASES = 400 };

/* A week of two windows a day and tasks that may all start now. */
struct term {
    struct plan_span windows[WINDOWS];
    struct plan_day days[DAYS];
    struct plan_task tasks[TASKS];
};

static struct plan_input make_term(struct rng *r, struct term *t)
{
    for (int32_t d = 0; d < DAYS; d++) {
        int32_t beg = d * 288, first = beg + (int32_t)rng_between(r, 90, 130);
        int32_t second = beg + (int32_t)rng_between(r, 170, 220);
        t->windows[2 * d] = (struct plan_span){first, first + (int32_t)rng_between(r, 2, 30)};
        t->windows[2 * d + 1] = (struct plan_span){second, second + (int32_t)rng_between(r, 2, 30)};
        t->days[d] = (struct plan_day){
            .beg = beg, .end = beg + 288, .first = 2 * d, .count = 2, .done = d == 0 ? 3 : 0};
    }
    for (int32_t j = 0; j < TASKS; j++)
        t->tasks[j] = (struct plan_task){.work = (int32_t)rng_between(r, 0, 20),
                                         .due = (int32_t)rng_between(r, 40, DAYS * 288),
                                         .weight = 1 + (int32_t)rng_below(r, 5)};
    return (struct plan_input){.now = 60,
                               .limit = {4, 5},
                               .pace = {(int32_t)rng_below(r, 5), 8},
                               .objective = PLAN_TASKS,
                               .day_count = DAYS,
                               .window_count = WINDOWS,
                               .task_count = TASKS,
                               .days = t->days,
                               .windows = t->windows,
                               .tasks = t->tasks};
}

static int32_t most_overtime(const struct plan_result *r)
{
    int32_t most = 0;
    for (int32_t d = 0; d < DAYS; d++)
        if (r->days[d].load - r->days[d].pace > most)
            most = r->days[d].load - r->days[d].pace;
    return most;
}

static int32_t all_overtime(const struct plan_result *r)
{
    int32_t sum = 0;
    for (int32_t d = 0; d < DAYS; d++)
        if (r->days[d].load > r->days[d].pace)
            sum += r->days[d].load - r->days[d].pace;
    return sum;
}

/* As good as the goal, when the old plan has `settled` slots of overtime. */
static bool as_good(const struct plan_result *r, const struct plan_result *goal, int32_t settled)
{
    int32_t most = all_overtime(goal) > settled ? all_overtime(goal) : settled;
    return r->deficit <= goal->deficit && r->pinned.over == 0 && r->pinned.late == 0 &&
           most_overtime(r) <= most_overtime(goal) + PLAN_UNEVEN && all_overtime(r) <= most;
}

/* Slots of a block on which a plan has its task. */
static int32_t staying(const struct plan_result *r, struct plan_block b)
{
    int32_t slots = 0;
    for (int32_t i = 0; i < r->block_count; i++) {
        struct plan_block o = r->blocks[i];
        int32_t from = o.from > b.from ? o.from : b.from;
        int32_t until = o.until < b.until ? o.until : b.until;
        slots += o.task == b.task && until > from ? until - from : 0;
    }
    return slots;
}

static bool stays(const struct plan_result *r, struct plan_block b)
{
    return staying(r, b) == b.until - b.from;
}

/* Overtime of those blocks of the old plan that could stay by themselves. */
static int32_t could_stay_overtime(const struct plan_input *in, const struct plan_result *old)
{
    int32_t load[DAYS] = {0}, used[TASKS] = {0}, sum = 0;
    for (int32_t i = 0; i < old->block_count; i++) {
        struct plan_block b = old->blocks[i];
        const struct plan_task *t = &in->tasks[b.task];
        int32_t left = t->work - used[b.task], length = b.until - b.from;
        if (b.until > t->due || left <= 0)
            continue;
        length = length < left ? length : left;
        used[b.task] += length;
        load[b.from / 288] += length;
    }
    for (int32_t d = 0; d < DAYS; d++)
        sum += load[d] > old->days[d].pace ? load[d] - old->days[d].pace : 0;
    return sum;
}

static struct plan_result solve(const struct plan_input *in)
{
    struct ctx c = {.arena = &arena};
    struct plan_result out;
    assert_int_equal(plan_solve(&c, &arena, in, &out), ST_OK);
    return out;
}

/* Whether `b` could stay too, beside all that did: by a plan with it pinned. */
static bool could_stay(const struct plan_input *in, const struct plan_result *goal,
                       const struct plan_result *old, const struct plan_result *renewed,
                       const struct plan_block *b)
{
    struct plan_block *pins = ARENA_ARRAY(&arena, struct plan_block, (size_t)old->block_count);
    struct plan_input pinned = *in;
    int32_t planned = 0;
    for (int32_t i = 0; i < old->block_count; i++) {
        struct plan_block o = old->blocks[i];
        bool asked = &old->blocks[i] == b;
        /* Of a task that needs less than before, what is still needed may have stayed. */
        if (!asked && old->planned[o.task] > in->tasks[o.task].work)
            o.until = o.from + staying(renewed, o);
        if (asked || (o.until > o.from && stays(renewed, o)))
            pins[pinned.pin_count++] = o;
        if (o.task == b->task)
            planned += asked ? o.until - o.from : staying(renewed, o);
    }
    pinned.pins = pins;
    if (b->until > in->tasks[b->task].due || planned > in->tasks[b->task].work)
        return false;
    struct plan_result r = solve(&pinned);
    return as_good(&r, goal, could_stay_overtime(in, old));
}

/* The scan that asks what can be kept agrees with plans that are made for each answer. */
static void nothing_moves_that_could_stay(void **state)
{
    (void)state;
    struct rng r = rng_make(20261125);
    struct term t;
    int32_t renewals = 0, moved = 0;
    for (int k = 0; k < CASES; k++) {
        arena_reset(&arena);
        struct ctx c = {.arena = &arena};
        struct plan_input in = make_term(&r, &t);
        struct plan_result old = solve(&in), renewed;
        struct plan_check check;
        t.tasks[rng_below(&r, TASKS)].work += (int32_t)rng_between(&r, -3, 12);
        t.tasks[rng_below(&r, TASKS)].due = (int32_t)rng_between(&r, 200, DAYS * 288);
        for (int32_t j = 0; j < TASKS; j++)
            t.tasks[j].work = t.tasks[j].work > 0 ? t.tasks[j].work : 0;
        struct plan_result goal = solve(&in);
        if (goal.deficit > 0)
            continue;
        renewals++;
        assert_int_equal(plan_revise(&c, &arena, &in, old.blocks, old.block_count, PLAN_KEEP_ALL,
                                     &check, &renewed),
                         ST_OK);
        assert_true(as_good(&renewed, &goal, could_stay_overtime(&in, &old)));
        for (int32_t i = 0; i < old.block_count; i++) {
            /* Of a task that needs less than before, the last blocks are given up at once. */
            if (stays(&renewed, old.blocks[i]) ||
                old.planned[old.blocks[i].task] > t.tasks[old.blocks[i].task].work)
                continue;
            moved++;
            if (could_stay(&in, &goal, &old, &renewed, &old.blocks[i]))
                fail_msg("case %d: block %d could stay", k, i);
        }
    }
    assert_in_range(renewals, CASES / 4, CASES);
    assert_in_range(moved, CASES / 10, INT32_MAX);
}

/* A task with a pin on the second day is finished there, however long before it is due it might
 * have been: the rest of it may stay on that day too. */
static void a_buffer_does_not_move_what_waits_for_a_pin(void **state)
{
    (void)state;
    static const struct plan_block old[] = {{0, 104, 112}, {1, 402, 406}};
    static const struct plan_block pin = {1, 410, 414};
    struct plan_task longer[] = {tasks[0], tasks[1]};
    longer[1].work = 8;
    struct plan_input in = input(50);
    in.tasks = longer;
    in.buffer = 400;
    in.pins = &pin;
    in.pin_count = 1;
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result out;
    assert_int_equal(plan_revise(&c, &arena, &in, old, 2, PLAN_KEEP_ALL, &check, &out), ST_OK);
    const struct plan_block plan[] = {old[0], old[1], pin};
    assert_int_equal(out.block_count, 3);
    assert_memory_equal(out.blocks, plan, sizeof plan);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct plan_task urgent[] = {tasks[0], tasks[1]};
    urgent[1].due = 300;
    struct plan_input in = input(50);
    in.tasks = urgent;
    in.buffer = 100;
    for (unsigned nth = 1; nth < 300; nth++) {
        struct ctx c = {.arena = &arena};
        struct plan_check check;
        struct plan_result out;
        arena_fail_after(nth);
        enum status s = plan_revise(&c, &arena, &in, accepted, 2, PLAN_KEEP_ALL, &check, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 20);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(what_can_stay_stays),
        cmocka_unit_test(near_blocks_stay_when_the_rest_is_made_anew),
        cmocka_unit_test(a_block_that_has_begun_keeps_its_start),
        cmocka_unit_test(a_block_that_is_given_up_is_planned_whole),
        cmocka_unit_test(what_would_be_late_moves),
        cmocka_unit_test(a_plan_is_revised),
        cmocka_unit_test(what_waits_for_a_cut_task_is_not_kept),
        cmocka_unit_test(a_buffer_moves_what_it_must),
        cmocka_unit_test(looking_takes_little_memory),
        cmocka_unit_test(what_is_new_makes_no_overtime),
        cmocka_unit_test(what_is_new_lies_in_sessions),
        cmocka_unit_test(near_blocks_against_a_wish_move),
        cmocka_unit_test(far_moves_weigh_less),
        cmocka_unit_test(nothing_moves_that_could_stay),
        cmocka_unit_test(a_buffer_does_not_move_what_waits_for_a_pin),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(all, setup, teardown);
}
