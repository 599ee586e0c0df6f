/*
 * Parts of a representation: the Range header, and the numbers and booleans in which headers of
 * resumable uploads are written (structured fields, RFC 9651). Pure: no sockets, no library.
 */
#ifndef HTTP_RANGE_H
#define HTTP_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum range_result {
    RANGE_WHOLE, /* no range, several, of another unit, or malformed: all is sent (RFC 9110, 14.2)
                  */
    RANGE_PART,
    RANGE_BEYOND /* nothing of it is there: 416 */
};

/* The one range that `header` asks for of `length` bytes: "bytes=0-99", "bytes=100-", "bytes=-50".
 * With RANGE_PART `*count` bytes from `*first` on, at least one; else both stay as they are. A list
 * of ranges counts as none: answers in several parts help no client we know of, and cost memory by
 * the range. */
enum range_result range_parse(struct str header, uint64_t length, uint64_t *first, uint64_t *count);

/* A structured field's integer without sign, 0 to 999,999,999,999,999, parameters not looked at. */
bool field_integer(struct str header, uint64_t *out);

/* A structured field's boolean: "?1", "?0". */
bool field_boolean(struct str header, bool *out);

#endif
