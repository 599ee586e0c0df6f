/*
 * Looks whether a data folder's database is sound, without changing anything in the folder: for
 * `studybunny doctor`. Beside whoever uses it, or when nobody does.
 */
#ifndef STORE_SQLITE_EXAMINE_H
#define STORE_SQLITE_EXAMINE_H

#include "base/id.h"
#include "base/instant.h"
#include "base/status.h"
#include "port/media.h"

enum {
    EXAMINE_PROBLEMS_MAX = 20, /* sentences kept; more are counted */
    EXAMINE_TEXT_MAX = 400
};

/* What an attachment's record says of its file. */
struct examined_file {
    struct media_object object;
    bool ready; /* else its bytes may be there or not */
};

struct examination {
    int64_t schema; /* 0: there is no database */
    int64_t newest; /* schema that this program knows */
    int64_t accounts;
    int64_t pending_erasures;
    struct instant last_commit; /* none: there was none */
    int64_t damaged;            /* pages, rows and desks that cannot be read */
    char problems[EXAMINE_PROBLEMS_MAX][EXAMINE_TEXT_MAX];
    struct id *ids;              /* of all accounts, in the request's arena */
    struct examined_file *files; /* of all attachments, in the order of their keys, likewise */
    int64_t file_count;
};

/* Checks the pages, then reads every account and every desk. Of a schema other than the newest only
 * the pages are checked. ST_INTERNAL: the file cannot be opened at all. */
MUST_USE enum status store_sqlite_examine(struct ctx *c, const char *folder,
                                          struct examination *out);

#endif
