#include "client/sniffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"

#include <cmocka.h>

static const struct {
    const char *bytes;
    size_t len;
    const char *type;
} examples[] = {
#define EXAMPLE(text, type) {(text), sizeof(text) - 1, (type)}
    EXAMPLE("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", "image/png"),
    EXAMPLE("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "image/jpeg"),
    EXAMPLE("GIF89a\1\0\1\0\x80\0\0", "image/gif"),
    EXAMPLE("RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    EXAMPLE("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    EXAMPLE("<!DOCTYPE html><html><script>alert(1)</script>", "text/html"),
    EXAMPLE("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
            "image/svg+xml"),
    EXAMPLE("Chapter one. It begins.\n", "text/plain"),
    EXAMPLE("", "application/octet-stream"),
    EXAMPLE("\1\2\3\4\5\6\7", "application/octet-stream"),
};

static void knows_by_the_bytes(void **state)
{
    struct arena arena;
    struct ctx c = {.arena = &arena};
    struct magic_sniffer *s;
    (void)state;
    arena_init(&arena, 1 << 20);
    assert_int_equal(magic_sniffer_open(&c, &s), ST_OK);
    struct sniffer sniffer = magic_sniffer_port(s);
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct str type;
        struct str head = {examples[i].bytes, examples[i].len};
        assert_int_equal(sniffer.type(sniffer.self, &c, head, &type), ST_OK);
        if (!str_eq(type, str_of(examples[i].type)))
            fail_msg("example %zu: %.*s, not %s", i, STR_ARG(type), examples[i].type);
    }
    magic_sniffer_close(s);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(knows_by_the_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
