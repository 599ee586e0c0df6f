/*
 * What a review of a calendar remembers with its key, so that it can be taken back: behind the feed
 * that it shows, each thing in it that had news as it was, followed by the task or event it became,
 * if the review touches that. Private to domain/: feed_review.c and feed_undo.c.
 */
#ifndef DOMAIN_FEED_REVIEW_H
#define DOMAIN_FEED_REVIEW_H

#include "domain/operation.h"

bool feed_has_news(const struct feed_item *item);

/* Remembers a thing that had news, before it is decided on. */
MUST_USE enum status feed_remember(struct edit *e, const struct feed_item *item, bool entity_too);

#endif
