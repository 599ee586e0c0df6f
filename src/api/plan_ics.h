/* A plan as a calendar for other programs: its blocks, and when what is open is due. */
#ifndef API_PLAN_ICS_H
#define API_PLAN_ICS_H

#include "base/buf.h"
#include "model/desk.h"

enum { PLAN_ICS_MAX = 32 << 20 };

/* Appends the calendar; `now` dates it. */
void plan_ics_write(struct buf *b, const struct desk *desk, struct instant now);

#endif
