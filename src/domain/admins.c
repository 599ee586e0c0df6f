/* What administrators do with the accounts of others. */
#include "domain/admins.h"
#include "domain/account_parts.h"
#include "domain/audit.h"

static const struct whence by_command = {{"studybunny user", 15}, {NULL, 0}};

static enum status named_user(struct ctx *c, const struct domain *d, struct str email,
                              struct account *out)
{
    enum status st = account_find_user(c, d, email, out);
    if (st != ST_NOT_FOUND)
        return st;
    ctx_forgive(c);
    return fail(c, ST_NOT_FOUND, "email", "there is no account with this e-mail address");
}

enum status account_create_user(struct ctx *c, const struct domain *d, struct str email,
                                struct str password, struct account *out)
{
    struct sign_up u = {.id = domain_new_id(d)};
    enum status st = account_check_sign_up(c, email, password, &u);
    if (st == ST_OK)
        st = account_make_user(c, d, false, false, &u, password, out);
    if (st == ST_OK)
        audit_note(c, d, out->id, AUDIT_SIGNED_UP, AUDIT_BY_ADMIN, &by_command);
    return st;
}

enum status account_make_token(struct ctx *c, const struct domain *d, struct str email,
                               struct sign_in_result *out)
{
    enum status st = named_user(c, d, email, &out->account);
    if (st == ST_OK)
        st = session_begin(c, d, NULL, SESSION_TOKEN, out);
    if (st == ST_OK)
        audit_note(c, d, out->account.id, AUDIT_TOKEN_MADE, AUDIT_BY_ADMIN, &by_command);
    return st;
}

static enum status decide_reset(struct ctx *c, struct account *a, void *arg)
{
    const struct str *password_hash = arg;
    (void)c;
    a->password_hash = *password_hash;
    a->session_epoch++;
    return ST_OK;
}

enum status account_reset_password(struct ctx *c, const struct domain *d, struct str email,
                                   struct str password)
{
    struct account a;
    struct str password_hash;
    enum status st = account_check_password(c, password);
    if (st == ST_OK)
        st = named_user(c, d, email, &a);
    if (st == ST_OK)
        st = account_hash_password(c, d, password, &password_hash);
    if (st == ST_OK)
        st = account_change(c, d, a.id, decide_reset, &password_hash, &a);
    if (st == ST_OK)
        audit_note(c, d, a.id, AUDIT_PASSWORD_CHANGED, AUDIT_BY_ADMIN, &by_command);
    return st;
}

/* ---- accounts of others ---- */

static const struct id first_link = {{[6] = 0x70, [8] = 0x80, [15] = 1}};

void admin_end_first_link(struct ctx *c, const struct domain *d)
{
    struct ctx own = {.arena = c->arena};
    (void)!store_end_invitation(&own, d->store, first_link);
}

struct administration {
    const struct person *patch;
    bool admin, disabled, storage; /* which of them are given */
    struct instant now;
    struct account before;
};

static enum status decide_administer(struct ctx *c, struct account *a, void *arg)
{
    struct administration *w = arg;
    w->before = *a;
    if (w->admin && w->patch->admin && a->kind == ACCOUNT_GUEST)
        return fail_as(c, ST_INVALID, "admin", "guest_admin", "a guest has to sign up first");
    if (w->admin)
        a->admin = w->patch->admin;
    if (w->storage)
        a->storage_mib = w->patch->storage_mib;
    if (!w->disabled)
        return ST_OK;
    bool was = !instant_is_none(a->disabled);
    a->disabled = w->patch->disabled ? (was ? a->disabled : w->now) : INSTANT_NONE;
    a->session_epoch += w->patch->disabled && !was;
    return ST_OK;
}

static void note_change(struct ctx *c, const struct domain *d, const struct account *before,
                        const struct account *after, const struct whence *from)
{
    bool was = !instant_is_none(before->disabled), is = !instant_is_none(after->disabled);
    const struct {
        bool happened;
        enum audit_kind kind;
    } kinds[] = {
        {!before->admin && after->admin, AUDIT_ADMIN_GIVEN},
        {before->admin && !after->admin, AUDIT_ADMIN_TAKEN},
        {!was && is, AUDIT_DISABLED},
        {was && !is, AUDIT_ENABLED},
        {before->storage_mib != after->storage_mib, AUDIT_STORAGE_CHANGED},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].happened)
            audit_note(c, d, after->id, kinds[i].kind, AUDIT_BY_ADMIN, from);
    if (after->admin)
        admin_end_first_link(c, d);
}

static enum status administer(struct ctx *c, const struct domain *d, struct id id,
                              struct administration *w, const struct whence *from)
{
    struct account after;
    w->now = clock_now(&d->clock);
    enum status st = account_change(c, d, id, decide_administer, w, &after);
    if (st == ST_NOT_FOUND) {
        ctx_forgive(c);
        return fail(c, ST_NOT_FOUND, "", "there is no such account");
    }
    if (st == ST_OK)
        note_change(c, d, &w->before, &after, from);
    return st;
}

static bool is_given(field_set set, const char *name)
{
    return set >> table_find(&person_table, str_of(name)) & 1;
}

enum status admin_change(struct ctx *c, const struct domain *d, const struct caller *caller,
                         struct id id, const struct person *patch, field_set set)
{
    struct administration w = {.patch = patch,
                               .admin = is_given(set, "admin"),
                               .disabled = is_given(set, "disabled"),
                               .storage = is_given(set, "storage_mib")};
    if (id_eq(id, caller->user) && ((w.admin && !patch->admin) || (w.disabled && patch->disabled)))
        return fail_as(c, ST_DENIED, w.admin ? "admin" : "disabled", "yourself",
                       "another administrator has to do that, so that one always remains");
    return administer(c, d, id, &w, &caller->from);
}

enum status admin_appoint(struct ctx *c, const struct domain *d, struct str email, bool admin)
{
    struct account a;
    const struct person patch = {.admin = admin};
    struct administration w = {.patch = &patch, .admin = true};
    enum status st = named_user(c, d, email, &a);
    return st == ST_OK ? administer(c, d, a.id, &w, &by_command) : st;
}

/* ---- invitations ---- */

enum status admin_invite(struct ctx *c, const struct domain *d, const struct caller *caller,
                         struct id id, struct str note, bool admin, int32_t days,
                         struct invitation *out, struct str *token)
{
    uint8_t secret[TOKEN_BYTES];
    struct instant now = clock_now(&d->clock);
    random_fill(&d->random, secret, sizeof secret);
    *token = token_text(c->arena, secret);
    if (!token->data)
        return fail_memory(c);
    *out = (struct invitation){.id = id_is_none(id) ? domain_new_id(d) : id,
                               .token_hash = account_token_hash(d, *token),
                               .note = note.data ? note : STR_LIT(""),
                               .admin = admin,
                               .created = now,
                               .expires = instant_days_after(now, days)};
    enum status st = store_put_invitation(c, d->store, out);
    if (st == ST_OK && caller)
        audit_note(c, d, caller->user, AUDIT_INVITED, AUDIT_BY_OWNER, &caller->from);
    return st;
}

enum status admin_first_link(struct ctx *c, const struct domain *d, struct str *token)
{
    struct invitation made;
    bool there;
    *token = STR_NONE;
    enum status st = store_has_admin(c, d->store, &there);
    if (st != ST_OK || there)
        return st;
    return admin_invite(c, d, NULL, first_link, STR_NONE, true, FIRST_LINK_DAYS, &made, token);
}
