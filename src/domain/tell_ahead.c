/* What is ahead, and what is not well: blocks, tasks, the plan, calendars, a guest's end. */
#include <stdlib.h>

#include "domain/notifications.h"
#include "domain/schedule.h"
#include "domain/telling.h"
#include "domain/work.h"

enum { DAY_MS = DAY_MINUTES * MINUTE_MS };

static struct instant minutes_after(struct instant t, int32_t minutes)
{
    return (struct instant){t.ms + (int64_t)minutes * MINUTE_MS};
}

static int32_t minutes_between(struct instant from, struct instant until)
{
    return (int32_t)((until.ms - from.ms) / MINUTE_MS);
}

static void about_task(struct notification *n, const struct task *task)
{
    n->task_id = task->id;
    n->title = task->title;
    n->when = task->due;
    n->minutes = task->remaining_min;
}

/* ---- blocks ---- */

/* A student who is at it already need not be told. */
static bool is_at_it(const struct telling *t, struct id task_id)
{
    const struct work_entry *timer = work_timer(t->desk);
    return timer && timer->state == WORK_RUNNING && id_eq(timer->task_id, task_id);
}

/* The first block whose beginning has not been told for long enough. */
static void tell_block(struct telling *t)
{
    const struct study_block *b = t->desk->plan.blocks.items;
    for (int32_t i = 0; i < t->desk->plan.blocks.count; i++) {
        const struct task *task = desk_task(t->desk, b[i].task_id);
        struct instant from = minutes_after(b[i].start, -t->desk->settings.remind_before_min);
        struct instant until = minutes_after(b[i].start, TOLD_AFTER_BEGIN_MIN);
        bool goes_on =
            i > 0 && id_eq(b[i - 1].task_id, b[i].task_id) && b[i - 1].end.ms == b[i].start.ms;
        if (until.ms <= t->now.ms || goes_on || !task || task->state != TASK_OPEN)
            continue;
        tell_later(t, from);
        tell_later(t, until);
        if (from.ms > t->now.ms)
            return;
        struct notification *n =
            is_at_it(t, task->id) ? NULL : tell(t, TOLD_BLOCK_SOON, task->id, b[i].start.ms);
        if (!n)
            continue;
        about_task(n, task);
        n->at = from;
        n->when = b[i].start;
        n->minutes = minutes_between(b[i].start, b[i].end);
    }
}

/* ---- tasks ---- */

static int by_due(const void *a, const void *b)
{
    const struct task *x = *(const struct task *const *)a;
    const struct task *y = *(const struct task *const *)b;
    return x->due.ms != y->due.ms ? (x->due.ms < y->due.ms ? -1 : 1) : id_cmp(x->id, y->id);
}

static void tell_due(struct telling *t, const struct task *task)
{
    struct instant from = {task->due.ms - DAY_MS};
    tell_later(t, from);
    tell_later(t, task->due);
    struct notification *n =
        from.ms <= t->now.ms ? tell(t, TOLD_DUE_SOON, task->id, task->due.ms) : NULL;
    if (!n)
        return;
    about_task(n, task);
    n->at = from;
}

static void tell_overdue(struct telling *t, const struct task *task)
{
    bool lately = t->now.ms - task->due.ms <= (int64_t)TOLD_OVERDUE_DAYS * DAY_MS;
    struct notification *n = lately ? tell(t, TOLD_OVERDUE, task->id, task->due.ms) : NULL;
    if (!n)
        return;
    about_task(n, task);
    n->at = task->due;
}

static void tell_question(struct telling *t, const struct task *task)
{
    struct notification *n = tell(t, TOLD_IS_IT_DONE, task->id, task->due.ms);
    if (n)
        about_task(n, task);
}

/* The nearest first, on either side of now: of many, those are told. */
static enum status tell_tasks(struct telling *t)
{
    const struct desk *desk = t->desk;
    const struct task **open =
        ARENA_ARRAY(t->c->arena, const struct task *, (size_t)desk->task_count + 1);
    int32_t n = 0;
    int32_t ahead = 0;
    if (!open)
        return fail_memory(t->c);
    for (int32_t i = 0; i < desk->task_count; i++)
        if (desk->tasks[i].state == TASK_OPEN)
            open[n++] = &desk->tasks[i];
    if (n > 1)
        qsort(open, (size_t)n, sizeof *open, by_due);
    while (ahead < n && open[ahead]->due.ms <= t->now.ms)
        ahead++;
    for (int32_t i = ahead; i < n; i++)
        if (open[i]->remaining_min > 0)
            tell_due(t, open[i]);
        else
            tell_question(t, open[i]);
    for (int32_t i = ahead - 1; i >= 0; i--)
        if (open[i]->remaining_min > 0)
            tell_overdue(t, open[i]);
        else
            tell_question(t, open[i]);
    return ST_OK;
}

/* ---- the plan ---- */

static void tell_short(struct telling *t, const struct schedule *s)
{
    const struct schedule_task *late = s->unfinished.items;
    if (s->short_min == 0 || s->unfinished.count == 0)
        return;
    struct instant first = late[0].due;
    for (int32_t i = 1; i < s->unfinished.count; i++)
        if (late[i].due.ms < first.ms)
            first = late[i].due;
    struct notification *n = tell(t, TOLD_SHORT, ID_NONE, first.ms);
    if (!n)
        return;
    n->when = first;
    n->minutes = s->short_min;
    n->count = s->unfinished.count;
}

static void tell_missed(struct telling *t, const struct schedule *s)
{
    const struct study_block *missed = s->missed.items;
    int32_t minutes = 0;
    t->missed = s->missed.count > 0;
    if (!t->missed)
        return;
    struct instant last = missed[0].end;
    for (int32_t i = 0; i < s->missed.count; i++) {
        minutes += minutes_between(missed[i].start, missed[i].end);
        if (missed[i].end.ms > last.ms)
            last = missed[i].end;
    }
    struct date date = zone_date(t->zone, last);
    struct notification *n = tell(t, TOLD_MISSED, ID_NONE, date.days);
    if (!n)
        return;
    n->at = last;
    n->minutes = minutes;
    n->count = s->missed.count;
    n->date = date;
}

static enum status tell_plan(struct telling *t)
{
    struct schedule schedule;
    enum status st =
        schedule_read(t->c, t->domain, t->desk,
                      &(struct schedule_query){.days = 1, .at = INSTANT_NONE}, &schedule);
    if (st != ST_OK)
        return st;
    tell_short(t, &schedule);
    tell_missed(t, &schedule);
    return ST_OK;
}

/* ---- calendars ---- */

/* What one reading of a calendar brought: its things were written by the same commit. What is new
 * waits together, whenever it came, and is known by the newest. */
struct news {
    const struct feed *feed;
    const struct feed_item *item;
    enum notification_code code;
    struct id newest;
    int64_t version; /* 0: of any */
    int32_t count;
};

enum { NEWS_MAX = 64 };

static bool news_of(const struct telling *t, const struct feed_item *item,
                    enum notification_code *out)
{
    const struct feed_value *now = item->now.at;
    if (item->state == ITEM_NEW) {
        *out = TOLD_FEED_NEW;
        return item->suggested && (instant_is_none(now->due) || now->due.ms > t->now.ms);
    }
    *out = item->news == NEWS_FOLLOWED ? TOLD_FEED_FOLLOWED : TOLD_FEED_UNSURE;
    return item->state == ITEM_TAKEN && item->news != NEWS_NONE;
}

static void gather(const struct telling *t, const struct feed_item *item, struct news *news,
                   int32_t *count)
{
    enum notification_code code;
    if (!news_of(t, item, &code))
        return;
    int64_t version = code == TOLD_FEED_NEW ? 0 : item->version;
    for (int32_t i = 0; i < *count; i++)
        if (news[i].code == code && news[i].version == version &&
            id_eq(news[i].feed->id, item->feed_id)) {
            news[i].count++;
            news[i].newest = item->id; /* they come in the order of their ids */
            return;
        }
    const struct feed *feed = desk_feed(t->desk, item->feed_id);
    if (feed && *count < NEWS_MAX)
        news[(*count)++] = (struct news){feed, item, code, item->id, version, 1};
}

static void tell_news(struct telling *t, const struct news *news, bool latest)
{
    struct notification *n =
        tell(t, news->code, news->version ? news->feed->id : news->newest, news->version);
    if (!n)
        return;
    n->feed_id = news->feed->id;
    n->title = news->feed->name;
    n->count = news->count;
    n->at = latest ? news->feed->read : INSTANT_NONE;
    if (news->code != TOLD_FEED_FOLLOWED || news->count > 1)
        return;
    const struct feed_value *now = news->item->now.at;
    const struct feed_value *was = news->item->was.at;
    n->title = now->title;
    n->when = now->due;
    n->was = was && was->due.ms != now->due.ms ? was->due : INSTANT_NONE;
    n->task_id = news->item->form == FORM_TASK ? news->item->entity_id : ID_NONE;
}

static enum status tell_feeds(struct telling *t)
{
    const struct desk *desk = t->desk;
    struct news *news = ARENA_ARRAY(t->c->arena, struct news, NEWS_MAX);
    int32_t count = 0;
    if (!news)
        return fail_memory(t->c);
    for (int32_t i = 0; i < desk->feed_item_count; i++)
        gather(t, &desk->feed_items[i], news, &count);
    for (int32_t i = 0; i < count; i++) {
        bool latest = true;
        for (int32_t k = 0; k < count; k++)
            latest = latest && (news[k].feed != news[i].feed ||
                                news[k].version <= news[i].version || news[i].version == 0);
        tell_news(t, &news[i], latest);
    }
    for (int32_t i = 0; i < desk->feed_count; i++) {
        const struct feed *feed = &desk->feeds[i];
        struct notification *n = !instant_is_none(feed->failing) && feed->fails >= LINK_FAILS_TOLD
                                     ? tell(t, TOLD_LINK_FAILS, feed->id, feed->failing.ms)
                                     : NULL;
        if (!n)
            continue;
        n->feed_id = feed->id;
        n->title = feed->name;
        n->at = n->when = feed->failing;
    }
    return ST_OK;
}

/* ---- guests ---- */

/* Once, when there is something to lose and a first day to have lost interest in. */
static void tell_guest(struct telling *t)
{
    const struct account *a = t->account;
    struct instant from = {a->created.ms + DAY_MS};
    if (a->kind != ACCOUNT_GUEST || t->desk->task_count == 0)
        return;
    tell_later(t, from);
    struct notification *n = from.ms <= t->now.ms ? tell(t, TOLD_GUEST, a->id, 0) : NULL;
    if (!n)
        return;
    n->at = from;
    n->when = a->expires;
}

enum status tell_ahead(struct telling *t)
{
    tell_block(t);
    tell_guest(t);
    enum status st = tell_tasks(t);
    if (st == ST_OK)
        st = tell_plan(t);
    return st == ST_OK ? tell_feeds(t) : st;
}
