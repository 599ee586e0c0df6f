/* For administrators: accounts, invitations. Sizes and counts, never what is in an account. */
#include "domain/admins.h"

#include "api/api.h"
#include "api/forms.h"
#include "api/page.h"

enum { SEARCH_MAX = 254 };

enum status get_registration(struct call *call)
{
    const struct policy *policy = &call->domain->policy;
    const struct registration_reply reply = {.registration = policy->registration,
                                             .guests = !policy->no_guests};
    return reply_entity(call, 200, &registration_table, &reply);
}

/* Addresses are found by their lower-case form. */
static enum status lower(struct call *call, struct str text, struct str *out)
{
    if (text.len > SEARCH_MAX)
        return fail_as(call->c, ST_INVALID, "?search", "too_long", "at most %d bytes", SEARCH_MAX);
    char *copy = arena_copy(call->c->arena, text.data ? text.data : "", text.len);
    if (!copy)
        return fail_memory(call->c);
    for (size_t i = 0; i < text.len; i++)
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] = (char)(copy[i] - 'A' + 'a');
    *out = (struct str){copy, text.len};
    return ST_OK;
}

enum status list_people(struct call *call)
{
    int64_t limit;
    struct id cursor;
    struct str search;
    struct person *items;
    int32_t count;
    enum status st = page_query(call, &limit, &cursor);
    if (st == ST_OK)
        st = lower(call, request_param(call->request, "search"), &search);
    if (st == ST_OK)
        st = store_list_people(call->c, call->domain->store, cursor, search, (int32_t)limit + 1,
                               &items, &count);
    return st == ST_OK ? reply_items(call, &person_table, items, count, limit) : st;
}

enum status patch_person(struct call *call)
{
    enum status st =
        admin_change(call->c, call->domain, &call->caller, call->id, call->body, call->present);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status list_invitations(struct call *call)
{
    int64_t limit;
    struct id cursor;
    struct invitation *items;
    int32_t count;
    enum status st = page_query(call, &limit, &cursor);
    if (st == ST_OK)
        st = store_list_invitations(call->c, call->domain->store, cursor,
                                    clock_now(&call->domain->clock), (int32_t)limit + 1, &items,
                                    &count);
    return st == ST_OK ? reply_items(call, &invitation_table, items, count, limit) : st;
}

enum status post_invitation(struct call *call)
{
    const struct invitation_form *form = call->body;
    struct invitation made;
    struct str token;
    enum status st = admin_invite(call->c, call->domain, &call->caller, ID_NONE, form->note,
                                  form->admin, form->days, &made, &token);
    if (st != ST_OK)
        return st;
    const struct invitation_made reply = {.id = made.id,
                                          .token = token,
                                          .note = made.note,
                                          .admin = made.admin,
                                          .expires = made.expires};
    return reply_entity(call, 201, &invitation_made_table, &reply);
}

enum status delete_invitation(struct call *call)
{
    enum status st = store_end_invitation(call->c, call->domain->store, call->id);
    if (st == ST_NOT_FOUND)
        return fail(call->c, ST_NOT_FOUND, "", "there is no such invitation");
    return st == ST_OK ? reply_nothing(call) : st;
}
