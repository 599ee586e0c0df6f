/*
 * Reading calendars that others wrote (RFC 5545): from text to plain structs, nothing decided.
 *
 * Implemented by client/ical.c over libical; domain/feed_read.c makes sense of it. What is read
 * lies in the request's arena. Texts are UTF-8, on one line except notes, and cut where they are
 * longer than anybody needs.
 */
#ifndef PORT_ICS_H
#define PORT_ICS_H

#include "base/instant.h"
#include "base/status.h"
#include "model/field.h"

enum {
    ICS_BYTES_MAX = 5 << 20,
    ICS_ENTRIES_MAX = 5000,       /* events and to-dos */
    ICS_PARTS_MAX = 20000,        /* these, their alarms, time zones */
    ICS_DEPTH_MAX = 4,            /* of parts inside another */
    ICS_LINES_MAX = 200000,       /* of the text */
    ICS_LINE_BYTES_MAX = 1 << 16, /* of one property, unfolded */
    ICS_DATES_MAX = 500 /* EXDATEs, and RDATEs, of one entry; more than an event may have */
};

/* A time as it is written. */
struct ics_time {
    struct date date; /* none: no time at all */
    int32_t second;   /* of the day; −1: the day as a whole */
    bool utc;
    struct str zone; /* TZID; no text: none */
};

/* An event or a to-do. */
struct ics_entry {
    struct str uid; /* empty when it has none */
    struct str title;
    struct str notes;
    struct str place;
    struct str category; /* the first */
    struct ics_time start;
    struct ics_time end; /* of a to-do when it is due */
    int64_t duration_s;  /* −1: not given */
    struct ics_time recurrence;
    struct str rule;     /* RRULE; no text: none */
    struct list dates;   /* of struct ics_time: RDATE */
    struct list skipped; /* the same: EXDATE */
    int32_t sequence;
    bool todo;
    bool cancelled;
    bool free;     /* does not take time */
    bool finished; /* a to-do that is done */
    bool bad_rule; /* there is a rule, and it cannot be read */
};

/* A time zone that the calendar brings along, by the offsets from UTC in winter and summer. */
struct ics_zone {
    struct str id;
    struct str location; /* its IANA name, if it says so; no text */
    int32_t standard_s;
    int32_t daylight_s; /* the same as standard_s: none */
};

struct ics_calendar {
    struct str name;     /* X-WR-CALNAME; no text: none */
    struct str product;  /* PRODID; likewise */
    struct str zone;     /* X-WR-TIMEZONE; likewise */
    struct list entries; /* of struct ics_entry */
    struct list zones;   /* of struct ics_zone */
};

struct ics_reader {
    /* ST_INVALID with code "calendar": this is none, or it is damaged; ST_TOO_LARGE with code
     * "calendar_size": it exceeds a limit above, and the reason says which. Any thread may call. */
    enum status (*read)(void *self, struct ctx *c, struct str text, struct ics_calendar *out);
    void *self;
};

#endif
