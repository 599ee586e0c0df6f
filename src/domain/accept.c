#include "domain/accept.h"

#include "domain/former_plans.h"
#include "domain/replan.h"

struct acceptance {
    struct ratio pace; /* none: as it is, as `limit` */
    struct ratio limit;
    struct id former; /* to go back to; none: the proposal, or the preview */
    bool tidy;        /* the one of fewer blocks */
};

static enum status put_settings(struct edit *e, const struct settings *wanted)
{
    struct settings *s = ARENA_NEW(e->c->arena, struct settings);
    if ((int64_t)wanted->pace.num * wanted->limit.den >
        (int64_t)wanted->limit.num * wanted->pace.den)
        return fail_as(e->c, ST_INVALID, "?pace", "out_of_range",
                       "the pace must not be above the limit");
    if (!s || !entity_copy(&settings_table, e->c->arena, s, wanted))
        return fail_memory(e->c);
    if (entity_eq(&settings_table, s, &e->desk->settings, 0))
        return ST_OK;
    return edit_put(e, ENTITY_SETTINGS, ID_NONE, s);
}

/* The desk that is planned on: as it will be, but for the plan. */
static enum status find_basis(struct edit *e, const struct acceptance *a, struct desk *out)
{
    if (!id_is_none(a->former))
        return former_plan_basis(e->c, e->desk, a->former, e->now, out);
    *out = *e->desk;
    if (a->pace.den)
        out->settings.pace = a->pace;
    if (a->limit.den)
        out->settings.limit = a->limit;
    return ST_OK;
}

static enum plan_change why_accepted(const struct acceptance *a, const struct plan_check *check)
{
    return !id_is_none(a->former)        ? PLAN_CHANGE_RETURNED
           : a->pace.den || a->limit.den ? PLAN_CHANGE_SHARES
           : a->tidy                     ? PLAN_CHANGE_TIDIED
           : check->missed_count > 0     ? PLAN_CHANGE_MISSED
                                         : PLAN_CHANGE_BETTER;
}

static enum status decide_accept(struct edit *e, void *arg)
{
    const struct acceptance *a = arg;
    const enum plan_keep keep =
        a->pace.den || a->limit.den || a->tidy ? PLAN_KEEP_NEAR : PLAN_KEEP_ALL;
    struct desk basis;
    struct problem problem;
    struct plan_block *blocks;
    struct plan_check check;
    struct plan_result result;
    struct plan *plan = ARENA_NEW(e->c->arena, struct plan);
    if (!plan)
        return fail_memory(e->c);
    enum status st = find_basis(e, a, &basis);
    if (st == ST_OK)
        st = put_settings(e, &basis.settings);
    if (st == ST_OK)
        st = problem_build(e->c, e->domain, &basis, e->now, 1, basis.settings.pace,
                           basis.settings.limit, &problem);
    if (st == ST_OK)
        st = problem_judged(e->c, &problem, &basis, &blocks);
    if (st == ST_OK)
        st = plan_revise(e->c, e->c->arena, &problem.input, blocks, basis.plan.blocks.count, keep,
                         &check, &result);
    if (st == ST_OK)
        st = plan_to_store(e->c, &problem, &result, e->now, plan);
    if (st == ST_OK)
        st = plan_keep_former(e, plan);
    if (st == ST_OK)
        st = former_plan_note(e, why_accepted(a, &check), plan);
    return st == ST_OK ? edit_put(e, ENTITY_PLAN, ID_NONE, plan) : st;
}

enum status schedule_accept(struct ctx *c, const struct domain *d, const struct caller *caller,
                            const struct op_key *key, struct ratio pace, struct ratio limit,
                            struct op_result *out)
{
    struct acceptance a = {.pace = pace, .limit = limit};
    return operation_run(c, d, caller, key, decide_accept, &a, out);
}

enum status schedule_take_tidy(struct ctx *c, const struct domain *d, const struct caller *caller,
                               const struct op_key *key, struct op_result *out)
{
    struct acceptance a = {.tidy = true};
    return operation_run(c, d, caller, key, decide_accept, &a, out);
}

enum status schedule_return(struct ctx *c, const struct domain *d, const struct caller *caller,
                            const struct op_key *key, struct id former, struct op_result *out)
{
    struct acceptance a = {.former = former};
    return operation_run(c, d, caller, key, decide_accept, &a, out);
}

static enum status decide_restore(struct edit *e, void *arg)
{
    (void)arg;
    struct settings before = e->desk->settings;
    struct plan *old = ARENA_NEW(e->c->arena, struct plan);
    struct plan *plan = ARENA_NEW(e->c->arena, struct plan);
    if (instant_is_none(e->desk->plan.former_made))
        return fail_as(e->c, ST_CONFLICT, "", "nothing_to_restore", "the plan has changed since");
    if (!old || !plan || !entity_copy(&plan_table, e->c->arena, old, &e->desk->plan))
        return fail_memory(e->c);
    entity_init(&plan_table, plan);
    plan->blocks = old->former;
    plan->made = old->former_made;
    plan->pace = before.pace = old->former_pace;
    plan->limit = before.limit = old->former_limit;
    e->plan_stands = true;
    enum status st = put_settings(e, &before);
    if (st == ST_OK)
        st = former_plan_note(e, PLAN_CHANGE_UNDONE, plan);
    return st == ST_OK ? edit_put(e, ENTITY_PLAN, ID_NONE, plan) : st;
}

enum status schedule_restore(struct ctx *c, const struct domain *d, const struct caller *caller,
                             const struct op_key *key, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_restore, NULL, out);
}
