/* The contract of store/store.h, for SQLite with sealed journals. */
#include "client/clock.h"
#include "client/keys.h"
#include "folder.h"
#include "store_contract.h"
#include "store_sqlite/sqlite.h"

static struct keys *keys;

static void fresh(void)
{
    folder_fresh();
}

static struct store *open_store(size_t cache_bytes)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct ctx c = {.arena = &arena};
    struct store *store = NULL;
    if (keys)
        keys_close(keys);
    enum status st = keys_open(&c, folder_path(), &keys);
    if (st == ST_OK) {
        struct sqlite_config config = {.folder = folder_path(),
                                       .cache_bytes = cache_bytes,
                                       .cipher = keys_cipher(keys),
                                       .clock = system_clock()};
        st = store_sqlite_open(&c, &config, &store);
    }
    if (st != ST_OK)
        fprintf(stderr, "cannot open: %s\n", c.faults[0].detail);
    arena_release(&arena);
    return store;
}

int main(void)
{
    const struct subject subject = {
        .name = "sqlite", .fresh = fresh, .open = open_store, .holds = folder_holds};
    int failed = store_contract(&subject);
    if (keys)
        keys_close(keys);
    folder_remove();
    return failed;
}
