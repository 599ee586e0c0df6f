/*
 * One operation on one desk: read, decide, plan anew, commit; again if somebody else was faster.
 *
 * A use case gives a function that decides: it looks at a snapshot of the desk and says what shall
 * change, or refuses. operation_run() calls it, adds the new plan if something the planner reads
 * changed, and commits everything at once. When the desk moved in between, the function is called
 * again with the new snapshot; so it must not keep anything from one call to the next.
 *
 * A request that carries an operation key is carried out once: a repeat with the same content gets
 * the first result, even if by now the function would refuse.
 */
#ifndef DOMAIN_OPERATION_H
#define DOMAIN_OPERATION_H

#include "domain/domain.h"

/* The key of an unsafe request, and a digest of all that it asks for. */
struct op_key {
    struct id id;
    struct digest request;
};

/* What an operation did; kept with its key, so the numbers never change. */
enum op_outcome {
    OP_CHANGED = 1, /* or nothing had to be changed */
    OP_CREATED = 2,
    OP_EXISTED = 3, /* it was asked to create what is already there, and equal */
    OP_DELETED = 4  /* what it shows is remembered for who takes it back */
};

/* One try of an operation. */
struct edit {
    struct ctx *c;
    const struct domain *domain;
    const struct caller *caller;
    const struct desk *desk; /* the snapshot decided on */
    struct instant now;
    enum op_outcome outcome; /* OP_CHANGED unless set */
    bool plan_stands;        /* the plan it puts is not to be judged: set by the decision */
    const struct desk *took; /* whose plan the decision puts here: set by it; NULL: nobody's */
    struct change *changes;  /* growing, in the request's arena */
    int32_t change_count;
    int32_t change_room;
    struct change *shown; /* what the reply shows; likewise */
    int32_t shown_count;
    int32_t shown_room;
};

/* Decides. Everything put must lie in the request's arena. Any cause but ST_OK refuses. */
typedef enum status edit_decide(struct edit *e, void *arg);

/* Puts an entity, complete; its version is set to the one this commit makes. */
MUST_USE enum status edit_put(struct edit *e, enum entity_kind kind, struct id id, void *entity);
MUST_USE enum status edit_delete(struct edit *e, enum entity_kind kind, struct id id);

/* Shows an entity in the reply, as put or as it is; NULL: only its id. */
MUST_USE enum status edit_show(struct edit *e, enum entity_kind kind, struct id id,
                               const void *entity);

/* Refuses when the caller gave a version (≥ 0) that is not the entity's: ST_STALE. */
MUST_USE enum status edit_check_version(struct edit *e, enum entity_kind kind, const void *entity,
                                        int64_t expected);

struct op_result {
    enum op_outcome outcome;
    bool repeated;              /* it had been carried out before */
    const struct change *shown; /* in the request's arena */
    int32_t shown_count;
};

/* Runs an operation. `key` may be NULL. Besides what `decide` returns: ST_CONFLICT on
 * "?Idempotency-Key" when the key was used for another content; ST_UNAVAILABLE when the desk kept
 * moving; what the planner and the store return. */
MUST_USE enum status operation_run(struct ctx *c, const struct domain *d,
                                   const struct caller *caller, const struct op_key *key,
                                   edit_decide *decide, void *arg, struct op_result *out);

#endif
