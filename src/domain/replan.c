#include "domain/replan.h"

#include "domain/estimates.h"
#include "domain/former_plans.h"
#include "domain/occurrences.h"
#include "domain/wishes.h"
#include "domain/work.h"
#include "domain/zones.h"

enum { BEGINNING_MS = 60 * MINUTE_MS };

/* The free hours as the calendar wants them. */
static enum status read_week(struct ctx *c, const struct availability *free,
                             struct calendar_input *in)
{
    const struct window *windows = free->week.items;
    struct calendar_window *week =
        ARENA_ARRAY(c->arena, struct calendar_window, (size_t)free->week.count);
    if (!week)
        return fail_memory(c);
    for (int32_t i = 0; i < free->week.count; i++)
        week[i] = (struct calendar_window){windows[i].day, windows[i].start, windows[i].end};
    in->week = week;
    in->week_count = free->week.count;
    return ST_OK;
}

/* Days that are not as the week says. */
static enum status read_exceptions(struct ctx *c, const struct availability *free,
                                   struct calendar_input *in)
{
    const struct free_day *days = free->exceptions.items;
    int32_t n = 0;
    for (int32_t i = 0; i < free->exceptions.count; i++)
        n += days[i].windows.count;
    struct calendar_exception *exceptions =
        ARENA_ARRAY(c->arena, struct calendar_exception, (size_t)free->exceptions.count + 1);
    struct calendar_window *windows = ARENA_ARRAY(c->arena, struct calendar_window, (size_t)n + 1);
    if (!exceptions || !windows)
        return fail_memory(c);
    n = 0;
    for (int32_t i = 0; i < free->exceptions.count; i++) {
        const struct day_window *list = days[i].windows.items;
        exceptions[i] = (struct calendar_exception){days[i].date, n, days[i].windows.count};
        for (int32_t k = 0; k < days[i].windows.count; k++)
            windows[n++] = (struct calendar_window){.start = list[k].start, .end = list[k].end};
    }
    in->exceptions = exceptions;
    in->exception_count = free->exceptions.count;
    in->windows = windows;
    return ST_OK;
}

/* What events take from the dates of the calendar. */
static enum status read_events(struct ctx *c, const struct domain *d, const struct desk *desk,
                               const struct zone_table *zone, struct calendar_input *in)
{
    struct occurrences found;
    const struct date end = {in->from.days + in->day_count};
    enum status st = occurrences_find(c, d, desk, zone_instant(zone, in->from, (struct wall){0}),
                                      zone_instant(zone, end, (struct wall){0}), &found);
    return st == ST_OK ? occurrences_busy(c, &found, in) : st;
}

/* The planner's index of a task; −1: it is not open. */
static int32_t find_task(const struct problem *p, struct id id)
{
    int32_t low = 0;
    int32_t high = p->input.task_count - 1;
    while (low <= high) {
        int32_t mid = low + (high - low) / 2;
        int order = id_cmp(p->ids[mid], id);
        if (order == 0)
            return mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid - 1;
    }
    return -1;
}

/* What each waits for, as far as it is open: done or dropped is out of the way. */
static enum status read_prerequisites(struct ctx *c, struct plan_task *tasks, size_t edges,
                                      struct problem *out)
{
    int32_t *list = ARENA_ARRAY(c->arena, int32_t, edges);
    if (!list)
        return fail_memory(c);
    int32_t used = 0;
    for (int32_t j = 0; j < out->input.task_count; j++) {
        const struct id *ids = out->tasks[j]->prerequisites.items;
        tasks[j].first = used;
        for (int32_t i = 0; i < out->tasks[j]->prerequisites.count; i++) {
            int32_t before = find_task(out, ids[i]);
            if (before >= 0)
                list[used++] = before;
        }
        tasks[j].count = used - tasks[j].first;
    }
    out->input.prerequisites = list;
    out->input.prerequisite_count = used;
    return ST_OK;
}

/* Whether the timer runs on a block's task, and did before the block ended. */
static bool is_timed(const struct work_entry *timer, const struct study_block *b,
                     struct instant now)
{
    return b->end.ms <= now.ms && b->end.ms > timer->start.ms && id_eq(b->task_id, timer->task_id);
}

int32_t timed_slots(const struct desk *desk, struct id task_id, struct instant now)
{
    const struct work_entry *timer = work_timer(desk);
    const struct study_block *blocks = desk->plan.blocks.items;
    int64_t ms = 0;
    if (!timer || timer->state != WORK_RUNNING || !id_eq(timer->task_id, task_id))
        return 0;
    for (int32_t i = 0; i < desk->plan.blocks.count; i++)
        if (is_timed(timer, &blocks[i], now))
            ms += blocks[i].end.ms -
                  (blocks[i].start.ms > timer->start.ms ? blocks[i].start.ms : timer->start.ms);
    return (int32_t)(ms / (PLAN_SLOT_S * 1000));
}

enum status plan_timed(struct ctx *c, const struct desk *desk, struct instant now, struct list *out)
{
    const struct work_entry *timer = work_timer(desk);
    const struct study_block *blocks = desk->plan.blocks.items;
    int32_t n = 0;
    *out = (struct list){0};
    if (!timer || timer->state != WORK_RUNNING)
        return ST_OK;
    struct study_block *timed =
        ARENA_ARRAY(c->arena, struct study_block, (size_t)desk->plan.blocks.count + 1);
    if (!timed)
        return fail_memory(c);
    struct instant begun = slot_instant(slot_floor(timer->start));
    for (int32_t i = 0; i < desk->plan.blocks.count; i++) {
        if (!is_timed(timer, &blocks[i], now))
            continue;
        timed[n] = blocks[i];
        if (timed[n].start.ms < begun.ms)
            timed[n].start = begun;
        n++;
    }
    *out = (struct list){timed, n};
    return ST_OK;
}

int32_t problem_percent(const struct problem *p, const struct desk *desk, const struct task *t)
{
    return estimates_percent(desk, &p->known[estimates_group(desk, t->course_id)]);
}

static int32_t work_left(const struct problem *p, const struct desk *desk, const struct task *t,
                         struct instant now)
{
    int32_t left =
        learn_slots(t->estimate_min, t->worked_min, t->remaining_min, problem_percent(p, desk, t)) -
        timed_slots(desk, t->id, now);
    return left > 0 ? left : 0;
}

/* The open tasks in the order of their ids, so that ties are broken alike every time. */
static enum status read_tasks(struct ctx *c, const struct desk *desk, struct instant now,
                              struct problem *out)
{
    struct plan_task *tasks = ARENA_ARRAY(c->arena, struct plan_task, (size_t)desk->task_count);
    out->tasks = ARENA_ARRAY(c->arena, const struct task *, (size_t)desk->task_count);
    out->ids = ARENA_ARRAY(c->arena, struct id, (size_t)desk->task_count);
    if (!tasks || !out->tasks || !out->ids)
        return fail_memory(c);
    int32_t n = 0;
    size_t edges = 0;
    for (int32_t i = 0; i < desk->task_count; i++) {
        const struct task *t = &desk->tasks[i];
        if (t->state != TASK_OPEN)
            continue;
        out->tasks[n] = t;
        out->ids[n] = t->id;
        tasks[n++] = (struct plan_task){.work = work_left(out, desk, t, now),
                                        .due = slot_floor(t->due),
                                        .weight = t->priority,
                                        .session_min = slots_of_minutes(t->min_session_min)};
        if (!instant_is_none(t->earliest))
            tasks[n - 1].release = slot_ceil(t->earliest);
        edges += (size_t)t->prerequisites.count;
    }
    out->input.tasks = tasks;
    out->input.task_count = n;
    return edges ? read_prerequisites(c, tasks, edges, out) : ST_OK;
}

/* Local dates from today to the last due date or pin, both included. */
static int32_t horizon_days(const struct problem *p, struct date today, int32_t at_least)
{
    int32_t days = at_least;
    for (int32_t i = 0; i < p->input.task_count; i++) {
        if (p->input.tasks[i].work == 0)
            continue;
        const struct pin *pins = p->tasks[i]->pinned.items;
        struct instant last = p->tasks[i]->due;
        for (int32_t k = 0; k < p->tasks[i]->pinned.count; k++)
            last = pins[k].end.ms > last.ms ? pins[k].end : last;
        int32_t until = zone_date(p->zone, last).days - today.days + 1;
        days = until > days ? until : days;
    }
    return days < HORIZON_DAYS_MAX ? days : HORIZON_DAYS_MAX;
}

/* Whole slots that the log counts today: they are taken off what today can hold. */
static int32_t done_today(const struct desk *desk, const struct plan_day *today)
{
    int64_t ms = work_within_ms(desk, ID_NONE, slot_instant(today->beg), slot_instant(today->end));
    return (int32_t)(ms / (PLAN_SLOT_S * 1000));
}

enum status problem_build(struct ctx *c, const struct domain *d, const struct desk *desk,
                          struct instant now, int32_t days, struct ratio pace, struct ratio limit,
                          struct problem *out)
{
    *out = (struct problem){0};
    enum status st = zones_get(c, d->zones, desk->settings.zone, &out->zone);
    if (st == ST_OK)
        st = estimates_learn(c, desk, &out->known);
    if (st == ST_OK)
        st = read_tasks(c, desk, now, out);
    if (st == ST_OK)
        st = plan_timed(c, desk, now, &out->timed);
    if (st != ST_OK)
        return st;

    struct calendar_input in = {.zone = out->zone, .from = zone_date(out->zone, now)};
    in.day_count = horizon_days(out, in.from, days);
    wishes_breaks(&desk->settings, &in);
    st = read_week(c, &desk->availability, &in);
    if (st == ST_OK)
        st = read_exceptions(c, &desk->availability, &in);
    if (st == ST_OK)
        st = read_events(c, d, desk, out->zone, &in);
    if (st == ST_OK)
        st = calendar_expand(c, c->arena, &in, &out->calendar);
    if (st != ST_OK)
        return st;
    if (out->calendar.day_count > 0)
        out->calendar.days[0].done = done_today(desk, &out->calendar.days[0]);

    out->input.now = slot_ceil(now);
    out->input.in_slot = slot_floor(now) < slot_ceil(now);
    out->input.limit = (struct plan_ratio){limit.num, limit.den};
    out->input.pace = (struct plan_ratio){pace.num, pace.den};
    out->input.objective = PLAN_TASKS;
    out->input.day_count = out->calendar.day_count;
    out->input.days = out->calendar.days;
    out->input.window_count = out->calendar.window_count;
    out->input.windows = out->calendar.windows;
    return wishes_read(c, desk, &in, out);
}

void problem_cut_logged(struct problem *p, const struct desk *desk, struct id task_id,
                        struct plan_block *b)
{
    int32_t now = p->input.now, start = b->from;
    if (!plan_under_way(&p->input, *b))
        return;
    int64_t ms = work_within_ms(desk, task_id, slot_instant(start), slot_instant(now));
    int32_t logged = (int32_t)(ms / (PLAN_SLOT_S * 1000));
    b->from = start + logged < now ? start + logged : now;
    if (logged > 0 && p->logged_count < LOGGED_BLOCKS_MAX)
        p->logged[p->logged_count++] = (struct logged_block){b->task, b->from, start};
}

enum status problem_blocks(struct ctx *c, struct problem *p, const struct desk *desk,
                           struct plan_block **out)
{
    const struct plan *plan = &desk->plan;
    const struct study_block *from = plan->blocks.items;
    *out = ARENA_ARRAY(c->arena, struct plan_block, (size_t)plan->blocks.count);
    if (!*out)
        return fail_memory(c);
    for (int32_t i = 0; i < plan->blocks.count; i++) {
        (*out)[i] = (struct plan_block){.task = find_task(p, from[i].task_id),
                                        .from = slot_floor(from[i].start),
                                        .until = slot_floor(from[i].end)};
        problem_cut_logged(p, desk, from[i].task_id, &(*out)[i]);
    }
    return ST_OK;
}

enum status problem_judged(struct ctx *c, struct problem *p, const struct desk *desk,
                           struct plan_block **out)
{
    const struct study_block *from = desk->plan.blocks.items;
    const struct work_entry *timer = work_timer(desk);
    enum status st = problem_blocks(c, p, desk, out);
    if (st != ST_OK || p->timed.count == 0)
        return st;
    int32_t begun = slot_floor(timer->start);
    for (int32_t i = 0; i < desk->plan.blocks.count; i++) {
        struct plan_block *b = &(*out)[i];
        if (!id_eq(from[i].task_id, timer->task_id) || b->until <= begun ||
            b->until > p->input.now || plan_under_way(&p->input, *b))
            continue;
        if (b->from < begun)
            b->until = begun;
        else
            b->task = -1;
    }
    return ST_OK;
}

/* Where a block of a plan begins, with what the log has of it: stored without, the log would be
 * taken off it again. */
static int32_t start_of(const struct problem *p, const struct plan_block *b)
{
    for (int32_t i = 0; i < p->logged_count; i++)
        if (p->logged[i].task == b->task && p->logged[i].from == b->from)
            return p->logged[i].start;
    return b->from;
}

enum status blocks_to_store(struct ctx *c, const struct problem *p,
                            const struct plan_result *result, struct list *out)
{
    const struct study_block *timed = p->timed.items;
    int32_t n = p->timed.count;
    struct study_block *blocks =
        ARENA_ARRAY(c->arena, struct study_block, (size_t)n + (size_t)result->block_count);
    if (!blocks)
        return fail_memory(c);
    for (int32_t i = 0; i < n; i++)
        blocks[i] = timed[i];
    for (int32_t i = 0; i < result->block_count; i++) {
        const struct plan_block *b = &result->blocks[i];
        blocks[n++] = (struct study_block){.task_id = p->tasks[b->task]->id,
                                           .start = slot_instant(start_of(p, b)),
                                           .end = slot_instant(b->until)};
    }
    *out = (struct list){blocks, n};
    return ST_OK;
}

enum status plan_to_store(struct ctx *c, const struct problem *p, const struct plan_result *result,
                          struct instant now, struct plan *out)
{
    entity_init(&plan_table, out);
    enum status st = blocks_to_store(c, p, result, &out->blocks);
    if (st != ST_OK)
        return st;
    if (out->blocks.count > PLAN_BLOCKS_MAX)
        return fail(c, ST_TOO_LARGE, "", "the plan has more than %d blocks", PLAN_BLOCKS_MAX);
    out->made = now;
    out->pace = (struct ratio){p->input.pace.num, p->input.pace.den};
    out->limit = (struct ratio){p->input.limit.num, p->input.limit.den};
    return ST_OK;
}

bool same_ratio(struct ratio a, struct ratio b)
{
    return (int64_t)a.num * b.den == (int64_t)b.num * a.den;
}

int32_t plan_moved_min(const struct list *before, const struct list *after, struct instant now)
{
    const struct study_block *old = before->items;
    const struct study_block *new = after->items;
    int64_t ms = 0;
    int32_t first = 0;
    for (int32_t i = 0; i < after->count; i++) {
        int64_t from = new[i].start.ms > now.ms ? new[i].start.ms : now.ms;
        while (first < before->count && old[first].end.ms <= from)
            first++;
        ms += new[i].end.ms > from ? new[i].end.ms - from : 0;
        for (int32_t k = first; k < before->count && old[k].start.ms < new[i].end.ms; k++) {
            int64_t start = old[k].start.ms > from ? old[k].start.ms : from;
            int64_t end = old[k].end.ms < new[i].end.ms ? old[k].end.ms : new[i].end.ms;
            if (end > start && id_eq(old[k].task_id, new[i].task_id))
                ms -= end - start;
        }
    }
    return (int32_t)(ms / MINUTE_MS);
}

/*
 * Whether the first tasks are being put in: this adds one, and none is older than an hour. Nobody
 * lives by the plan yet, and what comes later would lie in the gaps of what came first, a few
 * minutes a day: then only what begins within a day stays.
 */
static bool is_beginning(const struct edit *e, const struct desk *after)
{
    bool adds = false;
    for (int32_t i = 0; i < e->change_count; i++) {
        const struct change *change = &e->changes[i];
        adds |= change->kind == ENTITY_TASK && change->entity &&
                !desk_entity(e->desk, ENTITY_TASK, change->id);
    }
    for (int32_t i = 0; adds && i < after->task_count; i++)
        adds = after->tasks[i].created.ms > e->now.ms - BEGINNING_MS;
    return adds;
}

/* Whether somebody puts blocks or events elsewhere: pins of a task, or an event, are others. */
static bool is_carrying(const struct edit *e)
{
    field_set pinned = (field_set)1 << table_find(&task_table, STR_LIT("pinned"));
    for (int32_t i = 0; i < e->change_count; i++) {
        const struct change *change = &e->changes[i];
        if (change->kind == ENTITY_EVENT && desk_event(e->desk, change->id))
            return true;
        if (change->kind != ENTITY_TASK || !change->entity)
            continue;
        const struct task *old = desk_task(e->desk, change->id);
        if (old && !entity_eq(&task_table, old, change->entity, ~pinned))
            return true;
    }
    return false;
}

/* What is noted of a plan that nobody took: other settings or hours are wanted, too. */
static enum status note_change(struct edit *e, const struct plan *plan)
{
    for (int32_t i = 0; i < e->change_count; i++) {
        if (e->changes[i].kind == ENTITY_SETTINGS)
            return former_plan_note(e, PLAN_CHANGE_SETTINGS, plan);
        if (e->changes[i].kind == ENTITY_AVAILABILITY)
            return former_plan_note(e, PLAN_CHANGE_HOURS, plan);
    }
    return ST_OK;
}

enum status plan_keep_former(struct edit *e, struct plan *plan)
{
    struct plan *old = ARENA_NEW(e->c->arena, struct plan);
    if (!old || !entity_copy(&plan_table, e->c->arena, old, &e->desk->plan))
        return fail_memory(e->c);
    plan->former = old->blocks;
    plan->former_made = old->made;
    plan->former_pace = old->pace;
    plan->former_limit = old->limit;
    return ST_OK;
}

enum status replan(struct edit *e)
{
    struct desk after;
    struct problem p;
    struct plan_block *blocks;
    struct plan_check check;
    struct plan_result result;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);

    const struct settings *s = &after.settings;
    const struct desk *planned = e->took ? e->took : e->desk; /* where the plan comes from */
    bool wishes = wishes_differ(&planned->settings, s);
    bool same =
        same_ratio(after.plan.pace, s->pace) && same_ratio(after.plan.limit, s->limit) && !wishes;
    enum status st = problem_build(e->c, e->domain, &after, e->now, 1, s->pace, s->limit, &p);
    if (st == ST_OK)
        st = problem_judged(e->c, &p, &after, &blocks);
    if (st == ST_OK)
        wishes_free(e, &p, blocks, after.plan.blocks.count);
    if (st == ST_OK)
        st = plan_revise(e->c, e->c->arena, &p.input, blocks, after.plan.blocks.count,
                         wishes                                          ? PLAN_KEEP_WISHED
                         : same && (e->took || !is_beginning(e, &after)) ? PLAN_KEEP_ALL
                                                                         : PLAN_KEEP_NEAR,
                         &check, &result);
    if (st != ST_OK || (same && plan_holds(&check)))
        return st;

    struct plan *plan = ARENA_NEW(e->c->arena, struct plan);
    if (!plan)
        return fail_memory(e->c);
    st = plan_to_store(e->c, &p, &result, e->now, plan);
    if (st == ST_OK && !e->took && is_carrying(e) && !instant_is_none(e->desk->plan.made))
        st = plan_keep_former(e, plan);
    if (st == ST_OK)
        st = note_change(e, plan);
    return st == ST_OK ? edit_put(e, ENTITY_PLAN, ID_NONE, plan) : st;
}
