/* Randomness that cannot be guessed: ids, tokens, keys. */
#ifndef PORT_RANDOM_H
#define PORT_RANDOM_H

#include <stddef.h>

struct random_source {
    void (*fill)(void *self, void *bytes, size_t len);
    void *self;
};

static inline void random_fill(const struct random_source *r, void *bytes, size_t len)
{
    r->fill(r->self, bytes, len);
}

#endif
