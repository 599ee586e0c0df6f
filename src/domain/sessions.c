#include "base/arena.h"
#include "domain/account_parts.h"
#include "domain/audit.h"

struct str token_text(struct arena *a, const uint8_t bytes[TOKEN_BYTES])
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
    *out = token_text(c->arena, secret.bytes);
    return out->data ? ST_OK : fail_memory(c);
}

struct digest account_token_hash(const struct domain *d, struct str token)
{
    return d->digester.plain(d->digester.self, token);
}

static struct instant session_end(const struct session *s, struct instant now)
{
    struct instant idle = instant_days_after(now, SESSION_IDLE_DAYS);
    struct instant last = instant_days_after(s->created, SESSION_DAYS);
    return idle.ms < last.ms ? idle : last;
}

/* A session of out->account. With a key it may be there already, from the first time. */
enum status session_begin(struct ctx *c, const struct domain *d, const struct op_key *key,
                          enum session_kind kind, struct sign_in_result *out)
{
    out->repeated = false;
    enum status st = account_check_enabled(c, &out->account);
    if (st == ST_OK)
        st = make_token(c, d, key, &out->account.id, &out->token);
    if (st != ST_OK)
        return st;
    struct instant now = clock_now(&d->clock);
    struct session s = {.token_hash = account_token_hash(d, out->token),
                        .account_id = out->account.id,
                        .epoch = out->account.session_epoch,
                        .kind = kind,
                        .created = now,
                        .last_seen = now};
    s.expires = kind == SESSION_TOKEN ? instant_days_after(now, TOKEN_DAYS) : session_end(&s, now);
    out->expires = s.expires;
    if (key) {
        struct session first;
        struct account holder;
        st = store_find_session(c, d->store, s.token_hash, now, &first, &holder);
        out->repeated = st == ST_OK;
        if (out->repeated)
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
    return a->kind == ACCOUNT_GUEST && a->expires.ms < instant_days_after(now, GUEST_DAYS - 1).ms;
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
    a->expires = instant_days_after(*now, GUEST_DAYS);
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
        (void)!account_change(&own, d, account->id, decide_extend, &now, &changed);
    }
}

static enum status decide_end_sessions(struct ctx *c, struct account *a, void *arg)
{
    (void)c;
    (void)arg;
    a->session_epoch++;
    return ST_OK;
}

enum status account_sign_out(struct ctx *c, const struct domain *d, const struct caller *caller,
                             struct digest token_hash, bool everywhere)
{
    struct account changed;
    enum status st = everywhere
                         ? account_change(c, d, caller->user, decide_end_sessions, NULL, &changed)
                         : store_end_session(c, d->store, token_hash);
    if (st == ST_OK)
        audit_note(c, d, caller->user, everywhere ? AUDIT_SIGNED_OUT_EVERYWHERE : AUDIT_SIGNED_OUT,
                   AUDIT_BY_OWNER, &caller->from);
    return st;
}
