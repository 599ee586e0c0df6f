/*
 * What most unit tests begin with: cmocka, the headers it asks for, and a request's context with an
 * arena that is empty at the start of each test. For *_test.c alone.
 *
 *     TESTS_WITH_ARENA(1 << 20)
 *     static void adds(void **state) { … }
 *     const struct CMUnitTest tests[] = {ARENA_TEST(adds)};
 */
#ifndef BASE_TESTING_H
#define BASE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/status.h" /* before cmocka, which has a macro of the name of our function */

#include <cmocka.h>

/* Defines `arena`, of at most `limit` bytes, and `ctx` over it. */
#define TESTS_WITH_ARENA(limit)                                                                    \
    static struct arena arena;                                                                     \
    static struct ctx ctx;                                                                         \
                                                                                                   \
    static int setup(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        arena_init(&arena, (size_t)(limit));                                                       \
        ctx = (struct ctx){.arena = &arena};                                                       \
        return 0;                                                                                  \
    }                                                                                              \
                                                                                                   \
    static int teardown(void **state)                                                              \
    {                                                                                              \
        (void)state;                                                                               \
        arena_release(&arena);                                                                     \
        return 0;                                                                                  \
    }

/* In the table of tests: one that begins with the arena empty. */
#define ARENA_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
