/*
 * What a thing in a calendar is, by its words: something to hand in or something to go to, what
 * sort of work, how long that takes most people, which course. English and German. A guess is a
 * suggestion: the student decides.
 */
#ifndef DOMAIN_FEED_GUESS_H
#define DOMAIN_FEED_GUESS_H

#include "model/feed.h"
#include "port/ics.h"

struct feed_guess {
    enum feed_form form;
    enum feed_category category;
    int32_t estimate_min; /* 0 for an event */
    bool opens;           /* says when something begins that can be done later */
    struct str title;     /* without what only says that it is due, and without the course */
    struct str course;    /* no text: not said */
};

/* Which system wrote it. */
enum feed_product feed_guess_product(const struct ics_calendar *calendar);

/* `moment`: it has no length; `all_day`: no time of day. Texts are views of the entry's. */
struct feed_guess feed_guess(const struct ics_entry *e, enum feed_product product, bool moment,
                             bool all_day);

/* Minutes that work of this sort takes, as a first estimate. */
int32_t feed_guess_minutes(enum feed_category category);

#endif
