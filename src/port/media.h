/*
 * Where files are kept, and where they gather while they arrive.
 *
 * A file has a key: 32 random bytes that the server chose, known to nobody else, never logged. It
 * arrives in the spool, a folder on this machine, piece by piece and over several connections if
 * need be. When it is whole it is sealed (durable, hashed), then put into the media as an object,
 * and only then does a record say that it is there. An object is never changed.
 *
 * client/media_disk.c keeps objects in a folder; a bucket implements the same five functions: put
 * sends the spool's file and removes it, open gives one end of a pipe that is fed in the
 * background, list goes by the key's order, which is that of its text in hexadecimal. The spool
 * stays on disk.
 *
 * Threads: any may call, all may block on disk or network. Further causes of all calls: ST_FULL,
 * ST_UNAVAILABLE (the store of objects does not answer), ST_INTERNAL.
 */
#ifndef PORT_MEDIA_H
#define PORT_MEDIA_H

#include "base/status.h"
#include "model/field.h"

enum {
    MEDIA_KEY_TEXT = 64 /* hexadecimal digits of a key */
};

/* What a record says of an object. */
struct media_object {
    struct digest key;
    struct digest sha256; /* of its bytes */
    int64_t size;         /* bytes */
};

struct media {
    /* Makes the sealed file at `path` the object `key`, durably; afterwards the spool's file is
     * gone. If it fails, both are as they were. An object of that key is replaced: a repeat after a
     * crash puts the same bytes. */
    enum status (*put)(void *self, struct ctx *c, struct digest key, struct str path);

    /* A descriptor from which `len` bytes from `offset` on can be read; the caller closes it. With
     * `*seekable` it is the whole file, else what is read first is the byte at `offset`.
     * ST_NOT_FOUND, without a fault: there is no such object, or it is shorter. */
    enum status (*open)(void *self, struct ctx *c, struct digest key, int64_t offset, int64_t len,
                        int *fd, bool *seekable);

    /* Reads all of an object; `*sound`: it is there, has this size and these bytes. What keeps it
     * from being read is no failure. */
    enum status (*check)(void *self, struct ctx *c, const struct media_object *object, bool *sound);

    /* Removes the object; one that is not there is fine. */
    enum status (*remove)(void *self, struct ctx *c, struct digest key);

    /* Up to `n` keys above `after`, in their order, in the request's arena. */
    enum status (*list)(void *self, struct ctx *c, struct digest after, int32_t n,
                        struct digest **keys, int32_t *count);
    void *self;
};

/* A file that is arriving, open for one request at a time. */
struct spool_file;

/* What is known of a file once it is whole. */
struct sealed_file {
    struct digest sha256;
    struct str head; /* its first bytes, SPOOL_HEAD at most, in the request's arena */
    struct str path; /* in the request's arena, with a NUL behind it */
};

enum { SPOOL_HEAD = 16 * 1024 };

struct spool {
    /* Opens the file of `key`, which will have `size` bytes; disk space for all of them is set
     * aside. `*len`: how many are there; with `afresh` none. Whoever had the file open loses it:
     * their next call gives ST_CONFLICT with code "superseded". ST_FULL: no room for it on the
     * disk, of which a part is kept for the database. ST_UNAVAILABLE: the spool's own limit is
     * reached; with code "keeping": whoever has it open has sealed it. */
    enum status (*open)(void *self, struct ctx *c, struct digest key, int64_t size, bool afresh,
                        struct spool_file **out, int64_t *len);

    /* Adds bytes at the end. ST_TOO_LARGE: more than `size`; ST_CONFLICT "superseded". */
    enum status (*append)(void *self, struct ctx *c, struct spool_file *file, struct str bytes);

    /* Makes a file that has all its bytes durable. ST_INVALID: some are missing. ST_CONFLICT
     * "superseded". */
    enum status (*seal)(void *self, struct ctx *c, struct spool_file *file,
                        struct sealed_file *out);

    /* Closes; what has arrived stays. NULL is allowed. */
    void (*close)(void *self, struct spool_file *file);

    /* Bytes that are there of `key`; 0 when it has no file. */
    int64_t (*length)(void *self, struct digest key);

    /* Removes the file of `key`; none is fine. Whoever has it open loses it. */
    enum status (*remove)(void *self, struct ctx *c, struct digest key);

    /* All keys that have a file, in no order, up to `n`, in the request's arena. */
    enum status (*list)(void *self, struct ctx *c, int32_t n, struct digest **keys, int32_t *count);
    void *self;
};

#endif
