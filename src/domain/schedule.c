#include "domain/schedule.h"

#include "domain/estimates.h"
#include "domain/former_plans.h"
#include "domain/occurrences.h"
#include "domain/replan.h"
#include "domain/work.h"
#include "domain/zones.h"

/* Everything one reading works with. */
struct reading {
    struct ctx *c;
    const struct desk *desk;
    const struct problem *problem;
    const struct plan_check *check;
    const struct plan_result *plan;    /* what is to be done: the accepted one, or the proposal */
    const struct plan_block *accepted; /* in the planner's terms */
    int32_t days;                      /* to show */
    struct schedule *out;
};

static int32_t minutes_of(int64_t slots)
{
    return (int32_t)(slots * PLAN_SLOT_MIN);
}

static enum status resolve(struct ctx *c, const struct desk *desk,
                           const struct schedule_query *query, struct ratio *pace,
                           struct ratio *limit)
{
    *pace = query->pace.den ? query->pace : desk->settings.pace;
    *limit = query->limit.den ? query->limit : desk->settings.limit;
    if ((int64_t)pace->num * limit->den > (int64_t)limit->num * pace->den)
        return fail_as(c, ST_INVALID, "?pace", "out_of_range",
                       "the pace must not be above the limit");
    return ST_OK;
}

/* The end of what is shown, a slot. */
static int32_t shown_until(const struct reading *r)
{
    const struct plan_input *in = &r->problem->input;
    int32_t last = r->days < in->day_count ? r->days : in->day_count;
    return last > 0 ? in->days[last - 1].end : in->now;
}

static enum status write_reason(struct reading *r, const struct task *t,
                                const struct plan_reason *why, bool begun, struct object *out)
{
    struct schedule_reason *reason = ARENA_NEW(r->c->arena, struct schedule_reason);
    if (!reason)
        return fail_memory(r->c);
    reason->code = begun ? (unsigned)PLAN_PACE + 1 : (unsigned)why->code;
    reason->until = t ? t->due : INSTANT_NONE;
    reason->minutes = why->slack < 0 ? I32_NONE : minutes_of(why->slack);
    reason->capacity_min = minutes_of(why->capacity);
    reason->load_min = minutes_of(why->load);
    out->at = reason;
    return ST_OK;
}

/* Blocks with their reasons, as far as they begin before the end of what is shown. */
static enum status write_blocks(struct reading *r, const struct plan_block *blocks, int32_t n,
                                struct list *out)
{
    const struct plan_input *in = &r->check->credited;
    struct plan_reason *why = ARENA_ARRAY(r->c->arena, struct plan_reason, (size_t)n);
    struct schedule_block *list = ARENA_ARRAY(r->c->arena, struct schedule_block, (size_t)n);
    int32_t end = shown_until(r);
    if (!why || !list)
        return fail_memory(r->c);
    plan_explain(in, r->plan, blocks, n, why);
    *out = (struct list){list, 0};
    for (int32_t i = 0; i < n && blocks[i].from < end; i++) {
        if (blocks[i].task < 0)
            continue;
        const struct task *t = r->problem->tasks[blocks[i].task];
        struct schedule_block *b = &list[out->count++];
        b->task_id = t->id;
        b->start = slot_instant(blocks[i].from);
        b->end = slot_instant(blocks[i].until);
        b->unfinished = why[i].code == PLAN_UNFINISHED;
        enum status st =
            write_reason(r, t, &why[i], blocks[i].from < r->problem->input.now, &b->reason);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status write_windows(struct reading *r, const struct plan_day *day, struct list *out)
{
    struct schedule_window *list =
        ARENA_ARRAY(r->c->arena, struct schedule_window, (size_t)day->count);
    if (!list)
        return fail_memory(r->c);
    const struct plan_span *windows = r->problem->input.windows + day->first;
    for (int32_t i = 0; i < day->count; i++)
        list[i] =
            (struct schedule_window){slot_instant(windows[i].from), slot_instant(windows[i].until)};
    *out = (struct list){list, day->count};
    return ST_OK;
}

/* What blocks put on a day. */
static int32_t load_of(const struct plan_day *day, const struct plan_block *blocks, int32_t n,
                       int32_t *at)
{
    int32_t load = 0;
    while (*at < n && blocks[*at].from < day->beg)
        ++*at;
    for (; *at < n && blocks[*at].from < day->end; ++*at)
        load += blocks[*at].until - blocks[*at].from;
    return load;
}

/* `blocks` are all of an accepted plan; NULL: of a preview, which has none before now. */
static enum status write_days(struct reading *r, const struct plan_block *blocks, int32_t n)
{
    const struct plan_input *in = &r->problem->input;
    int32_t count = r->days < in->day_count ? r->days : in->day_count;
    struct schedule_day *list = ARENA_ARRAY(r->c->arena, struct schedule_day, (size_t)count);
    if (!list)
        return fail_memory(r->c);
    enum status st = ST_OK;
    int32_t at = 0;
    for (int32_t i = 0; st == ST_OK && i < count; i++) {
        const struct plan_day_load *load = &r->plan->days[i];
        list[i].date = in->days[i].date;
        list[i].free_min = minutes_of(load->free);
        list[i].capacity_min = minutes_of(load->capacity);
        list[i].done_min = minutes_of(in->days[i].done);
        list[i].load_min = minutes_of(blocks ? load_of(&in->days[i], blocks, n, &at) : load->load);
        st = write_windows(r, &in->days[i], &list[i].windows);
    }
    r->out->days = (struct list){list, count};
    return st;
}

static enum status write_intensity(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    r->out->score = plan->score < 0 ? I32_NONE : plan->score;
    if (plan->xmin.den == 0)
        return ST_OK;
    struct schedule_intensity *x = ARENA_NEW(r->c->arena, struct schedule_intensity);
    if (!x)
        return fail_memory(r->c);
    x->num = plan->xmin.num;
    x->den = plan->xmin.den;
    x->percent = (int32_t)(((int64_t)100 * x->num + x->den - 1) / x->den);
    r->out->minimum_intensity.at = x;
    return ST_OK;
}

static enum status write_critical(struct reading *r)
{
    const struct plan_critical *from = &r->plan->critical;
    if (from->work == 0)
        return ST_OK;
    struct schedule_critical *critical = ARENA_NEW(r->c->arena, struct schedule_critical);
    if (!critical)
        return fail_memory(r->c);
    critical->from = slot_instant(from->from);
    critical->until = slot_instant(from->until);
    critical->work_min = minutes_of(from->work);
    critical->free_min = minutes_of(from->free);
    r->out->critical.at = critical;
    return ST_OK;
}

/* What the plan counts as left of a task. */
static int32_t counted_min(const struct reading *r, const struct task *t)
{
    int32_t percent = problem_percent(r->problem, r->desk, t);
    return percent == 100
               ? t->remaining_min
               : minutes_of(learn_slots(t->estimate_min, t->worked_min, t->remaining_min, percent));
}

/* The tasks that will not be finished, and those that are overdue. */
static enum status write_late(struct reading *r)
{
    const struct plan_input *in = &r->check->credited;
    const struct plan_result *plan = r->plan;
    size_t n = (size_t)in->task_count;
    struct schedule_task *unfinished = ARENA_ARRAY(r->c->arena, struct schedule_task, n);
    struct schedule_task *overdue = ARENA_ARRAY(r->c->arena, struct schedule_task, n);
    if (!unfinished || !overdue)
        return fail_memory(r->c);
    r->out->unfinished = (struct list){unfinished, 0};
    r->out->overdue = (struct list){overdue, 0};
    for (int32_t i = 0; i < in->task_count; i++) {
        const struct task *t = r->problem->tasks[i];
        bool is_overdue = in->tasks[i].work > 0 && in->tasks[i].due <= in->now;
        if (!is_overdue && plan->planned[i] >= in->tasks[i].work)
            continue;
        struct list *list = is_overdue ? &r->out->overdue : &r->out->unfinished;
        ((struct schedule_task *)list->items)[list->count++] =
            (struct schedule_task){.task_id = t->id,
                                   .remaining_min = counted_min(r, t),
                                   .planned_min = is_overdue ? 0 : minutes_of(plan->planned[i]),
                                   .due = t->due};
    }
    return ST_OK;
}

/* When the last block of each task ends that lies ahead; 0: there is none. */
static int32_t *last_ends(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    int32_t *ends = ARENA_ARRAY(r->c->arena, int32_t, (size_t)r->check->credited.task_count);
    for (int32_t i = 0; ends && i < plan->block_count; i++)
        if (plan->blocks[i].task >= 0)
            ends[plan->blocks[i].task] = plan->blocks[i].until;
    return ends;
}

/* The tasks that are finished on time and later than their buffer. */
static enum status write_buffers(struct reading *r)
{
    const struct plan_input *in = &r->check->credited;
    if (in->buffer == 0)
        return ST_OK;
    int32_t *ends = last_ends(r);
    struct schedule_buffer *list =
        ARENA_ARRAY(r->c->arena, struct schedule_buffer, (size_t)in->task_count);
    if (!ends || !list)
        return fail_memory(r->c);
    r->out->buffers = (struct list){list, 0};
    for (int32_t i = 0; i < in->task_count; i++) {
        const struct plan_task *t = &in->tasks[i];
        int32_t broken = ends[i] - (t->due - in->buffer);
        if (t->work == 0 || t->due <= in->now || r->plan->planned[i] < t->work || broken <= 0)
            continue;
        list[r->out->buffers.count++] =
            (struct schedule_buffer){r->problem->tasks[i]->id, slot_instant(ends[i]),
                                     r->problem->tasks[i]->due, minutes_of(broken)};
    }
    return ST_OK;
}

static int32_t repair_min(const struct reading *r, const struct plan_repair *repair)
{
    if (repair->slots < 0)
        return I32_NONE;
    if (repair->kind != PLAN_SHORTEN)
        return minutes_of(repair->slots);
    const struct task *t = r->problem->tasks[repair->task];
    return learn_shorten_min(t->estimate_min, t->worked_min, t->remaining_min,
                             problem_percent(r->problem, r->desk, t), repair->slots);
}

static enum status write_repairs(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    struct schedule_repair *list =
        ARENA_ARRAY(r->c->arena, struct schedule_repair, (size_t)plan->repair_count);
    if (!list)
        return fail_memory(r->c);
    for (int32_t i = 0; i < plan->repair_count; i++) {
        const struct plan_repair *from = &plan->repairs[i];
        list[i].kind = (unsigned)from->kind;
        list[i].task_id = from->task >= 0 ? r->problem->tasks[from->task]->id : ID_NONE;
        list[i].date = from->day >= 0 ? r->problem->input.days[from->day].date : DATE_NONE;
        list[i].minutes = repair_min(r, from);
        list[i].until = from->until >= 0 ? slot_instant(from->until) : INSTANT_NONE;
        list[i].to = (struct ratio){from->to.num, from->to.den};
    }
    r->out->repairs = (struct list){list, plan->repair_count};
    return ST_OK;
}

static enum status write_missed(struct reading *r)
{
    const struct study_block *blocks = r->desk->plan.blocks.items;
    struct study_block *list =
        ARENA_ARRAY(r->c->arena, struct study_block, (size_t)r->check->missed_count);
    if (!list)
        return fail_memory(r->c);
    for (int32_t i = 0; i < r->check->missed_count; i++)
        list[i] = blocks[r->check->missed[i]];
    r->out->missed = (struct list){list, r->check->missed_count};
    return ST_OK;
}

static enum status write_certificate(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    const struct plan_input *in = &r->check->credited;
    struct schedule_certificate *out = ARENA_NEW(r->c->arena, struct schedule_certificate);
    if (!out)
        return fail_memory(r->c);
    out->feasible = plan->feasible;
    out->work_min = minutes_of(plan->total);
    out->ontime_min = minutes_of(plan->ontime);
    out->bound_min = minutes_of(plan->most);
    out->gap_min = out->bound_min - out->ontime_min;
    out->capacity_min = minutes_of(plan->capacity);
    out->until = INSTANT_NONE;
    for (int32_t i = 0; i < in->task_count; i++)
        if (in->tasks[i].work > 0 && in->tasks[i].due > in->now &&
            r->problem->tasks[i]->due.ms > out->until.ms)
            out->until = r->problem->tasks[i]->due;
    r->out->certificate.at = out;
    return ST_OK;
}

/* Courses whose tasks the plan counts otherwise than typed. */
static enum status write_factors(struct reading *r)
{
    const struct desk *desk = r->desk;
    struct schedule_factor *list =
        ARENA_ARRAY(r->c->arena, struct schedule_factor, (size_t)desk->course_count + 1);
    if (!list)
        return fail_memory(r->c);
    r->out->factors = (struct list){list, 0};
    for (int32_t i = 0; i <= desk->course_count; i++) {
        int32_t percent = estimates_percent(desk, &r->problem->known[i]);
        if (percent != 100)
            list[r->out->factors.count++] =
                (struct schedule_factor){i > 0 ? desk->courses[i - 1].id : ID_NONE, percent};
    }
    return ST_OK;
}

static enum status write_timed(struct reading *r)
{
    const struct work_entry *timer = work_timer(r->desk);
    int32_t slots = timer ? timed_slots(r->desk, timer->task_id, r->out->now) : 0;
    if (slots == 0)
        return ST_OK;
    struct schedule_timed *timed = ARENA_NEW(r->c->arena, struct schedule_timed);
    if (!timed)
        return fail_memory(r->c);
    *timed = (struct schedule_timed){timer->task_id, minutes_of(slots)};
    r->out->timed.at = timed;
    return ST_OK;
}

static enum status write_proposal(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    struct list blocks;
    struct schedule_proposal *proposal = ARENA_NEW(r->c->arena, struct schedule_proposal);
    if (!proposal)
        return fail_memory(r->c);
    enum status st = blocks_to_store(r->c, r->problem, plan, &blocks);
    if (st != ST_OK)
        return st;
    proposal->moved_min = plan_moved_min(&r->desk->plan.blocks, &blocks, r->out->now);
    r->out->proposal.at = proposal;
    return write_blocks(r, plan->blocks, plan->block_count, &proposal->blocks);
}

/* The accepted blocks while they hold, and beside them a proposal when they do not. */
static enum status write_accepted(struct reading *r)
{
    const struct plan_block *blocks = r->accepted;
    int32_t n = r->desk->plan.blocks.count;
    enum status st = write_blocks(r, blocks, n, &r->out->blocks);
    if (st == ST_OK)
        st = write_days(r, blocks, n);
    if (st == ST_OK)
        st = write_missed(r);
    if (st == ST_OK && !r->out->accepted)
        st = write_proposal(r);
    return st;
}

static enum status write_preview(struct reading *r)
{
    const struct plan_result *plan = r->plan;
    enum status st = write_blocks(r, plan->blocks, plan->block_count, &r->out->blocks);
    return st == ST_OK ? write_days(r, NULL, 0) : st;
}

static enum status write_all(struct reading *r, bool preview)
{
    static enum status (*const parts[])(struct reading *) = {
        write_intensity, write_critical,    write_late,  write_buffers,
        write_repairs,   write_certificate, write_timed, write_factors};
    enum status st = preview ? write_preview(r) : write_accepted(r);
    for (size_t i = 0; st == ST_OK && i < sizeof parts / sizeof parts[0]; i++)
        st = parts[i](r);
    return st;
}

/* What a reading is made from. */
struct work {
    struct desk basis; /* the desk, or that with a former plan */
    struct instant now;
    struct ratio pace;
    struct ratio limit;
    struct problem problem;
    struct plan_block *accepted;
    struct plan_check check;
    struct plan_result plan;
};

static enum status plan_again(struct ctx *c, const struct domain *d, const struct desk *desk,
                              const struct schedule_query *query, enum plan_keep keep,
                              struct work *w)
{
    int32_t days = query->days == SCHEDULE_DAYS_DUE ? SCHEDULE_DUE_LEAST : query->days;
    enum status st = ST_OK;
    struct plan_block *judged;
    w->now = instant_is_none(query->at) ? clock_now(&d->clock) : query->at;
    w->basis = *desk;
    if (!id_is_none(query->former))
        st = former_plan_basis(c, desk, query->former, w->now, &w->basis);
    if (st == ST_OK)
        st = resolve(c, &w->basis, query, &w->pace, &w->limit);
    if (st == ST_OK)
        st = problem_build(c, d, &w->basis, w->now, days, w->pace, w->limit, &w->problem);
    if (st == ST_OK)
        st = problem_blocks(c, &w->problem, &w->basis, &w->accepted);
    if (st == ST_OK)
        st = problem_judged(c, &w->problem, &w->basis, &judged);
    return st == ST_OK ? plan_revise(c, c->arena, &w->problem.input, judged,
                                     w->basis.plan.blocks.count, keep, &w->check, &w->plan)
                       : st;
}

/* `due` reaches to the last of the problem's own days. */
static enum status write_schedule(struct ctx *c, const struct work *w,
                                  const struct schedule_query *query, bool preview,
                                  struct schedule *out)
{
    entity_init(&schedule_table, out);
    out->now = w->now;
    out->zone = w->basis.settings.zone;
    out->rev = w->basis.rev;
    out->pace = w->pace;
    out->limit = w->limit;
    out->accepted = !preview && plan_holds(&w->check);
    out->short_min = minutes_of(w->plan.deficit);
    struct reading r = {.c = c,
                        .desk = &w->basis,
                        .problem = &w->problem,
                        .check = &w->check,
                        .plan = &w->plan,
                        .accepted = w->accepted,
                        .days = query->days == SCHEDULE_DAYS_DUE ? SCHEDULE_DUE_MOST : query->days,
                        .out = out};
    return write_all(&r, preview);
}

enum status schedule_read(struct ctx *c, const struct domain *d, const struct desk *desk,
                          const struct schedule_query *query, struct schedule *out)
{
    struct work w;
    bool shares = query->pace.den || query->limit.den;
    enum status st = plan_again(c, d, desk, query, shares ? PLAN_KEEP_NEAR : PLAN_KEEP_ALL, &w);
    return st == ST_OK ? write_schedule(c, &w, query, shares || !id_is_none(query->former), out)
                       : st;
}

bool tidy_is_worth(int32_t blocks, int32_t then)
{
    int32_t fewer = blocks - then;
    return fewer >= TIDY_FEWER && fewer * 100 >= blocks * TIDY_FEWER_PERCENT;
}

enum status schedule_tidy(struct ctx *c, const struct domain *d, const struct desk *desk,
                          const struct schedule_query *query, struct tidy *out)
{
    struct work w;
    struct list blocks;
    enum status st = plan_again(c, d, desk, query, PLAN_KEEP_NEAR, &w);
    if (st == ST_OK)
        st = blocks_to_store(c, &w.problem, &w.plan, &blocks);
    if (st != ST_OK)
        return st;
    entity_init(&tidy_table, out);
    out->blocks = desk->plan.blocks.count - w.check.ahead;
    out->then = w.plan.block_count;
    out->moved_min = plan_moved_min(&desk->plan.blocks, &blocks, w.now);
    bool as_good = w.plan.ontime >= w.check.fresh.ontime;
    if (!plan_holds(&w.check) || !as_good || !tidy_is_worth(out->blocks, out->then))
        return ST_OK;
    struct schedule *schedule = ARENA_NEW(c->arena, struct schedule);
    if (!schedule)
        return fail_memory(c);
    out->schedule.at = schedule;
    return write_schedule(c, &w, query, true, schedule);
}

static uint64_t mix(uint64_t h, uint64_t value)
{
    h ^= value;
    h *= 0x9E3779B97F4A7C15U;
    return h ^ h >> 29;
}

enum status schedule_tag(struct ctx *c, const struct domain *d, const struct desk *desk,
                         const struct schedule_query *query, uint64_t *out)
{
    const struct zone_table *zone;
    uint64_t zones;
    struct instant now = instant_is_none(query->at) ? clock_now(&d->clock) : query->at;
    enum status st = zones_get(c, d->zones, desk->settings.zone, &zone);
    if (st == ST_OK)
        st = occurrences_zones(c, d, desk, &zones);
    if (st != ST_OK)
        return st;
    const int64_t parts[] = {desk->rev,       slot_floor(now),  slot_ceil(now),  zone->version,
                             (int64_t)zones,  PLANNER_VERSION,  query->days,     query->pace.num,
                             query->pace.den, query->limit.num, query->limit.den};
    *out = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        *out = mix(*out, (uint64_t)parts[i]);
    return ST_OK;
}
