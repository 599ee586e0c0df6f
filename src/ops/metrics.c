#include "ops/metrics.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

enum {
    BUCKETS = 16,
    REGISTRY_MAX = 1024 * 1024, /* bytes; the series are fixed at start */
};

static const uint64_t bucket_us[BUCKETS] = {100,     250,     500,     1000,    2500,   5000,
                                            10000,   25000,   50000,   100000,  250000, 500000,
                                            1000000, 2500000, 5000000, 10000000};

static const char *const bucket_text[BUCKETS] = {
    "0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025",
    "0.05",   "0.1",     "0.25",   "0.5",   "1",      "2.5",   "5",    "10"};

struct counter {
    _Atomic uint64_t value;
};

struct gauge {
    _Atomic int64_t value;
};

struct histogram {
    _Atomic uint64_t buckets[BUCKETS + 1]; /* not cumulated; the last one: above all */
    _Atomic uint64_t sum_us;
};

enum kind { COUNTER, GAUGE, HISTOGRAM, CALLBACK_COUNTER, CALLBACK_GAUGE };

struct series {
    struct series *next;
    enum kind kind;
    const char *name;
    const char *help;
    struct str labels;
    union {
        struct counter counter;
        struct gauge gauge;
        struct histogram histogram;
        struct {
            double (*read)(void *data);
            void *data;
        } callback;
    };
};

struct metrics {
    struct arena arena;
    struct series *first;
    struct series **last;
};

/* The registry lives in the arena that it describes. */
struct metrics *metrics_open(void)
{
    struct arena arena;
    arena_init(&arena, REGISTRY_MAX);
    struct metrics *m = ARENA_NEW(&arena, struct metrics);
    if (!m)
        return NULL;
    m->arena = arena;
    m->last = &m->first;
    return m;
}

void metrics_close(struct metrics *metrics)
{
    if (!metrics)
        return;
    struct arena arena = metrics->arena;
    arena_release(&arena);
}

static struct series *add_series(struct metrics *m, enum kind kind, const char *name,
                                 const char *help, const char *labels)
{
    if (!m)
        return NULL;
    struct series *s = ARENA_NEW(&m->arena, struct series);
    struct str copy = str_copy(&m->arena, str_of(labels));
    if (!s || !copy.data)
        return NULL;
    s->kind = kind;
    s->name = name;
    s->help = help;
    s->labels = copy;
    *m->last = s;
    m->last = &s->next;
    return s;
}

struct counter *metrics_counter(struct metrics *metrics, const char *name, const char *help,
                                const char *labels)
{
    struct series *s = add_series(metrics, COUNTER, name, help, labels);
    return s ? &s->counter : NULL;
}

struct gauge *metrics_gauge(struct metrics *metrics, const char *name, const char *help,
                            const char *labels)
{
    struct series *s = add_series(metrics, GAUGE, name, help, labels);
    return s ? &s->gauge : NULL;
}

struct histogram *metrics_histogram(struct metrics *metrics, const char *name, const char *help,
                                    const char *labels)
{
    struct series *s = add_series(metrics, HISTOGRAM, name, help, labels);
    return s ? &s->histogram : NULL;
}

static void add_callback(struct metrics *metrics, enum kind kind, const char *name,
                         const char *help, const char *labels, double (*read)(void *data),
                         void *data)
{
    struct series *s = add_series(metrics, kind, name, help, labels);
    if (!s)
        return;
    s->callback.read = read;
    s->callback.data = data;
}

void metrics_callback_gauge(struct metrics *metrics, const char *name, const char *help,
                            const char *labels, double (*read)(void *data), void *data)
{
    add_callback(metrics, CALLBACK_GAUGE, name, help, labels, read, data);
}

void metrics_callback_counter(struct metrics *metrics, const char *name, const char *help,
                              const char *labels, double (*read)(void *data), void *data)
{
    add_callback(metrics, CALLBACK_COUNTER, name, help, labels, read, data);
}

void counter_add(struct counter *counter, uint64_t n)
{
    if (counter)
        atomic_fetch_add_explicit(&counter->value, n, memory_order_relaxed);
}

uint64_t counter_value(const struct counter *counter)
{
    return counter ? atomic_load_explicit(&counter->value, memory_order_relaxed) : 0;
}

void gauge_add(struct gauge *gauge, int64_t n)
{
    if (gauge)
        atomic_fetch_add_explicit(&gauge->value, n, memory_order_relaxed);
}

void gauge_set(struct gauge *gauge, int64_t value)
{
    if (gauge)
        atomic_store_explicit(&gauge->value, value, memory_order_relaxed);
}

int64_t gauge_value(const struct gauge *gauge)
{
    return gauge ? atomic_load_explicit(&gauge->value, memory_order_relaxed) : 0;
}

void histogram_observe_us(struct histogram *histogram, uint64_t us)
{
    if (!histogram)
        return;
    size_t i = 0;
    while (i < BUCKETS && us > bucket_us[i])
        i++;
    atomic_fetch_add_explicit(&histogram->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histogram->sum_us, us, memory_order_relaxed);
}

static const char *type_text(enum kind kind)
{
    switch (kind) {
    case COUNTER:
    case CALLBACK_COUNTER:
        return "counter";
    case GAUGE:
    case CALLBACK_GAUGE:
        return "gauge";
    case HISTOGRAM:
        return "histogram";
    }
    return "untyped";
}

static void put_name(const struct series *s, const char *suffix, const char *bucket,
                     struct buf *out)
{
    buf_add_text(out, s->name);
    buf_add_text(out, suffix);
    if (s->labels.len || bucket) {
        buf_add_char(out, '{');
        buf_add_str(out, s->labels);
        if (bucket)
            buf_addf(out, "%sle=\"%s\"", s->labels.len ? "," : "", bucket);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ' ');
}

/* The count is the sum of the buckets, so that a scrape during counting agrees with itself. */
static void put_histogram(const struct series *s, struct buf *out)
{
    uint64_t total = 0;
    for (size_t i = 0; i <= BUCKETS; i++) {
        total += atomic_load_explicit(&s->histogram.buckets[i], memory_order_relaxed);
        put_name(s, "_bucket", i < BUCKETS ? bucket_text[i] : "+Inf", out);
        buf_add_uint(out, total);
        buf_add_char(out, '\n');
    }
    uint64_t sum = atomic_load_explicit(&s->histogram.sum_us, memory_order_relaxed);
    put_name(s, "_sum", NULL, out);
    buf_addf(out, "%llu.%06llu\n", (unsigned long long)(sum / 1000000),
             (unsigned long long)(sum % 1000000));
    put_name(s, "_count", NULL, out);
    buf_add_uint(out, total);
    buf_add_char(out, '\n');
}

static void put_series(const struct series *s, struct buf *out)
{
    if (s->kind == HISTOGRAM) {
        put_histogram(s, out);
        return;
    }
    put_name(s, "", NULL, out);
    if (s->kind == COUNTER)
        buf_add_uint(out, counter_value(&s->counter));
    else if (s->kind == GAUGE)
        buf_add_int(out, gauge_value(&s->gauge));
    else
        buf_addf(out, "%.15g", s->callback.read(s->callback.data));
    buf_add_char(out, '\n');
}

/* Whether a series of this name stands before `s`: its family was written there. */
static bool written(const struct metrics *m, const struct series *s)
{
    for (const struct series *e = m->first; e != s; e = e->next) {
        if (strcmp(e->name, s->name) == 0)
            return true;
    }
    return false;
}

void metrics_write(struct metrics *metrics, struct buf *out)
{
    for (const struct series *s = metrics->first; s; s = s->next) {
        if (written(metrics, s))
            continue;
        buf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", s->name, s->help, s->name,
                 type_text(s->kind));
        for (const struct series *e = s; e; e = e->next) {
            if (strcmp(e->name, s->name) == 0)
                put_series(e, out);
        }
    }
}
