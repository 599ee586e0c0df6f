#include "domain/accounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#include "domain/guests.h"
#include "store/backend.h"

/* ---- a database in memory, and ports that can be foreseen ---- */

enum { ROOM = 32 };

struct fake_reply {
    struct digest key, request;
    char body[ID_TEXT_LEN];
};

static struct fake {
    struct arena arena; /* texts of accounts */
    struct account accounts[ROOM];
    struct session sessions[ROOM];
    struct fake_reply replies[ROOM];
    struct audit_entry audit[ROOM];
    int account_count, session_count, reply_count, audit_count;
    int stale_once;     /* the next update finds another version */
    int fail_creations; /* the next creations fail */
    int touches, verifications;
    struct id expired; /* what expired_guests finds; none: nobody */
    bool signs_up;     /* the guest that is read next becomes a user right after */
    struct instant now;
    uint8_t next_random;
} fake;

static struct account *account_at(struct id id)
{
    for (int i = 0; i < fake.account_count; i++)
        if (id_eq(fake.accounts[i].id, id))
            return &fake.accounts[i];
    return NULL;
}

static bool login_is_taken(const struct account *by)
{
    for (int i = 0; i < fake.account_count; i++)
        if (str_eq(fake.accounts[i].login_key, by->login_key) &&
            !id_eq(fake.accounts[i].id, by->id))
            return true;
    return false;
}

static void keep(struct account *to, const struct account *from)
{
    assert_true(entity_copy(&account_table, &fake.arena, to, from));
}

static enum status create_account(void *self, struct ctx *c, const struct account *a,
                                  const struct desk *desk, struct instant now)
{
    (void)self, (void)now;
    assert_string_equal(desk->settings.zone.data, "UTC");
    if (fake.fail_creations > 0) {
        fake.fail_creations--;
        return fail(c, ST_UNAVAILABLE, "", "out of order");
    }
    if (account_at(a->id))
        return fail(c, ST_CONFLICT, "id", "an account has this id");
    if (login_is_taken(a))
        return fail(c, ST_CONFLICT, "email", "an account has this address");
    keep(&fake.accounts[fake.account_count++], a);
    return ST_OK;
}

static enum status account_by_id(void *self, struct ctx *c, struct id id, struct account *out)
{
    (void)self, (void)c;
    struct account *a = account_at(id);
    if (a)
        *out = *a;
    if (a && fake.signs_up) {
        a->kind = ACCOUNT_USER;
        a->version++;
        fake.signs_up = false;
    }
    return a ? ST_OK : ST_NOT_FOUND;
}

static enum status account_by_login(void *self, struct ctx *c, struct str key, struct account *out)
{
    (void)self, (void)c;
    for (int i = 0; i < fake.account_count; i++)
        if (str_eq(fake.accounts[i].login_key, key)) {
            *out = fake.accounts[i];
            return ST_OK;
        }
    return ST_NOT_FOUND;
}

static enum status update_account(void *self, struct ctx *c, const struct account *a)
{
    struct account *old = account_at(a->id);
    (void)self;
    if (!old)
        return ST_NOT_FOUND;
    if (fake.stale_once) {
        fake.stale_once = 0;
        old->version++;
    }
    if (old->version != a->version)
        return fail(c, ST_STALE, "", "another version");
    if (login_is_taken(a))
        return fail(c, ST_CONFLICT, "email", "an account has this address");
    keep(old, a);
    old->version++;
    return ST_OK;
}

static enum status erase_account(void *self, struct ctx *c, struct id id, int64_t version)
{
    struct account *a = account_at(id);
    (void)self;
    if (!a)
        return ST_NOT_FOUND;
    if (version != ANY_VERSION && version != a->version)
        return fail(c, ST_STALE, "", "another version");
    *a = fake.accounts[--fake.account_count];
    return ST_OK;
}

static enum status expired_guests(void *self, struct ctx *c, struct instant now, int32_t n,
                                  struct id **out, int32_t *count)
{
    (void)self, (void)c, (void)now;
    assert_true(n > 0);
    *out = &fake.expired;
    *count = !id_is_none(fake.expired);
    return ST_OK;
}

static struct session *session_at(struct digest hash)
{
    for (int i = 0; i < fake.session_count; i++)
        if (memcmp(&fake.sessions[i].token_hash, &hash, sizeof hash) == 0)
            return &fake.sessions[i];
    return NULL;
}

static enum status put_session(void *self, struct ctx *c, const struct session *s)
{
    struct session *old = session_at(s->token_hash);
    (void)self, (void)c;
    if (!old)
        old = &fake.sessions[fake.session_count++];
    *old = *s;
    return ST_OK;
}

static enum status find_session(void *self, struct ctx *c, struct digest hash, struct session *s,
                                struct account *a)
{
    const struct session *found = session_at(hash);
    if (!found)
        return ST_NOT_FOUND;
    *s = *found;
    return account_by_id(self, c, s->account_id, a);
}

static enum status end_session(void *self, struct ctx *c, struct digest hash)
{
    struct session *s = session_at(hash);
    (void)self, (void)c;
    if (s)
        *s = fake.sessions[--fake.session_count];
    return ST_OK;
}

static enum status touch_session(void *self, struct ctx *c, struct digest hash,
                                 struct instant last_seen, struct instant expires)
{
    struct session *s = session_at(hash);
    (void)self, (void)c;
    fake.touches++;
    s->last_seen = last_seen;
    s->expires = expires;
    return ST_OK;
}

static struct fake_reply *reply_at(struct digest key)
{
    for (int i = 0; i < fake.reply_count; i++)
        if (memcmp(&fake.replies[i].key, &key, sizeof key) == 0)
            return &fake.replies[i];
    return NULL;
}

static enum status add_audit(void *self, struct ctx *c, struct id user,
                             const struct audit_entry *entry, struct instant again_since)
{
    (void)self, (void)c, (void)again_since;
    assert_true(fake.audit_count < ROOM);
    assert_non_null(account_at(user));
    fake.audit[fake.audit_count++] = *entry;
    return ST_OK;
}

static enum status put_reply(void *self, struct ctx *c, struct digest key, struct digest request,
                             struct str reply, struct instant now)
{
    (void)self, (void)now;
    if (reply_at(key))
        return fail_as(c, ST_CONFLICT, "", "repeated", "there is one");
    assert_int_equal(reply.len, ID_TEXT_LEN);
    struct fake_reply *r = &fake.replies[fake.reply_count++];
    r->key = key;
    r->request = request;
    memcpy(r->body, reply.data, reply.len);
    return ST_OK;
}

static enum status find_reply(void *self, struct ctx *c, struct digest key, struct instant now,
                              struct digest *request, struct str *reply)
{
    const struct fake_reply *r = reply_at(key);
    (void)self, (void)c, (void)now;
    if (!r)
        return ST_NOT_FOUND;
    *request = r->request;
    *reply = (struct str){r->body, sizeof r->body};
    return ST_OK;
}

static enum status load_desk(void *self, struct ctx *c, struct id user, struct arena *a,
                             struct desk *out)
{
    (void)self, (void)c, (void)user, (void)a, (void)out;
    return ST_NOT_FOUND;
}

static void close_backend(void *self)
{
    (void)self;
}

static struct instant now(void *self)
{
    (void)self;
    return fake.now;
}

static void fill(void *self, void *bytes, size_t len)
{
    (void)self;
    memset(bytes, ++fake.next_random, len);
}

/* Not a good digest, but one that every byte of every part changes. */
static struct digest keyed(void *self, const struct str *parts, int n)
{
    struct digest out = {{0}};
    uint64_t h = 14695981039346656037u;
    (void)self;
    for (int i = 0; i < n; i++) {
        h = (h ^ parts[i].len) * 1099511628211u;
        for (size_t k = 0; k < parts[i].len; k++)
            h = (h ^ (unsigned char)parts[i].data[k]) * 1099511628211u;
    }
    for (size_t i = 0; i < sizeof out.bytes; i++) {
        h = (h ^ i) * 1099511628211u;
        out.bytes[i] = (uint8_t)(h >> 56);
    }
    return out;
}

static struct digest plain(void *self, struct str text)
{
    return keyed(self, &text, 1);
}

static enum status hash_password(void *self, struct ctx *c, struct str password, struct str *hash)
{
    char *text = arena_alloc(c->arena, password.len + 2);
    (void)self;
    text[0] = '#';
    memcpy(text + 1, password.data, password.len);
    *hash = (struct str){text, password.len + 1};
    return ST_OK;
}

static enum status verify(void *self, struct ctx *c, struct str password, struct str hash)
{
    (void)self;
    fake.verifications++;
    if (hash.len == password.len + 1 && memcmp(hash.data + 1, password.data, password.len) == 0)
        return ST_OK;
    return fail(c, ST_UNAUTHENTICATED, "", "the hasher's words");
}

/* ---- the tests ---- */

static struct domain domain;
static struct arena arena;
static struct ctx c;
static struct sign_in_result first, second;

static const struct op_key key_a = {{{1}}, {{10}}};
static const struct op_key key_a_other = {{{1}}, {{11}}};
static const struct op_key key_b = {{{2}}, {{20}}};

static void forgive(void)
{
    ctx_forgive(&c);
}

static int setup(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    arena_init(&fake.arena, 1 << 20);
    arena_init(&arena, 1 << 20);
    fake.now.ms = 1700000000000;
    c = (struct ctx){.arena = &arena};
    struct store_config config = {.backend = {.load_desk = load_desk,
                                              .create_account = create_account,
                                              .account_by_id = account_by_id,
                                              .account_by_login = account_by_login,
                                              .update_account = update_account,
                                              .erase_account = erase_account,
                                              .expired_guests = expired_guests,
                                              .put_session = put_session,
                                              .find_session = find_session,
                                              .end_session = end_session,
                                              .touch_session = touch_session,
                                              .add_audit = add_audit,
                                              .put_reply = put_reply,
                                              .find_reply = find_reply,
                                              .close = close_backend}};
    domain = (struct domain){.clock = {.now = now},
                             .random = {.fill = fill},
                             .digester = {.keyed = keyed, .plain = plain},
                             .passwords = {.hash = hash_password, .verify = verify}};
    return store_create(&c, &config, &domain.store) == ST_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    store_close(domain.store);
    arena_release(&arena);
    arena_release(&fake.arena);
    return 0;
}

static enum status sign_up(const struct caller *caller, const struct op_key *key, const char *email,
                           const char *password, struct sign_in_result *out)
{
    forgive();
    return account_sign_up(&c, &domain, caller, key, str_of(email), str_of(password), STR_NONE,
                           out);
}

static const struct caller nobody;

static enum status sign_in(const char *email, const char *password, struct sign_in_result *out)
{
    forgive();
    return account_sign_in(&c, &domain, &nobody, GUEST_STAYS, NULL, str_of(email), str_of(password),
                           out);
}

static bool is_valid(struct str token)
{
    struct session s;
    struct account a;
    forgive();
    return account_by_token(&c, &domain, token, fake.now, &s, &a) == ST_OK;
}

static struct caller as(const struct sign_in_result *r)
{
    return (struct caller){.user = r->account.id, .kind = (enum account_kind)r->account.kind};
}

static struct instant days_later(int64_t days)
{
    return (struct instant){1700000000000 + days * DAY_MINUTES * MINUTE_MS};
}

static void check_fault(const char *pointer, const char *code)
{
    assert_int_equal(c.fault_count, 1);
    assert_string_equal(c.faults[0].pointer, pointer);
    assert_string_equal(c.faults[0].code, code);
}

static enum status update(const struct op_key *key, const char *email, const char *password,
                          const char *current, struct sign_in_result *out)
{
    struct caller caller = as(&first);
    forgive();
    return account_update(&c, &domain, &caller, key, account_token_hash(&domain, first.token),
                          str_of(email), str_of(password), str_of(current), out);
}

static void token_is_base64url_of_32_bytes(void **state)
{
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, NULL, &first), ST_OK);
    /* The id took 01, the token is 32 times 02. */
    assert_int_equal(first.token.len, TOKEN_TEXT_LEN);
    assert_string_equal(first.token.data, "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI");
    assert_true(is_valid(first.token));
    assert_int_equal(first.account.kind, ACCOUNT_GUEST);
    assert_int_equal(first.account.expires.ms - fake.now.ms, INT64_C(30) * 86400000);
    assert_false(is_valid(STR_LIT("AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgJ")));
    assert_false(is_valid(STR_LIT("short")));
}

static void guest_is_made_once_per_key(void **state)
{
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &first), ST_OK);
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &second), ST_OK);
    assert_true(str_eq(first.token, second.token));
    assert_true(id_eq(first.account.id, second.account.id));
    assert_int_equal(fake.account_count, 1);
    assert_int_equal(fake.session_count, 1);
    assert_int_equal(account_create_guest(&c, &domain, &key_a_other, &second), ST_CONFLICT);
    check_fault("?Idempotency-Key", "key_reused");
    forgive();
    assert_int_equal(account_create_guest(&c, &domain, &key_b, &second), ST_OK);
    assert_false(str_eq(first.token, second.token));
}

static void repeat_finishes_what_broke_off(void **state)
{
    (void)state;
    fake.fail_creations = 1;
    assert_int_equal(sign_up(&nobody, &key_a, "a@b", "password1", &first), ST_UNAVAILABLE);
    assert_int_equal(sign_up(&nobody, &key_a, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_up(&nobody, &key_a, "a@b", "password1", &second), ST_OK);
    assert_true(str_eq(first.token, second.token));
    assert_int_equal(fake.account_count, 1);
    assert_true(is_valid(second.token));
}

static void addresses_and_passwords_are_checked(void **state)
{
    static const char *const bad[] = {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\x7f", " @b "};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(sign_up(&nobody, NULL, bad[i], "password1", &first), ST_INVALID);
        check_fault("/email", "format");
    }
    char long_one[256];
    memset(long_one, 'x', sizeof long_one - 1);
    long_one[1] = '@';
    long_one[255] = '\0';
    assert_int_equal(sign_up(&nobody, NULL, long_one, "password1", &first), ST_INVALID);
    long_one[254] = '\0';
    assert_int_equal(sign_up(&nobody, NULL, long_one, "password1", &first), ST_OK);
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "äöüäöüä", &first), ST_INVALID);
    check_fault("/password", "too_short");
    long_one[129] = '\0';
    assert_int_equal(sign_up(&nobody, NULL, "a@b", long_one, &first), ST_INVALID);
    check_fault("/password", "too_long");
    assert_int_equal(sign_up(&nobody, NULL, " A@b\n", "äöüäöüäö", &first), ST_OK);
    assert_string_equal(first.account.login_key.data, "a@b");
    assert_true(str_eq(first.account.email, STR_LIT("A@b")));
}

static void guest_becomes_user_and_keeps_its_id(void **state)
{
    struct sign_in_result guest;
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, NULL, &guest), ST_OK);
    struct caller caller = as(&guest);
    fake.stale_once = 1;
    assert_int_equal(sign_up(&caller, &key_a, "a@b", "password1", &first), ST_OK);
    assert_true(id_eq(guest.account.id, first.account.id));
    assert_int_equal(first.account.kind, ACCOUNT_USER);
    assert_true(instant_is_none(first.account.expires));
    assert_int_equal(fake.account_count, 1);
    assert_false(is_valid(guest.token));
    assert_true(is_valid(first.token));
    /* The guest's session has ended, so a repeat comes from nobody. */
    assert_int_equal(sign_up(&nobody, &key_a, "a@b", "password1", &second), ST_OK);
    assert_true(str_eq(first.token, second.token));
    assert_int_equal(fake.account_count, 1);
}

static void taken_address_is_refused_and_guest_stays(void **state)
{
    struct sign_in_result guest;
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_up(&nobody, NULL, "A@B", "password2", &second), ST_CONFLICT);
    check_fault("/email", "email_in_use");
    forgive();
    assert_int_equal(account_create_guest(&c, &domain, NULL, &guest), ST_OK);
    struct caller caller = as(&guest);
    assert_int_equal(sign_up(&caller, &key_b, "a@b", "password2", &second), ST_CONFLICT);
    check_fault("/email", "email_in_use");
    assert_int_equal(sign_up(&caller, &key_b, "a@b", "password2", &second), ST_CONFLICT);
    assert_true(is_valid(guest.token));
    assert_int_equal(account_at(guest.account.id)->kind, ACCOUNT_GUEST);
}

/* A guest must not turn another guest into a user with a key that it got hold of. */
static void foreign_key_does_not_convert_the_other_guest(void **state)
{
    struct sign_in_result guest, thief;
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, NULL, &guest), ST_OK);
    assert_int_equal(account_create_guest(&c, &domain, NULL, &thief), ST_OK);
    struct caller caller = as(&guest), other = as(&thief);
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_up(&caller, &key_b, "a@b", "password2", &second), ST_CONFLICT);
    assert_int_equal(update(NULL, "c@d", NULL, "password1", &second), ST_OK);
    assert_int_equal(sign_up(&other, &key_b, "a@b", "password2", &second), ST_CONFLICT);
    assert_int_equal(account_at(guest.account.id)->kind, ACCOUNT_GUEST);
    assert_int_equal(sign_up(&caller, &key_b, "a@b", "password2", &second), ST_OK);
}

/* A key that made a guest must not open the account that the guest became. */
static void guest_key_does_not_open_the_user(void **state)
{
    struct sign_in_result guest;
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &guest), ST_OK);
    struct caller caller = as(&guest);
    assert_int_equal(sign_up(&caller, NULL, "a@b", "password1", &first), ST_OK);
    forgive();
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &second), ST_CONFLICT);
    check_fault("", "already_user");
}

static void sign_in_says_the_same_for_both_mistakes(void **state)
{
    struct ctx unknown;
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_in("x@b", "password1", &second), ST_UNAUTHENTICATED);
    unknown = c;
    assert_int_equal(sign_in("a@b", "password2", &second), ST_UNAUTHENTICATED);
    check_fault("", "wrong_credentials");
    assert_string_equal(unknown.faults[0].detail, c.faults[0].detail);
    assert_string_equal(unknown.faults[0].code, c.faults[0].code);
    assert_int_equal(unknown.fault_count, c.fault_count);
    assert_int_equal(fake.verifications, 2);
    assert_int_equal(sign_in("A@B ", "password1", &second), ST_OK);
    assert_true(is_valid(second.token));
    assert_true(is_valid(first.token));
}

/* The kinds of what was noted, oldest first; ended by −1. */
static void check_noted(const int *kinds)
{
    int n = 0;
    while (kinds[n] >= 0)
        n++;
    assert_int_equal(fake.audit_count, n);
    for (int i = 0; i < n; i++)
        assert_int_equal(fake.audit[i].kind, kinds[i]);
}

static void what_happens_is_noted_once(void **state)
{
    (void)state;
    const struct op_key key = {.id = {{7}}};
    assert_int_equal(sign_up(&nobody, &key, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_up(&nobody, &key, "a@b", "password1", &first), ST_OK);
    check_noted((const int[]){AUDIT_SIGNED_UP, -1});
    assert_int_equal(sign_in("a@b", "password2", &second), ST_UNAUTHENTICATED);
    assert_int_equal(fake.audit[1].actor, AUDIT_BY_ANYONE);
    forgive();
    assert_int_equal(sign_in("x@y", "password2", &second), ST_UNAUTHENTICATED);
    forgive();
    assert_int_equal(sign_in("a@b", "password1", &second), ST_OK);
    assert_int_equal(update(NULL, "c@d", NULL, "password2", &second), ST_DENIED);
    assert_int_equal(update(NULL, "c@d", "password3", "password1", &second), ST_OK);
    assert_int_equal(account_reset_password(&c, &domain, STR_LIT("c@d"), STR_LIT("password4")),
                     ST_OK);
    assert_int_equal(fake.audit[5].actor, AUDIT_BY_ADMIN);
    assert_int_equal(account_make_token(&c, &domain, STR_LIT("c@d"), &second), ST_OK);
    check_noted((const int[]){AUDIT_SIGNED_UP, AUDIT_SIGN_IN_FAILED, AUDIT_SIGNED_IN,
                              AUDIT_EMAIL_CHANGED, AUDIT_PASSWORD_CHANGED, AUDIT_PASSWORD_CHANGED,
                              AUDIT_TOKEN_MADE, -1});
}

static void sign_out_ends_one_or_all(void **state)
{
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(sign_in("a@b", "password1", &second), ST_OK);
    struct digest hash = account_token_hash(&domain, first.token);
    const struct caller caller = as(&first);
    assert_int_equal(account_sign_out(&c, &domain, &caller, hash, false), ST_OK);
    assert_false(is_valid(first.token));
    assert_true(is_valid(second.token));
    forgive();
    assert_int_equal(account_sign_out(&c, &domain, &caller, hash, true), ST_OK);
    assert_false(is_valid(second.token));
}

static void update_needs_the_password_and_renews_the_session(void **state)
{
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(update(NULL, "c@d", NULL, "password2", &second), ST_DENIED);
    check_fault("/current_password", "wrong_password");
    assert_int_equal(update(NULL, "c@d", NULL, "password1", &second), ST_OK);
    assert_null(second.token.data);
    assert_true(is_valid(first.token));
    assert_int_equal(sign_in("a@b", "password1", &second), ST_UNAUTHENTICATED);

    assert_int_equal(update(&key_a, NULL, "password2", "password1", &second), ST_OK);
    assert_false(is_valid(first.token));
    assert_true(is_valid(second.token));
    struct str token = second.token;
    assert_int_equal(update(&key_a, NULL, "password2", "password1", &second), ST_OK);
    assert_true(str_eq(token, second.token));
    assert_int_equal(sign_in("c@d", "password2", &second), ST_OK);
}

static void touch_moves_the_ends(void **state)
{
    struct session s;
    struct account a;
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, NULL, &first), ST_OK);
    for (int minutes = 9; minutes <= 11; minutes += 2) {
        struct instant later = {1700000000000 + minutes * MINUTE_MS};
        assert_int_equal(account_by_token(&c, &domain, first.token, later, &s, &a), ST_OK);
        assert_int_equal(account_wants_touch(later, &s, &a), minutes > 10);
        account_touch(&c, &domain, later, &s, &a);
        assert_int_equal(fake.touches, minutes > 10);
    }
    assert_int_equal(a.version, account_at(a.id)->version);
    fake.now = days_later(2);
    assert_int_equal(account_by_token(&c, &domain, first.token, fake.now, &s, &a), ST_OK);
    account_touch(&c, &domain, fake.now, &s, &a);
    assert_int_equal(account_at(a.id)->expires.ms, days_later(32).ms);
    assert_int_equal(fake.sessions[0].expires.ms, days_later(32).ms);
    assert_int_equal(c.fault_count, 0);

    /* No session outlives its year. */
    s.last_seen = days_later(340);
    account_touch(&c, &domain, days_later(350), &s, &a);
    assert_int_equal(fake.sessions[0].expires.ms, days_later(365).ms);
}

static void administrators_make_tokens_and_reset_passwords(void **state)
{
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_int_equal(account_make_token(&c, &domain, STR_LIT("a@b"), &second), ST_OK);
    assert_int_equal(session_at(account_token_hash(&domain, second.token))->kind, SESSION_TOKEN);
    fake.now = days_later(3000);
    assert_true(is_valid(second.token));
    forgive();
    assert_int_equal(account_make_token(&c, &domain, STR_LIT("x@b"), &first), ST_NOT_FOUND);
    forgive();
    assert_int_equal(account_reset_password(&c, &domain, STR_LIT("a@b"), STR_LIT("password2")),
                     ST_OK);
    assert_false(is_valid(second.token));
    assert_int_equal(sign_in("a@b", "password2", &second), ST_OK);
}

static void erased_account_has_no_sessions(void **state)
{
    (void)state;
    assert_int_equal(sign_up(&nobody, NULL, "a@b", "password1", &first), ST_OK);
    assert_true(is_valid(first.token));
    struct caller caller = as(&first);
    assert_int_equal(account_erase(&c, &domain, &caller), ST_OK);
    assert_false(is_valid(first.token));
    assert_int_equal(sign_in("a@b", "password1", &first), ST_UNAUTHENTICATED);
}

/* Its time is over, and it is erased; but not if it came back between the look and the deed. */
static void guest_that_comes_back_is_not_erased(void **state)
{
    (void)state;
    int32_t erased;
    assert_int_equal(account_create_guest(&c, &domain, NULL, &first), ST_OK);
    fake.expired = first.account.id;
    assert_int_equal(guests_expire(&c, &domain, 10, &erased), ST_OK);
    assert_int_equal(erased, 0);
    fake.now = days_later(31);
    fake.signs_up = true;
    assert_int_equal(guests_expire(&c, &domain, 10, &erased), ST_OK);
    assert_int_equal(erased, 0);
    assert_int_equal(c.fault_count, 0);
    assert_non_null(account_at(first.account.id));
    account_at(first.account.id)->kind = ACCOUNT_GUEST;
    assert_int_equal(guests_expire(&c, &domain, 10, &erased), ST_OK);
    assert_int_equal(erased, 1);
    assert_null(account_at(first.account.id));
}

/* Nor by repeating the request that made the account. */
static void disabled_account_begins_no_session(void **state)
{
    (void)state;
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &first), ST_OK);
    assert_int_equal(sign_up(&nobody, &key_b, "ada@example.org", "correct horse", &second), ST_OK);
    for (int i = 0; i < 2; i++) {
        fake.accounts[i].disabled = fake.now;
        fake.accounts[i].session_epoch++;
        fake.accounts[i].version++;
    }
    assert_int_equal(account_create_guest(&c, &domain, &key_a, &first), ST_DENIED);
    check_fault("", "disabled");
    assert_int_equal(sign_up(&nobody, &key_b, "ada@example.org", "correct horse", &second),
                     ST_DENIED);
    check_fault("", "disabled");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(token_is_base64url_of_32_bytes),
        TEST(guest_is_made_once_per_key),
        TEST(repeat_finishes_what_broke_off),
        TEST(addresses_and_passwords_are_checked),
        TEST(guest_becomes_user_and_keeps_its_id),
        TEST(taken_address_is_refused_and_guest_stays),
        TEST(foreign_key_does_not_convert_the_other_guest),
        TEST(guest_key_does_not_open_the_user),
        TEST(sign_in_says_the_same_for_both_mistakes),
        TEST(sign_out_ends_one_or_all),
        TEST(what_happens_is_noted_once),
        TEST(update_needs_the_password_and_renews_the_session),
        TEST(touch_moves_the_ends),
        TEST(administrators_make_tokens_and_reset_passwords),
        TEST(erased_account_has_no_sessions),
        TEST(guest_that_comes_back_is_not_erased),
        TEST(disabled_account_begins_no_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
