/*
 * The file format of `studybunny plan`: one instance a line in, one result a line out. The format
 * is described in docs/planner.md. Used by cli/plan.c alone.
 */
#ifndef CLI_PLAN_JSON_H
#define CLI_PLAN_JSON_H

#include "base/buf.h"
#include "plan/elsewhere.h"
#include "plan/validate.h"

/* An instance with the names that the planner does not need. All in the arena. */
struct plan_instance {
    struct plan_input input;
    int64_t *ids;                /* per task */
    struct plan_block *accepted; /* a plan to move as little as can be; NULL: none */
    int32_t accepted_count;
    struct plan_block move; /* where a stretch of a task is asked for; task −1: none is */
};

/* Reads one line. Strict: unknown or repeated members, missing ones, numbers that are not integers
 * and ids used twice are ST_INVALID, with a pointer to the place. `line` must stay unchanged as
 * long as the instance is used. */
MUST_USE enum status plan_instance_read(struct ctx *c, struct str line, struct plan_instance *out);

/* Appends the result as one JSON object, without a line end. `check` judges of->accepted,
 * `elsewhere` answers of->move. */
void plan_result_write(struct buf *b, const struct plan_instance *of,
                       const struct plan_result *result, const struct plan_check *check,
                       const struct plan_elsewhere *elsewhere);

/* Appends {"error":…,"line":…} from the first fault in `c`. */
void plan_error_write(struct buf *b, const struct ctx *c, int64_t line);

#endif
