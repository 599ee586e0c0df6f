#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* What is asked about the calendars of all users: which links are to be read, whose a token is. */

static enum status read_ref(struct ctx *c, sqlite3_stmt *q, void *item)
{
    struct feed_ref *out = item;
    enum status st = read_id(c, q, 0, &out->user);
    return st == ST_OK ? read_id(c, q, 1, &out->id) : st;
}

enum status sqlite_due_feeds(void *self, struct ctx *c, struct instant now, int32_t n,
                             struct feed_ref **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st =
        question_ask(c, s->readers, Q_DUE_FEEDS,
                     "SELECT user, id FROM feed WHERE next <= ?1 ORDER BY next LIMIT ?2", &q);
    if (st != ST_OK)
        return st;
    bind_instant(q.query, 1, now);
    bind_int(q.query, 2, n);
    st = question_list(c, &q, n, sizeof **out, read_ref, &list);
    *out = list.items;
    *count = list.count;
    return st;
}

enum status sqlite_find_calendar_link(void *self, struct ctx *c, struct digest hash,
                                      struct id *user)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st = question_ask(c, s->readers, Q_FIND_CALENDAR_LINK,
                                  "SELECT user FROM calendar_link WHERE hash = ?1 LIMIT 1", &q);
    if (st != ST_OK)
        return st;
    bind_digest(q.query, 1, &hash);
    return question_row(c, &q, read_first_id, user);
}
