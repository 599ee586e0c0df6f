/*
 * From a calendar as it is written to the items of a feed: each thing once, with what it would be
 * as a task or as an event.
 *
 * What belongs to one UID is looked at together: the entry that repeats, its exceptions, and what
 * is otherwise on single days. A repetition of classes is one event; a repetition of things to hand
 * in is a task each. An exam gives two items, the event and the task of preparing for it.
 */
#ifndef DOMAIN_FEED_READ_H
#define DOMAIN_FEED_READ_H

#include "domain/domain.h"
#include "port/ics.h"

struct feed_reading {
    struct str name; /* of the calendar; no text: it has none */
    enum feed_product product;
    struct list items;   /* of struct feed_item, without ids */
    struct list remarks; /* of struct feed_remark, FEED_REMARKS_MAX at most */
    int32_t left_out;
};

/* Reads a calendar for the student whose settings are given. Everything lies in the request's
 * arena, or is the calendar's. An item that the calendar says is cancelled has news
 * NEWS_CANCELLED; all others NEWS_NONE. ST_TOO_LARGE with code "calendar_size": more than
 * FEED_ITEMS_MAX items. */
MUST_USE enum status feed_read(struct ctx *c, const struct domain *d,
                               const struct settings *settings, const struct ics_calendar *calendar,
                               struct instant now, struct feed_reading *out);

#endif
