/* Calendars of others: files, what stands in them, and what becomes of it. */
#include "domain/feeds.h"

#include <stdatomic.h>

#include "api/api.h"
#include "api/forms.h"
#include "api/page.h"
#include "base/arena.h"

enum { READ_RETRY_S = 2, NAME_BYTES_MAX = 255 };

enum status list_feeds(struct call *call)
{
    return reply_page(call, &(struct page){.items = call->desk->feeds,
                                           .count = call->desk->feed_count,
                                           .table = &feed_table});
}

enum status get_feed(struct call *call)
{
    return reply_found(call, ENTITY_FEED);
}

enum status list_feed_items(struct call *call)
{
    const struct desk *desk = call->desk;
    if (!desk_feed(desk, call->id))
        return fail(call->c, ST_NOT_FOUND, "", "there is no such calendar");
    struct feed_item *items =
        ARENA_ARRAY(call->c->arena, struct feed_item, (size_t)desk->feed_item_count + 1);
    if (!items)
        return fail_memory(call->c);
    struct page page = {.items = items, .table = &feed_item_table, .of = call->id};
    for (int32_t i = 0; i < desk->feed_item_count; i++)
        if (id_eq(desk->feed_items[i].feed_id, call->id))
            items[page.count++] = desk->feed_items[i];
    return reply_page(call, &page);
}

enum status patch_feed(struct call *call)
{
    struct op_result result;
    enum status st = feed_update(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_feed(struct call *call)
{
    struct op_result result;
    enum status st = feed_delete(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status post_feed_review(struct call *call)
{
    const struct feed_review_form *form = call->body;
    const struct feed_review review = {.take = form->take.items,
                                       .take_count = form->take.count,
                                       .leave = form->leave.items,
                                       .leave_count = form->leave.count,
                                       .reopen = form->reopen.items,
                                       .reopen_count = form->reopen.count};
    struct op_result result;
    enum status st = feed_decide(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 &review, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_feed_review_restore(struct call *call)
{
    const struct feed_undo_form *form = call->body;
    struct op_result result;
    enum status st = feed_review_restore(call->c, call->domain, &call->caller, call_key(call),
                                         call->id, form->review, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_feed(struct call *call)
{
    const struct link_form *form = call->body;
    struct op_result result;
    enum status st = feed_follow(call->c, call->domain, &call->caller, call_key(call), form->url,
                                 form->name, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_feed_refresh(struct call *call)
{
    struct op_result result;
    enum status st =
        feed_refresh(call->c, call->domain, &call->caller, call_key(call), call->id, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

/* Reads with memory of its own; what is shown is kept in the request's. */
static enum status read_file(struct call *call, struct op_result *result, struct change *shown)
{
    struct arena arena;
    struct arena *request = call->c->arena;
    struct feed *feed = ARENA_NEW(request, struct feed);
    if (!feed)
        return fail_memory(call->c);
    arena_init(&arena, FEED_READ_MEMORY);
    call->c->arena = &arena;
    enum status st =
        feed_read_file(call->c, call->domain, &call->caller, call_key(call),
                       request_param(call->request, "name"), call->request->body, result);
    call->c->arena = request;
    if (st == ST_OK && !entity_copy(&feed_table, request, feed, result->shown[0].entity))
        st = fail_memory(call->c);
    *shown = (struct change){ENTITY_FEED, feed->id, feed};
    result->shown = shown;
    arena_release(&arena);
    return st;
}

/* It takes much memory for a short time: one at a time. */
enum status post_feed_file(struct call *call)
{
    static atomic_flag reading = ATOMIC_FLAG_INIT;
    struct str type = request_header(call->request, "Content-Type");
    struct op_result result = {0};
    struct change shown;
    if (!str_eq_nocase(str_trim(str_cut(&type, ';')), STR_LIT(CALENDAR_TYPE))) {
        response_problem(call->request, call->response, 415, "content_type",
                         "send the calendar as " CALENDAR_TYPE);
        return ST_OK;
    }
    if (request_param(call->request, "name").len > NAME_BYTES_MAX)
        return fail_as(call->c, ST_INVALID, "?name", "too_long", "is longer than a file's name");
    if (atomic_flag_test_and_set(&reading)) {
        call->c->retry_after_s = READ_RETRY_S;
        return fail(call->c, ST_UNAVAILABLE, "", "another calendar is being read");
    }
    enum status st = read_file(call, &result, &shown);
    atomic_flag_clear(&reading);
    return st == ST_OK ? reply_result(call, &result) : st;
}
