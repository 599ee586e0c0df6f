#include "domain/calendar_links.h"

#include <string.h>

#include "base/hex.h"

void calendar_link_token(const struct domain *d, struct id id, char out[CALENDAR_TOKEN_LEN])
{
    const struct str parts[] = {STR_LIT("calendar_link"), id_bytes(&id)};
    struct digest secret = d->digester.keyed(d->digester.self, parts, 2);
    hex_write(secret.bytes, sizeof secret.bytes, out);
}

static enum status decide_create(struct edit *e, void *arg)
{
    char token[CALENDAR_TOKEN_LEN];
    struct calendar_link *link = ARENA_NEW(e->c->arena, struct calendar_link);
    (void)arg;
    if (!link)
        return fail_memory(e->c);
    if (e->desk->calendar_link_count >= CALENDAR_LINKS_MAX)
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d links, as many as there may be: revoke one first",
                       CALENDAR_LINKS_MAX);
    entity_init(&calendar_link_table, link);
    link->id = domain_new_id(e->domain);
    link->created = e->now;
    calendar_link_token(e->domain, link->id, token);
    link->hash =
        e->domain->digester.plain(e->domain->digester.self, (struct str){token, sizeof token});
    e->outcome = OP_CREATED;
    enum status st = edit_put(e, ENTITY_CALENDAR_LINK, link->id, link);
    return st == ST_OK ? edit_show(e, ENTITY_CALENDAR_LINK, link->id, link) : st;
}

enum status calendar_link_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_create, NULL, out);
}

struct revocation {
    struct id id;
    int64_t expected;
};

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct revocation *r = arg;
    const void *link = desk_entity(e->desk, ENTITY_CALENDAR_LINK, r->id);
    if (!link)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such link");
    enum status st = edit_check_version(e, ENTITY_CALENDAR_LINK, link, r->expected);
    return st == ST_OK ? edit_delete(e, ENTITY_CALENDAR_LINK, r->id) : st;
}

enum status calendar_link_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct op_result *out)
{
    struct revocation r = {id, expected};
    return operation_run(c, d, caller, key, decide_delete, &r, out);
}

enum status calendar_link_find(struct ctx *c, const struct domain *d, struct str token,
                               struct id *user)
{
    if (token.len != CALENDAR_TOKEN_LEN)
        return ST_NOT_FOUND;
    return store_find_calendar_link(c, d->store, d->digester.plain(d->digester.self, token), user);
}
