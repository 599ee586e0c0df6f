#include <inttypes.h>
#include <stdio.h>

#include "api/api.h"

void reply_buf(struct call *call, struct buf *b, size_t first)
{
    buf_init(b, call->c->arena, first, REPLY_MAX);
}

enum status reply_json(struct call *call, int status, struct buf *body)
{
    if (body->overflowed)
        return fail_memory(call->c);
    response_body(call->response, status, "application/json", buf_str(body));
    return ST_OK;
}

enum status reply_entity(struct call *call, int status, const struct table *t, const void *entity)
{
    struct buf b;
    reply_buf(call, &b, 1024);
    json_write(&b, t, entity);
    return reply_json(call, status, &b);
}

void reply_tag(struct call *call, int64_t version)
{
    char tag[24];
    int n = snprintf(tag, sizeof tag, "\"%" PRId64 "\"", version);
    call->response->etag = str_copy(call->c->arena, (struct str){tag, (size_t)n});
    call->response->cache = CACHE_REVALIDATE;
}

enum status reply_versioned(struct call *call, int status, enum entity_kind kind,
                            const void *entity)
{
    reply_tag(call, entity_version(kind, entity));
    return reply_entity(call, status, entity_table(kind), entity);
}

enum status reply_found(struct call *call, enum entity_kind kind)
{
    const void *entity = desk_entity(call->desk, kind, call->id);
    if (!entity)
        return fail(call->c, ST_NOT_FOUND, "", "there is nothing of that id");
    return reply_versioned(call, 200, kind, entity);
}

enum status reply_result(struct call *call, const struct op_result *result)
{
    int status = result->outcome == OP_CREATED ? 201 : 200;
    if (result->shown_count == 0)
        return reply_nothing(call);
    const struct change *shown = &result->shown[0];
    return reply_versioned(call, status, shown->kind, shown->entity);
}

enum status reply_nothing(struct call *call)
{
    response_body(call->response, 204, NULL, STR_NONE);
    return ST_OK;
}
