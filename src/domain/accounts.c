#include "domain/accounts.h"

#include "domain/attachments.h"
#include "domain/guests.h"
#include "domain/repeats.h"

#include <string.h>

enum { TRIES = 8, FIRST_EPOCH = 1, TOKEN_BYTES = 32 };

static const int64_t DAY_MS = (int64_t)DAY_MINUTES * MINUTE_MS;

static struct instant days_after(struct instant t, int64_t days)
{
    return (struct instant){t.ms + days * DAY_MS};
}

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

static enum status check_password(struct ctx *c, struct str password)
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

static enum status hash_password(struct ctx *c, const struct domain *d, struct str password,
                                 struct str *out)
{
    return d->passwords.hash(d->passwords.self, c, password, out);
}

/* The store's words for a taken login key say nothing to the user. */
static enum status email_in_use(struct ctx *c)
{
    ctx_forgive(c);
    return fail_as(c, ST_CONFLICT, "email", "email_in_use",
                   "there is an account with this e-mail address");
}

/* ---- changing an account ---- */

/* Changes `*a`, or refuses. Called again with a fresh account if the old one was outdated. */
typedef enum status change_decide(struct ctx *c, struct account *a, void *arg);

static enum status change_account(struct ctx *c, const struct domain *d, struct id id,
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

/* ---- sessions ---- */

/* RFC 4648, section 5, without padding. */
static struct str base64url(struct arena *a, const uint8_t bytes[TOKEN_BYTES])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char *text = arena_alloc(a, TOKEN_TEXT_LEN + 1);
    if (!text)
        return STR_NONE;
    for (size_t i = 0; i < TOKEN_TEXT_LEN; i++) {
        size_t bit = i * 6, byte = bit / 8;
        unsigned pair = (unsigned)bytes[byte] << 8;
        if (byte + 1 < TOKEN_BYTES)
            pair |= bytes[byte + 1];
        text[i] = digits[(pair >> (10 - bit % 8)) & 63];
    }
    return (struct str){text, TOKEN_TEXT_LEN};
}

static enum status make_token(struct ctx *c, const struct domain *d, const struct op_key *key,
                              const struct id *account, struct str *out)
{
    struct digest secret;
    if (key) {
        struct str parts[] = {STR_LIT("session"), id_bytes(&key->id), id_bytes(account)};
        secret = d->digester.keyed(d->digester.self, parts, 3);
    } else {
        random_fill(&d->random, secret.bytes, sizeof secret.bytes);
    }
    *out = base64url(c->arena, secret.bytes);
    return out->data ? ST_OK : fail_memory(c);
}

struct digest account_token_hash(const struct domain *d, struct str token)
{
    return d->digester.plain(d->digester.self, token);
}

static struct instant session_end(const struct session *s, struct instant now)
{
    struct instant idle = days_after(now, SESSION_IDLE_DAYS);
    struct instant last = days_after(s->created, SESSION_DAYS);
    return idle.ms < last.ms ? idle : last;
}

/* A session of out->account. With a key it may be there already, from the first time. */
static enum status begin_session(struct ctx *c, const struct domain *d, const struct op_key *key,
                                 enum session_kind kind, struct sign_in_result *out)
{
    enum status st = make_token(c, d, key, &out->account.id, &out->token);
    if (st != ST_OK)
        return st;
    struct instant now = clock_now(&d->clock);
    struct session s = {.token_hash = account_token_hash(d, out->token),
                        .account_id = out->account.id,
                        .epoch = out->account.session_epoch,
                        .kind = kind,
                        .created = now,
                        .last_seen = now};
    s.expires = kind == SESSION_TOKEN ? days_after(now, TOKEN_DAYS) : session_end(&s, now);
    out->expires = s.expires;
    if (key) {
        struct session first;
        struct account holder;
        st = store_find_session(c, d->store, s.token_hash, now, &first, &holder);
        if (st == ST_OK)
            out->expires = first.expires;
        if (st != ST_NOT_FOUND)
            return st;
        ctx_forgive(c);
    }
    st = store_put_session(c, d->store, &s);
    if (st == ST_CONFLICT && key) {
        ctx_forgive(c);
        st = ST_OK;
    }
    return st;
}

enum status account_by_token(struct ctx *c, const struct domain *d, struct str token,
                             struct instant now, struct session *session, struct account *account)
{
    enum status st = ST_NOT_FOUND;
    if (token.len == TOKEN_TEXT_LEN)
        st = store_find_session(c, d->store, account_token_hash(d, token), now, session, account);
    if (st != ST_NOT_FOUND)
        return st;
    ctx_forgive(c);
    return fail(c, ST_UNAUTHENTICATED, "", "the session has ended: sign in again");
}

static bool session_is_old_news(struct instant now, const struct session *s)
{
    return now.ms - s->last_seen.ms >= (int64_t)TOUCH_MINUTES * MINUTE_MS;
}

static bool guest_ends_early(struct instant now, const struct account *a)
{
    return a->kind == ACCOUNT_GUEST && a->expires.ms < days_after(now, GUEST_DAYS - 1).ms;
}

bool account_wants_touch(struct instant now, const struct session *session,
                         const struct account *account)
{
    return session_is_old_news(now, session) || guest_ends_early(now, account);
}

static enum status decide_extend(struct ctx *c, struct account *a, void *arg)
{
    const struct instant *now = arg;
    if (!guest_ends_early(*now, a))
        return fail(c, ST_CONFLICT, "", "nothing is to be extended");
    a->expires = days_after(*now, GUEST_DAYS);
    return ST_OK;
}

void account_touch(struct ctx *c, const struct domain *d, struct instant now,
                   const struct session *session, const struct account *account)
{
    struct ctx own = {.arena = c->arena};
    if (session_is_old_news(now, session)) {
        struct instant end =
            session->kind == SESSION_BROWSER ? session_end(session, now) : session->expires;
        (void)!store_touch_session(&own, d->store, session->token_hash, now, end);
    }
    if (guest_ends_early(now, account)) {
        struct account changed;
        (void)!change_account(&own, d, account->id, decide_extend, &now, &changed);
    }
}

static enum status decide_end_sessions(struct ctx *c, struct account *a, void *arg)
{
    (void)c;
    (void)arg;
    a->session_epoch++;
    return ST_OK;
}

enum status account_sign_out(struct ctx *c, const struct domain *d, struct digest token_hash,
                             bool everywhere, struct id account)
{
    struct account changed;
    if (!everywhere)
        return store_end_session(c, d->store, token_hash);
    return change_account(c, d, account, decide_end_sessions, NULL, &changed);
}

/* ---- guests ---- */

/* Stores a new account. ST_CONFLICT: the address is taken, or another request with the same key was
 * faster and made this very account. */
static enum status create(struct ctx *c, const struct domain *d, struct account *a)
{
    struct settings settings;
    settings_init(&settings);
    a->session_epoch = FIRST_EPOCH;
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
                            .expires = days_after(clock_now(&d->clock), GUEST_DAYS)};
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
    enum status st = repeat_claim(c, d, "guest", key, &id);
    if (st == ST_OK)
        st = create_guest(c, d, id, &out->account);
    if (st != ST_OK)
        return st;
    if (out->account.kind != ACCOUNT_GUEST)
        return fail_as(c, ST_CONFLICT, "", "already_user",
                       "the guest has become a user since: sign in");
    return begin_session(c, d, key, SESSION_BROWSER, out);
}

/* ---- signing up and in ---- */

struct sign_up {
    struct id id;
    struct str email;
    struct str login_key;
    struct str password_hash;
};

static enum status decide_become_user(struct ctx *c, struct account *a, void *arg)
{
    const struct sign_up *u = arg;
    if (a->kind != ACCOUNT_GUEST)
        return fail_as(c, ST_CONFLICT, "", "already_user", "the guest has become a user already");
    a->kind = ACCOUNT_USER;
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
                            .password_hash = u->password_hash,
                            .expires = INSTANT_NONE};
    return create(c, d, out);
}

static bool is_this_user(const struct account *a, const struct sign_up *u)
{
    return a->kind == ACCOUNT_USER && str_eq(a->login_key, u->login_key);
}

/* Makes the user u->id, or finds that an earlier request with the key did. */
static enum status make_user(struct ctx *c, const struct domain *d, bool from_guest, bool keyed,
                             struct sign_up *u, struct str password, struct account *out)
{
    enum status st = hash_password(c, d, password, &u->password_hash);
    if (st != ST_OK)
        return st;
    if (from_guest)
        st = change_account(c, d, u->id, decide_become_user, u, out);
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

enum status account_sign_up(struct ctx *c, const struct domain *d, const struct caller *caller,
                            const struct op_key *key, struct str email, struct str password,
                            struct sign_in_result *out)
{
    bool from_guest = !id_is_none(caller->user) && caller->kind == ACCOUNT_GUEST;
    struct sign_up u = {.id = from_guest ? caller->user : domain_new_id(d)};
    enum status st = check_email(c, &email);
    enum status password_st = check_password(c, password);
    if (st == ST_OK)
        st = password_st;
    if (st == ST_OK)
        st = login_key_of(c, email, &u.login_key);
    if (st == ST_OK)
        st = repeat_claim(c, d, "sign_up", key, &u.id);
    /* The key may be that of another account's first request. */
    from_guest = from_guest && id_eq(u.id, caller->user);
    u.email = email;
    if (st == ST_OK)
        st = make_user(c, d, from_guest, key != NULL, &u, password, &out->account);
    return st == ST_OK ? begin_session(c, d, key, SESSION_BROWSER, out) : st;
}

/* The user with this address; guests cannot be found so. */
static enum status user_by_email(struct ctx *c, const struct domain *d, struct str email,
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
    enum status found = user_by_email(c, d, email, &out->account);
    if (found != ST_OK && found != ST_NOT_FOUND)
        return found;
    struct str hash = found == ST_OK ? out->account.password_hash : STR_NONE;
    enum status st = d->passwords.verify(d->passwords.self, c, password, hash);
    if (st == ST_UNAUTHENTICATED || (st == ST_OK && found != ST_OK)) {
        ctx_forgive(c);
        return fail_as(c, ST_UNAUTHENTICATED, "", "wrong_credentials",
                       "the e-mail address or the password is wrong");
    }
    struct id id = out->account.id;
    if (st == ST_OK)
        st = repeat_claim(c, d, "sign_in", key, &id);
    if (st == ST_OK)
        st = guest_settle(c, d, caller, fate, &out->account);
    return st == ST_OK ? begin_session(c, d, key, SESSION_BROWSER, out) : st;
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
        st = hash_password(c, d, password, &r.password_hash);
    if (st == ST_OK)
        st = change_account(c, d, user, decide_revise, &r, out);
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
    enum status st = password.data ? check_password(c, password) : ST_OK;
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
        st = begin_session(c, d, key, SESSION_BROWSER, out);
    if (st != ST_OK || repeated)
        return st;
    keep_reply(c, d, key, out->account.id);
    if (password.data) {
        struct ctx own = {.arena = c->arena};
        (void)!store_end_session(&own, d->store, token_hash);
    }
    return ST_OK;
}

enum status account_erase(struct ctx *c, const struct domain *d, const struct caller *caller)
{
    struct digest *files;
    int32_t count;
    enum status st = attachment_keys(c, d, caller->user, &files, &count);
    if (st == ST_OK)
        st = store_erase_account(c, d->store, caller->user);
    if (st == ST_OK)
        attachment_files_remove(c, d, files, count);
    return st;
}

/* ---- for administrators ---- */

static enum status named_user(struct ctx *c, const struct domain *d, struct str email,
                              struct account *out)
{
    enum status st = user_by_email(c, d, email, out);
    if (st != ST_NOT_FOUND)
        return st;
    ctx_forgive(c);
    return fail(c, ST_NOT_FOUND, "email", "there is no account with this e-mail address");
}

enum status account_make_token(struct ctx *c, const struct domain *d, struct str email,
                               struct sign_in_result *out)
{
    enum status st = named_user(c, d, email, &out->account);
    return st == ST_OK ? begin_session(c, d, NULL, SESSION_TOKEN, out) : st;
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
    enum status st = check_password(c, password);
    if (st == ST_OK)
        st = named_user(c, d, email, &a);
    if (st == ST_OK)
        st = hash_password(c, d, password, &password_hash);
    return st == ST_OK ? change_account(c, d, a.id, decide_reset, &password_hash, &a) : st;
}
