#include "base/hex.h"

void hex_write(const void *bytes, size_t count, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = bytes;
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[in[i] >> 4];
        out[2 * i + 1] = digits[in[i] & 15];
    }
}

static int lower_digit(char ch)
{
    return ch >= 'A' && ch <= 'F' ? -1 : hex_digit(ch);
}

bool hex_read(const char *text, size_t count, void *out)
{
    unsigned char *bytes = out;
    for (size_t i = 0; i < count; i++) {
        int high = lower_digit(text[2 * i]);
        int low = lower_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
