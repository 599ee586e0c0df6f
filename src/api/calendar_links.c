/* Secret links to the plan as a calendar, and what other programs get by them. */
#include "domain/calendar_links.h"

#include <stdio.h>
#include <string.h>

#include "api/forms.h"
#include "api/plan_ics.h"
#include "api/problem.h"
#include "api/state.h"

#define FOLDER "/feeds/"
#define ENDING ".ics"

/* With the path that leads there; the token is derived, not stored. */
static enum status show(struct call *call, const struct calendar_link *link,
                        struct calendar_link_reply *out)
{
    struct buf path;
    char token[CALENDAR_TOKEN_LEN];
    calendar_link_token(call->domain, link->id, token);
    buf_init(&path, call->c->arena, 128, 128);
    buf_add_text(&path, FOLDER);
    buf_add(&path, token, sizeof token);
    buf_add_text(&path, ENDING);
    *out = (struct calendar_link_reply){link->id, buf_str(&path), link->created, link->version};
    return path.overflowed ? fail_memory(call->c) : ST_OK;
}

enum status list_calendar_links(struct call *call)
{
    const struct desk *desk = call->desk;
    struct calendar_link_reply items[CALENDAR_LINKS_MAX];
    enum status st = ST_OK;
    struct buf b;
    int32_t n = 0;
    for (; st == ST_OK && n < desk->calendar_link_count && n < CALENDAR_LINKS_MAX; n++)
        st = show(call, &desk->calendar_links[n], &items[n]);
    if (st != ST_OK)
        return st;
    reply_buf(call, &b, 1024);
    json_write_page(&b, &calendar_link_reply_table, items, n, STR_NONE);
    return reply_json(call, 200, &b);
}

enum status post_calendar_link(struct call *call)
{
    struct op_result result;
    enum status st =
        calendar_link_create(call->c, call->domain, &call->caller, call_key(call), &result);
    struct calendar_link_reply reply;
    if (st == ST_OK)
        st = show(call, result.shown[0].entity, &reply);
    if (st != ST_OK)
        return st;
    reply_tag(call, reply.version);
    return reply_entity(call, 201, &calendar_link_reply_table, &reply);
}

enum status delete_calendar_link(struct call *call)
{
    struct op_result result;
    enum status st = calendar_link_delete(call->c, call->domain, &call->caller, call_key(call),
                                          call->id, call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

/* ---- what the link gives ---- */

static enum status write_calendar(const struct api *api, struct request *request, struct id user,
                                  struct response *response)
{
    const struct domain *d = api->config.domain;
    struct ctx *c = request->ctx;
    const struct desk *desk;
    struct buf b;
    char tag[32];
    enum status st = store_get_desk(c, d->store, user, &desk);
    if (st != ST_OK)
        return st;
    buf_init(&b, c->arena, 64 << 10, PLAN_ICS_MAX);
    plan_ics_write(&b, desk, clock_now(&d->clock));
    int len = snprintf(tag, sizeof tag, "\"%lld\"", (long long)desk->rev);
    store_release_desk(d->store, desk);
    if (b.overflowed)
        return fail_memory(c);
    response->etag = str_copy(c->arena, (struct str){tag, (size_t)len});
    response->cache = CACHE_REVALIDATE;
    response_body(response, 200, CALENDAR_TYPE "; charset=utf-8", buf_str(&b));
    response_header(response, "Content-Disposition", STR_LIT("inline; filename=\"plan.ics\""));
    return ST_OK;
}

/* Whoever has the link may read; there is nothing else to show who asks. */
void plan_calendar(struct request *request, struct response *response)
{
    const struct route_data *data = request->route->data;
    struct str name = request_segment(request, "name");
    struct id user;
    const size_t ending = sizeof ENDING - 1;
    enum status st = ST_NOT_FOUND;
    if (name.len == CALENDAR_TOKEN_LEN + ending &&
        memcmp(name.data + CALENDAR_TOKEN_LEN, ENDING, ending) == 0)
        st = calendar_link_find(request->ctx, data->api->config.domain,
                                (struct str){name.data, CALENDAR_TOKEN_LEN}, &user);
    if (st == ST_OK)
        st = write_calendar(data->api, request, user, response);
    if (st == ST_NOT_FOUND) {
        ctx_forgive(request->ctx);
        (void)!fail(request->ctx, ST_NOT_FOUND, "", "there is no such calendar, or no longer");
    }
    if (st != ST_OK) {
        api_log_fault(data->api, request, st);
        problem_write(request, response, st);
    }
}
