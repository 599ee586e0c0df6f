/* feed_decide: what becomes of items. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/events.h"
#include "domain/feed_merge.h"
#include "domain/feed_review.h"
#include "domain/feeds.h"
#include "domain/tasks.h"
#include "domain/work.h"

/* A course that this review makes. */
struct made_course {
    struct str name;
    struct id id;
};

struct review {
    struct id feed;
    const struct feed_review *asked;
    struct made_course *made;
    int32_t made_count;
    int32_t tasks;
    int32_t events;
    bool moved;    /* when events take place */
    bool remember; /* what had news */
};

static enum status put_item(struct edit *e, const struct feed_item *item)
{
    struct feed_item *copy = ARENA_NEW(e->c->arena, struct feed_item);
    if (!copy)
        return fail_memory(e->c);
    *copy = *item;
    return edit_put(e, ENTITY_FEED_ITEM, copy->id, copy);
}

static enum status find_item(struct edit *e, const struct review *r, struct id id,
                             const char *field, const struct feed_item **out)
{
    *out = desk_feed_item(e->desk, id);
    if (!*out || !id_eq((*out)->feed_id, r->feed))
        return fail(e->c, ST_NOT_FOUND, field, "there is no such thing in this calendar");
    return ST_OK;
}

/* ---- courses ---- */

static bool is_word_end(struct str s, size_t at)
{
    if (at >= s.len)
        return true;
    char ch = s.data[at];
    return !((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
             (unsigned char)ch >= 0x80);
}

/* "ANA1-WS26" names the course whose code is ANA1, as well as one of that name. */
static bool names_course(struct str text, const struct course *course)
{
    struct str code = course->code;
    if (str_eq_nocase(text, course->name) || str_eq_nocase(text, code))
        return true;
    return code.len >= 2 && text.len > code.len && is_word_end(text, code.len) &&
           str_eq_nocase((struct str){text.data, code.len}, code);
}

/* The colour that fewest courses have. */
static int32_t next_color(const struct edit *e, const struct review *r)
{
    enum { COLORS = 10 };
    int32_t used[COLORS + 1] = {0};
    int32_t best = 1;
    for (int32_t i = 0; i < e->desk->course_count; i++)
        used[e->desk->courses[i].color]++;
    for (int32_t i = 0; i < r->made_count; i++)
        used[(e->desk->course_count + i) % COLORS + 1]++;
    for (int32_t i = 2; i <= COLORS; i++)
        if (used[i] < used[best])
            best = i;
    return best;
}

/* A short label: what stands before the first sign that is none of a name's. */
static struct str code_of(struct str name)
{
    enum { CODE_BYTES = 8 };
    size_t len = 0;
    while (len < name.len && !is_word_end(name, len) && (unsigned char)name.data[len] < 0x80)
        len++;
    return len > 0 && len <= CODE_BYTES ? (struct str){name.data, len} : STR_LIT("");
}

static enum status make_course(struct edit *e, struct review *r, struct str name, struct id *out)
{
    if (e->desk->course_count + r->made_count >= COURSES_MAX) {
        *out = ID_NONE; /* better without than not at all */
        return ST_OK;
    }
    struct course *course = ARENA_NEW(e->c->arena, struct course);
    if (!course)
        return fail_memory(e->c);
    entity_init(&course_table, course);
    course->id = domain_new_id(e->domain);
    course->name = name;
    course->code = code_of(name);
    course->color = next_color(e, r);
    r->made[r->made_count++] = (struct made_course){name, course->id};
    *out = course->id;
    return edit_put(e, ENTITY_COURSE, course->id, course);
}

static enum status course_for(struct edit *e, struct review *r, const struct feed_item *item,
                              const struct feed_choice *choice, const char *field, struct id *out)
{
    *out = choice->course_id;
    if (!id_is_none(*out))
        return desk_course(e->desk, *out)
                   ? ST_OK
                   : fail_as(e->c, ST_INVALID, field, "unknown", "there is no such course");
    if (!item->course.len)
        return ST_OK;
    for (int32_t i = 0; i < e->desk->course_count; i++)
        if (names_course(item->course, &e->desk->courses[i])) {
            *out = e->desk->courses[i].id;
            return ST_OK;
        }
    for (int32_t i = 0; i < r->made_count; i++)
        if (str_eq(item->course, r->made[i].name)) {
            *out = r->made[i].id;
            return ST_OK;
        }
    return make_course(e, r, item->course, out);
}

/* ---- taking ---- */

static enum status take_task(struct edit *e, struct review *r, const struct feed_item *item,
                             const struct feed_choice *choice, struct id course)
{
    struct task *t = ARENA_NEW(e->c->arena, struct task);
    if (!t)
        return fail_memory(e->c);
    feed_make_task(item, t);
    t->id = item->entity_id;
    t->course_id = course;
    t->created = e->now;
    if (choice->estimate_min != I32_NONE)
        t->estimate_min = t->remaining_min = choice->estimate_min;
    r->tasks++;
    return edit_put(e, ENTITY_TASK, t->id, t);
}

static enum status take_event(struct edit *e, struct review *r, const struct feed_item *item,
                              struct id course)
{
    struct event *ev = ARENA_NEW(e->c->arena, struct event);
    if (!ev)
        return fail_memory(e->c);
    feed_make_event(item->now.at, ev);
    ev->id = item->entity_id;
    ev->notes = item->notes;
    ev->created = e->now;
    enum status st = event_check_alone(e, ev);
    ev->course_id = course;
    r->events++;
    r->moved = true;
    return st == ST_OK ? edit_put(e, ENTITY_EVENT, ev->id, ev) : st;
}

static enum status take_new(struct edit *e, struct review *r, const struct feed_item *old,
                            const struct feed_choice *choice, const char *field)
{
    struct feed_item item = *old;
    struct id course;
    enum status st = course_for(e, r, old, choice, field, &course);
    if (st != ST_OK)
        return st;
    item.entity_id = domain_new_id(e->domain);
    item.state = ITEM_TAKEN;
    item.before = item.now;
    st = item.form == FORM_TASK ? take_task(e, r, &item, choice, course)
                                : take_event(e, r, &item, course);
    item.notes = STR_LIT("");
    return st == ST_OK ? put_item(e, &item) : st;
}

static enum status follow(struct edit *e, struct review *r, const struct feed_item *old)
{
    struct feed_item item = *old;
    enum status st = feed_merge_item(e, old, &r->moved);
    item.before = item.now;
    item.news = NEWS_NONE;
    return st == ST_OK ? put_item(e, &item) : st;
}

/* The student has seen that it followed. */
static enum status see(struct edit *e, const struct feed_item *old)
{
    struct feed_item item = *old;
    item.news = NEWS_NONE;
    item.was = (struct object){NULL};
    return put_item(e, &item);
}

/* It is no longer in the calendar: so it goes here too. Should it come back, it is new. */
static enum status let_go(struct edit *e, const struct feed_item *item)
{
    const struct task *task = desk_task(e->desk, item->entity_id);
    enum status st = ST_OK;
    if (item->form == FORM_TASK && task && task->state == TASK_OPEN)
        st = task_drop(e, task);
    else if (item->form == FORM_EVENT && desk_event(e->desk, item->entity_id))
        st = edit_delete(e, ENTITY_EVENT, item->entity_id);
    return st == ST_OK ? edit_delete(e, ENTITY_FEED_ITEM, item->id) : st;
}

static enum status take_news(struct edit *e, struct review *r, const struct feed_item *item)
{
    switch ((enum feed_news)item->news) {
    case NEWS_NONE:
        break;
    case NEWS_CHANGED:
        return follow(e, r, item);
    case NEWS_FOLLOWED:
        return see(e, item);
    case NEWS_REMOVED:
    case NEWS_CANCELLED:
        return let_go(e, item);
    }
    return ST_OK;
}

/* Whether the edit changed a task or event, from its change `from` on. */
static bool is_changed(const struct edit *e, int32_t from, struct id id)
{
    for (int32_t i = from; i < e->change_count; i++)
        if (e->changes[i].kind != ENTITY_FEED_ITEM && id_eq(e->changes[i].id, id))
            return true;
    return false;
}

static enum status take_one(struct edit *e, struct review *r, int32_t i)
{
    const struct feed_choice *choice = &r->asked->take[i];
    const struct feed_item *item;
    char field[40];
    snprintf(field, sizeof field, "/take/%d/id", i);
    enum status st = find_item(e, r, choice->id, field, &item);
    if (st != ST_OK)
        return st;
    snprintf(field, sizeof field, "/take/%d/course_id", i);
    if (item->state != ITEM_TAKEN)
        return take_new(e, r, item, choice, field);
    const int32_t before = e->change_count;
    st = take_news(e, r, item);
    if (st == ST_OK && r->remember && feed_has_news(item))
        st = feed_remember(e, item, is_changed(e, before, item->entity_id));
    return st;
}

/* ---- leaving ---- */

static enum status leave_one(struct edit *e, struct review *r, int32_t i)
{
    const struct feed_item *old;
    char field[40];
    snprintf(field, sizeof field, "/leave/%d", i);
    enum status st = find_item(e, r, r->asked->leave[i], field, &old);
    if (st != ST_OK || old->state == ITEM_LEFT ||
        (old->state == ITEM_TAKEN && old->news == NEWS_NONE))
        return st;
    if (r->remember && feed_has_news(old))
        st = feed_remember(e, old, false);
    if (st != ST_OK)
        return st;
    struct feed_item item = *old;
    item.news = NEWS_NONE;
    item.was = (struct object){NULL};
    if (old->news == NEWS_CHANGED) {
        item.before = item.now;
    } else if (old->news != NEWS_FOLLOWED) {
        item.state = ITEM_LEFT;
        item.entity_id = ID_NONE;
    }
    return put_item(e, &item);
}

/* ---- and back ---- */

/* Deletes the task it became. What it knew of the calendar it still has, if it was not changed. */
static enum status give_back_task(struct edit *e, struct feed_item *item, const char *field)
{
    const struct task *task = desk_task(e->desk, item->entity_id);
    if (!task)
        return ST_OK;
    const struct work_entry *timer = work_timer(e->desk);
    if (task->state != TASK_OPEN || task->worked_min > 0 ||
        (timer && id_eq(timer->task_id, task->id)))
        return fail_as(e->c, ST_CONFLICT, field, "begun",
                       "its task is begun, done or dropped: it stays");
    if (task->version == item->version)
        item->notes = task->notes;
    enum status st = prerequisites_drop(e, &task->id, 1);
    return st == ST_OK ? edit_delete(e, ENTITY_TASK, task->id) : st;
}

static enum status give_back_event(struct edit *e, struct feed_item *item)
{
    const struct event *event = desk_event(e->desk, item->entity_id);
    if (!event)
        return ST_OK;
    if (event->version == item->version)
        item->notes = event->notes;
    return edit_delete(e, ENTITY_EVENT, event->id);
}

static enum status reopen_one(struct edit *e, struct review *r, int32_t i)
{
    const struct feed_item *old;
    char field[40];
    snprintf(field, sizeof field, "/reopen/%d", i);
    enum status st = find_item(e, r, r->asked->reopen[i], field, &old);
    if (st != ST_OK || old->state == ITEM_NEW)
        return st;
    struct feed_item item = *old;
    if (old->state == ITEM_TAKEN)
        st = old->form == FORM_TASK ? give_back_task(e, &item, field) : give_back_event(e, &item);
    item.state = ITEM_NEW;
    item.news = NEWS_NONE;
    item.entity_id = ID_NONE;
    item.before = item.was = (struct object){NULL};
    return st == ST_OK ? put_item(e, &item) : st;
}

/* Whether anything lies in a course. */
static bool is_used(const struct desk *desk, struct id course)
{
    for (int32_t i = 0; i < desk->task_count; i++)
        if (id_eq(desk->tasks[i].course_id, course))
            return true;
    for (int32_t i = 0; i < desk->event_count; i++)
        if (id_eq(desk->events[i].course_id, course))
            return true;
    for (int32_t i = 0; i < desk->work_count; i++)
        if (id_eq(desk->works[i].course_id, course))
            return true;
    return false;
}

/* A course that came in the same change as something reopened was made for it, and nobody touched
 * it since. */
static bool was_made_for(const struct edit *e, const struct review *r, const struct course *course)
{
    for (int32_t i = 0; i < r->asked->reopen_count; i++) {
        const struct feed_item *item = desk_feed_item(e->desk, r->asked->reopen[i]);
        if (item && item->state == ITEM_TAKEN && item->version == course->version)
            return true;
    }
    return false;
}

static enum status give_back_courses(struct edit *e, const struct review *r)
{
    struct desk after;
    enum status st = ST_OK;
    if (r->asked->reopen_count == 0)
        return ST_OK;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);
    for (int32_t i = 0; st == ST_OK && i < e->desk->course_count; i++) {
        const struct course *course = &e->desk->courses[i];
        if (was_made_for(e, r, course) && !is_used(&after, course->id))
            st = edit_delete(e, ENTITY_COURSE, course->id);
    }
    return st;
}

/* ---- the whole ---- */

/* The ids of all that is asked, one list behind the other, and where each stands. */
static struct id asked_id(const struct feed_review *asked, int32_t i, char *field, size_t size)
{
    int32_t at = i - asked->take_count;
    if (at < 0) {
        snprintf(field, size, "/take/%d/id", i);
        return asked->take[i].id;
    }
    if (at < asked->leave_count) {
        snprintf(field, size, "/leave/%d", at);
        return asked->leave[at];
    }
    at -= asked->leave_count;
    snprintf(field, size, "/reopen/%d", at);
    return asked->reopen[at];
}

static int compare_ids(const void *a, const void *b)
{
    return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

static enum status check_twice(struct edit *e, const struct feed_review *asked)
{
    char field[40];
    int32_t n = 0;
    const int32_t all = asked->take_count + asked->leave_count + asked->reopen_count;
    struct id *seen = ARENA_ARRAY(e->c->arena, struct id, (size_t)all + 1);
    if (!seen)
        return fail_memory(e->c);
    for (; n < all; n++)
        seen[n] = asked_id(asked, n, field, sizeof field);
    qsort(seen, (size_t)n, sizeof *seen, compare_ids);
    for (int32_t i = 1; i < n; i++) {
        if (!id_eq(seen[i - 1], seen[i]))
            continue;
        for (int32_t k = all - 1; !id_eq(asked_id(asked, k, field, sizeof field), seen[i]);)
            k--;
        return fail_as(e->c, ST_INVALID, field, "twice", "is there already");
    }
    return ST_OK;
}

static enum status check_quota(struct edit *e, const struct review *r)
{
    int32_t tasks = e->desk->task_count + r->tasks;
    int32_t events = e->desk->event_count + r->events;
    struct desk after;
    if (r->tasks && tasks > task_quota(e->caller->kind))
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "together there would be %d tasks, and there may be %d", tasks,
                       task_quota(e->caller->kind));
    if (r->events && events > EVENTS_MAX)
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "together there would be %d events, and there may be %d", events,
                       EVENTS_MAX);
    if (!r->moved)
        return ST_OK;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);
    return events_check_load(e, &after);
}

/* How many of what is asked about had been taken and has news. */
static int32_t count_news(const struct desk *desk, const struct feed_review *asked)
{
    char field[40];
    int32_t n = 0;
    for (int32_t i = 0; i < asked->take_count + asked->leave_count; i++) {
        const struct feed_item *item =
            desk_feed_item(desk, asked_id(asked, i, field, sizeof field));
        n += item && feed_has_news(item);
    }
    return n;
}

static enum status decide(struct edit *e, void *arg)
{
    struct review *r = arg;
    const struct feed *feed = desk_feed(e->desk, r->feed);
    r->made_count = r->tasks = r->events = 0;
    r->moved = false;
    r->made = ARENA_ARRAY(e->c->arena, struct made_course, (size_t)r->asked->take_count + 1);
    if (!r->made)
        return fail_memory(e->c);
    if (!feed)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such calendar");
    enum status st = check_twice(e, r->asked);
    if (st == ST_OK)
        st = edit_show(e, ENTITY_FEED, feed->id, feed);
    r->remember = count_news(e->desk, r->asked) <= FEED_REMEMBERED_MAX;
    for (int32_t i = 0; st == ST_OK && i < r->asked->take_count; i++)
        st = take_one(e, r, i);
    for (int32_t i = 0; st == ST_OK && i < r->asked->leave_count; i++)
        st = leave_one(e, r, i);
    for (int32_t i = 0; st == ST_OK && i < r->asked->reopen_count; i++)
        st = reopen_one(e, r, i);
    if (st == ST_OK)
        st = give_back_courses(e, r);
    return st == ST_OK ? check_quota(e, r) : st;
}

enum status feed_decide(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id feed, const struct feed_review *review,
                        struct op_result *out)
{
    struct review r = {.feed = feed, .asked = review};
    return operation_run(c, d, caller, key, decide, &r, out);
}
