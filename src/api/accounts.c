#include "domain/accounts.h"

#include "api/api.h"
#include "api/forms.h"
#include "api/limits.h"
#include "api/page.h"
#include "api/state.h"
#include "domain/attachments.h"
#include "domain/audit.h"
#include "domain/tasks.h"

/* Shows an account; `desk` may be NULL for one that was made just now. */
static enum status reply_me(struct call *call, int status, const struct account *account,
                            const struct desk *desk)
{
    struct usage tasks = {.used = desk ? desk->task_count : 0,
                          .limit = task_quota((enum account_kind)account->kind)};
    struct usage events = {.used = desk ? desk->event_count : 0, .limit = EVENTS_MAX};
    struct storage here = desk ? storage_used(desk) : (struct storage){0};
    struct storage most = storage_quota((enum account_kind)account->kind, account->storage_mib);
    struct usage attachments = {here.files, most.files};
    struct usage bytes = {here.bytes, most.bytes};
    struct quota quota = {
        .tasks = {&tasks}, .events = {&events}, .attachments = {&attachments}, .bytes = {&bytes}};
    struct me me = {.id = account->id,
                    .kind = account->kind,
                    .email = account->email,
                    .created = account->created,
                    .expires = account->expires,
                    .admin = account->admin,
                    .rev = desk ? desk->rev : 0,
                    .quota = {&quota}};
    return reply_entity(call, status, &me_table, &me);
}

static enum status reply_signed_in(struct call *call, int status,
                                   const struct sign_in_result *result)
{
    const struct desk *desk;
    enum status st = store_get_desk(call->c, call->domain->store, result->account.id, &desk);
    if (st != ST_OK)
        return st;
    if (result->token.data)
        set_session_cookie(call, result->token, result->expires);
    st = reply_me(call, status, &result->account, desk);
    store_release_desk(call->domain->store, desk);
    return st;
}

enum status post_guest(struct call *call)
{
    struct sign_in_result result;
    enum status st = limits_guest(call);
    if (st == ST_OK)
        st = account_create_guest(call->c, call->domain, call_key(call), &result);
    return st == ST_OK ? reply_signed_in(call, 201, &result) : st;
}

enum status post_account(struct call *call)
{
    const struct credentials *form = call->body;
    struct sign_in_result result;
    enum status st = limits_sign_in(call, form->email);
    if (st == ST_OK)
        st = account_sign_up(call->c, call->domain, &call->caller, call_key(call), form->email,
                             form->password, form->invitation, &result);
    return st == ST_OK ? reply_signed_in(call, 201, &result) : st;
}

enum status post_session(struct call *call)
{
    const struct sign_in_form *form = call->body;
    struct sign_in_result result;
    enum status st = limits_sign_in(call, form->email);
    if (st == ST_OK)
        st = account_sign_in(call->c, call->domain, &call->caller, (enum guest_fate)form->guest,
                             call_key(call), form->email, form->password, &result);
    if (st == ST_OK)
        page_cache_forget(call->api->pages, call->caller.user);
    return st == ST_OK ? reply_signed_in(call, 200, &result) : st;
}

enum status delete_session(struct call *call)
{
    struct str text = request_param(call->request, "everywhere");
    bool everywhere = text.data && str_eq(text, STR_LIT("true"));
    if (text.data && !everywhere && !str_eq(text, STR_LIT("false")))
        return fail_as(call->c, ST_INVALID, "?everywhere", "type", "must be true or false");
    enum status st = note_end(call);
    if (st == ST_OK)
        st = account_sign_out(call->c, call->domain, &call->caller, call->session.token_hash,
                              everywhere);
    if (st != ST_OK)
        return st;
    clear_session_cookie(call);
    return reply_nothing(call);
}

enum status get_me(struct call *call)
{
    return reply_me(call, 200, &call->account, call->desk);
}

enum status patch_me(struct call *call)
{
    const struct me_patch *form = call->body;
    const int32_t email_at = table_find(&me_patch_table, STR_LIT("email"));
    const int32_t password_at = table_find(&me_patch_table, STR_LIT("password"));
    struct str email = call->present >> email_at & 1 ? form->email : STR_NONE;
    struct str password = call->present >> password_at & 1 ? form->password : STR_NONE;
    struct sign_in_result result;
    enum status st = limits_sign_in(call, call->account.login_key);
    if (st == ST_OK)
        st = account_update(call->c, call->domain, &call->caller, call_key(call),
                            call->session.token_hash, email, password, form->current_password,
                            &result);
    return st == ST_OK ? reply_signed_in(call, 200, &result) : st;
}

enum status list_audit(struct call *call)
{
    int64_t limit;
    struct id cursor;
    struct audit_entry *items;
    int32_t count;
    enum status st = page_query(call, &limit, &cursor);
    if (st == ST_OK)
        st = audit_list(call->c, call->domain, &call->caller, cursor, (int32_t)limit + 1, &items,
                        &count);
    return st == ST_OK ? reply_items(call, &audit_entry_table, items, count, limit) : st;
}

enum status delete_me(struct call *call)
{
    enum status st = note_end(call);
    if (st == ST_OK)
        st = account_erase(call->c, call->domain, &call->caller);
    if (st != ST_OK)
        return st;
    page_cache_forget(call->api->pages, call->caller.user);
    clear_session_cookie(call);
    return reply_nothing(call);
}
