/*
 * The planner alone: CPU time of plan_solve with the reason of every block, on made-up terms.
 * bench/plan builds it natively and as WebAssembly, runs both and joins what they print: a line for
 * each row, "starts tasks days work fits p50 p99 target", times in ms. The inputs are the same on
 * every machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plan/plan.h"

enum { DAY = 288, WINDOWS = 3, RUNS_MAX = 2000 };

static uint64_t state = 20261124;

static int32_t below(int32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int32_t)(state % (uint64_t)n);
}

enum kind { START_NOW, LATER, CHAINS, WISHES };

/* Days of three windows of two hours; tasks whose work is `percent` of all free time, due anywhere
 * in it. LATER: they may start one to 28 days before; CHAINS: every fourth also after another. */
static struct plan_input make(enum kind kind, int32_t days, int32_t tasks, int32_t percent)
{
    struct plan_day *day = calloc((size_t)days, sizeof *day);
    struct plan_span *window = calloc((size_t)days * WINDOWS, sizeof *window);
    struct plan_task *task = calloc((size_t)tasks, sizeof *task);
    int32_t *before = calloc((size_t)tasks, sizeof *before);
    if (!day || !window || !task || !before)
        abort();
    for (int32_t d = 0; d < days; d++) {
        day[d] = (struct plan_day){
            .beg = d * DAY, .end = (d + 1) * DAY, .first = d * WINDOWS, .count = WINDOWS};
        for (int32_t w = 0; w < WINDOWS; w++) {
            int32_t from = d * DAY + 100 + w * 48 + below(12);
            window[d * WINDOWS + w] = (struct plan_span){from, from + 24};
        }
    }
    int32_t mean = (int32_t)((int64_t)days * WINDOWS * 24 * percent / 100 / tasks);
    for (int32_t i = 0; i < tasks; i++) {
        task[i] = (struct plan_task){.work = 1 + below(2 * (mean > 0 ? mean : 1)),
                                     .due = DAY + below((days - 1) * DAY),
                                     .weight = 1 + below(5)};
        if (kind == LATER || kind == CHAINS)
            task[i].release = task[i].due - DAY - below(27 * DAY);
        if (kind == CHAINS && i % 4 == 3) {
            int32_t other = i - 1 - below(3);
            before[i] = other;
            task[i].first = i;
            task[i].count = task[other].due < task[i].due;
        }
    }
    return (struct plan_input){.now = 90,
                               .limit = {1, 1},
                               .pace = {3, 5},
                               .objective = PLAN_TASKS,
                               .day_count = days,
                               .window_count = days * WINDOWS,
                               .task_count = tasks,
                               .days = day,
                               .windows = window,
                               .tasks = task,
                               .prerequisite_count = tasks,
                               .prerequisites = before};
}

static double seconds(void)
{
    struct timespec t;
#ifdef __wasi__
    clock_gettime(CLOCK_MONOTONIC, &t); /* wasi-libc knows no other */
#else
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
#endif
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* One plan; false when it failed. */
static bool solve(struct arena *a, const struct plan_input *in, struct plan_result *out)
{
    struct ctx c = {.arena = a};
    if (plan_solve(&c, a, in, out))
        return false;
    struct plan_reason *reasons = ARENA_ARRAY(a, struct plan_reason, (size_t)out->block_count + 1);
    if (!reasons)
        return false;
    plan_explain(in, out, out->blocks, out->block_count, reasons);
    return true;
}

struct row {
    enum kind kind;
    int32_t tasks, days, percent, runs;
    double target; /* ms, p50; 0: none */
};

static bool measure(const struct row *row)
{
    static const char *const names[] = {
        [START_NOW] = "now", [LATER] = "later", [CHAINS] = "chains", [WISHES] = "wishes"};
    static double took[RUNS_MAX];
    struct plan_input in = make(row->kind, row->days, row->tasks, row->percent);
    if (row->kind == WISHES)
        in.shape = (struct plan_shape){.session_min = 6, .session_max = 18, .day_max = 24};
    struct plan_result out = {0};
    struct arena a;
    arena_init(&a, (size_t)2 << 30);
    for (int32_t i = -3; i < row->runs; i++) {
        double start = seconds();
        if (!solve(&a, &in, &out))
            return false;
        if (i >= 0)
            took[i] = (seconds() - start) * 1e3;
        arena_reset(&a);
    }
    qsort(took, (size_t)row->runs, sizeof *took, by_value);
    printf("%s %d %d %d %s %.4f %.4f %g\n", names[row->kind], row->tasks, row->days, row->percent,
           out.feasible ? "yes" : "no", took[row->runs / 2], took[row->runs * 99 / 100],
           row->target);
    fflush(stdout);
    arena_release(&a);
    free((void *)in.days);
    free((void *)in.windows);
    free((void *)in.tasks);
    free((void *)in.prerequisites);
    return true;
}

/* The first four grow as a whole, a thousand times: what bench/plan takes the exponent of. */
static const struct row rows[] = {
    {START_NOW, 100, 4, 50, RUNS_MAX, 0},   {START_NOW, 1000, 37, 50, 1000, 0},
    {START_NOW, 10000, 365, 50, 200, 0.6},  {START_NOW, 100000, 3650, 50, 20, 0},
    {START_NOW, 60, 14, 50, RUNS_MAX, 0},   {START_NOW, 200, 14, 50, RUNS_MAX, 0.02},
    {START_NOW, 200, 100, 50, RUNS_MAX, 0}, {START_NOW, 200, 14, 150, 500, 0},
    {START_NOW, 2000, 100, 50, 500, 0},     {START_NOW, 10000, 365, 150, 10, 0},
    {LATER, 200, 14, 40, 500, 0.5},         {LATER, 200, 14, 150, 500, 0.5},
    {LATER, 1000, 120, 40, 100, 10},        {LATER, 1000, 120, 150, 50, 10},
    {LATER, 10000, 365, 40, 20, 50},        {LATER, 10000, 365, 150, 10, 50},
    {CHAINS, 200, 14, 40, 500, 0.5},        {CHAINS, 200, 14, 150, 200, 0.5},
    {CHAINS, 1000, 120, 40, 100, 10},       {CHAINS, 1000, 120, 150, 50, 10},
    {CHAINS, 10000, 365, 40, 20, 50},       {CHAINS, 10000, 365, 150, 10, 50},
    {WISHES, 60, 14, 50, 200, 0},           {WISHES, 200, 14, 50, 200, 2},
    {WISHES, 200, 100, 50, 200, 2},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!measure(&rows[i])) {
            fputs("planner: a plan failed\n", stderr);
            return 1;
        }
    return 0;
}
