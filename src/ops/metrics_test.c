#include "ops/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static double seven(void *data)
{
    return *(const double *)data;
}

static const char *text_of(struct metrics *m, struct arena *a)
{
    struct buf out;
    buf_init(&out, a, 0, 1 << 20);
    metrics_write(m, &out);
    return buf_str(&out).data;
}

static void test_writes_each_family_once_with_its_series(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 21);
    struct metrics *m = metrics_open();
    double value = 7.5;
    struct counter *ok = metrics_counter(m, "x_total", "Things.", "status=\"2xx\"");
    struct gauge *g = metrics_gauge(m, "depth", "Depth.", "");
    struct counter *bad = metrics_counter(m, "x_total", "Things.", "status=\"5xx\"");
    metrics_callback_gauge(m, "temperature", "Heat.", "", seven, &value);
    counter_add(ok, 3);
    counter_add(bad, 1);
    gauge_add(g, -2);
    assert_string_equal(text_of(m, &a), "# HELP x_total Things.\n# TYPE x_total counter\n"
                                        "x_total{status=\"2xx\"} 3\n"
                                        "x_total{status=\"5xx\"} 1\n"
                                        "# HELP depth Depth.\n# TYPE depth gauge\n"
                                        "depth -2\n"
                                        "# HELP temperature Heat.\n# TYPE temperature gauge\n"
                                        "temperature 7.5\n");
    metrics_close(m);
    arena_release(&a);
}

static void test_cumulates_the_buckets_of_histograms(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 21);
    struct metrics *m = metrics_open();
    struct histogram *h = metrics_histogram(m, "t_seconds", "Time.", "route=\"x\"");
    histogram_observe_us(h, 100);
    histogram_observe_us(h, 101);
    histogram_observe_us(h, 20000000);
    const char *text = text_of(m, &a);
    assert_non_null(strstr(text, "t_seconds_bucket{route=\"x\",le=\"0.0001\"} 1\n"));
    assert_non_null(strstr(text, "t_seconds_bucket{route=\"x\",le=\"0.00025\"} 2\n"));
    assert_non_null(strstr(text, "t_seconds_bucket{route=\"x\",le=\"10\"} 2\n"));
    assert_non_null(strstr(text, "t_seconds_bucket{route=\"x\",le=\"+Inf\"} 3\n"));
    assert_non_null(strstr(text, "t_seconds_sum{route=\"x\"} 20.000201\n"));
    assert_non_null(strstr(text, "t_seconds_count{route=\"x\"} 3\n"));
    metrics_close(m);
    arena_release(&a);
}

static void test_takes_no_registry_silently(void **state)
{
    (void)state;
    counter_add(metrics_counter(NULL, "x", "X.", ""), 1);
    gauge_set(metrics_gauge(NULL, "x", "X.", ""), 1);
    histogram_observe_us(metrics_histogram(NULL, "x", "X.", ""), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writes_each_family_once_with_its_series),
        cmocka_unit_test(test_cumulates_the_buckets_of_histograms),
        cmocka_unit_test(test_takes_no_registry_silently),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
