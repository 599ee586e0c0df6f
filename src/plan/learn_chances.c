#include <math.h>

#include "base/rng.h"
#include "plan/learn.h"
#include "plan/problem.h"

enum {
    DRAWS_MAX = 4000, /* a chance is then off by 0.8 % of all, one time in three */
    DRAWS_MIN = 400,
    STEPS_MAX = 1000000, /* tasks · draws, unless that were too few */
    SEED = 20261118
};

/* Everything both ways of reckoning look at. */
struct chances {
    const struct problem *p;
    const int32_t *course;
    const struct learn_course *courses;
    int32_t course_count;
    struct learn_chance *out;
};

static const struct learn_course *course_of(const struct chances *x, int32_t task)
{
    int32_t i = x->course[task];
    return i >= 0 && x->courses[i].n >= LEARN_SAMPLES_MIN ? &x->courses[i] : NULL;
}

/* ---- Fenton and Wilkinson: a sum of log-normals taken as log-normal ---- */

struct moments {
    double mean;    /* of the courses' tasks so far: their sum … */
    double squares; /* … and the sum of their squares */
};

static double variance_of(const struct learn_course *k, const struct moments *m)
{
    double common = expm1(k->doubt);
    return m->mean * m->mean * common + m->squares * (expm1(k->doubt + k->scatter) - common);
}

static double normal_below(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* The chance that `fixed` and a sum of this mean and variance stay within `room`. */
static double met(double fixed, double mean, double variance, double room)
{
    double left = room - fixed;
    if (mean <= 0)
        return left >= 0 ? 1 : 0;
    if (left <= 0)
        return 0;
    double s2 = log1p(variance / (mean * mean));
    return normal_below((log(left / mean) + s2 / 2) / sqrt(s2));
}

static enum status approximate(struct ctx *c, struct arena *a, const struct chances *x)
{
    struct moments *of = ARENA_ARRAY(a, struct moments, (size_t)x->course_count + 1);
    double fixed = 0;
    double mean = 0;
    double variance = 0;
    int32_t known = 0;
    int32_t i = 0;
    if (!of)
        return fail_memory(c);
    for (int32_t d = 0; d < x->p->deadlines; d++) {
        x->out[d].first = i;
        for (; i < x->p->deadline[d].last; i++) {
            int32_t task = x->p->order[i];
            const struct learn_course *k = course_of(x, task);
            double work = x->p->in->tasks[task].work;
            if (!k) {
                fixed += work;
                continue;
            }
            known++;
            struct moments *m = &of[x->course[task]];
            double expected = work * exp((k->doubt + k->scatter) / 2);
            variance -= variance_of(k, m);
            m->mean += expected;
            m->squares += expected * expected;
            variance += variance_of(k, m);
            mean += expected;
        }
        x->out[d].count = i - x->out[d].first;
        x->out[d].known = known;
        x->out[d].due = x->p->deadline[d].at;
        x->out[d].met = met(fixed, mean, variance, x->p->room[d]);
    }
    return ST_OK;
}

/* ---- drawing ---- */

/* Uniform in (0, 1]. */
static double uniform(struct rng *r)
{
    return (double)((rng_next(r) >> 11) + 1) * 0x1p-53;
}

/* Box and Muller, one of the two. */
static double normal(struct rng *r)
{
    double radius = sqrt(-2 * log(uniform(r)));
    return radius * cos(6.283185307179586 * uniform(r));
}

/* One draw of all the work there is; whether every deadline is met. */
static bool draw(struct rng *r, const struct chances *x, double *mean_of)
{
    bool all = true;
    double work = 0;
    int32_t i = 0;
    for (int32_t k = 0; k < x->course_count; k++)
        mean_of[k] =
            x->courses[k].n >= LEARN_SAMPLES_MIN ? normal(r) * sqrt(x->courses[k].doubt) : 0;
    for (int32_t d = 0; d < x->p->deadlines; d++) {
        for (; i < x->p->deadline[d].last; i++) {
            int32_t task = x->p->order[i];
            const struct learn_course *k = course_of(x, task);
            double middle = x->p->in->tasks[task].work;
            work +=
                k ? middle * exp(mean_of[x->course[task]] + normal(r) * sqrt(k->scatter)) : middle;
        }
        bool in_time = work <= x->p->room[d];
        x->out[d].sampled += in_time;
        all = all && in_time;
    }
    return all;
}

static int32_t draws_for(int32_t tasks)
{
    int32_t draws = tasks > 0 ? STEPS_MAX / tasks : DRAWS_MAX;
    return draws < DRAWS_MIN ? DRAWS_MIN : draws < DRAWS_MAX ? draws : DRAWS_MAX;
}

enum status learn_chances(struct ctx *c, struct arena *a, const struct plan_input *in,
                          const int32_t *course, const struct learn_course *courses,
                          int32_t course_count, struct learn_chances *out)
{
    struct problem p;
    struct plan_result unused;
    struct rng r = rng_make(SEED);
    enum status st = problem_init(c, a, in, &p, &unused);
    if (st != ST_OK)
        return st;
    struct chances x = {
        .p = &p, .course = course, .courses = courses, .course_count = course_count};
    x.out = ARENA_ARRAY(a, struct learn_chance, (size_t)p.deadlines + 1);
    double *mean_of = ARENA_ARRAY(a, double, (size_t)course_count + 1);
    if (!x.out || !mean_of)
        return fail_memory(c);
    st = approximate(c, a, &x);
    if (st != ST_OK)
        return st;
    int32_t all = 0;
    *out = (struct learn_chances){.count = p.deadlines,
                                  .due = x.out,
                                  .order = p.order,
                                  .tasks = p.count,
                                  .draws = draws_for(p.count)};
    for (int32_t i = 0; i < out->draws; i++)
        all += draw(&r, &x, mean_of);
    out->all = (double)all / out->draws;
    for (int32_t d = 0; d < p.deadlines; d++)
        x.out[d].sampled /= out->draws;
    return ST_OK;
}
