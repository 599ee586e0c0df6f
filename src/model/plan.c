#include "model/plan.h"

#define ENTITY struct study_block
static const struct field block_rows[] = {
    F(task_id, .flags = F_REQUIRED, .doc = "What is worked on."),
    F(start, .flags = F_REQUIRED, .doc = "From."),
    F(end, .flags = F_REQUIRED, .doc = "Until."),
};
const struct table study_block_table =
    TABLE("study_block", block_rows, .doc = "A stretch of work on one task.");
#undef ENTITY

#define ENTITY struct planned_day
static const struct field past_rows[] = {
    F(date, .flags = F_REQUIRED, .doc = "The local date."),
    F(minutes, .flags = F_REQUIRED, .max = 2 * DAY_MINUTES,
      .doc = "Of blocks that stood in the plan when their time came."),
};
const struct table planned_day_table =
    TABLE("planned_day", past_rows, .doc = "What was planned on one date.");
#undef ENTITY

#define ENTITY struct plan
static const struct field rows[] = {
    F(blocks, .flags = F_READONLY, .max = PLAN_BLOCKS_MAX, .of = &study_block_table,
      .doc = "By start; they do not overlap."),
    F(made, .flags = F_READONLY | F_NULLABLE, .doc = "When the plan was made."),
    F(pace, .flags = F_READONLY | F_NULLABLE, .min = 0, .max = 1,
      .doc = "The pace it was made for; null: none was made yet."),
    F(limit, .flags = F_READONLY | F_NULLABLE, .min = 0, .max = 1,
      .doc = "The limit it was made for; likewise."),
    F(version, .flags = F_READONLY, .max = INT64_MAX, .doc = "The desk's revision it belongs to."),
    F(former, .flags = F_HIDDEN, .max = PLAN_BLOCKS_MAX, .of = &study_block_table,
      .doc = "The blocks that accepting this plan replaced."),
    F(former_made, .flags = F_HIDDEN | F_NULLABLE, .doc = "When those were made."),
    F(former_pace, .flags = F_HIDDEN, .min = 0, .max = 1, .doc = "Their pace."),
    F(former_limit, .flags = F_HIDDEN, .min = 0, .max = 1, .doc = "Their limit."),
    F(past, .flags = F_READONLY, .max = PLAN_PAST_MAX, .of = &planned_day_table,
      .doc = "What was planned on past dates, by date."),
    F(recorded, .flags = F_READONLY | F_NULLABLE, .doc = "Until when that is known."),
};
const struct table plan_table = TABLE("plan", rows, .doc = "The accepted plan of a desk.");
