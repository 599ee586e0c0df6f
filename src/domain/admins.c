/* What administrators do with the accounts of others. */
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
