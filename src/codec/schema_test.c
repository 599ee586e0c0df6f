#include "codec/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <yyjson.h>

#include <cmocka.h>

#include "base/arena.h"
#include "codec/json.h"
#include "support/every_kind.h"
#include "support/random_entity.h"

static struct arena arena;
static yyjson_doc *document;

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, (size_t)4 << 20);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    yyjson_doc_free(document);
    document = NULL;
    arena_release(&arena);
    return 0;
}

static yyjson_val *schema(const struct table *t, enum schema_form form)
{
    struct buf b;
    buf_init(&b, &arena, 0, 1 << 20);
    schema_write(&b, t, form);
    assert_false(b.overflowed);
    yyjson_doc_free(document);
    document = yyjson_read(buf_str(&b).data, buf_str(&b).len, YYJSON_READ_NOFLAG);
    assert_non_null(document);
    return yyjson_doc_get_root(document);
}

static yyjson_val *property(yyjson_val *schema_of, const char *name)
{
    return yyjson_obj_get(yyjson_obj_get(schema_of, "properties"), name);
}

/* The value at `pointer` as JSON text. */
static const char *at(yyjson_val *root, const char *pointer)
{
    yyjson_val *v = yyjson_ptr_get(root, pointer);
    if (!v)
        return "";
    char *text = yyjson_val_write(v, YYJSON_WRITE_NOFLAG, NULL);
    assert_non_null(text);
    const char *copy = str_copy(&arena, str_of(text)).data;
    free(text);
    return copy;
}

static bool contains(yyjson_val *list, const char *text)
{
    size_t i;
    size_t n;
    yyjson_val *item;
    yyjson_arr_foreach(list, i, n, item)
    {
        if (yyjson_equals_str(item, text))
            return true;
    }
    return false;
}

static void test_every_form_has_its_fields(void **state)
{
    (void)state;
    yyjson_val *reply = schema(&every_kind_table, SCHEMA_REPLY);
    assert_null(property(reply, "password"));
    assert_null(property(reply, "hidden"));
    assert_null(property(reply, "digest"));
    assert_non_null(property(reply, "version"));
    assert_true(contains(yyjson_obj_get(reply, "required"), "alias"));
    assert_true(contains(yyjson_obj_get(reply, "required"), "version"));

    yyjson_val *create = schema(&every_kind_table, SCHEMA_CREATE);
    assert_non_null(property(create, "id"));
    assert_non_null(property(create, "password"));
    assert_null(property(create, "version"));
    assert_null(property(create, "hidden"));
    assert_true(contains(yyjson_obj_get(create, "required"), "text"));
    assert_false(contains(yyjson_obj_get(create, "required"), "small"));

    yyjson_val *patch = schema(&every_kind_table, SCHEMA_PATCH);
    assert_null(property(patch, "id"));
    assert_int_equal(yyjson_arr_size(yyjson_obj_get(patch, "required")), 0);

    yyjson_val *replace = schema(&every_kind_table, SCHEMA_REPLACE);
    assert_null(property(replace, "id"));
    assert_true(contains(yyjson_obj_get(replace, "required"), "text"));
}

static void test_every_kind_is_bounded(void **state)
{
    (void)state;
    yyjson_val *s = schema(&every_kind_table, SCHEMA_CREATE);
    assert_string_equal(at(s, "/additionalProperties"), "false");
    assert_string_equal(at(s, "/properties/text/minLength"), "1");
    assert_string_equal(at(s, "/properties/text/maxLength"), "20");
    assert_string_equal(at(s, "/properties/alias/type"), "[\"string\",\"null\"]");
    assert_string_equal(at(s, "/properties/email/format"), "\"email\"");
    assert_string_equal(at(s, "/properties/small/minimum"), "-5");
    assert_string_equal(at(s, "/properties/small/maximum"), "1000");
    assert_string_equal(at(s, "/properties/small/default"), "7");
    assert_string_equal(at(s, "/properties/maybe/type"), "[\"integer\",\"null\"]");
    assert_string_equal(at(s, "/properties/maybe/maximum"), "2147483647");
    assert_string_equal(at(s, "/properties/large/maximum"), "9223372036854775807");
    assert_string_equal(at(s, "/properties/flag/default"), "true");
    assert_string_equal(at(s, "/properties/color/enum"), "[\"red\",\"green\",\"blue\"]");
    assert_string_equal(at(s, "/properties/color/default"), "\"blue\"");
    assert_string_equal(at(s, "/properties/at/format"), "\"date-time\"");
    assert_string_equal(at(s, "/properties/day/format"), "\"date\"");
    assert_string_equal(at(s, "/properties/owner/format"), "\"uuid\"");
    assert_string_equal(at(s, "/properties/ratio/properties/num/maximum"), "2000");
    assert_string_equal(at(s, "/properties/ratio/properties/den/maximum"), "1000");
    assert_string_equal(at(s, "/properties/inner/minItems"), "1");
    assert_string_equal(at(s, "/properties/inner/maxItems"), "4");
    assert_string_equal(at(s, "/properties/inner/items/$ref"),
                        "\"#/components/schemas/EveryInnerCreate\"");
    assert_string_equal(at(s, "/properties/ids/items/format"), "\"uuid\"");
    assert_string_equal(at(s, "/properties/other/anyOf/1/type"), "\"null\"");
    assert_string_equal(at(s, "/properties/password/writeOnly"), "true");
    assert_string_equal(at(s, "/properties/text/description"), "\"A line.\"");
}

static void test_names(void **state)
{
    (void)state;
    char name[SCHEMA_NAME_MAX];
    schema_name(&every_kind_table, SCHEMA_REPLY, name);
    assert_string_equal(name, "EveryKind");
    schema_name(&every_kind_table, SCHEMA_PATCH, name);
    assert_string_equal(name, "EveryKindPatch");
    struct table t = {.name =
                          "a_name_of_many_words_and_of_more_letters_than_any_that_we_shall_have_in_"
                          "our_tables_so_that_it_has_to_be_cut_off"};
    schema_name(&t, SCHEMA_REPLACE, name);
    assert_true(strlen(name) < SCHEMA_NAME_MAX);
    assert_string_equal(name + strlen(name) - 7, "Replace");
}

struct visits {
    int outer;
    int inner;
};

static void count(void *data, const struct table *t, enum schema_form form)
{
    struct visits *v = data;
    v->outer += t == &every_kind_table && form == SCHEMA_PATCH;
    v->inner += t == &every_inner_table && form == SCHEMA_CREATE;
}

static void test_visits_what_is_referred_to(void **state)
{
    (void)state;
    struct visits v = {0};
    schema_visit(&every_kind_table, SCHEMA_PATCH, count, &v);
    assert_int_equal(v.outer, 1);
    assert_int_equal(v.inner, 3);
}

/* The document and the codec tell the same story: what json_write shows is what the schema lists.
 */
static void test_agrees_with_what_is_written(void **state)
{
    (void)state;
    struct rng r = rng_make(11);
    struct every_kind e;
    struct buf b;
    random_entity(&r, &arena, &every_kind_table, &e);
    buf_init(&b, &arena, 0, 1 << 20);
    json_write(&b, &every_kind_table, &e);
    yyjson_doc *written = yyjson_read(buf_str(&b).data, buf_str(&b).len, YYJSON_READ_NOFLAG);
    assert_non_null(written);
    yyjson_val *reply = schema(&every_kind_table, SCHEMA_REPLY);
    size_t i;
    size_t n;
    yyjson_val *key;
    yyjson_val *value;
    assert_int_equal(yyjson_obj_size(yyjson_doc_get_root(written)),
                     yyjson_obj_size(yyjson_obj_get(reply, "properties")));
    yyjson_obj_foreach(yyjson_doc_get_root(written), i, n, key, value)
    {
        assert_non_null(property(reply, yyjson_get_str(key)));
        assert_true(contains(yyjson_obj_get(reply, "required"), yyjson_get_str(key)));
    }
    yyjson_doc_free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_form_has_its_fields, begin, finish),
        cmocka_unit_test_setup_teardown(test_every_kind_is_bounded, begin, finish),
        cmocka_unit_test_setup_teardown(test_names, begin, finish),
        cmocka_unit_test_setup_teardown(test_visits_what_is_referred_to, begin, finish),
        cmocka_unit_test_setup_teardown(test_agrees_with_what_is_written, begin, finish),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
