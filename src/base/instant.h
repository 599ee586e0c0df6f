/*
 * Points in time, calendar dates and wall-clock times. No time zones here (see plan/calendar.h) and
 * no clock (see port/clock.h).
 *
 * An instant counts milliseconds since 1970-01-01T00:00:00Z without leap seconds. Dates are those
 * of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
 * algorithms"). Text forms are RFC 3339, in UTC.
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct instant {
    int64_t ms;
};

/* "No instant": before every instant that can be written. */
#define INSTANT_NONE ((struct instant){INT64_MIN})

struct date {
    int32_t days; /* since 1970-01-01; DATE_NONE for none */
};

#define DATE_NONE ((struct date){INT32_MIN})

/* A time of day on the wall, in minutes; 24:00 (1440) is allowed as an end. */
struct wall {
    int32_t minute; /* 0 … 1440 */
};

enum {
    INSTANT_TEXT_MAX = 24, /* 2026-11-26T12:00:00.000Z */
    DATE_TEXT_LEN = 10,
    WALL_TEXT_LEN = 5,
    MINUTE_MS = 60000,
    DAY_MINUTES = 1440
};

bool instant_is_none(struct instant t);

/* RFC 3339 with seconds, an optional fraction (cut to milliseconds) and any offset ("Z", "+01:00");
 * years 1970 to 9999. A leap second (":60") is refused. */
bool instant_parse(struct str s, struct instant *out);

/* "2026-11-26T12:00:00Z", with ".mmm" only if there are milliseconds. Returns the length. */
size_t instant_format(struct instant t, char out[INSTANT_TEXT_MAX]);

/* The instant at the beginning of that UTC date, plus seconds. */
struct instant instant_at(struct date d, int64_t seconds);

/* The UTC date of an instant. */
struct date instant_date(struct instant t);

struct date date_make(int year, int month, int day);
void date_split(struct date d, int *year, int *month, int *day);

/* ISO weekday: Monday 1 … Sunday 7. */
int date_weekday(struct date d);

/* "2026-11-26"; years 1970 to 9999, days that exist. */
bool date_parse(struct str s, struct date *out);
void date_format(struct date d, char out[DATE_TEXT_LEN]);

/* "HH:MM", 00:00 to 24:00. */
bool wall_parse(struct str s, struct wall *out);
void wall_format(struct wall w, char out[WALL_TEXT_LEN]);

#endif
