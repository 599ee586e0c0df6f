#include "plan/problem.h"

#include <assert.h>

/*
 * Overtime above the pace, as flat as possible. lack[d] is what the first d days still miss. One
 * more slot on day d helps exactly when some prefix that contains the day lacks more than every
 * prefix that does not; such days form a prefix [0, end) themselves. Each round gives one slot to
 * each of them that is below its capacity. A day whose pins lie above its pace has had its overtime
 * of the first rounds, and waits.
 */
struct rise {
    int32_t *lack;  /* days + 1 */
    int32_t *spare; /* capacity above the present level, per day */
    int32_t *wait;  /* rounds, per day */
    int32_t waited; /* days that did in the last round */
    int32_t end;
    int32_t most; /* the greatest lack: slots of overtime still to be given */
};

static int32_t round_once(struct rise *r, struct plan_day_load *days)
{
    int32_t given = 0, before = 0; /* the greatest lack of the prefixes without day d */
    for (int32_t d = 0; d < r->end; d++) {
        r->lack[d] -= given;
        before = r->lack[d] > before ? r->lack[d] : before;
        if (before >= r->most - given) {
            r->end = d;
            return given;
        }
        if (r->wait[d] > 0) {
            r->wait[d]--;
            r->waited++;
        } else if (r->spare[d] > 0) {
            r->spare[d]--;
            days[d].level++;
            given++;
        }
    }
    r->lack[r->end] -= given;
    return given;
}

enum status level_solve(struct ctx *c, const struct problem *p, const int32_t *need,
                        struct plan_day_load *days)
{
    int32_t *all = ARENA_ARRAY(p->arena, int32_t, 3 * (size_t)p->days + 1);
    if (!all)
        return fail_memory(c);
    struct rise r = {
        .lack = all, .spare = all + p->days + 1, .wait = all + 2 * (size_t)p->days + 1};
    int32_t sum = 0;
    r.lack[0] = need[0];
    for (int32_t d = 0; d < p->days; d++) {
        sum += days[d].pace;
        days[d].level = days[d].pace;
        r.spare[d] = p->cap[d] - days[d].pace;
        r.wait[d] = pinned_overtime(p, d);
        r.lack[d + 1] = need[d + 1] - sum;
        if (r.lack[d + 1] > r.most) {
            r.most = r.lack[d + 1];
            r.end = d + 1;
        }
    }
    while (r.most > 0) {
        r.waited = 0;
        int32_t given = round_once(&r, days);
        assert(given > 0 || r.waited > 0);
        r.most -= given;
    }
    return ST_OK;
}
