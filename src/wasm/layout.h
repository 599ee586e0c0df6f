/* The words of every record that crosses the border, by name: what border_layout() writes. One
 * table, in layout.c; its test counts that no word of a struct is without a row. */
#ifndef WASM_LAYOUT_H
#define WASM_LAYOUT_H

#include "wasm/border.h"

struct border_word {
    const char *name;
    int32_t place; /* in the record */
};

struct border_record {
    const char *name;
    int32_t words;
    const struct border_word *rows; /* ascending by place */
    int32_t count;
};

extern const struct border_record *const border_records[]; /* ended by NULL */

#endif
