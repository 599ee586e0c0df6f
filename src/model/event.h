/*
 * A fixed commitment: a lecture, a shift, training. One-off, or repeated by a rule; single days of
 * a repetition can be left out or moved. Dates and times are those of the wall clock in the event's
 * zone, so a lecture at ten stays at ten when the clocks change. domain/occurrences.h says when
 * that is.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "model/field.h"

/* A day of the repetition on which the event does not take place. */
struct event_skip {
    struct date date;
};

/* A day of the repetition on which it takes place otherwise. */
struct event_move {
    struct date date;
    struct date to;
    struct wall start;
    struct wall end;
    struct str title; /* no text: the event's, as `place` */
    struct str place;
};

struct event {
    struct id id;
    struct str title;
    struct str notes;
    struct str place;
    struct id course_id;
    struct date date;
    struct date end_date; /* none: the same day */
    struct wall start;
    struct wall end;
    struct str zone; /* no text: that of the settings */
    struct str rule; /* plan/recurrence.h; no text: once */
    bool busy;
    struct list skipped; /* of struct event_skip, by date */
    struct list moved;   /* of struct event_move, by date */
    struct instant created;
    int64_t version;
};

/* One time that an event takes place: what is shown; not stored. */
struct occurrence {
    struct id event_id;
    struct date date;
    struct instant start;
    struct instant end;
    bool all_day;
    bool busy;
    struct str title;
    struct str place;
    struct id course_id;
};

enum {
    EVENTS_MAX = 1000,          /* of a desk */
    EVENT_DAYS_MAX = 60,        /* from the first to the last day of one occurrence */
    EVENT_EXCEPTIONS_MAX = 400, /* days left out, and as many moved */
    EVENT_RULE_MAX = 255        /* characters */
};

extern const struct table event_skip_table;
extern const struct table event_move_table;
extern const struct table event_table;
extern const struct table occurrence_table;

#endif
