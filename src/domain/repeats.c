#include "domain/repeats.h"

#include <string.h>

static struct digest reply_key(const struct domain *d, const struct op_key *key, const char *name)
{
    struct str parts[] = {STR_LIT("reply"), id_bytes(&key->id), str_of(name)};
    return d->digester.keyed(d->digester.self, parts, 3);
}

enum status repeat_find(struct ctx *c, const struct domain *d, const char *name,
                        const struct op_key *key, struct id *id)
{
    struct digest request;
    struct str reply;
    enum status st = store_find_reply(c, d->store, reply_key(d, key, name), clock_now(&d->clock),
                                      &request, &reply);
    if (st != ST_OK)
        return st;
    if (memcmp(&request, &key->request, sizeof request) != 0)
        return fail_as(c, ST_CONFLICT, "?Idempotency-Key", "key_reused",
                       "this key was used for another request");
    if (!id_parse(reply, id))
        return fail(c, ST_INTERNAL, "", "a kept reply is not an id");
    return ST_OK;
}

enum status repeat_claim(struct ctx *c, const struct domain *d, const char *name,
                         const struct op_key *key, struct id *id)
{
    if (!key)
        return ST_OK;
    enum status st = repeat_find(c, d, name, key, id);
    if (st == ST_NOT_FOUND) {
        char text[ID_TEXT_LEN];
        id_format(*id, text);
        ctx_forgive(c);
        st = store_put_reply(c, d->store, reply_key(d, key, name), key->request,
                             (struct str){text, sizeof text}, clock_now(&d->clock));
        if (st != ST_CONFLICT)
            return st;
        ctx_forgive(c);
        st = repeat_find(c, d, name, key, id);
    }
    return st;
}
