#include "base/pool.h"

#include <stdlib.h>

void *process_alloc(size_t size)
{
    return calloc(1, size);
}

void process_free(void *memory)
{
    free(memory);
}
