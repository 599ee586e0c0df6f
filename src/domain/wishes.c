#include "domain/wishes.h"

#include <stdio.h>
#include <stdlib.h>

enum { PIN_SLOTS_MAX = 300, PIN_DATES_MAX = 3 }; /* a long day; so it lies on three dates at most */

static const int64_t SLOT_MS = PLAN_SLOT_S * 1000, DAY_MS = (int64_t)DAY_MINUTES * 60000;

int32_t slots_of_minutes(int32_t minutes)
{
    return (minutes + PLAN_SLOT_MIN - 1) / PLAN_SLOT_MIN;
}

void wishes_breaks(const struct settings *s, struct calendar_input *in)
{
    in->study = s->break_after_min / PLAN_SLOT_MIN;
    in->rest = in->study > 0 ? slots_of_minutes(s->break_min) : 0;
}

/* The preferred hours of all dates of the calendar. */
static enum status read_preferred(struct ctx *c, const struct settings *s,
                                  const struct calendar_input *in, struct plan_shape *out)
{
    struct calendar found;
    const struct window *windows = s->preferred.items;
    struct calendar_window *week =
        ARENA_ARRAY(c->arena, struct calendar_window, (size_t)s->preferred.count);
    if (!week)
        return fail_memory(c);
    for (int32_t i = 0; i < s->preferred.count; i++)
        week[i] = (struct calendar_window){windows[i].day, windows[i].start, windows[i].end};
    const struct calendar_input hours = {.zone = in->zone,
                                         .from = in->from,
                                         .day_count = in->day_count,
                                         .week = week,
                                         .week_count = s->preferred.count};
    enum status st = calendar_expand(c, c->arena, &hours, &found);
    if (st != ST_OK)
        return st;
    out->preferred = found.windows;
    out->preferred_count = found.window_count;
    return ST_OK;
}

static int by_start(const void *a, const void *b)
{
    const struct plan_block *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->task > y->task) - (x->task < y->task);
}

/* Where a pin begins: one under way does where the block in the plan does that stands in it; until
 * the plan has one, nothing of it was worked on. */
static int32_t pin_from(const struct desk *desk, const struct problem *p, struct id task_id,
                        struct plan_block pin)
{
    const struct study_block *blocks = desk->plan.blocks.items;
    int32_t now = p->input.now;
    if (pin.from >= now)
        return pin.from;
    for (int32_t i = 0; i < desk->plan.blocks.count && slot_floor(blocks[i].start) < now; i++) {
        int32_t from = slot_floor(blocks[i].start), until = slot_floor(blocks[i].end);
        if (id_eq(blocks[i].task_id, task_id) && from >= pin.from && until > now &&
            until <= pin.until)
            return from;
    }
    return now;
}

/* The pins ahead of open tasks that need work, by start; how many. */
static int32_t gather_pins(const struct desk *desk, struct problem *p, struct plan_block *out)
{
    int32_t n = 0;
    for (int32_t j = 0; j < p->input.task_count; j++) {
        const struct pin *pins = p->tasks[j]->pinned.items;
        for (int32_t i = 0; i < p->tasks[j]->pinned.count && p->input.tasks[j].work > 0; i++) {
            struct plan_block b = {j, slot_ceil(pins[i].start), slot_floor(pins[i].end)};
            if (b.until <= p->input.now || b.from >= b.until || b.until - b.from > PIN_SLOTS_MAX)
                continue;
            b.from = pin_from(desk, p, p->tasks[j]->id, b);
            problem_cut_logged(p, desk, p->tasks[j]->id, &b);
            if (p->input.day_count > 0 && b.from < p->input.days[0].beg)
                b.from = p->input.days[0].beg; /* it began yesterday, and that is past */
            out[n++] = b;
        }
    }
    qsort(out, (size_t)n, sizeof *out, by_start);
    return n;
}

static enum status read_pins(struct ctx *c, const struct desk *desk, struct problem *p)
{
    struct plan_input *in = &p->input;
    size_t room = 0;
    for (int32_t j = 0; j < in->task_count; j++)
        room += (size_t)p->tasks[j]->pinned.count;
    if (room == 0)
        return ST_OK;
    struct plan_block *all = ARENA_ARRAY(c->arena, struct plan_block, room);
    struct plan_block *pins = ARENA_ARRAY(c->arena, struct plan_block, PIN_DATES_MAX * room);
    int32_t *left = ARENA_ARRAY(c->arena, int32_t, (size_t)in->task_count);
    if (!all || !pins || !left)
        return fail_memory(c);
    for (int32_t j = 0; j < in->task_count; j++)
        left[j] = in->tasks[j].work;
    int32_t count = gather_pins(desk, p, all), end = in->now - PLAN_DAY_SLOTS_MAX, d = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t task = all[i].task, from = all[i].from > end ? all[i].from : end;
        int32_t until = all[i].until < from + left[task] ? all[i].until : from + left[task];
        left[task] -= until > from ? until - from : 0;
        while (from < until) {
            while (d < in->day_count && in->days[d].end <= from)
                d++;
            if (d == in->day_count)
                break;
            end = until < in->days[d].end ? until : in->days[d].end;
            if (end > in->now)
                pins[in->pin_count++] = (struct plan_block){task, from, end};
            from = end;
        }
    }
    in->pins = pins;
    return ST_OK;
}

enum status wishes_read(struct ctx *c, const struct desk *desk, const struct calendar_input *in,
                        struct problem *p)
{
    const struct settings *s = &desk->settings;
    struct plan_shape *shape = &p->input.shape;
    shape->session_min = slots_of_minutes(s->min_session_min);
    shape->session_max = slots_of_minutes(s->max_session_min);
    shape->day_max = slots_of_minutes(s->max_task_day_min);
    shape->pause = slots_of_minutes(s->pause_min);
    if (shape->pause < in->rest)
        shape->pause = in->rest; /* a break ends no session */
    p->input.buffer = slots_of_minutes(s->buffer_min);
    enum status st = s->preferred.count > 0 ? read_preferred(c, s, in, shape) : ST_OK;
    return st == ST_OK ? read_pins(c, desk, p) : st;
}

bool wishes_differ(const struct settings *a, const struct settings *b)
{
    static const char *const names[] = {"min_session_min", "max_session_min", "max_task_day_min",
                                        "pause_min",       "preferred",       "break_after_min",
                                        "break_min",       "buffer_min"};
    field_set wishes = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        wishes |= (field_set)1 << table_find(&settings_table, str_of(names[i]));
    return !entity_eq(&settings_table, a, b, ~wishes);
}

void wishes_free(const struct edit *e, const struct problem *p, struct plan_block *blocks,
                 int32_t n)
{
    for (int32_t k = 0; k < e->change_count; k++) {
        const struct change *change = &e->changes[k];
        const struct task *now = change->entity;
        if (change->kind != ENTITY_TASK || !now)
            continue;
        const struct task *old = desk_task(e->desk, now->id);
        if (!old || old->min_session_min == now->min_session_min)
            continue;
        for (int32_t i = 0; i < n; i++)
            if (blocks[i].task >= 0 && blocks[i].from >= p->input.now &&
                id_eq(p->ids[blocks[i].task], now->id))
                blocks[i].task = -1;
    }
}

static enum status bad_pin(struct edit *e, int32_t i, const char *end, const char *code,
                           const char *why)
{
    char field[40];
    snprintf(field, sizeof field, "/pinned/%d/%s", i, end);
    return fail_as(e->c, ST_INVALID, field, code, "%s", why);
}

static bool overlap(const struct pin *a, const struct pin *b)
{
    return a->start.ms < b->end.ms && b->start.ms < a->end.ms;
}

static bool taken(const struct edit *e, const struct task *t, const struct pin *pin)
{
    for (int32_t i = 0; i < e->desk->task_count; i++) {
        const struct task *other = &e->desk->tasks[i];
        const struct pin *theirs = other->pinned.items;
        if (other->state != TASK_OPEN || id_eq(other->id, t->id))
            continue;
        for (int32_t k = 0; k < other->pinned.count; k++)
            if (overlap(pin, &theirs[k]))
                return true;
    }
    return false;
}

/* Insertion sort: at most PINS_MAX, and usually sorted already. */
static void sort_pins(struct pin *pins, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        struct pin pin = pins[i];
        int32_t at = i;
        for (; at > 0 && pin.start.ms < pins[at - 1].start.ms; at--)
            pins[at] = pins[at - 1];
        pins[at] = pin;
    }
}

/* What is there already may stay, also where others came to overlap it. */
static bool same_pins(const struct task *a, const struct task *b)
{
    const struct pin *x = a->pinned.items, *y = b->pinned.items;
    bool same = a->pinned.count == b->pinned.count;
    for (int32_t i = 0; same && i < a->pinned.count; i++)
        same = x[i].start.ms == y[i].start.ms && x[i].end.ms == y[i].end.ms;
    return same;
}

enum status pins_check_alone(struct edit *e, const struct task *t)
{
    struct pin *pins = t->pinned.items;
    for (int32_t i = 0; i < t->pinned.count; i++) {
        if (pins[i].start.ms % SLOT_MS != 0)
            return bad_pin(e, i, "start", "format", "must be a multiple of five minutes");
        if (pins[i].end.ms % SLOT_MS != 0)
            return bad_pin(e, i, "end", "format", "must be a multiple of five minutes");
        if (pins[i].end.ms <= pins[i].start.ms)
            return bad_pin(e, i, "end", "out_of_range", "must be after the start");
        if (pins[i].end.ms - pins[i].start.ms > DAY_MS)
            return bad_pin(e, i, "end", "out_of_range", "must be within a day of the start");
        for (int32_t k = 0; k < i; k++)
            if (overlap(&pins[i], &pins[k]))
                return bad_pin(e, i, "start", "overlap", "overlaps another of its pins");
    }
    sort_pins(pins, t->pinned.count);
    return ST_OK;
}

enum status pins_check(struct edit *e, const struct task *t)
{
    const struct pin *pins = t->pinned.items;
    const struct task *old = desk_task(e->desk, t->id);
    if (old && same_pins(old, t))
        return ST_OK;
    for (int32_t i = 0; t->state == TASK_OPEN && i < t->pinned.count; i++)
        if (taken(e, t, &pins[i]))
            return bad_pin(e, i, "start", "overlap", "another task is pinned there");
    return pins_check_alone(e, t);
}

void pins_give_way(const struct edit *e, struct task *t)
{
    struct pin *pins = t->pinned.items;
    int32_t kept = 0;
    for (int32_t i = 0; i < t->pinned.count; i++)
        if (t->state != TASK_OPEN || !taken(e, t, &pins[i]))
            pins[kept++] = pins[i];
    t->pinned.count = kept;
}
