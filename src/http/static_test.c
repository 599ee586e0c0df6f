#include "http/static.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static enum encoding choose(const char *accept)
{
    return static_encoding(str_of(accept), true, true);
}

static void test_prefers_what_the_client_prefers(void **state)
{
    (void)state;
    assert_int_equal(choose("gzip, deflate, br"), ENCODING_BROTLI);
    assert_int_equal(choose("gzip, deflate"), ENCODING_GZIP);
    assert_int_equal(choose("br;q=0.5, gzip;q=0.8"), ENCODING_GZIP);
    assert_int_equal(choose("BR ; Q=1.000 , gzip"), ENCODING_BROTLI);
    assert_int_equal(choose("*"), ENCODING_BROTLI);
    assert_int_equal(choose("br;q=0, *"), ENCODING_GZIP);
    assert_int_equal(choose("br;q=0.000, gzip;q=0.001"), ENCODING_GZIP);
}

static void test_sends_it_as_it_is_otherwise(void **state)
{
    (void)state;
    assert_int_equal(choose(NULL), ENCODING_IDENTITY);
    assert_int_equal(choose(""), ENCODING_IDENTITY);
    assert_int_equal(choose("identity"), ENCODING_IDENTITY);
    assert_int_equal(choose("deflate, zstd"), ENCODING_IDENTITY);
    assert_int_equal(choose("*;q=0"), ENCODING_IDENTITY);
    assert_int_equal(choose("br;q=x"), ENCODING_IDENTITY);
    assert_int_equal(choose("gzip;q=0.0z"), ENCODING_IDENTITY);
}

static void test_uses_what_is_there(void **state)
{
    (void)state;
    struct str all = STR_LIT("br, gzip");
    assert_int_equal(static_encoding(all, true, false), ENCODING_GZIP);
    assert_int_equal(static_encoding(all, false, true), ENCODING_BROTLI);
    assert_int_equal(static_encoding(all, false, false), ENCODING_IDENTITY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prefers_what_the_client_prefers),
        cmocka_unit_test(test_sends_it_as_it_is_otherwise),
        cmocka_unit_test(test_uses_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
