/*
 * What there is to tell a student now (model/notification.h), and the marks of what was read.
 *
 * Reading derives every notification from the desk and writes nothing. A cause that is over is told
 * no longer; one that comes back (a deadline is in danger, is not, and is again) is the same
 * notification if it is the same deadline. Few are told: of one sort NOTIFICATIONS_ALIKE_MAX.
 *
 *  - A block is told `remind_before_min` before it begins and a little beyond, unless the timer
 *    runs on its task already or it goes on with what is before it.
 *  - A task that is due within a day, or was within the last week, and has time left; one without
 *    time left that is open.
 *  - Blocks that did not happen, once a date; work that does not fit, once a deadline.
 *  - A link that failed twice in a row, once a failure. What a calendar changed, once a reading;
 *    what is new in it, once for the newest.
 *  - A day and a week that are over, for as long as that is news; achievements of the last week.
 *    A week begins as the settings say, on Monday where they leave it to the device.
 */
#ifndef DOMAIN_NOTIFICATIONS_H
#define DOMAIN_NOTIFICATIONS_H

#include "domain/operation.h"

enum {
    TOLD_AFTER_BEGIN_MIN = 5, /* a block is still told when it has begun */
    TOLD_OVERDUE_DAYS = 7,
    TOLD_REACHED_DAYS = 7,
    TOLD_WEEK_DAYS = 3, /* of the new week, in which the last one is told of */
    LINK_FAILS_TOLD = 2 /* in a row */
};

/* In the request's arena; texts are the desk's. `account` is whose desk it is. ST_INVALID: the
 * desk's zone is not known here; further causes as schedule_read. */
MUST_USE enum status notifications_read(struct ctx *c, const struct domain *d,
                                        const struct account *account, const struct desk *desk,
                                        struct notifications *out);

/* Marks notifications by their ids, so that undoing is marking them as they were. An id that
 * nothing has any more is kept as well and changes nothing. Shows nothing. ST_INVALID on "ids/N"
 * with code "id": not one of a notification; code "twice". */
MUST_USE enum status notifications_mark(struct ctx *c, const struct domain *d,
                                        const struct caller *caller, const struct op_key *key,
                                        const struct id *ids, int32_t n,
                                        enum notification_state state, struct op_result *out);

#endif
