#include "domain/events.h"

#include "api/api.h"
#include "api/forms.h"
#include "api/page.h"
#include "domain/occurrences.h"
#include "domain/schedule.h"

enum {
    SHOWN_MAX = 5000, /* occurrences in one answer */
    SHOWN_DAYS = 7    /* if not given */
};

/* A stretch of time, and whose events are asked about. */
struct stretch {
    const struct call *call;
    struct date first; /* DATE_NONE: open, as `last` */
    struct date last;
    struct instant from;
    struct instant until;
};

static enum status read_edge(struct call *call, const char *name, struct date *date,
                             struct instant *out)
{
    enum status st = query_date(call, name, DATE_NONE, date);
    if (st == ST_OK && date->days != DATE_NONE.days)
        st = occurrences_midnight(call->c, call->domain, call->desk, *date, out);
    return st;
}

static bool takes_place(const struct page *page, const void *item)
{
    const struct stretch *s = page->arg;
    bool any = false;
    enum status st =
        occurrences_any(s->call->c, s->call->domain, s->call->desk, item, s->from, s->until, &any);
    return st == ST_OK && any;
}

enum status list_events(struct call *call)
{
    struct stretch s = {.call = call, .until = {(int64_t)253402300799 * 1000}}; /* the year 9999 */
    enum status st = read_edge(call, "from", &s.first, &s.from);
    if (st == ST_OK)
        st = read_edge(call, "until", &s.last, &s.until);
    if (st != ST_OK)
        return st;
    bool all = s.first.days == DATE_NONE.days && s.last.days == DATE_NONE.days;
    int64_t state = all ? 0 : s.first.days * ((int64_t)1 << 32) + s.last.days;
    return reply_page(call, &(struct page){.items = call->desk->events,
                                           .count = call->desk->event_count,
                                           .table = &event_table,
                                           .keep = all ? NULL : takes_place,
                                           .state = state,
                                           .arg = &s});
}

static enum status read_stretch(struct call *call, struct stretch *out)
{
    struct date today;
    struct date from = DATE_NONE;
    int64_t days = 0;
    enum status st = occurrences_today(call->c, call->domain, call->desk, &today);
    if (st == ST_OK)
        st = query_date(call, "from", today, &from);
    if (st == ST_OK)
        st = query_int(call, "days", 1, SCHEDULE_DAYS_MAX, SHOWN_DAYS, &days);
    if (st == ST_OK)
        st = occurrences_midnight(call->c, call->domain, call->desk, from, &out->from);
    from.days += (int32_t)days;
    if (st == ST_OK)
        st = occurrences_midnight(call->c, call->domain, call->desk, from, &out->until);
    return st;
}

enum status list_occurrences(struct call *call)
{
    struct stretch s;
    struct occurrences found;
    struct list shown;
    enum status st = read_stretch(call, &s);
    if (st == ST_OK)
        st = occurrences_find(call->c, call->domain, call->desk, s.from, s.until, &found);
    if (st == ST_OK && found.count > SHOWN_MAX)
        st = fail(call->c, ST_TOO_LARGE, "?days",
                  "events take place more than %d times: "
                  "ask for fewer days",
                  SHOWN_MAX);
    if (st == ST_OK)
        st = occurrences_show(call->c, &found, &shown);
    if (st != ST_OK)
        return st;
    struct buf b;
    reply_buf(call, &b, 4096);
    call->response->compress = true;
    json_write_page(&b, &occurrence_table, shown.items, shown.count, STR_NONE);
    return reply_json(call, 200, &b);
}

enum status get_event(struct call *call)
{
    return reply_found(call, ENTITY_EVENT);
}

enum status post_event(struct call *call)
{
    struct op_result result;
    enum status st =
        event_create(call->c, call->domain, &call->caller, call_key(call), call->body, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status patch_event(struct call *call)
{
    struct op_result result;
    enum status st = event_update(call->c, call->domain, &call->caller, call_key(call), call->id,
                                  call->version, call->body, call->present, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}

enum status delete_event(struct call *call)
{
    struct op_result result;
    enum status st = event_delete(call->c, call->domain, &call->caller, call_key(call), call->id,
                                  call->version, &result);
    return st == ST_OK ? reply_nothing(call) : st;
}

enum status post_split(struct call *call)
{
    const struct split_form *form = call->body;
    struct op_result result;
    enum status st = event_split(call->c, call->domain, &call->caller, call_key(call), call->id,
                                 call->version, form->date, &result);
    return st == ST_OK ? reply_result(call, &result) : st;
}
