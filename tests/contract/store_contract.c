#include "store_contract.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ARENA_MAX = 64 * 1024 * 1024, THREADS = 8, SMALL_CACHE = 32 * 1024 };

static const struct subject *subject;
static size_t cache_bytes;
static struct store *store;
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;

static const struct instant now = {1764000000000};

/* ---- making things ---- */

static struct id id_of(unsigned n)
{
    struct id id = {{0x01, 0x9a, 0, 0, 0, 0, 0x70, 0, 0x80}};
    for (int i = 0; i < 4; i++)
        id.bytes[15 - i] = (uint8_t)(n >> (8 * i));
    return id;
}

static struct digest digest_of(unsigned n)
{
    struct digest d = {{0}};
    memcpy(d.bytes, &n, sizeof n);
    return d;
}

static struct account account_of(unsigned n)
{
    struct account a;
    char *key = arena_alloc(&arena, 32);
    entity_init(&account_table, &a);
    snprintf(key, 32, "student%u@example.org", n);
    a.id = id_of(n);
    a.login_key = a.email = str_of(key);
    a.kind = ACCOUNT_USER;
    a.password_hash = STR_LIT("$argon2id$…");
    a.session_epoch = 3;
    a.created = now;
    return a;
}

static void add_account(unsigned n)
{
    struct account a = account_of(n);
    struct settings settings;
    settings_init(&settings);
    settings.zone = STR_LIT("Europe/Berlin");
    assert_int_equal(store_create_account(c, store, &a, &settings, now), ST_OK);
}

static struct task task_of(unsigned n, const char *title)
{
    struct task t;
    entity_init(&task_table, &t);
    t.id = id_of(n);
    t.title = str_of(title);
    t.notes = STR_LIT("two\nlines, ümläut");
    t.course_id = id_of(n + 100000);
    t.estimate_min = 90;
    t.worked_min = 30;
    t.remaining_min = 60;
    t.priority = 5;
    t.due = (struct instant){now.ms + 86400000};
    t.state = TASK_DONE;
    t.created = now;
    t.completed = (struct instant){now.ms + 1};
    return t;
}

static struct attachment attachment_of(unsigned n, const char *name)
{
    struct attachment a;
    entity_init(&attachment_table, &a);
    a.id = id_of(n);
    a.task_id = id_of(n + 100000);
    a.name = str_of(name);
    a.size = (int64_t)n << 30;
    a.type = STR_LIT("image/png");
    a.state = ATTACHMENT_READY;
    a.created = now;
    a.sha256 = digest_of(n + 1);
    a.key = digest_of(n);
    return a;
}

static struct change put_attachment(const struct attachment *a)
{
    return (struct change){ENTITY_ATTACHMENT, a->id, a};
}

static struct work_entry work_of(unsigned n, struct id task_id)
{
    struct work_entry w;
    entity_init(&work_entry_table, &w);
    w.id = id_of(n);
    w.task_id = task_id;
    w.start = now;
    w.minutes = w.counted_min = 25;
    w.kind = WORK_MANUAL;
    w.note = STR_LIT("chapter 4");
    return w;
}

static struct change put_task(const struct task *t)
{
    return (struct change){ENTITY_TASK, t->id, t};
}

static enum status commit_one(struct id user, int64_t rev, struct change change)
{
    ctx_forgive(c);
    return store_commit(c, store, user, rev, &change, 1, NULL, now, NULL);
}

static const struct desk *desk_now(struct id user)
{
    const struct desk *d = NULL;
    ctx_forgive(c);
    assert_int_equal(store_get_desk(c, store, user, &d), ST_OK);
    return d;
}

static void expect_rev(struct id user, int64_t rev)
{
    const struct desk *d = desk_now(user);
    assert_int_equal(d->rev, rev);
    store_release_desk(store, d);
}

static void reopen(void)
{
    store_close(store);
    store = subject->open(cache_bytes);
    assert_non_null(store);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_MAX);
    ctx = (struct ctx){.arena = &arena};
    subject->fresh();
    store = subject->open(cache_bytes);
    return store ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    store_close(store);
    arena_release(&arena);
    return 0;
}

/* ---- desks ---- */

static void a_new_account_has_an_empty_desk(void **state)
{
    (void)state;
    add_account(1);
    for (int i = 0; i < 2; i++) {
        const struct desk *d = desk_now(id_of(1));
        assert_int_equal(d->rev, 1);
        assert_int_equal(d->settings.version, 1);
        assert_true(str_eq(d->settings.zone, STR_LIT("Europe/Berlin")));
        assert_int_equal(d->task_count + d->course_count + d->tombstone_count, 0);
        assert_int_equal(d->availability.week.count + d->plan.blocks.count, 0);
        store_release_desk(store, d);
        reopen();
    }
    const struct desk *d;
    assert_int_equal(store_get_desk(c, store, id_of(2), &d), ST_NOT_FOUND);
}

/* An event with everything that one may have. */
static struct event lecture(void)
{
    static struct event_skip skip = {{20440}};
    static struct event_move move = {{20447}, {20448}, {600}, {700}, {"Exercise", 8}, {"Lab", 3}};
    return (struct event){.id = id_of(31),
                          .title = STR_LIT("Lecture"),
                          .notes = STR_LIT("two\nlines"),
                          .place = STR_LIT("Hall"),
                          .course_id = id_of(21),
                          .date = {20433},
                          .end_date = {20434},
                          .start = {615},
                          .end = {705},
                          .zone = STR_LIT("Europe/London"),
                          .rule = STR_LIT("FREQ=WEEKLY"),
                          .busy = true,
                          .skipped = {&skip, 1},
                          .moved = {&move, 1},
                          .created = now};
}

/* One change of every kind. */
static void put_everything(struct id user)
{
    struct window windows[2] = {{1, {480}, {600}}, {7, {0}, {1440}}};
    struct day_window evening = {{1080}, {1440}};
    struct free_day days[2] = {{{20800}, {&evening, 1}}, {{20801}, {NULL, 0}}};
    struct availability availability = {.week = {windows, 2}, .exceptions = {days, 2}};
    struct study_block block = {id_of(11), now, {now.ms + 3600000}};
    struct plan plan = {
        .blocks = {&block, 1}, .made = now, .pace = {3, 5}, .limit = {1, 1}, .version = 9};
    struct settings settings = {.zone = STR_LIT("UTC"), .pace = {1, 3}, .limit = {2, 3}};
    struct course course = {
        .id = id_of(21), .name = STR_LIT("Algebra"), .code = STR_LIT(""), .color = 4};
    struct event repeated = lecture();
    struct event once;
    entity_init(&event_table, &once);
    once.id = id_of(30);
    once.title = STR_LIT("Dentist");
    once.date.days = 20440;
    once.created = now;
    struct attachment attachment = attachment_of(31, "sheet.pdf");
    attachment.trashed = (struct instant){now.ms + 5};
    struct task full = task_of(11, "full");
    struct task bare;
    entity_init(&task_table, &bare);
    bare.id = id_of(10);
    bare.title = STR_LIT("bare");
    bare.due = bare.created = now;
    struct work_entry work = work_of(31, full.id);
    const struct change all[] = {{ENTITY_SETTINGS, ID_NONE, &settings},
                                 {ENTITY_AVAILABILITY, ID_NONE, &availability},
                                 {ENTITY_PLAN, ID_NONE, &plan},
                                 {ENTITY_COURSE, course.id, &course},
                                 {ENTITY_EVENT, repeated.id, &repeated},
                                 {ENTITY_EVENT, once.id, &once},
                                 put_attachment(&attachment),
                                 put_task(&full),
                                 put_task(&bare),
                                 {ENTITY_WORK, work.id, &work}};
    const struct desk *d = NULL;
    assert_int_equal(
        store_commit(c, store, user, 1, all, (int32_t)(sizeof all / sizeof all[0]), NULL, now, &d),
        ST_OK);
    assert_int_equal(d->rev, 2);
    for (int i = 0; i < 2; i++) {
        field_set none = 0;
        settings.version = availability.version = plan.version = 2;
        course.version = full.version = bare.version = repeated.version = once.version = 2;
        attachment.version = work.version = 2;
        assert_true(entity_eq(&settings_table, &d->settings, &settings, none));
        assert_true(entity_eq(&availability_table, &d->availability, &availability, none));
        assert_true(entity_eq(&plan_table, &d->plan, &plan, none));
        assert_int_equal(d->course_count, 1);
        assert_true(entity_eq(&course_table, &d->courses[0], &course, none));
        assert_int_equal(d->event_count, 2);
        assert_true(entity_eq(&event_table, &d->events[0], &once, none));
        assert_true(entity_eq(&event_table, &d->events[1], &repeated, none));
        assert_int_equal(d->attachment_count, 1);
        assert_true(entity_eq(&attachment_table, &d->attachments[0], &attachment, none));
        assert_int_equal(d->task_count, 2);
        assert_true(entity_eq(&task_table, &d->tasks[0], &bare, none));
        assert_true(entity_eq(&task_table, &d->tasks[1], &full, none));
        assert_int_equal(d->work_count, 1);
        assert_true(entity_eq(&work_entry_table, &d->works[0], &work, none));
        store_release_desk(store, d);
        reopen();
        d = desk_now(user);
    }
    store_release_desk(store, d);
}

static void every_field_comes_back(void **state)
{
    (void)state;
    add_account(1);
    put_everything(id_of(1));
}

static void deleting_leaves_a_tombstone(void **state)
{
    (void)state;
    add_account(1);
    put_everything(id_of(1));
    const struct change gone[] = {{ENTITY_TASK, id_of(11), NULL},
                                  {ENTITY_TASK, id_of(99), NULL},
                                  {ENTITY_EVENT, id_of(31), NULL}};
    assert_int_equal(store_commit(c, store, id_of(1), 2, gone, 3, NULL, now, NULL), ST_OK);
    for (int i = 0; i < 2; i++) {
        const struct desk *d = desk_now(id_of(1));
        assert_int_equal(d->rev, 3);
        assert_int_equal(d->task_count, 1);
        assert_int_equal(d->tasks[0].version, 2);
        assert_int_equal(d->event_count, 1);
        assert_int_equal(d->tombstone_count, 2);
        assert_int_equal(d->tombstones[0].rev, 3);
        assert_int_equal(d->tombstones[0].at.ms, now.ms);
        assert_true(desk_was_deleted(d, ENTITY_TASK, id_of(11)));
        assert_true(desk_was_deleted(d, ENTITY_EVENT, id_of(31)));
        store_release_desk(store, d);
        reopen();
    }
}

static void what_is_put_again_has_no_tombstone(void **state)
{
    (void)state;
    add_account(1);
    put_everything(id_of(1));
    const struct change gone[] = {{ENTITY_TASK, id_of(10), NULL}, {ENTITY_TASK, id_of(11), NULL}};
    assert_int_equal(store_commit(c, store, id_of(1), 2, gone, 2, NULL, now, NULL), ST_OK);
    const struct task again = task_of(10, "again");
    const struct change back = put_task(&again);
    assert_int_equal(store_commit(c, store, id_of(1), 3, &back, 1, NULL, now, NULL), ST_OK);
    for (int i = 0; i < 2; i++) {
        const struct desk *d = desk_now(id_of(1));
        assert_int_equal(d->tombstone_count, 1);
        assert_true(id_eq(d->tombstones[0].id, id_of(11)));
        assert_int_equal(d->task_count, 1);
        store_release_desk(store, d);
        reopen();
    }
}

static void old_tombstones_go_and_raise_the_oldest_cursor(void **state)
{
    (void)state;
    add_account(1);
    put_everything(id_of(1));
    const struct change first = {ENTITY_TASK, id_of(10), NULL};
    const struct change second = {ENTITY_TASK, id_of(11), NULL};
    const struct instant later = {now.ms + (TOMBSTONE_DAYS + 1) * (int64_t)86400000};
    assert_int_equal(commit_one(id_of(1), 2, first), ST_OK);
    assert_int_equal(store_commit(c, store, id_of(1), 3, &second, 1, NULL, later, NULL), ST_OK);
    for (int i = 0; i < 2; i++) {
        const struct desk *d = desk_now(id_of(1));
        assert_int_equal(d->tombstone_count, 1);
        assert_true(id_eq(d->tombstones[0].id, id_of(11)));
        assert_int_equal(d->oldest_cursor, 3);
        store_release_desk(store, d);
        reopen();
    }
}

static void a_stale_commit_changes_nothing(void **state)
{
    (void)state;
    add_account(1);
    struct task t = task_of(5, "one");
    assert_int_equal(commit_one(id_of(1), 1, put_task(&t)), ST_OK);
    t.title = STR_LIT("two");
    assert_int_equal(commit_one(id_of(1), 1, put_task(&t)), ST_STALE);
    assert_int_equal(commit_one(id_of(1), 3, put_task(&t)), ST_STALE);
    assert_int_equal(commit_one(id_of(2), 1, put_task(&t)), ST_NOT_FOUND);
    const struct desk *d = desk_now(id_of(1));
    assert_int_equal(d->rev, 2);
    assert_true(str_eq(d->tasks[0].title, STR_LIT("one")));
    store_release_desk(store, d);
}

static void a_snapshot_does_not_change(void **state)
{
    (void)state;
    add_account(1);
    struct task t = task_of(5, "one");
    assert_int_equal(commit_one(id_of(1), 1, put_task(&t)), ST_OK);
    const struct desk *before = desk_now(id_of(1));
    t.title = STR_LIT("two");
    assert_int_equal(commit_one(id_of(1), 2, put_task(&t)), ST_OK);
    assert_int_equal(before->rev, 2);
    assert_true(str_eq(before->tasks[0].title, STR_LIT("one")));
    store_release_desk(store, before);
    const struct desk *after = desk_now(id_of(1));
    assert_true(str_eq(after->tasks[0].title, STR_LIT("two")));
    store_release_desk(store, after);
}

static void the_same_id_is_another_thing_for_another_user(void **state)
{
    (void)state;
    add_account(1);
    add_account(2);
    struct task t = task_of(5, "mine");
    assert_int_equal(commit_one(id_of(1), 1, put_task(&t)), ST_OK);
    expect_rev(id_of(2), 1);
    t.title = STR_LIT("yours");
    assert_int_equal(commit_one(id_of(2), 1, put_task(&t)), ST_OK);
    const struct desk *d = desk_now(id_of(1));
    assert_true(str_eq(d->tasks[0].title, STR_LIT("mine")));
    store_release_desk(store, d);
}

static void too_much_text_is_refused(void **state)
{
    (void)state;
    add_account(1);
    enum { COUNT = 2100, FIRST = 1000, LEN = 8000 };
    char *notes = arena_alloc(&arena, LEN);
    struct change *all = ARENA_ARRAY(&arena, struct change, COUNT);
    memset(notes, 'x', LEN);
    for (unsigned i = 0; i < COUNT; i++) {
        struct task *t = ARENA_NEW(&arena, struct task);
        *t = task_of(i, "long");
        t->notes = (struct str){notes, LEN};
        all[i] = put_task(t);
    }
    assert_int_equal(store_commit(c, store, id_of(1), 1, all, COUNT, NULL, now, NULL),
                     ST_TOO_LARGE);
    expect_rev(id_of(1), 1);
    assert_int_equal(store_commit(c, store, id_of(1), 1, all, FIRST, NULL, now, NULL), ST_OK);
    const struct desk *d = desk_now(id_of(1));
    assert_int_equal(d->task_count, FIRST);
    store_release_desk(store, d);
}

/* Not titles and notes alone: a desk must fit into memory and into a record of a snapshot. */
static void too_much_of_all_is_refused(void **state)
{
    (void)state;
    add_account(1);
    enum { COUNT = 450, FIRST = 200, ITEMS = 50, LEN = 800 };
    char *text = arena_alloc(&arena, LEN);
    struct checklist_item *items = ARENA_ARRAY(&arena, struct checklist_item, ITEMS);
    struct change *all = ARENA_ARRAY(&arena, struct change, COUNT);
    memset(text, 'x', LEN);
    for (int i = 0; i < ITEMS; i++)
        items[i].text = (struct str){text, LEN};
    for (unsigned i = 0; i < COUNT; i++) {
        struct task *t = ARENA_NEW(&arena, struct task);
        *t = task_of(i, "long");
        t->checklist = (struct list){items, ITEMS};
        all[i] = put_task(t);
    }
    assert_int_equal(store_commit(c, store, id_of(1), 1, all, FIRST, NULL, now, NULL), ST_OK);
    struct arena own;
    struct ctx second = {.arena = &own};
    arena_init(&own, ARENA_MAX);
    assert_int_equal(
        store_commit(&second, store, id_of(1), 2, all + FIRST, COUNT - FIRST, NULL, now, NULL),
        ST_TOO_LARGE);
    arena_release(&own);
    expect_rev(id_of(1), 2);
    const struct change gone = {ENTITY_TASK, all[0].id, NULL};
    assert_int_equal(commit_one(id_of(1), 2, gone), ST_OK);
}

static void a_peek_sees_the_newest_or_nothing(void **state)
{
    (void)state;
    add_account(1);
    expect_rev(id_of(1), 1);
    for (int rev = 1; rev < 4; rev++) {
        struct task t = task_of(5, "one");
        assert_int_equal(commit_one(id_of(1), rev, put_task(&t)), ST_OK);
        const struct desk *d = store_peek_desk(store, id_of(1));
        assert_true(cache_bytes || !d);
        if (cache_bytes)
            assert_int_equal(d->rev, rev + 1);
        store_release_desk(store, d);
    }
}

/* ---- operations ---- */

static enum status commit_op(int64_t rev, unsigned op_id, const struct task *t,
                             const struct change *reply, int32_t n)
{
    const struct op op = {.id = id_of(op_id),
                          .request = digest_of(op_id),
                          .outcome = 7,
                          .reply = reply,
                          .reply_count = n};
    const struct change change = put_task(t);
    ctx_forgive(c);
    return store_commit(c, store, id_of(1), rev, &change, 1, &op, now, NULL);
}

static void an_operation_is_carried_out_once(void **state)
{
    (void)state;
    add_account(1);
    struct task t = task_of(5, "one");
    const struct change reply[] = {put_task(&t), {ENTITY_COURSE, id_of(6), NULL}};
    assert_int_equal(commit_op(1, 50, &t, reply, 2), ST_OK);
    t.title = STR_LIT("two");
    assert_int_equal(commit_op(2, 50, &t, reply, 2), ST_CONFLICT);
    assert_string_equal(ctx.faults[0].code, "repeated");
    assert_int_equal(commit_op(1, 50, &t, reply, 2), ST_CONFLICT);
    assert_string_equal(ctx.faults[0].code, "repeated");
    assert_int_equal(commit_op(1, 51, &t, reply, 2), ST_STALE);
    reopen();

    const struct desk *d = desk_now(id_of(1));
    assert_int_equal(d->rev, 2);
    assert_true(str_eq(d->tasks[0].title, STR_LIT("one")));
    store_release_desk(store, d);

    struct op op;
    t.title = STR_LIT("one");
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(50), &op), ST_OK);
    assert_int_equal(op.rev, 2);
    assert_int_equal(op.outcome, 7);
    assert_memory_equal(&op.request, &(struct digest){{50}}, sizeof op.request);
    assert_int_equal(op.reply_count, 2);
    assert_int_equal(op.reply[0].kind, ENTITY_TASK);
    assert_true(entity_eq(&task_table, op.reply[0].entity, &t, 0));
    assert_int_equal(op.reply[1].kind, ENTITY_COURSE);
    assert_true(id_eq(op.reply[1].id, id_of(6)));
    assert_null(op.reply[1].entity);
    ctx_forgive(c);
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(51), &op), ST_NOT_FOUND);
    assert_int_equal(store_find_op(c, store, id_of(2), id_of(50), &op), ST_NOT_FOUND);
    assert_int_equal(ctx.fault_count, 0);
}

static void the_last_operations_are_kept(void **state)
{
    (void)state;
    add_account(1);
    enum { MANY = OPS_KEPT + 150 };
    struct task t = task_of(5, "one");
    struct op op;
    for (unsigned i = 0; i < MANY; i++)
        assert_int_equal(commit_op(1 + i, 1000 + i, &t, NULL, 0), ST_OK);
    for (unsigned i = MANY - OPS_KEPT; i < MANY; i++)
        assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000 + i), &op), ST_OK);
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000), &op), ST_NOT_FOUND);
}

/* Whatever the revisions at which the commits with an operation come to stand. */
static void operations_are_forgotten_among_others(void **state)
{
    (void)state;
    add_account(1);
    enum { MANY = OPS_KEPT + 150 };
    struct task t = task_of(5, "one");
    struct op op;
    for (unsigned i = 0; i < MANY; i++) {
        if ((i + 2) % 32 == 0)
            assert_int_equal(commit_one(id_of(1), 1 + i, put_task(&t)), ST_OK);
        else
            assert_int_equal(commit_op(1 + i, 1000 + i, &t, NULL, 0), ST_OK);
    }
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000 + MANY - 1), &op), ST_OK);
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000), &op), ST_NOT_FOUND);
}

/* A full desk can be deleted, and that taken back; beyond that the oldest go, however few they are.
 */
static void large_operations_are_kept_within_a_size(void **state)
{
    (void)state;
    add_account(1);
    enum { TASKS = 15, NOTES = 4000, KEPT = 40, MANY = 80 };
    static char notes[NOTES];
    memset(notes, 'n', NOTES);
    struct task t = task_of(5, "one");
    t.notes = (struct str){notes, NOTES};
    struct change reply[TASKS];
    struct op op;
    for (int32_t i = 0; i < TASKS; i++)
        reply[i] = put_task(&t);
    for (unsigned i = 0; i < MANY; i++) {
        assert_int_equal(commit_op(1 + i, 1000 + i, &t, reply, TASKS), ST_OK);
        if (i + 1 == KEPT)
            assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000), &op), ST_OK);
    }
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000), &op), ST_NOT_FOUND);
    assert_int_equal(store_find_op(c, store, id_of(1), id_of(1000 + MANY - 1), &op), ST_OK);
    assert_int_equal(op.reply_count, TASKS);
}

/* ---- accounts ---- */

static void accounts_are_found_and_unique(void **state)
{
    (void)state;
    add_account(1);
    struct account expected = account_of(1);
    struct account found;
    expected.version = 1;
    reopen();
    assert_int_equal(store_account_by_login(c, store, expected.login_key, &found), ST_OK);
    assert_true(entity_eq(&account_table, &found, &expected, 0));
    assert_int_equal(store_account_by_id(c, store, id_of(1), &found), ST_OK);
    assert_true(entity_eq(&account_table, &found, &expected, 0));
    assert_int_equal(store_account_by_id(c, store, id_of(2), &found), ST_NOT_FOUND);
    assert_int_equal(store_account_by_login(c, store, STR_LIT("x"), &found), ST_NOT_FOUND);

    struct settings settings;
    settings_init(&settings);
    struct account same_key = expected;
    same_key.id = id_of(2);
    assert_int_equal(store_create_account(c, store, &same_key, &settings, now), ST_CONFLICT);
    assert_string_equal(ctx.faults[0].pointer, "/email");
    ctx_forgive(c);
    struct account same_id = account_of(2);
    same_id.id = id_of(1);
    assert_int_equal(store_create_account(c, store, &same_id, &settings, now), ST_CONFLICT);
    assert_string_equal(ctx.faults[0].pointer, "/id");
}

static void an_account_changes_only_from_its_version(void **state)
{
    (void)state;
    add_account(1);
    add_account(2);
    struct account a;
    assert_int_equal(store_account_by_id(c, store, id_of(1), &a), ST_OK);
    struct account old = a;
    a.email = STR_NONE;
    a.expires = (struct instant){5};
    assert_int_equal(store_update_account(c, store, &a), ST_OK);
    assert_int_equal(a.version, 2);
    assert_int_equal(store_update_account(c, store, &old), ST_STALE);
    assert_int_equal(old.version, 1);
    struct account found;
    assert_int_equal(store_account_by_id(c, store, id_of(1), &found), ST_OK);
    assert_true(entity_eq(&account_table, &found, &a, 0));
    a.login_key = account_of(2).login_key;
    assert_int_equal(store_update_account(c, store, &a), ST_CONFLICT);
    a.id = id_of(3);
    assert_int_equal(store_update_account(c, store, &a), ST_NOT_FOUND);
}

static void an_account_is_erased_only_at_its_version(void **state)
{
    (void)state;
    add_account(1);
    struct account a = account_of(1);
    a.version = 1;
    assert_int_equal(store_update_account(c, store, &a), ST_OK);
    expect_rev(id_of(1), 1);
    assert_int_equal(store_erase_account(c, store, id_of(1), 1), ST_STALE);
    expect_rev(id_of(1), 1);
    ctx_forgive(c);
    assert_int_equal(store_account_by_id(c, store, id_of(1), &a), ST_OK);
    assert_int_equal(store_erase_account(c, store, id_of(1), a.version), ST_OK);
    assert_int_equal(store_account_by_id(c, store, id_of(1), &a), ST_NOT_FOUND);
    assert_int_equal(store_erase_account(c, store, id_of(1), a.version), ST_NOT_FOUND);
}

static void accounts_are_listed_in_pages(void **state)
{
    (void)state;
    for (unsigned i = 1; i <= 5; i++)
        add_account(i);
    struct id after = ID_NONE;
    unsigned seen = 0;
    int32_t count;
    do {
        struct account *page;
        assert_int_equal(store_list_accounts(c, store, after, 2, &page, &count), ST_OK);
        assert_true(count <= 2);
        for (int32_t i = 0; i < count; i++)
            assert_true(id_eq(page[i].id, id_of(++seen)));
        if (count)
            after = page[count - 1].id;
    } while (count);
    assert_int_equal(seen, 5);
}

static void expired_guests_are_found(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    for (unsigned i = 1; i <= 4; i++) {
        struct account a = account_of(i);
        a.kind = i < 4 ? ACCOUNT_GUEST : ACCOUNT_USER;
        a.expires = i == 3 ? INSTANT_NONE : (struct instant){now.ms + (int64_t)i};
        assert_int_equal(store_create_account(c, store, &a, &settings, now), ST_OK);
    }
    struct id *ids;
    int32_t count;
    assert_int_equal(store_expired_guests(c, store, (struct instant){now.ms + 1}, 9, &ids, &count),
                     ST_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_expired_guests(c, store, (struct instant){now.ms + 9}, 9, &ids, &count),
                     ST_OK);
    assert_int_equal(count, 2);
    assert_true(id_eq(ids[0], id_of(1)) && id_eq(ids[1], id_of(2)));
    assert_int_equal(store_expired_guests(c, store, (struct instant){now.ms + 9}, 1, &ids, &count),
                     ST_OK);
    assert_int_equal(count, 1);
}

/* ---- sessions ---- */

static struct session session_of(unsigned n, unsigned account)
{
    return (struct session){.token_hash = digest_of(n),
                            .account_id = id_of(account),
                            .epoch = 3,
                            .kind = SESSION_TOKEN,
                            .created = now,
                            .last_seen = now,
                            .expires = {now.ms + 1000}};
}

static enum status find(unsigned n, struct instant at, struct session *s, struct account *a)
{
    ctx_forgive(c);
    return store_find_session(c, store, digest_of(n), at, s, a);
}

static void a_session_finds_its_account(void **state)
{
    (void)state;
    struct session found;
    struct account a;
    add_account(1);
    const struct session s = session_of(7, 1);
    assert_int_equal(store_put_session(c, store, &s), ST_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(find(7, now, &found, &a), ST_OK);
        assert_true(entity_eq(&session_table, &found, &s, 0));
        assert_true(id_eq(a.id, id_of(1)));
        assert_true(str_eq(a.email, account_of(1).email));
        if (i == 1)
            reopen();
    }
    assert_true(store_peek_session(c, store, digest_of(7), now, &found, &a));
    assert_int_equal(find(8, now, &found, &a), ST_NOT_FOUND);
    assert_int_equal(find(7, (struct instant){now.ms + 1000}, &found, &a), ST_NOT_FOUND);
    assert_false(
        store_peek_session(c, store, digest_of(7), (struct instant){now.ms + 1000}, &found, &a));
    const struct session orphan = session_of(9, 2);
    assert_int_equal(store_put_session(c, store, &orphan), ST_NOT_FOUND);
}

static void a_session_ends(void **state)
{
    (void)state;
    struct session found;
    struct account a;
    add_account(1);
    const struct session s = session_of(7, 1);
    assert_int_equal(store_put_session(c, store, &s), ST_OK);
    assert_int_equal(find(7, now, &found, &a), ST_OK);
    assert_int_equal(store_end_session(c, store, digest_of(7)), ST_OK);
    assert_int_equal(find(7, now, &found, &a), ST_NOT_FOUND);
    assert_false(store_peek_session(c, store, digest_of(7), now, &found, &a));
    assert_int_equal(store_end_session(c, store, digest_of(7)), ST_OK);
}

static void a_raised_epoch_ends_all_sessions(void **state)
{
    (void)state;
    struct session found;
    struct account a;
    add_account(1);
    for (unsigned i = 0; i < 3; i++) {
        const struct session s = session_of(i, 1);
        assert_int_equal(store_put_session(c, store, &s), ST_OK);
        assert_int_equal(find(i, now, &found, &a), ST_OK);
    }
    a.session_epoch++;
    assert_int_equal(store_update_account(c, store, &a), ST_OK);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(find(i, now, &found, &a), ST_NOT_FOUND);
        assert_false(store_peek_session(c, store, digest_of(i), now, &found, &a));
    }
    struct session s = session_of(1, 1);
    s.epoch = 4;
    assert_int_equal(store_put_session(c, store, &s), ST_OK);
    assert_int_equal(find(1, now, &found, &a), ST_OK);
}

static void a_session_moves_on(void **state)
{
    (void)state;
    struct session found;
    struct account a;
    add_account(1);
    const struct session s = session_of(7, 1);
    const struct instant later = {now.ms + 999};
    assert_int_equal(store_put_session(c, store, &s), ST_OK);
    assert_int_equal(find(7, now, &found, &a), ST_OK);
    assert_int_equal(
        store_touch_session(c, store, digest_of(7), later, (struct instant){later.ms + 1000}),
        ST_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(find(7, (struct instant){now.ms + 1500}, &found, &a), ST_OK);
        assert_int_equal(found.last_seen.ms, later.ms);
        reopen();
    }
}

/* ---- replies ---- */

static void an_answer_is_kept_for_a_while(void **state)
{
    (void)state;
    struct digest request;
    struct str reply;
    const struct instant later = {now.ms + 600001};
    assert_int_equal(store_put_reply(c, store, digest_of(1), digest_of(2), STR_LIT("{}"), now),
                     ST_OK);
    assert_int_equal(store_put_reply(c, store, digest_of(1), digest_of(3), STR_LIT("x"), now),
                     ST_CONFLICT);
    assert_string_equal(ctx.faults[0].code, "repeated");
    ctx_forgive(c);
    reopen();
    assert_int_equal(store_find_reply(c, store, digest_of(1), now, &request, &reply), ST_OK);
    assert_true(str_eq(reply, STR_LIT("{}")));
    assert_memory_equal(&request, &(struct digest){{2}}, sizeof request);
    assert_int_equal(store_find_reply(c, store, digest_of(2), now, &request, &reply), ST_NOT_FOUND);
    assert_int_equal(store_find_reply(c, store, digest_of(1), later, &request, &reply),
                     ST_NOT_FOUND);
    assert_int_equal(store_put_reply(c, store, digest_of(1), digest_of(3), STR_LIT("y"), later),
                     ST_OK);
    assert_int_equal(store_find_reply(c, store, digest_of(1), later, &request, &reply), ST_OK);
    assert_true(str_eq(reply, STR_LIT("y")));
}

/* ---- what happened in an account ---- */

static struct audit_entry entry_of(unsigned n, enum audit_kind kind)
{
    return (struct audit_entry){.id = id_of(n),
                                .at = {now.ms + n},
                                .kind = kind,
                                .actor = AUDIT_BY_OWNER,
                                .device = STR_LIT("Firefox, Linux"),
                                .address = STR_LIT("203.0.113.x"),
                                .count = 1};
}

static void add_entry(unsigned user, const struct audit_entry *e, struct instant again_since)
{
    assert_int_equal(store_add_audit(c, store, id_of(user), e, again_since), ST_OK);
}

static int32_t entries_of(unsigned user, struct id before, int32_t n, struct audit_entry **out)
{
    int32_t count;
    assert_int_equal(store_list_audit(c, store, id_of(user), before, n, out, &count), ST_OK);
    return count;
}

static void what_happened_is_listed_newest_first(void **state)
{
    (void)state;
    struct audit_entry *found;
    add_account(1);
    add_account(2);
    for (unsigned n = 1; n <= 5; n++) {
        const struct audit_entry e = entry_of(n, AUDIT_SIGNED_IN);
        add_entry(1, &e, INSTANT_NONE);
    }
    const struct audit_entry e = entry_of(6, AUDIT_EXPORTED);
    add_entry(2, &e, INSTANT_NONE);
    reopen();
    assert_int_equal(entries_of(1, ID_NONE, 3, &found), 3);
    const struct audit_entry newest = entry_of(5, AUDIT_SIGNED_IN);
    assert_true(entity_eq(&audit_entry_table, &found[0], &newest, 0));
    assert_int_equal(entries_of(1, found[2].id, 3, &found), 2);
    assert_true(id_eq(found[1].id, id_of(1)));
    assert_int_equal(store_add_audit(c, store, id_of(3), &newest, INSTANT_NONE), ST_NOT_FOUND);
}

static void what_is_alike_is_counted_up(void **state)
{
    (void)state;
    struct audit_entry *found;
    const struct instant since = {now.ms - 1000};
    add_account(1);
    struct audit_entry e = entry_of(1, AUDIT_SIGN_IN_FAILED);
    add_entry(1, &e, since);
    e = entry_of(2, AUDIT_SIGN_IN_FAILED);
    add_entry(1, &e, since);
    assert_int_equal(entries_of(1, ID_NONE, 9, &found), 1);
    assert_int_equal(found[0].count, 2);
    assert_int_equal(found[0].at.ms, now.ms + 2);
    e.id = id_of(3);
    e.address = STR_LIT("198.51.100.x");
    add_entry(1, &e, since);
    e = entry_of(4, AUDIT_SIGN_IN_FAILED);
    add_entry(1, &e, (struct instant){now.ms + 3});
    assert_int_equal(entries_of(1, ID_NONE, 9, &found), 3);
}

static void the_oldest_of_what_happened_go(void **state)
{
    (void)state;
    struct audit_entry *found;
    add_account(1);
    struct audit_entry e = entry_of(1, AUDIT_SIGNED_UP);
    add_entry(1, &e, INSTANT_NONE);
    for (unsigned n = 2; n < AUDIT_FAILURES_KEPT + 10; n++) {
        e = entry_of(n, AUDIT_SIGN_IN_FAILED);
        add_entry(1, &e, INSTANT_NONE);
    }
    int32_t count = entries_of(1, ID_NONE, 1000, &found);
    assert_int_equal(count, AUDIT_FAILURES_KEPT + 1);
    assert_int_equal(found[count - 1].kind, AUDIT_SIGNED_UP);
    for (unsigned n = 1000; n < 1000 + AUDIT_KEPT; n++) {
        e = entry_of(n, AUDIT_SIGNED_IN);
        add_entry(1, &e, INSTANT_NONE);
    }
    count = entries_of(1, ID_NONE, 1000, &found);
    assert_int_equal(count, AUDIT_FAILURES_KEPT + AUDIT_KEPT);
    assert_int_equal(found[count - 1].kind, AUDIT_SIGN_IN_FAILED);
}

/* ---- for administrators ---- */

static struct invitation invitation_of(unsigned n, int64_t ms)
{
    return (struct invitation){.id = id_of(n),
                               .token_hash = digest_of(n),
                               .note = STR_LIT("For Anna"),
                               .admin = n % 2 == 1,
                               .created = now,
                               .expires = {now.ms + ms}};
}

static void an_invitation_is_taken_once(void **state)
{
    (void)state;
    struct invitation taken, *list;
    int32_t count;
    const struct invitation mine = invitation_of(1, 1000), later = invitation_of(2, 1000);
    assert_int_equal(store_put_invitation(c, store, &mine), ST_OK);
    assert_int_equal(store_put_invitation(c, store, &later), ST_OK);
    reopen();
    assert_int_equal(store_list_invitations(c, store, ID_NONE, now, 9, &list, &count), ST_OK);
    assert_int_equal(count, 2);
    assert_true(entity_eq(&invitation_table, &list[0], &mine, 0));
    const struct instant late = {now.ms + 1000};
    assert_int_equal(store_list_invitations(c, store, ID_NONE, late, 9, &list, &count), ST_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_take_invitation(c, store, digest_of(1), late, &taken), ST_NOT_FOUND);
    assert_int_equal(store_take_invitation(c, store, digest_of(1), now, &taken), ST_OK);
    assert_true(entity_eq(&invitation_table, &taken, &mine, 0));
    assert_int_equal(store_take_invitation(c, store, digest_of(1), now, &taken), ST_NOT_FOUND);
    assert_int_equal(store_end_invitation(c, store, id_of(2)), ST_OK);
    assert_int_equal(store_end_invitation(c, store, id_of(2)), ST_NOT_FOUND);
}

static void people_are_listed_with_their_sizes(void **state)
{
    (void)state;
    struct person *people;
    int32_t count;
    bool there;
    for (unsigned i = 1; i <= 3; i++)
        add_account(i);
    struct task t = task_of(1, "x");
    assert_int_equal(commit_one(id_of(2), 1, put_task(&t)), ST_OK);
    assert_int_equal(store_has_admin(c, store, &there), ST_OK);
    assert_false(there);
    struct account a;
    assert_int_equal(store_account_by_id(c, store, id_of(2), &a), ST_OK);
    a.admin = true;
    a.disabled = INSTANT_NONE;
    assert_int_equal(store_update_account(c, store, &a), ST_OK);
    assert_int_equal(store_has_admin(c, store, &there), ST_OK);
    assert_true(there);
    assert_int_equal(store_list_people(c, store, id_of(1), STR_NONE, 1, &people, &count), ST_OK);
    assert_int_equal(count, 1);
    assert_true(id_eq(people[0].id, id_of(2)) && people[0].admin && !people[0].disabled);
    assert_int_equal(people[0].tasks, 1);
    assert_int_equal(people[0].bytes, 0);
    a.disabled = now;
    assert_int_equal(store_update_account(c, store, &a), ST_OK);
    assert_int_equal(store_has_admin(c, store, &there), ST_OK);
    assert_false(there);
}

/* ---- erasure ---- */

#define MARKER "WhatOnlyThisStudentWrote"

/* Enough text that pages split, fill, are freed and used again. */
static void write_marked(unsigned user, const char *notes, unsigned rounds)
{
    for (unsigned i = 0; i < rounds; i++) {
        struct task t = task_of(i % 60, notes);
        char *text = arena_alloc(&arena, 2400);
        for (int k = 0; k < 40; k++)
            memcpy(text + k * (int)(i % 50 + 1), notes, strlen(notes));
        t.notes = str_of(text);
        struct change reply = put_task(&t);
        struct op op = {.id = id_of(i + 1), .reply = &reply, .reply_count = 1};
        struct change change = i % 7 == 3 ? (struct change){ENTITY_TASK, t.id, NULL} : reply;
        assert_int_equal(store_commit(c, store, id_of(user), 1 + i, &change, 1, &op, now, NULL),
                         ST_OK);
    }
}

static void erasing_leaves_nothing(void **state)
{
    (void)state;
    struct session found;
    struct account a;
    const struct desk *d;
    add_account(1);
    add_account(2);
    const struct session s = session_of(7, 2);
    assert_int_equal(store_put_session(c, store, &s), ST_OK);
    assert_int_equal(find(7, now, &found, &a), ST_OK);
    write_marked(1, "What another student wrote", 120);
    write_marked(2, MARKER, 120);
    struct audit_entry e = entry_of(1, AUDIT_SIGNED_IN);
    e.device = STR_LIT(MARKER);
    add_entry(2, &e, INSTANT_NONE);
    assert_true(subject->holds(MARKER));

    const struct desk *before = desk_now(id_of(2));
    assert_int_equal(store_erase_account(c, store, id_of(2), ANY_VERSION), ST_OK);
    assert_int_equal(before->rev, 121);
    store_release_desk(store, before);

    assert_false(subject->holds(MARKER));
    assert_false(subject->holds("student2@example.org"));
    assert_int_equal(store_get_desk(c, store, id_of(2), &d), ST_NOT_FOUND);
    assert_null(store_peek_desk(store, id_of(2)));
    struct task t = task_of(5, "late");
    assert_int_equal(commit_one(id_of(2), 121, put_task(&t)), ST_NOT_FOUND);
    assert_int_equal(find(7, now, &found, &a), ST_NOT_FOUND);
    assert_int_equal(store_account_by_id(c, store, id_of(2), &a), ST_NOT_FOUND);
    assert_int_equal(store_erase_account(c, store, id_of(2), ANY_VERSION), ST_NOT_FOUND);
    struct audit_entry *none;
    assert_int_equal(entries_of(2, ID_NONE, 9, &none), 0);
    expect_rev(id_of(1), 121);
    reopen();
    expect_rev(id_of(1), 121);
    assert_int_equal(store_get_desk(c, store, id_of(2), &d), ST_NOT_FOUND);
}

/* ---- the media's records ---- */

static bool is_among(const struct attachment_ref *refs, int32_t count, unsigned user, unsigned id)
{
    for (int32_t i = 0; i < count; i++)
        if (id_eq(refs[i].user, id_of(user)) && id_eq(refs[i].id, id_of(id)))
            return true;
    return false;
}

static void records_of_the_media_are_found(void **state)
{
    (void)state;
    add_account(1);
    add_account(2);
    struct attachment kept = attachment_of(41, "kept");
    struct attachment trashed = attachment_of(42, "trashed");
    struct attachment recent = attachment_of(43, "trashed a moment ago");
    struct attachment begun = attachment_of(44, "begun");
    trashed.trashed = (struct instant){now.ms - 1000};
    recent.trashed = now;
    begun.state = ATTACHMENT_UPLOADING;
    begun.created = (struct instant){now.ms - 1000};
    assert_int_equal(commit_one(id_of(1), 1, put_attachment(&kept)), ST_OK);
    assert_int_equal(commit_one(id_of(1), 2, put_attachment(&trashed)), ST_OK);
    assert_int_equal(commit_one(id_of(2), 1, put_attachment(&recent)), ST_OK);
    assert_int_equal(commit_one(id_of(2), 2, put_attachment(&begun)), ST_OK);

    struct attachment_ref *refs;
    int32_t count;
    struct instant before = {now.ms - 999};
    assert_int_equal(store_spent_attachments(c, store, before, before, 10, &refs, &count), ST_OK);
    assert_int_equal(count, 2);
    assert_true(is_among(refs, count, 1, 42) && is_among(refs, count, 2, 44));
    assert_int_equal(store_spent_attachments(c, store, before, before, 1, &refs, &count), ST_OK);
    assert_int_equal(count, 1);
    before.ms--;
    assert_int_equal(store_spent_attachments(c, store, before, before, 10, &refs, &count), ST_OK);
    assert_int_equal(count, 0);

    const struct digest keys[] = {digest_of(41), digest_of(40), digest_of(44), digest_of(42)};
    bool used[4];
    assert_int_equal(store_media_used(c, store, keys, 4, used), ST_OK);
    assert_true(used[0] && !used[1] && used[2] && used[3]);
    assert_int_equal(store_erase_account(c, store, id_of(2), ANY_VERSION), ST_OK);
    assert_int_equal(commit_one(id_of(1), 3, (struct change){ENTITY_ATTACHMENT, id_of(42), NULL}),
                     ST_OK);
    assert_int_equal(store_media_used(c, store, keys, 4, used), ST_OK);
    assert_true(used[0] && !used[1] && !used[2] && !used[3]);
}

/* ---- many at once ---- */

enum { COMMITS = 60 };

struct job {
    unsigned number;
    unsigned user; /* 0: each commit to another desk */
    bool failed;
};

/* Adds one minute to a task from what it reads, as an operation with this id. What is refused must
 * leave nothing, not even the operation. */
static bool add_minute(struct ctx *own, struct id user, unsigned op_id, bool *moved)
{
    const struct desk *d = NULL;
    if (store_get_desk(own, store, user, &d) != ST_OK)
        return false;
    struct task t = d->tasks[0];
    t.worked_min++;
    const struct change change = put_task(&t);
    struct op op = {.id = id_of(op_id)};
    enum status st = store_commit(own, store, user, d->rev, &change, 1, &op, now, NULL);
    store_release_desk(store, d);
    *moved = st == ST_STALE;
    enum status found = store_find_op(own, store, user, op.id, &op);
    return (st == ST_OK && found == ST_OK) || (st == ST_STALE && found == ST_NOT_FOUND);
}

static void *work(void *arg)
{
    struct job *job = arg;
    struct arena memory;
    struct ctx own = {.arena = &memory};
    unsigned op_id = (job->number + 1) * 100000;
    arena_init(&memory, ARENA_MAX);
    for (unsigned i = 0; i < COMMITS && !job->failed; i++) {
        struct id user = id_of(job->user ? job->user : 1 + (job->number + i) % THREADS);
        bool moved = true;
        while (moved && !job->failed) {
            arena_reset(&memory);
            ctx_forgive(&own);
            job->failed = !add_minute(&own, user, op_id++, &moved);
        }
    }
    arena_release(&memory);
    return NULL;
}

static void run_jobs(unsigned user)
{
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.number = i, .user = user};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(jobs[i].failed);
    }
}

static void expect_minutes(unsigned user, int32_t minutes)
{
    const struct desk *d = desk_now(id_of(user));
    assert_int_equal(d->rev, 2 + minutes);
    assert_int_equal(d->tasks[0].worked_min, minutes);
    store_release_desk(store, d);
}

static void add_minute_desks(void)
{
    for (unsigned i = 1; i <= THREADS; i++) {
        add_account(i);
        struct task t = task_of(5, "count");
        t.worked_min = 0;
        assert_int_equal(commit_one(id_of(i), 1, put_task(&t)), ST_OK);
    }
}

static void no_update_of_one_desk_is_lost(void **state)
{
    (void)state;
    add_minute_desks();
    run_jobs(3);
    expect_minutes(3, THREADS * COMMITS);
    reopen();
    expect_minutes(3, THREADS * COMMITS);
}

static void no_update_of_many_desks_is_lost(void **state)
{
    (void)state;
    add_minute_desks();
    run_jobs(0);
    int32_t sum = 0;
    reopen();
    for (unsigned i = 1; i <= THREADS; i++) {
        const struct desk *d = desk_now(id_of(i));
        assert_int_equal(d->rev, 2 + d->tasks[0].worked_min);
        sum += d->tasks[0].worked_min;
        store_release_desk(store, d);
    }
    assert_int_equal(sum, THREADS * COMMITS);
}

static void *erase(void *arg)
{
    struct job *job = arg;
    struct arena memory;
    struct ctx own = {.arena = &memory};
    arena_init(&memory, ARENA_MAX);
    job->failed = store_erase_account(&own, store, id_of(job->user), ANY_VERSION) != ST_OK;
    arena_release(&memory);
    return NULL;
}

/* While some commit, the desk is erased: they are told, and it does not come back. */
static void an_erased_desk_stays_away(void **state)
{
    (void)state;
    add_minute_desks();
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.number = i, .user = 3};
        assert_int_equal(pthread_create(&threads[i], NULL, i ? work : erase, &jobs[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_false(jobs[0].failed);
    const struct desk *d;
    assert_null(store_peek_desk(store, id_of(3)));
    assert_int_equal(store_get_desk(c, store, id_of(3), &d), ST_NOT_FOUND);
}

/* ---- the observer ---- */

static int observed;

static void observe(void *self, const char *operation, int64_t micros, int64_t rows,
                    enum status outcome)
{
    assert_ptr_equal(self, &observed);
    assert_non_null(operation);
    assert_true(micros >= 0 && rows >= 0);
    assert_true(outcome == ST_OK || outcome == ST_NOT_FOUND);
    observed++;
}

static void calls_are_observed_and_counted(void **state)
{
    (void)state;
    const struct desk *d;
    observed = 0;
    store_observe(store, (struct store_observer){observe, &observed});
    add_account(1);
    expect_rev(id_of(1), 1);
    assert_int_equal(store_get_desk(c, store, id_of(2), &d), ST_NOT_FOUND);
    ctx_forgive(c);
    assert_int_equal(store_check(c, store), ST_OK);
    assert_int_equal(observed, 4);
    struct store_stats stats = store_stats(store);
    assert_true(stats.commits >= 1 && stats.groups >= 1 && stats.database_bytes > 0);
    assert_true(stats.desk_misses >= 2);
    assert_int_equal(stats.desks, cache_bytes > SMALL_CACHE ? 1 : stats.desks);
}

#define TEST(name) {#name, name, setup, teardown, NULL}

int store_contract(const struct subject *which)
{
    static const size_t caches[] = {0, SMALL_CACHE, 64 * 1024 * 1024};
    const struct CMUnitTest tests[] = {
        TEST(a_new_account_has_an_empty_desk),
        TEST(every_field_comes_back),
        TEST(deleting_leaves_a_tombstone),
        TEST(what_is_put_again_has_no_tombstone),
        TEST(old_tombstones_go_and_raise_the_oldest_cursor),
        TEST(a_stale_commit_changes_nothing),
        TEST(a_snapshot_does_not_change),
        TEST(the_same_id_is_another_thing_for_another_user),
        TEST(too_much_text_is_refused),
        TEST(too_much_of_all_is_refused),
        TEST(a_peek_sees_the_newest_or_nothing),
        TEST(an_operation_is_carried_out_once),
        TEST(the_last_operations_are_kept),
        TEST(operations_are_forgotten_among_others),
        TEST(large_operations_are_kept_within_a_size),
        TEST(accounts_are_found_and_unique),
        TEST(an_account_changes_only_from_its_version),
        TEST(an_account_is_erased_only_at_its_version),
        TEST(accounts_are_listed_in_pages),
        TEST(expired_guests_are_found),
        TEST(a_session_finds_its_account),
        TEST(a_session_ends),
        TEST(a_raised_epoch_ends_all_sessions),
        TEST(a_session_moves_on),
        TEST(an_answer_is_kept_for_a_while),
        TEST(what_happened_is_listed_newest_first),
        TEST(what_is_alike_is_counted_up),
        TEST(the_oldest_of_what_happened_go),
        TEST(an_invitation_is_taken_once),
        TEST(people_are_listed_with_their_sizes),
        TEST(erasing_leaves_nothing),
        TEST(records_of_the_media_are_found),
        TEST(no_update_of_one_desk_is_lost),
        TEST(no_update_of_many_desks_is_lost),
        TEST(an_erased_desk_stays_away),
        TEST(calls_are_observed_and_counted),
    };
    int failed = 0;
    subject = which;
    for (size_t i = 0; i < sizeof caches / sizeof caches[0]; i++) {
        char name[96];
        cache_bytes = caches[i];
        snprintf(name, sizeof name, "%s, cache of %zu bytes", which->name, cache_bytes);
        failed += cmocka_run_group_tests_name(name, tests, NULL, NULL);
    }
    return failed;
}
