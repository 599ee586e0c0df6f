/*
 * Fuzzes device_of with User-Agent headers: whatever a client calls itself, its owner is shown a
 * short name in plain letters. The first bytes are also an address, of which the network is shown.
 * Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "api/whence.h"
#include "base/arena.h"

enum { SHOWN_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_shown(struct str s, const char *signs)
{
    assert(s.data && s.len < SHOWN_MAX);
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.data[i];
        bool plain =
            (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        assert(plain || (ch && strchr(signs, ch)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    struct address address = {{0}};
    if (arena.cap == 0)
        arena_init(&arena, 1 << 16);
    arena_reset(&arena);
    /* A copy of the exact size, so that the sanitizer sees a read behind it. */
    char *copy = malloc(len > 0 ? len : 1);
    if (!copy)
        return 0;
    if (len > 0)
        memcpy(copy, bytes, len);
    struct str device = device_of(&arena, (struct str){copy, len});
    check_shown(device, " ,-_.");
    free(copy);

    memcpy(address.bytes, bytes, len < sizeof address.bytes ? len : sizeof address.bytes);
    struct str network = network_of(&arena, address);
    check_shown(network, ":./");
    assert(network.len == 0 || network.data[network.len - 1] == 'x' ||
           memcmp(network.data + network.len - 3, "/48", 3) == 0);
    return 0;
}
