#include "plan/problem.h"

#include <assert.h>
#include <string.h>

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

/*
 * The fewest days on which overtime of at most `spare` makes up for what lacks: when the days
 * chosen so far do not hold what a prefix lacks, the one of it with most room, the first among
 * equals. An optimal choice has a day of that prefix too, which may as well be this one. Those not
 * chosen lose their room; false: all together do not suffice.
 */
static bool choose_days(const struct rise *r, int32_t days, int32_t *next)
{
    enum { END = -1, CHOSEN = -2 };
    int32_t first[PLAN_DAY_SLOTS_MAX + 1], last[PLAN_DAY_SLOTS_MAX + 1] = {0}, held = 0, top = 0;
    memset(first, 0xff, sizeof first); /* END; days of equal room are a list */
    for (int32_t d = 0; d < days; d++) {
        int32_t room = r->spare[d];
        next[d] = END;
        if (first[room] == END)
            first[room] = d;
        else
            next[last[room]] = d;
        last[room] = d;
        top = room > top ? room : top;
        while (held < r->lack[d + 1]) {
            while (top > 0 && first[top] == END)
                top--;
            if (top == 0)
                return false;
            int32_t day = first[top];
            first[top] = next[day];
            next[day] = CHOSEN;
            held += top;
        }
    }
    for (int32_t d = 0; d < days; d++)
        r->spare[d] = next[d] == CHOSEN ? r->spare[d] : 0;
    return true;
}

/* Gives overtime to few days, none of which has more than the crest, if that can be. */
static enum status crest(struct ctx *c, const struct problem *p, struct rise *r)
{
    struct rise few = *r;
    int32_t *both = ARENA_ARRAY(p->arena, int32_t, 2 * (size_t)p->days + 1);
    if (!both)
        return fail_memory(c);
    few.spare = both;
    for (int32_t d = 0; d < p->days; d++) {
        int32_t room = p->in->crest - r->wait[d];
        few.spare[d] = room < 0 ? 0 : room < r->spare[d] ? room : r->spare[d];
    }
    if (choose_days(&few, p->days, both + p->days))
        r->spare = few.spare;
    return ST_OK;
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
    enum status s = p->in->crest > 0 && r.most > 0 ? crest(c, p, &r) : ST_OK;
    while (!s && r.most > 0) {
        r.waited = 0;
        int32_t given = round_once(&r, days);
        assert(given > 0 || r.waited > 0);
        r.most -= given;
    }
    return s;
}
