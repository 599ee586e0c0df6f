#include "domain/domain.h"

struct id domain_new_id(const struct domain *d)
{
    uint8_t random[10];
    random_fill(&d->random, random, sizeof random);
    return id_make(clock_now(&d->clock), random);
}
