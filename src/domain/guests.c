#include "domain/guests.h"

#include "domain/account_parts.h"
#include "domain/audit.h"
#include "domain/take.h"

static enum status merge(struct ctx *c, const struct domain *d, const struct caller *guest,
                         const struct account *account)
{
    const struct caller user = {.user = account->id,
                                .kind = (enum account_kind)account->kind,
                                .storage_mib = account->storage_mib,
                                .from = guest->from};
    const struct desk *desk;
    struct take_result taken;
    enum status st = store_get_desk(c, d->store, guest->user, &desk);
    if (st != ST_OK)
        return st;
    st = desk_take(c, d, &user, NULL, desk, &taken);
    store_release_desk(d->store, desk);
    if (st == ST_OK)
        audit_note(c, d, account->id, AUDIT_GUEST_MERGED, AUDIT_BY_OWNER, &user.from);
    return st;
}

/* One that is gone meanwhile was settled by another request. */
static enum status erase(struct ctx *c, const struct domain *d, const struct caller *guest)
{
    enum status st = account_erase(c, d, guest);
    if (st != ST_NOT_FOUND)
        return st;
    ctx_forgive(c);
    return ST_OK;
}

/* Its files are the user's now: only the account goes. What was not taken has no record any more
 * and is swept away. */
static enum status erase_merged(struct ctx *c, const struct domain *d, struct id guest)
{
    enum status st = store_erase_account(c, d->store, guest, ANY_VERSION);
    if (st != ST_NOT_FOUND)
        return st;
    ctx_forgive(c);
    return ST_OK;
}

enum status guest_settle(struct ctx *c, const struct domain *d, const struct caller *caller,
                         enum guest_fate fate, const struct account *account)
{
    if (id_is_none(caller->user) || caller->kind != ACCOUNT_GUEST || fate == GUEST_STAYS)
        return ST_OK;
    enum status st = fate == GUEST_MERGED ? merge(c, d, caller, account) : ST_OK;
    if (st == ST_NOT_FOUND)
        ctx_forgive(c);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    return fate == GUEST_MERGED ? erase_merged(c, d, caller->user) : erase(c, d, caller);
}

/* A guest that came back since it was found, or became a user, stays. */
static enum status erase_expired(struct ctx *c, const struct domain *d, struct id id, bool *gone)
{
    struct account a;
    enum status st = store_account_by_id(c, d->store, id, &a);
    *gone = false;
    if (st == ST_OK && (a.kind != ACCOUNT_GUEST || a.expires.ms >= clock_now(&d->clock).ms))
        return ST_OK;
    if (st == ST_OK)
        st = account_erase_at(c, d, id, a.version);
    *gone = st == ST_OK;
    if (st != ST_NOT_FOUND && st != ST_STALE)
        return st;
    ctx_forgive(c);
    return ST_OK;
}

enum status guests_expire(struct ctx *c, const struct domain *d, int32_t most, int32_t *erased)
{
    struct id *guests;
    int32_t count = 0;
    enum status st = store_expired_guests(c, d->store, clock_now(&d->clock), most, &guests, &count);
    *erased = 0;
    for (int32_t i = 0; st == ST_OK && i < count; i++) {
        bool gone;
        st = erase_expired(c, d, guests[i], &gone);
        *erased += gone;
    }
    return st;
}
