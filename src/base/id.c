#include "base/id.h"

#include <string.h>

#include "base/hex.h"

struct id id_make(struct instant now, const uint8_t random[10])
{
    struct id id;
    uint64_t ms = (uint64_t)now.ms;
    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    memcpy(id.bytes + 6, random, 10);
    id.bytes[6] = (uint8_t)(0x70 | (id.bytes[6] & 0x0F));
    id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3F));
    return id;
}

bool id_is_v7(struct id id)
{
    return id.bytes[6] >> 4 == 7 && id.bytes[8] >> 6 == 2;
}

static bool hyphen_before(size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool id_parse(struct str s, struct id *out)
{
    if (s.len != ID_TEXT_LEN)
        return false;
    const char *p = s.data;
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        if (hyphen_before(i) && *p++ != '-')
            return false;
        int high = hex_digit(*p++);
        int low = hex_digit(*p++);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return !id_is_none(*out);
}

void id_format(struct id id, char out[ID_TEXT_LEN])
{
    static const char digits[] = "0123456789abcdef";
    static const unsigned char at[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    for (size_t i = 0; i < sizeof id.bytes; i++) {
        out[at[i]] = digits[id.bytes[i] >> 4];
        out[at[i] + 1] = digits[id.bytes[i] & 15];
    }
    out[8] = out[13] = out[18] = out[23] = '-';
}
