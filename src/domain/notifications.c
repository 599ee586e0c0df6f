#include "domain/notifications.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/telling.h"
#include "domain/zones.h"

/* ---- telling ---- */

static bool is_told(const struct settings *s, enum notification_kind kind)
{
    const bool told[NOTIFICATION_KINDS] = {
        [NOTIFY_REMINDER] = s->notify_reminder,     [NOTIFY_ACHIEVEMENT] = s->notify_achievement,
        [NOTIFY_MOTIVATION] = s->notify_motivation, [NOTIFY_WARNING] = s->notify_warning,
        [NOTIFY_SUCCESS] = s->notify_success,       [NOTIFY_INFO] = s->notify_info,
    };
    return told[kind];
}

/* The same for the same cause, everywhere and at any time. */
static struct id cause_id(const struct domain *d, enum notification_code code, struct id of,
                          int64_t nth)
{
    char text[1 + sizeof of + sizeof nth];
    uint64_t n = htobe64((uint64_t)nth);
    text[0] = (char)code;
    memcpy(text + 1, &of, sizeof of);
    memcpy(text + 1 + sizeof of, &n, sizeof n);
    struct digest digest = d->digester.plain(d->digester.self, (struct str){text, sizeof text});
    return id_make((struct instant){0}, digest.bytes);
}

struct notification *tell(struct telling *t, enum notification_code code, struct id of, int64_t nth)
{
    enum notification_kind kind = notification_kind_of(code);
    if (!is_told(&t->desk->settings, kind) || t->alike[code] >= NOTIFICATIONS_ALIKE_MAX)
        return NULL;
    struct id id = cause_id(t->domain, code, of, nth);
    const struct notification_mark *mark = desk_notification_mark(t->desk, id);
    if (mark && mark->state == NOTIFICATION_DISMISSED)
        return NULL;
    struct notification *n = &t->items[t->count++];
    t->alike[code]++;
    entity_init(&notification_table, n);
    n->id = id;
    n->kind = kind;
    n->code = code;
    n->read = mark && mark->state == NOTIFICATION_READ;
    return n;
}

void tell_later(struct telling *t, struct instant when)
{
    if (when.ms > t->now.ms && when.ms < t->later.ms)
        t->later = when;
}

/* ---- reading ---- */

/* In quiet hours: when they end; else none, and when they begin is a time to ask again. */
static struct instant quiet_until(struct telling *t)
{
    const struct settings *s = &t->desk->settings;
    int32_t from = s->quiet_from.minute;
    int32_t until = s->quiet_until.minute;
    int32_t now = zone_wall(t->zone, t->now).minute;
    if (from == until)
        return INSTANT_NONE;
    bool quiet = from < until ? now >= from && now < until : now >= from || now < until;
    struct date date = t->today;
    date.days += quiet ? now >= until : now >= from;
    struct instant edge = zone_instant(t->zone, date, quiet ? s->quiet_until : s->quiet_from);
    tell_later(t, edge);
    return !quiet || edge.ms <= t->now.ms ? INSTANT_NONE : edge;
}

static int compare(const void *a, const void *b)
{
    const struct notification *x = a;
    const struct notification *y = b;
    if (x->read != y->read)
        return x->read ? 1 : -1;
    if (x->at.ms != y->at.ms)
        return x->at.ms > y->at.ms ? -1 : 1;
    return id_cmp(x->id, y->id);
}

enum status notifications_read(struct ctx *c, const struct domain *d, const struct account *account,
                               const struct desk *desk, struct notifications *out)
{
    struct telling t = {
        .c = c, .domain = d, .desk = desk, .account = account, .now = clock_now(&d->clock)};
    t.items = ARENA_ARRAY(c->arena, struct notification,
                          (size_t)NOTIFICATION_CODES * NOTIFICATIONS_ALIKE_MAX);
    if (!t.items)
        return fail_memory(c);
    enum status st = zones_get(c, d->zones, desk->settings.zone, &t.zone);
    if (st != ST_OK)
        return st;
    t.today = zone_date(t.zone, t.now);
    t.later = zone_instant(t.zone, (struct date){t.today.days + 1}, (struct wall){0});
    st = tell_ahead(&t);
    if (st == ST_OK)
        st = tell_behind(&t);
    if (st != ST_OK)
        return st;
    qsort(t.items, (size_t)t.count, sizeof *t.items, compare);
    if (t.count > NOTIFICATIONS_MAX)
        t.count = NOTIFICATIONS_MAX;
    *out = (struct notifications){.now = t.now, .items = {t.items, t.count}};
    out->quiet_until = quiet_until(&t);
    out->later = t.later;
    for (int32_t i = 0; i < t.count; i++)
        out->unread += !t.items[i].read;
    return ST_OK;
}

/* ---- marking ---- */

struct marking {
    const struct id *ids;
    int32_t count;
    enum notification_state state;
};

static enum status check_ids(struct ctx *c, const struct marking *m)
{
    char field[32];
    for (int32_t i = 0; i < m->count; i++) {
        snprintf(field, sizeof field, "ids/%d", i);
        if (!id_is_v7(m->ids[i]))
            return fail_as(c, ST_INVALID, field, "id", "is not the id of a notification");
        for (int32_t k = 0; k < i; k++)
            if (id_eq(m->ids[i], m->ids[k]))
                return fail_as(c, ST_INVALID, field, "twice", "stands there twice");
    }
    return ST_OK;
}

static int by_age(const void *a, const void *b)
{
    const struct notification_mark *x = *(const struct notification_mark *const *)a;
    const struct notification_mark *y = *(const struct notification_mark *const *)b;
    return x->at.ms != y->at.ms ? (x->at.ms < y->at.ms ? -1 : 1) : id_cmp(x->id, y->id);
}

static bool is_marked(const struct marking *m, struct id id)
{
    for (int32_t i = 0; i < m->count; i++)
        if (id_eq(m->ids[i], id))
            return true;
    return false;
}

/* Forgets the oldest marks that are in the way of so many new ones. */
static enum status make_room(struct edit *e, const struct marking *m, int32_t added)
{
    const struct desk *desk = e->desk;
    int32_t over = desk->notification_mark_count + added - NOTIFICATION_MARKS_MAX;
    if (over <= 0)
        return ST_OK;
    const struct notification_mark **old = ARENA_ARRAY(
        e->c->arena, const struct notification_mark *, (size_t)desk->notification_mark_count);
    if (!old)
        return fail_memory(e->c);
    for (int32_t i = 0; i < desk->notification_mark_count; i++)
        old[i] = &desk->notification_marks[i];
    qsort(old, (size_t)desk->notification_mark_count, sizeof *old, by_age);
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && over > 0 && i < desk->notification_mark_count; i++) {
        if (is_marked(m, old[i]->id))
            continue;
        st = edit_delete(e, ENTITY_NOTIFICATION_MARK, old[i]->id);
        over--;
    }
    return st;
}

static enum status decide_mark(struct edit *e, void *arg)
{
    const struct marking *m = arg;
    int32_t added = 0;
    enum status st = check_ids(e->c, m);
    for (int32_t i = 0; st == ST_OK && i < m->count; i++) {
        const struct notification_mark *old = desk_notification_mark(e->desk, m->ids[i]);
        if (old ? old->state == m->state : m->state == NOTIFICATION_UNREAD)
            continue;
        struct notification_mark *mark = ARENA_NEW(e->c->arena, struct notification_mark);
        if (!mark)
            return fail_memory(e->c);
        *mark = (struct notification_mark){.id = m->ids[i], .state = m->state, .at = e->now};
        added += !old;
        st = edit_put(e, ENTITY_NOTIFICATION_MARK, mark->id, mark);
    }
    return st == ST_OK ? make_room(e, m, added) : st;
}

enum status notifications_mark(struct ctx *c, const struct domain *d, const struct caller *caller,
                               const struct op_key *key, const struct id *ids, int32_t n,
                               enum notification_state state, struct op_result *out)
{
    struct marking m = {ids, n, state};
    return operation_run(c, d, caller, key, decide_mark, &m, out);
}
