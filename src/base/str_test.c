#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/rng.h"

static void texts_compare_by_bytes(void **state)
{
    (void)state;
    assert_true(str_eq(STR_LIT("a"), STR_LIT("a")));
    assert_false(str_eq(STR_LIT("a"), STR_LIT("ab")));
    assert_true(str_eq(STR_NONE, STR_LIT("")));
    assert_true(str_cmp(STR_LIT("a"), STR_LIT("ab")) < 0);
    assert_true(str_cmp(STR_LIT("b"), STR_LIT("ab")) > 0);
    assert_true(str_cmp(STR_LIT("\x7F"), STR_LIT("\x80")) < 0);
    assert_int_equal(str_cmp(STR_NONE, STR_NONE), 0);
    assert_true(str_starts(STR_LIT("abc"), STR_LIT("ab")));
    assert_false(str_starts(STR_LIT("a"), STR_LIT("ab")));
    assert_true(str_eq_nocase(STR_LIT("aZ[\xC3\x84"), STR_LIT("Az[\xC3\x84")));
    assert_false(str_eq_nocase(STR_LIT("["), STR_LIT("{")));
    assert_null(str_of(NULL).data);
    assert_non_null(str_of("").data);
}

static void blanks_are_trimmed_at_both_sides(void **state)
{
    (void)state;
    assert_true(str_eq(str_trim(STR_LIT(" \t\r\na b \n")), STR_LIT("a b")));
    assert_int_equal(str_trim(STR_LIT("  ")).len, 0);
    assert_int_equal(str_trim(STR_NONE).len, 0);
}

/* Cutting at every separator and joining again gives the text back. */
static void pieces_make_the_whole(void **state)
{
    struct rng r = rng_make(1);
    (void)state;
    for (int round = 0; round < 2000; round++) {
        char text[12];
        char joined[24];
        size_t len = rng_below(&r, sizeof text);
        size_t at = 0;
        for (size_t i = 0; i < len; i++)
            text[i] = rng_one_in(&r, 3) ? ',' : 'x';
        struct str rest = {text, len};
        do {
            struct str piece = str_cut(&rest, ',');
            assert_null(piece.len ? memchr(piece.data, ',', piece.len) : NULL);
            if (piece.len)
                memcpy(joined + at, piece.data, piece.len);
            at += piece.len;
            if (rest.data)
                joined[at++] = ',';
        } while (rest.data);
        assert_int_equal(at, len);
        assert_memory_equal(joined, text, len);
    }
}

static void copies_end_in_a_nul(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 4096);
    struct str copy = str_copy(&arena, (struct str){"abcdef", 3});
    assert_string_equal(copy.data, "abc");
    assert_non_null(str_copy(&arena, STR_LIT("")).data);
    assert_null(str_copy(&arena, STR_NONE).data);
    arena_fail_after(1);
    assert_null(str_copy(&arena, STR_LIT("x")).data);
    arena_release(&arena);
}

static void numbers_stop_at_their_limit(void **state)
{
    static const char *const refused[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1.0", "a"};
    uint64_t value;
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(str_to_uint(str_of(refused[i]), UINT64_MAX, &value));
    assert_true(str_to_uint(STR_LIT("007"), 7, &value));
    assert_int_equal(value, 7);
    assert_true(str_to_uint(STR_LIT("18446744073709551615"), UINT64_MAX, &value));
    assert_true(value == UINT64_MAX);
    assert_false(str_to_uint(STR_LIT("18446744073709551616"), UINT64_MAX, &value));
    assert_false(str_to_uint(STR_LIT("99999999999999999999"), UINT64_MAX, &value));
    for (uint64_t max = 0; max < 300; max++) {
        for (uint64_t n = 0; n < 320; n++) {
            char text[8];
            snprintf(text, sizeof text, "%d", (int)n);
            assert_int_equal(str_to_uint(str_of(text), max, &value), n <= max);
        }
    }
}

/* A code point as UTF-8, also where that is not allowed. */
static size_t encode(uint32_t point, size_t len, char out[4])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(len == 1 ? point : lead[len] | point);
    return len;
}

static void every_code_point_has_one_form(void **state)
{
    static const uint32_t ends[] = {0, 0x80, 0x800, 0x10000, 0x200000};
    (void)state;
    for (size_t len = 1; len <= 4; len++) {
        for (uint32_t point = 0; point < ends[len]; point++) {
            char text[4];
            bool surrogate = point >= 0xD800 && point < 0xE000;
            bool expected = point >= ends[len - 1] && point <= 0x10FFFF && !surrogate;
            struct str s = {text, encode(point, len, text)};
            if (utf8_valid(s) != expected)
                fail_msg("U+%X in %d bytes", (unsigned)point, (int)len);
        }
    }
}

static void characters_are_counted_and_cuts_noticed(void **state)
{
    static const char text[] = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x90\xB0";
    static const size_t whole[] = {0, 1, 3, 6, 10};
    size_t at = 0;
    (void)state;
    for (size_t len = 0; len <= 10; len++) {
        bool expected = len == whole[at];
        assert_int_equal(utf8_valid((struct str){text, len}), expected);
        if (expected)
            assert_int_equal(utf8_count((struct str){text, len}), at++);
    }
    assert_true(utf8_valid(STR_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_compare_by_bytes),
        cmocka_unit_test(blanks_are_trimmed_at_both_sides),
        cmocka_unit_test(pieces_make_the_whole),
        cmocka_unit_test(copies_end_in_a_nul),
        cmocka_unit_test(numbers_stop_at_their_limit),
        cmocka_unit_test(every_code_point_has_one_form),
        cmocka_unit_test(characters_are_counted_and_cuts_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
