#include "desk_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#include "../contract/folder.h"
#include "client/keys.h"
#include "client/secrets.h"
#include "client/zone.h"
#include "domain/settings.h"
#include "domain/tasks.h"
#include "domain/zones.h"
#include "store_sqlite/sqlite.h"

struct desk_fixture fixture;
static struct keys *keys;
static const struct desk *held;

static struct instant read_clock(void *self)
{
    (void)self;
    return fixture.now;
}

static struct clock test_clock(void)
{
    return (struct clock){.now = read_clock};
}

struct instant at(const char *text)
{
    struct instant t;
    assert_true(instant_parse(str_of(text), &t));
    return t;
}

struct ctx *fresh_ctx(void)
{
    ctx_forgive(&fixture.ctx);
    return &fixture.ctx;
}

static void add_student(void)
{
    struct account a;
    struct settings s;
    entity_init(&account_table, &a);
    a.id = domain_new_id(&fixture.domain);
    a.login_key = a.email = STR_LIT("student@example.org");
    a.kind = ACCOUNT_USER;
    a.created = fixture.now;
    settings_init(&s);
    s.zone = STR_LIT("Europe/Berlin");
    assert_int_equal(store_create_account(fresh_ctx(), fixture.domain.store, &a, &s, fixture.now),
                     ST_OK);
    fixture.caller = (struct caller){.user = a.id, .kind = ACCOUNT_USER};
}

static void set_free_hours(void)
{
    struct window week[7];
    struct availability free = {.week = {week, 7}};
    struct op_result out;
    for (int32_t i = 0; i < 7; i++)
        week[i] = (struct window){i + 1, {9 * 60}, {21 * 60}};
    assert_int_equal(
        availability_replace(fresh_ctx(), &fixture.domain, &fixture.caller, NULL, -1, &free, &out),
        ST_OK);
}

int fixture_begin(void **state)
{
    (void)state;
    static struct zone_port zones;
    memset(&fixture, 0, sizeof fixture);
    arena_init(&fixture.arena, (size_t)256 << 20);
    fixture.ctx.arena = &fixture.arena;
    fixture.now = at("2026-11-18T08:00:00Z");
    zones = zone_files(zone_files_folder());
    folder_fresh();
    assert_int_equal(keys_open(&fixture.ctx, folder_path(), &keys), ST_OK);
    struct sqlite_config config = {.folder = folder_path(),
                                   .cache_bytes = SQLITE_CACHE_BYTES,
                                   .cipher = keys_cipher(keys),
                                   .clock = test_clock()};
    fixture.domain = (struct domain){.clock = test_clock(),
                                     .random = secrets_random(),
                                     .digester = secrets_digester(NULL),
                                     .zones = zones_open(&zones)};
    assert_int_equal(store_sqlite_open(&fixture.ctx, &config, &fixture.domain.store), ST_OK);
    add_student();
    set_free_hours();
    return 0;
}

int fixture_end(void **state)
{
    (void)state;
    store_release_desk(fixture.domain.store, held);
    held = NULL;
    store_close(fixture.domain.store);
    zones_close(fixture.domain.zones);
    keys_close(keys);
    keys = NULL;
    folder_remove();
    arena_release(&fixture.arena);
    return 0;
}

const struct desk *desk_now(void)
{
    store_release_desk(fixture.domain.store, held);
    held = NULL;
    assert_int_equal(store_get_desk(fresh_ctx(), fixture.domain.store, fixture.caller.user, &held),
                     ST_OK);
    return held;
}

struct id add_task(const char *title, int32_t estimate_min, const char *due)
{
    struct task *t = ARENA_NEW(&fixture.arena, struct task);
    struct op_result out;
    entity_init(&task_table, t);
    t->title = str_of(title);
    t->notes = STR_LIT("");
    t->estimate_min = estimate_min;
    t->due = at(due);
    assert_int_equal(task_create(fresh_ctx(), &fixture.domain, &fixture.caller, NULL, t, &out),
                     ST_OK);
    return t->id;
}
