/*
 * Numbers that look random and follow from a seed: for tests, fuzzing and simulation, where a run
 * must be repeatable. Nothing secret may come from here; ids and tokens use port/random.h.
 *
 * The generator is splitmix64 (Steele, Lea, Flood 2014): one word of state, any seed is good. One
 * thread at a time.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

/* Equal seeds give equal sequences, on every machine. */
struct rng rng_make(uint64_t seed);

/* All 64 bits. */
static inline uint64_t rng_next(struct rng *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* 0 … n − 1, n > 0. Uneven by at most n / 2⁶⁴. */
uint64_t rng_below(struct rng *r, uint64_t n);

/* min … max, both included; any two numbers with min ≤ max. */
int64_t rng_between(struct rng *r, int64_t min, int64_t max);

/* True in about one of `n` calls. */
bool rng_one_in(struct rng *r, uint64_t n);

void rng_bytes(struct rng *r, void *out, size_t len);

#endif
