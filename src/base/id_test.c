#include "base/id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"

static struct id any_id(struct rng *r)
{
    struct id id;
    rng_bytes(r, id.bytes, sizeof id.bytes);
    return id;
}

static void ids_come_back(void **state)
{
    struct rng r = rng_make(1);
    (void)state;
    for (int i = 0; i < 10000; i++) {
        char text[ID_TEXT_LEN];
        struct id id = any_id(&r);
        struct id back;
        id_format(id, text);
        assert_true(id_parse((struct str){text, sizeof text}, &back));
        assert_true(id_eq(id, back));
        for (size_t k = 0; k < sizeof text; k++)
            if (text[k] >= 'a')
                text[k] = (char)(text[k] - 'a' + 'A');
        assert_true(id_parse((struct str){text, sizeof text}, &back));
        assert_true(id_eq(id, back));
    }
}

static void made_ids_are_version_7(void **state)
{
    struct rng r = rng_make(2);
    (void)state;
    for (int i = 0; i < 10000; i++) {
        uint8_t random[10];
        int64_t ms = rng_between(&r, 0, ((int64_t)1 << 48) - 1);
        rng_bytes(&r, random, sizeof random);
        struct id id = id_make((struct instant){ms}, random);
        int64_t back = 0;
        assert_true(id_is_v7(id));
        for (int k = 0; k < 6; k++)
            back = back << 8 | id.bytes[k];
        assert_true(back == ms);
        assert_memory_equal(id.bytes + 9, random + 3, 7);
    }
    /* RFC 9562, appendix A.6, but for the random bits */
    char text[ID_TEXT_LEN];
    const uint8_t random[10] = {0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F};
    id_format(id_make((struct instant){0x017F22E279B0}, random), text);
    assert_memory_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", ID_TEXT_LEN);
}

static void other_versions_are_told_apart(void **state)
{
    struct id id;
    (void)state;
    assert_true(id_parse(STR_LIT("919108f7-52d1-4320-9bac-f847db4148a8"), &id));
    assert_false(id_is_v7(id));
    assert_true(id_parse(STR_LIT("017f22e2-79b0-7cc3-d8c4-dc0c0c07398f"), &id));
    assert_false(id_is_v7(id));
}

static void what_is_no_id_is_refused(void **state)
{
    static const char good[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    struct id id;
    (void)state;
    for (size_t len = 0; len < ID_TEXT_LEN; len++)
        assert_false(id_parse((struct str){good, len}, &id));
    assert_false(id_parse((struct str){good, ID_TEXT_LEN + 1}, &id));
    assert_false(id_parse(STR_LIT("00000000-0000-0000-0000-000000000000"), &id));
    for (size_t at = 0; at < ID_TEXT_LEN; at++) {
        static const char wrong[] = "g/:@G`. _\xFF";
        for (size_t i = 0; wrong[i]; i++) {
            char text[ID_TEXT_LEN];
            memcpy(text, good, sizeof text);
            text[at] = wrong[i];
            assert_false(id_parse((struct str){text, sizeof text}, &id));
            text[at] = good[at] == '-' ? '0' : '-';
            assert_false(id_parse((struct str){text, sizeof text}, &id));
        }
    }
}

static void ids_are_ordered_by_bytes(void **state)
{
    struct rng r = rng_make(3);
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct id a = any_id(&r);
        struct id b = a;
        size_t at = rng_below(&r, 16);
        b.bytes[at] ^= 1;
        assert_true((id_cmp(a, b) < 0) == (a.bytes[at] < b.bytes[at]));
        assert_true((id_cmp(a, b) < 0) == (id_cmp(b, a) > 0));
        assert_false(id_eq(a, b));
        assert_int_equal(id_cmp(a, a), 0);
    }
    assert_true(id_is_none(ID_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_come_back),
        cmocka_unit_test(made_ids_are_version_7),
        cmocka_unit_test(other_versions_are_told_apart),
        cmocka_unit_test(what_is_no_id_is_refused),
        cmocka_unit_test(ids_are_ordered_by_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
