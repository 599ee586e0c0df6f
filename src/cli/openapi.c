#include <stdio.h>

#include "api/api.h"
#include "cli/commands.h"
#include "cli/version.h"

enum { DOCUMENT_MAX = 4 << 20 };

int cli_openapi(int argc, char **argv)
{
    struct arena arena;
    struct buf b;
    (void)argc;
    (void)argv;
    arena_init(&arena, 2 * (size_t)DOCUMENT_MAX);
    buf_init(&b, &arena, 64 << 10, DOCUMENT_MAX);
    openapi_write(&b, STUDYBUNNY_VERSION);
    struct str text = buf_str(&b);
    bool ok = !b.overflowed && fwrite(text.data, 1, text.len, stdout) == text.len &&
              putchar('\n') != EOF && fflush(stdout) == 0;
    arena_release(&arena);
    return ok ? 0 : 1;
}
