#include "domain/estimates.h"

#include <math.h>
#include <stdlib.h>

#include "domain/zones.h"

int32_t estimates_group(const struct desk *desk, struct id course_id)
{
    const struct course *course = id_is_none(course_id) ? NULL : desk_course(desk, course_id);
    return course ? (int32_t)(course - desk->courses) + 1 : 0;
}

static struct id group_course(const struct desk *desk, int32_t group)
{
    return group > 0 ? desk->courses[group - 1].id : ID_NONE;
}

static int by_completion(const void *a, const void *b)
{
    const struct task *x = *(const struct task *const *)a;
    const struct task *y = *(const struct task *const *)b;
    if (x->completed.ms != y->completed.ms)
        return x->completed.ms < y->completed.ms ? -1 : 1;
    return id_cmp(x->id, y->id);
}

enum status estimates_learn(struct ctx *c, const struct desk *desk, const struct learn_course **out)
{
    size_t room = (size_t)desk->task_count + 1;
    const struct task **done = ARENA_ARRAY(c->arena, const struct task *, room);
    struct learn_sample *samples = ARENA_ARRAY(c->arena, struct learn_sample, room);
    struct learn_course *known =
        ARENA_ARRAY(c->arena, struct learn_course, (size_t)desk->course_count + 1);
    int32_t n = 0;
    *out = known;
    if (!done || !samples || !known)
        return fail_memory(c);
    for (int32_t i = 0; i < desk->task_count; i++)
        if (desk->tasks[i].state == TASK_DONE && desk->tasks[i].worked_min > 0)
            done[n++] = &desk->tasks[i];
    qsort(done, (size_t)n, sizeof done[0], by_completion);
    for (int32_t i = 0; i < n; i++)
        samples[i] = (struct learn_sample){estimates_group(desk, done[i]->course_id),
                                           done[i]->estimate_min, done[i]->worked_min};
    return learn_courses(c, c->arena, samples, n, desk->course_count + 1, known);
}

int32_t estimates_percent(const struct desk *desk, const struct learn_course *course)
{
    switch ((enum estimate_use)desk->settings.estimates) {
    case ESTIMATE_MEDIAN:
        return course->median;
    case ESTIMATE_P80:
        return course->p80;
    case ESTIMATE_TYPED:
        break;
    }
    return 100;
}

enum status estimates_read(struct ctx *c, const struct desk *desk, struct estimates *out)
{
    const struct learn_course *known;
    struct course_estimate *list =
        ARENA_ARRAY(c->arena, struct course_estimate, (size_t)desk->course_count + 1);
    if (!list)
        return fail_memory(c);
    enum status st = estimates_learn(c, desk, &known);
    if (st != ST_OK)
        return st;
    *out = (struct estimates){desk->settings.estimates, LEARN_SAMPLES_MIN, {list, 0}};
    for (int32_t i = 0; i <= desk->course_count; i++) {
        const struct learn_course *k = &known[i];
        bool enough = k->n >= LEARN_SAMPLES_MIN;
        if (k->n == 0)
            continue;
        list[out->courses.count++] =
            (struct course_estimate){group_course(desk, i),      k->n,
                                     enough ? k->low : I32_NONE, enough ? k->median : I32_NONE,
                                     enough ? k->p80 : I32_NONE, enough ? k->high : I32_NONE};
    }
    return ST_OK;
}

/* ---- chances ---- */

/* What is left of each task in the middle, and its course. */
static enum status read_work(struct ctx *c, struct problem *p, const struct desk *desk,
                             struct instant now, struct plan_task *work, int32_t *group)
{
    struct plan_block *blocks;
    for (int32_t i = 0; i < p->input.task_count; i++) {
        const struct task *t = p->tasks[i];
        group[i] = estimates_group(desk, t->course_id);
        work[i] = p->input.tasks[i];
        work[i].work = learn_slots(t->estimate_min, t->worked_min, t->remaining_min,
                                   p->known[group[i]].median) -
                       timed_slots(desk, t->id, now);
    }
    enum status st = problem_blocks(c, p, desk, &blocks);
    if (st != ST_OK)
        return st;
    for (int32_t i = 0; i < desk->plan.blocks.count; i++)
        if (blocks[i].task >= 0 && plan_under_way(&p->input, blocks[i]))
            work[blocks[i].task].work -= p->input.now - blocks[i].from;
    for (int32_t i = 0; i < p->input.task_count; i++)
        work[i].work = work[i].work > 0 ? work[i].work : 0;
    return ST_OK;
}

static int32_t percent_of(double chance, int32_t known)
{
    return known > 0 ? (int32_t)round(100 * chance) : I32_NONE;
}

static enum status write_deadlines(struct ctx *c, const struct problem *p,
                                   const struct learn_chances *from, struct list *out)
{
    struct deadline_chance *list =
        ARENA_ARRAY(c->arena, struct deadline_chance, (size_t)from->count + 1);
    struct id *ids = ARENA_ARRAY(c->arena, struct id, (size_t)from->tasks + 1);
    if (!list || !ids)
        return fail_memory(c);
    for (int32_t i = 0; i < from->tasks; i++)
        ids[i] = p->tasks[from->order[i]]->id;
    for (int32_t d = 0; d < from->count; d++)
        list[d] = (struct deadline_chance){slot_instant(from->due[d].due),
                                           {ids + from->due[d].first, from->due[d].count},
                                           percent_of(from->due[d].met, from->due[d].known)};
    *out = (struct list){list, from->count};
    return ST_OK;
}

enum status estimates_chances(struct ctx *c, const struct domain *d, const struct desk *desk,
                              struct chances *out)
{
    const struct settings *s = &desk->settings;
    struct problem p;
    struct learn_chances found;
    struct instant now = clock_now(&d->clock);
    enum status st = problem_build(c, d, desk, now, 1, s->pace, s->limit, &p);
    if (st != ST_OK)
        return st;
    size_t room = (size_t)p.input.task_count + 1;
    struct plan_task *work = ARENA_ARRAY(c->arena, struct plan_task, room);
    int32_t *group = ARENA_ARRAY(c->arena, int32_t, room);
    if (!work || !group)
        return fail_memory(c);
    st = read_work(c, &p, desk, now, work, group);
    if (st != ST_OK)
        return st;
    struct plan_input in = p.input;
    in.tasks = work;
    st = learn_chances(c, c->arena, &in, group, p.known, desk->course_count + 1, &found);
    if (st != ST_OK)
        return st;
    int32_t known = found.count > 0 ? found.due[found.count - 1].known : 0;
    *out = (struct chances){.now = now,
                            .tasks = found.tasks,
                            .known = known,
                            .all_percent = percent_of(found.all, known)};
    return write_deadlines(c, &p, &found, &out->deadlines);
}
