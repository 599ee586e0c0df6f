/* What plan.wasm has instead of the C library's own, which would import what no browser has: a
 * broken invariant stops the module instead of printing, and its formatting of messages finds
 * streams that lead nowhere. Not in native builds. */
#include <assert.h>
#include <stdio.h>

_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function);
size_t __stdio_write(FILE *file, const unsigned char *bytes, size_t len);
off_t __stdio_seek(FILE *file, off_t offset, int whence);
int __stdio_close(FILE *file);

_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function)
{
    (void)what, (void)file, (void)line, (void)function;
    __builtin_trap();
}

size_t __stdio_write(FILE *file, const unsigned char *bytes, size_t len)
{
    (void)file, (void)bytes, (void)len;
    __builtin_trap();
}

off_t __stdio_seek(FILE *file, off_t offset, int whence)
{
    (void)file, (void)offset, (void)whence;
    __builtin_trap();
}

int __stdio_close(FILE *file)
{
    (void)file;
    __builtin_trap();
}
