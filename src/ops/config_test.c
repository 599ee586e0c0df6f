#include "ops/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena arena;
static struct ctx c;
static struct config *config;
static char path[64];
static char shown[16 * 1024];

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    c = (struct ctx){.arena = &arena};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    config_close(config);
    config = NULL;
    arena_release(&arena);
    return 0;
}

/* A file with this text; its path. */
static const char *file_with(const char *text)
{
    snprintf(path, sizeof path, "/tmp/config-test-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void expect_refused(const char *file, char *const *environment, const char *words)
{
    config_close(config);
    ctx_forgive(&c);
    assert_int_equal(config_open(&c, file, environment, &config), ST_INVALID);
    if (!strstr(c.faults[0].detail, words))
        fail_msg("'%s' does not say '%s'", c.faults[0].detail, words);
}

static const char *print(void)
{
    FILE *out = fmemopen(shown, sizeof shown, "w");
    config_print(config, out);
    fclose(out);
    return shown;
}

static void every_default_is_within_its_bounds(void **state)
{
    (void)state;
    assert_int_equal(config_open(&c, NULL, NULL, &config), ST_OK);
    assert_string_equal(config_text(config, SET_LISTEN), "127.0.0.1:8080");
    assert_true(config_switch(config, SET_RATE_LIMITS));
    for (int i = 0; i < SET_COUNT; i++) {
        assert_non_null(config_table[i].name);
        assert_non_null(config_table[i].doc);
        assert_int_equal(config_origin(config, (enum setting)i), FROM_DEFAULT);
    }
}

static void the_environment_wins_over_the_file(void **state)
{
    (void)state;
    char *environment[] = {"PATH=/bin", "STUDYBUNNY_HTTP_LOOPS=3", "STUDYBUNNY_DEPS=x", NULL};
    file_with("# a comment\n\n http_loops = 2\nhttp_workers=5\n");
    assert_int_equal(config_open(&c, path, environment, &config), ST_OK);
    unlink(path);
    assert_int_equal(config_number(config, SET_HTTP_LOOPS), 3);
    assert_int_equal(config_origin(config, SET_HTTP_LOOPS), FROM_ENVIRONMENT);
    assert_int_equal(config_number(config, SET_HTTP_WORKERS), 5);
    assert_int_equal(config_origin(config, SET_HTTP_WORKERS), FROM_FILE);
    assert_int_equal(config_set(&c, config, SET_HTTP_LOOPS, "4"), ST_OK);
    assert_int_equal(config_number(config, SET_HTTP_LOOPS), 4);
    assert_int_equal(config_origin(config, SET_HTTP_LOOPS), FROM_COMMAND_LINE);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"\nlissten = 1\n", ":2: there is no setting 'lissten'"},
        {"listen\n", ":1: expected"},
        {"http_loops = 1\nhttp_loops = 1\n", ":2: http_loops is given twice"},
        {"http_loops = -1\n", "a number from 0 to 256"},
        {"http_loops = 257\n", "a number from 0 to 256"},
        {"http_write_rate = 0\n", "a number from 1"},
        {"rate_limits = yes\n", "on or off"},
        {"data = \xff\n", "not UTF-8"},
        {"listen_file = /dev/null\n", "there is no setting 'listen_file'"},
        {"metrics_token_file = /dev/null\n", "/dev/null is empty"},
        {"metrics_token_file = /no/such/file\n", "/no/such/file: No such file"},
        {"metrics_token = a\nmetrics_token_file = /dev/null\n", "given twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refused(file_with(cases[i].text), NULL, cases[i].words);
        unlink(path);
    }
    char *unknown[] = {"STUDYBUNNY_LISSTEN=1", NULL};
    expect_refused(NULL, unknown, "STUDYBUNNY_LISSTEN: there is no setting 'LISSTEN'");
    expect_refused("/no/such/file", NULL, "No such file");
}

static void a_secret_comes_from_its_file_and_is_never_shown(void **state)
{
    (void)state;
    char variable[128];
    char *environment[] = {variable, NULL};
    snprintf(variable, sizeof variable, "STUDYBUNNY_METRICS_TOKEN_FILE=%s",
             file_with("hush-hush \nsecond line\n"));
    assert_int_equal(config_open(&c, NULL, environment, &config), ST_OK);
    unlink(path);
    assert_string_equal(config_text(config, SET_METRICS_TOKEN), "hush-hush");
    assert_null(strstr(print(), "hush"));
    assert_non_null(strstr(shown, "********"));
    assert_non_null(strstr(shown, "environment"));
}

static void a_choice_is_one_of_its_names(void **state)
{
    (void)state;
    char *const good[] = {"STUDYBUNNY_REGISTRATION=invited", NULL};
    char *const bad[] = {"STUDYBUNNY_REGISTRATION=maybe", NULL};
    assert_int_equal(config_open(&c, NULL, good, &config), ST_OK);
    assert_int_equal(config_choice(config, SET_REGISTRATION), 1);
    config_close(config);
    assert_int_equal(config_open(&c, NULL, bad, &config), ST_INVALID);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_default_is_within_its_bounds),
        TEST(the_environment_wins_over_the_file),
        TEST(what_is_wrong_is_told_with_its_place),
        TEST(a_secret_comes_from_its_file_and_is_never_shown),
        TEST(a_choice_is_one_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
