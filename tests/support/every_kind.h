/* An entity with a field of every kind and every flag: what the codec is tested with. */
#ifndef SUPPORT_EVERY_KIND_H
#define SUPPORT_EVERY_KIND_H

#include "model/field.h"

struct every_inner {
    struct id id;
    int32_t number;
};

struct every_kind {
    struct id id;
    struct str text;
    struct str notes;
    struct str alias;
    struct str email;
    struct str password;
    struct str hidden;
    int32_t small;
    int32_t maybe;
    int64_t large;
    bool flag;
    unsigned color;
    struct instant at;
    struct instant ended;
    struct date day;
    struct date last_day;
    struct wall wall;
    struct ratio ratio;
    struct ratio share;
    struct digest digest;
    struct list inner;
    struct list ids;
    struct object one;
    struct object other;
    struct id owner;
    int64_t version;
};

extern const struct table every_inner_table;
extern const struct table every_kind_table;

#endif
