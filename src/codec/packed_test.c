#include "codec/packed.h"

#include <stdlib.h>
#include <string.h>

#include "base/testing.h"
#include "codec/json.h"
#include "model/desk.h"
#include "support/every_kind.h"
#include "support/random_entity.h"

enum { ROUNDS = 1000 };

TESTS_WITH_ARENA(8 << 20)

static struct str pack(const struct table *t, const void *entity)
{
    struct buf b;
    buf_init(&b, &arena, 0, (size_t)4 << 20);
    assert_true(packed_write(&b, t, entity));
    return buf_str(&b);
}

static void check_round_trip(struct rng *r, const struct table *t)
{
    arena_reset(&arena);
    void *entity = arena_alloc(&arena, t->size);
    void *back = arena_alloc(&arena, t->size);
    assert_true(entity && back);
    random_entity(r, &arena, t, entity);
    struct str bytes = pack(t, entity);
    assert_int_equal(packed_read(&ctx, bytes, t, &arena, back), ST_OK);
    assert_true(entity_eq(t, entity, back, 0));
}

static void test_what_is_written_reads_back(void **state)
{
    (void)state;
    const struct table *const tables[] = {&every_kind_table,   &task_table, &course_table,
                                          &settings_table,     &plan_table, &tombstone_table,
                                          &availability_table, &event_table};
    struct rng r = rng_make(20261124);
    for (int i = 0; i < ROUNDS; i++)
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
            check_round_trip(&r, tables[t]);
}

static void test_numbers_of_every_size(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 0, 1 << 20);
    for (unsigned bit = 0; bit < 64; bit++) {
        packed_put_int(&b, (int64_t)((uint64_t)1 << bit));
        packed_put_int(&b, (int64_t)(UINT64_MAX << bit));
    }
    struct str rest = buf_str(&b);
    for (unsigned bit = 0; bit < 64; bit++) {
        int64_t value;
        assert_int_equal(packed_take_int(&ctx, &rest, &value), ST_OK);
        assert_true(value == (int64_t)((uint64_t)1 << bit));
        assert_int_equal(packed_take_int(&ctx, &rest, &value), ST_OK);
        assert_true(value == (int64_t)(UINT64_MAX << bit));
    }
    assert_int_equal(rest.len, 0);
}

/* What is on the disk of others must not change by accident. */
static void test_the_form_is_fixed(void **state)
{
    (void)state;
    const struct window w = {.day = 3, .start = {540}, .end = {1440}};
    static const unsigned char expected[] = {6, 6, 0xB8, 0x08, 0xC0, 0x16};
    struct str bytes = pack(&window_table, &w);
    assert_int_equal(bytes.len, sizeof expected);
    assert_memory_equal(bytes.data, expected, sizeof expected);
}

enum { BLOCKS = 200, NAMES = 60 };

/* A plan as the planner makes them: few tasks, many blocks, one soon after the other. */
static struct plan a_plan(struct rng *r, struct study_block blocks[BLOCKS])
{
    struct id ids[NAMES];
    struct plan plan;
    int64_t at = 1795600800000;
    entity_init(&plan_table, &plan);
    for (size_t i = 0; i < NAMES; i++)
        ids[i] = random_id(r);
    for (size_t i = 0; i < BLOCKS; i++) {
        int64_t start = at + (int64_t)rng_below(r, 9) * 5 * MINUTE_MS;
        int64_t end = start + (1 + (int64_t)rng_below(r, 20)) * 5 * MINUTE_MS;
        blocks[i] = (struct study_block){ids[rng_below(r, NAMES)], {start}, {end}};
        at = end;
    }
    plan.blocks = (struct list){blocks, BLOCKS};
    return plan;
}

static void test_a_plan_takes_little(void **state)
{
    (void)state;
    struct rng r = rng_make(11);
    struct study_block blocks[BLOCKS];
    struct plan back;
    for (int i = 0; i < ROUNDS / 20; i++) {
        arena_reset(&arena);
        struct plan plan = a_plan(&r, blocks);
        struct str bytes = pack(&plan_table, &plan);
        assert_int_equal(packed_read(&ctx, bytes, &plan_table, &arena, &back), ST_OK);
        assert_true(entity_eq(&plan_table, &plan, &back, 0));
        assert_in_range(bytes.len, 1, NAMES * 17 + BLOCKS * 4);
    }
}

static const struct id an_id = {{1, 9, 9, 9, 9, 9, 0x79, 9, 0x89, 9, 9, 9, 9, 9, 9, 5}};

/* Times that are no whole minutes, that go back, and none at all. */
static void test_items_are_told_by_those_before(void **state)
{
    (void)state;
    struct study_block blocks[] = {
        {an_id, {0}, {60000}}, {an_id, {1}, INSTANT_NONE}, {an_id, INSTANT_NONE, {59999}}};
    struct list list = {blocks, 3};
    struct list back;
    static const unsigned char expected[] = {6, 6, 0, 1, 9, 9, 9, 9, 9,    0x79, 9,    0x89, 9,
                                             9, 9, 9, 9, 9, 5, 0, 2, 0xC0, 0xA9, 0x07, 1};
    struct buf b;
    buf_init(&b, &arena, 0, 1000);
    const struct field *f = &plan_table.fields[table_find(&plan_table, STR_LIT("blocks"))];
    assert_true(packed_write_list(&b, f, &list));
    assert_memory_equal(buf_str(&b).data, expected, sizeof expected);
    assert_int_equal(packed_read_list(&ctx, buf_str(&b), f, &arena, &back), ST_OK);
    assert_int_equal(back.count, 3);
    for (int32_t i = 0; i < 3; i++)
        assert_true(
            entity_eq(&study_block_table, &blocks[i], &((struct study_block *)back.items)[i], 0));
}

/* More ids than are remembered, each twice. */
static void test_a_list_of_many_ids(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    struct rng r = rng_make(12);
    struct study_block *blocks = ARENA_ARRAY(&arena, struct study_block, COUNT);
    struct list back;
    struct buf b;
    assert_non_null(blocks);
    for (size_t i = 0; i < COUNT; i++) {
        struct id id = i < COUNT / 2 ? random_id(&r) : blocks[i - COUNT / 2].task_id;
        blocks[i] = (struct study_block){id, {(int64_t)i}, {(int64_t)i + 1}};
    }
    buf_init(&b, &arena, 0, 1 << 20);
    const struct field *f = &plan_table.fields[table_find(&plan_table, STR_LIT("blocks"))];
    assert_true(packed_write_list(&b, f, &(struct list){blocks, COUNT}));
    assert_int_equal(packed_read_list(&ctx, buf_str(&b), f, &arena, &back), ST_OK);
    assert_int_equal(back.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(
            entity_eq(&study_block_table, &blocks[i], &((struct study_block *)back.items)[i], 0));
}

/* Whatever was read can be shown. */
static void check_shown(const struct table *t, const void *entity)
{
    struct buf b;
    buf_init(&b, &arena, 0, (size_t)4 << 20);
    json_write(&b, t, entity);
    assert_false(b.overflowed);
    assert_true(utf8_valid(buf_str(&b)));
}

static struct str pack_after(const struct plan *plan, const struct plan *before)
{
    struct buf b;
    buf_init(&b, &arena, 0, (size_t)4 << 20);
    assert_true(packed_write_after(&b, &plan_table, plan, before));
    return buf_str(&b);
}

/* Takes some blocks out of a plan and puts others in. */
static struct plan change_plan(struct rng *r, const struct plan *before, int32_t changes)
{
    struct study_block *blocks =
        ARENA_ARRAY(&arena, struct study_block, (size_t)(before->blocks.count + changes));
    const struct study_block *old = before->blocks.items;
    struct plan plan = *before;
    int32_t n = 0;
    assert_non_null(blocks);
    for (int32_t i = 0; i < before->blocks.count; i++) {
        bool here = rng_below(r, (uint64_t)before->blocks.count) < (uint64_t)changes;
        if (here && rng_below(r, 2) && n < before->blocks.count)
            blocks[n++] =
                (struct study_block){random_id(r), {old[i].start.ms - 2 * MINUTE_MS}, old[i].start};
        if (!here || rng_below(r, 2))
            blocks[n++] = old[i];
    }
    plan.blocks = (struct list){blocks, n};
    return plan;
}

static void test_a_plan_is_told_by_the_one_before(void **state)
{
    (void)state;
    struct rng r = rng_make(13);
    struct study_block blocks[BLOCKS];
    for (int i = 0; i < ROUNDS; i++) {
        struct plan back;
        arena_reset(&arena);
        struct plan before = a_plan(&r, blocks);
        struct plan after = change_plan(&r, &before, i % 200);
        struct str bytes = pack_after(&after, &before);
        struct str rest = bytes;
        assert_int_equal(packed_take_after(&ctx, &rest, &plan_table, &before, &arena, &back),
                         ST_OK);
        assert_int_equal(rest.len, 0);
        assert_true(entity_eq(&plan_table, &after, &back, 0));
        assert_in_range(bytes.len, 1, 200 + (size_t)(i % 200) * 35);
    }
}

static void test_plans_of_nothing(void **state)
{
    (void)state;
    struct rng r = rng_make(14);
    struct study_block blocks[BLOCKS];
    struct plan plan = a_plan(&r, blocks);
    struct plan none;
    struct plan back;
    entity_init(&plan_table, &none);
    struct str rest = pack_after(&plan, &none);
    assert_int_equal(packed_take_after(&ctx, &rest, &plan_table, &none, &arena, &back), ST_OK);
    assert_true(entity_eq(&plan_table, &plan, &back, 0));
    rest = pack_after(&none, &plan);
    assert_int_equal(packed_take_after(&ctx, &rest, &plan_table, &plan, &arena, &back), ST_OK);
    assert_true(entity_eq(&plan_table, &none, &back, 0));
}

/* After another plan than the one it was told by, or damaged: refused or another plan, no worse. */
static void test_damage_after_another_does_no_harm(void **state)
{
    (void)state;
    struct rng r = rng_make(15);
    struct study_block blocks[BLOCKS];
    for (int i = 0; i < 2 * ROUNDS; i++) {
        struct plan back;
        arena_reset(&arena);
        ctx_forgive(&ctx);
        struct plan before = a_plan(&r, blocks);
        struct plan after = change_plan(&r, &before, 9);
        struct str bytes = pack_after(&after, &before);
        char *damaged = arena_copy(&arena, bytes.data, bytes.len);
        assert_non_null(damaged);
        before.blocks.count = i % 2 ? BLOCKS : (int32_t)rng_below(&r, BLOCKS);
        damaged[rng_below(&r, bytes.len)] = (char)rng_next(&r);
        struct str rest = {damaged, bytes.len};
        enum status st = packed_take_after(&ctx, &rest, &plan_table, &before, &arena, &back);
        assert_true(st == ST_OK || st == ST_INTERNAL || st == ST_UNAVAILABLE);
        if (st == ST_OK)
            check_shown(&plan_table, &back);
    }
}

static void test_items_without_fields_are_damage(void **state)
{
    (void)state;
    struct list back;
    const struct field *f = &plan_table.fields[table_find(&plan_table, STR_LIT("blocks"))];
    assert_int_equal(packed_read_list(&ctx, STR_LIT("\2\0"), f, &arena, &back), ST_INTERNAL);
    assert_non_null(strstr(ctx.faults[0].detail, "without fields"));
}

static void test_an_id_of_no_item_before_is_damage(void **state)
{
    (void)state;
    struct list back;
    struct buf b;
    buf_init(&b, &arena, 0, 1000);
    packed_put_int(&b, 1);
    packed_put_int(&b, 3);
    packed_put_int(&b, 1);
    packed_put_int(&b, 0);
    packed_put_int(&b, 0);
    const struct field *f = &plan_table.fields[table_find(&plan_table, STR_LIT("blocks"))];
    assert_int_equal(packed_read_list(&ctx, buf_str(&b), f, &arena, &back), ST_INTERNAL);
    assert_non_null(strstr(ctx.faults[0].detail, "no item before"));
}

static void test_several_stand_one_after_another(void **state)
{
    (void)state;
    struct rng r = rng_make(3);
    struct task tasks[5];
    struct buf b;
    buf_init(&b, &arena, 0, 1 << 20);
    for (size_t i = 0; i < 5; i++) {
        random_entity(&r, &arena, &task_table, &tasks[i]);
        packed_write(&b, &task_table, &tasks[i]);
    }
    struct str rest = buf_str(&b);
    struct task back;
    assert_int_equal(packed_read(&ctx, rest, &task_table, &arena, &back), ST_INTERNAL);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(packed_take(&ctx, &rest, &task_table, &arena, &back), ST_OK);
        assert_true(entity_eq(&task_table, &tasks[i], &back, 0));
    }
    assert_int_equal(rest.len, 0);
}

static void test_bare_lists(void **state)
{
    (void)state;
    struct rng r = rng_make(4);
    int32_t inner = table_find(&every_kind_table, STR_LIT("inner"));
    int32_t ids = table_find(&every_kind_table, STR_LIT("ids"));
    for (int i = 0; i < ROUNDS; i++) {
        struct every_kind e;
        struct every_kind back;
        struct buf b;
        arena_reset(&arena);
        random_entity(&r, &arena, &every_kind_table, &e);
        back = e;
        buf_init(&b, &arena, 0, 1 << 20);
        assert_true(packed_write_list(&b, &every_kind_table.fields[inner], &e.inner));
        assert_int_equal(packed_read_list(&ctx, buf_str(&b), &every_kind_table.fields[inner],
                                          &arena, &back.inner),
                         ST_OK);
        buf_init(&b, &arena, 0, 1 << 20);
        assert_true(packed_write_list(&b, &every_kind_table.fields[ids], &e.ids));
        assert_int_equal(
            packed_read_list(&ctx, buf_str(&b), &every_kind_table.fields[ids], &arena, &back.ids),
            ST_OK);
        assert_true(entity_eq(&every_kind_table, &e, &back, 0));
    }
}

static void test_a_reader_that_knows_more_rows_fills_them(void **state)
{
    (void)state;
    struct rng r = rng_make(5);
    for (int32_t known = 0; known <= every_kind_table.count; known++) {
        struct table old = every_kind_table;
        struct every_kind e;
        struct every_kind expected;
        struct every_kind back;
        old.count = known;
        arena_reset(&arena);
        random_entity(&r, &arena, &every_kind_table, &e);
        entity_init(&every_kind_table, &expected);
        for (int32_t i = 0; i < known; i++) {
            const struct field *f = &old.fields[i];
            memcpy(field_at(f, &expected), field_in(f, &e), kind_size(f->kind));
        }
        assert_int_equal(packed_read(&ctx, pack(&old, &e), &every_kind_table, &arena, &back),
                         ST_OK);
        assert_true(entity_eq(&every_kind_table, &expected, &back, 0));
    }
}

static void test_a_reader_that_knows_fewer_rows_refuses(void **state)
{
    (void)state;
    struct rng r = rng_make(6);
    struct table old = every_kind_table;
    struct every_kind e;
    struct every_kind back;
    old.count--;
    random_entity(&r, &arena, &every_kind_table, &e);
    assert_int_equal(packed_read(&ctx, pack(&every_kind_table, &e), &old, &arena, &back),
                     ST_INTERNAL);
    assert_string_equal(ctx.faults[0].code, "newer");
}

/* Each prefix lies in memory of exactly its length, so that reading on is seen too. */
static void test_every_cut_is_noticed(void **state)
{
    (void)state;
    struct rng r = rng_make(8);
    for (int i = 0; i < ROUNDS / 20; i++) {
        struct every_kind e;
        struct every_kind back;
        arena_reset(&arena);
        random_entity(&r, &arena, &every_kind_table, &e);
        struct str bytes = pack(&every_kind_table, &e);
        for (size_t len = 0; len < bytes.len; len++) {
            char *exact = malloc(len + (len == 0));
            assert_non_null(exact);
            memcpy(exact, bytes.data, len);
            assert_int_equal(
                packed_read(&ctx, (struct str){exact, len}, &every_kind_table, &arena, &back),
                ST_INTERNAL);
            free(exact);
        }
    }
}

/* Damage is refused or gives another entity that can be read and written; it never does worse. */
static void test_damage_does_no_harm(void **state)
{
    (void)state;
    struct rng r = rng_make(9);
    for (int i = 0; i < 20 * ROUNDS; i++) {
        struct every_kind e;
        arena_reset(&arena);
        ctx_forgive(&ctx);
        random_entity(&r, &arena, &every_kind_table, &e);
        struct str bytes = pack(&every_kind_table, &e);
        char *damaged = arena_copy(&arena, bytes.data, bytes.len);
        assert_non_null(damaged);
        for (uint64_t n = 1 + rng_below(&r, 4); n > 0; n--)
            damaged[rng_below(&r, bytes.len)] = (char)rng_next(&r);
        enum status st =
            packed_read(&ctx, (struct str){damaged, bytes.len}, &every_kind_table, &arena, &e);
        if (st == ST_OK) {
            pack(&every_kind_table, &e);
            check_shown(&every_kind_table, &e);
        } else {
            assert_true(st == ST_INTERNAL || st == ST_UNAVAILABLE);
        }
    }
}

/* One field alone, as packed_put_int writes its numbers. */
static void check_refused(const char *field, int64_t first, int64_t second)
{
    struct table t = every_kind_table;
    struct every_kind e;
    struct buf b;
    t.fields += table_find(&t, str_of(field));
    t.count = 1;
    buf_init(&b, &arena, 0, 100);
    packed_put_int(&b, 1);
    packed_put_int(&b, first);
    if (t.fields->kind == KIND_RATIO)
        packed_put_int(&b, second);
    if (packed_read(&ctx, buf_str(&b), &t, &arena, &e) != ST_INTERNAL)
        fail_msg("%s: %lld was taken", field, (long long)first);
}

static void test_values_of_no_kind_are_damage(void **state)
{
    (void)state;
    check_refused("small", (int64_t)INT32_MAX + 1, 0);
    check_refused("flag", 2, 0);
    check_refused("color", 3, 0);
    check_refused("color", -1, 0);
    check_refused("at", -1, 0);
    check_refused("at", 253402300800000, 0);
    check_refused("day", -1, 0);
    check_refused("day", 2932897, 0);
    check_refused("wall", -1, 0);
    check_refused("wall", DAY_MINUTES + 1, 0);
    check_refused("ratio", -1, 1);
    check_refused("ratio", 1, -1);
    check_refused("text", -1, 0);
    check_refused("text", 2, 0);
    check_refused("one", 2, 0);
    check_refused("inner", -1, 0);
    check_refused("inner", 1000, 0);
}

static void test_texts_are_utf8(void **state)
{
    (void)state;
    struct every_kind e;
    static const char bytes[] = {2, 4, (char)0xFF}; /* one field: one byte that is not UTF-8 */
    struct table t = every_kind_table;
    t.fields += table_find(&t, STR_LIT("text"));
    t.count = 1;
    assert_int_equal(packed_read(&ctx, (struct str){bytes, 3}, &t, &arena, &e), ST_INTERNAL);
}

static void test_a_negative_count_is_damage(void **state)
{
    (void)state;
    struct every_kind e;
    assert_int_equal(packed_read(&ctx, STR_LIT("\x01"), &every_kind_table, &arena, &e),
                     ST_INTERNAL);
}

static void test_says_when_memory_is_out(void **state)
{
    (void)state;
    struct rng r = rng_make(10);
    struct every_kind e;
    struct every_kind back;
    random_entity(&r, &arena, &every_kind_table, &e);
    struct str bytes = pack(&every_kind_table, &e);
    enum status st = ST_UNAVAILABLE;
    unsigned nth = 1;
    for (; st == ST_UNAVAILABLE; nth++) {
        arena_fail_after(nth);
        st = packed_read(&ctx, bytes, &every_kind_table, &arena, &back);
        arena_fail_after(0);
    }
    assert_int_equal(st, ST_OK);
    assert_true(nth > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_what_is_written_reads_back),
        ARENA_TEST(test_numbers_of_every_size),
        ARENA_TEST(test_the_form_is_fixed),
        ARENA_TEST(test_a_plan_takes_little),
        ARENA_TEST(test_items_are_told_by_those_before),
        ARENA_TEST(test_an_id_of_no_item_before_is_damage),
        ARENA_TEST(test_a_list_of_many_ids),
        ARENA_TEST(test_a_plan_is_told_by_the_one_before),
        ARENA_TEST(test_plans_of_nothing),
        ARENA_TEST(test_damage_after_another_does_no_harm),
        ARENA_TEST(test_items_without_fields_are_damage),
        ARENA_TEST(test_several_stand_one_after_another),
        ARENA_TEST(test_bare_lists),
        ARENA_TEST(test_a_reader_that_knows_more_rows_fills_them),
        ARENA_TEST(test_a_reader_that_knows_fewer_rows_refuses),
        ARENA_TEST(test_every_cut_is_noticed),
        ARENA_TEST(test_damage_does_no_harm),
        ARENA_TEST(test_values_of_no_kind_are_damage),
        ARENA_TEST(test_texts_are_utf8),
        ARENA_TEST(test_a_negative_count_is_damage),
        ARENA_TEST(test_says_when_memory_is_out),
    };
    return cmocka_run_group_tests_name("packed", tests, NULL, NULL);
}
