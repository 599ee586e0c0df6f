#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "http/range.h"

enum { LENGTH = 1000 };

struct example {
    const char *header;
    enum range_result result;
    uint64_t first;
    uint64_t count;
};

static void each_form(void **state)
{
    static const struct example examples[] = {
        {"bytes=0-0", RANGE_PART, 0, 1},
        {"bytes=0-499", RANGE_PART, 0, 500},
        {"Bytes = 500-999", RANGE_PART, 500, 500},
        {"bytes=500-", RANGE_PART, 500, 500},
        {"bytes=999-", RANGE_PART, 999, 1},
        {"bytes=0-999999", RANGE_PART, 0, LENGTH},
        {"bytes=1-99999999999999999999999999", RANGE_PART, 1, 999},
        {"bytes=-1", RANGE_PART, 999, 1},
        {"bytes=-500", RANGE_PART, 500, 500},
        {"bytes=-1000", RANGE_PART, 0, LENGTH},
        {"bytes=-99999999999999999999999999", RANGE_PART, 0, LENGTH},
        {"bytes=1000-", RANGE_BEYOND, 0, 0},
        {"bytes=1000-1000", RANGE_BEYOND, 0, 0},
        {"bytes=18446744073709551615-", RANGE_BEYOND, 0, 0},
        {"bytes=99999999999999999999-", RANGE_BEYOND, 0, 0},
        {"bytes=-0", RANGE_BEYOND, 0, 0},
        {"bytes=5-4", RANGE_WHOLE, 0, 0},
        {"bytes=0-1,5-6", RANGE_WHOLE, 0, 0},
        {"bytes=,0-1", RANGE_WHOLE, 0, 0},
        {"bytes=", RANGE_WHOLE, 0, 0},
        {"bytes=-", RANGE_WHOLE, 0, 0},
        {"bytes=--1", RANGE_WHOLE, 0, 0},
        {"bytes=+1-2", RANGE_WHOLE, 0, 0},
        {"bytes=0x1-2", RANGE_WHOLE, 0, 0},
        {"bytes=1 -2", RANGE_WHOLE, 0, 0},
        {"bytes 0-1", RANGE_WHOLE, 0, 0},
        {"items=0-1", RANGE_WHOLE, 0, 0},
        {"bytes=1-2-3", RANGE_WHOLE, 0, 0},
        {"", RANGE_WHOLE, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        uint64_t first = 0;
        uint64_t count = 0;
        enum range_result r = range_parse(str_of(examples[i].header), LENGTH, &first, &count);
        if (r != examples[i].result || first != examples[i].first || count != examples[i].count)
            fail_msg("%s: %d, %llu bytes from %llu", examples[i].header, (int)r,
                     (unsigned long long)count, (unsigned long long)first);
    }
}

static void no_header_and_nothing_there(void **state)
{
    uint64_t first;
    uint64_t count;
    (void)state;
    assert_int_equal(range_parse(STR_NONE, LENGTH, &first, &count), RANGE_WHOLE);
    assert_int_equal(range_parse(STR_LIT("bytes=0-"), 0, &first, &count), RANGE_BEYOND);
    assert_int_equal(range_parse(STR_LIT("bytes=-5"), 0, &first, &count), RANGE_BEYOND);
}

static void the_largest_file(void **state)
{
    uint64_t first;
    uint64_t count;
    (void)state;
    assert_int_equal(
        range_parse(STR_LIT("bytes=0-18446744073709551615"), UINT64_MAX, &first, &count),
        RANGE_PART);
    assert_true(count == UINT64_MAX);
}

static void structured_fields(void **state)
{
    uint64_t n;
    bool yes;
    (void)state;
    assert_true(field_integer(STR_LIT("0"), &n) && n == 0);
    assert_true(field_integer(STR_LIT(" 104857600 ;a=1"), &n) && n == 104857600);
    assert_true(field_integer(STR_LIT("999999999999999"), &n));
    const char *const no_integers[] = {"",     "-1", "+1", "1.0", "1e3", "1000000000000000",
                                       "1, 2", "x"};
    for (size_t i = 0; i < sizeof no_integers / sizeof no_integers[0]; i++)
        assert_false(field_integer(str_of(no_integers[i]), &n));
    assert_false(field_integer(STR_NONE, &n));
    assert_true(field_boolean(STR_LIT("?1"), &yes) && yes);
    assert_true(field_boolean(STR_LIT("?0;a"), &yes) && !yes);
    const char *const no_booleans[] = {"", "1", "?2", "true", "?1?1", "??1"};
    for (size_t i = 0; i < sizeof no_booleans / sizeof no_booleans[0]; i++)
        assert_false(field_boolean(str_of(no_booleans[i]), &yes));
    assert_false(field_boolean(STR_NONE, &yes));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form),
        cmocka_unit_test(no_header_and_nothing_there),
        cmocka_unit_test(the_largest_file),
        cmocka_unit_test(structured_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
