/* `studybunny backup restore`: makes a data folder out of a snapshot. Called by backup.c. */
#ifndef CLI_RESTORE_H
#define CLI_RESTORE_H

#include <stdio.h>

#include "backup/snapshots.h"
#include "ops/config.h"

/* argv[1] is "restore". Returns the exit status, or −1 when the words are not understood. */
int restore_command(struct ctx *c, const struct config *config, int argc, char **argv);

/* One line about a snapshot that was read. */
void snapshot_print(FILE *out, const char *name, const struct snapshot_content *s);

#endif
