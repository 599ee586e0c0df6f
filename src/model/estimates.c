#include "model/estimates.h"

#include "model/course.h"
#include "model/settings.h"
#include "model/task.h"

enum {
    PERCENT_MAX = 800,
    GROUPS_MAX = COURSES_MAX + 1 /* one for no course */
};

#define ENTITY struct course_estimate
static const struct field course_rows[] = {
    F(course_id, .flags = F_NULLABLE, .doc = "The course; null: tasks without one."),
    F(n, .max = INT32_MAX, .doc = "Finished tasks with logged work."),
    F(low_percent, .flags = F_NULLABLE, .max = PERCENT_MAX,
      .doc = "The lower end of the range that holds four of five tasks."),
    F(median_percent, .flags = F_NULLABLE, .max = PERCENT_MAX, .doc = "Usually so much."),
    F(p80_percent, .flags = F_NULLABLE, .max = PERCENT_MAX,
      .doc = "Four of five tasks take no more than this."),
    F(high_percent, .flags = F_NULLABLE, .max = PERCENT_MAX, .doc = "The upper end of that range."),
};
static const struct table course_estimate_table = TABLE(
    "course_estimate", course_rows,
    .doc = "What a course's tasks really take, in per cent of their estimates; null while too "
           "few are finished to say.");
#undef ENTITY

#define ENTITY struct estimates
static const struct field estimates_rows[] = {
    F(use, .choices = estimate_uses, .doc = "What the plan counts with, as in the settings."),
    F(needed, .max = INT32_MAX, .doc = "Under so many finished tasks nothing is said."),
    F(courses, .max = GROUPS_MAX, .of = &course_estimate_table,
      .doc = "Courses with at least one finished task that counts."),
};
const struct table estimates_table =
    TABLE("estimates", estimates_rows, .doc = "What finished tasks tell of estimates.");
#undef ENTITY

#define ENTITY struct deadline_chance
static const struct field deadline_rows[] = {
    F(due, .doc = "The due time."),
    F(tasks, .max = TASKS_MAX, .doc = "What is due then."),
    F(percent, .flags = F_NULLABLE, .max = 100,
      .doc = "How likely everything due by then is finished; null: of none of it enough is known."),
};
static const struct table deadline_chance_table =
    TABLE("deadline_chance", deadline_rows, .doc = "How likely one due time is met.");
#undef ENTITY

#define ENTITY struct chances
static const struct field chances_rows[] = {
    F(now, .doc = "The time it is judged at."),
    F(tasks, .max = TASKS_MAX, .doc = "Open tasks with work left that are not overdue."),
    F(known, .max = TASKS_MAX,
      .doc = "Of these, tasks of courses whose ranges are known; the others count as typed."),
    F(all_percent, .flags = F_NULLABLE, .max = 100,
      .doc = "How likely every due time is met; null: nothing is known."),
    F(deadlines, .max = TASKS_MAX, .of = &deadline_chance_table, .doc = "By due time."),
};
const struct table chances_table =
    TABLE("chances", chances_rows,
          .doc = "How likely due times are met at the limit, earliest due first.");
