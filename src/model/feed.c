#include "model/feed.h"

#include "model/event.h"
#include "model/task.h"

static const char *const products[] = {"other", "canvas", "moodle", "google", "outlook", NULL};
static const char *const reasons[] = {"rule",       "expanded", "too_long",
                                      "exceptions", "no_time",  NULL};
static const char *const states[] = {"new", "taken", "left", NULL};
static const char *const news[] = {"none", "changed", "removed", "cancelled", "followed", NULL};
static const char *const faults[] = {"none",  "unreachable", "status",    "private",
                                     "wrong", "no_calendar", "too_large", NULL};
static const char *const forms[] = {"task", "event", NULL};
static const char *const categories[] = {"other",   "quiz", "sheet", "essay", "reading", "lab",
                                         "project", "talk", "exam",  "class", NULL};

#define ENTITY struct feed_remark
static const struct field remark_rows[] = {
    F(title, .max = 200, .doc = "What it is about."),
    F(reason, .choices = reasons,
      .doc = "Why it was left out; expanded: it was not, but repeats in a way that only single "
             "items can show, and they end a year from now."),
};
static const struct table remark_table =
    TABLE("feed_remark", remark_rows, .doc = "Something that could not be taken as it is.");
#undef ENTITY

#define ENTITY struct feed
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7."),
    F(name, .flags = F_REQUIRED, .min = 1, .max = 80, .doc = "What the student calls it."),
    F(product, .flags = F_READONLY, .choices = products, .doc = "The system that wrote it."),
    F(read, .flags = F_READONLY, .doc = "When something in it was new for the last time."),
    F(left_out, .flags = F_READONLY, .max = INT32_MAX,
      .doc = "How many things in it could not be taken."),
    F(remarks, .flags = F_READONLY, .max = FEED_REMARKS_MAX, .of = &remark_table,
      .doc = "The first of them, and what else is to be known."),
    F(created, .flags = F_READONLY, .doc = "When it was first read."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this feed; its ETag."),
    F(url, .flags = F_HIDDEN, .max = FEED_URL_MAX, .doc = "A link: a secret."),
    F(address, .flags = F_READONLY | F_NULLABLE, .min = 1, .max = FEED_HOST_MAX,
      .doc = "The host that the link leads to; the rest of it is a secret. Null: a file."),
    F(tag, .flags = F_HIDDEN, .max = FEED_HEADER_MAX, .doc = "Its ETag."),
    F(modified, .flags = F_HIDDEN, .max = FEED_HEADER_MAX, .doc = "Its Last-Modified."),
    F(checked, .flags = F_READONLY | F_NULLABLE, .doc = "When the link was reached last."),
    F(failing, .flags = F_READONLY | F_NULLABLE,
      .doc = "Since when the link cannot be read; null: it can."),
    F(next, .flags = F_READONLY | F_NULLABLE, .doc = "When the link is read again."),
    F(fails, .flags = F_HIDDEN, .max = INT32_MAX, .doc = "How often it failed in a row."),
    F(fault, .flags = F_READONLY, .choices = faults, .doc = "Why it cannot be read."),
};
const struct table feed_table = TABLE("feed", rows, .doc = "A calendar of others.");
#undef ENTITY

#define ENTITY struct feed_value
static const struct field value_rows[] = {
    F(title, .max = 200, .doc = "What it is."),
    F(place, .max = 200, .doc = "Where."),
    F(due, .flags = F_NULLABLE, .doc = "When it must be finished; null for what takes place."),
    F(date, .flags = F_NULLABLE, .doc = "The first day; null for what is only due."),
    F(end_date, .flags = F_NULLABLE, .doc = "The day it ends, if it is not the same."),
    F(start, .doc = "From, by the wall clock."),
    F(end, .doc = "Until."),
    F(zone, .flags = F_NULLABLE, .min = 1, .max = 64, .doc = "Of dates and times."),
    F(rule, .flags = F_NULLABLE, .min = 1, .max = EVENT_RULE_MAX, .doc = "How it is repeated."),
    F(busy, .doc = "Takes its time from the free hours."),
    F(skipped, .max = EVENT_EXCEPTIONS_MAX, .of = &event_skip_table, .doc = "Days left out."),
    F(moved, .max = EVENT_EXCEPTIONS_MAX, .of = &event_move_table,
      .doc = "Days on which it is otherwise."),
};
const struct table feed_value_table =
    TABLE("feed_value", value_rows, .doc = "What a calendar says of a thing.");
#undef ENTITY

#define ENTITY struct feed_item
static const struct field item_rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7."),
    F(feed_id, .flags = F_READONLY, .doc = "The calendar it stands in."),
    F(key, .flags = F_HIDDEN, .doc = "Of UID and RECURRENCE-ID."),
    F(state, .flags = F_READONLY, .choices = states,
      .doc = "new: not decided; taken: it is a task or event; left: it shall not be one."),
    F(news, .flags = F_READONLY, .choices = news,
      .doc =
          "What the calendar says otherwise than when it was taken, to be decided; followed: the "
          "task or event has followed a link's change, to be seen."),
    F(form, .flags = F_READONLY, .choices = forms, .doc = "What it is, or would be."),
    F(category, .flags = F_READONLY, .choices = categories, .doc = "What sort of work it is."),
    F(suggested, .flags = F_READONLY, .doc = "Worth taking: ahead, and something to do."),
    F(course, .flags = F_READONLY | F_NULLABLE, .min = 1, .max = 80,
      .doc = "The course as the calendar names it."),
    F(notes, .flags = F_READONLY | F_LINES, .max = FEED_NOTES_MAX,
      .doc = "What the calendar says of it, until it is taken: then it stands there."),
    F(estimate_min, .flags = F_READONLY, .max = TASK_MINUTES_MAX,
      .doc = "Minutes of work, as is usual for its sort; 0 for an event."),
    F(entity_id, .flags = F_READONLY | F_NULLABLE, .doc = "The task or event it became."),
    F(now, .flags = F_READONLY, .of = &feed_value_table, .doc = "As it was read last."),
    F(before, .flags = F_READONLY | F_NULLABLE, .of = &feed_value_table,
      .doc = "As it was when it was taken, or its last change was."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this item; its ETag."),
    F(was, .flags = F_READONLY | F_NULLABLE, .of = &feed_value_table,
      .doc = "As it was before a change that was followed and not yet seen."),
};
const struct table feed_item_table =
    TABLE("feed_item", item_rows, .doc = "A thing in a calendar of others.");
