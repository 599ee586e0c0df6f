#include "model/task.h"

static const char *const states[] = {"open", "done", "dropped", NULL};
static const char *const units[] = {"none", "day", "week", NULL};

#define ENTITY struct checklist_item
static const struct field item_rows[] = {
    F(text, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "A step of the task."),
    F(done, .doc = "Whether it is ticked."),
};
const struct table checklist_item_table =
    TABLE("checklist_item", item_rows, .doc = "One line of a checklist.");
#undef ENTITY

#define ENTITY struct pin
static const struct field pin_rows[] = {
    F(start, .flags = F_REQUIRED, .doc = "From: a multiple of five minutes."),
    F(end, .flags = F_REQUIRED, .doc = "Until: a later one, within a day."),
};
const struct table pin_table =
    TABLE("pin", pin_rows, .doc = "A stretch of time in which a task stays.");
#undef ENTITY

#define ENTITY struct task
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
    F(title, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "What must be done."),
    F(notes, .flags = F_LINES, .max = NOTES_MAX, .doc = "Anything worth remembering."),
    F(course_id, .flags = F_NULLABLE, .doc = "The course it belongs to."),
    F(estimate_min, .flags = F_REQUIRED, .min = 1, .max = TASK_MINUTES_MAX,
      .doc = "Total work, in minutes."),
    F(worked_min, .max = TASK_WORKED_MAX, .doc = "Work already done, in minutes."),
    F(remaining_min, .max = TASK_MINUTES_MAX, .fallback = -1,
      .doc = "Work still to do, in minutes; the estimate when not given."),
    F(priority, .min = 1, .max = 5, .fallback = 3, .doc = "1 to 5; 5 is the most important."),
    F(due, .flags = F_REQUIRED, .doc = "When it must be finished."),
    F(state, .choices = states, .fallback = TASK_OPEN,
      .doc = "open: to be planned; done: finished; dropped: given up."),
    F(created, .flags = F_READONLY, .doc = "When it was first stored."),
    F(completed, .flags = F_READONLY | F_NULLABLE, .doc = "When it became done."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this task; its ETag."),
    F(earliest, .flags = F_NULLABLE, .doc = "It is not planned before this; null: at any time."),
    F(prerequisites, .max = PREREQUISITES_MAX,
      .doc = "Tasks that must be finished before it is begun; no cycles. One that is deleted is "
             "taken out."),
    F(checklist, .max = CHECKLIST_MAX, .of = &checklist_item_table, .doc = "Its steps, in order."),
    F(repeat_unit, .choices = units, .fallback = REPEAT_NONE,
      .doc = "day or week: finishing or dropping it makes the next one, due that much later."),
    F(repeat_every, .min = 1, .max = REPEAT_EVERY_MAX, .fallback = 1,
      .doc = "Every so many days or weeks; 1 when it does not repeat."),
    F(skipped, .flags = F_READONLY, .max = INT32_MAX,
      .doc = "How many due times passed between the one before and this one: they do not pile up."),
    F(next_id, .flags = F_READONLY | F_NULLABLE, .doc = "The next one, which finishing it made."),
    F(repeat_until, .flags = F_NULLABLE,
      .doc = "Nothing of the series is due after this date; null: it goes on."),
    F(min_session_min, .max = DAY_MINUTES,
      .doc = "A wish: no shorter sessions of it, in minutes; 0: as the settings say."),
    F(pinned, .max = PINS_MAX, .of = &pin_table,
      .doc = "Where its blocks stay, as far as it still needs them, whatever that breaks; also "
             "outside free hours. They may not overlap, nor those of other open tasks."),
};

const struct table task_table = TABLE("task", rows, .doc = "Something to be done by a time.");
