#include "model/statistics.h"

#include "model/plan.h"
#include "model/task.h"

enum { MANY = 1000000 /* no list of a reply is longer */ };

#define ENTITY struct day_work
static const struct field work_rows[] = {
    F(date, .doc = "The local date."),
    F(course_id, .flags = F_NULLABLE,
      .doc = "The course; null: none. It may have been deleted since."),
    F(minutes, .max = INT32_MAX, .doc = "Logged for it on that date."),
};
static const struct table day_work_table =
    TABLE("day_work", work_rows, .doc = "Work on one course on one local date.");
#undef ENTITY

#define ENTITY struct milestone
static const char *const milestone_kinds[] = {"hours", "tasks", "on_time", "days", NULL};
static const struct field milestone_rows[] = {
    F(kind, .choices = milestone_kinds,
      .doc = "Hours of work, finished tasks, those finished on time, or the most days in a row; "
             "a break of up to two days belongs to a row."),
    F(value, .max = INT32_MAX, .doc = "How many there are, of all time."),
    F(reached, .max = INT32_MAX, .doc = "The last step that was reached; 0: none yet."),
    F(next, .max = INT32_MAX, .doc = "The next step; 0: all are reached."),
};
static const struct table milestone_table =
    TABLE("milestone", milestone_rows, .doc = "What was reached, in steps.");
#undef ENTITY

#define ENTITY struct statistics
static const struct field rows[] = {
    F(zone, .min = 1, .max = 64, .doc = "The zone of dates."),
    F(from, .doc = "The first date told of."),
    F(until, .doc = "The date behind the last one."),
    F(work, .max = MANY, .of = &day_work_table, .doc = "By date, then course."),
    F(planned, .max = PLAN_PAST_MAX, .of = &planned_day_table,
      .doc = "By date; dates that are not listed had nothing planned."),
    F(first, .flags = F_NULLABLE, .doc = "The first date of the whole log; null: it is empty."),
    F(total_min, .max = INT32_MAX, .doc = "Of the whole log."),
    F(done, .max = TASKS_MAX, .doc = "Finished tasks, of all time."),
    F(on_time, .max = TASKS_MAX, .doc = "Of these, finished by their due time."),
    F(milestones, .max = MILESTONES, .of = &milestone_table, .doc = "One of each kind."),
};
const struct table statistics_table =
    TABLE("statistics", rows, .doc = "What the log tells of a stretch of days.");
