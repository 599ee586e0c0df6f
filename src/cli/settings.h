/*
 * The settings as a command has them: of the file named by --config, of the environment, and of the
 * options that every command takes.
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "ops/config.h"

/* Reads them and takes their options, --config FILE, --data DIR, --listen HOST:PORT and --media
 * URL, out of argv; what is left is the command's own. Causes as config_open. */
MUST_USE enum status settings_read(struct ctx *c, int *argc, char **argv, struct config **out);

#endif
