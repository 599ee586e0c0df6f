#include "base/rng.h"

#include <assert.h>

struct rng rng_make(uint64_t seed)
{
    return (struct rng){seed};
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    assert(n > 0);
    return rng_next(r) % n;
}

int64_t rng_between(struct rng *r, int64_t min, int64_t max)
{
    assert(min <= max);
    uint64_t span = (uint64_t)max - (uint64_t)min;
    uint64_t step = span == UINT64_MAX ? rng_next(r) : rng_below(r, span + 1);
    return (int64_t)((uint64_t)min + step);
}

bool rng_one_in(struct rng *r, uint64_t n)
{
    return rng_below(r, n) == 0;
}

void rng_bytes(struct rng *r, void *out, size_t len)
{
    unsigned char *bytes = out;
    for (size_t i = 0; i < len; i++)
        bytes[i] = (unsigned char)rng_next(r);
}
