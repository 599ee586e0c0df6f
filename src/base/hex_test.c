#include "base/hex.h"

#include <string.h>

#include "base/testing.h"

static void test_every_byte_is_read_as_written(void **state)
{
    (void)state;
    unsigned char all[256], back[256];
    char text[512];
    for (int i = 0; i < 256; i++)
        all[i] = (unsigned char)i;
    hex_write(all, sizeof all, text);
    assert_memory_equal(text + 2 * 0x9a, "9a9b9c9d9e9fa0", 14);
    assert_true(hex_read(text, sizeof back, back));
    assert_memory_equal(all, back, sizeof all);
}

static void test_only_digits_have_a_value(void **state)
{
    (void)state;
    static const char digits[] = "0123456789abcdefABCDEF";
    for (int ch = -128; ch < 128; ch++) {
        const char *at = ch ? strchr(digits, ch) : NULL;
        int value = at ? (int)(at - digits) : -1;
        assert_int_equal(hex_digit((char)ch), value > 15 ? value - 6 : value);
    }
}

static void test_capitals_and_strangers_are_not_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"0A", "F0", "g0", "0/", " 1", "\0001", "\xc3\xa4"};
    unsigned char byte;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(hex_read(wrong[i], 1, &byte));
    assert_true(hex_read("0f", 1, &byte));
    assert_int_equal(byte, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_byte_is_read_as_written),
        cmocka_unit_test(test_only_digits_have_a_value),
        cmocka_unit_test(test_capitals_and_strangers_are_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
