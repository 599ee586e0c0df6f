/*
 * Writes whose result can be told from their number, for tests that end in the middle.
 *
 * Student U's desk is at revision K + 1 after step K; step K is an operation that puts one task,
 * whose slot and content follow from K. So after any crash the desk's revision says exactly what
 * must be on it: a step that is missing, half there or there twice shows.
 */
#ifndef FAULTS_WORKLOAD_H
#define FAULTS_WORKLOAD_H

#include "client/keys.h"
#include "store_sqlite/sqlite.h"

struct opened {
    struct store *store;
    struct keys *keys;
};

/* Opens the data folder; false, with the reason on standard error, when that fails. */
bool workload_open(const char *folder, const char *vfs, bool no_sync, size_t cache_bytes,
                   struct opened *out);
void workload_close(struct opened *o);

/* The last step that a student's desk has done; 0 also when there is no desk yet; -1: an error. */
int64_t workload_steps(struct ctx *c, struct store *s, unsigned user);

/* Does step `step`, which must be the next; 0 makes the account. */
enum status workload_step(struct ctx *c, struct store *s, unsigned user, int64_t step);

/* Whether the desk is what `acknowledged` steps leave, or one more (which was under way when all
 * ended); -1: not even the account was acknowledged. Says on standard error what is wrong. */
bool workload_check(struct ctx *c, struct store *s, unsigned user, int64_t acknowledged);

#endif
