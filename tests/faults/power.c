/*
 * The power goes at a random access to the disk, many times over. What was acknowledged must be
 * there, nothing twice, nothing half; and with synchronous=OFF the same runs must show losses, or
 * they would prove nothing.
 *
 *     power [ROUNDS [FIRST_SEED]]
 */
#include <pthread.h>

#include "folder.h"
#include "vfs.h"
#include "workload.h"

enum { STUDENTS = 4, ACCESSES_MAX = 4000, MEMORY = 16 * 1024 * 1024 };

struct student {
    unsigned number;
    struct store *store;
    int64_t acknowledged; /* -1: not even the account */
};

static void *write_steps(void *arg)
{
    struct student *student = arg;
    struct arena arena;
    struct ctx c = {.arena = &arena};
    arena_init(&arena, MEMORY);
    while (workload_step(&c, student->store, student->number, student->acknowledged + 1) == ST_OK) {
        student->acknowledged++;
        arena_reset(&arena);
    }
    arena_release(&arena);
    return NULL;
}

static bool check_all(const struct student *students, size_t cache_bytes)
{
    struct opened o;
    struct arena arena;
    struct ctx c = {.arena = &arena};
    bool good = true;
    if (!workload_open(folder_path(), VFS_NAME, false, cache_bytes, &o))
        return false;
    arena_init(&arena, MEMORY);
    for (unsigned i = 0; i < STUDENTS; i++) {
        arena_reset(&arena);
        ctx_forgive(&c);
        good = workload_check(&c, o.store, i, students[i].acknowledged) && good;
    }
    arena_release(&arena);
    workload_close(&o);
    return good;
}

/* One life of a store and what is found afterwards. */
static bool survives(uint64_t seed, bool no_sync)
{
    struct opened o;
    struct student students[STUDENTS];
    pthread_t threads[STUDENTS];
    const size_t cache_bytes = seed % 2 ? SQLITE_CACHE_BYTES : 0;

    folder_fresh();
    vfs_restore_power();
    if (!workload_open(folder_path(), VFS_NAME, no_sync, cache_bytes, &o))
        abort();
    vfs_lose_power_after(1 + (int64_t)(seed * 2654435761U % ACCESSES_MAX), seed);
    for (unsigned i = 0; i < STUDENTS; i++) {
        students[i] = (struct student){.number = i, .store = o.store, .acknowledged = -1};
        if (pthread_create(&threads[i], NULL, write_steps, &students[i]) != 0)
            abort();
    }
    for (unsigned i = 0; i < STUDENTS; i++)
        pthread_join(threads[i], NULL);
    if (!vfs_power_lost()) {
        fprintf(stderr, "seed %llu: a step failed before the power was lost\n",
                (unsigned long long)seed);
        abort();
    }
    workload_close(&o);
    vfs_restore_power();
    return check_all(students, cache_bytes);
}

int main(int argc, char **argv)
{
    uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 10) : 100;
    uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    uint64_t red = 0;
    uint64_t red_without_sync = 0;
    vfs_install();
    for (uint64_t seed = first; seed < first + rounds; seed++) {
        if (!survives(seed, false)) {
            fprintf(stderr, "seed %llu: a commit was lost or doubled\n", (unsigned long long)seed);
            red++;
        }
    }
    /* The control's complaints are expected. */
    if (!freopen("/dev/null", "w", stderr))
        return 2;
    for (uint64_t seed = first; seed < first + rounds; seed++)
        red_without_sync += !survives(seed, true);
    folder_remove();
    printf("power lost in %llu runs: %llu wrong; with synchronous=OFF: %llu wrong\n",
           (unsigned long long)rounds, (unsigned long long)red,
           (unsigned long long)red_without_sync);
    return red == 0 && red_without_sync > 0 ? 0 : 1;
}
