/*
 * Fuzzes what looks for a file in an archive that someone hands in: the library behind its limits.
 * What is found has no more bytes than allowed. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "client/zip.h"

enum { CONTENT_MAX = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    struct archives port = zip_archives("/tmp");
    struct str content;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 20);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    enum status st = port.find(port.self, &c, (struct str){(const char *)bytes, len},
                               "studybunny.json", CONTENT_MAX, &content);
    assert(st == ST_OK || st == ST_INVALID || st == ST_TOO_LARGE || st == ST_UNAVAILABLE);
    assert((st == ST_OK) == (c.fault_count == 0));
    assert(st != ST_OK || content.len <= CONTENT_MAX);
    return 0;
}
