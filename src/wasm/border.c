#include "wasm/border.h"

#include <stdio.h>
#include <string.h>

#include "plan/sessions.h"

enum { WORD = sizeof(int32_t) };

/* What crosses the border as it stands: nothing but 32-bit words, enumerations too. */
_Static_assert(sizeof(enum plan_reason_code) == WORD && sizeof(enum plan_repair_kind) == WORD,
               "an enumeration is one word");

static struct arena questions; /* the room */
static struct arena answers;
static int32_t *room;
static int32_t room_size;  /* words there are */
static int32_t room_words; /* words of this question */
static struct ctx last;    /* the context of the last answer */
static char problem[sizeof last.faults[0].pointer + sizeof last.faults[0].detail + 2];

int32_t *border_room(int32_t words)
{
    room_words = 0;
    if (words < 0 || words > BORDER_WORDS_MAX)
        return NULL;
    if (!room || words > room_size) {
        arena_release(&questions);
        questions.cap = SIZE_MAX;
        room = ARENA_ARRAY(&questions, int32_t, (size_t)words + 1);
        room_size = room ? words : 0;
    }
    room_words = room ? words : 0;
    return room;
}

/* The rest of the question, from its head on. */
struct reader {
    int32_t at;
    bool short_of;
};

/* The next `count` records of so many words. */
static const void *take(struct reader *r, int32_t count, size_t size)
{
    int64_t words = (int64_t)count * (int64_t)(size / WORD);
    const int32_t *from = room + r->at;
    if (r->short_of || count < 0 || words > room_words - r->at) {
        r->short_of = true;
        return room;
    }
    r->at += (int32_t)words;
    return from;
}

static enum status too_short(void)
{
    return fail(&last, ST_INVALID, "", "the question ends before its records do");
}

static enum status begin(void)
{
    arena_reset(&answers);
    answers.cap = BORDER_MEMORY_MAX;
    last = (struct ctx){.arena = &answers};
    return room ? ST_OK : too_short();
}

/* An answer being put together: a head, and records behind it. */
struct writer {
    int32_t *words;
    int32_t at;
};

static int32_t put(struct writer *w, const void *records, int32_t count, size_t size)
{
    if (count > 0)
        memcpy(w->words + w->at, records, (size_t)count * size);
    w->at += count * (int32_t)(size / WORD);
    return count;
}

static int32_t low_word(int64_t value)
{
    return (int32_t)(uint32_t)value;
}

static int32_t high_word(int64_t value)
{
    return (int32_t)(value >> 32);
}

static int64_t both_words(int32_t low, int32_t high)
{
    return (int64_t)((uint64_t)(uint32_t)high << 32 | (uint32_t)low);
}

/* What is asked. */
struct asked {
    struct plan_input in;
    const struct plan_block *blocks;
    int32_t n;
    int32_t keep;
    const struct plan_block *move;
    int32_t moves;
};

static enum status read_question(struct asked *out)
{
    struct reader r = {0};
    struct plan_input *in = &out->in;
    const struct border_question *q = take(&r, 1, sizeof *q);
    if (r.short_of)
        return too_short();
    *in = (struct plan_input){.now = q->now,
                              .in_slot = q->in_slot != 0,
                              .limit = {q->limit_num, q->limit_den},
                              .pace = {q->pace_num, q->pace_den},
                              .objective = (enum plan_objective)q->objective,
                              .day_count = q->days,
                              .window_count = q->windows,
                              .task_count = q->tasks,
                              .prerequisite_count = q->prerequisites,
                              .shape = {.session_min = q->session_min,
                                        .session_max = q->session_max,
                                        .day_max = q->day_max,
                                        .pause = q->pause,
                                        .preferred_count = q->preferred},
                              .buffer = q->buffer,
                              .pin_count = q->pins};
    in->days = take(&r, q->days, sizeof *in->days);
    in->windows = take(&r, q->windows, sizeof *in->windows);
    in->tasks = take(&r, q->tasks, sizeof *in->tasks);
    in->prerequisites = take(&r, q->prerequisites, WORD);
    in->shape.preferred = take(&r, q->preferred, sizeof *in->shape.preferred);
    in->pins = take(&r, q->pins, sizeof *in->pins);
    out->blocks = take(&r, q->blocks, sizeof *out->blocks);
    out->n = q->blocks;
    out->keep = q->keep;
    out->move = take(&r, q->moves, sizeof *out->move);
    out->moves = q->moves;
    return r.short_of ? too_short() : ST_OK;
}

/* The plan asked for: beside the blocks, or from nothing but the one that has begun, or with a
 * move.
 */
static enum status solve(const struct asked *q, struct plan_check *check,
                         struct plan_elsewhere *there)
{
    struct plan_result *out = &there->plan;
    *there = (struct plan_elsewhere){0};
    if (q->keep > 0 && q->moves == 0)
        return plan_revise(&last, &answers, &q->in, q->blocks, q->n, (enum plan_keep)(q->keep - 1),
                           check, out);
    enum status st = plan_validate(&last, &answers, &q->in, q->blocks, q->n, check);
    *out = check->fresh;
    if (!st && sessions_wanted(&q->in))
        st = plan_solve(&last, &answers, &check->credited, out);
    if (st || q->moves == 0)
        return st;
    const struct plan_result as_is = *out;
    return plan_elsewhere(&last, &answers, &check->credited, &as_is, *q->move, there);
}

static void write_head(struct border_answer *head, const struct plan_check *check,
                       const struct plan_elsewhere *there)
{
    const struct plan_result *plan = &there->plan;
    *head = (struct border_answer){
        .flaw = (int32_t)check->flaw,
        .ahead = check->ahead,
        .xmin_num = plan->xmin.num,
        .xmin_den = plan->xmin.den,
        .score = plan->score,
        .feasible = plan->feasible,
        .total = plan->total,
        .capacity = plan->capacity,
        .ontime = plan->ontime,
        .most = plan->most,
        .wontime_low = low_word(plan->wontime),
        .wontime_high = high_word(plan->wontime),
        .gap_low = low_word(plan->gap),
        .gap_high = high_word(plan->gap),
        .pinned = plan->pinned,
        .friction_low = low_word(plan->friction),
        .friction_high = high_word(plan->friction),
        .friction_bound_low = low_word(plan->friction_bound),
        .friction_bound_high = high_word(plan->friction_bound),
        .maxload = plan->maxload,
        .deficit = plan->deficit,
        .deficit_full = plan->deficit_full,
        .critical_from = plan->critical.from,
        .critical_until = plan->critical.until,
        .critical_work = plan->critical.work,
        .critical_free = plan->critical.free,
        .misfit = there->misfit,
        .over_there = there->over,
        .waits_there = there->waits,
        .missed_there = there->missed,
    };
}

static enum status write_answer(const struct plan_check *check, const struct plan_elsewhere *there,
                                struct border_answer **out)
{
    const struct plan_result *plan = &there->plan;
    const struct plan_input *in = &check->credited;
    size_t n = (size_t)plan->block_count;
    size_t bytes =
        sizeof(struct border_answer) +
        n * (sizeof(struct plan_block) + sizeof(struct plan_reason)) +
        (size_t)in->day_count * sizeof(struct plan_day_load) +
        ((size_t)in->task_count * 2 + (size_t)plan->overdue_count + (size_t)check->missed_count) *
            WORD +
        sizeof plan->repairs + (size_t)there->lack_count * sizeof *there->lacks;
    struct plan_reason *why = ARENA_ARRAY(&answers, struct plan_reason, n + 1);
    struct border_answer *head = arena_alloc(&answers, bytes);
    if (!why || !head)
        return fail_memory(&last);
    plan_explain(in, plan, plan->blocks, plan->block_count, why);
    write_head(head, check, there);
    struct writer w = {.words = (int32_t *)head, .at = sizeof *head / WORD};
    head->blocks = put(&w, plan->blocks, plan->block_count, sizeof *plan->blocks);
    head->reasons = put(&w, why, plan->block_count, sizeof *why);
    head->loads = put(&w, plan->days, in->day_count, sizeof *plan->days);
    head->planned = put(&w, plan->planned, in->task_count, WORD);
    head->slack = put(&w, plan->slack, in->task_count, WORD);
    head->overdue = put(&w, plan->overdue, plan->overdue_count, WORD);
    head->missed = put(&w, check->missed, check->missed_count, WORD);
    head->repairs = put(&w, plan->repairs, plan->repair_count, sizeof *plan->repairs);
    head->lacks = put(&w, there->lacks, there->lack_count, sizeof *there->lacks);
    *out = head;
    return ST_OK;
}

const int32_t *border_solve(void)
{
    static struct border_answer refused;
    struct border_answer *out = NULL;
    struct asked asked;
    struct plan_check check;
    struct plan_elsewhere there;
    enum status st = begin();
    if (!st)
        st = read_question(&asked);
    if (!st)
        st = solve(&asked, &check, &there);
    if (!st)
        st = write_answer(&check, &there, &out);
    if (!st)
        return (const int32_t *)out;
    refused = (struct border_answer){.status = (int32_t)st};
    return (const int32_t *)&refused;
}

/* The zone and the busy times, whose 64-bit numbers came in two words each. */
static enum status read_wide(const struct border_change *changes, int32_t change_count,
                             const struct border_busy *busy, int32_t busy_count,
                             struct zone_change **out_changes, struct calendar_busy **out_busy)
{
    *out_changes = ARENA_ARRAY(&answers, struct zone_change, (size_t)change_count + 1);
    *out_busy = ARENA_ARRAY(&answers, struct calendar_busy, (size_t)busy_count + 1);
    if (!*out_changes || !*out_busy)
        return fail_memory(&last);
    for (int32_t i = 0; i < change_count; i++)
        (*out_changes)[i] = (struct zone_change){both_words(changes[i].at_low, changes[i].at_high),
                                                 changes[i].offset_s};
    for (int32_t i = 0; i < busy_count; i++)
        (*out_busy)[i] =
            (struct calendar_busy){{both_words(busy[i].from_low, busy[i].from_high)},
                                   {both_words(busy[i].until_low, busy[i].until_high)}};
    return ST_OK;
}

static enum status read_dates(struct zone_table *zone, struct calendar_input *in)
{
    struct reader r = {0};
    struct zone_change *wide;
    struct calendar_busy *times;
    const struct border_dates *q = take(&r, 1, sizeof *q);
    if (r.short_of)
        return too_short();
    const struct border_change *changes = take(&r, q->changes, sizeof *changes);
    const struct calendar_window *week = take(&r, q->week, sizeof *week);
    const struct border_busy *busy = take(&r, q->busy, sizeof *busy);
    const struct calendar_exception *exceptions = take(&r, q->exceptions, sizeof *exceptions);
    const struct calendar_window *windows = take(&r, q->windows, sizeof *windows);
    if (r.short_of)
        return too_short();
    enum status st = read_wide(changes, q->changes, busy, q->busy, &wide, &times);
    if (st)
        return st;
    *zone = (struct zone_table){.first_s = q->first_s, .count = q->changes, .changes = wide};
    *in = (struct calendar_input){.zone = zone,
                                  .from = {q->from},
                                  .day_count = q->days,
                                  .week_count = q->week,
                                  .exception_count = q->exceptions,
                                  .busy_count = q->busy,
                                  .study = q->study,
                                  .rest = q->rest,
                                  .week = week,
                                  .exceptions = exceptions,
                                  .windows = windows,
                                  .busy = times};
    return ST_OK;
}

static enum status write_calendar(const struct calendar *c, struct border_calendar **out)
{
    struct border_calendar *head =
        arena_alloc(&answers, sizeof *head + (size_t)c->day_count * sizeof *c->days +
                                  (size_t)c->window_count * sizeof *c->windows);
    if (!head)
        return fail_memory(&last);
    struct writer w = {.words = (int32_t *)head, .at = sizeof *head / WORD};
    head->days = put(&w, c->days, c->day_count, sizeof *c->days);
    head->windows = put(&w, c->windows, c->window_count, sizeof *c->windows);
    *out = head;
    return ST_OK;
}

const int32_t *border_expand(void)
{
    static struct border_calendar refused;
    struct border_calendar *out = NULL;
    struct zone_table zone;
    struct calendar_input in;
    struct calendar calendar;
    enum status st = begin();
    if (!st)
        st = read_dates(&zone, &in);
    if (!st)
        st = calendar_expand(&last, &answers, &in, &calendar);
    if (!st)
        st = write_calendar(&calendar, &out);
    if (!st)
        return (const int32_t *)out;
    refused = (struct border_calendar){.status = (int32_t)st};
    return (const int32_t *)&refused;
}

const char *border_problem(void)
{
    problem[0] = '\0';
    if (last.fault_count > 0)
        snprintf(problem, sizeof problem, "%s: %s", last.faults[0].pointer, last.faults[0].detail);
    return problem;
}
