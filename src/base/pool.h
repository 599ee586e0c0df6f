/*
 * Memory that is freed singly: what lives as long as the process (opened by x_open, freed by
 * x_close), and bounded sets of equal things. Request memory comes from base/arena.h instead.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/* `size` bytes of zeroes, aligned for any type; NULL when memory is out. */
void *process_alloc(size_t size);

/* NULL is allowed. */
void process_free(void *memory);

#endif
