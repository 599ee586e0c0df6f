#include "domain/audit.h"

void audit_note(struct ctx *c, const struct domain *d, struct id user, enum audit_kind kind,
                enum audit_actor actor, const struct whence *from)
{
    struct ctx own = {.arena = c->arena};
    const struct audit_entry entry = {.id = domain_new_id(d),
                                      .at = clock_now(&d->clock),
                                      .kind = kind,
                                      .actor = actor,
                                      .device = from->device.data ? from->device : STR_LIT(""),
                                      .address = from->address.data ? from->address : STR_LIT(""),
                                      .count = 1};
    struct instant again_since = INSTANT_NONE;
    if (kind == AUDIT_SIGN_IN_FAILED)
        again_since.ms = entry.at.ms - (int64_t)AUDIT_AGAIN_MINUTES * MINUTE_MS;
    (void)!store_add_audit(&own, d->store, user, &entry, again_since);
}

enum status audit_list(struct ctx *c, const struct domain *d, const struct caller *caller,
                       struct id before, int32_t n, struct audit_entry **out, int32_t *count)
{
    return store_list_audit(c, d->store, caller->user, before, n, out, count);
}
