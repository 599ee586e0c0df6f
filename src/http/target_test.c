#include "http/target.h"

#include <string.h>

#include "base/testing.h"

TESTS_WITH_ARENA(1 << 20)

static struct request request;

static int parse(const char *raw)
{
    return target_parse(&request, &arena, str_of(raw), STR_LIT("study.example")).status;
}

static void assert_str(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.data, wanted, got.len);
}

static void test_decodes_path_and_query_once(void **state)
{
    (void)state;
    assert_int_equal(parse("/a%20b/%C3%A4?x=1%2b1&empty=&flag&t=a+b&p=%2525"), 0);
    assert_str(request.path, "/a b/ä");
    assert_int_equal(request.param_count, 5);
    assert_str(request.params[0].value, "1+1");
    assert_str(request.params[1].value, "");
    assert_str(request.params[2].name, "flag");
    assert_str(request.params[3].value, "a b");
    assert_str(request.params[4].value, "%25");
}

static void test_plus_is_a_space_in_queries_only(void **state)
{
    (void)state;
    assert_int_equal(parse("/a+b"), 0);
    assert_str(request.path, "/a+b");
}

static void test_refuses_wrong_encodings(void **state)
{
    static const char *const wrong[] = {
        "/%",      "/%4",      "/%zz",    "/%00",    "/a%2Fb",   "/%0a",       "/%7f",     "/%ff",
        "/%c0%af", "/?a=%",    "/?a=%zz", "/?a=%00", "/?%e4",    "/?a=1&a=2",  "/?a&%61=", "/#part",
        "/a?b#c",  "relative", "",        "//x%",    "ftp://x/", "/%ed%a0%80",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (parse(wrong[i]) != 400)
            fail_msg("accepted %s", wrong[i]);
    }
}

static void test_takes_absolute_forms_of_this_host_only(void **state)
{
    (void)state;
    assert_int_equal(parse("http://study.example/x?y=1"), 0);
    assert_str(request.path, "/x");
    assert_int_equal(request.param_count, 1);
    assert_int_equal(parse("HTTPS://STUDY.example"), 0);
    assert_str(request.path, "/");
    assert_int_equal(parse("http://other.example/x"), 400);
    assert_int_equal(parse("http://study.example.evil/x"), 400);
    assert_int_equal(parse("*"), 0);
}

static void test_bounds_length_and_number_of_parameters(void **state)
{
    char raw[REQUEST_TARGET_MAX + 2];
    (void)state;
    memset(raw, 'a', sizeof raw);
    raw[0] = '/';
    raw[REQUEST_TARGET_MAX + 1] = '\0';
    assert_int_equal(parse(raw), 414);
    raw[REQUEST_TARGET_MAX] = '\0';
    assert_int_equal(parse(raw), 0);

    char query[256] = "/?";
    for (int i = 0; i < REQUEST_PARAMS_MAX; i++)
        snprintf(query + strlen(query), sizeof query - strlen(query), "p%d&", i);
    assert_int_equal(parse(query), 0);
    assert_int_equal(request.param_count, REQUEST_PARAMS_MAX);
    snprintf(query + strlen(query), sizeof query - strlen(query), "more");
    assert_int_equal(parse(query), 400);
}

static void test_says_when_memory_is_out(void **state)
{
    (void)state;
    for (unsigned nth = 1; nth <= 3; nth++) {
        arena_fail_after(nth);
        assert_int_equal(parse("/path?name=value"), 503);
    }
    arena_fail_after(0);
    assert_int_equal(parse("/path?name=value"), 0);
}

static struct str cookie(const char *header)
{
    return cookie_find(str_of(header), STR_LIT("sid"));
}

static void test_finds_cookies(void **state)
{
    (void)state;
    assert_str(cookie("sid=abc"), "abc");
    assert_str(cookie("a=1; sid=a=b==; c=3"), "a=b==");
    assert_str(cookie("sid=first; sid=second"), "first");
    assert_str(cookie(" sid=\"quoted\" "), "quoted");
    assert_str(cookie("sid="), "");
    assert_null(cookie("").data);
    assert_null(cookie("xsid=1; sidx=2; sid").data);
    assert_null(cookie("SID=1").data);
    assert_null(cookie_find(STR_NONE, STR_LIT("sid")).data);
}

static bool listed(const char *header, const char *etag)
{
    return etag_listed(str_of(header), str_of(etag));
}

static void test_compares_entity_tags_weakly(void **state)
{
    (void)state;
    assert_true(listed("\"7\"", "\"7\""));
    assert_true(listed("\"6\", W/\"7\"", "\"7\""));
    assert_true(listed("*", "\"7\""));
    assert_false(listed("\"77\"", "\"7\""));
    assert_false(listed("7", "\"7\""));
    assert_false(listed("", "\"7\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decodes_path_and_query_once),
        cmocka_unit_test(test_plus_is_a_space_in_queries_only),
        cmocka_unit_test(test_refuses_wrong_encodings),
        cmocka_unit_test(test_takes_absolute_forms_of_this_host_only),
        cmocka_unit_test(test_bounds_length_and_number_of_parameters),
        cmocka_unit_test(test_says_when_memory_is_out),
        cmocka_unit_test(test_finds_cookies),
        cmocka_unit_test(test_compares_entity_tags_weakly),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
