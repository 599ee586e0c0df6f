#include "domain/work.h"

#include "domain/entity.h"
#include "domain/fold.h"

enum { FUTURE_MS = 5 * MINUTE_MS /* clocks differ a little */ };

const struct work_entry *work_timer(const struct desk *d)
{
    for (int32_t i = d->work_count - 1; i >= 0; i--)
        if (d->works[i].state != WORK_DONE)
            return &d->works[i];
    return NULL;
}

int32_t work_forgotten_after(const struct work_entry *timer)
{
    return timer->focus_min ? timer->focus_min + FOCUS_FORGOTTEN_MIN : TIMER_FORGOTTEN_MIN;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int64_t work_within_ms(const struct desk *d, struct id task_id, struct instant from,
                       struct instant until)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < d->work_count; i++) {
        const struct work_entry *w = &d->works[i];
        int64_t end = w->start.ms + (int64_t)w->minutes * MINUTE_MS;
        int64_t begin = later(w->start.ms, from.ms);
        end = end < until.ms ? end : until.ms;
        if (end > begin && (id_is_none(task_id) || id_eq(task_id, w->task_id)))
            sum += end - begin;
    }
    return sum;
}

/* ---- what an entry counts for its task ---- */

/* Takes `minutes` off what remains, or gives them back when negative; what it really took. */
static int32_t count_minutes(struct task *t, int32_t minutes, int32_t counted)
{
    int32_t remaining = t->remaining_min + counted;
    remaining = remaining < TASK_MINUTES_MAX ? remaining : TASK_MINUTES_MAX;
    int32_t taken = minutes < remaining ? minutes : remaining;
    t->remaining_min = remaining - taken;
    return taken;
}

/* The entry of `old_minutes` becomes `w`: its task, if it is still there, follows. */
static void count(struct task *t, int32_t old_minutes, struct work_entry *w)
{
    int32_t worked = t->worked_min - old_minutes + w->minutes;
    t->worked_min = worked < 0 ? 0 : worked < TASK_WORKED_MAX ? worked : TASK_WORKED_MAX;
    w->counted_min = count_minutes(t, w->minutes, w->counted_min);
}

/* A copy of a task to change; `*out` NULL: it is gone. */
static enum status take_task(struct edit *e, struct id id, struct task **out)
{
    const struct task *old = desk_task(e->desk, id);
    *out = NULL;
    if (!old)
        return ST_OK;
    *out = ARENA_NEW(e->c->arena, struct task);
    if (!*out || !entity_copy(&task_table, e->c->arena, *out, old))
        return fail_memory(e->c);
    return ST_OK;
}

static enum status put_task(struct edit *e, struct task *t)
{
    return t ? edit_put(e, ENTITY_TASK, t->id, t) : ST_OK;
}

static enum status copy_entry(struct edit *e, const struct work_entry *old, struct work_entry **out)
{
    *out = ARENA_NEW(e->c->arena, struct work_entry);
    if (!*out || !entity_copy(&work_entry_table, e->c->arena, *out, old))
        return fail_memory(e->c);
    return ST_OK;
}

/* Puts a finished entry and its task, and shows the entry. */
static enum status put_counted(struct edit *e, struct work_entry *w, int32_t old_minutes)
{
    struct task *t;
    enum status st = take_task(e, w->task_id, &t);
    if (st != ST_OK)
        return st;
    if (t) {
        w->course_id = t->course_id;
        count(t, old_minutes, w);
    }
    st = put_task(e, t);
    if (st == ST_OK)
        st = edit_put(e, ENTITY_WORK, w->id, w);
    return st == ST_OK ? edit_show(e, ENTITY_WORK, w->id, w) : st;
}

/* Whether the log has another number of minutes of an entry than it had then. */
static bool counts_otherwise(const struct edit *e, const struct work_entry *then)
{
    const struct work_entry *now = desk_work(e->desk, then->id);
    return !now || now->minutes != then->minutes;
}

enum status work_count_again(struct edit *e, struct task *task, const struct change *then,
                             int32_t n)
{
    /* All off first: several may have been folded into one. */
    for (int32_t i = 0; i < n; i++) {
        struct work_entry off = *(const struct work_entry *)then[i].entity;
        int32_t minutes = off.minutes;
        if (!counts_otherwise(e, &off))
            continue;
        off.minutes = 0;
        count(task, minutes, &off);
    }
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < n; i++) {
        const struct work_entry *now = desk_work(e->desk, then[i].id);
        struct work_entry *w;
        if (!now || !counts_otherwise(e, then[i].entity))
            continue;
        st = copy_entry(e, now, &w);
        if (st != ST_OK)
            return st;
        w->counted_min = 0;
        count(task, 0, w);
        if (w->counted_min != now->counted_min)
            st = edit_put(e, ENTITY_WORK, w->id, w);
    }
    return st;
}

/* ---- by hand ---- */

static enum status check_entry(struct edit *e, const struct work_entry *w)
{
    int64_t oldest = e->now.ms - (int64_t)WORK_PAST_DAYS * DAY_MINUTES * MINUTE_MS;
    int64_t end = w->start.ms + (int64_t)w->minutes * MINUTE_MS;
    if (w->minutes < 1)
        return fail_as(e->c, ST_INVALID, "minutes", "out_of_range", "must be 1 at least");
    if (end > e->now.ms + FUTURE_MS)
        return fail_as(e->c, ST_INVALID, "start", "future",
                       "start and minutes reach into the future: only work that is done is logged");
    if (w->start.ms < oldest)
        return fail_as(e->c, ST_INVALID, "start", "out_of_range",
                       "must not be more than %d days ago", WORK_PAST_DAYS);
    return ST_OK;
}

/* Room for one more entry, if need be by folding old ones. */
static enum status make_room(struct edit *e)
{
    int32_t freed;
    if (e->desk->work_count < WORK_ON_DESK_MAX)
        return ST_OK;
    enum status st = log_fold(e, &freed);
    if (st != ST_OK || freed > 0)
        return st;
    return fail_as(e->c, ST_CONFLICT, "", "quota",
                   "the log has %d entries, as many as there may be: delete some first",
                   WORK_ON_DESK_MAX);
}

static void end_after_minutes(struct work_entry *w)
{
    w->end = (struct instant){w->start.ms + (int64_t)w->minutes * MINUTE_MS};
}

enum status work_sound(struct edit *e, const struct work_entry *w)
{
    int64_t end = w->start.ms + (int64_t)w->minutes * MINUTE_MS;
    if (w->state != WORK_DONE)
        return ST_OK;
    if (instant_is_none(w->end))
        return fail_as(e->c, ST_INVALID, "work_entry", "out_of_range", "what is over needs an end");
    if (end > e->now.ms + FUTURE_MS || w->end.ms > e->now.ms + FUTURE_MS)
        return fail_as(e->c, ST_INVALID, "work_entry", "future", "reaches into the future");
    return ST_OK;
}

struct logging {
    struct id task_id;
    struct work_entry *work;
};

static enum status decide_log(struct edit *e, void *arg)
{
    const struct logging *l = arg;
    struct work_entry *w = l->work;
    bool exists;
    if (!desk_task(e->desk, l->task_id))
        return fail(e->c, ST_NOT_FOUND, "", "there is no such task");
    enum status st = entity_claim_id(e, ENTITY_WORK, w, &exists);
    if (st == ST_OK && exists) {
        e->outcome = OP_EXISTED;
        return edit_show(e, ENTITY_WORK, w->id, desk_work(e->desk, w->id));
    }
    if (st == ST_OK)
        st = check_entry(e, w);
    if (st == ST_OK)
        st = make_room(e);
    if (st != ST_OK)
        return st;
    w->task_id = l->task_id;
    w->kind = WORK_MANUAL;
    w->state = WORK_DONE;
    w->counted_min = 0;
    end_after_minutes(w);
    e->outcome = OP_CREATED;
    return put_counted(e, w, 0);
}

enum status work_log(struct ctx *c, const struct domain *d, const struct caller *caller,
                     const struct op_key *key, struct id task_id, struct work_entry *work,
                     struct op_result *out)
{
    struct logging l = {task_id, work};
    return operation_run(c, d, caller, key, decide_log, &l, out);
}

struct update {
    struct id id;
    int64_t expected;
    const struct work_entry *patch;
    field_set set;
};

static enum status find_entry(struct edit *e, const struct update *u, const struct work_entry **out)
{
    *out = desk_work(e->desk, u->id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such entry");
    return edit_check_version(e, ENTITY_WORK, *out, u->expected);
}

static enum status decide_update(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct work_entry *old;
    struct work_entry *w;
    enum status st = find_entry(e, u, &old);
    if (st == ST_OK && old->state != WORK_DONE)
        st = fail_as(e->c, ST_CONFLICT, "", "running", "it is the timer: stop it first");
    if (st == ST_OK)
        st = copy_entry(e, old, &w);
    if (st != ST_OK)
        return st;
    entity_patch(&work_entry_table, w, u->patch, u->set);
    if (entity_eq(&work_entry_table, w, old, 0))
        return edit_show(e, ENTITY_WORK, w->id, old);
    st = check_entry(e, w);
    if (st != ST_OK)
        return st;
    end_after_minutes(w);
    return put_counted(e, w, old->minutes);
}

enum status work_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        const struct work_entry *patch, field_set set, struct op_result *out)
{
    struct update u = {id, expected, patch, set};
    return operation_run(c, d, caller, key, decide_update, &u, out);
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct work_entry *old;
    struct work_entry *w;
    struct task *t;
    enum status st = find_entry(e, u, &old);
    if (st == ST_OK)
        st = copy_entry(e, old, &w);
    if (st == ST_OK)
        st = take_task(e, old->task_id, &t);
    if (st != ST_OK)
        return st;
    if (t && old->minutes) {
        w->minutes = 0;
        count(t, old->minutes, w);
        st = put_task(e, t);
    }
    return st == ST_OK ? edit_delete(e, ENTITY_WORK, u->id) : st;
}

enum status work_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        struct op_result *out)
{
    struct update u = {.id = id, .expected = expected};
    return operation_run(c, d, caller, key, decide_delete, &u, out);
}

/* ---- the timer ---- */

static enum status no_timer(struct edit *e)
{
    return fail_as(e->c, ST_CONFLICT, "", "no_timer", "no timer runs");
}

/* Ends a running stretch at now, or after `minutes` of it; the state is the caller's to set. */
static enum status end_stretch(struct edit *e, struct work_entry *w, int32_t minutes)
{
    int64_t elapsed_ms = later(0, e->now.ms - w->start.ms);
    int64_t elapsed = (elapsed_ms + MINUTE_MS / 2) / MINUTE_MS;
    int32_t forgotten = work_forgotten_after(w);
    if (minutes == I32_NONE && elapsed > forgotten)
        return fail_as(e->c, ST_CONFLICT, "minutes", "forgotten",
                       "the timer ran %lld minutes: say how many of them were work",
                       (long long)elapsed);
    if (minutes > elapsed)
        return fail_as(e->c, ST_INVALID, "minutes", "out_of_range",
                       "the timer ran only %lld minutes", (long long)elapsed);
    w->end = e->now;
    w->minutes = (int32_t)elapsed;
    if (minutes != I32_NONE) {
        w->minutes = minutes;
        end_after_minutes(w);
    }
    return ST_OK;
}

/* The timer is over. `task`, when not NULL, is the copy of its task that the caller will put. */
static enum status close_timer(struct edit *e, const struct work_entry *timer, int32_t minutes,
                               struct task *task)
{
    struct work_entry *w;
    enum status st = copy_entry(e, timer, &w);
    if (st == ST_OK && timer->state == WORK_RUNNING)
        st = end_stretch(e, w, minutes);
    else if (st == ST_OK && minutes != I32_NONE)
        st = fail_as(e->c, ST_INVALID, "minutes", "out_of_range",
                     "the timer is paused: what it ran is logged already");
    if (st != ST_OK)
        return st;
    w->state = WORK_DONE;
    if (w->minutes == 0) {
        st = edit_delete(e, ENTITY_WORK, w->id);
        return st == ST_OK ? edit_show(e, ENTITY_WORK, w->id, w) : st;
    }
    if (!task)
        return put_counted(e, w, timer->minutes);
    count(task, timer->minutes, w);
    st = edit_put(e, ENTITY_WORK, w->id, w);
    return st == ST_OK ? edit_show(e, ENTITY_WORK, w->id, w) : st;
}

enum status timer_leave(struct edit *e, struct task *task)
{
    const struct work_entry *timer = work_timer(e->desk);
    if (!timer || !id_eq(timer->task_id, task->id))
        return ST_OK;
    int32_t shown = e->shown_count;
    enum status st = close_timer(e, timer, I32_NONE, task);
    e->shown_count = shown;
    return st;
}

enum status timer_discard(struct edit *e, struct id task_id)
{
    const struct work_entry *timer = work_timer(e->desk);
    struct work_entry *w;
    if (!timer || !id_eq(timer->task_id, task_id))
        return ST_OK;
    if (timer->state == WORK_RUNNING)
        return edit_delete(e, ENTITY_WORK, timer->id);
    enum status st = copy_entry(e, timer, &w);
    if (st != ST_OK)
        return st;
    w->state = WORK_DONE;
    return edit_put(e, ENTITY_WORK, w->id, w);
}

static enum status begin_stretch(struct edit *e, const struct task *t, int32_t focus_min,
                                 int32_t break_min)
{
    struct work_entry *w = ARENA_NEW(e->c->arena, struct work_entry);
    enum status st = make_room(e);
    if (st != ST_OK)
        return st;
    if (!w)
        return fail_memory(e->c);
    entity_init(&work_entry_table, w);
    w->id = domain_new_id(e->domain);
    w->task_id = t->id;
    w->course_id = t->course_id;
    w->start = e->now;
    w->kind = WORK_TIMER;
    w->state = WORK_RUNNING;
    w->focus_min = focus_min;
    w->break_min = break_min;
    w->note = STR_LIT("");
    e->outcome = OP_CREATED;
    st = edit_put(e, ENTITY_WORK, w->id, w);
    e->shown_count = 0;
    return st == ST_OK ? edit_show(e, ENTITY_WORK, w->id, w) : st;
}

static enum status decide_start(struct edit *e, void *arg)
{
    const struct timer_start *s = arg;
    const struct task *t = desk_task(e->desk, s->task_id);
    const struct work_entry *timer = work_timer(e->desk);
    if (!t)
        return fail_as(e->c, ST_INVALID, "task_id", "unknown", "there is no such task");
    if (t->state != TASK_OPEN)
        return fail_as(e->c, ST_CONFLICT, "task_id", "not_open", "this task is not open");
    if (timer && timer->state == WORK_RUNNING && id_eq(timer->task_id, t->id))
        return edit_show(e, ENTITY_WORK, timer->id, timer);
    enum status st = timer ? close_timer(e, timer, I32_NONE, NULL) : ST_OK;
    return st == ST_OK ? begin_stretch(e, t, s->focus_min, s->break_min) : st;
}

enum status timer_start(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, const struct timer_start *start,
                        struct op_result *out)
{
    struct timer_start s = *start;
    return operation_run(c, d, caller, key, decide_start, &s, out);
}

static enum status decide_pause(struct edit *e, void *arg)
{
    const int32_t *minutes = arg;
    const struct work_entry *timer = work_timer(e->desk);
    struct work_entry *w;
    if (!timer)
        return no_timer(e);
    if (timer->state == WORK_PAUSED)
        return edit_show(e, ENTITY_WORK, timer->id, timer);
    enum status st = copy_entry(e, timer, &w);
    if (st == ST_OK)
        st = end_stretch(e, w, *minutes);
    if (st != ST_OK)
        return st;
    w->state = WORK_PAUSED;
    return put_counted(e, w, 0);
}

enum status timer_pause(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, int32_t minutes, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_pause, &minutes, out);
}

static enum status decide_resume(struct edit *e, void *arg)
{
    (void)arg;
    const struct work_entry *timer = work_timer(e->desk);
    if (!timer)
        return no_timer(e);
    if (timer->state == WORK_RUNNING)
        return edit_show(e, ENTITY_WORK, timer->id, timer);
    const struct task *t = desk_task(e->desk, timer->task_id);
    if (!t || t->state != TASK_OPEN)
        return fail_as(e->c, ST_CONFLICT, "", "not_open", "its task is not open any more");
    enum status st = close_timer(e, timer, I32_NONE, NULL);
    return st == ST_OK ? begin_stretch(e, t, timer->focus_min, timer->break_min) : st;
}

enum status timer_resume(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_resume, NULL, out);
}

static enum status decide_stop(struct edit *e, void *arg)
{
    const int32_t *minutes = arg;
    const struct work_entry *timer = work_timer(e->desk);
    return timer ? close_timer(e, timer, *minutes, NULL) : no_timer(e);
}

enum status timer_stop(struct ctx *c, const struct domain *d, const struct caller *caller,
                       const struct op_key *key, int32_t minutes, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_stop, &minutes, out);
}
