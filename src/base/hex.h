/*
 * Hexadecimal: two digits a byte, the high half first.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* The value of a digit of either case; -1: it is none. */
static inline int hex_digit(char ch)
{
    if (ch >= '0' && ch <= '9')
        return ch - '0';
    char lower = (char)(ch | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Writes `count` bytes in lower case to the 2 * `count` characters of `out`; no NUL follows. */
void hex_write(const void *bytes, size_t count, char *out);

/* Reads `count` bytes from twice as many digits of lower case; false when there are others. */
bool hex_read(const char *text, size_t count, void *out);

#endif
