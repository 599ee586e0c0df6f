#include "model/event.h"

#include "model/task.h"

#define ENTITY struct event_skip
static const struct field skip_rows[] = {
    F(date, .flags = F_REQUIRED, .doc = "A first day of the repetition."),
};
const struct table event_skip_table =
    TABLE("event_skip", skip_rows, .doc = "A day on which the event does not take place.");
#undef ENTITY

#define ENTITY struct event_move
static const struct field move_rows[] = {
    F(date, .flags = F_REQUIRED, .doc = "A first day of the repetition."),
    F(to, .flags = F_REQUIRED, .doc = "The day on which it begins instead; may be the same."),
    F(start, .flags = F_REQUIRED, .doc = "From, by the wall clock."),
    F(end, .flags = F_REQUIRED, .doc = "Until; as many days later as the event's own end."),
    F(title, .flags = F_NULLABLE, .min = 1, .max = 200, .doc = "Null: the event's."),
    F(place, .flags = F_NULLABLE, .max = 200, .doc = "Null: the event's."),
};
const struct table event_move_table =
    TABLE("event_move", move_rows, .doc = "A day on which the event takes place otherwise.");
#undef ENTITY

#define ENTITY struct event
static const struct field rows[] = {
    F(id, .flags = F_KEY, .doc = "UUIDv7, chosen by the client or the server."),
    F(title, .flags = F_REQUIRED, .min = 1, .max = 200, .doc = "What takes place."),
    F(notes, .flags = F_LINES, .max = NOTES_MAX, .doc = "Anything worth remembering."),
    F(place, .max = 200, .doc = "Where."),
    F(course_id, .flags = F_NULLABLE, .doc = "The course it belongs to."),
    F(date, .flags = F_REQUIRED, .doc = "The first day; with a rule it is the first occurrence."),
    F(end_date, .flags = F_NULLABLE,
      .doc = "The day on which the first occurrence ends, if it is not the same."),
    F(start, .flags = F_REQUIRED, .doc = "From, by the wall clock."),
    F(end, .flags = F_REQUIRED, .doc = "Until; from 00:00 to 24:00 is all day."),
    F(zone, .flags = F_NULLABLE, .min = 1, .max = 64,
      .doc = "Of dates and times; null: the zone of the settings."),
    F(rule, .flags = F_NULLABLE, .min = 1, .max = EVENT_RULE_MAX,
      .doc = "How it is repeated: an RRULE of RFC 5545 by days, such as "
             "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270210. FREQ (DAILY, WEEKLY, MONTHLY, "
             "YEARLY), INTERVAL, COUNT or UNTIL (a date), BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, "
             "WKST."),
    F(busy, .fallback = true, .doc = "Takes its time from the free hours."),
    F(skipped, .max = EVENT_EXCEPTIONS_MAX, .of = &event_skip_table, .doc = "Days left out."),
    F(moved, .max = EVENT_EXCEPTIONS_MAX, .of = &event_move_table,
      .doc = "Days on which it is otherwise."),
    F(created, .flags = F_READONLY, .doc = "When it was first stored."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of this event; its ETag."),
};
const struct table event_table =
    TABLE("event", rows, .doc = "A fixed commitment, once or repeated.");
#undef ENTITY

#define ENTITY struct occurrence
static const struct field occurrence_rows[] = {
    F(event_id, .doc = "The event."),
    F(date, .doc = "Which one: the day on which the rule puts it, also when it was moved."),
    F(start, .doc = "From."),
    F(end, .doc = "Until."),
    F(all_day, .doc = "From midnight to midnight by the wall clock of its zone."),
    F(busy, .doc = "Takes its time from the free hours."),
    F(title, .min = 1, .max = 200, .doc = "What takes place."),
    F(place, .max = 200, .doc = "Where."),
    F(course_id, .flags = F_NULLABLE, .doc = "The course it belongs to."),
};
const struct table occurrence_table =
    TABLE("occurrence", occurrence_rows, .doc = "One time that an event takes place.");
