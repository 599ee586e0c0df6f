/*
 * What the writer and the reader of packed lists both remember of the items before. Private to
 * packed_write.c and packed_read.c.
 */
#ifndef CODEC_PACKED_RECENT_H
#define CODEC_PACKED_RECENT_H

#include <string.h>

#include "base/id.h"

enum {
    VARINT_MAX = 10, /* bytes of 64 bits, seven a byte */
    NAMES_MAX = 1024,
    PLACE_BITS = 11,        /* twice as many places as names */
    STEP_MS = 5 * MINUTE_MS /* most times are whole steps: the planner's slots */
};

/* What the items of a list before this one had: a plan names each task several times, and its
 * blocks follow each other closely, so each is told by what differs. */
struct recent {
    int64_t ms;                       /* the last time */
    size_t count;                     /* of names */
    struct id names[NAMES_MAX];       /* the first ids of the list, in the order they came */
    uint16_t places[1 << PLACE_BITS]; /* the writer's: numbers of names, from 1 on, by their hash */
};

static inline void recent_init(struct recent *r)
{
    r->ms = 0;
    r->count = 0;
    memset(r->places, 0, sizeof r->places);
}

#endif
