#include "model/former_plan.h"

static const char *const changes[] = {"missed", "better",   "shares", "settings", "hours",
                                      "undone", "returned", "tidied", NULL};

/* What is told of a plan that gave way, with or without its blocks. */
#define REPLACED_ROWS                                                                              \
    F(ended, .flags = F_READONLY, .doc = "When it gave way."),                                     \
        F(why, .flags = F_READONLY, .choices = changes,                                            \
          .doc = "Why it gave way. missed: blocks that did not happen were put back. better: a "   \
                 "better plan was taken. shares: another pace or limit. settings: other wishes, "  \
                 "estimates or zone. hours: other free hours. undone: the last plan was taken "    \
                 "back. returned: an earlier plan was gone back to. tidied: fewer, longer blocks " \
                 "were taken."),                                                                   \
        F(moved_min, .flags = F_READONLY, .max = INT32_MAX,                                        \
          .doc = "Minutes that lay elsewhere then."),                                              \
        F(made, .flags = F_READONLY | F_NULLABLE, .doc = "When it was made."),                     \
        F(pace, .flags = F_READONLY, .min = 0, .max = 1, .doc = "Its pace."),                      \
        F(limit, .flags = F_READONLY, .min = 0, .max = 1, .doc = "Its limit.")

#define ENTITY struct former_plan
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7."),
    REPLACED_ROWS,
    F(blocks, .flags = F_READONLY, .max = PLAN_BLOCKS_MAX, .of = &study_block_table,
      .doc = "What lay ahead of it when it gave way, by start."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at its last change."),
};
const struct table former_plan_table =
    TABLE("former_plan", rows, .doc = "A plan that gave way to another.");
#undef ENTITY

#define ENTITY struct plan_replacement
static const struct field replacement_rows[] = {
    F(id, .flags = F_READONLY, .doc = "UUIDv7."),
    REPLACED_ROWS,
    F(blocks, .flags = F_READONLY, .max = PLAN_BLOCKS_MAX,
      .doc = "How many lay ahead of it when it gave way."),
};
const struct table plan_replacement_table =
    TABLE("plan_replacement", replacement_rows,
          .doc = "A plan that gave way to another, when and why; without its blocks.");
#undef ENTITY
