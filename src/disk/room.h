/*
 * How much of a disk may be used: what users send and snapshots keep shall not take the last of it
 * from the database, which needs some to go on, and to delete. What is kept free differs by who
 * asks: with little room left, snapshots are still taken when uploads are refused already.
 */
#ifndef DISK_ROOM_H
#define DISK_ROOM_H

#include <stdint.h>
#include <sys/statvfs.h>

enum {
    ROOM_KEPT_FROM_USERS = 256 << 20,    /* bytes that uploads and archives leave free, */
    ROOM_KEPT_FROM_SNAPSHOTS = 64 << 20, /* that copies of files do, */
    ROOM_KEPT_SHARE = 20                 /* but no more than one part in so many of the disk */
};

/* The bytes that may still be written when `kept_max` (ROOM_KEPT_…) are left free; below 0 when it
 * is less than that already. */
int64_t room_left(const struct statvfs *disk, int64_t kept_max);

#endif
