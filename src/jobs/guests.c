#include "jobs/guests.h"

#include "domain/guests.h"
#include "ops/log.h"

enum status sweep_guests(void *self, struct ctx *c)
{
    const struct guest_sweep *s = self;
    int32_t erased;
    enum status st = guests_expire(c, s->domain, GUESTS_AT_ONCE, &erased);
    if (erased > 0)
        log_event(s->log, LOG_INFO, "guests_erased", LOG_INT("count", erased));
    return st;
}
