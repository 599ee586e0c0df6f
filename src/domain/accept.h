/*
 * Taking a plan: the proposal, a preview with other shares, a former plan, or the one that was just
 * replaced. Each is one commit of plan and settings, and the plan in force before becomes a former
 * one (domain/former_plans.h).
 */
#ifndef DOMAIN_ACCEPT_H
#define DOMAIN_ACCEPT_H

#include "domain/operation.h"

/* Makes the proposal the accepted plan, from now on. `pace` and `limit`, if given, become the
 * settings' in the same commit, and it is the preview with them that is accepted. ST_INVALID on
 * "pace" when it is above the limit. */
MUST_USE enum status schedule_accept(struct ctx *c, const struct domain *d,
                                     const struct caller *caller, const struct op_key *key,
                                     struct ratio pace, struct ratio limit, struct op_result *out);

/* Makes the plan of fewer, longer blocks the accepted one: what schedule_tidy shows. */
MUST_USE enum status schedule_take_tidy(struct ctx *c, const struct domain *d,
                                        const struct caller *caller, const struct op_key *key,
                                        struct op_result *out);

/* Takes back the plan that the last acceptance made, or the last change of pins or of an event: the
 * one in force before it is again the accepted one, with its pace and limit, also where it no
 * longer holds; what it missed is missed again. ST_CONFLICT code "nothing_to_restore": another
 * plan was made since, or none was accepted. */
MUST_USE enum status schedule_restore(struct ctx *c, const struct domain *d,
                                      const struct caller *caller, const struct op_key *key,
                                      struct op_result *out);

/* Goes back to a former plan: with its pace and limit, as much of its blocks as is still as good,
 * and the rest planned anew. ST_NOT_FOUND. */
MUST_USE enum status schedule_return(struct ctx *c, const struct domain *d,
                                     const struct caller *caller, const struct op_key *key,
                                     struct id former, struct op_result *out);

#endif
