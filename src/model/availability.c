#include "model/availability.h"

#define ENTITY struct window
static const struct field window_rows[] = {
    F(day, .flags = F_REQUIRED, .min = 1, .max = 7, .doc = "Monday is 1, Sunday is 7."),
    F(start, .flags = F_REQUIRED, .doc = "From, by the wall clock."),
    F(end, .flags = F_REQUIRED, .doc = "Until; after the start; 24:00 is the end of the day."),
};
const struct table window_table = TABLE("window", window_rows, .doc = "Free time on a weekday.");
#undef ENTITY

#define ENTITY struct day_window
static const struct field day_window_rows[] = {
    F(start, .flags = F_REQUIRED, .doc = "From, by the wall clock."),
    F(end, .flags = F_REQUIRED, .doc = "Until; after the start; 24:00 is the end of the day."),
};
static const struct table day_window_table =
    TABLE("day_window", day_window_rows, .doc = "Free time of a day.");
#undef ENTITY

#define ENTITY struct free_day
static const struct field free_day_rows[] = {
    F(date, .flags = F_REQUIRED, .doc = "The day."),
    F(windows, .flags = F_REQUIRED, .max = DAY_WINDOWS_MAX, .of = &day_window_table,
      .doc = "Its free time instead of the week's; none: not free. They may not overlap."),
};
static const struct table free_day_table =
    TABLE("free_day", free_day_rows, .doc = "A day that is not as the week says.");
#undef ENTITY

#define ENTITY struct availability
static const struct field rows[] = {
    F(week, .flags = F_REQUIRED, .max = WINDOWS_MAX, .of = &window_table,
      .doc = "Windows of free time; those of one day may not overlap."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of the free hours; their ETag."),
    F(exceptions, .max = FREE_DAYS_MAX, .of = &free_day_table,
      .doc = "Days that are not as the week says; each date once."),
};
const struct table availability_table =
    TABLE("availability", rows, .doc = "When a student is free, week by week.");
