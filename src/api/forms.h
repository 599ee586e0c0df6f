/*
 * Bodies and replies that are not entities of a desk: what forms send, and who is signed in.
 *
 * Plain structs with field tables as in model/, but private to the interface: nothing of them is
 * stored. Bodies are filled by json_read, so their texts live in the request's arena; a text that
 * was not sent is empty, a ratio that was not sent is none.
 */
#ifndef API_FORMS_H
#define API_FORMS_H

#include "model/field.h"

/* A body that must be there and say nothing. */
struct empty {
    char unused;
};

/* Tasks to delete at once (struct seen_task). */
struct task_deletion_form {
    struct list tasks;
};

/* A deletion to be taken back. */
struct undelete_form {
    struct id deletion;
};

/* Signing up. */
struct credentials {
    struct str email;
    struct str password;
    struct str invitation; /* the token of one; empty: none */
};

/* Who may sign up here. */
struct registration_reply {
    unsigned registration; /* enum registration */
    bool guests;
};

/* An invitation to be made. */
struct invitation_form {
    struct str note;
    bool admin;
    int32_t days;
};

/* One that was made: its token is told this once. */
struct invitation_made {
    struct id id;
    struct str token;
    struct str note;
    bool admin;
    struct instant expires;
};

/* Signing in; what becomes of the guest who does. */
struct sign_in_form {
    struct str email;
    struct str password;
    unsigned guest; /* enum guest_fate */
};

/* What an import did with the things of one kind. */
struct import_count {
    int32_t added;   /* taken */
    int32_t there;   /* here already: left as they are */
    int32_t deleted; /* deleted here before: not brought back */
};

/* The answer to an import: a struct import_count each. */
struct import_report {
    struct object courses;
    struct object tasks;
    struct object events;
    struct object work;
    struct object calendars;
    struct object files;
    int32_t files_missing;
    bool settings;
    bool availability;
};

/* A file that cannot be read. */
struct lost_file {
    struct id id;
    struct id task_id;
    struct str name;
};

/* What an export will have of files. */
struct export_check {
    int32_t files;
    int64_t bytes;
    struct list missing; /* of struct lost_file */
};

/* A change of address or password; the present password proves who asks. */
struct me_patch {
    struct str email;
    struct str password;
    struct str current_password;
};

/* Where a repetition is cut in two. */
struct split_form {
    struct date date;
};

/* A secret link to one's own plan, with where it leads. */
struct calendar_link_reply {
    struct id id;
    struct str path;
    struct instant created;
    int64_t version;
};

/* A link to a calendar. */
struct link_form {
    struct str url;
    struct str name;
};

/* A review to be taken back. */
struct feed_undo_form {
    struct id review;
};

/* What becomes of the items of a feed. */
struct feed_review_form {
    struct list take;  /* of struct feed_choice */
    struct list leave; /* ids */
    struct list reopen;
};

/* How much of a limit is used. */
struct usage {
    int64_t used;
    int64_t limit;
};

/* The limits of an account: a struct usage each. */
struct quota {
    struct object tasks;
    struct object events;
    struct object attachments;
    struct object bytes; /* of attachments */
};

/* Who is signed in; `quota` is a struct quota. */
struct me {
    struct id id;
    unsigned kind;
    struct str email;
    struct instant created;
    struct instant expires;
    bool admin;
    int64_t rev;
    struct object quota;
};

/* Tasks (ids) to complete at once, or to take back. */
struct completion_form {
    struct list ids;
    unsigned state;
};

/* What was done with notifications (ids): POST /notifications/marks. */
struct marking_form {
    struct list ids;
    unsigned state; /* enum notification_state */
};

/* Accepting a plan; a ratio that is none leaves the setting as it is. */
struct acceptance_form {
    struct ratio pace;
    struct ratio limit;
    bool tidy;
};

/* Starting the timer on a task: POST /timer/start. With minutes to focus, the client offers the
 * break when they are over; the server only remembers them. */
struct timer_start_form {
    struct id task_id;
    int32_t focus_min;
    int32_t break_min;
};

/* Ending a stretch of the timer, by POST /timer/pause and /timer/stop: so many minutes of it were
 * work. I32_NONE, which is null or not given: all of it, unless it was forgotten. */
struct timer_stop_form {
    int32_t minutes;
};

/* GET /timer: the timer now. `work` is the struct work_entry that runs or is paused; `now` lets a
 * client whose clock is wrong show the right time; a stretch longer than `forgotten_min` asks. */
struct timer_state {
    struct instant now;
    int32_t forgotten_min;
    struct object work;
};

extern const struct table timer_start_table;
extern const struct table timer_stop_table;
extern const struct table timer_state_table;
extern const struct table empty_table;
extern const struct table undelete_table;
extern const struct table task_deletion_table;
extern const struct table credentials_table;
extern const struct table registration_table;
extern const struct table invitation_form_table;
extern const struct table invitation_made_table;
extern const struct table import_report_table;
extern const struct table export_check_table;
extern const struct table sign_in_table;
extern const struct table me_patch_table;
extern const struct table me_table;
extern const struct table completion_table;
extern const struct table marking_table;
extern const struct table split_table;
extern const struct table calendar_link_reply_table;
extern const struct table link_table;
extern const struct table feed_review_table;
extern const struct table feed_undo_table;
extern const struct table acceptance_table;

#endif
