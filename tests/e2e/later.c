/*
 * A wall clock that is ahead by CLOCK_AHEAD_S seconds, for stories that need hours to pass:
 * preloaded into the program (server.ts). Other clocks run as they are.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t id, struct timespec *t);

int clock_gettime(clockid_t id, struct timespec *t)
{
    int failed = (int)syscall(SYS_clock_gettime, id, t);
    const char *ahead = getenv("CLOCK_AHEAD_S");
    if (failed == 0 && id == CLOCK_REALTIME && ahead)
        t->tv_sec += strtol(ahead, NULL, 10);
    return failed;
}
