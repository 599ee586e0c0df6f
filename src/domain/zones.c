#include "domain/zones.h"

#include <pthread.h>

#include "base/pool.h"

enum {
    ZONES_MEMORY = 64 << 20,
    DAY_S = 86400,
    YEAR_DAYS = 366,
};

struct zone_cache {
    struct zone_port port;
    pthread_mutex_t lock;
    struct arena arena; /* tables; guarded by `lock` */
    int32_t count;
    const struct zone_table *tables[ZONES_MAX];
};

struct zone_cache *zones_open(const struct zone_port *port)
{
    struct zone_cache *z = process_alloc(sizeof *z);
    if (!z)
        return NULL;
    z->port = *port;
    pthread_mutex_init(&z->lock, NULL);
    arena_init(&z->arena, ZONES_MEMORY);
    return z;
}

void zones_close(struct zone_cache *z)
{
    if (!z)
        return;
    arena_release(&z->arena);
    pthread_mutex_destroy(&z->lock);
    process_free(z);
}

static const struct zone_table *find(const struct zone_cache *z, struct str name)
{
    for (int32_t i = 0; i < z->count; i++)
        if (str_eq(z->tables[i]->name, name))
            return z->tables[i];
    return NULL;
}

enum status zones_get(struct ctx *c, struct zone_cache *z, struct str name,
                      const struct zone_table **out)
{
    enum status st = ST_OK;
    pthread_mutex_lock(&z->lock);
    *out = find(z, name);
    if (!*out && z->count == ZONES_MAX)
        st = fail(c, ST_TOO_LARGE, "zone", "too many time zones are in use");
    else if (!*out) {
        st = zone_load(c, &z->port, name, &z->arena, out);
        if (st == ST_OK)
            z->tables[z->count++] = *out;
    }
    pthread_mutex_unlock(&z->lock);
    return st;
}

enum status zone_read(struct ctx *c, const struct zone_table *table, struct instant now,
                      struct zone *out)
{
    int64_t from = now.ms / 1000 - (int64_t)YEAR_DAYS * DAY_S;
    int64_t until = now.ms / 1000 + (int64_t)ZONE_AHEAD_DAYS * DAY_S;
    struct zone_turn *turns = ARENA_ARRAY(c->arena, struct zone_turn, (size_t)table->count + 1);
    if (!turns)
        return fail_memory(c);
    *out = (struct zone){.name = table->name, .first_s = table->first_s, .turns = {turns, 0}};
    for (int32_t i = 0; i < table->count && table->changes[i].at < until; i++) {
        const struct zone_change *change = &table->changes[i];
        if (change->at < from)
            out->first_s = change->offset_s;
        else
            turns[out->turns.count++] = (struct zone_turn){{change->at * 1000}, change->offset_s};
    }
    return ST_OK;
}
