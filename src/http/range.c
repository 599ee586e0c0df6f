#include "http/range.h"

#define INTEGER_MAX UINT64_C(999999999999999) /* RFC 9651, 3.3.1 */

/* Digits alone; more than fit count as the largest, which is behind every end. */
static bool parse_digits(struct str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(s.data[i] - '0');
        *out = *out > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *out * 10 + digit;
    }
    return s.len > 0;
}

static enum range_result last_bytes(struct str digits, uint64_t length, uint64_t *first,
                                    uint64_t *count)
{
    uint64_t n;
    if (!parse_digits(digits, &n))
        return RANGE_WHOLE;
    if (n == 0 || length == 0)
        return RANGE_BEYOND;
    *count = n < length ? n : length;
    *first = length - *count;
    return RANGE_PART;
}

enum range_result range_parse(struct str header, uint64_t length, uint64_t *first, uint64_t *count)
{
    struct str rest = header;
    if (!header.data || !str_eq_nocase(str_trim(str_cut(&rest, '=')), STR_LIT("bytes")))
        return RANGE_WHOLE;
    struct str end = str_trim(rest);
    if (!end.data)
        return RANGE_WHOLE;
    struct str start = str_cut(&end, '-');
    if (!end.data)
        return RANGE_WHOLE;
    if (start.len == 0)
        return last_bytes(end, length, first, count);

    uint64_t begin;
    uint64_t last = UINT64_MAX;
    if (!parse_digits(start, &begin) || (end.len && !parse_digits(end, &last)) || last < begin)
        return RANGE_WHOLE;
    if (begin >= length)
        return RANGE_BEYOND;
    *first = begin;
    *count = (last < length ? last + 1 : length) - begin;
    return RANGE_PART;
}

/* The item before its parameters. */
static struct str bare_item(struct str header)
{
    return str_trim(str_cut(&header, ';'));
}

bool field_integer(struct str header, uint64_t *out)
{
    return header.data && str_to_uint(bare_item(header), INTEGER_MAX, out);
}

bool field_boolean(struct str header, bool *out)
{
    struct str item = header.data ? bare_item(header) : STR_NONE;
    *out = str_eq(item, STR_LIT("?1"));
    return *out || str_eq(item, STR_LIT("?0"));
}
