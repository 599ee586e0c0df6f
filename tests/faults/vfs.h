/*
 * A disk that fails, as an SQLite VFS over the system's.
 *
 * What is written to the database and its log stays in memory until it is synced, as it does in a
 * real machine's cache. Then two things can be arranged: the power goes at the n-th access, so that
 * everything not synced is lost, or any part of it; or the n-th write or sync fails.
 *
 * One disk per process; its functions may be called by many threads.
 */
#ifndef FAULTS_VFS_H
#define FAULTS_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define VFS_NAME "failing-disk"

/* Registers the VFS, once. */
void vfs_install(void);

/* The power goes at the `nth` write, truncation or sync from now on (0: never). Of what was not
 * synced, sectors of 512 bytes survive as the seed decides: none, or every other one on average. */
void vfs_lose_power_after(int64_t nth, uint64_t seed);

/* Whether it has gone. All accesses fail until vfs_restore_power, which forgets what was in memory;
 * no file may be open then. */
bool vfs_power_lost(void);
void vfs_restore_power(void);

enum vfs_fault { VFS_NO_ROOM, VFS_SYNC_FAILS };

/* The `nth` write (or sync) from now on and all later ones fail, until vfs_heal. */
void vfs_fail_after(enum vfs_fault fault, int64_t nth);
void vfs_heal(void);

/* Whether a fault has struck since vfs_fail_after. */
bool vfs_struck(void);

#endif
