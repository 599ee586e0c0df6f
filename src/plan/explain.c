#include "plan/plan.h"

/* The day that holds slot `at`, searched from day `d` on; −1: none. */
static int32_t day_of(const struct plan_input *in, int32_t d, int32_t at)
{
    while (d < in->day_count && in->days[d].end <= at)
        d++;
    return d < in->day_count && in->days[d].beg <= at ? d : -1;
}

static enum plan_reason_code code_of(const struct plan_input *in, const struct plan_result *result,
                                     int32_t task, int32_t day, int32_t load)
{
    if (task < 0 || result->planned[task] < in->tasks[task].work)
        return PLAN_UNFINISHED;
    if (result->slack[task] == 0)
        return PLAN_TIGHT;
    if (day >= 0 && load > result->days[day].pace)
        return PLAN_DEADLINE;
    return PLAN_PACE;
}

void plan_explain(const struct plan_input *in, const struct plan_result *result,
                  const struct plan_block *blocks, int32_t n, struct plan_reason *out)
{
    int32_t d = 0;
    for (int32_t first = 0, last; first < n; first = last) {
        int32_t day = day_of(in, d, blocks[first].from);
        int32_t load = 0;
        for (last = first; last < n; last++) {
            if (last > first && (day < 0 || blocks[last].from >= in->days[day].end))
                break;
            load += blocks[last].until - blocks[last].from;
        }
        for (int32_t i = first; i < last; i++) {
            int32_t j = blocks[i].task;
            out[i] = (struct plan_reason){.code = code_of(in, result, j, day, load),
                                          .slack = j >= 0 ? result->slack[j] : -1,
                                          .day = day,
                                          .capacity = day >= 0 ? result->days[day].capacity : 0,
                                          .load = load};
        }
        d = day >= 0 ? day : d;
    }
}
