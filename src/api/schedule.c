#include "domain/schedule.h"
#include "domain/accept.h"
#include "domain/former_plans.h"

#include <inttypes.h>
#include <stdio.h>

#include "api/api.h"
#include "api/forms.h"

/* "60/100" */
static enum status read_ratio(struct call *call, const char *name, const char *pointer,
                              struct ratio *out)
{
    uint64_t num;
    uint64_t den;
    struct str rest = request_param(call->request, name);
    *out = (struct ratio){0, 0};
    if (!rest.data)
        return ST_OK;
    struct str first = str_cut(&rest, '/');
    if (!str_to_uint(first, RATIO_DEN_MAX, &num) || !str_to_uint(rest, RATIO_DEN_MAX, &den) ||
        den == 0 || num > den)
        return fail_as(call->c, ST_INVALID, pointer, "format",
                       "must be a fraction from 0 to 1, such as 60/100");
    *out = (struct ratio){(int32_t)num, (int32_t)den};
    return ST_OK;
}

static enum status read_days(struct call *call, int32_t *out)
{
    int64_t days = SCHEDULE_DAYS_DUE;
    enum status st = ST_OK;
    if (!str_eq(request_param(call->request, "days"), STR_LIT("due")))
        st = query_int(call, "days", 1, SCHEDULE_DAYS_MAX, SCHEDULE_DAYS, &days);
    *out = (int32_t)days;
    return st;
}

static enum status read_query(struct call *call, struct schedule_query *out)
{
    *out = (struct schedule_query){.at = INSTANT_NONE};
    enum status st = read_days(call, &out->days);
    if (st == ST_OK)
        st = query_instant(call, "at", &out->at);
    if (st == ST_OK)
        st = read_ratio(call, "pace", "?pace", &out->pace);
    if (st == ST_OK)
        st = read_ratio(call, "limit", "?limit", &out->limit);
    return st;
}

static enum status reply_schedule(struct call *call, const struct desk *desk,
                                  const struct schedule_query *query)
{
    struct schedule schedule;
    enum status st = schedule_read(call->c, call->domain, desk, query, &schedule);
    if (st != ST_OK)
        return st;
    struct buf b;
    reply_buf(call, &b, 64 << 10);
    call->response->compress = call->request->method == METHOD_GET;
    json_write(&b, &schedule_table, &schedule);
    return reply_json(call, 200, &b);
}

static enum status write_tag(struct call *call, const struct schedule_query *query)
{
    uint64_t tag;
    char text[24];
    enum status st = schedule_tag(call->c, call->domain, call->desk, query, &tag);
    if (st != ST_OK)
        return st;
    int n = snprintf(text, sizeof text, "\"%016" PRIx64 "\"", tag);
    call->response->etag = str_copy(call->c->arena, (struct str){text, (size_t)n});
    call->response->cache = CACHE_REVALIDATE;
    return ST_OK;
}

enum status get_schedule(struct call *call)
{
    struct schedule_query query;
    enum status st = read_query(call, &query);
    if (st == ST_OK)
        st = write_tag(call, &query);
    if (st != ST_OK)
        return st;
    if (request_none_match(call->request, call->response->etag)) {
        response_body(call->response, 304, NULL, STR_NONE);
        call->response->compress = true;
        return ST_OK;
    }
    return reply_schedule(call, call->desk, &query);
}

/* The schedule as it is after an operation. */
static enum status reply_changed(struct call *call)
{
    const struct desk *desk = NULL;
    enum status st = store_get_desk(call->c, call->domain->store, call->caller.user, &desk);
    if (st == ST_OK)
        st = reply_schedule(call, desk,
                            &(struct schedule_query){.days = SCHEDULE_DAYS, .at = INSTANT_NONE});
    store_release_desk(call->domain->store, desk);
    return st;
}

enum status post_accept(struct call *call)
{
    const struct acceptance_form *form = call->body;
    struct op_result result;
    enum status st = ST_OK;
    if (form->tidy && (form->pace.den || form->limit.den))
        st = fail_as(call->c, ST_INVALID, "tidy", "out_of_range",
                     "another pace or limit makes a plan from nothing anyhow: leave tidy out");
    else if (form->tidy)
        st = schedule_take_tidy(call->c, call->domain, &call->caller, call_key(call), &result);
    else
        st = schedule_accept(call->c, call->domain, &call->caller, call_key(call), form->pace,
                             form->limit, &result);
    return st == ST_OK ? reply_changed(call) : st;
}

enum status post_schedule_restore(struct call *call)
{
    struct op_result result;
    enum status st =
        schedule_restore(call->c, call->domain, &call->caller, call_key(call), &result);
    return st == ST_OK ? reply_changed(call) : st;
}

enum status get_tidy(struct call *call)
{
    struct tidy tidy;
    struct schedule_query query = {.at = INSTANT_NONE};
    enum status st = read_days(call, &query.days);
    if (st == ST_OK)
        st = schedule_tidy(call->c, call->domain, call->desk, &query, &tidy);
    if (st != ST_OK)
        return st;
    struct buf b;
    reply_buf(call, &b, tidy.schedule.at ? 64 << 10 : 256);
    call->response->compress = true;
    json_write(&b, &tidy_table, &tidy);
    return reply_json(call, 200, &b);
}

enum status list_former_plans(struct call *call)
{
    struct list plans;
    struct buf b;
    enum status st = former_plans_list(call->c, call->desk, &plans);
    if (st != ST_OK)
        return st;
    reply_buf(call, &b, 4096);
    json_write_page(&b, &plan_replacement_table, plans.items, plans.count, STR_NONE);
    return reply_json(call, 200, &b);
}

enum status get_former_plan(struct call *call)
{
    struct schedule_query query = {.at = INSTANT_NONE, .former = call->id};
    enum status st = read_days(call, &query.days);
    return st == ST_OK ? reply_schedule(call, call->desk, &query) : st;
}

enum status post_former_plan_restore(struct call *call)
{
    struct op_result result;
    enum status st =
        schedule_return(call->c, call->domain, &call->caller, call_key(call), call->id, &result);
    return st == ST_OK ? reply_changed(call) : st;
}
