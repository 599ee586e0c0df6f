/* A full disk, a failing sync, and every allocation failing in turn: a refusal changes nothing, and
 * afterwards all works again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "folder.h"
#include "vfs.h"
#include "workload.h"

#include <cmocka.h>

enum { MEMORY = 16 * 1024 * 1024, TRIES_MAX = 2000 };

static struct opened opened;
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, MEMORY);
    ctx = (struct ctx){.arena = &arena};
    vfs_install();
    vfs_restore_power();
    return workload_open(folder_fresh(), VFS_NAME, false, 0, &opened) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    workload_close(&opened);
    arena_release(&arena);
    folder_remove();
    return 0;
}

static void forget_faults(void)
{
    arena_reset(&arena);
    ctx_forgive(c);
}

/* Does a step until no fault strikes it: each time the fault comes one access later. What failed
 * may not have changed anything. */
static void step_through(enum vfs_fault fault, enum status cause, int64_t step)
{
    for (int64_t nth = 1; nth < TRIES_MAX; nth++) {
        forget_faults();
        vfs_fail_after(fault, nth);
        enum status st = workload_step(c, opened.store, 1, step);
        bool struck = vfs_struck();
        vfs_heal();
        if (!struck) {
            assert_int_equal(st, ST_OK);
            assert_true(nth > 1);
            return;
        }
        forget_faults();
        if (st == ST_OK) /* it struck what came after the commit */
            return;
        assert_int_equal(st, cause);
        assert_true(workload_check(c, opened.store, 1, step - 1));
        if (step > 0)
            assert_int_equal(workload_steps(c, opened.store, 1), step - 1);
    }
    assert_true(false);
}

static void after_all(int64_t steps)
{
    forget_faults();
    assert_true(workload_check(c, opened.store, 1, steps));
    workload_close(&opened);
    assert_true(workload_open(folder_path(), VFS_NAME, false, 0, &opened));
    forget_faults();
    assert_true(workload_check(c, opened.store, 1, steps));
    assert_int_equal(workload_steps(c, opened.store, 1), steps);
}

static void a_full_disk_refuses_and_recovers(void **state)
{
    (void)state;
    for (int64_t step = 0; step <= 40; step++)
        step_through(VFS_NO_ROOM, ST_FULL, step);
    after_all(40);
}

static void a_failing_sync_refuses_and_recovers(void **state)
{
    (void)state;
    for (int64_t step = 0; step <= 40; step++)
        step_through(VFS_SYNC_FAILS, ST_INTERNAL, step);
    after_all(40);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int64_t step = 0; step <= 3; step++) {
        unsigned nth = 1;
        enum status st;
        do {
            forget_faults();
            arena_fail_after(nth++);
            st = workload_step(c, opened.store, 1, step);
            arena_fail_after(0);
            assert_true(st == ST_OK || st == ST_UNAVAILABLE);
            if (st != ST_OK) {
                forget_faults();
                assert_true(workload_check(c, opened.store, 1, step - 1));
            }
            assert_true(nth < TRIES_MAX);
        } while (st != ST_OK);
        assert_true(nth > 2);
    }
    after_all(3);
}

/* Reads, too: each of them either answers or says that memory is short. */
static void every_allocation_of_a_read_may_fail(void **state)
{
    (void)state;
    for (int64_t step = 0; step <= 30; step++)
        assert_int_equal(workload_step(c, opened.store, 1, step), ST_OK);
    workload_close(&opened);
    assert_true(workload_open(folder_path(), VFS_NAME, false, SQLITE_CACHE_BYTES, &opened));
    int64_t steps;
    unsigned nth = 1;
    do {
        forget_faults();
        arena_fail_after(nth++);
        steps = workload_steps(c, opened.store, 1);
        arena_fail_after(0);
        assert_true(steps == 30 || (steps == -1 && ctx.status == ST_UNAVAILABLE));
    } while (steps < 0 && nth < TRIES_MAX);
    assert_int_equal(steps, 30);
    assert_true(nth > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_full_disk_refuses_and_recovers, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failing_sync_refuses_and_recovers, setup, teardown),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, setup, teardown),
        cmocka_unit_test_setup_teardown(every_allocation_of_a_read_may_fail, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
