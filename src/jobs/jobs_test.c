#include "jobs/jobs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena arena;
static struct ctx c;
static atomic_int runs;
static atomic_int others;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    c = (struct ctx){.arena = &arena};
    atomic_store(&runs, 0);
    atomic_store(&others, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static enum status count(void *self, struct ctx *own)
{
    assert_non_null(arena_alloc(own->arena, 100));
    atomic_fetch_add((atomic_int *)self, 1);
    return ST_OK;
}

/* Fails the second and third time. */
static enum status stumble(void *self, struct ctx *own)
{
    int n = atomic_fetch_add((atomic_int *)self, 1);
    return n == 1 || n == 2 ? fail_as(own, ST_FULL, "", "full", "no room") : ST_OK;
}

static void wait_for(atomic_int *what, int n)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    for (int i = 0; i < 5000 && atomic_load(what) < n; i++)
        nanosleep(&nap, NULL);
    assert_true(atomic_load(what) >= n);
}

static void jobs_run_again_and_again_until_the_end(void **state)
{
    (void)state;
    const struct job table[] = {
        {.name = "often", .every_ms = 1, .run = count, .self = &runs},
        {.name = "never", .every_ms = 1, .first_ms = 3600000, .run = count, .self = &others},
    };
    struct jobs *jobs;
    assert_int_equal(jobs_open(&c, table, 2, NULL, &jobs), ST_OK);
    wait_for(&runs, 5);
    jobs_close(jobs);
    int then = atomic_load(&runs);
    usleep(10000);
    assert_int_equal(atomic_load(&runs), then);
    assert_int_equal(atomic_load(&others), 0);
}

static void a_failure_is_told_once(void **state)
{
    (void)state;
    char text[4096] = "";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct log *log = log_open(ends[1], LOG_INFO);
    const struct job table[] = {{.name = "stumbler", .every_ms = 1, .run = stumble, .self = &runs}};
    struct jobs *jobs;
    assert_int_equal(jobs_open(&c, table, 1, log, &jobs), ST_OK);
    wait_for(&runs, 6);
    jobs_close(jobs);
    log_close(log);
    close(ends[1]);
    assert_true(read(ends[0], text, sizeof text - 1) > 0);
    close(ends[0]);
    const char *failed = strstr(text, "job_failed");
    assert_non_null(failed);
    assert_non_null(strstr(failed, "no room"));
    assert_null(strstr(failed + 1, "job_failed"));
    assert_non_null(strstr(failed, "job_recovered"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(jobs_run_again_and_again_until_the_end),
        TEST(a_failure_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
