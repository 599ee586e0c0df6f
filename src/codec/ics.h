/*
 * Writes calendars (RFC 5545) that other programs read: lines folded at 75 bytes, texts escaped,
 * all times in UTC.
 */
#ifndef CODEC_ICS_H
#define CODEC_ICS_H

#include "base/buf.h"
#include "base/id.h"

/* What stands in a calendar. */
struct ics_event {
    struct id id; /* with `part` it makes the UID: the same thing has the same in each copy */
    int64_t part; /* tells apart what belongs to one id */
    struct instant start;
    struct instant end; /* none: a moment */
    struct str summary;
    const char *category; /* capitals */
};

/* `made` dates every event (DTSTAMP). */
void ics_begin(struct buf *b);
void ics_write(struct buf *b, const struct ics_event *event, struct instant made);
void ics_end(struct buf *b);

#endif
