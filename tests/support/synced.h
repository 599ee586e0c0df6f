/*
 * Whether what was written would outlive a power cut: what is renamed must have been synced as it
 * is, and then its folder. Stands before fsync, fdatasync and rename of the test that is linked
 * with -Wl,--wrap=fsync -Wl,--wrap=fdatasync -Wl,--wrap=rename One thread at a time.
 */
#ifndef SUPPORT_SYNCED_H
#define SUPPORT_SYNCED_H

#include <stdbool.h>

/* Forgets what was seen. */
void synced_begin(void);

/* How many files were renamed since, if each was synced before and its folder behind it; −1: one
 * was not, and standard error says which. */
int synced_renames(void);

#endif
