/*
 * When a student is free: a weekly template on the wall clock of the desk's zone, and single days
 * that are otherwise; one per desk.
 */
#ifndef MODEL_AVAILABILITY_H
#define MODEL_AVAILABILITY_H

#include "model/field.h"

struct window {
    int32_t day;
    struct wall start;
    struct wall end;
};

/* Free time of a day. */
struct day_window {
    struct wall start;
    struct wall end;
};

/* A date on which other hours are free than in the template, or none. */
struct free_day {
    struct date date;
    struct list windows; /* of struct day_window, by start, not overlapping */
};

struct availability {
    struct list week; /* of struct window, by day and start, not overlapping */
    int64_t version;
    struct list exceptions; /* of struct free_day, by date */
};

enum {
    WINDOWS_MAX = 168,    /* in a week */
    DAY_WINDOWS_MAX = 24, /* on one date */
    FREE_DAYS_MAX = 200   /* dates that are not as the week says */
};

extern const struct table window_table;
extern const struct table availability_table;

#endif
