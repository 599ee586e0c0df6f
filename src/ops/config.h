/*
 * The settings of the program: one table (config.c) of everything that can be set, its bounds, its
 * default and what it means. Values come from a file, from the environment, and from the command
 * line; the later wins. A name that the table lacks is an error, wherever it stands, so that a
 * misspelt setting is not silently ignored.
 *
 * In the environment a setting is STUDYBUNNY_NAME, in the file "name = value", one a line, with
 * '#' before comments. A secret may also be given as the path of a file that holds it, by
 * STUDYBUNNY_NAME_FILE or "name_file = path".
 *
 * Read once by the command line before threads start, read-only afterwards.
 */
#ifndef OPS_CONFIG_H
#define OPS_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/status.h"

enum setting {
    SET_LISTEN,
    SET_DATA,
    SET_MEDIA,
    SET_SPOOL_BYTES,
    SET_DESK_CACHE_BYTES,
    SET_REGISTRATION,
    SET_GUESTS,
    SET_RATE_LIMITS,
    SET_METRICS_TOKEN,
    SET_SNAPSHOTS,
    SET_SNAPSHOT_HOURS,
    SET_SNAPSHOT_DAYS,
    SET_FEED_MINUTES,
    SET_FEED_PRIVATE,
    SET_HTTP_HEADER_TIMEOUT,
    SET_HTTP_BODY_TIMEOUT,
    SET_HTTP_WRITE_TIMEOUT,
    SET_HTTP_IDLE_TIMEOUT,
    SET_HTTP_WRITE_RATE,
    SET_HTTP_BODY_RATE,
    SET_HTTP_LANES,
    SET_HTTP_LAME_DUCK,
    SET_HTTP_QUEUE_AGE,
    SET_HTTP_LOOPS,
    SET_HTTP_WORKERS,
    SET_HTTP_QUEUE_LENGTH,
    SET_HTTP_MAX_CONNECTIONS,
    SET_HTTP_MAX_UPLOADS,
    SET_HTTP_TRUSTED_HOPS,
    SET_COUNT
};

enum setting_kind { SET_TEXT, SET_NUMBER, SET_SWITCH, SET_CHOICE };

enum origin { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_COMMAND_LINE };

/* A row of the table. */
struct setting_row {
    const char *name; /* lower_snake, as in the file */
    enum setting_kind kind;
    bool secret;
    int64_t min;                /* of a number */
    int64_t max;                /* likewise */
    const char *const *choices; /* of SET_CHOICE: ended by NULL */
    const char *fallback;       /* as it would be written; "" is "not set" */
    const char *doc;
};

extern const struct setting_row config_table[SET_COUNT];

enum {
    CONFIG_FILE_MAX = 64 * 1024, /* bytes */
    SECRET_FILE_MAX = 4096       /* bytes; the first line counts */
};

struct config;

/* Reads the settings: of `file` (a path; NULL: none) and `environment` (as environ; NULL: none).
 * ST_INVALID with the place in the detail: an unknown name, one given twice, a value out of bounds,
 * a file that cannot be read. Close it also after a failure when `*out` is not NULL. */
MUST_USE enum status config_open(struct ctx *c, const char *file, char *const *environment,
                                 struct config **out);

/* NULL is allowed. */
void config_close(struct config *config);

/* Sets one by the command line. ST_INVALID as config_open. */
MUST_USE enum status config_set(struct ctx *c, struct config *config, enum setting which,
                                const char *value);

/* Values; asking for another kind than the row's is an assert. A text that is not set is "". */
const char *config_text(const struct config *config, enum setting which);
int64_t config_number(const struct config *config, enum setting which);
bool config_switch(const struct config *config, enum setting which);
unsigned config_choice(const struct config *config, enum setting which); /* index in `choices` */
enum origin config_origin(const struct config *config, enum setting which);

/* All settings, one a line: name, value (secrets masked), origin. */
void config_print(const struct config *config, FILE *out);

/* The table for people: names, bounds, defaults, meanings. */
void config_explain(FILE *out);

#endif
