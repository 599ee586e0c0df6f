#include "domain/notifications.h"

#include "api/api.h"
#include "api/forms.h"

static enum status reply_notifications(struct call *call, const struct desk *desk)
{
    struct notifications notifications;
    enum status st =
        notifications_read(call->c, call->domain, &call->account, desk, &notifications);
    return st == ST_OK ? reply_entity(call, 200, &notifications_table, &notifications) : st;
}

enum status get_notifications(struct call *call)
{
    return reply_notifications(call, call->desk);
}

/* As they are after it. */
enum status post_notification_marks(struct call *call)
{
    const struct marking_form *form = call->body;
    struct op_result result;
    const struct desk *desk = NULL;
    enum status st =
        notifications_mark(call->c, call->domain, &call->caller, call_key(call), form->ids.items,
                           form->ids.count, (enum notification_state)form->state, &result);
    if (st == ST_OK)
        st = store_get_desk(call->c, call->domain->store, call->caller.user, &desk);
    if (st == ST_OK)
        st = reply_notifications(call, desk);
    store_release_desk(call->domain->store, desk);
    return st;
}
