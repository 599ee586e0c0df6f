#include "domain/work.h"

#include "api/api.h"
#include "api/forms.h"
#include "api/page.h"

static bool is_of_task(const struct page *page, const void *item)
{
    const struct task *task = page->arg;
    return id_eq(((const struct work_entry *)item)->task_id, task->id);
}

enum status list_task_work(struct call *call)
{
    const struct task *task = desk_task(call->desk, call->id);
    if (!task)
        return fail(call->c, ST_NOT_FOUND, "", "there is nothing of that id");
    return reply_page(call, &(struct page){.items = call->desk->works,
                                           .count = call->desk->work_count,
                                           .table = &work_entry_table,
                                           .keep = is_of_task,
                                           .state = task - call->desk->tasks,
                                           .arg = task});
}

static bool is_since(const struct page *page, const void *item)
{
    const struct work_entry *w = item;
    return w->state == WORK_RUNNING || w->end.ms > page->state;
}

enum status list_work(struct call *call)
{
    struct instant since;
    enum status st = query_instant(call, "since", &since);
    if (st != ST_OK)
        return st;
    return reply_page(call, &(struct page){.items = call->desk->works,
                                           .count = call->desk->work_count,
                                           .table = &work_entry_table,
                                           .keep = is_since,
                                           .state = since.ms});
}

enum status get_work(struct call *call)
{
    return reply_found(call, ENTITY_WORK);
}

enum status post_task_work(struct call *call)
{
    struct op_result result;
    enum status st = work_log(call->c, call->domain, &call->caller, call_key(call), call->id,
                              call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status patch_work(struct call *call)
{
    struct op_result result;
    enum status st = work_update(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_work(struct call *call)
{
    struct op_result result;
    enum status st = work_delete(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status get_timer(struct call *call)
{
    struct timer_state state;
    const struct work_entry *timer = work_timer(call->desk);
    entity_init(&timer_state_table, &state);
    state.now = clock_now(&call->domain->clock);
    state.forgotten_min = timer ? work_forgotten_after(timer) : I32_NONE;
    struct work_entry copy;
    if (timer) {
        copy = *timer;
        state.work.at = &copy;
    }
    return reply_entity(call, 200, &timer_state_table, &state);
}

enum status post_timer_start(struct call *call)
{
    const struct timer_start_form *form = call->body;
    const struct timer_start start = {form->task_id, form->focus_min, form->break_min};
    struct op_result result;
    enum status st =
        timer_start(call->c, call->domain, &call->caller, call_key(call), &start, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_timer_pause(struct call *call)
{
    const struct timer_stop_form *form = call->body;
    struct op_result result;
    enum status st =
        timer_pause(call->c, call->domain, &call->caller, call_key(call), form->minutes, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_timer_resume(struct call *call)
{
    struct op_result result;
    enum status st = timer_resume(call->c, call->domain, &call->caller, call_key(call), &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status post_timer_stop(struct call *call)
{
    const struct timer_stop_form *form = call->body;
    struct op_result result;
    enum status st =
        timer_stop(call->c, call->domain, &call->caller, call_key(call), form->minutes, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}
