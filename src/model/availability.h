/* When a student is free: a weekly template on the wall clock of the desk's zone; one per desk. */
#ifndef MODEL_AVAILABILITY_H
#define MODEL_AVAILABILITY_H

#include "model/field.h"

struct window {
    int32_t day;
    struct wall start;
    struct wall end;
};

struct availability {
    struct list week; /* of struct window, by day and start, not overlapping */
    int64_t version;
};

enum {
    WINDOWS_MAX = 168 /* in a week */
};

extern const struct table window_table;
extern const struct table availability_table;

#endif
