#include "plan/learn.h"

#include <math.h>

/* What is usual before anything is known: a task takes 1.3 times its estimate. */
#define USUAL_MEAN    0.262364264467491 /* log 1.3 */
#define USUAL_DOUBT   0.0625            /* 0.25², between the courses of people */
#define USUAL_SCATTER 0.2025            /* 0.45², between the tasks of a course */

/* So many tasks' worth of trust in the usual scatter. */
#define SCATTER_TRUST 3.0

/* Of what was known, so much counts still after one more task of the course. */
#define FADING        0.95

#define Z80           0.841621233572914 /* normal quantiles */
#define Z90           1.281551565544600

struct sums {
    double n;
    double sum;
    double squares;
};

bool learn_counts(const struct learn_sample *s)
{
    return s->worked_min > 0 &&
           (int64_t)s->worked_min * LEARN_FEWEST_PARTS >= (int64_t)s->estimate_min;
}

static double log_ratio(const struct learn_sample *s)
{
    return log(fmin((double)s->worked_min / s->estimate_min, (double)LEARN_MOST_TIMES));
}

/* Student's t by its expansion around the normal (Fisher and Cornish): 0.4 % off at 3 degrees. */
static double student(double z, double degrees)
{
    double z3 = z * z * z;
    return z + (z3 + z) / (4 * degrees) +
           (5 * z3 * z * z + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}

static int32_t percent_of(double log_value)
{
    const double most = 100.0 * (double)LEARN_MOST_TIMES;
    return (int32_t)fmax(1, fmin(round(100 * exp(log_value)), most));
}

/* One course: its mean between what is usual and its own, and a new task around that. */
static void conclude(const struct sums *s, double scatter, double degrees, struct learn_course *out)
{
    double doubt = 1 / (1 / USUAL_DOUBT + s->n / scatter);
    double mean = doubt * (USUAL_MEAN / USUAL_DOUBT + s->sum / scatter);
    double spread = sqrt(doubt + scatter);
    out->mean = mean;
    out->doubt = doubt;
    out->scatter = scatter;
    out->low = percent_of(mean - student(Z90, degrees) * spread);
    out->median = percent_of(mean);
    out->p80 = percent_of(mean + student(Z80, degrees) * spread);
    out->high = percent_of(mean + student(Z90, degrees) * spread);
}

enum status learn_courses(struct ctx *c, struct arena *a, const struct learn_sample *samples,
                          int32_t n, int32_t courses, struct learn_course *out)
{
    struct sums *sums = ARENA_ARRAY(a, struct sums, (size_t)courses + 1);
    double within = 0;
    double degrees = 0;
    if (!sums)
        return fail_memory(c);
    for (int32_t i = 0; i < courses; i++)
        out[i] = (struct learn_course){.low = 100, .median = 100, .p80 = 100, .high = 100};
    for (int32_t i = 0; i < n; i++) {
        if (!learn_counts(&samples[i]))
            continue;
        struct sums *s = &sums[samples[i].course];
        double y = log_ratio(&samples[i]);
        *s = (struct sums){FADING * s->n + 1, FADING * s->sum + y, FADING * s->squares + y * y};
        out[samples[i].course].n++;
    }
    for (int32_t i = 0; i < courses; i++) {
        if (sums[i].n <= 1)
            continue;
        degrees += sums[i].n - 1;
        within += fmax(0, sums[i].squares - sums[i].sum * sums[i].sum / sums[i].n);
    }
    degrees += SCATTER_TRUST;
    double scatter = (SCATTER_TRUST * USUAL_SCATTER + within) / degrees;
    for (int32_t i = 0; i < courses; i++)
        if (out[i].n >= LEARN_SAMPLES_MIN)
            conclude(&sums[i], scatter, degrees, &out[i]);
    return ST_OK;
}

/* ---- what is left of a task ---- */

static int64_t at_least(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int32_t learn_slots(int32_t estimate_min, int32_t worked_min, int32_t remaining_min,
                    int32_t percent)
{
    int64_t whole = (int64_t)worked_min + remaining_min;
    int64_t left = (int64_t)remaining_min * 100; /* hundredths of minutes */
    int64_t more = (percent - 100) * (whole < estimate_min ? whole : estimate_min);
    int64_t over = at_least(0, (int64_t)worked_min - estimate_min) * 100;
    if (remaining_min == 0 && worked_min < estimate_min)
        return 0;
    if (more >= 0)
        left += at_least(0, more - over);
    else if (left > 0)
        left = at_least(1, left + more);
    return (int32_t)((left + PLAN_SLOT_MIN * 100 - 1) / (PLAN_SLOT_MIN * 100));
}

int32_t learn_shorten_min(int32_t estimate_min, int32_t worked_min, int32_t remaining_min,
                          int32_t percent, int32_t slots)
{
    int32_t wanted = learn_slots(estimate_min, worked_min, remaining_min, percent) - slots;
    int32_t low = 1;
    int32_t high = (remaining_min + PLAN_SLOT_MIN - 1) / PLAN_SLOT_MIN;
    int32_t whole = high * PLAN_SLOT_MIN;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        if (learn_slots(estimate_min, worked_min, whole - mid * PLAN_SLOT_MIN, percent) <= wanted)
            high = mid;
        else
            low = mid + 1;
    }
    return high * PLAN_SLOT_MIN;
}
