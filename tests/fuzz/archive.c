/*
 * Fuzzes what looks for a file in an archive that someone hands in, and what goes through all of
 * its files: the library behind its limits. What is found has no more bytes than allowed. Run by
 * tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "client/zip.h"

enum { CONTENT_MAX = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* All files of it, to their ends, as far as it can be read; a bomb is cut off by `room`. */
static void read_all(struct ctx *c, const struct archives *port, struct archive_file *f)
{
    char piece[512];
    const char *name;
    size_t n = 1;
    int room = 4096;
    enum status st = port->rewind(port->self, c, f);
    while (st == ST_OK && room > 0 && (st = port->next(port->self, c, f, &name)) == ST_OK) {
        for (n = 1; st == ST_OK && n > 0 && room-- > 0;)
            st = port->read(port->self, c, f, piece, sizeof piece, &n);
    }
    assert(st == ST_OK || st == ST_NOT_FOUND || st == ST_INVALID);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    struct archives port = zip_archives("/tmp");
    struct archive_file *file;
    struct str content;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 20);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    struct ctx again = {.arena = &arena};
    if (port.receive(port.self, &c, &file) != ST_OK)
        return 0;
    enum status st = port.take(port.self, &c, file, (struct str){(const char *)bytes, len});
    if (st == ST_OK)
        st = port.find(port.self, &c, file, "studybunny.json", CONTENT_MAX, &content);
    assert(st == ST_OK || st == ST_FULL || st == ST_INVALID || st == ST_TOO_LARGE ||
           st == ST_UNAVAILABLE);
    assert((st == ST_OK) == (c.fault_count == 0));
    assert(st != ST_OK || content.len <= CONTENT_MAX);
    read_all(&again, &port, file);
    port.drop(port.self, file);
    return 0;
}
