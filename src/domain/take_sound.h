/*
 * What becomes of each thing that lies on another desk, and what it must be like to be taken: what
 * the codec cannot know, how fields depend on each other and on the desk. Part of take.c.
 */
#ifndef DOMAIN_TAKE_SOUND_H
#define DOMAIN_TAKE_SOUND_H

#include "domain/take.h"

struct take {
    const struct desk *from;
    struct take_result *result;
};

enum take_fate {
    FATE_TAKEN,
    FATE_THERE,  /* here already, perhaps under another id */
    FATE_DELETED /* it, or what it belongs to, was deleted here */
};

enum take_fate take_fate(const struct edit *e, const struct take *t, enum entity_kind kind,
                         const void *theirs);

/* Brings a copy that lies in the request's arena into order. ST_INVALID: it cannot be. */
MUST_USE enum status take_make_sound(struct edit *e, const struct take *t, enum entity_kind kind,
                                     void *entity);

/* The same for what tasks that this edit puts have to do with each other. */
MUST_USE enum status take_check_tasks(struct edit *e);

/* Whether a plan is one that a desk could have; else it is made anew. */
bool take_plan_is_sound(const struct plan *plan);

#endif
