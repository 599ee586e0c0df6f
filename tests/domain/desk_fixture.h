/* A student with free hours on a real SQLite store, in Europe/Berlin, and a clock that tests set.
 */
#ifndef TESTS_DESK_FIXTURE_H
#define TESTS_DESK_FIXTURE_H

#include "domain/domain.h"

struct desk_fixture {
    struct arena arena;
    struct ctx ctx;
    struct domain domain;
    struct caller caller;
    struct instant now;
};

extern struct desk_fixture fixture;

/* Group fixtures of cmocka: everything new for each test. Free from 09:00 to 21:00 every day, pace
 * 60 %, limit 1. */
int fixture_begin(void **state);
int fixture_end(void **state);

/* The instant of an RFC 3339 text. */
struct instant at(const char *text);

/* The desk as it is now; valid until the next call or the end of the test. */
const struct desk *desk_now(void);

/* A context without faults. */
struct ctx *fresh_ctx(void);

/* Adds a task and gives its id. */
struct id add_task(const char *title, int32_t estimate_min, const char *due);

#endif
