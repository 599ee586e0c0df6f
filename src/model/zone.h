/*
 * What GET /zone answers: when the clocks of the desk's zone change, so that the browser expands
 * free hours by the same table as the server. Built by domain/zones.c for one reply; nothing of it
 * is stored.
 */
#ifndef MODEL_ZONE_H
#define MODEL_ZONE_H

#include "model/field.h"

/* From `at` on, local time is UTC + `offset_s`. */
struct zone_turn {
    struct instant at;
    int32_t offset_s;
};

struct zone {
    struct str name;
    int32_t first_s;   /* the offset before the first turn listed */
    struct list turns; /* of struct zone_turn, ascending */
};

extern const struct table zone_reply_table;

#endif
