#include "domain/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Files without a record are not swept away while anybody still holds some. */
static void test_no_sweep_while_files_are_held(void **state)
{
    (void)state;
    struct turns *turns = turns_open();
    assert_non_null(turns);
    assert_true(sweep_begin(turns));
    sweep_end(turns);
    files_hold(turns);
    assert_false(sweep_begin(turns));
    files_hold(turns);
    files_let_go(turns);
    assert_false(sweep_begin(turns));
    files_let_go(turns);
    assert_true(sweep_begin(turns));
    sweep_end(turns);
    turns_close(turns);
}

static void test_without_turns_nothing_waits(void **state)
{
    (void)state;
    files_hold(NULL);
    assert_true(sweep_begin(NULL));
    sweep_end(NULL);
    files_let_go(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_sweep_while_files_are_held),
        cmocka_unit_test(test_without_turns_nothing_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
