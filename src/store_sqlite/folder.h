/*
 * The data folder and its lock: one process at a time. Private to store_sqlite/.
 *
 * The lock is flock(2) on DIR/lock, so it ends with the process, however that ends; the file says
 * who has it.
 */
#ifndef STORE_SQLITE_FOLDER_H
#define STORE_SQLITE_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct folder {
    int lock;            /* descriptor; -1: not held */
    bool fresh;          /* there is no database yet */
    char database[4096]; /* its path */
};

/* Makes the folder if it is absent, takes its lock, looks what is in it. Causes: as
 * store_sqlite_open. On failure nothing is held. */
MUST_USE enum status folder_open(struct ctx *c, const char *path, bool must_exist, int32_t wait_ms,
                                 struct folder *out);
void folder_close(struct folder *folder);

#endif
