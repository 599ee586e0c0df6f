/*
 * The planner: from free time and tasks to study blocks that provably meet every deadline, or to
 * what does not fit and the smallest changes that repair it.
 *
 * Called by domain/schedule.c for the product, by `studybunny plan` for anyone who wants to check
 * it, and by the browser (the same C as WebAssembly). Pure functions over plain structs: no I/O, no
 * clock, no globals, no memory but the arena passed in; safe in any number of threads. The same
 * input gives the same plan, bit for bit. What is computed and why it is right: docs/planner.md.
 *
 * Units. A slot is 300 s; slots count from any fixed epoch (the product uses 1970-01-01T00:00:00Z,
 * so that slot = unix seconds / 300, see plan/calendar.h). A stretch [from, until) is half open.
 * Callers round inward: free windows and `now` up at the start and down at the end, due dates down,
 * remaining work up.
 *
 * Terms. The limit X is the share of each day's free time that study may use; the pace P is the
 * share that is worked while there is work; deadlines push days above the pace up to the limit.
 * With F free slots in the whole day and A of them not before now, a day's capacity is
 * min(A, max(0, floor(F·X) − done)). The minimum intensity is the least X with which every task is
 * on time.
 *
 * A task may have an earliest start and prerequisites: other tasks that must be finished before it.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/instant.h"
#include "base/status.h"

enum {
    PLAN_SLOT_S = 300,
    PLAN_SLOT_MIN = 5,
    PLAN_TASKS_MAX = 100000,
    PLAN_DAYS_MAX = 40000,    /* 109 years */
    PLAN_DAY_SLOTS_MAX = 600, /* a day has 276 to 300; a zone that repeats a date up to 588 */
    PLAN_WORK_MAX = 1 << 20,  /* slots of one task */
    PLAN_TOTAL_MAX = 1 << 29, /* slots of all tasks */
    PLAN_SLOT_LAST = 1 << 29, /* slots lie between −this and this */
    PLAN_RATIO_MAX = 1000000, /* greatest denominator */
    PLAN_WEIGHT_MAX = 5,
    PLAN_BUFFER_MAX = 1 << 20,       /* slots */
    PLAN_PREREQUISITES_MAX = 1 << 20 /* of all tasks together */
};

/* An exact fraction, 0 ≤ num ≤ den; den 0 means "none". */
struct plan_ratio {
    int32_t num, den;
};

/* The slots from `from` up to, not including, `until`. */
struct plan_span {
    int32_t from, until;
};

/* One local date. Days are ascending and do not overlap; gaps are allowed, and so are days without
 * a slot (a date that a zone skipped has beg = end). */
struct plan_day {
    struct date date; /* not read by the planner */
    int32_t beg, end; /* the day's extent, slots */
    int32_t first,
        count;    /* its free windows: windows[first … first + count), ascending, disjoint */
    int32_t done; /* slots already studied that day; counts against its capacity */
    int32_t held; /* free slots that stand in no window: part of F, but not to be used */
};

struct plan_task {
    int32_t work;    /* remaining slots; 0: ignored */
    int32_t due;     /* exclusive; work > 0 and due ≤ now: overdue, listed apart and not planned */
    int32_t weight;  /* 1 … 5, 5 most important */
    int32_t release; /* earliest start, slot; any up to `now` means that it may start now */
    int32_t first, count; /* what must be finished before it: tasks of this input, indexes in
                             prerequisites[first … first + count). Those without work or overdue
                             do not matter. */
    int32_t session_min;  /* shortest session that is worth beginning; 0: plan_shape.session_min */
};

/* How the student likes to work. Wishes, all of them: none makes anything late, and 0 means that
 * there is no such wish. What they cost and how they are weighed: plan/sessions.h. */
struct plan_shape {
    int32_t session_min; /* slots: shorter sessions are hardly worth beginning */
    int32_t session_max; /* longer ones tire */
    int32_t day_max;     /* so much of one task a day at most */
    int32_t pause;       /* a gap between windows of at most so many slots does not end a session */
    int32_t preferred_count;
    const struct plan_span *preferred; /* ascending, disjoint: rather in these hours */
};

enum plan_objective {
    /* When not everything fits: the most weighted on-time slots, tasks may stay unfinished. */
    PLAN_MINUTES,
    /* First the greatest weight of tasks finished on time (least work among equals), then the most
     * weighted slots of the others in what capacity remains. The product's choice. */
    PLAN_TASKS
};

struct plan_input {
    int32_t now;  /* first slot that can be used */
    bool in_slot; /* the present lies in the slot before that, so what ends with it is under way;
                     read in judging only (plan/validate.h) */
    struct plan_ratio limit;
    struct plan_ratio pace;
    enum plan_objective objective;
    int32_t day_count;
    int32_t window_count;
    int32_t task_count;
    const struct plan_day *days;
    const struct plan_span *windows;
    const struct plan_task *tasks; /* ties are broken by position: order them by something stable */
    int32_t prerequisite_count;
    const int32_t *prerequisites; /* of all tasks; no cycles */
    struct plan_shape shape;
    int32_t buffer; /* slots: finish every task so long before its due date, where that is possible;
                       makes nothing late */
    int32_t pin_count;
    const struct plan_block
        *pins;             /* ascending, disjoint, each in one day: they stay where they are */
    const int32_t *pinned; /* set by the planner itself, in what pins leave: slots per day of `done`
                              that are pins ahead; NULL: none */
    int32_t crest; /* set by renew.c: overtime is on as few days as can be, none of which has more
                      of it than this; 0: as even as can be. Only where all may start now */
};

/* A stretch of work on one task, inside one free window. */
struct plan_block {
    int32_t task; /* index into plan_input.tasks */
    int32_t from, until;
};

/* One day of the answer, slots. load ≤ level ≤ capacity ≤ avail ≤ free and pace ≤ level. */
struct plan_day_load {
    int32_t free;     /* F: of the whole day */
    int32_t avail;    /* A: not before now */
    int32_t capacity; /* at the limit */
    int32_t pace;     /* at the pace */
    int32_t level;    /* what the plan may use: pace, plus overtime where deadlines demand it */
    int32_t load;     /* what the plan uses */
};

/* The stretch [from, until) that decides: `work` slots are due in it, `free` can be used. When
 * everything fits it is why the minimum intensity is not lower. */
struct plan_critical {
    int32_t from, until; /* until 0 and from 0 with work 0: there is none */
    int32_t work;
    int32_t free;
};

enum plan_repair_kind {
    PLAN_RAISE,   /* raise the limit to `to` */
    PLAN_FREE,    /* `slots` more free slots on day `day`, anywhere from now on before `until` */
    PLAN_DROP,    /* drop `task` */
    PLAN_SHORTEN, /* take `slots` from the remaining work of `task` */
    PLAN_EXTEND   /* move the due date of `task` to `until` */
};

/* A single change with which every task is on time; one slot less (for PLAN_RAISE: any lower limit)
 * and it is not. Members that a kind does not name are −1, ratios {0, 0}. */
struct plan_repair {
    enum plan_repair_kind kind;
    int32_t task; /* index */
    int32_t day;  /* index */
    int32_t slots;
    int32_t until; /* slot */
    struct plan_ratio to;
};

enum {
    PLAN_REPAIRS_MAX = 5 /* one of each kind at most */
};

/* Slots of pins from now on, and what is wrong with them. A pin stays, whatever it breaks. */
struct plan_pinned {
    int32_t slots;
    int32_t late;    /* behind their task's due date: not on time; of overdue tasks none */
    int32_t early;   /* before their task's earliest start, or before a prerequisite is finished */
    int32_t over;    /* above their days' capacity */
    int32_t outside; /* not in free time */
    int32_t surplus; /* more than their task needs */
};

/* All arrays lie in the arena. */
struct plan_result {
    struct plan_ratio xmin; /* minimum intensity in lowest terms; none: does not fit even at 1 */
    int32_t score;          /* round(100·(1 − xmin)); −1 without xmin */
    bool feasible;          /* every task on time at the limit; overdue tasks do not count */
    int32_t total;          /* remaining slots of tasks that are not overdue */
    int32_t capacity;       /* slots of all days at the limit */
    int32_t ontime;         /* slots planned: always as many as can be on time */
    int64_t wontime;        /* the same times weight */
    int32_t most;  /* no plan has more slots on time, each by its own task's due date: total −
                      deficit, but more where not all fits and prerequisites are cut */
    int64_t bound; /* greatest possible weighted on-time slots */
    int64_t gap;   /* bound − wontime: 0 with PLAN_MINUTES and whenever feasible */
    struct plan_pinned pinned;
    int64_t friction;       /* cost of what goes against the wishes of plan_shape; 0 without any */
    int64_t friction_bound; /* no plan of the same slots costs less; equal: proved best; −1: not
                               shaped, since it reaches too far or was accepted as it is */
    int32_t maxload;        /* of a day */
    int32_t deficit;        /* slots short at the limit: total − ontime */
    int32_t deficit_full;   /* slots short at X = 1 */
    struct plan_critical critical;
    int32_t overdue_count;
    int32_t block_count;
    int32_t repair_count;
    const int32_t *overdue;           /* task indexes, ascending */
    const struct plan_block *blocks;  /* by start */
    const struct plan_day_load *days; /* day_count */
    const int32_t *planned;           /* per task, slots planned; < work: will not be finished */
    const int32_t *slack; /* per task, slots: by so much, and no slot more, its work can grow at the
                             limit and still no more is late, whatever has to move for it; −1: no
                             work, overdue, or not to be finished */
    const int32_t *by;    /* per task, slot: what is planned of it, and not pinned, is done by then.
                             The due date that counts less the buffer, or the least later that can be
                             (plan/buffer.c); of a task with nothing planned its due date. NULL: no
                             buffer was asked for */
    struct plan_repair repairs[PLAN_REPAIRS_MAX]; /* at the limit; none when feasible */
};

/* Solves `in`. ST_INVALID: a rule of the structs above is broken (field "/days/3", "/tasks/7/due",
 * "/limit", …); ST_TOO_LARGE: over PLAN_TOTAL_MAX, or PLAN_TASKS with so many tasks so much
 * overloaded that the exact cut would need more than PLAN_CUT_MAX states; ST_UNAVAILABLE: the arena
 * is full. Nothing of `in` is kept. Time: O(tasks + days · greatest overtime), and with PLAN_TASKS
 * and an overload O(tasks · weight cut) more. */
enum { PLAN_CUT_MAX = INT32_MAX };

MUST_USE enum status plan_solve(struct ctx *c, struct arena *a, const struct plan_input *in,
                                struct plan_result *out);

/* Why a block is where it is: the closed list. */
enum plan_reason_code {
    PLAN_UNFINISHED, /* its task cannot be finished on time; this much of it can be done */
    PLAN_TIGHT,    /* no slack: every slot up to a due date is needed; later makes something late */
    PLAN_DEADLINE, /* deadlines demand more than the pace on that day */
    PLAN_PACE      /* the day works at its pace; earliest due first */
};

struct plan_reason {
    enum plan_reason_code code;
    int32_t slack;    /* plan_result.slack of the block's task */
    int32_t day;      /* index of the day, −1: the block lies in no day (not one of this input's) */
    int32_t capacity; /* of that day, at the limit */
    int32_t load;     /* of that day, by these blocks */
};

/* Explains `n` blocks (the result's own, or an accepted plan that is still kept): one reason each
 * into `out`. `result` is the answer to `in`. */
void plan_explain(const struct plan_input *in, const struct plan_result *result,
                  const struct plan_block *blocks, int32_t n, struct plan_reason *out);

#endif
