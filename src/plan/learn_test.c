/* What is learned from finished tasks: how often the ranges hold, and that little is never taken
 * for much. The formulas themselves are computed apart from this in tests/api/estimates.test.ts. */
#include "plan/learn.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

static double normal(struct rng *r)
{
    double sum = 0; /* twelve uniforms: not the way of learn_chances.c */
    for (int i = 0; i < 12; i++)
        sum += (double)(rng_next(r) >> 11) * 0x1p-53;
    return sum - 6;
}

static void learn(const struct learn_sample *samples, int32_t n, int32_t courses,
                  struct learn_course *out)
{
    assert_int_equal(learn_courses(&ctx, &arena, samples, n, courses, out), ST_OK);
}

/* ---- ranges ---- */

enum { COURSES = 5, TASKS = 120, STUDENTS = 60 };

/* A student whose tasks take exp(bias) of their estimates, drifting by `drift` a task. */
struct habit {
    double bias;
    double scatter;
    double drift;
};

struct score {
    int64_t held;
    int64_t all;
};

/* Each task is judged by what was known before it, then it is learned. */
static void live(const struct habit *h, struct rng *r, struct score *score)
{
    struct learn_sample samples[TASKS];
    struct learn_course known[COURSES];
    double mean[COURSES];
    for (int k = 0; k < COURSES; k++)
        mean[k] = h->bias + 0.25 * normal(r);
    for (int32_t i = 0; i < TASKS; i++) {
        int32_t k = (int32_t)rng_below(r, COURSES);
        int32_t estimate = (int32_t)rng_between(r, 12, 60) * 5;
        double worked = estimate * exp(mean[k] + h->scatter * normal(r));
        mean[k] += h->drift * normal(r);
        learn(samples, i, COURSES, known);
        arena_reset(&arena);
        samples[i] = (struct learn_sample){k, estimate, (int32_t)(worked + 0.5)};
        if (known[k].n < LEARN_SAMPLES_MIN)
            continue;
        score->all++;
        score->held += samples[i].worked_min * 100.0 >= (double)known[k].low * estimate &&
                       samples[i].worked_min * 100.0 <= (double)known[k].high * estimate;
    }
}

static void ranges_hold_four_times_of_five(void **state)
{
    (void)state;
    static const struct habit habits[] = {
        {0.26, 0.45, 0},   {0.26, 0.45, 0.03}, {0.26, 0.45, 0.06}, {0.26, 0.3, 0.03},
        {0.26, 0.6, 0.03}, {0.7, 0.45, 0.03},  {-0.2, 0.35, 0.03}, {0, 0.45, 0.03}};
    struct rng r = rng_make(7);
    struct score whole = {0, 0};
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        struct score score = {0, 0};
        for (int s = 0; s < STUDENTS; s++)
            live(&habits[i], &r, &score);
        double share = (double)score.held / (double)score.all;
        if (share < 0.75 || share > 0.85)
            print_error("habit %zu: %.3f of %lld\n", i, share, (long long)score.all);
        assert_true(share >= 0.75 && share <= 0.85);
        whole.held += score.held;
        whole.all += score.all;
    }
    print_message("held: %.3f of %lld\n", (double)whole.held / (double)whole.all,
                  (long long)whole.all);
}

static void few_samples_say_nothing(void **state)
{
    (void)state;
    const struct learn_sample samples[] = {{0, 60, 120}, {0, 60, 120}, {1, 60, 120},
                                           {1, 60, 0},   {1, 800, 99}, {1, 60, 120},
                                           {2, 60, 120}, {2, 60, 120}, {2, 60, 120}};
    struct learn_course out[3];
    learn(samples, 9, 3, out);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(out[k].n, 2);
        assert_int_equal(out[k].median, 100);
        assert_int_equal(out[k].p80, 100);
        assert_int_equal(out[k].low, 100);
        assert_int_equal(out[k].high, 100);
    }
    assert_int_equal(out[2].n, 3);
    assert_in_range(out[2].median, 140, 180); /* between 130 and 200 */
    assert_true(out[2].low < out[2].median && out[2].median < out[2].p80 &&
                out[2].p80 < out[2].high);
}

/* One task of which nearly all was worked without the timer, one where it ran over night. */
static void a_slip_of_the_timer_spoils_little(void **state)
{
    (void)state;
    struct learn_sample samples[12];
    struct learn_course sound;
    struct learn_course spoiled;
    for (int i = 0; i < 12; i++)
        samples[i] = (struct learn_sample){0, 60, 60 + 5 * (i % 3)};
    learn(samples, 12, 1, &sound);
    samples[4].worked_min = 2;
    learn(samples, 12, 1, &spoiled);
    assert_int_equal(spoiled.n, 11);
    assert_in_range(abs(spoiled.median - sound.median), 0, 3);
    samples[4].worked_min = 60000;
    learn(samples, 12, 1, &spoiled);
    assert_true(spoiled.median < 2 * sound.median);
}

static void a_change_of_habit_is_followed(void **state)
{
    (void)state;
    struct learn_sample samples[60];
    struct learn_course out;
    for (int i = 0; i < 60; i++)
        samples[i] = (struct learn_sample){0, 100, i < 30 ? 100 : 200};
    learn(samples, 30, 1, &out);
    assert_in_range(out.median, 95, 108);
    learn(samples, 60, 1, &out);
    assert_in_range(out.median, 160, 195);
}

/* ---- what is left ---- */

static void work_as_planned_moves_nothing(void **state)
{
    (void)state;
    for (int32_t percent = 30; percent <= 300; percent += 10)
        for (int32_t estimate = 5; estimate <= 300; estimate += 35) {
            int32_t whole = learn_slots(estimate, 0, estimate, percent);
            assert_int_equal(whole, (estimate * percent + 499) / 500);
            for (int32_t worked = 5; worked < 5 * whole; worked += 5) {
                int32_t remaining = worked < estimate ? estimate - worked : 0;
                int32_t left = learn_slots(estimate, worked, remaining, percent);
                assert_int_equal(left, whole - worked / 5);
            }
        }
}

static void as_typed_is_as_typed(void **state)
{
    (void)state;
    for (int32_t worked = 0; worked < 200; worked += 7)
        for (int32_t remaining = 0; remaining < 300; remaining += 11)
            assert_int_equal(learn_slots(100, worked, remaining, 100), (remaining + 4) / 5);
    /* Nothing is left, says the student; or nothing is left and it goes on. */
    assert_int_equal(learn_slots(100, 40, 0, 150), 0);
    assert_int_equal(learn_slots(100, 100, 0, 150), 10);
    assert_int_equal(learn_slots(100, 170, 0, 150), 0);
    assert_int_equal(learn_slots(100, 10, 30, 50), 2);
    assert_int_equal(learn_slots(100, 90, 10, 50), 1);
}

static void shortening_is_enough_and_no_more(void **state)
{
    (void)state;
    struct rng r = rng_make(3);
    for (int i = 0; i < 20000; i++) {
        int32_t estimate = (int32_t)rng_between(&r, 1, 400);
        int32_t worked = rng_one_in(&r, 2) ? 0 : (int32_t)rng_between(&r, 0, 500);
        int32_t remaining = (int32_t)rng_between(&r, 1, 400);
        int32_t percent = rng_one_in(&r, 4) ? 100 : (int32_t)rng_between(&r, 20, 400);
        int32_t now = learn_slots(estimate, worked, remaining, percent);
        int32_t whole = (remaining + 4) / 5 * 5;
        int32_t slots = (int32_t)rng_between(&r, 1, now);
        int32_t by = learn_shorten_min(estimate, worked, remaining, percent, slots);
        if (percent == 100)
            assert_int_equal(by, 5 * slots);
        assert_in_range(by, 5, whole);
        if (by < whole)
            assert_true(learn_slots(estimate, worked, whole - by, percent) <= now - slots);
        if (by > 5)
            assert_true(learn_slots(estimate, worked, whole - by + 5, percent) > now - slots);
    }
}

/* ---- chances ---- */

enum { DAYS = 30, LIVE = 40 };

static struct plan_day days[DAYS];
static struct plan_span windows[DAYS];

static struct plan_input term(const struct plan_task *tasks, int32_t n)
{
    for (int32_t d = 0; d < DAYS; d++) {
        int32_t beg = d * PLAN_DAY_SLOTS_MAX / 2;
        windows[d] = (struct plan_span){beg + 10, beg + 46};
        days[d] = (struct plan_day){{d}, beg, beg + PLAN_DAY_SLOTS_MAX / 2, d, 1, 0, 0};
    }
    return (struct plan_input){.limit = {1, 1},
                               .pace = {1, 2},
                               .objective = PLAN_TASKS,
                               .day_count = DAYS,
                               .window_count = DAYS,
                               .task_count = n,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static void the_formula_and_the_draws_agree(void **state)
{
    (void)state;
    struct rng r = rng_make(11);
    double worst = 0;
    int between = 0;
    for (int round = 0; round < 40; round++) {
        struct plan_task tasks[LIVE];
        int32_t course[LIVE];
        struct learn_course known[4] = {{.n = 0}};
        for (int k = 1; k < 4; k++)
            known[k] = (struct learn_course){.n = 9, .doubt = 0.006 * k, .scatter = 0.2};
        for (int i = 0; i < LIVE; i++) {
            tasks[i] = (struct plan_task){.work = (int32_t)rng_between(&r, 6, 40), .weight = 3};
            course[i] = (int32_t)rng_below(&r, 5) - 1;
        }
        struct plan_input in = term(tasks, LIVE);
        for (int i = 0; i < LIVE; i++)
            tasks[i].due = days[rng_between(&r, 2, DAYS - 1)].beg;
        struct learn_chances out;
        assert_int_equal(learn_chances(&ctx, &arena, &in, course, known, 4, &out), ST_OK);
        double least = 1;
        for (int32_t d = 0; d < out.count; d++) {
            worst = fmax(worst, fabs(out.due[d].met - out.due[d].sampled));
            least = fmin(least, out.due[d].sampled);
            between += out.due[d].met > 0.1 && out.due[d].met < 0.9;
        }
        assert_true(out.all <= least + 1e-9);
        arena_reset(&arena);
    }
    print_message("worst difference %.4f, %d chances between 0.1 and 0.9\n", worst, between);
    assert_true(between > 50);
    assert_true(worst < 0.03);
}

static void what_is_not_known_is_certain(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 36, .due = PLAN_DAY_SLOTS_MAX / 2, .weight = 3},
                                      {.work = 37, .due = PLAN_DAY_SLOTS_MAX, .weight = 3}};
    const struct learn_course none = {.n = 2, .scatter = 1};
    struct learn_chances out;
    struct plan_input in = term(tasks, 2);
    assert_int_equal(learn_chances(&ctx, &arena, &in, (int32_t[]){0, -1}, &none, 1, &out), ST_OK);
    assert_int_equal(out.count, 2);
    assert_true(out.due[0].met == 1 && out.due[0].sampled == 1);
    assert_true(out.due[1].met == 0 && out.due[1].sampled == 0);
    assert_true(out.all == 0);
}

/* What the stack holds from before must not be taken for anything. */
static __attribute__((noinline)) void soil_the_stack(void)
{
    volatile uint8_t dirt[1 << 15];
    for (size_t i = 0; i < sizeof dirt; i++)
        dirt[i] = 0x5a;
}

static void what_is_overdue_has_no_chance(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 6, .due = -1, .weight = 3},
                                      {.work = 6, .due = PLAN_DAY_SLOTS_MAX / 2, .weight = 3}};
    struct learn_chances out;
    struct plan_input in = term(tasks, 2);
    soil_the_stack();
    assert_int_equal(learn_chances(&ctx, &arena, &in, (int32_t[]){-1, -1}, NULL, 0, &out), ST_OK);
    assert_int_equal(out.tasks, 1);
    assert_int_equal(out.count, 1);
    assert_true(out.all == 1);
}

/* Fewer draws where each is of many tasks, but never too few. */
static void the_time_of_drawing_is_bounded(void **state)
{
    (void)state;
    enum { MOST = 4000, LEAST = 400, SOME = 500, MANY = 3000 };
    static struct plan_task tasks[MANY];
    static int32_t course[MANY];
    for (int32_t j = 0; j < MANY; j++) {
        tasks[j] = (struct plan_task){.work = 1, .due = PLAN_DAY_SLOTS_MAX, .weight = 1};
        course[j] = -1;
    }
    const int32_t counts[] = {0, SOME, MANY};
    const int32_t draws[] = {MOST, 2000, LEAST};
    for (int i = 0; i < 3; i++) {
        struct learn_chances out;
        struct plan_input in = term(tasks, counts[i]);
        assert_int_equal(learn_chances(&ctx, &arena, &in, course, NULL, 0, &out), ST_OK);
        assert_int_equal(out.draws, draws[i]);
        assert_true(out.all == (counts[i] == 0));
        arena_reset(&arena);
    }
}

static void chances_of_bad_input_are_refused(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 1, .due = 300, .weight = 9}};
    struct plan_input in = term(tasks, 1);
    struct learn_chances out;
    assert_int_equal(learn_chances(&ctx, &arena, &in, (int32_t[]){-1}, NULL, 0, &out), ST_INVALID);
    assert_string_equal(ctx.faults[0].pointer, "/tasks/0/weight");
    ctx_forgive(&ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 36, .due = PLAN_DAY_SLOTS_MAX, .weight = 3}};
    const struct learn_course known = {.n = 9, .scatter = 0.1};
    struct plan_input in = term(tasks, 1);
    for (unsigned nth = 1; nth < 100; nth++) {
        struct learn_chances out;
        arena_fail_after(nth);
        enum status st = learn_chances(&ctx, &arena, &in, (int32_t[]){0}, &known, 1, &out);
        arena_fail_after(0);
        if (st == ST_OK) {
            assert_true(nth > 10);
            return;
        }
        assert_int_equal(st, ST_UNAVAILABLE);
        ctx_forgive(&ctx);
    }
    fail_msg("never succeeded");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(ranges_hold_four_times_of_five),    ARENA_TEST(few_samples_say_nothing),
        ARENA_TEST(a_slip_of_the_timer_spoils_little), ARENA_TEST(a_change_of_habit_is_followed),
        ARENA_TEST(work_as_planned_moves_nothing),     ARENA_TEST(as_typed_is_as_typed),
        ARENA_TEST(shortening_is_enough_and_no_more),  ARENA_TEST(the_formula_and_the_draws_agree),
        ARENA_TEST(what_is_overdue_has_no_chance),     ARENA_TEST(what_is_not_known_is_certain),
        ARENA_TEST(the_time_of_drawing_is_bounded),    ARENA_TEST(chances_of_bad_input_are_refused),
        ARENA_TEST(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
