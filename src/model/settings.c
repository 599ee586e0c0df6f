#include "model/settings.h"

#include "model/notification.h"

static const char *const languages[] = {"device", "en", "de", NULL};
static const char *const clocks[] = {"device", "24h", "12h", NULL};
static const char *const week_starts[] = {"device", "monday", "saturday", "sunday", NULL};
const char *const estimate_uses[] = {"typed", "median", "p80", NULL};

#define ENTITY struct settings
static const struct field rows[] = {
    F(zone, .min = 1, .max = 64, .doc = "Time zone by its IANA name, such as \"Europe/Berlin\"."),
    F(pace, .min = 0, .max = 1,
      .doc = "Share of each day's free time to work while there is work; never above the limit."),
    F(limit, .min = 0, .max = 1,
      .doc = "Share of each day's free time that study may use at most."),
    F(version, .flags = F_READONLY, .max = INT64_MAX,
      .doc = "The desk's revision at the last change of the settings; their ETag."),
    F(language, .choices = languages, .fallback = LANGUAGE_DEVICE,
      .doc = "The app's language on every device; device: the one each browser asks for."),
    F(clock, .choices = clocks, .fallback = CLOCK_DEVICE,
      .doc = "How times of day are written; device: as usual in the language and region."),
    F(week_start, .choices = week_starts, .fallback = WEEK_DEVICE,
      .doc = "The first day of a week as shown; device: as usual in the region."),
    F(estimates, .choices = estimate_uses, .fallback = ESTIMATE_TYPED,
      .doc = "What the plan takes a task to need. typed: its estimate; median: what the finished "
             "tasks of its course usually took; p80: what four of five of them took at most. The "
             "estimates themselves stay as typed."),
    F(min_session_min, .max = DAY_MINUTES,
      .doc = "A wish: no shorter sessions, in minutes; 0: any. Wishes make nothing late."),
    F(max_session_min, .max = DAY_MINUTES,
      .doc = "A wish: no longer sessions; 0: any. Not below min_session_min."),
    F(max_task_day_min, .max = DAY_MINUTES,
      .doc = "A wish: no more of one task on a day; 0: any. Not below min_session_min."),
    F(pause_min, .max = DAY_MINUTES,
      .doc = "A gap between free hours of at most so many minutes does not end a session."),
    F(preferred, .max = WINDOWS_MAX, .of = &window_table,
      .doc = "A wish: rather in these hours; none: all alike. Those of one day may not overlap."),
    F(notify_reminder, .fallback = true, .doc = "Tells of blocks that begin and what is due."),
    F(notify_achievement, .fallback = true, .doc = "Tells of what has been reached."),
    F(notify_motivation, .fallback = true, .doc = "Tells of the week that is over."),
    F(notify_warning, .fallback = true, .doc = "Tells of what is not well."),
    F(notify_success, .fallback = true, .doc = "Tells of what is done."),
    F(notify_info, .fallback = true, .doc = "Tells of changes that others made."),
    F(remind_before_min, .max = REMIND_BEFORE_MAX, .fallback = 10,
      .doc = "How many minutes before a block it is told."),
    F(quiet_from, .doc = "From then on nobody is disturbed, by the wall clock of the zone."),
    F(quiet_until, .doc = "Until then; over midnight if it is earlier, never if it is the same."),
    F(break_after_min, .max = DAY_MINUTES,
      .doc =
          "After so many minutes of free time in a row a break, counted from where a free window "
          "begins; 0: none. Breaks are not free time. Not without break_min, and at least 5."),
    F(break_min, .max = DAY_MINUTES, .doc = "How long such a break is; 0: there are none."),
    F(buffer_min, .max = BUFFER_MAX_MIN,
      .doc = "Finish every task so many minutes before it is due, where that is possible; 0: by "
             "then. Where it is not, buffers yield in the order of due dates, each by the least."),
};

const struct table settings_table = TABLE("settings", rows, .doc = "How a student wants to work.");

void settings_init(struct settings *s)
{
    entity_init(&settings_table, s);
    s->zone = STR_LIT("UTC");
    s->pace = (struct ratio){60, 100};
    s->limit = (struct ratio){1, 1};
}
