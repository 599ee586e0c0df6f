/* The system's clock as a port. No state. */
#ifndef CLIENT_CLOCK_H
#define CLIENT_CLOCK_H

#include "port/clock.h"

struct clock system_clock(void);

#endif
