#include "http/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

static struct address parsed(const char *text)
{
    struct address a;
    assert_true(address_parse(str_of(text), &a));
    return a;
}

static void test_reads_addresses_with_and_without_port(void **state)
{
    static const char *const pairs[][2] = {
        {"192.0.2.1", "192.0.2.1"},
        {"192.0.2.1:4711", "192.0.2.1"},
        {"2001:db8::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:db8::1]:443", "2001:db8::1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"::1", "::1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char text[ADDRESS_TEXT_MAX];
        address_format(parsed(pairs[i][0]), text);
        assert_string_equal(text, pairs[i][1]);
    }
}

static void test_refuses_what_is_no_address(void **state)
{
    static const char *const wrong[] = {"",          "unknown",     "localhost",     "1.2.3",
                                        "1.2.3.4:x", "[::1",        "[::1]x",        "_hidden",
                                        "1.2.3.256", "[::1]:70000", "1.2.3.4:70000", ":80"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct address a;
        if (address_parse(str_of(wrong[i]), &a))
            fail_msg("accepted %s", wrong[i]);
    }
}

static void test_keys_are_per_subscriber(void **state)
{
    (void)state;
    assert_int_equal(address_key(parsed("2001:db8:1:2::1")),
                     address_key(parsed("2001:db8:1:2:3::9")));
    assert_int_not_equal(address_key(parsed("2001:db8:1:2::1")),
                         address_key(parsed("2001:db8:1:3::1")));
    assert_int_not_equal(address_key(parsed("192.0.2.1")), address_key(parsed("192.0.2.2")));
}

static void test_reads_the_addresses_of_sockets(void **state)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr unix_socket = {.sa_family = AF_UNIX};
    char text[ADDRESS_TEXT_MAX];
    (void)state;
    inet_pton(AF_INET, "203.0.113.9", &in.sin_addr);
    address_format(address_of_socket((const struct sockaddr *)&in), text);
    assert_string_equal(text, "203.0.113.9");
    address_format(address_of_socket(&unix_socket), text);
    assert_string_equal(text, "::");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_addresses_with_and_without_port),
        cmocka_unit_test(test_refuses_what_is_no_address),
        cmocka_unit_test(test_keys_are_per_subscriber),
        cmocka_unit_test(test_reads_the_addresses_of_sockets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
