/*
 * Entities as rows: loops over a field table that bind and read columns.
 *
 * A field is one column of its name; a ratio is two, NAME_num and NAME_den. Null is NULL. Ids and
 * digests are BLOBs, instants INTEGER milliseconds, lists and objects BLOBs in packed form
 * (codec/packed.h). Private to store_sqlite/.
 */
#ifndef STORE_SQLITE_ROWS_H
#define STORE_SQLITE_ROWS_H

#include "base/buf.h"
#include "store_sqlite/db.h"

/* Columns that a table's fields take. */
int rows_columns(const struct table *t);

/* SQL text with the columns of tables filled in, for db_query, in the request's arena:
 *     {task}    "id","title",…
 *     {task.}   task."id",task."title",…
 *     {task?2}  ?2,?3,…
 *     {task=2}  "id"=?2,"title"=?3,…
 * NULL when memory is out. */
const char *rows_expand(struct ctx *c, const char *text);

/* Binds all fields from parameter `first` on; the "version" is `version` instead unless that is
 * negative. Lists and objects are packed into the request's arena. */
MUST_USE enum status rows_bind(struct ctx *c, sqlite3_stmt *query, int first, const struct table *t,
                               const void *entity, int64_t version);

/* Reads an entity from column `first` on of the present row; texts and lists into `a`. ST_INTERNAL:
 * a value that the program did not write. */
MUST_USE enum status rows_read(struct ctx *c, sqlite3_stmt *query, int first, const struct table *t,
                               struct arena *a, void *entity);

/* Columns outside of tables. */
MUST_USE enum status read_id(struct ctx *c, sqlite3_stmt *query, int at, struct id *out);
MUST_USE enum status read_digest(struct ctx *c, sqlite3_stmt *query, int at, struct digest *out);
struct str read_blob(sqlite3_stmt *query, int at); /* valid until the next step */

/* Reads one row into an item of zeroes. */
typedef enum status row_reader(struct ctx *c, sqlite3_stmt *query, void *item);

enum status read_first_id(struct ctx *c, sqlite3_stmt *query, void *item); /* a struct id */

/* The first `n` rows of a query, which ends with it, as items of `size` bytes in the request's
 * arena. */
MUST_USE enum status rows_list(struct ctx *c, struct db *db, sqlite3_stmt *query, int32_t n,
                               size_t size, row_reader *read, struct list *out);

#endif
