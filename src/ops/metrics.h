/*
 * Metrics: a registry of counters, gauges and histograms, written as Prometheus text.
 *
 * Parts register their metrics at start and keep the handles; counting is one relaxed atomic
 * operation, from any thread. Values that already exist elsewhere (a queue's length, a pool's use)
 * are registered as callbacks, read when somebody asks. Layers that know no metrics (stores) are
 * measured through observers that the command line wires to these.
 *
 * Names follow Prometheus: snake_case, unit at the end (_seconds, _bytes), counters end in _total.
 * Metrics of one name are registered one after the other and differ in their labels. Registration
 * never happens by what clients send: the number of series is fixed at start.
 */
#ifndef OPS_METRICS_H
#define OPS_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct metrics;
struct counter;
struct gauge;
struct histogram;

/* An empty registry. NULL when memory is out. */
struct metrics *metrics_open(void);
void metrics_close(struct metrics *metrics);

/* Each registers one series and returns its handle, which lives as long as the registry. `name` and
 * `help` are static text. `labels` is what stands between the braces, `route="GET
 * /x",status="2xx"`, copied, or "" for none. NULL, which all functions below accept and ignore,
 * when `metrics` is NULL or memory is out. Not after the first metrics_write. */
struct counter *metrics_counter(struct metrics *metrics, const char *name, const char *help,
                                const char *labels);
struct gauge *metrics_gauge(struct metrics *metrics, const char *name, const char *help,
                            const char *labels);

/* Buckets from 0.1 ms to 10 s, 1–2.5–5 per decade; observed in microseconds, written in seconds. */
struct histogram *metrics_histogram(struct metrics *metrics, const char *name, const char *help,
                                    const char *labels);

/* A series whose value `read(data)` gives, called in the thread that writes the text. */
void metrics_callback_gauge(struct metrics *metrics, const char *name, const char *help,
                            const char *labels, double (*read)(void *data), void *data);
void metrics_callback_counter(struct metrics *metrics, const char *name, const char *help,
                              const char *labels, double (*read)(void *data), void *data);

void counter_add(struct counter *counter, uint64_t n);
uint64_t counter_value(const struct counter *counter);
void gauge_add(struct gauge *gauge, int64_t n);
void gauge_set(struct gauge *gauge, int64_t value);
int64_t gauge_value(const struct gauge *gauge);
void histogram_observe_us(struct histogram *histogram, uint64_t us);

/* The registry in Prometheus text format 0.0.4, with # HELP and # TYPE once a name. */
void metrics_write(struct metrics *metrics, struct buf *out);

#endif
