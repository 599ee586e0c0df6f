#include "workload.h"

#include "client/clock.h"

enum { SLOTS = 24, MEMORY = 64 * 1024 * 1024 };

static struct id id_of(unsigned user, uint64_t n)
{
    struct id id = {{0x01, 0x9a, 0, 0, 0, 0, 0x70, 0, 0x80}};
    for (int i = 0; i < 4; i++)
        id.bytes[15 - i] = (uint8_t)(n >> (8 * i));
    id.bytes[11] = (uint8_t)user;
    return id;
}

bool workload_open(const char *folder, const char *vfs, bool no_sync, size_t cache_bytes,
                   struct opened *out)
{
    struct arena arena;
    arena_init(&arena, MEMORY);
    struct ctx c = {.arena = &arena};
    *out = (struct opened){0};
    enum status st = keys_open(&c, folder, &out->keys);
    if (st == ST_OK) {
        const struct sqlite_config config = {.folder = folder,
                                             .lock_wait_ms = SQLITE_LOCK_WAIT_MS,
                                             .cache_bytes = cache_bytes,
                                             .cipher = keys_cipher(out->keys),
                                             .clock = system_clock(),
                                             .vfs = vfs,
                                             .no_sync = no_sync};
        st = store_sqlite_open(&c, &config, &out->store);
    }
    if (st != ST_OK) {
        fprintf(stderr, "cannot open %s: %s\n", folder, c.faults[0].detail);
        workload_close(out);
    }
    arena_release(&arena);
    return st == ST_OK;
}

void workload_close(struct opened *o)
{
    if (o->store)
        store_close(o->store);
    if (o->keys)
        keys_close(o->keys);
    *o = (struct opened){0};
}

int64_t workload_steps(struct ctx *c, struct store *s, unsigned user)
{
    const struct desk *d = NULL;
    enum status st = store_get_desk(c, s, id_of(user, 0), &d);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? 0 : -1;
    int64_t steps = d->rev - 1;
    store_release_desk(s, d);
    return steps;
}

static enum status make_account(struct ctx *c, struct store *s, unsigned user)
{
    struct account a;
    struct settings settings;
    char key[32];
    snprintf(key, sizeof key, "student%u", user);
    entity_init(&account_table, &a);
    a.id = id_of(user, 0);
    a.login_key = str_of(key);
    a.created = (struct instant){1};
    settings_init(&settings);
    return store_create_account(c, s, &a, &settings, (struct instant){1});
}

/* The task of a step; its title is as long as the step wills, so that rows differ in size. */
static struct task task_of(unsigned user, int64_t step, char text[200])
{
    struct task t;
    entity_init(&task_table, &t);
    int len = snprintf(text, 200, "step %lld of %u ", (long long)step, user);
    memset(text + len, 'x', (size_t)(199 - len));
    t.id = id_of(user, 1 + (uint64_t)step % SLOTS);
    t.title = (struct str){text, (size_t)len + (size_t)(step * 37 % 150)};
    t.worked_min = (int32_t)step;
    t.due = t.created = (struct instant){step};
    return t;
}

enum status workload_step(struct ctx *c, struct store *s, unsigned user, int64_t step)
{
    if (step == 0)
        return make_account(c, s, user);
    char text[200];
    struct task t = task_of(user, step, text);
    const struct change change = {ENTITY_TASK, t.id, &t};
    const struct op op = {.id = id_of(user, 1000 + (uint64_t)step),
                          .outcome = (int32_t)step,
                          .reply = &change,
                          .reply_count = 1};
    return store_commit(c, s, id_of(user, 0), step, &change, 1, &op, (struct instant){step}, NULL);
}

static bool check_tasks(const struct desk *d, unsigned user, int64_t steps)
{
    int64_t first = steps > SLOTS ? steps - SLOTS + 1 : 1;
    for (int64_t step = first; step <= steps; step++) {
        char text[200];
        struct task expected = task_of(user, step, text);
        const struct task *found = desk_task(d, expected.id);
        expected.version = step + 1;
        if (!found || !entity_eq(&task_table, found, &expected, 0)) {
            fprintf(stderr, "student %u: step %lld of %lld is missing or damaged\n", user,
                    (long long)step, (long long)steps);
            return false;
        }
    }
    if (d->task_count != (steps < SLOTS ? steps : SLOTS)) {
        fprintf(stderr, "student %u: %d tasks after %lld steps\n", user, d->task_count,
                (long long)steps);
        return false;
    }
    return true;
}

static bool check_ops(struct ctx *c, struct store *s, unsigned user, int64_t steps)
{
    for (int64_t step = steps; step > 0 && step > steps - OPS_KEPT; step--) {
        struct op op;
        enum status st =
            store_find_op(c, s, id_of(user, 0), id_of(user, 1000 + (uint64_t)step), &op);
        if (st != ST_OK || op.rev != step + 1 || op.outcome != step || op.reply_count != 1) {
            fprintf(stderr, "student %u: the operation of step %lld is not as it was\n", user,
                    (long long)step);
            return false;
        }
    }
    struct op next;
    return store_find_op(c, s, id_of(user, 0), id_of(user, 1001 + (uint64_t)steps), &next) ==
           ST_NOT_FOUND;
}

bool workload_check(struct ctx *c, struct store *s, unsigned user, int64_t acknowledged)
{
    const struct desk *d = NULL;
    enum status st = store_get_desk(c, s, id_of(user, 0), &d);
    if (st == ST_NOT_FOUND && acknowledged < 0)
        return true;
    if (st != ST_OK) {
        fprintf(stderr, "student %u: no desk after %lld steps\n", user, (long long)acknowledged);
        return false;
    }
    int64_t steps = d->rev - 1;
    bool good = steps == acknowledged || steps == acknowledged + 1;
    if (!good)
        fprintf(stderr, "student %u: %lld steps acknowledged, %lld done\n", user,
                (long long)acknowledged, (long long)steps);
    good = good && check_tasks(d, user, steps) && check_ops(c, s, user, steps);
    store_release_desk(s, d);
    return good;
}
