/*
 * The codec alone: CPU time to write a page of 50 tasks as JSON, to read one task, to pack and
 * unpack it. bench/codec builds and runs it. The inputs are the same on every machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/rng.h"
#include "codec/json.h"
#include "codec/packed.h"
#include "model/task.h"

enum { PAGE = 50, ROUNDS = 15, CALLS = 4000, OUTPUT_MAX = 1 << 20 };

static struct task tasks[PAGE];
static struct arena arena;

static const char body[] =
    "{\"title\":\"Read chapter 7 and summarise it\",\"notes\":\"Pages 112 to 140; bring questions "
    "to the exercise class.\",\"course_id\":\"01936b2a-0000-7000-8000-000000000001\","
    "\"estimate_min\":120,\"worked_min\":30,\"remaining_min\":90,\"priority\":4,"
    "\"due\":\"2026-11-27T17:00:00Z\",\"state\":\"open\"}";

static void make_tasks(void)
{
    struct rng r = rng_make(20261124);
    for (int i = 0; i < PAGE; i++) {
        uint8_t random[10];
        const struct instant made = {rng_between(&r, 1790000000000, 1795000000000)};
        rng_bytes(&r, random, sizeof random);
        entity_init(&task_table, &tasks[i]);
        tasks[i].id = id_make(made, random);
        tasks[i].course_id = id_make(made, random);
        tasks[i].title = STR_LIT("Read chapter 7 and summarise it");
        tasks[i].notes = STR_LIT("Pages 112 to 140; bring questions to the exercise class.");
        tasks[i].estimate_min = (int32_t)rng_between(&r, 30, 600);
        tasks[i].remaining_min = (int32_t)rng_between(&r, 0, tasks[i].estimate_min);
        tasks[i].due.ms = made.ms / 60000 * 60000 + 1000000000;
        tasks[i].created = made;
        tasks[i].version = rng_between(&r, 1, 5000);
    }
}

static size_t write_page(void)
{
    struct buf b;
    buf_init(&b, &arena, 32 * 1024, OUTPUT_MAX);
    json_write_page(&b, &task_table, tasks, PAGE, STR_NONE);
    return b.overflowed ? 0 : b.len;
}

static size_t read_one(void)
{
    struct ctx c = {.arena = &arena};
    struct task t;
    return json_read(&c, STR_LIT(body), &task_table, JSON_CREATE, &t, NULL) ? 0 : sizeof body - 1;
}

static size_t pack_page(void)
{
    struct buf b;
    buf_init(&b, &arena, 32 * 1024, OUTPUT_MAX);
    for (int i = 0; i < PAGE; i++)
        packed_write(&b, &task_table, &tasks[i]);
    return b.overflowed ? 0 : b.len;
}

static size_t pack_and_unpack_page(void)
{
    struct ctx c = {.arena = &arena};
    struct task t;
    struct buf b;
    buf_init(&b, &arena, 32 * 1024, OUTPUT_MAX);
    for (int i = 0; i < PAGE; i++)
        packed_write(&b, &task_table, &tasks[i]);
    struct str rest = buf_str(&b);
    for (int i = 0; i < PAGE; i++)
        if (packed_take(&c, &rest, &task_table, &arena, &t))
            return 0;
    return b.len;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of rounds; the first warms up. */
static bool measure(const char *what, size_t (*once)(void))
{
    double took[ROUNDS + 1];
    size_t len = 0;
    for (int round = 0; round <= ROUNDS; round++) {
        double start = seconds();
        for (int i = 0; i < CALLS; i++) {
            arena_reset(&arena);
            len = once();
            if (len == 0)
                return false;
        }
        took[round] = (seconds() - start) * 1e6 / CALLS;
    }
    qsort(took + 1, ROUNDS, sizeof *took, by_value);
    double us = took[1 + ROUNDS / 2];
    printf("| %-30s | %6zu | %6.2f | %5.2f |\n", what, len, us, (double)len / us / 1e3);
    return true;
}

int main(void)
{
    arena_init(&arena, (size_t)64 << 20);
    make_tasks();
    puts("| what                           |  bytes | p50, µs |  GB/s |\n"
         "| ------------------------------ | -----: | ------: | ----: |");
    bool good = measure("write a page of 50 tasks", write_page) &&
                measure("read one task", read_one) && measure("pack 50 tasks", pack_page) &&
                measure("pack and unpack 50 tasks", pack_and_unpack_page);
    if (!good)
        fputs("codec: something failed\n", stderr);
    arena_release(&arena);
    return !good;
}
