/*
 * Turns: operations of one process on one desk go one after the other. Correctness does not need
 * this (a commit is conditional on the revision), but without it a burst of one student's requests
 * would plan again and again, and the unlucky would give up. Desks share a fixed number of locks.
 */
#ifndef DOMAIN_TURNS_H
#define DOMAIN_TURNS_H

#include "base/id.h"

struct turns;

/* NULL when memory is out. */
struct turns *turns_open(void);
void turns_close(struct turns *turns);

/* Waits for the desk's turn; give it back from the same thread. NULL turns: nothing is waited for.
 */
void turn_take(struct turns *turns, struct id user);
void turn_give(struct turns *turns, struct id user);

#endif
