/*
 * Turns: operations of one process on one desk go one after the other. Correctness does not need
 * this (a commit is conditional on the revision), but without it a burst of one student's requests
 * would plan again and again, and the unlucky would give up. Desks share a fixed number of locks.
 */
#ifndef DOMAIN_TURNS_H
#define DOMAIN_TURNS_H

#include <stdbool.h>

#include "base/id.h"

struct turns;

/* NULL when memory is out. */
struct turns *turns_open(void);
void turns_close(struct turns *turns);

/* Waits for the desk's turn; give it back from the same thread. NULL turns: nothing is waited for.
 */
void turn_take(struct turns *turns, struct id user);
void turn_give(struct turns *turns, struct id user);

/* Files whose record is still to come, as an import has them: between hold and let_go, from one
 * thread, nobody sweeps away files without a record. Several may hold at once. */
void files_hold(struct turns *turns);
void files_let_go(struct turns *turns);

/* Whether nobody holds such files; then nobody does until sweep_end, from the same thread. */
bool sweep_begin(struct turns *turns);
void sweep_end(struct turns *turns);

#endif
