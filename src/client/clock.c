#include "client/clock.h"

static struct instant now(void *self)
{
    (void)self;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct instant){(int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000};
}

struct clock system_clock(void)
{
    return (struct clock){.now = now};
}
