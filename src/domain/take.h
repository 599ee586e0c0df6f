/*
 * Taking what lies on another desk onto one's own: when a guest signs into an account that is there
 * already, and when an archive is imported. One operation, all or nothing, that may be repeated:
 * ids are kept, and what is there already stays as it is.
 */
#ifndef DOMAIN_TAKE_H
#define DOMAIN_TAKE_H

#include "domain/operation.h"

/* What became of it, by kind; kinds that exist once count as one. */
struct take_result {
    int32_t added[ENTITY_KINDS];
    int32_t there[ENTITY_KINDS];   /* the desk has something with that id: left as it is */
    int32_t deleted[ENTITY_KINDS]; /* the desk had it and it was deleted: stays so */
};

/* Adds to the caller's desk what lies on `from`, complete entities, which must not change meanwhile
 * (a snapshot, or in the request's arena). Settings, free hours and the plan are taken only by a
 * desk that has neither tasks nor courses nor free hours of its own; otherwise, and where the plan
 * no longer holds, it is made anew. A course or a prerequisite that neither desk has is taken off
 * its tasks. A calendar whose link is followed here already is there, with all that stands in it.
 * ST_INVALID: something is not as it could lie on a desk; ST_CONFLICT with code "quota": together
 * it would be too much; further causes as operation_run. */
MUST_USE enum status desk_take(struct ctx *c, const struct domain *d, const struct caller *caller,
                               const struct op_key *key, const struct desk *from,
                               struct take_result *out);

#endif
