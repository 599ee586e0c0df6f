/*
 * Commands that work on a data folder: in the server that uses it, if there is one, else in a
 * process of their own that takes the folder's lock. Each is a function that writes to the streams
 * it is given, so that it cannot tell the difference.
 */
#ifndef CLI_WORK_H
#define CLI_WORK_H

#include <stdatomic.h>
#include <stdio.h>

#include "cli/wire.h"
#include "ops/config.h"

/* Where work is done. */
struct place {
    struct wire *wire;
    const struct config *config;
    const atomic_bool *stopping; /* the process is to end: give up what takes long */
    bool served;                 /* in a server that is running */
};

struct work {
    struct ctx *c; /* fresh */
    const struct place *place;
    const struct domain *domain;
    FILE *out;
    FILE *err;
    struct str secret; /* what the person typed, such as a password; not among the words */
};

/* argv[0] is the command; returns the exit status. */
typedef int work_fn(struct work *w, int argc, char **argv);

/* The commands that can be done so, in a table ended by a NULL name. */
struct work_command {
    const char *name;
    work_fn *run;
};
extern const struct work_command work_commands[];

enum { WORK_LOCK_WAIT_MS = 2000, WORK_MEMORY = 64 << 20 };

/* Carries out argv[0] on the folder of the settings, by whoever has it. `make` allows a folder to
 * be made. Returns the exit status. */
int work_do(struct ctx *c, const struct config *config, bool make, struct str secret, int argc,
            char **argv);

/* Runs a command here; for work_do and the server. */
int work_run(const struct place *place, FILE *out, FILE *err, struct str secret, int argc,
             char **argv);

/* Writes "studybunny COMMAND: field: reason" and returns 1. */
int work_report(FILE *err, const char *command, const struct ctx *c, enum status st);

#endif
