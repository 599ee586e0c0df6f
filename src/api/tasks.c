#include "domain/tasks.h"

#include "api/api.h"
#include "api/forms.h"
#include "api/page.h"

static bool has_state(const struct page *page, const void *item)
{
    return ((const struct task *)item)->state == (unsigned)page->state;
}

/* −1: all. */
static enum status read_state(struct call *call, int *out)
{
    static const char *const names[] = {"open", "done", "dropped"};
    struct str text = request_param(call->request, "state");
    *out = -1;
    if (!text.data || str_eq(text, STR_LIT("all")))
        return ST_OK;
    for (int i = 0; i < 3; i++) {
        if (str_eq(text, str_of(names[i]))) {
            *out = i;
            return ST_OK;
        }
    }
    return fail_as(call->c, ST_INVALID, "?state", "choice", "must be open, done, dropped or all");
}

enum status list_tasks(struct call *call)
{
    int state;
    enum status st = read_state(call, &state);
    if (st != ST_OK)
        return st;
    return reply_page(call, &(struct page){.items = call->desk->tasks,
                                           .count = call->desk->task_count,
                                           .table = &task_table,
                                           .keep = state < 0 ? NULL : has_state,
                                           .state = state});
}

enum status list_courses(struct call *call)
{
    return reply_page(call, &(struct page){.items = call->desk->courses,
                                           .count = call->desk->course_count,
                                           .table = &course_table});
}

enum status get_task(struct call *call)
{
    return reply_found(call, ENTITY_TASK);
}

enum status get_course(struct call *call)
{
    return reply_found(call, ENTITY_COURSE);
}

enum status post_task(struct call *call)
{
    struct op_result result;
    enum status st =
        task_create(call->c, call->domain, &call->caller, call_key(call), call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status patch_task(struct call *call)
{
    struct op_result result;
    enum status st = task_update(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_task(struct call *call)
{
    struct op_result result;
    enum status st = task_delete(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

/* All the tasks that an operation shows. */
static enum status reply_tasks(struct call *call, const struct op_result *result)
{
    struct buf b;
    reply_buf(call, &b, 4096);
    buf_add_text(&b, "{\"items\":[");
    for (int32_t i = 0; i < result->shown_count; i++) {
        if (i)
            buf_add_char(&b, ',');
        json_write(&b, &task_table, result->shown[i].entity);
    }
    buf_add_text(&b, "],\"next\":null}");
    return reply_json(call, 200, &b);
}

enum status post_complete(struct call *call)
{
    const struct completion_form *form = call->body;
    struct op_result result;
    enum status st =
        tasks_complete(call->c, call->domain, &call->caller, call_key(call), form->ids.items,
                       form->ids.count, (enum task_state)form->state, &result);
    return st == ST_OK ? reply_tasks(call, &result) : st;
}

enum status post_delete(struct call *call)
{
    const struct task_deletion_form *form = call->body;
    struct seen_task *tasks = form->tasks.items;
    struct op_result result;
    for (int32_t i = 0; i < form->tasks.count; i++)
        tasks[i].version = tasks[i].version ? tasks[i].version : -1;
    enum status st = tasks_delete(call->c, call->domain, &call->caller, call_key(call), tasks,
                                  form->tasks.count, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status post_task_restore(struct call *call)
{
    const struct undelete_form *form = call->body;
    struct op_result result;
    enum status st = tasks_restore(call->c, call->domain, &call->caller, call_key(call),
                                   form->deletion, &result);
    return st == ST_OK ? reply_tasks(call, &result) : st;
}

enum status post_course(struct call *call)
{
    struct op_result result;
    enum status st =
        course_create(call->c, call->domain, &call->caller, call_key(call), call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status patch_course(struct call *call)
{
    struct op_result result;
    enum status st = course_update(call->c, call->domain, &call->caller, call_key(call), call->id,
                                   call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_course(struct call *call)
{
    struct op_result result;
    struct str tasks = request_param(call->request, "tasks");
    bool with_tasks = tasks.data && str_eq(tasks, STR_LIT("delete"));
    if (tasks.data && !with_tasks && !str_eq(tasks, STR_LIT("keep")))
        return fail_as(call->c, ST_INVALID, "?tasks", "choice", "must be keep or delete");
    enum status st = course_delete(call->c, call->domain, &call->caller, call_key(call), call->id,
                                   call->version, with_tasks, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status post_course_restore(struct call *call)
{
    const struct undelete_form *form = call->body;
    struct op_result result;
    enum status st = course_restore(call->c, call->domain, &call->caller, call_key(call), call->id,
                                    form->deletion, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}
