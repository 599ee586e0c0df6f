/*
 * What a student is told: blocks that begin soon, deadlines, a plan that no longer fits.
 *
 * Notifications are not stored. Each follows from what is on the desk at the time somebody asks
 * (domain/notifications.h), so none outlives its cause. Its id is made of the cause, so the same
 * cause is the same notification, however often it is asked for and on whichever device; stored is
 * only a mark by that id: that it was read, or dismissed.
 */
#ifndef MODEL_NOTIFICATION_H
#define MODEL_NOTIFICATION_H

#include "model/field.h"

/* What sort of telling it is; each can be switched off by the setting of that place. */
enum notification_kind {
    NOTIFY_REMINDER,
    NOTIFY_ACHIEVEMENT,
    NOTIFY_MOTIVATION,
    NOTIFY_WARNING,
    NOTIFY_SUCCESS,
    NOTIFY_INFO,
    NOTIFICATION_KINDS
};

/* What is told. The numbers are part of ids: never reuse one. */
enum notification_code {
    TOLD_BLOCK_SOON,    /* a block begins */
    TOLD_DUE_SOON,      /* a task is due within a day, and not finished */
    TOLD_IS_IT_DONE,    /* nothing is left of a task, and it is open */
    TOLD_OVERDUE,       /* a task was due and is open */
    TOLD_SHORT,         /* not all fits */
    TOLD_MISSED,        /* blocks did not happen */
    TOLD_LINK_FAILS,    /* a link to a calendar cannot be read */
    TOLD_FEED_UNSURE,   /* a calendar no longer has what was taken, or otherwise: to be decided */
    TOLD_FEED_FOLLOWED, /* what was taken has followed a calendar */
    TOLD_FEED_NEW,      /* new things in a calendar wait for a look */
    TOLD_GUEST,         /* a guest's account ends when it is not used */
    TOLD_DAY_DONE,      /* all that was planned for today is done */
    TOLD_WEEK_ON_TIME,  /* all that was due last week was done by then */
    TOLD_WEEK,          /* what was done last week */
    TOLD_HOURS,         /* so many hours of work */
    TOLD_TASKS,         /* so many finished tasks */
    TOLD_ON_TIME,       /* so many of them on time */
    TOLD_DAYS,          /* so many days of work in a row */
    NOTIFICATION_CODES
};

/* Which of them a code is. */
enum notification_kind notification_kind_of(enum notification_code code);

/* What a code does not name is none. */
struct notification {
    struct id id;
    unsigned kind;     /* enum notification_kind */
    unsigned code;     /* enum notification_code */
    struct instant at; /* since when it is so; none: not known */
    bool read;
    struct id task_id;
    struct id feed_id;
    struct str title;    /* of the task, the calendar or the thing in it */
    struct instant when; /* when it begins, is due, ends */
    struct instant was;  /* before it was moved */
    int32_t minutes;     /* I32_NONE: none; so below */
    int32_t minutes_before;
    int32_t count;
    struct date date; /* the first day it is about */
};

/* What GET /notifications answers. */
struct notifications {
    struct instant now;
    struct list items;          /* of struct notification: what is unread first, then the latest */
    int32_t unread;             /* of them */
    struct instant quiet_until; /* these are quiet hours; none: they are not */
    struct instant later;       /* when there may be others, if nothing else changes */
};

enum notification_state { NOTIFICATION_UNREAD, NOTIFICATION_READ, NOTIFICATION_DISMISSED };

/* What a student did with a notification; no mark: it is unread. */
struct notification_mark {
    struct id id;   /* the notification's */
    unsigned state; /* enum notification_state */
    struct instant at;
    int64_t version;
};

enum {
    NOTIFICATIONS_MAX = 60,        /* told at once */
    NOTIFICATIONS_ALIKE_MAX = 5,   /* of them of one code */
    NOTIFICATION_MARKS_MAX = 500,  /* of a desk; the oldest are forgotten */
    NOTIFICATION_MARKED_MAX = 200, /* at once */
    REMIND_BEFORE_MAX = 120        /* minutes */
};

extern const char *const notification_states[];
extern const struct table notification_table;
extern const struct table notifications_table;
extern const struct table notification_mark_table;

#endif
