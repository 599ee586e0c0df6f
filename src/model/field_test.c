#include "model/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support/every_kind.h"
#include "support/random_entity.h"

enum { ROUNDS = 500 };

static const struct table *const table = &every_kind_table;
static struct arena arena;
static struct arena other;

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, (size_t)4 << 20);
    arena_init(&other, (size_t)4 << 20);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_release(&arena);
    arena_release(&other);
    return 0;
}

static const struct field *row(const char *name)
{
    int32_t at = table_find(table, str_of(name));
    assert_true(at >= 0);
    return &table->fields[at];
}

static void test_rows_follow_the_struct(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum kind kind;
        size_t offset;
        size_t size;
    } expected[] = {
#define MEMBER(member, kind)                                                                       \
    {#member, kind, offsetof(struct every_kind, member), sizeof(((struct every_kind *)0)->member)}
        MEMBER(id, KIND_ID),        MEMBER(text, KIND_STR),   MEMBER(small, KIND_I32),
        MEMBER(large, KIND_I64),    MEMBER(flag, KIND_BOOL),  MEMBER(color, KIND_CHOICE),
        MEMBER(at, KIND_INSTANT),   MEMBER(day, KIND_DATE),   MEMBER(wall, KIND_WALL),
        MEMBER(ratio, KIND_RATIO),  MEMBER(inner, KIND_LIST), MEMBER(one, KIND_OBJECT),
        MEMBER(digest, KIND_DIGEST)};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct field *f = row(expected[i].name);
        assert_int_equal(f->kind, expected[i].kind);
        assert_int_equal(f->offset, expected[i].offset);
        assert_int_equal(kind_size(f->kind), expected[i].size);
    }
    assert_int_equal(table->size, sizeof(struct every_kind));
    assert_string_equal(row("small")->key, ",\"small\":");
    assert_int_equal(row("small")->key_len, strlen(",\"small\":"));
}

static void test_find(void **state)
{
    (void)state;
    for (int32_t i = 0; i < table->count; i++)
        assert_int_equal(table_find(table, str_of(table->fields[i].name)), i);
    assert_int_equal(table_find(table, STR_LIT("")), -1);
    assert_int_equal(table_find(table, STR_LIT("tex")), -1);
    assert_int_equal(table_find(table, STR_LIT("texts")), -1);
    assert_int_equal(table_find(table, STR_NONE), -1);
}

static void test_init_sets_fallbacks_and_null(void **state)
{
    (void)state;
    struct every_kind e;
    memset(&e, 0xA5, sizeof e);
    entity_init(table, &e);
    assert_int_equal(e.small, 7);
    assert_true(e.flag);
    assert_int_equal(e.color, 2);
    assert_int_equal(e.large, 0);
    assert_int_equal(e.wall.minute, 0);
    assert_non_null(e.text.data);
    assert_int_equal(e.text.len, 0);
    for (int32_t i = 0; i < table->count; i++)
        if (table->fields[i].flags & F_NULLABLE)
            assert_true(field_is_null(&table->fields[i], &e));
    assert_false(field_is_null(row("text"), &e));
    assert_false(field_is_null(row("small"), &e));
    assert_true(field_is_null(row("at"), &e));
    assert_int_equal(e.inner.count, 0);
}

static void test_one_field_is_reset_and_no_other(void **state)
{
    (void)state;
    struct rng r = rng_make(1);
    struct every_kind e;
    random_entity(&r, &arena, table, &e);
    for (int32_t i = 0; i < table->count; i++) {
        struct every_kind reset = e;
        field_init(&table->fields[i], &reset);
        assert_true(entity_eq(table, &e, &reset, (field_set)1 << i));
    }
}

static void test_null_numbers_only_where_they_may_be(void **state)
{
    (void)state;
    struct every_kind e;
    entity_init(table, &e);
    e.maybe = I32_NONE;
    e.small = I32_NONE;
    assert_true(field_is_null(row("maybe"), &e));
    assert_false(field_is_null(row("small"), &e));
}

/* Every single difference is seen, and not seen when it is to be ignored. */
static void test_eq_sees_every_field(void **state)
{
    (void)state;
    struct rng r = rng_make(2);
    for (int n = 0; n < ROUNDS; n++) {
        struct every_kind a;
        struct every_kind b;
        arena_reset(&arena);
        random_entity(&r, &arena, table, &a);
        random_entity(&r, &arena, table, &b);
        assert_true(entity_eq(table, &a, &a, 0));
        for (int32_t i = 0; i < table->count; i++) {
            const struct field *f = &table->fields[i];
            const field_set others = ~((field_set)1 << i);
            struct every_kind mixed = a;
            memcpy(field_at(f, &mixed), field_in(f, &b), kind_size(f->kind));
            bool same = entity_eq(table, &a, &b, others);
            assert_int_equal(entity_eq(table, &a, &mixed, 0), same);
            assert_true(entity_eq(table, &a, &mixed, (field_set)1 << i));
        }
    }
}

static void test_eq_of_texts_and_lists(void **state)
{
    (void)state;
    struct every_kind a;
    struct every_kind b;
    struct every_inner items[] = {{ID_NONE, 1}, {ID_NONE, 2}};
    struct every_inner changed[] = {{ID_NONE, 1}, {ID_NONE, 3}};
    entity_init(table, &a);
    b = a;
    b.alias = STR_LIT("");
    assert_false(entity_eq(table, &a, &b, 0));
    b = a;
    a.inner = (struct list){items, 2};
    b.inner = (struct list){changed, 2};
    assert_false(entity_eq(table, &a, &b, 0));
    b.inner = (struct list){items, 1};
    assert_false(entity_eq(table, &a, &b, 0));
    assert_false(entity_eq(table, &b, &a, 0));
    b = a;
    a.one.at = &items[0];
    b.one.at = &changed[0];
    assert_true(entity_eq(table, &a, &b, 0));
    b.one.at = &changed[1];
    assert_false(entity_eq(table, &a, &b, 0));
    b.one.at = NULL;
    assert_false(entity_eq(table, &a, &b, 0));
}

/* A copy lives on when everything the original points to is overwritten. */
static void test_copies_own_everything(void **state)
{
    (void)state;
    struct rng r = rng_make(3);
    for (int n = 0; n < ROUNDS; n++) {
        struct every_kind e;
        struct every_kind again;
        struct every_kind copy;
        const uint64_t seed = rng_next(&r);
        struct rng first = rng_make(seed);
        struct rng second = rng_make(seed);
        arena_reset(&arena);
        arena_reset(&other);
        random_entity(&first, &arena, table, &e);
        assert_true(entity_copy(table, &other, &copy, &e));
        arena_reset(&arena);
        memset(arena_alloc(&arena, 2048), 0xA5, 2048);
        arena_reset(&arena);
        memset(arena_alloc(&arena, 4096), 0x5A, 4096);
        arena_release(&arena);
        random_entity(&second, &arena, table, &again);
        assert_true(entity_eq(table, &again, &copy, 0));
    }
}

static void test_copies_in_place_and_says_when_memory_is_out(void **state)
{
    (void)state;
    struct rng r = rng_make(4);
    struct every_kind e;
    struct every_kind copy;
    random_entity(&r, &arena, table, &e);
    copy = e;
    assert_true(entity_copy(table, &other, &copy, &copy));
    assert_true(entity_eq(table, &e, &copy, 0));
    assert_ptr_not_equal(e.text.data, copy.text.data);
    unsigned nth = 1;
    bool ok = false;
    for (; !ok; nth++) {
        arena_fail_after(nth);
        ok = entity_copy(table, &other, &copy, &e);
        arena_fail_after(0);
    }
    assert_true(nth > 4);
}

static void test_extent(void **state)
{
    (void)state;
    struct every_kind e;
    struct every_inner items[3] = {{ID_NONE, 1}};
    entity_init(table, &e);
    assert_int_equal(entity_extent(table, &e), 0);
    e.text = STR_LIT("abc");
    e.alias = STR_LIT("de");
    e.inner = (struct list){items, 3};
    e.ids = (struct list){items, 2};
    e.one.at = items;
    assert_int_equal(entity_extent(table, &e),
                     5 + 4 * sizeof(struct every_inner) + 2 * sizeof(struct id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_follow_the_struct, begin, finish),
        cmocka_unit_test_setup_teardown(test_find, begin, finish),
        cmocka_unit_test_setup_teardown(test_init_sets_fallbacks_and_null, begin, finish),
        cmocka_unit_test_setup_teardown(test_one_field_is_reset_and_no_other, begin, finish),
        cmocka_unit_test_setup_teardown(test_null_numbers_only_where_they_may_be, begin, finish),
        cmocka_unit_test_setup_teardown(test_eq_sees_every_field, begin, finish),
        cmocka_unit_test_setup_teardown(test_eq_of_texts_and_lists, begin, finish),
        cmocka_unit_test_setup_teardown(test_copies_own_everything, begin, finish),
        cmocka_unit_test_setup_teardown(test_copies_in_place_and_says_when_memory_is_out, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(test_extent, begin, finish),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
