#include "model/availability.h"

#define ENTITY struct window
static const struct field window_rows[] = {
    F(day, .flags = F_REQUIRED, .min = 1, .max = 7, .doc = "Monday is 1, Sunday is 7."),
    F(start, .flags = F_REQUIRED, .doc = "From, by the wall clock."),
    F(end, .flags = F_REQUIRED, .doc = "Until; after the start; 24:00 is the end of the day."),
};
const struct table window_table = TABLE("window", window_rows, .doc = "Free time on a weekday.");
#undef ENTITY

#define ENTITY struct availability
static const struct field rows[] = {
    F(week, .flags = F_REQUIRED, .max = WINDOWS_MAX, .of = &window_table,
      .doc = "Windows of free time; those of one day may not overlap."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of the free hours; their ETag."),
};
const struct table availability_table =
    TABLE("availability", rows, .doc = "When a student is free, week by week.");
