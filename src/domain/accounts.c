#include "domain/accounts.h"

#include "domain/account_parts.h"
#include "domain/admins.h"
#include "domain/attachments.h"
#include "domain/audit.h"
#include "domain/guests.h"
#include "domain/repeats.h"

#include <string.h>

enum { TRIES = 8, FIRST_EPOCH = 1 };

/* ---- what may be given ---- */

static bool email_is_sound(struct str s)
{
    size_t at = 0;
    int ats = 0;
    if (s.len == 0 || s.len > EMAIL_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.data[i];
        if (ch <= ' ' || ch == 0x7f)
            return false;
        if (ch == '@') {
            at = i;
            ats++;
        }
    }
    return ats == 1 && at > 0 && at + 1 < s.len;
}

static enum status check_email(struct ctx *c, struct str *email)
{
    *email = str_trim(*email);
    if (email_is_sound(*email))
        return ST_OK;
    return fail_as(c, ST_INVALID, "email", "format",
                   "an e-mail address has the form name@domain and at most %d bytes", EMAIL_MAX);
}

enum status account_check_password(struct ctx *c, struct str password)
{
    size_t count = utf8_count(password);
    if (count < PASSWORD_MIN)
        return fail_as(c, ST_INVALID, "password", "too_short", "at least %d characters",
                       PASSWORD_MIN);
    if (count > PASSWORD_MAX)
        return fail_as(c, ST_INVALID, "password", "too_long", "at most %d characters",
                       PASSWORD_MAX);
    return ST_OK;
}

/* Only ASCII letters lose their case: what others fold to is a matter of language. */
static enum status login_key_of(struct ctx *c, struct str email, struct str *out)
{
    char *key = arena_copy(c->arena, email.data, email.len);
    if (!key)
        return fail_memory(c);
    for (size_t i = 0; i < email.len; i++)
        if (key[i] >= 'A' && key[i] <= 'Z')
            key[i] = (char)(key[i] - 'A' + 'a');
    *out = (struct str){key, email.len};
    return ST_OK;
}

enum status account_hash_password(struct ctx *c, const struct domain *d, struct str password,
                                  struct str *out)
{
    return d->passwords.hash(d->passwords.self, c, password, out);
}

enum status account_check_enabled(struct ctx *c, const struct account *a)
{
    return instant_is_none(a->disabled) ? ST_OK
                                        : fail_as(c, ST_DENIED, "", "disabled",
                                                  "an administrator switched this account off");
}

/* The store's words for a taken login key say nothing to the user. */
static enum status email_in_use(struct ctx *c)
{
    ctx_forgive(c);
    return fail_as(c, ST_CONFLICT, "email", "email_in_use",
                   "there is an account with this e-mail address");
}

/* ---- changing an account ---- */

enum status account_change(struct ctx *c, const struct domain *d, struct id id,
                           change_decide *decide, void *arg, struct account *out)
{
    for (int i = 0; i < TRIES; i++) {
        enum status st = store_account_by_id(c, d->store, id, out);
        if (st == ST_OK)
            st = decide(c, out, arg);
        if (st != ST_OK)
            return st;
        st = store_update_account(c, d->store, out);
        if (st != ST_STALE)
            return st;
        ctx_forgive(c);
    }
    return fail(c, ST_UNAVAILABLE, "", "the account is being changed by many at once");
}

/* ---- guests ---- */

/* Stores a new account. ST_CONFLICT: the address is taken, or another request with the same key was
 * faster and made this very account. */
static enum status create(struct ctx *c, const struct domain *d, struct account *a)
{
    struct settings settings;
    settings_init(&settings);
    a->session_epoch = FIRST_EPOCH;
    a->disabled = INSTANT_NONE;
    a->created = clock_now(&d->clock);
    a->version = 1;
    return store_create_account(c, d->store, a, &settings, a->created);
}

static enum status create_guest(struct ctx *c, const struct domain *d, struct id id,
                                struct account *out)
{
    static const char prefix[] = "guest:";
    char key[sizeof prefix - 1 + ID_TEXT_LEN];
    memcpy(key, prefix, sizeof prefix - 1);
    id_format(id, key + sizeof prefix - 1);
    *out = (struct account){.id = id,
                            .login_key = str_copy(c->arena, (struct str){key, sizeof key}),
                            .kind = ACCOUNT_GUEST,
                            .expires = instant_days_after(clock_now(&d->clock), GUEST_DAYS)};
    if (!out->login_key.data)
        return fail_memory(c);
    enum status st = create(c, d, out);
    if (st == ST_CONFLICT) {
        ctx_forgive(c);
        st = store_account_by_id(c, d->store, id, out);
    }
    return st;
}

enum status account_create_guest(struct ctx *c, const struct domain *d, const struct op_key *key,
                                 struct sign_in_result *out)
{
    struct id id = domain_new_id(d);
    if (d->policy.no_guests)
        return fail_as(c, ST_DENIED, "", "guests_off", "here one needs an account: sign up");
    enum status st = repeat_claim(c, d, "guest", key, &id);
    if (st == ST_OK)
        st = create_guest(c, d, id, &out->account);
    if (st != ST_OK)
        return st;
    if (out->account.kind != ACCOUNT_GUEST)
        return fail_as(c, ST_CONFLICT, "", "already_user",
                       "the guest has become a user since: sign in");
    return session_begin(c, d, key, SESSION_BROWSER, out);
}

/* ---- signing up and in ---- */

static enum status decide_become_user(struct ctx *c, struct account *a, void *arg)
{
    const struct sign_up *u = arg;
    if (a->kind != ACCOUNT_GUEST)
        return fail_as(c, ST_CONFLICT, "", "already_user", "the guest has become a user already");
    a->kind = ACCOUNT_USER;
    a->admin = u->admin;
    a->email = u->email;
    a->login_key = u->login_key;
    a->password_hash = u->password_hash;
    a->expires = INSTANT_NONE;
    a->session_epoch++;
    return ST_OK;
}

static enum status create_user(struct ctx *c, const struct domain *d, const struct sign_up *u,
                               struct account *out)
{
    *out = (struct account){.id = u->id,
                            .login_key = u->login_key,
                            .email = u->email,
                            .kind = ACCOUNT_USER,
                            .admin = u->admin,
                            .password_hash = u->password_hash,
                            .expires = INSTANT_NONE};
    return create(c, d, out);
}

static bool is_this_user(const struct account *a, const struct sign_up *u)
{
    return a->kind == ACCOUNT_USER && str_eq(a->login_key, u->login_key);
}

/* Makes the user u->id, or finds that an earlier request with the key did. */
enum status account_make_user(struct ctx *c, const struct domain *d, bool from_guest, bool keyed,
                              struct sign_up *u, struct str password, struct account *out)
{
    enum status st = account_hash_password(c, d, password, &u->password_hash);
    if (st != ST_OK)
        return st;
    if (from_guest)
        st = account_change(c, d, u->id, decide_become_user, u, out);
    else
        st = create_user(c, d, u, out);
    if (st != ST_CONFLICT)
        return st;

    struct ctx own = {.arena = c->arena};
    if (keyed && store_account_by_id(&own, d->store, u->id, out) == ST_OK && is_this_user(out, u)) {
        ctx_forgive(c);
        return ST_OK;
    }
    bool other = c->fault_count > 0 && strcmp(c->faults[0].code, "already_user") == 0;
    return other ? st : email_in_use(c);
}

/* Both faults are told at once. */
enum status account_check_sign_up(struct ctx *c, struct str email, struct str password,
                                  struct sign_up *u)
{
    enum status st = check_email(c, &email);
    enum status password_st = account_check_password(c, password);
    u->email = email;
    if (st == ST_OK)
        st = password_st;
    return st == ST_OK ? login_key_of(c, email, &u->login_key) : st;
}

static enum status refuse_uninvited(struct ctx *c, const struct domain *d)
{
    if (d->policy.registration == REGISTRATION_CLOSED)
        return fail_as(c, ST_DENIED, "", "closed", "no accounts are made here");
    if (d->policy.registration == REGISTRATION_INVITED)
        return fail_as(c, ST_DENIED, "", "invited_only", "one needs an invitation to sign up");
    return ST_OK;
}

/* Whether the user may be made; takes the invitation, which is good once. A repeat took it the
 * first time. */
static enum status admit(struct ctx *c, const struct domain *d, bool keyed, struct sign_up *u,
                         struct str invitation, struct invitation *used)
{
    struct ctx own = {.arena = c->arena};
    struct account there;
    if (keyed && store_account_by_id(&own, d->store, u->id, &there) == ST_OK &&
        is_this_user(&there, u))
        return ST_OK;
    if (!invitation.data || invitation.len == 0)
        return refuse_uninvited(c, d);
    enum status st = store_take_invitation(c, d->store, account_token_hash(d, invitation),
                                           clock_now(&d->clock), used);
    if (st == ST_NOT_FOUND)
        return fail_as(c, ST_CONFLICT, "invitation", "invitation",
                       "the link was used already, has expired, or is not whole");
    if (st != ST_OK)
        return st;
    u->admin = used->admin;
    return used->admin || d->policy.registration != REGISTRATION_CLOSED ? ST_OK
                                                                        : refuse_uninvited(c, d);
}

/* Nobody was made: it can be used again. */
static void give_back(struct ctx *c, const struct domain *d, const struct invitation *used)
{
    struct ctx own = {.arena = c->arena};
    if (!id_is_none(used->id))
        (void)!store_put_invitation(&own, d->store, used);
}

enum status account_sign_up(struct ctx *c, const struct domain *d, const struct caller *caller,
                            const struct op_key *key, struct str email, struct str password,
                            struct str invitation, struct sign_in_result *out)
{
    struct invitation used = {.id = ID_NONE};
    bool from_guest = !id_is_none(caller->user) && caller->kind == ACCOUNT_GUEST;
    struct sign_up u = {.id = from_guest ? caller->user : domain_new_id(d)};
    enum status st = account_check_sign_up(c, email, password, &u);
    if (st == ST_OK)
        st = repeat_claim(c, d, "sign_up", key, &u.id);
    /* The key may be that of another account's first request. */
    from_guest = from_guest && id_eq(u.id, caller->user);
    if (st == ST_OK)
        st = admit(c, d, key != NULL, &u, invitation, &used);
    if (st == ST_OK)
        st = account_make_user(c, d, from_guest, key != NULL, &u, password, &out->account);
    if (st != ST_OK)
        give_back(c, d, &used);
    else if (u.admin)
        admin_end_first_link(c, d);
    if (st == ST_OK)
        st = session_begin(c, d, key, SESSION_BROWSER, out);
    if (st == ST_OK && !out->repeated)
        audit_note(c, d, out->account.id, AUDIT_SIGNED_UP, AUDIT_BY_OWNER, &caller->from);
    return st;
}

enum status account_find_user(struct ctx *c, const struct domain *d, struct str email,
                              struct account *out)
{
    struct str login_key;
    email = str_trim(email);
    if (!email_is_sound(email))
        return ST_NOT_FOUND;
    enum status st = login_key_of(c, email, &login_key);
    if (st == ST_OK)
        st = store_account_by_login(c, d->store, login_key, out);
    return st == ST_OK && out->kind != ACCOUNT_USER ? ST_NOT_FOUND : st;
}

enum status account_sign_in(struct ctx *c, const struct domain *d, const struct caller *caller,
                            enum guest_fate fate, const struct op_key *key, struct str email,
                            struct str password, struct sign_in_result *out)
{
    enum status found = account_find_user(c, d, email, &out->account);
    if (found != ST_OK && found != ST_NOT_FOUND)
        return found;
    struct str hash = found == ST_OK ? out->account.password_hash : STR_NONE;
    enum status st = d->passwords.verify(d->passwords.self, c, password, hash);
    if (st == ST_UNAUTHENTICATED || (st == ST_OK && found != ST_OK)) {
        ctx_forgive(c);
        if (found == ST_OK)
            audit_note(c, d, out->account.id, AUDIT_SIGN_IN_FAILED, AUDIT_BY_ANYONE, &caller->from);
        return fail_as(c, ST_UNAUTHENTICATED, "", "wrong_credentials",
                       "the e-mail address or the password is wrong");
    }
    struct id id = out->account.id;
    if (st == ST_OK)
        st = account_check_enabled(c, &out->account);
    if (st == ST_OK)
        st = repeat_claim(c, d, "sign_in", key, &id);
    if (st == ST_OK)
        st = guest_settle(c, d, caller, fate, &out->account);
    if (st == ST_OK)
        st = session_begin(c, d, key, SESSION_BROWSER, out);
    if (st == ST_OK && !out->repeated)
        audit_note(c, d, out->account.id, AUDIT_SIGNED_IN, AUDIT_BY_OWNER, &caller->from);
    return st;
}

/* ---- changing and erasing ---- */

struct revision {
    struct str email; /* no text: stays */
    struct str login_key;
    struct str password_hash;
    int64_t epoch; /* the account's when the password was checked */
};

static enum status decide_revise(struct ctx *c, struct account *a, void *arg)
{
    const struct revision *r = arg;
    if (a->session_epoch != r->epoch)
        return fail(c, ST_UNAUTHENTICATED, "", "the session has ended: sign in again");
    if (r->email.data) {
        a->email = r->email;
        a->login_key = r->login_key;
    }
    if (r->password_hash.data) {
        a->password_hash = r->password_hash;
        a->session_epoch++;
    }
    return ST_OK;
}

static enum status check_current(struct ctx *c, const struct domain *d, const struct account *a,
                                 struct str password)
{
    if (a->kind == ACCOUNT_GUEST)
        return fail_as(c, ST_CONFLICT, "", "guest", "a guest has no password: sign up");
    enum status st = d->passwords.verify(d->passwords.self, c, password, a->password_hash);
    if (st != ST_UNAUTHENTICATED)
        return st;
    ctx_forgive(c);
    return fail_as(c, ST_DENIED, "current_password", "wrong_password",
                   "this is not the account's password");
}

static enum status revise(struct ctx *c, const struct domain *d, struct id user, struct str email,
                          struct str password, struct account *out)
{
    struct revision r = {.email = email, .epoch = out->session_epoch};
    enum status st = email.data ? login_key_of(c, email, &r.login_key) : ST_OK;
    if (st == ST_OK && password.data)
        st = account_hash_password(c, d, password, &r.password_hash);
    if (st == ST_OK)
        st = account_change(c, d, user, decide_revise, &r, out);
    return st == ST_CONFLICT ? email_in_use(c) : st;
}

/* Unlike when signing up, the key is bound when the work is done: before, the password that it
 * needs could be checked again. What was done stays done if this fails. */
static void keep_reply(struct ctx *c, const struct domain *d, const struct op_key *key,
                       struct id account)
{
    struct ctx own = {.arena = c->arena};
    (void)!repeat_claim(&own, d, "update", key, &account);
}

enum status account_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                           const struct op_key *key, struct digest token_hash, struct str email,
                           struct str password, struct str current_password,
                           struct sign_in_result *out)
{
    struct id first = ID_NONE;
    enum status email_st = email.data ? check_email(c, &email) : ST_OK;
    enum status st = password.data ? account_check_password(c, password) : ST_OK;
    if (email_st != ST_OK || st != ST_OK)
        return ST_INVALID;
    *out = (struct sign_in_result){.expires = INSTANT_NONE};
    st = key ? repeat_find(c, d, "update", key, &first) : ST_NOT_FOUND;
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    bool repeated = st == ST_OK && id_eq(first, caller->user);
    ctx_forgive(c);
    st = store_account_by_id(c, d->store, caller->user, &out->account);
    if (st == ST_OK && !repeated) {
        st = check_current(c, d, &out->account, current_password);
        if (st == ST_OK)
            st = revise(c, d, caller->user, email, password, &out->account);
    }
    if (st == ST_OK && password.data)
        st = session_begin(c, d, key, SESSION_BROWSER, out);
    if (st != ST_OK || repeated)
        return st;
    keep_reply(c, d, key, out->account.id);
    if (email.data)
        audit_note(c, d, caller->user, AUDIT_EMAIL_CHANGED, AUDIT_BY_OWNER, &caller->from);
    if (password.data) {
        audit_note(c, d, caller->user, AUDIT_PASSWORD_CHANGED, AUDIT_BY_OWNER, &caller->from);
        struct ctx own = {.arena = c->arena};
        (void)!store_end_session(&own, d->store, token_hash);
    }
    return ST_OK;
}

enum status account_erase_at(struct ctx *c, const struct domain *d, struct id id, int64_t version)
{
    struct digest *files;
    int32_t count;
    enum status st = attachment_keys(c, d, id, &files, &count);
    if (st == ST_OK)
        st = store_erase_account(c, d->store, id, version);
    if (st == ST_OK)
        attachment_files_remove(c, d, files, count);
    return st;
}

enum status account_erase(struct ctx *c, const struct domain *d, const struct caller *caller)
{
    return account_erase_at(c, d, caller->user, ANY_VERSION);
}
