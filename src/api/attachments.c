/* Attachments of tasks: their records. The bytes are in content.c. */
#include "domain/attachments.h"

#include "api/page.h"

enum status list_attachments(struct call *call)
{
    if (!desk_task(call->desk, call->id))
        return fail(call->c, ST_NOT_FOUND, "", "there is no such task");
    struct attachment *items =
        ARENA_ARRAY(call->c->arena, struct attachment, (size_t)call->desk->attachment_count + 1);
    if (!items)
        return fail_memory(call->c);
    struct page page = {.items = items, .table = &attachment_table, .of = call->id};
    for (int32_t i = 0; i < call->desk->attachment_count; i++) {
        const struct attachment *a = &call->desk->attachments[i];
        if (instant_is_none(a->trashed) && id_eq(a->task_id, call->id))
            items[page.count++] = *a;
    }
    return reply_page(call, &page);
}

enum status get_attachment(struct call *call)
{
    const struct attachment *a = attachment_find(call->desk, call->part);
    if (!a || !id_eq(a->task_id, call->id))
        return fail(call->c, ST_NOT_FOUND, "", "there is no such attachment");
    return reply_versioned(call, 200, ENTITY_ATTACHMENT, a);
}

enum status post_attachment(struct call *call)
{
    struct op_result result;
    enum status st = attachment_create(call->c, call->domain, &call->caller, call_key(call),
                                       call->id, call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_attachment(struct call *call)
{
    struct op_result result;
    enum status st = attachment_delete(call->c, call->domain, &call->caller, call_key(call),
                                       call->id, call->part, call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status post_restore(struct call *call)
{
    struct op_result result;
    enum status st = attachment_restore(call->c, call->domain, &call->caller, call_key(call),
                                        call->id, call->part, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}
