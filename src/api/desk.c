#include "api/api.h"
#include "domain/settings.h"
#include "domain/zones.h"

enum status get_settings(struct call *call)
{
    return reply_versioned(call, 200, ENTITY_SETTINGS, &call->desk->settings);
}

enum status patch_settings(struct call *call)
{
    struct op_result result;
    enum status st = settings_update(call->c, call->domain, &call->caller, call_key(call),
                                     call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status get_zone(struct call *call)
{
    const struct zone_table *table;
    struct zone zone;
    enum status st = zones_get(call->c, call->domain->zones, call->desk->settings.zone, &table);
    if (st == ST_OK)
        st = zone_read(call->c, table, clock_now(&call->domain->clock), &zone);
    return st == ST_OK ? reply_entity(call, 200, &zone_reply_table, &zone) : st;
}

enum status get_availability(struct call *call)
{
    return reply_versioned(call, 200, ENTITY_AVAILABILITY, &call->desk->availability);
}

enum status put_availability(struct call *call)
{
    struct op_result result;
    enum status st = availability_replace(call->c, call->domain, &call->caller, call_key(call),
                                          call->version, call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

/* ---- changes ---- */

/* Collects what has a version above the cursor. When there is more than `limit`, the answer stops
 * at a revision: everything up to it is in, so the client goes on from there. */
struct harvest {
    const struct desk *desk;
    int64_t since;
    int64_t until; /* versions above this come with the next answer */
};

static bool taken(const struct harvest *h, int64_t version)
{
    return version > h->since && version <= h->until;
}

/* Writes the entities of a kind that are taken into `b`, or only counts them. */
static int64_t harvest_kind(const struct harvest *h, enum entity_kind kind, struct buf *b)
{
    const struct list list = desk_list(h->desk, kind);
    const struct table *t = entity_table(kind);
    const struct field *version = &t->fields[table_find(t, STR_LIT("version"))];
    int64_t n = 0;
    for (int32_t i = 0; i < list.count; i++) {
        const void *item = (const char *)list.items + (size_t)i * t->size;
        if (!taken(h, *(const int64_t *)field_in(version, item)))
            continue;
        if (b && n)
            buf_add_char(b, ',');
        if (b)
            json_write(b, t, item);
        n++;
    }
    return n;
}

const char *changes_name(enum entity_kind kind)
{
    static const char *const names[ENTITY_KINDS] = {[ENTITY_COURSE] = "courses",
                                                    [ENTITY_TASK] = "tasks",
                                                    [ENTITY_EVENT] = "events",
                                                    [ENTITY_WORK] = "work",
                                                    [ENTITY_ATTACHMENT] = "attachments",
                                                    [ENTITY_FEED] = "feeds",
                                                    [ENTITY_FEED_ITEM] = "feed_items",
                                                    [ENTITY_CALENDAR_LINK] = "calendar_links",
                                                    [ENTITY_NOTIFICATION_MARK] =
                                                        "notification_marks",
                                                    [ENTITY_FORMER_PLAN] = "former_plans"};
    return names[kind];
}

static int64_t count_taken(const struct harvest *h)
{
    const struct desk *d = h->desk;
    int64_t n = taken(h, d->settings.version) + taken(h, d->availability.version);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind))
        n += harvest_kind(h, kind, NULL);
    for (int32_t i = 0; i < d->tombstone_count; i++)
        n += taken(h, d->tombstones[i].rev);
    return n;
}

/* The greatest revision up to which at most `limit` things changed; one commit is never cut. */
static int64_t last_whole_revision(struct harvest h, int64_t limit)
{
    int64_t low = h.since + 1;
    int64_t high = h.desk->rev;
    while (low < high) {
        int64_t mid = low + (high - low + 1) / 2;
        h.until = mid;
        if (count_taken(&h) <= limit)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

static void write_changed(struct buf *b, const struct harvest *h)
{
    const struct desk *d = h->desk;
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        buf_addf(b, "%s\"%s\":[", kind == ENTITY_FIRST_LIST ? "{" : ",", changes_name(kind));
        harvest_kind(h, kind, b);
        buf_add_char(b, ']');
    }
    if (taken(h, d->settings.version)) {
        buf_add_text(b, ",\"settings\":");
        json_write(b, &settings_table, &d->settings);
    }
    if (taken(h, d->availability.version)) {
        buf_add_text(b, ",\"availability\":");
        json_write(b, &availability_table, &d->availability);
    }
    buf_add_char(b, '}');
}

static void write_deleted(struct buf *b, const struct harvest *h)
{
    const char *comma = "";
    buf_add_char(b, '[');
    for (int32_t i = 0; i < h->desk->tombstone_count; i++) {
        if (!taken(h, h->desk->tombstones[i].rev))
            continue;
        buf_add_text(b, comma);
        json_write(b, &tombstone_table, &h->desk->tombstones[i]);
        comma = ",";
    }
    buf_add_char(b, ']');
}

static void write_changes(struct call *call, const struct harvest *h, struct buf *b)
{
    reply_buf(call, b, 4096);
    buf_add_text(b, "{\"rev\":");
    buf_add_int(b, h->until);
    buf_add_text(b, ",\"changed\":");
    write_changed(b, h);
    buf_add_text(b, ",\"deleted\":");
    write_deleted(b, h);
    buf_add_text(b, h->until < h->desk->rev ? ",\"more\":true}" : ",\"more\":false}");
}

enum status get_changes(struct call *call)
{
    struct harvest h = {.desk = call->desk};
    struct buf b;
    int64_t limit;
    enum status st = query_int(call, "since", 0, INT64_MAX, 0, &h.since);
    if (st == ST_OK)
        st = query_int(call, "limit", 1, 200, 200, &limit);
    if (st != ST_OK)
        return st;
    if (h.since > 0 && (h.since < call->desk->oldest_cursor || h.since > call->desk->rev))
        return fail(call->c, ST_GONE, "?since",
                    "that is too long ago, or of another time: read everything anew");
    struct arena_mark mark = arena_mark(call->c->arena);
    do {
        arena_rewind(call->c->arena, mark);
        h.until = h.since < call->desk->rev ? last_whole_revision(h, limit) : h.since;
        write_changes(call, &h, &b);
        limit /= 4;
    } while (b.overflowed && limit > 0);
    if (b.overflowed)
        return fail(call->c, ST_GONE, "?since",
                    "more changed at once than an answer holds: read everything anew");
    call->response->compress = true;
    return reply_json(call, 200, &b);
}
