/*
 * A time zone as a list of changes of its offset from UTC: plain data, so that the planner and the
 * browser can expand free hours without zone files, and both use the same table.
 *
 * port/zone.h loads tables; plan/calendar.h reads them. A table never changes after it was built
 * and may be shared between threads.
 */
#ifndef BASE_ZONE_TABLE_H
#define BASE_ZONE_TABLE_H

#include <stdint.h>

#include "base/str.h"

/* From the UTC second `at` (since 1970) on, local time = UTC + `offset_s`, until the next change.
 */
struct zone_change {
    int64_t at;
    int32_t offset_s;
};

struct zone_table {
    struct str name;  /* "Europe/Berlin"; NUL-terminated behind the view */
    int32_t first_s;  /* the offset before the first change */
    int32_t count;    /* of `changes` */
    uint32_t version; /* a hash of all the rest: part of the ETag of whatever depends on it */
    int64_t until;    /* rules are expanded up to this UTC second; the last offset holds on */
    const struct zone_change *changes; /* ascending by `at`; neighbours differ in their offset */
};

#endif
