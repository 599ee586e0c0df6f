#include "ops/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int pipe_ends[2];
static char text[64 * 1024];

static struct log *open_to_pipe(enum log_level level)
{
    assert_int_equal(pipe(pipe_ends), 0);
    struct log *log = log_open(pipe_ends[1], level);
    assert_non_null(log);
    return log;
}

/* Ends the log and gives everything it wrote. */
static const char *finish(struct log *log)
{
    log_close(log);
    close(pipe_ends[1]);
    size_t len = 0;
    ssize_t n;
    while ((n = read(pipe_ends[0], text + len, sizeof text - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    close(pipe_ends[0]);
    return text;
}

static void test_writes_typed_fields_as_json(void **state)
{
    (void)state;
    struct log *log = open_to_pipe(LOG_INFO);
    log_event(log, LOG_INFO, "request", LOG_TEXT("route", "GET /x"), LOG_INT("status", 200),
              LOG_REAL("ms", 1.25), LOG_BOOL("warm", true), LOG_TEXT("user", NULL),
              LOG_SECRET("token", str_of("hunter2")));
    const char *line = finish(log);
    assert_ptr_equal(strstr(line, "{\"time\":\"20"), line);
    assert_non_null(strstr(line, "\"level\":\"info\",\"event\":\"request\",\"route\":\"GET /x\","
                                 "\"status\":200,\"ms\":1.250,\"warm\":true,\"user\":null,"
                                 "\"token\":\"[secret]\"}\n"));
}

static void test_escapes_what_json_cannot_hold(void **state)
{
    (void)state;
    struct log *log = open_to_pipe(LOG_INFO);
    log_event(log, LOG_INFO, "e", LOG_TEXT("a", "q\"b\\n\n"), LOG_TEXT("u", "ä"),
              LOG_STR("bad", STR_LIT("x\xff")));
    const char *line = finish(log);
    assert_non_null(strstr(line, "\"a\":\"q\\u0022b\\u005cn\\u000a\""));
    assert_non_null(strstr(line, "\"u\":\"ä\""));
    assert_non_null(strstr(line, "\"bad\":\"x\\ufffd\""));
}

static void test_cuts_overlong_lines_at_a_field(void **state)
{
    (void)state;
    static char big[8000];
    memset(big, 'a', sizeof big - 1);
    struct log *log = open_to_pipe(LOG_INFO);
    log_event(log, LOG_INFO, "e", LOG_INT("n", 1), LOG_TEXT("big", big), LOG_INT("m", 2));
    const char *line = finish(log);
    assert_non_null(strstr(line, "\"event\":\"e\",\"n\":1,\"cut\":true}\n"));
}

static void test_holds_info_back_and_warnings_not(void **state)
{
    (void)state;
    struct log *log = open_to_pipe(LOG_INFO);
    char bytes[512];
    log_event(log, LOG_DEBUG, "hidden", LOG_INT("n", 0));
    log_event(log, LOG_INFO, "first", LOG_INT("n", 1));
    log_event(log, LOG_WARN, "second", LOG_INT("n", 2));
    ssize_t n = read(pipe_ends[0], bytes, sizeof bytes - 1);
    assert_true(n > 0);
    bytes[n] = '\0';
    assert_null(strstr(bytes, "hidden"));
    assert_non_null(strstr(bytes, "first"));
    assert_non_null(strstr(bytes, "second"));
    assert_string_equal(finish(log), "");
}

static void test_loses_no_line_when_the_hold_is_full(void **state)
{
    (void)state;
    struct log *log = open_to_pipe(LOG_INFO);
    for (int i = 0; i < 500; i++)
        log_event(log, LOG_INFO, "line", LOG_INT("number", i));
    const char *line = finish(log);
    int lines = 0;
    for (const char *at = line; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 500);
    assert_non_null(strstr(line, "\"number\":499}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_typed_fields_as_json),
        cmocka_unit_test(test_escapes_what_json_cannot_hold),
        cmocka_unit_test(test_cuts_overlong_lines_at_a_field),
        cmocka_unit_test(test_holds_info_back_and_warnings_not),
        cmocka_unit_test(test_loses_no_line_when_the_hold_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
