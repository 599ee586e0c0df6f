#include "model/desk.h"

#include <string.h>

#include "base/testing.h"
#include "support/random_entity.h"

enum { ROUNDS = 300, IDS = 24, CHANGES = 6 };

static const int64_t day_ms = (int64_t)DAY_MINUTES * MINUTE_MS;

TESTS_WITH_ARENA(64 << 20)

static struct id numbered(uint8_t n)
{
    struct id id = {{1, [6] = 0x70, [8] = 0x80, [15] = n}};
    return id;
}

static struct task titled(uint8_t n, const char *title)
{
    struct task t;
    entity_init(&task_table, &t);
    t.id = numbered(n);
    t.title = str_of(title);
    return t;
}

static struct change put_task(const struct task *t)
{
    return (struct change){ENTITY_TASK, t->id, t};
}

static struct desk apply(const struct desk *d, const struct change *changes, int32_t n, int64_t rev,
                         int64_t now_ms)
{
    struct desk out;
    assert_true(desk_apply(d, changes, n, rev, (struct instant){now_ms}, &arena, &out));
    return out;
}

static void test_a_new_desk(void **state)
{
    (void)state;
    struct desk d;
    desk_init(&d, numbered(9));
    assert_true(id_eq(d.user, numbered(9)));
    assert_int_equal(d.rev, 0);
    assert_int_equal(d.task_count, 0);
    assert_true(str_eq(d.settings.zone, STR_LIT("UTC")));
    assert_int_equal(d.settings.pace.num, 60);
    assert_int_equal(d.settings.limit.den, 1);
    assert_int_equal(d.availability.week.count, 0);
    assert_null(desk_task(&d, numbered(1)));
    assert_ptr_equal(desk_entity(&d, ENTITY_SETTINGS, ID_NONE), &d.settings);
}

static void test_puts_and_deletes(void **state)
{
    (void)state;
    struct desk d0;
    desk_init(&d0, numbered(9));
    const struct task first = titled(5, "five");
    const struct task second = titled(2, "two");
    const struct change puts[] = {put_task(&first), put_task(&second)};
    struct desk d1 = apply(&d0, puts, 2, 1, 0);
    assert_int_equal(d0.task_count, 0);
    assert_int_equal(d1.task_count, 2);
    assert_true(id_eq(d1.tasks[0].id, numbered(2)));
    assert_int_equal(desk_task(&d1, numbered(5))->version, 1);

    const struct task renamed = titled(5, "cinq");
    struct desk d2 = apply(&d1, &(struct change){ENTITY_TASK, renamed.id, &renamed}, 1, 7, 0);
    assert_int_equal(d2.rev, 7);
    assert_int_equal(desk_task(&d2, numbered(5))->version, 7);
    assert_int_equal(desk_task(&d2, numbered(2))->version, 1);
    assert_true(str_eq(desk_task(&d1, numbered(5))->title, STR_LIT("five")));

    struct desk d3 = apply(&d2, &(struct change){ENTITY_TASK, numbered(2), NULL}, 1, 8, 1000);
    assert_int_equal(d3.task_count, 1);
    assert_int_equal(d3.tombstone_count, 1);
    assert_int_equal(d3.tombstones[0].rev, 8);
    assert_true(desk_was_deleted(&d3, ENTITY_TASK, numbered(2)));
    assert_false(desk_was_deleted(&d3, ENTITY_COURSE, numbered(2)));
    assert_false(desk_was_deleted(&d3, ENTITY_TASK, numbered(5)));
    assert_int_equal(desk_deleted_in(&d3, ENTITY_TASK, numbered(2)), 8);
    assert_int_equal(desk_deleted_in(&d3, ENTITY_TASK, numbered(5)), 0);
}

static void test_what_is_put_again_was_not_deleted(void **state)
{
    (void)state;
    struct desk d;
    desk_init(&d, numbered(9));
    const struct task tasks[] = {titled(1, "a"), titled(2, "b")};
    const struct change puts[] = {put_task(&tasks[0]), put_task(&tasks[1])};
    d = apply(&d, puts, 2, 1, 0);
    const struct change gone[] = {{ENTITY_TASK, numbered(1), NULL},
                                  {ENTITY_TASK, numbered(2), NULL}};
    d = apply(&d, gone, 2, 2, 0);
    d = apply(&d, &puts[0], 1, 3, 0);
    assert_int_equal(d.task_count, 1);
    assert_int_equal(d.tombstone_count, 1);
    assert_false(desk_was_deleted(&d, ENTITY_TASK, numbered(1)));
    assert_true(desk_was_deleted(&d, ENTITY_TASK, numbered(2)));
}

static void test_deleting_what_is_not_there_changes_nothing(void **state)
{
    (void)state;
    struct desk d;
    desk_init(&d, numbered(9));
    struct desk e = apply(&d, &(struct change){ENTITY_TASK, numbered(2), NULL}, 1, 1, 0);
    assert_int_equal(e.tombstone_count, 0);
    assert_int_equal(e.task_count, 0);
}

static void test_single_entities(void **state)
{
    (void)state;
    struct desk d;
    desk_init(&d, numbered(9));
    struct settings s = d.settings;
    s.zone = STR_LIT("Europe/Berlin");
    struct window w = {1, {540}, {600}};
    struct availability a = {.week = {&w, 1}};
    const struct change changes[] = {{ENTITY_SETTINGS, ID_NONE, &s},
                                     {ENTITY_AVAILABILITY, ID_NONE, &a}};
    struct desk e = apply(&d, changes, 2, 3, 0);
    w.day = 7;
    assert_true(str_eq(e.settings.zone, STR_LIT("Europe/Berlin")));
    assert_int_equal(e.settings.version, 3);
    assert_int_equal(e.availability.version, 3);
    assert_int_equal(e.plan.version, 0);
    assert_int_equal(((struct window *)e.availability.week.items)->day, 1);
    assert_true(entity_is_single(ENTITY_PLAN));
    assert_false(entity_is_single(ENTITY_COURSE));
}

static void test_old_tombstones_go_and_move_the_cursor(void **state)
{
    (void)state;
    struct desk d;
    desk_init(&d, numbered(9));
    const struct task tasks[] = {titled(1, "a"), titled(2, "b"), titled(3, "c")};
    const struct change puts[] = {put_task(&tasks[0]), put_task(&tasks[1]), put_task(&tasks[2])};
    d = apply(&d, puts, 3, 1, 0);
    d = apply(&d, &(struct change){ENTITY_TASK, numbered(1), NULL}, 1, 2, 0);
    d = apply(&d, &(struct change){ENTITY_TASK, numbered(2), NULL}, 1, 3, day_ms);
    assert_int_equal(d.oldest_cursor, 0);
    d = apply(&d, NULL, 0, 4, TOMBSTONE_DAYS * day_ms);
    assert_int_equal(d.tombstone_count, 2);
    d = apply(&d, NULL, 0, 5, TOMBSTONE_DAYS * day_ms + 1);
    assert_int_equal(d.tombstone_count, 1);
    assert_int_equal(d.oldest_cursor, 2);
    assert_false(desk_was_deleted(&d, ENTITY_TASK, numbered(1)));
    d = apply(&d, NULL, 0, 6, (TOMBSTONE_DAYS + 5) * day_ms);
    assert_int_equal(d.tombstone_count, 0);
    assert_int_equal(d.oldest_cursor, 3);
}

/* Whoever deletes without end must not make the desk grow without end. */
static void test_the_oldest_tombstones_make_room(void **state)
{
    (void)state;
    enum { MAX = 20000, AT_ONCE = 4000 };
    struct desk d;
    struct arena own;
    struct change changes[AT_ONCE];
    static struct tombstone all[MAX];
    arena_init(&own, 1 << 26);
    desk_init(&d, numbered(9));
    for (int i = 0; i < MAX; i++)
        all[i] = (struct tombstone){.kind = ENTITY_TASK, .id = numbered(9), .rev = 1 + i};
    d.tombstones = all;
    d.tombstone_count = MAX;
    d.rev = MAX;
    struct task *tasks = ARENA_ARRAY(&own, struct task, AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
        tasks[i] = titled(1, "a");
        memcpy(tasks[i].id.bytes, &i, sizeof i);
        changes[i] = (struct change){ENTITY_TASK, tasks[i].id, &tasks[i]};
    }
    struct desk e, after;
    assert_true(desk_preview(&d, changes, AT_ONCE, d.rev + 1, (struct instant){0}, &own, &e));
    assert_int_equal(e.tombstone_count, MAX);
    assert_int_equal(e.oldest_cursor, 0);
    for (int i = 0; i < AT_ONCE; i++)
        changes[i].entity = NULL;
    assert_true(desk_preview(&e, changes, AT_ONCE, e.rev + 1, (struct instant){0}, &own, &after));
    assert_int_equal(after.tombstone_count, MAX);
    assert_int_equal(after.oldest_cursor, AT_ONCE);
    assert_int_equal(after.tombstones[0].rev, AT_ONCE + 1);
    assert_int_equal(after.tombstones[MAX - 1].rev, after.rev);
    assert_true(desk_was_deleted(&after, ENTITY_TASK, tasks[AT_ONCE - 1].id));
    arena_release(&own);
}

static void test_versions(void **state)
{
    (void)state;
    struct task t = titled(1, "a");
    entity_set_version(ENTITY_TASK, &t, 42);
    assert_int_equal(t.version, 42);
    assert_int_equal(entity_version(ENTITY_TASK, &t), 42);
    for (int kind = ENTITY_SETTINGS; kind < ENTITY_KINDS; kind++)
        if (entity_table((enum entity_kind)kind))
            assert_true(table_find(entity_table((enum entity_kind)kind), STR_LIT("version")) >= 0);
}

static void test_says_when_memory_is_out(void **state)
{
    (void)state;
    struct rng r = rng_make(1);
    struct task t;
    struct desk d;
    struct desk out;
    desk_init(&d, numbered(9));
    random_entity(&r, &arena, &task_table, &t);
    const struct change change = put_task(&t);
    unsigned nth = 1;
    bool ok = false;
    for (; !ok; nth++) {
        arena_fail_after(nth);
        ok = desk_apply(&d, &change, 1, 1, (struct instant){0}, &arena, &out);
        arena_fail_after(0);
    }
    assert_true(nth > 4);
}

/* What a desk should hold, kept as simply as can be. */
struct simple {
    bool there[IDS];
    int64_t version[IDS];
    struct task task[IDS];
};

static void check_same(const struct desk *d, const struct simple *s)
{
    int32_t live = 0;
    for (uint8_t i = 0; i < IDS; i++) {
        const struct task *t = desk_task(d, numbered(i));
        assert_int_equal(t != NULL, s->there[i]);
        if (!t)
            continue;
        live++;
        struct task expected = s->task[i];
        expected.version = s->version[i];
        assert_true(entity_eq(&task_table, t, &expected, 0));
    }
    assert_int_equal(d->task_count, live);
    for (int32_t i = 1; i < d->task_count; i++)
        assert_true(id_cmp(d->tasks[i - 1].id, d->tasks[i].id) < 0);
    for (int32_t i = 1; i < d->tombstone_count; i++)
        assert_true(d->tombstones[i - 1].rev <= d->tombstones[i].rev);
}

/* Any sequence of changes gives what a plain array gives, and earlier desks stay as they were. */
static void test_random_changes(void **state)
{
    (void)state;
    struct rng r = rng_make(20261124);
    static struct simple s;
    static struct simple before;
    struct desk d;
    memset(&s, 0, sizeof s);
    desk_init(&d, numbered(99));
    for (int n = 0; n < ROUNDS; n++) {
        struct change changes[CHANGES];
        const struct desk earlier = d;
        before = s;
        int32_t count = (int32_t)rng_below(&r, CHANGES + 1);
        for (int32_t i = 0; i < count; i++) {
            uint8_t which = (uint8_t)rng_below(&r, IDS);
            struct task *t = &s.task[which];
            changes[i] = (struct change){ENTITY_TASK, numbered(which), NULL};
            s.there[which] = !rng_one_in(&r, 3);
            if (!s.there[which])
                continue;
            t = arena_alloc(&arena, sizeof *t);
            assert_non_null(t);
            random_entity(&r, &arena, &task_table, t);
            t->id = numbered(which);
            s.task[which] = *t;
            s.version[which] = d.rev + 1;
            changes[i].entity = t;
        }
        d = apply(&d, changes, count, d.rev + 1, n * day_ms);
        check_same(&d, &s);
        check_same(&earlier, &before);
        assert_true(desk_extent(&d) >= (size_t)d.task_count * sizeof *d.tasks);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_a_new_desk),
        ARENA_TEST(test_puts_and_deletes),
        ARENA_TEST(test_what_is_put_again_was_not_deleted),
        ARENA_TEST(test_deleting_what_is_not_there_changes_nothing),
        ARENA_TEST(test_single_entities),
        ARENA_TEST(test_old_tombstones_go_and_move_the_cursor),
        ARENA_TEST(test_the_oldest_tombstones_make_room),
        ARENA_TEST(test_versions),
        ARENA_TEST(test_says_when_memory_is_out),
        ARENA_TEST(test_random_changes),
    };
    return cmocka_run_group_tests_name("desk", tests, NULL, NULL);
}
