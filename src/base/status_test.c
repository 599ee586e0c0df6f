#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#undef fail /* cmocka's macro; ours is meant here */

static void a_refusal_is_recorded(void **state)
{
    struct ctx c = {0};
    (void)state;
    assert_int_equal(fail(&c, ST_CONFLICT, "state", "not %d", 7), ST_CONFLICT);
    assert_int_equal(fail_as(&c, ST_INVALID, "?limit", "format", "no"), ST_INVALID);
    assert_int_equal(fail_as(&c, ST_INVALID, "/week/3", "format", "no"), ST_INVALID);
    assert_int_equal(fail_memory(&c), ST_UNAVAILABLE);
    assert_int_equal(c.status, ST_CONFLICT);
    assert_int_equal(c.fault_count, 4);
    assert_string_equal(c.faults[0].pointer, "/state");
    assert_string_equal(c.faults[0].code, "conflict");
    assert_string_equal(c.faults[0].detail, "not 7");
    assert_string_equal(c.faults[1].pointer, "?limit");
    assert_string_equal(c.faults[2].pointer, "/week/3");
    assert_string_equal(c.faults[3].pointer, "");
    c.retry_after_s = 5;
    ctx_forgive(&c);
    assert_int_equal(c.retry_after_s, 0);
    assert_int_equal(c.status, ST_OK);
    assert_int_equal(c.fault_count, 0);
}

static void further_faults_are_dropped(void **state)
{
    struct ctx c = {0};
    (void)state;
    for (int i = 0; i < 3 * FAULTS_MAX; i++)
        (void)fail(&c, ST_INVALID, "", "%d", i);
    assert_int_equal(c.fault_count, FAULTS_MAX);
    assert_string_equal(c.faults[FAULTS_MAX - 1].detail, "15");
}

/* Whatever the length, what is kept is whole characters and as many as fit. */
static void long_texts_are_cut_at_a_character(void **state)
{
    static const char *const characters[] = {"x", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x90\xB0"};
    const size_t room = sizeof((struct fault *)0)->detail - 1;
    (void)state;
    for (size_t width = 1; width <= 4; width++) {
        for (size_t len = room - 8; len < room + 12; len++) {
            char text[300] = "";
            struct ctx c = {0};
            memset(text, 'x', len - width);
            memcpy(text + len - width, characters[width - 1], width);
            text[len] = '\0';
            (void)fail(&c, ST_INVALID, "", "%s", text);
            size_t kept = strlen(c.faults[0].detail);
            size_t before = len - width < room ? len - width : room;
            assert_true(utf8_valid(str_of(c.faults[0].detail)));
            assert_int_equal(kept, len <= room ? len : before);
        }
    }
}

static void every_cause_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ST_COUNT; i++) {
        assert_non_null(status_name((enum status)i));
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(status_name((enum status)i), status_name((enum status)k));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_recorded),
        cmocka_unit_test(further_faults_are_dropped),
        cmocka_unit_test(long_texts_are_cut_at_a_character),
        cmocka_unit_test(every_cause_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
