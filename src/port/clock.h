/* The time. The system's in production, a settable one in tests and simulations. */
#ifndef PORT_CLOCK_H
#define PORT_CLOCK_H

#include "base/instant.h"

struct clock {
    struct instant (*now)(void *self); /* wall clock, UTC; may jump */
    void *self;
};

static inline struct instant clock_now(const struct clock *k)
{
    return k->now(k->self);
}

#endif
