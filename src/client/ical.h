/*
 * Calendars (port/ics.h) by libical.
 *
 * libical follows what it is given as deep and as far as it goes. So the text is looked through
 * first, line by line: how much there is, how deep it lies and how long its lines are; what exceeds
 * the limits never reaches the library. Rules and time zones are taken as they are written and
 * never expanded here.
 */
#ifndef CLIENT_ICAL_H
#define CLIENT_ICAL_H

#include "port/ics.h"

/* No state; nothing to close. */
struct ics_reader ical_reader(void);

#endif
