/*
 * An edition of a calendar against what is here of it: what is new waits, what was taken and is
 * otherwise is news, or is followed at once where the feed is a link. Part of an edit; used by
 * feeds.c for files and by feed_links.c.
 */
#ifndef DOMAIN_FEED_EDITION_H
#define DOMAIN_FEED_EDITION_H

#include "domain/feed_read.h"
#include "domain/operation.h"

/* `feed` is the feed as it shall be but for what was read in it; it is put when it `is_new`,
 * `changed` (in what the caller set), or anything in it is new, and shown. ST_CONFLICT with code
 * "quota". */
MUST_USE enum status feed_take_edition(struct edit *e, const struct feed *feed, bool is_new,
                                       bool changed, const struct feed_reading *reading);

/* Items ordered by what they are known by. */
struct feed_index {
    const struct feed_item **items;
    int32_t count;
};

/* Of the items of one feed, or of all when it is none. In the request's arena. */
MUST_USE enum status feed_index_make(struct ctx *c, const struct feed_item *items, int32_t n,
                                     struct id feed, struct feed_index *out);

/* The one that is known by the same; NULL: none is. */
const struct feed_item *feed_index_find(const struct feed_index *index,
                                        const struct feed_item *like);

/* What a feed is called: as the calendar names itself, or as `otherwise`. */
struct str feed_name(const struct feed_reading *reading, struct str otherwise);

#endif
