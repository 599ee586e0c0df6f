#include "model/notification.h"

#include <assert.h>

static const char *const kinds[] = {"reminder", "achievement", "motivation", "warning",
                                    "success",  "info",        NULL};
static const char *const codes[] = {
    "block_soon", "due_soon", "is_it_done",  "overdue", "short",    "missed",       "link_fails",
    "unsure",     "followed", "new_in_feed", "guest",   "day_done", "week_on_time", "week",
    "hours",      "tasks",    "on_time",     "days",    NULL};
const char *const notification_states[] = {"unread", "read", "dismissed", NULL};

enum notification_kind notification_kind_of(enum notification_code code)
{
    static const enum notification_kind of[NOTIFICATION_CODES] = {
        [TOLD_BLOCK_SOON] = NOTIFY_REMINDER,  [TOLD_DUE_SOON] = NOTIFY_REMINDER,
        [TOLD_IS_IT_DONE] = NOTIFY_REMINDER,  [TOLD_OVERDUE] = NOTIFY_WARNING,
        [TOLD_SHORT] = NOTIFY_WARNING,        [TOLD_MISSED] = NOTIFY_WARNING,
        [TOLD_LINK_FAILS] = NOTIFY_WARNING,   [TOLD_FEED_UNSURE] = NOTIFY_WARNING,
        [TOLD_FEED_FOLLOWED] = NOTIFY_INFO,   [TOLD_FEED_NEW] = NOTIFY_INFO,
        [TOLD_GUEST] = NOTIFY_WARNING,        [TOLD_DAY_DONE] = NOTIFY_SUCCESS,
        [TOLD_WEEK_ON_TIME] = NOTIFY_SUCCESS, [TOLD_WEEK] = NOTIFY_MOTIVATION,
        [TOLD_HOURS] = NOTIFY_ACHIEVEMENT,    [TOLD_TASKS] = NOTIFY_ACHIEVEMENT,
        [TOLD_ON_TIME] = NOTIFY_ACHIEVEMENT,  [TOLD_DAYS] = NOTIFY_ACHIEVEMENT,
    };
    assert(code < NOTIFICATION_CODES);
    return of[code];
}

#define ENTITY struct notification
static const struct field rows[] = {
    F(id, .doc = "Made of its cause: the same cause has the same id."),
    F(kind, .choices = kinds, .doc = "What sort of telling it is; the settings switch them."),
    F(code, .choices = codes, .doc = "What is told; the other fields are what it speaks of."),
    F(at, .flags = F_NULLABLE, .doc = "Since when it is so; null: not known."),
    F(read, .doc = "Whether it was read."),
    F(task_id, .flags = F_NULLABLE, .doc = "The task it is about."),
    F(feed_id, .flags = F_NULLABLE, .doc = "The calendar it is about."),
    F(title, .flags = F_NULLABLE, .max = 200,
      .doc = "The title of the task, the name of the calendar; followed: of the first thing that "
             "was moved."),
    F(when, .flags = F_NULLABLE, .doc = "When it begins, is due, ends, or fails since."),
    F(was, .flags = F_NULLABLE, .doc = "followed: when it was due before."),
    F(minutes, .flags = F_NULLABLE, .max = INT32_MAX,
      .doc = "The block's length; what is left, or short, or missed, or was worked."),
    F(minutes_before, .flags = F_NULLABLE, .max = INT32_MAX,
      .doc = "week: what was worked the week before."),
    F(count, .flags = F_NULLABLE, .max = INT32_MAX, .doc = "How many it speaks of."),
    F(date, .flags = F_NULLABLE, .doc = "The day, or the first of the week, that it is about."),
};
const struct table notification_table =
    TABLE("notification", rows, .doc = "Something a student is told.");
#undef ENTITY

#define ENTITY struct notifications
static const struct field reply_rows[] = {
    F(now, .doc = "When this was so."),
    F(items, .max = NOTIFICATIONS_MAX, .of = &notification_table,
      .doc = "Unread ones first, then the latest; dismissed ones and kinds that are switched off "
             "are not among them."),
    F(unread, .max = NOTIFICATIONS_MAX, .doc = "How many are unread."),
    F(quiet_until, .flags = F_NULLABLE,
      .doc = "When the quiet hours end; null: these are none. In them nobody is to be disturbed."),
    F(later, .doc = "When there may be others though nothing is changed: time to ask again."),
};
const struct table notifications_table =
    TABLE("notifications", reply_rows, .doc = "What there is to tell now.");
#undef ENTITY

#define ENTITY struct notification_mark
static const struct field mark_rows[] = {
    F(id, .flags = F_KEY, .doc = "The notification's."),
    F(state, .choices = notification_states, .fallback = NOTIFICATION_READ,
      .doc = "What was done with it."),
    F(at, .flags = F_READONLY, .doc = "When."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this mark."),
};
const struct table notification_mark_table =
    TABLE("notification_mark", mark_rows, .doc = "What a student did with a notification.");
