#include "domain/milestones.h"

#include <stdlib.h>

enum { STEPS_MAX = 9, REST_DAYS = 2 };

/* Ascending, ended by 0. */
static const int32_t steps[MILESTONES][STEPS_MAX] = {
    [MILESTONE_HOURS] = {1, 10, 25, 50, 100, 250, 500, 1000},
    [MILESTONE_TASKS] = {1, 10, 25, 50, 100, 250},
    [MILESTONE_ON_TIME] = {1, 10, 25, 50, 100, 250},
    [MILESTONE_DAYS] = {3, 7, 14, 30, 60, 100},
};

int32_t milestone_reached(enum milestone_kind kind, int32_t value)
{
    int32_t reached = 0;
    for (const int32_t *step = steps[kind]; *step && *step <= value; step++)
        reached = *step;
    return reached;
}

int32_t milestone_next(enum milestone_kind kind, int32_t value)
{
    const int32_t *step = steps[kind];
    while (*step && *step <= value)
        step++;
    return *step;
}

int32_t day_row_add(struct day_row *row, const struct zone_table *zone, const struct work_entry *w)
{
    struct instant last = {w->start.ms + (int64_t)w->minutes * MINUTE_MS - 1};
    int32_t until = zone_date(zone, last).days;
    for (int32_t day = zone_date(zone, w->start).days; day <= until; day++) {
        if (row->days > 0 && day <= row->last.days)
            continue;
        row->days = row->days > 0 && day - row->last.days <= REST_DAYS + 1 ? row->days + 1 : 1;
        row->last = (struct date){day};
    }
    return row->days;
}

static int by_start(const void *a, const void *b)
{
    const struct work_entry *x = *(const struct work_entry *const *)a;
    const struct work_entry *y = *(const struct work_entry *const *)b;
    return x->start.ms != y->start.ms ? (x->start.ms < y->start.ms ? -1 : 1) : id_cmp(x->id, y->id);
}

enum status work_in_order(struct ctx *c, const struct desk *desk, struct work_order *out)
{
    out->count = 0;
    out->entries = ARENA_ARRAY(c->arena, const struct work_entry *, (size_t)desk->work_count + 1);
    if (!out->entries)
        return fail_memory(c);
    for (int32_t i = 0; i < desk->work_count; i++)
        if (desk->works[i].minutes > 0)
            out->entries[out->count++] = &desk->works[i];
    if (out->count > 1)
        qsort(out->entries, (size_t)out->count, sizeof *out->entries, by_start);
    return ST_OK;
}

enum status milestones_read(struct ctx *c, const struct zone_table *zone, const struct desk *desk,
                            struct statistics *out)
{
    struct milestone *list = ARENA_ARRAY(c->arena, struct milestone, MILESTONES);
    struct work_order log;
    struct day_row row = {0};
    int32_t longest = 0;
    if (!list)
        return fail_memory(c);
    enum status st = work_in_order(c, desk, &log);
    if (st != ST_OK)
        return st;
    for (int32_t i = 0; i < log.count; i++) {
        int32_t days = day_row_add(&row, zone, log.entries[i]);
        longest = days > longest ? days : longest;
    }
    const int32_t values[MILESTONES] = {
        [MILESTONE_HOURS] = out->total_min / 60,
        [MILESTONE_TASKS] = out->done,
        [MILESTONE_ON_TIME] = out->on_time,
        [MILESTONE_DAYS] = longest,
    };
    for (unsigned kind = 0; kind < MILESTONES; kind++)
        list[kind] = (struct milestone){kind, values[kind], milestone_reached(kind, values[kind]),
                                        milestone_next(kind, values[kind])};
    out->milestones = (struct list){list, MILESTONES};
    return ST_OK;
}
