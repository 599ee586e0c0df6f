/*
 * For the tests of the whole server: one server with a few routes in a thread of its own, and a
 * client that says and hears bytes. One server at a time, one client thread.
 */
#ifndef HTTP_SERVER_FIXTURE_H
#define HTTP_SERVER_FIXTURE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "http/server.h"

enum {
    BODY_LIMIT = 100,       /* of POST /echo and /locked */
    SINK_FULL = 300 * 1024, /* from here on PUT /sink refuses what comes */
    SINK_MOST = 4 << 20,    /* and by the head a body that says it is longer */
    HEARD_MAX = 64 * 1024,
    PATIENCE_MS = 5000, /* for a reply that has to come */
};

struct fixture {
    struct server_config config; /* defaults and the routes; tests change it before the start */
    struct server *server;
    pthread_t thread;
    int cut_off; /* what server_run returned */
    struct arena arena;
};

extern sem_t entered;          /* GET /blocked posts it when it is in its handler */
extern sem_t gate;             /* and then waits for this */
extern _Atomic int sunk;       /* bytes that came into PUT /sink */
extern _Atomic int sunk_right; /* of those, how many were the alphabet in its order */
extern _Atomic int sink_holds; /* the next piece posts `entered` and waits for `gate` */
extern sem_t sink_ended;       /* posted at its end */
extern _Atomic int released;   /* bodies of GET /shared given back */
extern char heard[HEARD_MAX];  /* what the last hear, ask or scrape got, with a NUL */

/* For cmocka: `*state` is the fixture; its server is not running yet. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Starts the server as configured; ends it without a lame-duck time. */
void fixture_start(struct fixture *f);
void fixture_finish(struct fixture *f);

/* A connection to the server; bytes on it. */
int dial(const struct fixture *f);
void say(int fd, const char *text);

/* Reads until `heard` holds `until` `times` times, the peer closes (NULL: only then), or patience
 * ends. Returns `heard`. */
const char *hear(int fd, const char *until, int times);

/* Whether the server hangs up in time; what it says until then is lost. */
bool closed_within(int fd, int ms);

/* One request ("GET /path", header lines, body) on a connection of its own, and all that comes. */
const char *ask(const struct fixture *f, const char *line, const char *headers, const char *body);

/* The metrics as text. */
const char *scrape(struct fixture *f);

int64_t monotonic_ms(void);

void assert_has(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

#define SERVER_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
