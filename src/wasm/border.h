/*
 * The planner's border to JavaScript: a question in, an answer out, both as flat arrays of 32-bit
 * words in linear memory, so that the browser plans with the server's own code at every frame.
 *
 * Called by web/src/plan/engine.ts, through plan.wasm, which tools/build.bash makes of this folder,
 * src/plan/ and what these use of src/base/. It also compiles natively, for its unit test. Not safe
 * for threads: the module holds one question and one answer.
 *
 *     int32_t *room = border_room(words);      write the question there
 *     const int32_t *answer = border_solve();  read the answer; it lasts until the next call
 *
 * A question is a head (struct border_question or border_dates) and behind it, in the order of the
 * counts at the head's end, that many records of each kind. An answer likewise (border_answer,
 * border_calendar). Records are the planner's own structs, all of whose members are 32 bits wide;
 * 64-bit numbers are two words, the low one first. border_layout() names every word and its place,
 * so that the other side writes by name: a new member of a record is one row in layout.c there and
 * one name here, and a row that one side lacks is noticed when the module is loaded.
 *
 * Memory is taken by two arenas, with caps, and used again: it grows to what the largest question
 * needed and stays there.
 */
#ifndef WASM_BORDER_H
#define WASM_BORDER_H

#include "plan/calendar.h"
#include "plan/elsewhere.h"
#include "plan/plan.h"
#include "plan/revise.h"

enum {
    BORDER_WORDS_MAX = 16 << 20, /* of a question */
    BORDER_MEMORY_MAX = 1 << 30, /* bytes, while answering */
    BORDER_LAYOUT_MAX = 16 << 10 /* bytes of border_layout */
};

/* What border_solve is asked: plan_input, and the blocks of a plan made earlier (none: 0), of which
 * one that has begun is credited to its task as plan/validate.h says. */
struct border_question {
    int32_t now;
    int32_t in_slot;
    int32_t limit_num, limit_den;
    int32_t pace_num, pace_den;
    int32_t objective;
    int32_t session_min, session_max, day_max, pause; /* plan_shape */
    int32_t buffer;
    int32_t keep; /* of the blocks: 0 nothing, else enum plan_keep + 1 (plan/renew.h) */
    /* counts: struct plan_day, plan_span, plan_task; words: prerequisites; then plan_span
     * (preferred hours), plan_block (pins), plan_block */
    int32_t days, windows, tasks, prerequisites, preferred, pins, blocks;
    int32_t moves; /* 1: plan_block, asks for plan_elsewhere; keep does not count then */
};

/* plan_check and plan_result. With a `status` other than ST_OK nothing else is said. */
struct border_answer {
    int32_t status;      /* enum status; border_problem() says why */
    int32_t flaw, ahead; /* of the blocks in the question */
    int32_t xmin_num, xmin_den;
    int32_t score;
    int32_t feasible;
    int32_t total, capacity, ontime, most;
    int32_t wontime_low, wontime_high;
    int32_t gap_low, gap_high;
    struct plan_pinned pinned;
    int32_t friction_low, friction_high, friction_bound_low, friction_bound_high;
    int32_t maxload, deficit, deficit_full;
    int32_t critical_from, critical_until, critical_work, critical_free;
    /* counts: struct plan_block; plan_reason, one for each block; plan_day_load; then words: slots
     * planned and slack, one for each task; indexes of overdue tasks; indexes of missed blocks of
     * the question; then struct plan_repair */
    int32_t blocks, reasons, loads, planned, slack, overdue, missed, repairs;
    /* plan_elsewhere, where a move is asked for: the plan above is the one with it. */
    struct plan_misfit misfit;
    int32_t over_there, waits_there, missed_there;
    int32_t lacks; /* count: struct plan_lack, behind the repairs */
};

/* What border_expand is asked: calendar_input. */
struct border_dates {
    int32_t from; /* days since 1970 */
    int32_t days; /* how many dates */
    int32_t first_s;
    int32_t study, rest; /* breaks */
    /* counts: struct border_change, calendar_window, border_busy, calendar_exception,
     * calendar_window (those of exceptions) */
    int32_t changes, week, busy, exceptions, windows;
};

/* zone_change */
struct border_change {
    int32_t at_low, at_high; /* UTC seconds */
    int32_t offset_s;
};

/* calendar_busy */
struct border_busy {
    int32_t from_low, from_high; /* milliseconds since 1970 */
    int32_t until_low, until_high;
};

/* calendar */
struct border_calendar {
    int32_t status;
    /* counts: struct plan_day, plan_span; as a border_question wants them */
    int32_t days, windows;
};

/* Room for a question of so many words; NULL when it is too large. It stays, with what is written
 * in it, until the next call of border_room. */
int32_t *border_room(int32_t words);

/* Answers the question in the room: a struct border_answer or border_calendar and its records. */
const int32_t *border_solve(void);
const int32_t *border_expand(void);

/* Why the last question was refused: "/tasks/3/due: is out of range". */
const char *border_problem(void);

/* The names of all words: a line "RECORD WORDS" for each record, behind it a line " NAME PLACE" for
 * each of its words, in the order of their places. */
const char *border_layout(void);

#endif
