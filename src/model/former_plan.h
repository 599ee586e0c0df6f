/*
 * Plans that gave way to another one because somebody wanted it: a new plan taken, another pace,
 * other wishes or free hours. Kept on the desk so that the student can see why the plan is as it
 * is, and go back. What a change of a task does to the plan is no such thing.
 */
#ifndef MODEL_FORMER_PLAN_H
#define MODEL_FORMER_PLAN_H

#include "model/plan.h"

/* Why a plan gave way. The numbers are stored: never reuse one. */
enum plan_change {
    PLAN_CHANGE_MISSED,   /* what did not happen was put back */
    PLAN_CHANGE_BETTER,   /* a better plan was taken */
    PLAN_CHANGE_SHARES,   /* another pace or limit */
    PLAN_CHANGE_SETTINGS, /* other wishes, another way to estimate, another zone */
    PLAN_CHANGE_HOURS,    /* other free hours */
    PLAN_CHANGE_UNDONE,   /* the last plan was taken back */
    PLAN_CHANGE_RETURNED, /* an earlier plan was gone back to */
    PLAN_CHANGE_TIDIED    /* one of fewer, longer blocks was taken */
};

struct former_plan {
    struct id id;
    struct instant ended; /* when it gave way */
    unsigned why;         /* enum plan_change */
    int32_t moved_min;    /* minutes that lay elsewhere then */
    struct instant made;
    struct ratio pace;
    struct ratio limit;
    struct list blocks; /* of struct study_block: what lay ahead of it then, by start */
    int64_t version;
};

enum {
    FORMER_PLANS_MAX = 20,         /* of a desk; the oldest are forgotten */
    FORMER_PLANS_BLOCKS_MAX = 4000 /* together, but the latest is kept however long it is */
};

/* One of them in a list, without its blocks. */
struct plan_replacement {
    struct id id;
    struct instant ended;
    unsigned why;
    int32_t moved_min;
    struct instant made;
    struct ratio pace;
    struct ratio limit;
    int32_t blocks;
};

extern const struct table former_plan_table;
extern const struct table plan_replacement_table;

#endif
