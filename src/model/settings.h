/* A student's settings: one per desk. */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include "model/availability.h"

/* What a device shows where nothing was chosen is its own: the browser's language and region. */
enum language { LANGUAGE_DEVICE, LANGUAGE_EN, LANGUAGE_DE };
enum clock_face { CLOCK_DEVICE, CLOCK_24H, CLOCK_12H };
enum week_start { WEEK_DEVICE, WEEK_MONDAY, WEEK_SATURDAY, WEEK_SUNDAY };
/* What the plan takes tasks to need; where too little is known, always as typed. */
enum estimate_use { ESTIMATE_TYPED, ESTIMATE_MEDIAN, ESTIMATE_P80 };

enum { BUFFER_MAX_MIN = 14 * DAY_MINUTES };

struct settings {
    struct str zone;
    struct ratio pace;
    struct ratio limit;
    int64_t version;
    unsigned language;   /* enum language */
    unsigned clock;      /* enum clock_face */
    unsigned week_start; /* enum week_start */
    unsigned estimates;  /* enum estimate_use */
    /* Wishes: how sessions should be; 0 and none: no such wish. */
    int32_t min_session_min;
    int32_t max_session_min;
    int32_t max_task_day_min;
    int32_t pause_min;
    struct list preferred; /* of struct window, by day and start, not overlapping */
    /* Which kinds of notifications are told (model/notification.h). */
    bool notify_reminder;
    bool notify_achievement;
    bool notify_motivation;
    bool notify_warning;
    bool notify_success;
    bool notify_info;
    int32_t remind_before_min; /* of a block that begins */
    /* Nobody is disturbed from the one until the other, perhaps over midnight; equal: never. */
    struct wall quiet_from;
    struct wall quiet_until;
    /* Breaks, both or none; and how long before due dates work is to be finished. */
    int32_t break_after_min;
    int32_t break_min;
    int32_t buffer_min;
};

extern const char *const estimate_uses[];
extern const struct table settings_table;

/* The settings of a new desk: UTC, pace 60/100, limit 1/1, the rest as each device has it. */
void settings_init(struct settings *s);

#endif
