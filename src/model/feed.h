/*
 * A calendar of others, and what stands in it: the university's deadlines and timetable.
 *
 * A feed is a file that was uploaded, perhaps in several editions, or a link that is read again and
 * again. Each thing in it is an item,
 * which stays as long as the feed does and is known again by its UID and RECURRENCE-ID, however
 * often it is read. Nothing of it is planned until the student takes it: then it is a task or an
 * event like any other, which may be changed freely, and the item remembers what was taken, so that
 * later changes at the source are told from the student's own.
 */
#ifndef MODEL_FEED_H
#define MODEL_FEED_H

#include "model/field.h"

/* Whose calendar it is, by how it is written. */
enum feed_product {
    PRODUCT_OTHER,
    PRODUCT_CANVAS,
    PRODUCT_MOODLE,
    PRODUCT_GOOGLE,
    PRODUCT_OUTLOOK
};

/* Why something of a calendar is not among its items. */
enum feed_reason {
    REASON_RULE,       /* repeated in a way that cannot be planned with */
    REASON_EXPANDED,   /* taken as single items, for as far as one can see */
    REASON_TOO_LONG,   /* lasts longer than an event may */
    REASON_EXCEPTIONS, /* has more exceptions than an event may */
    REASON_NO_TIME     /* has no time that can be understood */
};

struct feed_remark {
    struct str title;
    unsigned reason; /* enum feed_reason */
};

/* Why a link could not be read the last time. */
enum feed_fault {
    LINK_WELL,
    LINK_UNREACHABLE, /* no such host, no connection, no answer in time */
    LINK_STATUS,      /* it answers with an error */
    LINK_PRIVATE,     /* it leads to an address that is not public */
    LINK_WRONG,       /* it leads nowhere that can be followed */
    LINK_NO_CALENDAR, /* what is there is none */
    LINK_TOO_LARGE    /* it is more than can be read, or than may be stored */
};

struct feed {
    struct id id;
    struct str name;
    unsigned product;    /* enum feed_product */
    struct instant read; /* when something was new in it for the last time */
    int32_t left_out;
    struct list remarks; /* of struct feed_remark, FEED_REMARKS_MAX at most */
    struct instant created;
    int64_t version;
    /* Only of a link. */
    struct str url;     /* as it is fetched: a secret; no text: a file */
    struct str address; /* as it is shown: the host */
    struct str tag;     /* ETag and Last-Modified of what was read last */
    struct str modified;
    struct instant checked; /* when it was reached last */
    struct instant failing; /* since when it is not; none: it is */
    struct instant next;    /* when to read it again */
    int32_t fails;          /* in a row */
    unsigned fault;         /* enum feed_fault */
};

enum feed_state { ITEM_NEW, ITEM_TAKEN, ITEM_LEFT };
/* What is to be decided about an item that was taken; FOLLOWED: to be seen. */
enum feed_news { NEWS_NONE, NEWS_CHANGED, NEWS_REMOVED, NEWS_CANCELLED, NEWS_FOLLOWED };
enum feed_form { FORM_TASK, FORM_EVENT };
/* What sort of work it is: gives the estimate that is suggested. */
enum feed_category {
    WORK_OTHER,
    WORK_QUIZ,
    WORK_SHEET,
    WORK_ESSAY,
    WORK_READING,
    WORK_LAB,
    WORK_PROJECT,
    WORK_TALK,
    WORK_EXAM,
    WORK_CLASS
};

/* What a calendar says of a thing; of a task only title and due are used. */
struct feed_value {
    struct str title;
    struct str place;
    struct instant due;
    struct date date; /* here and below as in model/event.h */
    struct date end_date;
    struct wall start;
    struct wall end;
    struct str zone;
    struct str rule;
    bool busy;
    struct list skipped; /* of struct event_skip, by date */
    struct list moved;   /* of struct event_move, by date */
};

struct feed_item {
    struct id id;
    struct id feed_id;
    struct digest key; /* of UID and RECURRENCE-ID */
    unsigned state;    /* enum feed_state */
    unsigned news;     /* enum feed_news */
    unsigned form;     /* enum feed_form */
    unsigned category; /* enum feed_category */
    bool suggested;    /* worth taking: ahead, and something to do */
    struct str course; /* as the calendar names it; no text: not said */
    struct str notes;  /* of the calendar; gone once it is taken */
    int32_t estimate_min;
    struct id entity_id;  /* the task or event it became */
    struct object now;    /* struct feed_value: as it was read last */
    struct object before; /* the same: as it was taken; NULL: it was not */
    int64_t version;
    struct object was; /* the same: what a link's change that was followed replaced */
};

enum {
    FEEDS_MAX = 20,
    FEED_ITEMS_MAX = 2000, /* of a desk */
    FEED_REMARKS_MAX = 20,
    FEED_NOTES_MAX = 1000, /* characters */
    FEED_TAKEN_AT_ONCE = 500,
    FEED_URL_MAX = 2000, /* characters */
    FEED_HOST_MAX = 260,
    FEED_HEADER_MAX = 512
};

extern const struct table feed_value_table;
extern const struct table feed_table;
extern const struct table feed_item_table;

#endif
